"""Numbers with a unit among recorded values: the same quantity, however it is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from grader.kinds import plain
from grader.units import Unit, UnknownUnit, digits_of, is_rounded, quantity_of, unit_of

__all__ = ["Measured", "measured", "same_quantity"]

FEWEST = 2
"""Significant digits that a number has at least whose rounding is known."""


@dataclass(frozen=True)
class Measured:
    """A number with a unit.

    Args:
        number: The number, in SI units.
        unit: The unit in which it is given.
        digits: The most significant digits that it may have, as it is written.
    """

    number: float
    unit: Unit
    digits: int


def measured(value: Any) -> Measured | None:
    """A text with a number and its unit, or a number beside the text of its unit; None for anything else.

    >>> measured("36 km/h").number, measured((10.0, "m/s")).number, measured("b)"), measured(3.0)
    (10.0, 10.0, None, None)
    """
    value = plain(value)
    if isinstance(value, str):
        found = quantity_of(value)
        if found is None or not any(found[1].exponents):
            return None
        written, unit = found
        return Measured(unit.to_si(written.value), unit, written.most)
    if not isinstance(value, tuple | list) or len(value) != 2 or not isinstance(value[1], str):
        return None
    alone = plain(value[0])
    if isinstance(alone, bool) or not isinstance(alone, int | float):
        return None
    try:
        unit, number = unit_of(value[1]), float(alone)
    except (UnknownUnit, OverflowError):
        return None
    return Measured(unit.to_si(number), unit, digits_of(number)) if any(unit.exponents) else None


def same_quantity(one: Any, other: Any, rtol: float) -> bool | None:
    """Whether two values are the same number with a unit, up to this share; None if one of them is none.

    Where one has fewer digits than the other, the other is rounded to them: how many were asked for is for a test.
    """
    mine = measured(one)
    its = measured(other) if mine else None
    if mine is None or its is None:
        return None
    if mine.unit.exponents != its.unit.exponents:
        return False
    if math.isclose(mine.number, its.number, rel_tol=rtol, abs_tol=0.0):
        return True
    coarse, fine = sorted((mine, its), key=lambda each: each.digits)
    if not FEWEST <= coarse.digits < fine.digits:
        return False
    given, exact = coarse.unit.from_si(coarse.number), coarse.unit.from_si(fine.number)
    return is_rounded(given, exact, coarse.digits)
