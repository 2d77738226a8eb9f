"""Numbers with a unit, and with as many significant digits as were asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail, one_number, short
from grader.checks.rounding import RELATIVE_FLOAT32, RELATIVE_FLOAT64
from grader.checks.values import as_numbers
from grader.kinds import Held, plain
from grader.text import many as counted
from grader.units import (
    BASE,
    LONGEST,
    MOST_DIGITS,
    Number,
    Unit,
    UnknownUnit,
    digits_of,
    is_cut_off,
    is_rounded,
    meant,
    named,
    number_of,
    readings,
    unit_of,
)

__all__ = ["check_quantity"]

# What is told first where several fit: a factor, the units where it is likely, a sentence for the number that is too
# large, and one for the one too small.
_FACTORS = (
    (180 / math.pi, "angle", "It seems to be in degrees instead of radians.",
     "It seems to be in radians instead of degrees."),
    (2 * math.pi, "", "It is 2π times the right value.", "It lacks a factor of 2π."),
    (3600.0, "time", "It is 3600 times the right value: check hours and seconds.",
     "It is the right value divided by 3600: check hours and seconds."),
    (60.0, "time", "It is 60 times the right value: check minutes and seconds.",
     "It is the right value divided by 60: check minutes and seconds."),
    (86_400.0, "time", "It is 86400 times the right value: check days and seconds.",
     "It is the right value divided by 86400: check days and seconds."),
    (3.6, "speed", "It is 3.6 times the right value: check km/h and m/s.",
     "It is the right value divided by 3.6: check km/h and m/s."),
)  # fmt: skip
_ANGLE = re.compile(r"rad|turn|rev|rpm|arc|(?:°|º|deg(?:ree)?s?)(?![ _]?[CFK])")
_SHARES = ("%", "‰", "ppm", "percent")
_POWERS = range(1, 13)
NARROW = 0.01
"""Share of the right value within which factors are told apart, whatever an author tolerates."""
SURE = 2
"""Digits from which on an answer fits a factor by more than chance."""


@dataclass(frozen=True)
class _Asked:
    """What a check was called with."""

    value: float
    """The right number, in SI units."""
    unit: Unit
    spelt: str
    rtol: float
    atol: float
    digits: tuple[int, int] | None


@dataclass(frozen=True)
class _Answer:
    """What a student answered: a number as written, or a number of the computer's, and its unit."""

    value: float
    unit: Unit
    written: Number | None
    precision: float

    @property
    def si(self) -> float:
        return self.unit.to_si(self.value)


def check_quantity(
    got: Any,
    right: float | str,
    unit: str = "",
    *,
    name: str = "answer",
    digits: int | tuple[int, int] | None = None,
    rtol: float | None = None,
    atol: float = 0.0,
    bare: bool = False,
) -> None:
    """Fail unless an answer is the right number, in the right unit or any other of the same kind.

    An answer is a text such as ``"9.81 m/s^2"``, a number with the text of its unit, ``(9.81, "m/s^2")``, a quantity of
    pint or astropy, or a number alone, which has no unit. Powers may be written ``s^2``, ``s**2``, ``s²`` or ``s2``, a
    product with a space, ``*`` or ``·``, and the decimal point as a comma.

    Args:
        got: The student's answer.
        right: The right one: a number in ``unit``, or a text with its unit.
        unit: The right number's unit; without one, the answer is a plain number (a share of 1 may be given in %).
        name: What to call the answer.
        digits: How many significant digits to give: exactly so many, or from so many to so many, such as ``(2, 4)``.
            An answer is right if rounding the right value to its digits gives it. Those of a text are counted as
            written; zeros at the end of a whole number may count or not. A number has no zeros at its end, so it may
            seem to have fewer. It is looked at in the student's own unit.
        rtol: Share of the right value by which an answer may be off; without ``digits``, 1e-9 if it is not given.
        atol: Is added to that, in ``unit``.
        bare: Whether a number without a unit counts as one in ``unit``: for questions that name the unit.

    Raises `CheckFailed`. Its summary names a missing unit, one of another kind, a sign, a factor such as a forgotten
    prefix, degrees or hours, and too few or too many digits; it tells no number of ``right``.

    Examples:
        >>> check_quantity("981 cm/s²", 9.80665, "m/s^2", digits=3)
        >>> check_quantity((35.3, "km/h"), 9.80665, "m/s", rtol=1e-3)
        >>> check_quantity(9.81, 9.80665, "m/s^2", digits=3, name="g")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: g has no unit: give the number with its unit, as in "2.5 kg" or (2.5, "kg").
        >>> check_quantity("9.8 m/s^2", 9.80665, "m/s^2", digits=3, name="g")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: g is right to 2 significant digits, but 3 were asked for.
        g should be 9.80665 m/s^2.
    """
    __tracebackhide__ = True
    asked = _asked(right, unit, digits, rtol, atol)
    answer = _read(got, asked, name, bare)
    if answer.unit.exponents != asked.unit.exponents:
        _fail_kind(answer.unit, asked, name)
    if not math.isfinite(answer.si):
        fail(f"{name} is not a finite number.")
    if not _is_right(answer, asked):
        reason = _reason(answer, asked, name)
        right = f"{short(asked.unit.from_si(asked.value))} {asked.spelt}".rstrip()
        off = f", and at most {short(atol)} off" if atol else ""
        fail(reason or f"{name} is wrong.", f"{name} should be {right}{off}.")


