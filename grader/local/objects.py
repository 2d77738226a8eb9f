"""What a public test holds of the student's own objects: it can do no more with them than it can in grading."""

from __future__ import annotations

import operator
import types
from collections.abc import Callable
from typing import Any

from grader.errors import StudentError
from grader.kinds import Held, known_type, plain, type_name
from grader.operators import Operators

__all__ = ["bare", "held"]

Called = Callable[[str, Callable[[], Any]], Any]
"""Makes a call within its limits; takes the call's name for messages, and the call."""


class _Object(Operators, Held):
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
        if not self._origin[:1].isupper():
            raise StudentError(f"`{self._origin}` is an object, but a number or an array was expected")
        value = self._called(name, lambda: getattr(operator, name)(*bare(operands)))
        return held(value, self._origin, self._called)


def held(value: Any, origin: str, called: Called) -> Any:
    """The value with each of the student's own objects in it held; data stay as they are."""
    kind = type(value)
    if kind is list or kind is tuple:
        return kind(held(part, origin, called) for part in value)
    if kind is dict:
        return {key: held(part, origin, called) for key, part in value.items()}
    own = known_type(type_name(value)) == "object" and plain(value) is value and not isinstance(value, Held)
    code = isinstance(value, types.FunctionType | types.MethodType | type)
    return _Object(value, origin, called) if own or code else value


def bare(value: Any) -> Any:
    """The value with the objects themselves in place of their stand-ins."""
    if isinstance(value, _Object):
        return value._inner
    if type(value) is list or type(value) is tuple:
        return type(value)(map(bare, value))
    return {key: bare(part) for key, part in value.items()} if type(value) is dict else value
