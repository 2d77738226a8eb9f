"""Files and folders as somebody collected them.

A file is a submission. A folder that holds the handout's file (``ps1.ipynb`` or ``ps1.py``) is a submission with
everything beside it, and so is a folder inside the one that was named which holds exactly one notebook and
no other folder. Any other folder is searched for submissions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grader.intake.handed import Handed
from grader.intake.tree import UNUSABLE, Entry, Folder, Tree
from grader.suffixes import SUFFIXES, stem_of

__all__ = ["one_file", "read", "read_beside", "students"]


def read(tree: Tree, pset: str) -> list[Handed]:
    """Every submission of the tree."""
    top = tree.unwrapped if tree.archived else tree.top
    return list(_in_folder(top, pset, tree, named=True))


def read_beside(tree: Tree, pset: str) -> list[Handed]:
    """Every submission of a folder that was named beside others and may be one student's: called after the folder.

    How its files are called is then that student's choice, and says of nobody else that a file is theirs.
    """
    found = list(_in_folder(tree.top, pset, tree))
    if len(found) == 1:
        return [replace(found[0], label=tree.name)]
    return [replace(one, label=f"{tree.name}-{one.label}") for one in found]


def students(tree: Tree, handed: list[Handed]) -> int:
    """Of how many students a tree may be that is named beside others; several where it only holds folders."""
    if _one_notebook(tree.unwrapped if tree.archived else tree.top):
        return 1
    of_folders = (
        not tree.archived
        and handed
        and all(one.where.partition("/")[0] in tree.top.folders for one in handed)
    )
    return max(len(handed), 2) if of_folders else len(handed)


def _one_notebook(folder: Folder) -> bool:
    notebooks = [n for n, entry in folder.files.items() if n.lower().endswith(".ipynb") and not entry.problem]
    return len(notebooks) == 1 and not folder.folders


def _in_folder(folder: Folder, pset: str, tree: Tree, *, named: bool = False) -> Iterator[Handed]:
    readable = [name for name, entry in folder.files.items() if not entry.problem]
    handout = [name for name in readable if name in (f"{pset}.ipynb", f"{pset}.py")]
    lone = not named and _one_notebook(folder)
    own_name = folder.name or tree.name
    if lone or len(handout) == 1:
        yield Handed(own_name, folder.path, folder.contents())
        return
    for name in sorted({*folder.files, *folder.folders}):
        if name in folder.folders:
            yield from _in_folder(folder.folders[name], pset, tree)
        if name in folder.files:
            entry = folder.files[name]
            usable = name.lower().endswith(SUFFIXES)
            if entry.problem and (entry.problem == "is a link" or not usable):
                tree.leave(entry, entry.problem)
            elif usable:
                yield one_file(entry, own_name, pset)
            else:
                tree.leave(entry, UNUSABLE)


def one_file(entry: Entry, above: str, pset: str) -> Handed:
    """A submission of one file; ``ps1.ipynb`` in a folder of its own says nothing, so the folder names it."""
    stem = stem_of(entry.name)
    return Handed(above if stem == pset else stem, entry.path, {entry.name: entry})
