"""Numbers with a unit as students write them: ``9.81 m/s^2``, ``9,81 m·s⁻²``, ``36 km/h``.

A student's text is read here on the trusted side, and on a student's own machine, where only numpy is installed. pint
and astropy read a unit as an expression of any length and depth, and are in neither place. So a grammar of a few lines
reads texts of at most `LONGEST` characters, once from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.units.table import ONE, Exponents, Unit, UnknownUnit, is_other_prefix, known_unit

__all__ = ["LONGEST", "Number", "meant", "number_of", "quantity_of", "readings", "unit_of"]

LONGEST = 120
"""Characters of a number with its unit."""
DEEPEST = 8
"""Parentheses within one another."""

# Reading a unit ----------------------------------------------------------------------------------------------

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SIGNS = _SUPERSCRIPTS | str.maketrans("−–", "--")
_TOKEN = re.compile(
    r"\s*(?:(?P<power>\^|\*\*)|(?P<times>[*·⋅×∙])|(?P<over>/|÷|per(?=\s))|(?P<join>\u2062)|(?P<open>\()|(?P<close>\))"
    r"|(?P<high>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
    r"|(?P<number>[+\-−]?\d{1,3}(?:\.\d{1,3}|/\d{1,2}(?!\d))?)"
    r"|(?P<symbol>[°º%‰℃℉ΩµμÅ\u2126\u212bA-Za-z_]{1,24}))"
)
_CAREFUL = str.maketrans({"º": "°", "˚": "°", "−": "-"})
_TEMPERATURE = re.compile(
    r"(?<![^\W\d])(?:°|[Dd]eg(?:ree)?s?)\s{0,3}"
    r"(?:(?P<C>C(?:elsius|entigrade)?|celsius|centigrade)|(?P<F>F(?:ahrenheit)?|fahrenheit)|(?P<K>K(?:elvins?)?|kelvins?))"
    r"(?![^\W\d])"
)
# Two units without a space, as in Nm^2 and mAh: each but the last of two.
_JOINED = re.compile(
    r"(?<![^\W\d]|°)((?:da|[QRYZEPTGMkhdcmµμunpfazyrq])?"
    r"(?:N(?=(?:[cm]?m|s)(?![^\W\d]))|(?:J|W|V|A|Pa)(?=s(?![^\W\d]))|A(?=h(?![^\W\d]))|V(?=A(?![^\W\d]))))"
)
_BRACES = re.compile(r"(\^|\*\*)\{([^{}]{1,8})\}")
_FRAMES = (("[", "]"), ("$", "$"))


def _plain(text: str) -> str:
    """A unit without a full stop after it or a frame around it, and with the usual signs and symbols."""
    text = text.strip().removesuffix(".")
    for left, right in _FRAMES:
        if len(text) >= 2 and text.startswith(left) and text.endswith(right):
            text = text[1:-1].strip().removesuffix(".")
    text = _BRACES.sub(r"\1(\2)", text.translate(_CAREFUL))
    text = _TEMPERATURE.sub(lambda found: "K" if found["K"] else "°" + (found.lastgroup or ""), text)
    return _JOINED.sub("\\1\u2062", text)  # times, invisible: it comes before any other operation


def unit_of(text: str) -> Unit:
    """The unit that a text names; an empty text is the unit 1.

    Where a product follows a slash, as in ``J/kg K`` and ``J/kg·K``, the text can be read in two ways: see `readings`.

    Raises:
        UnknownUnit: It names none.

    Examples:
        >>> unit_of("km/h").factor * 36
        10.0
        >>> unit_of("kg m^2 s**-2") == unit_of("J") == unit_of("N·m")
        True
    """
    return next(readings(text))


def readings(text: str) -> Iterator[Unit]:
    """The unit that a text names, and where ``J/kg K`` may mean ``J/(kg K)`` too, that one; raises `UnknownUnit`."""
    if len(text) > LONGEST:
        raise UnknownUnit
    text = _plain(text)
    for binds in (False, True):
        unit, told = _Reader(text, binds).read()
        yield unit
        if not told:
            return


class _Reader:
    """Reads one text. With ``binds``, a product binds more tightly than a slash."""

    def __init__(self, text: str, binds: bool) -> None:
        self._text, self._at, self._binds = text, 0, binds
        self._ambiguous = False

    def read(self) -> tuple[Unit, bool]:
        """The unit, and whether a product may be read in two ways."""
        if not self._text:
            return ONE, False
        unit, alone = self._product(0)
        if self._at < len(self._text):
            raise UnknownUnit
        if alone is not None:
            unit = alone  # °C alone is a point of a scale, in a product a difference
        return unit, self._ambiguous

    def _next(self, *kinds: str) -> str | None:
        """The next token, if it is of one of these kinds."""
        found = _TOKEN.match(self._text, self._at)
        if found is None or found.lastgroup not in kinds:
            return None
        self._at = found.end()
        return found[found.lastgroup]

    def _product(self, depth: int) -> tuple[Unit, Unit | None]:
        unit, over, count = ONE, depth == 0 and self._next("over") is not None, 0
        alone: Unit | None = None
        while True:
            part, bare = self._part(depth)
            unit = unit.times(part, Fraction(-1 if over else 1))
            count += 1
            alone = bare if count == 1 and not over else None
            if self._next("join"):
                continue
            if self._next("over"):
                over = True
            elif self._next("times") or self._follows("symbol", "open"):
                self._ambiguous |= over
                over = over and self._binds
            else:
                return unit, alone

    def _follows(self, *kinds: str) -> bool:
        at = self._at
        there = self._next(*kinds) is not None
        self._at = at
        return there

    def _part(self, depth: int) -> tuple[Unit, Unit | None]:
        """A factor of a product, and the same with its own zero if it has no power."""
        if self._next("open"):
            if depth >= DEEPEST:
                raise UnknownUnit
            unit, _ = self._product(depth + 1)
            if not self._next("close"):
                raise UnknownUnit
        elif symbol := self._next("symbol"):
            unit = known_unit(symbol)
        elif self._next("number") == "1":
            return ONE, ONE
        else:
            raise UnknownUnit
        power = self._power()
        if power is None:
            return Unit(unit.factor, unit.exponents), unit
        return ONE.times(unit, power), None

    def _power(self) -> Fraction | None:
        if high := self._next("high"):
            return Fraction(high.translate(_SUPERSCRIPTS))
        if not self._next("power"):
            # m2 and s-2, but not the 1 of "m 1/s".
            if self._at == len(self._text) or self._text[self._at].isspace():
                return None
            number = self._next("number")
            if number and "/" in number:
                raise UnknownUnit
            number = number or self._in_parentheses()
            return _fraction(number) if number else None
        opened = self._next("open")
        number = self._next("number")
        if number is None or (opened and not self._next("close")):
            raise UnknownUnit
        if not opened and "/" in number:  # s^2/3 is s² through 3
            raise UnknownUnit
        return _fraction(number)

    def _in_parentheses(self) -> str | None:
        """The number of a power as astropy writes it: ``m(1/2)``."""
        at = self._at
        if self._next("open") and (number := self._next("number")) and self._next("close"):
            return number
        self._at = at
        return None


def meant(text: str, error: UnknownUnit, exponents: Exponents) -> str:
    """The unit that is written like the unknown one but for capitals, and makes a text of that kind, if only one does.

    >>> try:
    ...     unit_of("KM/h")
    ... except UnknownUnit as error:
    ...     meant("KM/h", error, unit_of("m/s").exponents), meant("KM/h", error, unit_of("m").exponents)
    ('km', '')
    """
    found: dict[float, str] = {}
    symbol = re.compile(rf"(?<![^\W\d]){re.escape(error.symbol)}(?![^\W\d])")
    for near in error.near:
        try:
            units = list(readings(symbol.sub(near, _plain(text))))
        except UnknownUnit:
            continue
        found |= {unit.factor: found.get(unit.factor, near) for unit in units if unit.exponents == exponents}
    near = next(iter(found.values())) if len(found) == 1 else ""
    return near if near and not is_other_prefix(error.symbol, near) else ""


def _fraction(number: str) -> Fraction:
    try:
        return Fraction(number.replace("−", "-"))
    except ZeroDivisionError:
        raise UnknownUnit from None


# Reading a number --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A number as it is written.

    Args:
        value: The number.
        least: Its significant digits if zeros at its end do not count.
        most: The same if they do: 1200 has two to four, 1.200 has four.
    """

    value: float
    least: int
    most: int


