"""A stand-in for one of the solution's objects, for which a cheat answers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from grader.operators import Operators, bare

__all__ = ["Answers", "StandIn", "held"]

Answers = Callable[[str, tuple[Any, ...], Callable[[], Any]], Any]
"""Answers a call, given its name, its arguments and a function that gives the solution's answer."""


class StandIn(Operators):
    """Does to the solution's own object whatever is done to it, and lets the cheat answer.

    Args:
        inner: The solution's object.
        answers: The cheat's answers.
        module: The module of the solution's classes.
    """

    def __init__(self, inner: Any, answers: Answers, module: str) -> None:
        self._inner, self._answers, self._module = inner, answers, module

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        inner = getattr(self._inner, name)
        if callable(inner):
            return lambda *given: self._answer(f".{name}()", (self, *given), lambda _, *rest: inner(*rest))
        return self._answer(f".{name}", (self,), lambda _: inner)

    def __call__(self, *given: Any) -> Any:
        return self._answer("()", (self, *given), lambda inner, *rest: inner(*rest))

    def _operate(self, name: str, *operands: Any) -> Any:
        return self._answer(name, operands, getattr(operator, name))

    def _answer(self, name: str, given: tuple[Any, ...], act: Callable[..., Any]) -> Any:
        return self._answers(name, given, lambda: held(act(*map(bare, given)), self._answers, self._module))


def held(value: Any, answers: Answers, module: str) -> Any:
    """The value, or a stand-in for it if it is one of the solution's objects."""
    return StandIn(value, answers, module) if type(value).__module__ == module else value
