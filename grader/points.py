"""Points: exact fractions inside, rounded half up to 0.01 only when they are shown.

So sums of thirds and tenths are what people expect, and every page, table and export shows the same number for the same
points.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isfinite

__all__ = [
    "Number",
    "as_json",
    "earned",
    "exact",
    "in_words",
    "is_full",
    "number",
    "percent",
    "rounded",
    "stored",
    "total",
]

Number = int | float | str | Decimal | Fraction
"""What `exact` reads."""

LARGEST_DENOMINATOR = 10_000
"""Of the fraction that a float such as ``1 / 3`` stands for."""
MAX_DIGITS = 100
"""Of a decimal, and the largest exponent: as a fraction, ``1e-999999999`` would fill the memory."""
LARGEST = 10**MAX_DIGITS
"""Points stay below this, so they fit into a float in JSON."""
MAX_TEXT = 2000
"""Characters of a text: enough for sums and shares of such decimals."""


def exact(value: Number) -> Fraction:
    """The fraction that was meant: exactly that of a text or a decimal, the simplest that fits for a float.

    Raises `ValueError` for anything but a finite number with no more digits than points ever have.

    >>> exact("0.1"), exact(1 / 3), exact("2/3"), exact(0.07)
    (Fraction(1, 10), Fraction(1, 3), Fraction(2, 3), Fraction(7, 100))
    """
    try:
        points = _read(value)
        if abs(points.numerator) < LARGEST * points.denominator:
            return points
    except (ValueError, TypeError, ZeroDivisionError, InvalidOperation):
        pass
    raise ValueError(f"{value!r} is not a number of points")


def _read(value: Number) -> Fraction:
    if isinstance(value, float):
        return _meant_by(float(value))  # numpy's float64 is a float with another repr
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ValueError
        return Fraction(value) if "/" in value else _of_decimal(Decimal(value))
    return _of_decimal(value) if isinstance(value, Decimal) else Fraction(value)


def _meant_by(value: float) -> Fraction:
    if not isfinite(value):
        raise ValueError
    simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return simple if float(simple) == value else Fraction(repr(value))


def _of_decimal(value: Decimal) -> Fraction:
    if not value.is_finite() or max(abs(value.adjusted()), len(value.as_tuple().digits)) > MAX_DIGITS:
        raise ValueError
    return Fraction(value)


def total(points: Iterable[Fraction | None]) -> Fraction:
    """The sum, where None stands for points that nobody has given yet."""
    return sum((one for one in points if one is not None), Fraction(0))


def rounded(points: Number) -> Decimal:
    """To two decimals, half up.

    >>> rounded(Fraction(1, 3)), rounded(Fraction(1, 200)), rounded(Fraction(40))
    (Decimal('0.33'), Decimal('0.01'), Decimal('40.00'))
    """
    return Decimal(f"{_hundredths(points)}e-2")


def number(points: Number) -> str:
    """Points as people write them: with at most two decimals, and no trailing zeros.

    >>> number(Fraction(75, 2)), number(Fraction(2, 3)), number(Fraction(40))
    ('37.5', '0.67', '40')
    """
    return f"{rounded(points):f}".rstrip("0").rstrip(".")


def in_words(points: Number, kind: str = "") -> str:
    """The number with its unit; ``kind`` says which points, such as ``"bonus "``.

    >>> in_words(Fraction(1)), in_words(Fraction(5, 2)), in_words(2, "bonus ")
    ('1 point', '2.5 points', '2 bonus points')
    """
    return f"{number(points)} {kind}point{'s' * (points != 1)}"


def percent(part: Number, whole: Number) -> str:
    """A share in whole per cent, half up; 0% only for nothing, and 100% only for everything.

    >>> percent(1, 8), percent(1, 1000), percent(999, 1000)
    ('13%', '<1%', '>99%')
    """
    some, all_ = exact(part), exact(whole)
    if not all_:
        return "0%"
    share = _half_up(100 * some / all_)
    if share == 0 and some > 0:
        return "<1%"
    if share == 100 and some < all_:
        return ">99%"
    return f"{share}%"


def as_json(points: Number) -> float:
    """The number for JSON, with at most two decimals."""
    return _hundredths(points) / 100


def stored(points: Fraction) -> str:
    """A text such as ``"1/3"``, from which `exact` gets the same points back."""
    return str(points)


def is_full(points: Fraction | None, most: Fraction) -> bool:
    """Whether no points are missing."""
    return points is not None and points >= most


def earned(typed: Number, most: Fraction) -> Fraction:
    """The points that a person means by a typed number: the number shown as the maximum means the maximum.

    Nothing else is changed; the caller decides whether points may exceed the maximum. Raises as `exact` does.

    >>> earned("0.67", Fraction(2, 3)), earned("0.5", Fraction(2, 3)), earned("0", Fraction(1, 300))
    (Fraction(2, 3), Fraction(1, 2), Fraction(0, 1))
    """
    points = exact(typed)
    return most if points and rounded(points) == rounded(most) else points


def _hundredths(points: Number) -> int:
    return _half_up(100 * (points if isinstance(points, Fraction) else exact(points)))


def _half_up(value: Fraction) -> int:
    """The nearest integer, by integer arithmetic: every result of a class goes through here, and this is fast."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
