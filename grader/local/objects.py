"""What a public test holds of the student's own objects: it can do no more with them than it can in grading."""

from __future__ import annotations

import operator
import types
from collections.abc import Callable
from typing import Any

from grader.kinds import Held, known_type, plain, type_name
from grader.operators import Operators, bare, exchanged, require_class

__all__ = ["held"]

Called = Callable[[str, Callable[[], Any]], Any]
"""Makes a call within its limits; takes the call's name for messages, and the call."""


class _OwnObject(Operators, Held):
    """Stands for an object, named after the test's own words: see `grader.sandbox.outside.handle.Handle`."""

    def __init__(self, inner: Any, origin: str, called: Called) -> None:
        self._inner, self._origin, self._called = inner, origin, called

    def __repr__(self) -> str:
        return f"<{self._origin} of your notebook>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = self._called(name, lambda: getattr(self._inner, name))
        return held(value, f"{self._origin}.{name}", self._called)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        value = self._called(self._origin, lambda: self._inner(*bare(arguments), **bare(keywords)))
        return held(value, f"{self._origin}(...)", self._called)

    def _operate(self, name: str, *operands: Any) -> Any:
        require_class(self._origin)
        value = self._called(name, lambda: getattr(operator, name)(*bare(operands)))
        return held(value, self._origin, self._called)


def held(value: Any, origin: str, called: Called) -> Any:
    """The value with every object of the student's own in it held; data stay what they are."""

    def one(part: Any) -> Any:
        own = known_type(type_name(part)) == "object" and plain(part) is part and not isinstance(part, Held)
        code = isinstance(part, types.FunctionType | types.MethodType | type)
        return _OwnObject(part, origin, called) if own or code else part

    return exchanged(value, one)
