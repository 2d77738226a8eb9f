"""The table of layouts, tried in order.

A layout's `read` takes a tree and returns what was handed in, or None where the tree is none of its kind. It decides
by what most of the tree looks like, or by what lies at its top: no single student can choose the layout in
which everybody is read.
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

__all__ = ["LAYOUTS", "Glance", "Layout", "glance", "read_beside", "read_tree"]


class Layout(NamedTuple):
    """A name for messages, and the function that reads it: ``read(tree, pset)``."""

    title: str
    read: Callable[[Tree, str], list[Handed] | None]


LAYOUTS = (
    Layout("a Gradescope export", gradescope.read),
    Layout("nbgrader's submitted tree", nbgrader.read),
    Layout("a Moodle download", moodle.read),
    Layout("a Blackboard download", blackboard.read),
    Layout("a Brightspace download", brightspace.read),
    Layout("a Canvas download", canvas.read),
    Layout("an ILIAS download", ilias.read),
    Layout("GitHub Classroom repositories", github.read),
    Layout("otter exports", otter.read),
    Layout("files and folders", plain.read),
)


def read_tree(tree: Tree, pset: str, roster: Roster | None = None) -> tuple[Layout, list[Handed]]:
    """The first layout that fits, and what was handed in; the last one fits every tree."""
    for layout in LAYOUTS:
        if layout.read is plain.read:
            return layout, plain.read(tree, pset, roster)
        handed = layout.read(tree, pset)
        if handed is not None:
            return layout, handed
    raise AssertionError("files and folders fit every tree")


class Glance(NamedTuple):
    """What a tree's paths tell of it, before any of its files is opened."""

    submissions: int
    students: int
    """Of how many students or groups they are, as far as the names say; a folder with one notebook is of one, and a
    folder that only holds students' folders is a class."""
    system: bool
    """Whether it looks like what a system gave out, with students' names or numbers in it."""
    people: frozenset[str] = frozenset()
    """Who they are to the system, as far as the names say."""


def glance(tree: Tree, pset: str) -> Glance:
    """How many submissions a tree holds, by the layout that its paths fit."""
    entries = [replace(entry, content=None) for entry in tree.entries]
    closed = replace(tree, entries=entries, unused=[], doubts=[])
    exported = gradescope.glance(closed)
    if exported is not None:
        return Glance(exported, exported, True)
    for layout in LAYOUTS:
        handed = layout.read(closed, pset)
        if handed is not None:
            students = len({one.who or one.where for one in handed})
            if layout.read is plain.read:
                students = plain.students(closed, handed)
            people = frozenset(one.who for one in handed if one.who)
            return Glance(len(handed), students, bool(people), people)
    raise AssertionError("files and folders fit every tree")


def read_beside(tree: Tree, pset: str) -> tuple[Layout, list[Handed]]:
    """What was handed in, in a folder that may be one student's: nobody is taken out of a name in it."""
    return LAYOUTS[-1], plain.read_beside(tree, pset)
