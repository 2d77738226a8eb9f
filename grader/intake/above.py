"""A folder of downloads: recognised by what lies in it, so that nobody in it is graded under two names.

Students' own folders lie in a folder too, and each student chose what is in theirs. So everything in the folder must
look like a system's download, and something must hold the work of more than one student: no single student can make a
folder look so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.intake.layouts.table import glance
from grader.intake.tree import Folder, OnDisk, Tree
from grader.suffixes import archive_suffix, code_suffix, may_be_submission, stem_of

__all__ = ["downloads_in"]

MAX_ARCHIVES = 20
"""Unpacked to see what they are: a folder with more of them is a class."""


def downloads_in(tree: Tree, pset: str, listed: Callable[[Path], Tree]) -> list[Tree]:
    """The downloads in a folder or archive that is not one itself; empty if it is anything else.

    Args:
        tree: What was named.
        pset: The problem set's name.
        listed: Unpacks an archive; one that cannot be unpacked comes back as a single file.
    """
    above = tree.top
    while not glance(within := tree.within(above), pset).system:
        inner = [folder for folder in above.folders.values() if _is_used(folder)]
        if len(inner) != 1 or any(map(may_be_submission, above.files)):
            return _several(tree, above, inner, pset, listed)
        above = inner[0]
    return [within] if above is not tree.top and glance(within, pset).students > 1 else []


def _several(
    tree: Tree, above: Folder, inner: list[Folder], pset: str, listed: Callable[[Path], Tree]
) -> list[Tree]:
    if any(map(code_suffix, above.files)):
        return []
    found = [tree.within(folder) for folder in inner]
    if not all(glance(one, pset).system for one in found):
        return []
    folders = {folder.name.casefold() for folder in inner}
    archives = []
    for name, entry in above.files.items():
        if not archive_suffix(name):
            tree.leave(entry, "lies beside the downloads")
        elif stem_of(name).casefold() in folders:
            tree.leave(entry, "holds what lies in the folder of the same name")
        elif isinstance(entry.content, OnDisk):
            archives.append(entry.content.path)
        else:
            return []
    if len(archives) > MAX_ARCHIVES:
        return []
    # The smallest first, since it is the least likely to be a download.
    for path in sorted(archives, key=lambda path: (path.stat().st_size, path)):
        found.append(listed(path))
        if found[-1].single or not glance(found[-1], pset).system:
            return []
    if not any(glance(one, pset).students > 1 for one in found):
        return []
    found[0].unused += tree.unused
    return found


def _is_used(folder: Folder) -> bool:
    return any(may_be_submission(entry.name) for entry in folder.walk())