def _asked(
    right: float | str, unit: str, digits: int | tuple[int, int] | None, rtol: float | None, atol: float
) -> _Asked:
    """What the author gave; raises `ValueError` for what makes no sense."""
    if isinstance(right, str):
        found = number_of(right)
        if found is None or unit:
            raise ValueError(f"the right answer {right!r} is not a number with its unit")
        right, unit = found[0].value, found[1]
    try:
        known, *others = readings(unit)
    except UnknownUnit:
        raise ValueError(f"check_quantity knows no unit {unit!r}") from None
    if others:
        raise ValueError(f"the unit {unit!r} can be read in two ways: use brackets, as in 'J/(kg K)'")
    least, most = (digits, digits) if isinstance(digits, int) else digits or (1, MOST_DIGITS)
    if not 1 <= least <= most <= MOST_DIGITS:
        raise ValueError("digits must be a number from 1 to 17, or two of them")
    if not math.isfinite(right):
        raise ValueError("check_quantity needs a finite number")
    asked_digits = None if digits is None else (least, most)
    allowed = (0.0 if digits is not None else RELATIVE_FLOAT64) if rtol is None else rtol
    return _Asked(known.to_si(float(right)), known, unit, allowed, atol * known.factor, asked_digits)


# Reading an answer -------------------------------------------------------------------------------------------


def _read(got: Any, asked: _Asked, name: str, bare: bool) -> _Answer:
    __tracebackhide__ = True
    value = plain(got)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind == "U":
        value = value.item()
    if value is None or value is Ellipsis or (isinstance(value, Held) and value._kind == "ellipsis"):
        fail(f"{name} is not answered yet.")
    written: Number | None = None
    if isinstance(value, str):
        written, unit = _of_text(value, name)
        number: Any = written.value
    elif isinstance(value, tuple | list) and len(value) == 2 and isinstance(plain(value[1]), str):
        number, unit = plain(value[0]), plain(value[1])
        if isinstance(number, str):
            written, rest = _of_text(number, name)
            number, unit = written.value, f"{rest} {unit}"
    else:
        number, unit = value, ""
    wanted = "a number with its unit" if any(asked.unit.exponents) and not bare else "a number"
    if not isinstance(plain(number), int | float | np.ndarray | np.generic):
        fail(f"{name} is {describe(number)}, but {wanted} was expected.")
    array = as_numbers(number, name)
    one_number(array, name)
    if array.dtype.kind not in "iuf":
        fail(f"{name} is {describe(number)}, but {wanted} was expected.")
    single = array.dtype.kind == "f" and array.dtype.itemsize < 8
    precision = RELATIVE_FLOAT32 if single else 0.0
    return _Answer(float(array), _unit(unit, asked, name, float(array), bare), written, precision)


