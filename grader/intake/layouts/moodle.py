"""Moodle's download of an assignment: a folder for each student, ``<name>_<number>_assignsubmission_file``.

Or each file's name begins so. The form comes from Moodle's mod/assign/classes/downloader.php (before 4.2: locallib.php,
whose folders end with one more ``_``). Moodle replaces each ``_`` in a name by a blank, so nothing can be read in two
ways. The number identifies a participant of this assignment only: other assignments have other numbers. A team has its
own name and number, and if grading is anonymous, everyone is called ``Participant``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from grader.intake.handed import Handed
from grader.intake.tree import Entry, Folder, Tree
from grader.results import StudentIdentity

__all__ = ["read"]

_NAME = re.compile(
    r"(?P<name>[^_]+)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)
_Who = tuple[str, str]
"""Name and number."""


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """One submission of each student, if at least half of what lies at the top has Moodle's names."""
    for top in (tree.top, tree.unwrapped):
        fits = [name for name in (*top.folders, *top.files) if _NAME.fullmatch(name)]
        if fits and 2 * len(fits) >= len(top.folders) + len(top.files):
            return list(_read(top, tree))
    return None


def _read(top: Folder, tree: Tree) -> Iterator[Handed]:
    files: dict[_Who, dict[str, Entry]] = defaultdict(dict)
    where: dict[_Who, str] = {}
    for path, kind, who, entries in _found(top, tree):
        if kind == "file":
            files[who] |= entries
            where.setdefault(who, path)
        else:
            tree.leave_path(path, "was typed into Moodle, not handed in as a file; grade it there")
    names = {name for name, _ in files}
    anonymous = len(names) == 1 and len(files) > 1
    for who in sorted(files):
        name, number = who
        yield Handed(
            label=f"{name}_{number}" if number else name,
            where=where[who],
            files=files[who],
            who=f"moodle:{number}:{name}",
            students=() if anonymous else (StudentIdentity(name=name),),
            called=f"Participant {number}" if number else "",
            own=number,
        )


def _found(top: Folder, tree: Tree) -> Iterator[tuple[str, str, _Who, dict[str, Entry]]]:
    """Path, kind, owner, and files by their own paths, of each folder and file that Moodle named."""
    for name in sorted({*top.folders, *top.files}):
        match = _NAME.fullmatch(name)
        who = (match["name"], match["number"] or "") if match else ("", "")
        if folder := top.folders.get(name):
            if match and not match["file"]:
                yield folder.path, match["kind"], who, folder.contents()
            else:
                tree.leave_all(folder, "has no name that Moodle gives")
        if entry := top.files.get(name):
            if match and match["file"]:
                yield entry.path, match["kind"], who, {match["file"]: entry}
            else:
                tree.leave(entry, "has no name that Moodle gives")
