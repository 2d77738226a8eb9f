"""A stand-in for one of the solution's objects, for which a cheat answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.actions import act
from grader.kinds import made_here
from grader.libraries import is_module
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
            return lambda *given, **named: self._answer(
                f".{name}()",
                (self, *given, *named.values()),
                lambda *_: inner(*map(bare, given), **bare(named)),
            )
        return self._answer(f".{name}", (self,), lambda _: inner)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._answer(
            "()",
            (self, *given, *named.values()),
            lambda inner, *_: inner(*map(bare, given), **bare(named)),
        )

    def _operate(self, name: str, *operands: Any) -> Any:
        return self._answer(name, operands, lambda *given: act(name, given))

    def _answer(self, name: str, given: tuple[Any, ...], act: Callable[..., Any]) -> Any:
        return self._answers(
            name, given, lambda **_: held(act(*map(made_here, map(bare, given))), self._answers, self._module)
        )


def held(value: Any, answers: Answers, module: str) -> Any:
    """The value, or a stand-in for it if it is one of the solution's objects."""
    own = type(value).__module__ == module or is_module(value)
    return StandIn(value, answers, module) if own else value
