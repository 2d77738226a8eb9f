"""GitHub Classroom: ``<assignment>-submissions/<assignment>-<user or team>/``, each a clone of a repository.

Nothing is read from ``.git``: students can change it and its times like any other file.
"""

from __future__ import annotations

from grader.intake.handed import Handed
from grader.intake.names import shared_start
from grader.intake.tree import Tree
from grader.results import StudentIdentity
from grader.suffixes import may_be_submission

__all__ = ["read"]

_FOLDER = "-submissions"


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """One submission a repository, if the folders are clones whose names begin with the assignment's."""
    top = tree.unwrapped if tree.archived else tree.top
    above = top.name or tree.name
    clones = [folder for folder in top.folders.values() if folder.path in tree.repositories]
    slug = above.removesuffix(_FOLDER) if above.endswith(_FOLDER) else _assignment([f.name for f in clones])
    named = [folder for name, folder in sorted(top.folders.items()) if slug and name.startswith(f"{slug}-")]
    if not named or 2 * len(named) < len(top.folders) or not (above.endswith(_FOLDER) or len(clones) > 1):
        return None
    for entry in top.files.values():
        tree.leave(entry, "lies beside the repositories")
    found = []
    for folder in top.folders.values():
        files = folder.contents()
        if folder not in named:
            tree.leave(folder, f"is not a repository of the assignment {slug}")
        elif not any(map(may_be_submission, files)):
            tree.leave(folder, "holds no notebook or .py file; perhaps nothing was pushed")
        else:
            user = folder.name.removeprefix(f"{slug}-")
            student = (StudentIdentity(id=user),)
            found.append(Handed(user, folder.path, files, who=f"github:{user}", students=student))
    return found


def _assignment(names: list[str]) -> str:
    """The assignment's name: what the folders' names share, up to a ``-``."""
    return shared_start(names).rpartition("-")[0] if len(names) > 1 else ""
