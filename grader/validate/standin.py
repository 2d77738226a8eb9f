"""An object in place of one of the solution's: a cheat answers for it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from grader.operators import Operators, bare

__all__ = ["Answers", "StandIn", "held"]

Answers = Callable[[str, tuple[Any, ...], Callable[[], Any]], Any]
"""What answers a call: from its name, its arguments and what gives the solution's answer."""


class StandIn(Operators):
    """Passes on what is done with it to the solution's own object, and the cheat answers.

    Args:
        inner: The solution's object.
        answers: The cheat's answers.
        module: Of the solution's classes.
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
    """The value, or what stands in for it where it is an object of the solution's."""
    return StandIn(value, answers, module) if type(value).__module__ == module else value
