"""Points: exact fractions inside, rounded once, half up to 0.01, where they are shown.

A sum of thirds or of tenths is then what people expect it to be, and every page, table and export that shows the same
points shows the same number.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite

__all__ = ["as_json", "earned", "exact", "is_full", "number", "rounded", "stored", "total"]

LARGEST_DENOMINATOR = 10_000
"""Of a fraction that a float such as ``1 / 3`` is taken for."""


def exact(value: int | float | str | Decimal | Fraction) -> Fraction:
    """The fraction that was meant: a text's or a decimal's own, for a float the simplest one that it stands for.

    Raises `ValueError` for what is no finite number.

    >>> exact("0.1"), exact(1 / 3), exact("2/3"), exact(0.07)
    (Fraction(1, 10), Fraction(1, 3), Fraction(2, 3), Fraction(7, 100))
    """
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"{value!r} is no number of points")
        simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
        return simple if float(simple) == value else Fraction(repr(value))
    try:
        return Fraction(value)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise ValueError(f"{value!r} is no number of points") from None


def total(points: Iterable[Fraction | None]) -> Fraction:
    """The sum; None, for what nobody has given yet, adds nothing."""
    return sum((one for one in points if one is not None), Fraction(0))


def rounded(points: Fraction) -> Decimal:
    """To two decimals, half up.

    >>> rounded(Fraction(1, 3)), rounded(Fraction(1, 200)), rounded(Fraction(40))
    (Decimal('0.33'), Decimal('0.01'), Decimal('40.00'))
    """
    return Decimal(floor(points * 100 + Fraction(1, 2))).scaleb(-2)


def number(points: Fraction) -> str:
    """Points as people write them: at most two decimals, none where there are none.

    >>> number(Fraction(75, 2)), number(Fraction(2, 3)), number(Fraction(40))
    ('37.5', '0.67', '40')
    """
    return f"{rounded(points):f}".rstrip("0").rstrip(".")


def as_json(points: Fraction) -> float:
    """The number that stands in JSON: at most two decimals."""
    return float(rounded(points))


def stored(points: Fraction) -> str:
    """A text that `exact` gives the very points back for, such as ``"1/3"``."""
    return str(points)


def is_full(points: Fraction | None, most: Fraction) -> bool:
    """Whether nothing of the points is missing."""
    return points is not None and points >= most


def earned(typed: int | float | str | Decimal | Fraction, most: Fraction) -> Fraction:
    """The points that a person means who types a number: the maximum as it is shown means the maximum.

    >>> earned("0.67", Fraction(2, 3)), earned("0.5", Fraction(2, 3))
    (Fraction(2, 3), Fraction(1, 2))
    """
    points = exact(typed)
    return most if rounded(points) == rounded(most) else points
