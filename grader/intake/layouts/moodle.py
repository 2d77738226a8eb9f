"""Moodle's download of an assignment: a folder of everyone's files, ``<name>_<number>_assignsubmission_file``.

Or the same is joined to each file's name. The form is Moodle's mod/assign/classes/downloader.php (before 4.2:
locallib.php, whose folders end with a ``_`` more). In the name Moodle makes each ``_`` a blank, so that nothing can be
read in two ways. The number tells apart who takes part in this one assignment, and is no user's: another assignment has
others. A team has its name and number there, and where grading is anonymous all are called ``Participant``.
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
    """One submission of everyone, where at least half of what lies at the top has Moodle's names."""
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
            tree.leave_path(path, "was typed into Moodle, and is no file; grade it there")
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
    """Path, kind, whose it is, and the files by their own paths, of each folder and file of Moodle's."""
    for name in sorted({*top.folders, *top.files}):
        match = _NAME.fullmatch(name)
        who = (match["name"], match["number"] or "") if match else ("", "")
        if folder := top.folders.get(name):
            if match and not match["file"]:
                yield folder.path, match["kind"], who, folder.contents()
            else:
                tree.leave_all(folder, "does not have a name that Moodle gives")
        if entry := top.files.get(name):
            if match and match["file"]:
                yield entry.path, match["kind"], who, {match["file"]: entry}
            else:
                tree.leave(entry, entry.problem or "does not have a name that Moodle gives")
