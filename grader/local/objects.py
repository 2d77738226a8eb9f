"""What a public test holds of the student's own objects: it can do no more with them than it can in grading."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from typing import Any

from grader.actions import act, in_words
from grader.errors import StudentError
from grader.kinds import UNCHANGING, exchanged, known_type, made_here, plain, type_name
from grader.libraries import is_module
from grader.operators import Originated, as_expected, bare

__all__ = ["Classes", "held", "note"]

Called = Callable[[str, Callable[[], Any]], Any]
"""Makes a call within its limits; takes the call's name for messages, and the call."""
Classes = set[type]
"""The classes that tests have called: their objects are objects, whatever they derive from."""


class _OwnObject(Originated):
    """Stands for an object, named after the test's own words: see `grader.sandbox.outside.handle.Handle`."""

    def __init__(self, inner: Any, origin: str, called: Called, classes: Classes) -> None:
        self._inner, self._origin, self._called, self._classes = inner, origin, called, classes
        self._kind = known_type(type_name(inner))
        if type(inner) in classes:
            base = next((base for base in UNCHANGING if isinstance(inner, base)), None)
            self._stands_for = self._stands_for if base is None else base(inner)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            value = self._called(name, lambda: getattr(self._inner, name))
        except StudentError as fault:
            raise as_expected("", fault) from fault.__cause__
        return held(value, f"{self._origin}.{name}", self._called, self._classes)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        note(self._inner, self._classes)
        value = self._called(
            self._origin, lambda: self._inner(*made_here(bare(arguments)), **made_here(bare(keywords)))
        )
        return held(value, f"{self._origin}(...)", self._called, self._classes)

    def _act(self, name: str, operands: Sequence[Any]) -> Any:
        value = self._called(in_words(name, self._origin), lambda: act(name, made_here(bare(operands))))
        return held(value, self._origin, self._called, self._classes)


def note(value: Any, classes: Classes) -> None:
    """Add a class of the student's own that is called, or that a test got, to those whose objects are objects."""
    if isinstance(value, type) and known_type(f"{value.__module__}.{value.__qualname__}") == "object":
        classes.add(value)


def held(value: Any, origin: str, called: Called, classes: Classes) -> Any:
    """The value with every object of the student's own in it held; data stay what they are."""

    def one(part: Any) -> Any:
        kind = type(part)
        if isinstance(part, Originated):
            return part
        note(part, classes)
        own = (
            known_type(type_name(part)) == "object" and not isinstance(part, _AS_DATA) and plain(part) is part
        )
        code = isinstance(part, types.FunctionType | types.MethodType | type)
        mine = own or code or kind in classes or is_module(part)
        return _OwnObject(part, origin, called, classes) if mine else part

    return exchanged(value, one)


_AS_DATA = (*UNCHANGING, list, dict)
"""What derives from one of these crosses as data in grading, but for an object of a class that a test called."""
