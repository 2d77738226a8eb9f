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


_Nodes = dict[str, list[tuple[ast.AST, tuple[Step, ...]]]]


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
    def trees(self) -> list[ast.AST]:
        """What to find: an expression, or one tree for each statement; nobody may change them."""
        found = _statements(self.old)
        return [*(_expression(found) if self.of_expression else found)]

    def replacement(self) -> list[ast.AST]:
        """What stands there instead. Without names, the trees are shared by all who ask, so nobody may change them."""
        found = _parsed(self.new) if self.names else _statements(self.new)
        trees: list[Any] = _expression(found) if self.of_expression else list(found)
        if not self.names:
            return trees
        filled = _Filled(dict(self.names))
        return [filled.visit(tree) for tree in trees]


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
        _Place(edit, name, path, len(edit.trees)) for name in trees for path in _paths(trees[name], edit)
    ]
    if len(found) == 1:
        return found[0]
    many = f"is there {len(found)} times" if found else "is not there"
    raise NoPlace(f"{' '.join(edit.old.split())!r} {many}")


def _paths(tree: ast.stmt, edit: Edit) -> list[tuple[Step, ...]]:
    first, *others = edit.trees
    found = []
    for path in _like(tree, first):
        *above, (field, index) = path
        following = [(*above, (field, index + more)) for more in range(1, len(edit.trees))]
        if all(place in _like(tree, other) for place, other in zip(following, others, strict=True)):
            found.append(path)
    return found


def _like(tree: ast.stmt, wanted: ast.AST) -> list[tuple[Step, ...]]:
    """The ways to the expressions or statements in a definition that are the same as a tree."""
    return _texts(tree, type(wanted).__name__).get(_text_of(wanted), [])


@lru_cache(maxsize=4096)
def _text_of(tree: ast.AST) -> str:
    return ast.dump(tree)


@lru_cache(maxsize=4096)
def _texts(tree: ast.stmt, kind: str) -> dict[str, list[tuple[Step, ...]]]:
    """The ways to the nodes of one kind in a definition, by the nodes as text."""
    found: dict[str, list[tuple[Step, ...]]] = {}
    for node, path in _nodes(tree).get(kind, ()):
        found.setdefault(ast.dump(node), []).append(path)
    return found


@lru_cache(maxsize=512)
def _nodes(tree: ast.stmt) -> _Nodes:
    """The expressions and statements in a definition, by their kind, each with the way to it."""
    found: _Nodes = {}

    def visit(node: ast.AST, path: tuple[Step, ...]) -> None:
        if path and isinstance(node, ast.expr | ast.stmt):
            found.setdefault(type(node).__name__, []).append((node, path))
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, ast.AST):
                visit(value, (*path, (field, -1)))
            elif isinstance(value, list):
                for index, one in enumerate(value):
                    if isinstance(one, ast.AST):
                        visit(one, (*path, (field, index)))

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
        setattr(node, field, value or [ast.Pass(lineno=tree.lineno, col_offset=0)])
    return {**trees, place.part: tree}


class _Filled(ast.NodeTransformer):
    """Puts numbers and other names in the place of names."""

    def __init__(self, names: Mapping[str, float | str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        given = self._names.get(node.id, node.id)
        new = ast.Name(given, node.ctx) if isinstance(given, str) else ast.Constant(given)
        return ast.copy_location(new, node)


@lru_cache(maxsize=8192)
def _statements(source: str) -> tuple[ast.stmt, ...]:
    """Some code as trees that nobody changes."""
    return tuple(_parsed(source))


def _parsed(source: str) -> list[ast.stmt]:
    return ast.parse(source.strip()).body


def _expression(found: Sequence[Any]) -> list[ast.expr]:
    return [found[0].value]
