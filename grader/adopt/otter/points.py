"""How many points each case of a question has, as otter-grader works it out, in fractions.

otter's rule: what a case says itself; the rest of the question's points in equal parts for the others. A question
without points is worth 1, unless a case has points: then the others are worth nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from grader.points import exact, total

__all__ = ["BadPoints", "each_points", "number_of_points"]


class BadPoints(Exception):
    """Points that otter refuses; says why, in words that continue "its points"."""


def number_of_points(value: Any) -> Fraction | None:
    """The number that the author wrote; None if there is none.

    Raises:
        BadPoints: It is no number.
    """
    if value is None:
        return None
    if not isinstance(value, int | float | Fraction):
        raise BadPoints(f"are {value!r}, which is no number")
    try:
        return exact(value)
    except ValueError:
        raise BadPoints(f"are {value!r}, which is no number") from None


def each_points(whole: Any, cases: Sequence[Any]) -> list[Fraction]:
    """The points of each case.

    >>> [str(points) for points in each_points(1, [None, None, None])]
    ['1/3', '1/3', '1/3']
    >>> [str(points) for points in each_points(None, [None, 2, 0])]
    ['0', '2', '0']

    Args:
        whole: The question's points as the author wrote them: a number, one for each case, or None.
        cases: Those that each case has of its own, or None.

    Raises:
        BadPoints: They are no numbers, or do not add up.
    """
    if isinstance(whole, list):
        if len(whole) != len(cases):
            raise BadPoints(f"are a list of {len(whole)} for {len(cases)} cases")
        whole, cases = None, whole
    most = number_of_points(whole)
    own = [number_of_points(one) for one in cases]
    given, open_ones = total(own), own.count(None)
    if most is not None and given > most:
        raise BadPoints(f"are {most}, and those of its cases add up to {given}")
    left = most - given if most is not None else Fraction(not any(own))
    share = left / open_ones if open_ones else Fraction(0)
    return [share if one is None else one for one in own]
