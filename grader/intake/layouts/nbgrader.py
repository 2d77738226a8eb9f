"""nbgrader's tree: ``submitted/<student>/<assignment>/*.ipynb`` with a ``timestamp.txt`` (coursedir.py)."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime

from grader.errors import SubmissionRejected
from grader.intake.handed import Handed
from grader.intake.tree import Entry, Folder, Tree
from grader.results import StudentIdentity

__all__ = ["TIMESTAMP", "read"]

TIMESTAMP = "timestamp.txt"
MAX_TIMESTAMP = 200


def read(tree: Tree, pset: str) -> list[Handed] | None:
    """The assignment's submissions, where most students' folders are of nbgrader's form."""
    top = _submitted(tree)
    students = {name: folder for name, folder in top.folders.items() if folder.folders}
    stamped = [f for f in students.values() if any(TIMESTAMP in inner.files for inner in f.folders.values())]
    if not stamped or 2 * len(stamped) < len(top.folders):
        return None
    assignments = sorted({name for folder in students.values() for name in folder.folders})
    # One assignment may have another name there than here; among several, ours must be named.
    wanted = assignments[0] if len(assignments) == 1 else pset
    for entry in top.files.values():
        tree.leave(entry, entry.problem or "belongs to no student")
    found = []
    for name, folder in sorted(top.folders.items()):
        for entry in folder.files.values():
            tree.leave(entry, entry.problem or "lies beside the assignments")
        for assignment, inner in sorted(folder.folders.items()):
            if assignment == wanted:
                found.append(_handed(name, inner))
            else:
                tree.leave(inner, f"belongs to the assignment {assignment}, and {pset} is graded")
    return found


def _submitted(tree: Tree) -> Folder:
    for folder in (tree.top, tree.unwrapped):
        if "submitted" in folder.folders:
            others = [inner for name, inner in folder.folders.items() if name != "submitted"]
            for inner in others:
                tree.leave(inner, "is not nbgrader's submitted/")
            return folder.folders["submitted"]
    return tree.top


def _handed(student: str, folder: Folder) -> Handed:
    files = folder.contents()
    stamp = files.pop(TIMESTAMP, None)
    return Handed(
        label=student,
        where=folder.path,
        files=files,
        who=f"nbgrader:{student}",
        students=(StudentIdentity(id=student),),
        submitted=_time(stamp) if stamp else None,
    )


def _time(stamp: Entry) -> datetime | None:
    """The moment in a file such as ``2027-02-21 15:58:23.948203 America/Los_Angeles``; without a zone it is UTC."""
    try:
        text = stamp.read(MAX_TIMESTAMP).decode("ascii").strip()
    except (SubmissionRejected, UnicodeDecodeError):
        return None
    match = re.fullmatch(r"(\S+[ T][\d:.]+(?:[+-][\d:]+|Z)?)(?: (\S+))?", text)
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(match[1])
        zone = zoneinfo.ZoneInfo(match[2]) if match[2] else UTC
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None
    if not 1970 <= moment.year < 2200:  # at the ends of the calendar another zone has no such moment
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
