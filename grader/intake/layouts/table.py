"""The table of layouts, tried in order.

A layout's `read` takes a tree and returns what was handed in, or None if the tree has another layout. It goes by what
most of the tree looks like, or by what lies at its top, so that no single student can choose the layout in which
everybody's work is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from grader.intake.handed import Handed
from grader.intake.layouts import (
    blackboard,
    brightspace,
    canvas,
    github,
    gradescope,
    ilias,
    moodle,
    nbgrader,
    otter,
    plain,
)
from grader.intake.roster import Roster
from grader.intake.tree import Tree

__all__ = ["Glance", "glance", "read_beside", "read_tree"]

_LAYOUTS: dict[str, Callable[[Tree, str], list[Handed] | None]] = {
    "a Gradescope export": gradescope.read,
    "nbgrader's submitted tree": nbgrader.read,
    "a Moodle download": moodle.read,
    "a Blackboard download": blackboard.read,
    "a Brightspace download": brightspace.read,
    "a Canvas download": canvas.read,
    "an ILIAS download": ilias.read,
    "GitHub Classroom repositories": github.read,
    "otter exports": otter.read,
}
"""How a system's layout is read, by what messages call it: ``read(tree, pset)``."""
_PLAIN = "files and folders"
"""The layout of every other tree."""


def read_tree(tree: Tree, pset: str, roster: Roster | None = None) -> tuple[str, list[Handed]]:
    """What the layout is called, and what was handed in."""
    for title, read in _LAYOUTS.items():
        handed = read(tree, pset)
        if handed is not None:
            return title, handed
    return _PLAIN, plain.read(tree, pset, roster)


class Glance(NamedTuple):
    """What a tree's paths tell of it, before any of its files is opened."""

    submissions: int
    students: int
    """Of how many students or groups they are, as far as names tell; one notebook in a folder counts as one student,
    and a folder that only holds students' folders is a class."""
    system: bool
    """Whether it looks like a system's download, with students' names or numbers in it."""
    people: frozenset[str] = frozenset()
    """What the system calls them, as far as names tell."""


def glance(tree: Tree, pset: str) -> Glance:
    """How many submissions a tree holds, by the layout that its paths fit."""
    entries = [replace(entry, content=None) for entry in tree.entries]
    closed = replace(tree, entries=entries, unused=[], doubts=[])
    exported = gradescope.glance(closed)
    if exported is not None:
        return Glance(exported, exported, True)
    title, handed = read_tree(closed, pset)
    people = frozenset(one.who for one in handed if one.who)
    named = {one.who or one.where for one in handed}
    students = plain.students(closed, handed) if title == _PLAIN else len(named)
    return Glance(len(handed), students, bool(people), people)


def read_beside(tree: Tree, pset: str) -> tuple[str, list[Handed]]:
    """What was handed in, in a folder that may be one student's: names in it say nothing about students."""
    return _PLAIN, plain.read_beside(tree, pset)
