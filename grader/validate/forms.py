"""Answers in the form of the solution's, with other numbers."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.figures.reading import is_figure
from grader.kinds import plain
from grader.libraries import Sparse, of_a_library
from grader.tables import is_table
from grader.validate.tabular import change_table, filled_table, numbers_in_table

__all__ = ["Leaf", "change", "filled", "numbers_in"]

Leaf = Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]
"""What becomes of each array."""


def filled(value: Any, leaf: Leaf) -> Any:
    """A value of the same form with every number, array and table replaced.

    A formula becomes a number, and a figure what it says, with other numbers and without words.
    """
    if is_figure(value):
        return filled(plain(value), leaf)
    if of_a_library(value) or isinstance(value, types.FunctionType):
        stands_for = plain(value)
        return filled(0.0 if stands_for is value else stands_for, leaf)
    if isinstance(value, Sparse):
        return Sparse(value.shape, value.coordinates, leaf(value.values))
    if isinstance(value, dict):
        return {key: filled(item, leaf) for key, item in value.items()}
    if isinstance(value, list | tuple):
        parts = [filled(item, leaf) for item in value]
        return parts if isinstance(value, list) else tuple(parts)
    if is_table(value):
        return filled_table(value, leaf)
    if isinstance(value, np.ndarray):
        return leaf(value)
    if isinstance(value, np.generic):
        return leaf(np.asarray(value))[()]
    if isinstance(value, bool | int | float | complex):
        return leaf(np.asarray(value)).item()
    if isinstance(value, str):
        return ""
    return value


def numbers_in(value: Any) -> Iterable[Any]:
    """The arrays and numbers in a value and in its tables, lists, tuples and dictionaries."""
    if is_table(value):
        yield from numbers_in_table(value)
    elif isinstance(value, np.ndarray | bool | int | float | np.generic):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from numbers_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from numbers_in(item)


def change(value: Any) -> None:
    """Change every array in a value in place, neither by a shift nor a factor, which many correct answers ignore."""
    if is_table(value):
        change_table(value)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        value[...] = ~value if value.dtype.kind == "b" else value * value + 1
    elif isinstance(value, dict):
        for item in value.values():
            change(item)
    elif isinstance(value, list | tuple):
        for item in value:
            change(item)