def _of_text(text: str, name: str) -> tuple[Number, str]:
    __tracebackhide__ = True
    if not text.strip():
        fail(f"{name} is empty.")
    if len(text) > LONGEST:
        fail(f"{name} is a text of {len(text)} characters, but a number with its unit was expected.")
    found = number_of(text)
    if found is None and re.match(r"(?:\s*[^\W\d]\w{0,20}\s*=)?\s*[+-]?\d{1,3}(,\d{3})+(?!\d)", text):
        fail(
            f"{name} can be read in two ways: write a point before decimals, and no comma between thousands."
        )
    if found is None and re.match(r"\s*[+-]?\d", text):
        fail(f'{name} is not one number with its unit, such as "2.5 kg".', f"It is {short(text)}.")
    if found is None:
        fail(f"{name} does not begin with a number, such as 2.5 or 2.5e3.", f"It is {short(text)}.")
    number, unit = found
    if unit.startswith(("±", "+/-", "+-", "\\pm")):
        fail(f"{name} has an uncertainty, which was not asked for: give the number and its unit alone.")
    return number, unit


def _unit(text: str, asked: _Asked, name: str, number: float, bare: bool) -> Unit:
    """The unit of an answer: of two that a text may mean, the one that was asked for."""
    __tracebackhide__ = True
    text = text.strip()
    plain_number = unit_of("")
    if not text:
        if bare:
            return asked.unit
        if asked.unit.exponents != plain_number.exponents:
            fail(f'{name} has no unit: give the number with its unit, as in "2.5 kg" or (2.5, "kg").')
        return plain_number
    try:
        found = list(readings(text))
    except UnknownUnit as error:
        if re.match(r"(?:1\s*)?(?:\*\*|[/÷^*·⋅×x+−–-])\s*[(]?\d", text):
            fail(f"{name} is a calculation: give its value, such as 2.5 or 2.5e3.", f"It has {short(text)}.")
        near = meant(text, error, asked.unit.exponents)
        meant_is = f' Did you mean "{near}"?' if near else ""
        advice = "Write it like kg m^2/s^2, with the usual symbols."
        shown = error.symbol or text
        fail(f"{name} has a unit that is not known here.{meant_is} {advice}", f"It is {short(shown)}.")
    return next((one for one in found if one.exponents == asked.unit.exponents), found[0])


def _fail_kind(unit: Unit, asked: _Asked, name: str) -> None:
    __tracebackhide__ = True
    hidden = (
        f"A unit such as {asked.spelt} was expected."
        if asked.spelt
        else "A number without a unit was expected."
    )
    if not any(asked.unit.exponents):
        fail(f"{name} has a unit, but it is a number without one.", hidden)
    if unit.exponents == tuple(-one for one in asked.unit.exponents):
        fail(f"{name} has the unit upside down: it is one over the right one.", hidden)
    kind = named(unit.exponents)
    told = f": it is that of {kind}, which {name} is not" if kind else ""
    fail(f"{name} has a unit of the wrong kind{told}.", hidden)


# Judging an answer -------------------------------------------------------------------------------------------


def _is_right(answer: _Answer, asked: _Asked) -> bool:
    if not _is_near(answer, asked, asked.value):
        return False
    if asked.digits is None:
        return True
    least, most = asked.digits
    few, many = _digits(answer)
    return few <= most and (answer.written is None or least <= many)


def _is_near(answer: _Answer, asked: _Asked, value: float) -> bool:
    """Whether an answer is some value in SI units, up to what may be off, and rounded to its digits if it has any."""
    allowed = max(asked.rtol, answer.precision) * abs(value) + asked.atol
    if abs(answer.si - value) <= allowed or not asked.digits:
        return abs(answer.si - value) <= allowed
    unit = answer.unit
    return is_rounded(answer.value, unit.from_si(value), _count(answer, asked.digits), allowed / unit.factor)


def _count(answer: _Answer, asked: tuple[int, int]) -> int:
    """The digits to which an answer is taken as rounded: of those that were asked for, as many as it has."""
    few, _ = _digits(answer)  # of a whole number with zeros at its end, those that count for certain
    return min(max(few, asked[0]), asked[1])


def _digits(answer: _Answer) -> tuple[int, int]:
    """The least and the most significant digits that an answer has."""
    if answer.written is not None:
        return answer.written.least, answer.written.most
    count = digits_of(answer.value, answer.precision / 10)
    return count, count


