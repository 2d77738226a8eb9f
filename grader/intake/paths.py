"""The paths on the command line, listed, and which of them may hold a class."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.errors import GradmarkError
from grader.intake.above import downloads_in
from grader.intake.layouts.table import Glance, glance
from grader.intake.listing import list_archive, list_folder
from grader.intake.tree import UNUSABLE, Entry, OnDisk, Tree, Unused
from grader.suffixes import archive_suffix, code_suffix

__all__ = ["list_paths"]


def list_paths(
    paths: Sequence[Path], pset: str, unsafe: bool, together: Sequence[str] = ()
) -> tuple[list[Tree], Path | None]:
    """The files of each path, and, if none of them may be read as a class, a path that is not one.

    Several paths are classes only if each of them holds the submissions of more than one student: otherwise a student's
    own folder or archive, named among those of others, could pass for a class. Paths alone decide this, before any file
    is opened. A path named twice is listed once.
    """
    named = {os.path.abspath(path): path for path in paths}
    trees: dict[str, Tree] = {}
    seen: dict[str, Glance] = {}
    odd: Path | None = None
    for place, path in named.items():
        if not path.exists():
            raise GradmarkError(f"{path} does not exist; name notebooks, archives or folders of them")
        if path.is_dir():
            trees[place] = replace(list_folder(path), together=together)
            seen[place] = glance(trees[place], pset)
            if len(named) > 1 and seen[place].students < 2 and not seen[place].people:
                odd = path
        elif archive_suffix(path.name):
            continue
        elif code_suffix(path.name):
            trees[place], odd = _single(path), path
        else:
            trees[place] = Tree(path.parent, unused=[Unused(path, UNUSABLE)], single=True)
    archives = [place for place in named if place not in trees]
    # The smallest first, since it is the least likely to be a class: after one that is not, no other is unpacked.
    for place in sorted(archives, key=lambda place: (named[place].stat().st_size, place)):
        if odd is None:
            listed = _listed_archive(named[place], unsafe, alone=len(named) == 1)
            trees[place] = replace(listed, together=together)
            seen[place] = glance(trees[place], pset)
            of_one = seen[place].submissions if len(named) == 1 else seen[place].students
            if trees[place].single or (of_one < 2 and not seen[place].people):
                odd = named[place]
    if odd is None and len(named) > 1:
        odd = _a_students_own(trees, seen)
    if odd is not None:
        trees |= {place: _single(named[place]) for place in archives}
    if len(named) == 1 and odd is None:
        (tree,) = trees.values()
        if below := downloads_in(tree, pset, lambda path: _listed_archive(path, unsafe, alone=False)):
            return below, None
    return [trees[place] for place in sorted(trees)], odd


def _a_students_own(trees: Mapping[str, Tree], seen: Mapping[str, Glance]) -> Path | None:
    """A path with a single student that may be that student's own; None if all can be downloads.

    Beside larger downloads one with a single student is a download too, unless another path holds the same student:
    then it could take somebody's place.
    """
    small = [place for place, one in seen.items() if one.students < 2]
    large = [one for one in seen.values() if one.students >= 2]
    others: Counter[str] = Counter(who for one in seen.values() for who in one.people)
    for place in small:
        alone = all(others[who] == 1 for who in seen[place].people)
        if not (alone and large and all(one.people for one in seen.values())):
            return trees[place].where
        trees[place].doubts.append(
            f"{trees[place].where} holds one submission and was read as a download, like the paths named with it; if "
            "it is a student's own folder or archive, grade it in a separate run"
        )
    return None


def _listed_archive(path: Path, unsafe: bool, *, alone: bool) -> Tree:
    try:
        return list_archive(path, unsafe=unsafe)
    except GradmarkError:
        # It may be a student's own, who should then read what is wrong with it.
        if path.suffix.lower() == ".zip" or not alone:
            return _single(path)
        raise


def _single(path: Path) -> Tree:
    """A file that is one submission by itself."""
    return Tree(path.parent, [Entry(path.name, OnDisk(path))], single=True)