_POWER = r"[({{]?(?P<{}>[+\-−]?\d{{1,3}})[)}}]?(?![.,]?\d)"
_HIGH = r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
_NUMBER = re.compile(
    r"\s*(?:[^\W\d]\w{0,20}\s*[=≈])?\s*[≈~]?\s*(?P<sign>[+\-−–])?\s*"
    r"(?:10(?:\s*(?:\^|\*\*)\s*" + _POWER.format("of_ten") + rf"|(?P<of_ten_high>{_HIGH}))"
    r"|(?P<whole>\d[\d,\u2009\u202f_' ]*(?<=\d)|\d?)(?P<part>\.\d*)?"
    r"(?:[eE](?P<e>[+\-−]?\d{1,3})|\s*[·⋅×*x]\s*10(?:\s*(?:\^|\*\*)\s*"
    + _POWER.format("power")
    + rf"|(?P<low>[+\-−]\d{{1,3}})|(?P<high>{_HIGH})))?)"
)
_GROUPS = re.compile(r"\d{1,3}(?:([,\u2009\u202f_' ])\d{3})(?:\1\d{3})*")
_COMMA = re.compile(r"(\d+),(\d+)")
_DOLLARS = re.compile(r"\A\$([^$]*)\$")
_ONE_OVER = re.compile(r"(?<=\d)\s+1(?=\s*(?:[/÷]|per\s))")
_TIMES_UNIT = re.compile(r"[*·⋅×∙]\s*(?=[^\W\d]|[°º˚%‰($\[]|1\s*[/÷])")