def _reason(answer: _Answer, asked: _Asked, name: str) -> str:
    """What is wrong with a number, if that is a usual slip; empty if it is not."""
    least, most = asked.digits or (1, MOST_DIGITS)
    few, many = _digits(answer)
    wanted = f"{least}" if least == most else f"{least} to {most}"
    near = _is_near(answer, asked, asked.value)
    if near and many < least:
        return f"{name} is right to {counted(many, 'significant digit')}, but {wanted} were asked for."
    rounded = replace(answer, value=float(f"{answer.value:.{most - 1}e}"), written=None)
    if near and few > most and _is_near(rounded, asked, asked.value):
        return f"{name} is right, but has {few} significant digits: round it to {_choice(least, most)}."
    if digits := _right_digits(answer, asked):
        told = f", but {wanted} were asked for" if asked.digits else ": give more of them"
        return f"{name} is right to {counted(digits, 'significant digit')}{told}."
    right = answer.unit.from_si(asked.value)
    if asked.digits and is_cut_off(answer.value, right, _count(answer, asked.digits)):
        return f"{name} was cut off and not rounded: look at the digit that comes after the last one."
    return next((f"{name} is wrong. {says}" for says in _slips(answer, asked)), "")


def _choice(least: int, most: int) -> str:
    """How many digits were asked for, in words: ``1, 2 or 3 digits``."""
    if least == most:
        return f"{least}"
    few = ", ".join(map(str, range(least, most)))
    return f"{few} or {most} digits" if most - least < 3 else f"between {least} and {most} digits"


def _right_digits(answer: _Answer, asked: _Asked) -> int:
    """The digits of an answer if it is right as far as it goes, which is not far enough; 0 if it is wrong."""
    few, many = _digits(answer)
    count = many if answer.written else few
    right = answer.unit.from_si(asked.value)
    enough = asked.digits[0] if asked.digits else MOST_DIGITS
    return count if 2 <= count < enough and right and is_rounded(answer.value, right, count) else 0


def _slips(answer: _Answer, asked: _Asked) -> Iterator[str]:
    """Sentences on usual slips that give the answer, as far as a wide tolerance lets them be told apart."""
    right = asked.value
    # One digit fits too much: such an answer is compared as a number.
    digits = asked.digits if asked.digits and _count(answer, asked.digits) >= SURE else None
    narrow = replace(
        asked, rtol=min(asked.rtol, NARROW) if digits or not asked.digits else NARROW, digits=digits
    )
    if asked.unit.zero or answer.unit.zero or asked.unit.exponents == unit_of("K").exponents:
        kelvin = unit_of("°C").zero
        near = replace(narrow, rtol=min(asked.rtol, NARROW), atol=min(asked.atol, NARROW * kelvin))
        if _is_near(answer, near, right + kelvin) or _is_near(answer, near, right - kelvin):
            yield "It differs by 273.15: check kelvins and degrees Celsius."
    if _is_near(answer, asked, -right):
        yield "It has the wrong sign."
    if answer.unit.zero or not right:
        return
    tight = replace(narrow, atol=0.0)
    for sign, also in ((1, ""), (-1, " It has the wrong sign, too.")):
        for factor, large, small in _factors(asked):
            if _is_near(answer, tight, sign * right * factor):
                yield large + also
            if _is_near(answer, tight, sign * right / factor):
                yield small + also
        for power in _POWERS:
            for exponent in (power, -power):
                if _is_near(answer, tight, sign * right * 10.0**exponent):
                    yield _of_ten(exponent, plain_number=not any(asked.unit.exponents)) + also


def _factors(asked: _Asked) -> Iterator[tuple[float, str, str]]:
    """The factors that may have been forgotten in a unit of that kind."""
    powers = {name: power for name, power in zip(BASE, asked.unit.exponents, strict=True) if power}
    turning = powers.keys() <= {"s"} and asked.spelt not in _SHARES
    kinds = {
        "": True,
        "time": "s" in powers,
        "speed": powers.keys() == {"m", "s"} and powers["m"] == 1,
        "angle": turning or _ANGLE.search(asked.spelt) is not None,
    }
    for factor, kind, large, small in _FACTORS:
        if kinds[kind]:
            yield factor, large, small


def _of_ten(exponent: int, *, plain_number: bool) -> str:
    size = f"{10 ** abs(exponent):,}" if abs(exponent) <= 6 else f"1e{abs(exponent)}"
    is_off = (
        f"It is {size} times the right value" if exponent > 0 else f"It is the right value divided by {size}"
    )
    if plain_number:
        return f"{is_off}: check {'%' if abs(exponent) == 2 else 'the decimal point'}."
    prefix = abs(exponent) % 3 == 0 or abs(exponent) == 2
    return f"{is_off}: check {'prefixes of units, such as k and m' if prefix else 'the decimal point'}."
