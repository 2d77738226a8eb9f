"""nbgrader's tree: ``submitted/<student>/<assignment>/*.ipynb`` with a ``timestamp.txt`` (coursedir.py).

The server's ``timestamp_format`` and ``timezone`` decide how timestamp.txt looks: by default it is a time in UTC, and
nbgrader too takes a time without a zone for UTC. In another zone ``%Z`` writes an abbreviation, such as EDT.
"""

from __future__ import annotations

from grader.errors import SubmissionRejected
from grader.intake.handed import Handed
from grader.intake.tree import Entry, Folder, Tree
from grader.results import StudentIdentity

__all__ = ["TIMESTAMP", "read"]

TIMESTAMP = "timestamp.txt"
MAX_TIMESTAMP = 200


def read(tree: Tree, pset: str) -> list[Handed] | None:
    """The assignment's submissions, if most students' folders have nbgrader's form."""
    top = _submitted(tree)
    students = {name: folder for name, folder in top.folders.items() if folder.folders}
    stamped = [f for f in students.values() if any(TIMESTAMP in inner.files for inner in f.folders.values())]
    if not stamped or 2 * len(stamped) < len(top.folders):
        return None
    assignments = sorted({name for folder in students.values() for name in folder.folders})
    # A single assignment may have another name there than here; of several, ours counts.
    wanted = assignments[0] if len(assignments) == 1 else pset
    for entry in top.files.values():
        tree.leave(entry, "belongs to no student")
    found = []
    for name, folder in sorted(top.folders.items()):
        for entry in folder.files.values():
            tree.leave(entry, "lies beside the assignments")
        for assignment, inner in sorted(folder.folders.items()):
            if assignment == wanted:
                found.append(_handed(name, inner))
            else:
                tree.leave(inner, f"belongs to the assignment {assignment}, not {pset}")
    return found


def _submitted(tree: Tree) -> Folder:
    for folder in (tree.top, tree.unwrapped):
        if "submitted" in folder.folders:
            others = [inner for name, inner in folder.folders.items() if name != "submitted"]
            for inner in others:
                tree.leave(inner, "is not in nbgrader's submitted/")
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
        time=_written(stamp) if stamp else None,
    )


def _written(stamp: Entry) -> str:
    """The file's text; empty if it cannot be read or is too large."""
    try:
        return stamp.read(MAX_TIMESTAMP).decode("utf-8-sig", "replace")
    except SubmissionRejected:
        return ""
