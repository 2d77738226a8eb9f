"""The table of layouts, tried in order.

A layout's `read` takes a tree and returns what was handed in, or None where the tree is none of its kind. It decides
by what most of the tree looks like, or by what lies at its top: no single student can choose the layout in
which everybody is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from grader.intake.handed import Handed
from grader.intake.layouts import canvas, github, gradescope, nbgrader, otter, plain
from grader.intake.tree import Tree

__all__ = ["LAYOUTS", "Layout", "read_tree"]


class Layout(NamedTuple):
    """A name for messages, and the function that reads it: ``read(tree, pset)``."""

    title: str
    read: Callable[[Tree, str], list[Handed] | None]


LAYOUTS = (
    Layout("a Gradescope export", gradescope.read),
    Layout("nbgrader's submitted tree", nbgrader.read),
    Layout("a Canvas download", canvas.read),
    Layout("GitHub Classroom repositories", github.read),
    Layout("otter exports", otter.read),
    Layout("files and folders", plain.read),
)


def read_tree(tree: Tree, pset: str) -> tuple[Layout, list[Handed]]:
    """The first layout that fits, and what was handed in; the last one fits every tree."""
    for layout in LAYOUTS:
        handed = layout.read(tree, pset)
        if handed is not None:
            return layout, handed
    raise AssertionError("files and folders fit every tree")