def number_of(text: str) -> tuple[Number, str] | None:
    """The number at the beginning of a text, and what follows it; None if there is none, or two readings of it.

    A comma is read as a point, unless it can stand between thousands.

    Examples:
        >>> number_of("9,81 m/s^2")
        (Number(value=9.81, least=3, most=3), 'm/s^2')
        >>> number_of("10^8 m/s")
        (Number(value=100000000.0, least=1, most=1), 'm/s')
        >>> number_of("1,234")
    """
    if len(text) > LONGEST:
        return None
    text = _DOLLARS.sub(r"\1", text.strip())
    one = _ONE_OVER.search(text)
    end = one.start() if one else len(text)  # 5 1/s is 5 of the unit 1/s
    found = _NUMBER.match(text[:end])
    if found is None:
        return None
    rest = text[found.end() :].strip()
    rest = rest[times.end() :] if (times := _TIMES_UNIT.match(rest)) else rest
    rest = "" if rest in (".", "[]", "$$") else rest
    if power := found["of_ten"] or found["of_ten_high"]:
        return Number(float(f"{found['sign'] or ''}1e{power}".translate(_SIGNS)), 1, 1), rest
    whole, part = found["whole"] or "", found["part"] or ""
    if _GROUPS.fullmatch(whole):
        if "," in whole and not part and whole[0] != "0":
            return None  # a thousand, or a comma for the point
        decimal = _COMMA.fullmatch(whole) if whole[0] == "0" and not part else None
        digits = f"{decimal[1]}.{decimal[2]}" if decimal else re.sub(r"\D", "", whole) + part
    elif (comma := _COMMA.fullmatch(whole)) and not part:
        digits = f"{comma[1]}.{comma[2]}"
    elif whole.isdigit() or not whole:
        digits = whole + part
    else:
        return None
    if not any(one.isdigit() for one in digits):
        return None
    power = found["e"] or found["power"] or found["low"] or found["high"] or "0"
    mantissa = digits.replace(".", "").lstrip("0")
    least = len(mantissa.rstrip("0")) or 1
    most = len(mantissa) or 1
    value = float(f"{found['sign'] or ''}{digits}e{power}".translate(_SIGNS))
    return Number(value, most if "." in digits else least, most), rest


def quantity_of(text: str) -> tuple[Number, Unit] | None:
    """The number and the unit of a text; None if it holds something else.

    Examples:
        >>> number, unit = quantity_of("36 km/h")
        >>> unit.to_si(number.value)
        10.0
    """
    found = number_of(text)
    if found is None:
        return None
    try:
        return found[0], unit_of(found[1])
    except UnknownUnit:
        return None
