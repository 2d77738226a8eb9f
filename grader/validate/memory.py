"""The memory of a cheat: answers by the calls that got them."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.sandbox.crossing.generators import state_of
from grader.student import copied, is_generator
from grader.tables import is_table
from grader.validate.standin import StandIn
from grader.validate.tabular import key_of_table

__all__ = ["Memory"]


class Memory:
    """Answers by function and arguments, and for objects by everything done with them since the test began.

    Args:
        classes: The names of classes, whose calls make objects.
    """

    def __init__(self, classes: Iterable[str]) -> None:
        self._classes = frozenset(classes)
        self._answers: dict[Any, Any] = {}
        self.begins()

    def begins(self) -> None:
        """A test begins, with no objects made yet."""
        self._numbers: dict[int, int] = {}
        self._held: list[StandIn] = []  # or a new object could get an old one's id
        self._before: Any = None

    def key(self, function: str, given: tuple[Any, ...]) -> Any:
        """What to remember the call by."""
        call = (function, self._told(given))
        if function in self._classes or any(isinstance(part, StandIn) for part in given):
            self._before = call = hash((self._before, call))  # type: ignore[assignment]
        return call

    def store(self, key: Any, answer: Any) -> None:
        self._answers[key] = copied(answer)

    def __contains__(self, key: Any) -> bool:
        return key in self._answers

    def __getitem__(self, key: Any) -> Any:
        return copied(self._answers[key])

    def _told(self, value: Any) -> Any:
        """A key that is equal for equal arguments."""
        if isinstance(value, StandIn):
            self._held.append(value)
            return "object", self._numbers.setdefault(id(value), len(self._numbers))
        if is_table(value):
            return key_of_table(value)
        if isinstance(value, np.ndarray):
            return value.dtype.str, value.shape, value.tobytes()
        if isinstance(value, dict):
            return tuple((self._told(key), self._told(item)) for key, item in value.items())
        if isinstance(value, list | tuple):
            return type(value).__name__, *map(self._told, value)
        if is_generator(value):
            return repr(state_of(value))
        if isinstance(value, types.FunctionType):
            cells = tuple(self._told(cell.cell_contents) for cell in value.__closure__ or ())
            return self._told(value.__code__), cells, self._told(value.__defaults__)
        if isinstance(value, types.CodeType):
            return value.co_code, value.co_names, tuple(map(self._told, value.co_consts))
        return type(value).__name__, repr(value)
