"""How a test asks for an expression's values: the points go along with the call as its last argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.expressions.evaluating import values_at

__all__ = ["At", "Expression", "answered_at"]


class At:
    """Points at which an answer is wanted, as the last argument of a call: what comes back is the answer's values.

    Args:
        points: For each variable, in the order of a function's arguments, one number for each point; then, if a
            constant may be added, those of its name after `ADDED`, with which no function is called.
        own: Whether the name that is called is the expression itself, and not a function that gives one.
    """

    def __init__(self, points: Mapping[str, np.ndarray], *, own: bool) -> None:
        self.points, self.own = dict(points), own

    def __repr__(self) -> str:
        points = {name: value.tolist() for name, value in self.points.items()}
        return f"At({points}, own={self.own})"


def answered_at(found: Any, given: Sequence[Any]) -> Any:
    """The values of the expression that a name stands for, or that its function gives.

    Args:
        found: What the name stands for: a function, or a variable's value.
        given: The function's arguments, and last an `At`.
    """
    *arguments, at = given
    return values_at(found if at.own else found(*arguments), at.points)


class Expression:
    """An expression of the student's, which stays where their code runs: what ``student.expression("f")`` gives.

    Args:
        name: The variable or function that it is, or that gives it.
        call: Calls a function by the name with these arguments.
        arguments: Of the function; None where the name is the expression itself.
    """

    def __init__(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...] | None = None) -> None:
        self.name = name
        self._call, self._arguments = call, arguments

    def at(self, points: Mapping[str, np.ndarray]) -> Any:
        """Its values at points, a row for each of several results; otherwise a word of `REASONS`, and names.

        Raises:
            StudentFault: The submission gives no expression.
        """
        own = self._arguments is None
        return self._call(*(self._arguments or ()), At(points, own=own))
