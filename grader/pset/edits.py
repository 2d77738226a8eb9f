"""Edits of source code by its syntax tree: an expression, or some statements, and what stands in their place.

An edit is found where the tree is the same as its own, however the source is laid out. Edits of different places are
made together; one whose place another edit covers is made after it, as far as it is still found.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

__all__ = ["Edit", "NoPlace", "Trees", "edited"]

Trees = Mapping[str, ast.stmt]
"""Definitions by name. Nothing here changes a tree that it is given."""
Step = tuple[str, int]
"""A field of a node, and the index in it; −1 where the field is no list."""


class NoPlace(ValueError):
    """What an edit replaces is not there, or is there more than once."""


@dataclass(frozen=True)
class Edit:
    """One change of a function.

    Args:
        old: An expression, or statements that follow one another, as it stands in the function.
        new: What stands there instead; empty to leave statements out.
        names: What stands for some names in ``new``: numbers, or other names.

    Raises:
        ValueError: One of them is not Python, or there is nothing to replace.
    """

    old: str
    new: str
    names: tuple[tuple[str, float | str], ...] = ()

    def __post_init__(self) -> None:
        if not _statements(self.old):
            raise ValueError("an edit needs the code that it replaces")
        _statements(self.new)

    @cached_property
    def of_expression(self) -> bool:
        """Whether an expression takes the place of an expression."""
        return all(
            len(found) == 1 and isinstance(found[0], ast.Expr)
            for found in map(_statements, (self.old, self.new))
        )

    @cached_property
    def wanted(self) -> list[str]:
        """The trees to find, as text: that of the expression, or one for each statement."""
        found = _statements(self.old)
        return list(map(ast.dump, (_expression(found) if self.of_expression else found)))

    def replacement(self) -> list[ast.AST]:
        """New trees."""
        found: list[Any] = _statements(self.new)
        filled = _Filled(dict(self.names))
        return [filled.visit(tree) for tree in (_expression(found) if self.of_expression else found)]


@dataclass(frozen=True)
class _Place:
    """Where an edit applies: the way to an expression, or to the first of some statements."""

    edit: Edit
    part: str
    path: tuple[Step, ...]
    count: int = 1
    """How many entries of the last field are replaced."""

    def overlaps(self, other: _Place) -> bool:
        """Whether one covers the other, or a part of it."""
        shorter, longer = sorted((self, other), key=lambda place: len(place.path))
        level = len(shorter.path) - 1
        (field, first), (there, at) = shorter.path[level], longer.path[level]
        if shorter.part != longer.part or shorter.path[:level] != longer.path[:level] or field != there:
            return False
        many = longer.count if len(longer.path) == len(shorter.path) else 1
        return first < at + many and at < first + shorter.count


def edited(trees: Trees, edits: Sequence[Edit]) -> Trees:
    """The definitions with all edits made; a definition that no edit concerns is the same object as before.

    Args:
        trees: The definitions.
        edits: What to change.

    Raises:
        NoPlace: An edit's old code is not there exactly once, or an earlier edit took it away.
    """
    together: list[_Place] = []
    later: list[Edit] = []
    for edit in edits:
        place = _place_of(trees, edit)
        if any(place.overlaps(other) for other in together):
            later.append(edit)
        else:
            together.append(place)
    # The last one first, so that the indices of the others stay as they are.
    for place in sorted(together, key=lambda one: one.path, reverse=True):
        trees = _made(trees, place)
    for edit in later:
        trees = _made(trees, _place_of(trees, edit))
    return trees


def _place_of(trees: Trees, edit: Edit) -> _Place:
    found = [
        _Place(edit, name, path, len(edit.wanted)) for name in trees for path in _paths(trees[name], edit)
    ]
    if len(found) == 1:
        return found[0]
    many = f"is there {len(found)} times" if found else "is not there"
    raise NoPlace(f"{' '.join(edit.old.split())!r} {many}")


def _paths(tree: ast.stmt, edit: Edit) -> list[tuple[Step, ...]]:
    nodes = _nodes(tree)
    if edit.of_expression:
        return nodes.get(edit.wanted[0], [])
    first, *others = edit.wanted
    found = []
    for path in nodes.get(first, []):
        *above, (field, index) = path
        following = [(*above, (field, index + more)) for more in range(1, len(edit.wanted))]
        if all(place in nodes.get(text, []) for place, text in zip(following, others, strict=True)):
            found.append(path)
    return found


@lru_cache(maxsize=512)
def _nodes(tree: ast.stmt) -> dict[str, list[tuple[Step, ...]]]:
    """The ways to each expression and statement in a definition, by their trees as text."""
    found: dict[str, list[tuple[Step, ...]]] = {}

    def visit(node: ast.AST, path: tuple[Step, ...]) -> None:
        if path and isinstance(node, ast.expr | ast.stmt):
            found.setdefault(ast.dump(node), []).append(path)
        for field, value in ast.iter_fields(node):
            many = isinstance(value, list)
            for index, one in enumerate(value if many else [value]):
                if isinstance(one, ast.AST):
                    visit(one, (*path, (field, index if many else -1)))

    visit(tree, ())
    return found


def _made(trees: Trees, place: _Place) -> Trees:
    """The definitions with one edit made."""
    tree = copy.copy(trees[place.part])
    node: Any = tree
    *above, (field, index) = place.path
    for step, at in above:
        # Only the nodes on the way are copied.
        value = getattr(node, step)
        if at < 0:
            setattr(node, step, copy.copy(value))
            node = getattr(node, step)
        else:
            value = list(value)
            value[at] = copy.copy(value[at])
            setattr(node, step, value)
            node = value[at]
    new = place.edit.replacement()
    if index < 0:
        setattr(node, field, new[0])
    else:
        value = list(getattr(node, field))
        value[index : index + place.count] = new
        setattr(node, field, value or [ast.Pass()])
    return {**trees, place.part: tree}


class _Filled(ast.NodeTransformer):
    """Puts numbers and other names in the place of names."""

    def __init__(self, names: Mapping[str, float | str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        given = self._names.get(node.id, node.id)
        return ast.Name(given, node.ctx) if isinstance(given, str) else ast.Constant(given)


def _statements(source: str) -> list[ast.stmt]:
    return ast.parse(source.strip()).body


def _expression(found: Sequence[Any]) -> list[ast.expr]:
    return [found[0].value]
