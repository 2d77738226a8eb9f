"""What stands for an object of a submission: the operators that it has, and its place within data."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import StudentError

__all__ = ["Operators", "bare", "exchanged", "require_class"]

_DATA = {np.ndarray, bool, int, float, complex, str, bytes, type(None)}
"""Types that no object of a submission has."""


def _both(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    """An operator of two operands, and the same for the one on the right."""
    return (
        lambda self, other: self._operate(name, self, other),
        lambda self, other: self._operate(name, other, self),
    )


class Operators:
    """Passes each operator on to `_operate`, by its name in the module `operator`, with the operands in their order.

    Iteration and membership are ruled out, since Python would derive them from indexing.
    """

    __iter__ = None
    __contains__ = None
    _inner: Any
    """The object itself, where it is in this process."""

    def _operate(self, name: str, *operands: Any) -> Any:
        raise NotImplementedError

    __add__, __radd__ = _both("add")
    __sub__, __rsub__ = _both("sub")
    __mul__, __rmul__ = _both("mul")
    __truediv__, __rtruediv__ = _both("truediv")
    __matmul__ = _both("matmul")[0]
    __pow__ = _both("pow")[0]
    __getitem__ = _both("getitem")[0]

    def __neg__(self) -> Any:
        return self._operate("neg", self)


def require_class(origin: str) -> None:
    """Raise unless an object comes from a class, whose name has a capital: only then are operators meant.

    On an object that an ordinary function returned in place of a number, ``got - expected`` would hand the expected
    value to the student's code and leave the difference to it.
    """
    if not origin[:1].isupper():
        raise StudentError(f"`{origin}` is an object, but a number or an array was expected")


def bare(value: Any) -> Any:
    """The value with the objects themselves in place of what stands for them in this process."""
    return exchanged(
        value, lambda part: getattr(part, "_inner", part) if isinstance(part, Operators) else part
    )


def exchanged(value: Any, other: Callable[[Any], Any]) -> Any:
    """The value with its parts exchanged, down through lists, tuples and dictionaries; itself where none is."""
    kind = type(value)
    if kind in _DATA or ((kind is tuple or kind is list) and _DATA.issuperset(map(type, value))):
        return value  # as nearly always, and cheap to find out
    if not isinstance(value, list | tuple | dict):
        return other(value)
    changed = other(value)
    if changed is not value:
        return changed
    if isinstance(value, dict):
        if _DATA.issuperset(map(type, value.values())):
            return value
        items = {key: exchanged(part, other) for key, part in value.items()}
        return value if all(items[key] is value[key] for key in items) else items
    parts = [exchanged(part, other) for part in value]
    if all(map(operator.is_, parts, value)):
        return value
    return parts if isinstance(value, list) else tuple(parts)
