"""Blackboard's download of an assignment: one flat folder, ``<assignment>_<user>_attempt_<time>_<file>``.

Beside each attempt's files lies ``<assignment>_<user>_attempt_<time>.txt``, whose first line holds the student's name
and user name; below it is what the student typed. Blackboard does not document this: it is what several tools that read
such downloads agree on. The time is that of Blackboard's server, without a zone: it orders attempts, but is no time of
submission.
"""

from __future__ import annotations

import re
from collections import defaultdict

from grader.errors import SubmissionRejected
from grader.intake.handed import Handed
from grader.intake.names import shared_start
from grader.intake.tree import Entry, Tree
from grader.results import StudentIdentity

__all__ = ["read"]

MAX_ABOUT = 1 << 20
"""Bytes of the text beside an attempt."""
MAX_NAME = 300
"""Characters of a student's name."""
# The first time counts: the student chose what follows it.
_NAME = re.compile(r"(?P<before>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL)
_ABOUT = re.compile(r"Name: (?P<name>.+) \((?P<user>[^()\s]+)\)")


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The students' attempts, if at least half of the files have Blackboard's names."""
    folder = tree.unwrapped
    matches = {name: match for name in folder.files if (match := _NAME.fullmatch(name))}
    if not matches or 2 * len(matches) < len(folder.files) or len(folder.folders) > len(matches):
        return None
    attempts: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    about: dict[tuple[str, str], Entry] = {}
    for name, entry in folder.files.items():
        match = matches.get(name)
        if match is None:
            tree.leave(entry, "has no name that Blackboard gives")
        elif match["file"]:
            attempts[match["before"], match["time"]][match["file"]] = entry
        else:
            about[match["before"], match["time"]] = entry
    for inner in folder.folders.values():
        tree.leave_all(inner, "lies in a folder, which Blackboard never makes")
    for one in about.keys() - attempts.keys():
        tree.leave(about[one], "is an attempt without a file; grade it in Blackboard")
    students = _students({match["before"] for match in matches.values()}, about)
    return [
        Handed(
            label=students[before].id,
            where=next(iter(files.values())).path,
            files=files,
            who=f"blackboard:{before}",
            order=(time, 0),
            students=(students[before],),
        )
        for (before, time), files in sorted(attempts.items())
    ]


def _students(befores: set[str], about: dict[tuple[str, str], Entry]) -> dict[str, StudentIdentity]:
    """Who each is: by the text beside an attempt or, without one, by where the names differ."""
    shared = shared_start(befores).rpartition("_")[0] if len(befores) > 1 else ""
    found = {}
    for before in befores:
        user = before.removeprefix(f"{shared}_") if shared else before.rpartition("_")[2] or before
        found[before] = StudentIdentity(id=user)
    for (before, _), entry in sorted(about.items()):
        said = _said(entry)
        if said is not None and before.endswith(f"_{said.id}"):
            found[before] = said
    return found


def _said(entry: Entry) -> StudentIdentity | None:
    """The student named in the first line, which Blackboard writes."""
    try:
        first = entry.read(MAX_ABOUT).decode("utf-8-sig", "replace").partition("\n")[0].strip()
    except SubmissionRejected:
        return None
    match = _ABOUT.fullmatch(first) if len(first) <= MAX_NAME else None
    return StudentIdentity(id=match["user"], name=match["name"]) if match else None
