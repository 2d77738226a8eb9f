"""otter's export zips, ``<notebook>_2027_02_21T15_58_23_948203.zip``, in one folder or in a folder for each student.

The time in the name orders a student's attempts. It is no time of submission: it comes from the student's own machine,
without a zone, and the student can change the name.
"""

from __future__ import annotations

import re

from grader.intake.handed import Handed
from grader.intake.layouts.plain import one_file
from grader.intake.tree import UNUSABLE, Folder, Tree
from grader.results import StudentIdentity
from grader.suffixes import may_be_submission

__all__ = ["read"]

_EXPORT = re.compile(r".+_(?P<time>\d{4}_\d\d_\d\dT\d\d_\d\d_\d\d_\d{6})(?: ?\(\d+\))?\.zip", re.ASCII)


def read(tree: Tree, pset: str) -> list[Handed] | None:
    """The attempts, if at least half of the files that can be graded are exports, at most one folder deep."""
    top = tree.unwrapped if tree.archived else tree.top
    folders = [top, *(folder for _, folder in sorted(top.folders.items()))]
    usable = [name for folder in folders for name in folder.files if may_be_submission(name)]
    exports = [name for name in usable if _EXPORT.fullmatch(name)]
    if not exports or 2 * len(exports) < len(usable) or any(folder.folders for folder in folders[1:]):
        return None
    return [handed for folder in folders for handed in _handed(folder, top, tree, pset)]


def _handed(folder: Folder, top: Folder, tree: Tree, pset: str) -> list[Handed]:
    found = []
    student = folder.name if folder is not top else ""
    for name, entry in sorted(folder.files.items()):
        export = _EXPORT.fullmatch(name)
        if not may_be_submission(name) or entry.problem == "is a link":
            tree.leave(entry, UNUSABLE)
        elif not student:
            found.append(one_file(entry, tree.name, pset))
        else:
            found.append(
                Handed(
                    label=student,
                    where=entry.path,
                    files={name: entry},
                    who=f"otter:{student}",
                    order=(export["time"] if export else "", 0),
                    students=(StudentIdentity(id=student),),
                )
            )
    return found
