"""Significant digits: how many a number has, half of the last one, and whether rounding gives a number."""

from __future__ import annotations

import math

__all__ = ["MOST_DIGITS", "digits_of", "half_a_digit", "is_cut_off", "is_rounded"]

MOST_DIGITS = 17
"""Significant digits that tell every float from every other."""
WRITTEN = 1e-12
"""Share of itself by which a number may differ from its decimal digits: what arithmetic adds to 0.1 + 0.2."""


def digits_of(number: float, precision: float = 0.0) -> int:
    """The significant digits of a number, without zeros at its end, up to this share of itself.

    >>> digits_of(9.81), digits_of(0.1 + 0.2), digits_of(1200.0), digits_of(1 / 3)
    (3, 1, 2, 12)
    """
    allowed = max(WRITTEN, precision) * abs(number)
    counts = range(1, MOST_DIGITS) if math.isfinite(number) else ()
    return next((n for n in counts if abs(float(f"{number:.{n - 1}e}") - number) <= allowed), MOST_DIGITS)


def half_a_digit(number: float, count: int) -> float:
    """Half of the last of so many significant digits of a number, with the little that arithmetic adds.

    >>> round(half_a_digit(9.80665, 3), 6), round(half_a_digit(999.7, 3), 6)
    (0.005, 5.0)
    """
    if number == 0 or not math.isfinite(number):
        return 0.0
    # A number that is rounded up to a power of ten has its last digit there.
    _, power = _rounded(number, count)
    return 0.5 * 10.0 ** (power - count + 1) + WRITTEN * abs(number)


def is_rounded(answer: float, right: float, count: int, allowed: float = 0.0) -> bool:
    """Whether rounding the right number, which may be off by so much, to so many digits gives the answer.

    >>> is_rounded(10.0, 9.996, 3), is_rounded(9.99, 9.996, 3), is_rounded(9.99, 10.004, 3)
    (True, False, False)
    """
    if not math.isfinite(answer) or not math.isfinite(right):
        return False
    allowed += WRITTEN * abs(right)
    off = abs(answer - right)
    if off <= allowed or answer == 0 or right == 0:
        return off <= allowed
    leading, power = _rounded(answer, count)
    # Below a power of ten, the last digit is worth a tenth of what it is worth above.
    finer = 1 if leading.strip("0.") == "1" and abs(right) < abs(answer) else 0
    return off <= 0.5 * 10.0 ** (power - count + 1 - finer) + allowed


def is_cut_off(answer: float, right: float, count: int) -> bool:
    """Whether the answer is the right number with all but so many digits left out, and not rounded.

    >>> is_cut_off(9.8, 9.87, 2), is_cut_off(9.9, 9.87, 2), is_cut_off(2.0, 9.8, 1)
    (True, False, False)
    """
    if right == 0 or not math.isfinite(right) or is_rounded(answer, right, count):
        return False
    digits, _, power = f"{abs(right):.12e}".partition("e")  # not so many that 0.29 has the digits 0.2899…
    kept = float(f"{digits[: count + 1 if count > 1 else 1]}e{power}")
    return math.isclose(answer * math.copysign(1, right), kept, rel_tol=WRITTEN)


def _rounded(number: float, count: int) -> tuple[str, int]:
    """A number's digits, with a point after the first, and the power of ten of that."""
    digits, _, power = f"{abs(number):.{count - 1}e}".partition("e")
    return digits, int(power)
