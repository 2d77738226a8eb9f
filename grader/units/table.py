"""The units: the SI's with their prefixes, and the common others, each as a multiple of SI units."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["ONE", "Unit", "UnknownUnit", "is_other_prefix", "known_unit", "named"]

MOST_POWER = 12
"""Of a unit's exponent."""

Exponents = tuple[Fraction, ...]
BASE = ("m", "kg", "s", "A", "K", "mol", "cd", "bit")


class UnknownUnit(ValueError):
    """A text is no unit.

    Args:
        symbol: The part that is not known; empty if the text cannot be read at all.
        near: Units that are written like it but for capitals, and may have been meant.
    """

    def __init__(self, symbol: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(symbol, near)
        self.symbol, self.near = symbol, near


@dataclass(frozen=True)
class Unit:
    """A unit as a multiple of SI units.

    Args:
        factor: How many SI units it is.
        exponents: The powers of m, kg, s, A, K, mol, cd and bit.
        zero: What its 0 is in SI units; not 0 for °C and °F alone.
    """

    factor: float
    exponents: Exponents
    zero: float = 0.0

    def times(self, other: Unit, power: Fraction = Fraction(1)) -> Unit:
        """The product with a power of another unit; raises `UnknownUnit` beyond what a float holds."""
        if abs(power) > MOST_POWER:
            raise UnknownUnit
        pairs = zip(self.exponents, other.exponents, strict=True)
        exponents = tuple(mine + power * its for mine, its in pairs)
        try:
            factor = self.factor * other.factor ** float(power)
        except OverflowError:
            raise UnknownUnit from None
        if not 0 < factor < math.inf or max(map(abs, exponents)) > MOST_POWER:
            raise UnknownUnit
        return Unit(factor, exponents)

    def to_si(self, number: float) -> float:
        """A number of this unit in SI units."""
        return number * self.factor + self.zero

    def from_si(self, number: float) -> float:
        """A number of SI units in this unit."""
        return (number - self.zero) / self.factor


def _exponents(**powers: float) -> Exponents:
    return tuple(Fraction(powers.get(name, 0)) for name in BASE)


ONE = Unit(1.0, _exponents())


# The table ---------------------------------------------------------------------------------------------------

_PREFIXES = {
    "q": -30, "r": -27, "y": -24, "z": -21, "a": -18, "f": -15, "p": -12, "n": -9, "µ": -6, "μ": -6, "u": -6,
    "m": -3, "c": -2, "d": -1, "da": 1, "h": 2, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24,
    "R": 27, "Q": 30,
}  # fmt: skip
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}
_NAMED_PREFIXES = {
    "femto": -15, "pico": -12, "nano": -9, "micro": -6, "milli": -3, "centi": -2, "deci": -1, "hecto": 2, "kilo": 3,
    "mega": 6, "giga": 9, "tera": 12, "peta": 15,
}  # fmt: skip

# Symbols that take prefixes: how many of which SI units each is.
_WITH_PREFIXES: dict[str, Unit] = {
    "m": Unit(1.0, _exponents(m=1)),
    "g": Unit(1e-3, _exponents(kg=1)),
    "s": Unit(1.0, _exponents(s=1)),
    "A": Unit(1.0, _exponents(A=1)),
    "K": Unit(1.0, _exponents(K=1)),
    "mol": Unit(1.0, _exponents(mol=1)),
    "cd": Unit(1.0, _exponents(cd=1)),
    "bit": Unit(1.0, _exponents(bit=1)),
    "B": Unit(8.0, _exponents(bit=1)),
    "rad": ONE,
    "sr": ONE,
    "Hz": Unit(1.0, _exponents(s=-1)),
    "Bq": Unit(1.0, _exponents(s=-1)),
    "N": Unit(1.0, _exponents(kg=1, m=1, s=-2)),
    "Pa": Unit(1.0, _exponents(kg=1, m=-1, s=-2)),
    "J": Unit(1.0, _exponents(kg=1, m=2, s=-2)),
    "W": Unit(1.0, _exponents(kg=1, m=2, s=-3)),
    "C": Unit(1.0, _exponents(A=1, s=1)),
    "V": Unit(1.0, _exponents(kg=1, m=2, s=-3, A=-1)),
    "F": Unit(1.0, _exponents(kg=-1, m=-2, s=4, A=2)),
    "Ω": Unit(1.0, _exponents(kg=1, m=2, s=-3, A=-2)),
    "S": Unit(1.0, _exponents(kg=-1, m=-2, s=3, A=2)),
    "Wb": Unit(1.0, _exponents(kg=1, m=2, s=-2, A=-1)),
    "T": Unit(1.0, _exponents(kg=1, s=-2, A=-1)),
    "H": Unit(1.0, _exponents(kg=1, m=2, s=-2, A=-2)),
    "lm": Unit(1.0, _exponents(cd=1)),
    "lx": Unit(1.0, _exponents(cd=1, m=-2)),
    "Gy": Unit(1.0, _exponents(m=2, s=-2)),
    "Sv": Unit(1.0, _exponents(m=2, s=-2)),
    "kat": Unit(1.0, _exponents(mol=1, s=-1)),
    "L": Unit(1e-3, _exponents(m=3)),
    "l": Unit(1e-3, _exponents(m=3)),
    "M": Unit(1e3, _exponents(mol=1, m=-3)),
    "t": Unit(1e3, _exponents(kg=1)),
    "eV": Unit(1.602176634e-19, _exponents(kg=1, m=2, s=-2)),
    "cal": Unit(4.184, _exponents(kg=1, m=2, s=-2)),
    "bar": Unit(1e5, _exponents(kg=1, m=-1, s=-2)),
    "pc": Unit(3.0856775814913673e16, _exponents(m=1)),
    "Wh": Unit(3600.0, _exponents(kg=1, m=2, s=-2)),
    "Da": Unit(1.66053906892e-27, _exponents(kg=1)),
}
_TURN = math.tau
# Symbols that take none.
_ALONE: dict[str, Unit] = {
    "%": Unit(1e-2, ONE.exponents),
    "‰": Unit(1e-3, ONE.exponents),
    "ppm": Unit(1e-6, ONE.exponents),
    "°": Unit(_TURN / 360, ONE.exponents),
    "arcmin": Unit(_TURN / 21_600, ONE.exponents),
    "arcsec": Unit(_TURN / 1_296_000, ONE.exponents),
    "turn": Unit(_TURN, ONE.exponents),
    "min": Unit(60.0, _exponents(s=1)),
    "h": Unit(3600.0, _exponents(s=1)),
    "d": Unit(86_400.0, _exponents(s=1)),
    "week": Unit(604_800.0, _exponents(s=1)),
    "yr": Unit(31_557_600.0, _exponents(s=1)),
    "rpm": Unit(_TURN / 60, _exponents(s=-1)),
    "ha": Unit(1e4, _exponents(m=2)),
    "cc": Unit(1e-6, _exponents(m=3)),
    "Å": Unit(1e-10, _exponents(m=1)),
    "au": Unit(149_597_870_700.0, _exponents(m=1)),
    "ly": Unit(9_460_730_472_580_800.0, _exponents(m=1)),
    "in": Unit(0.0254, _exponents(m=1)),
    "ft": Unit(0.3048, _exponents(m=1)),
    "yd": Unit(0.9144, _exponents(m=1)),
    "mi": Unit(1609.344, _exponents(m=1)),
    "nmi": Unit(1852.0, _exponents(m=1)),
    "mph": Unit(1609.344 / 3600, _exponents(m=1, s=-1)),
    "kn": Unit(1852.0 / 3600, _exponents(m=1, s=-1)),
    "lb": Unit(0.45359237, _exponents(kg=1)),
    "oz": Unit(0.028349523125, _exponents(kg=1)),
    "u": Unit(1.66053906892e-27, _exponents(kg=1)),
    "dyn": Unit(1e-5, _exponents(kg=1, m=1, s=-2)),
    "lbf": Unit(4.4482216152605, _exponents(kg=1, m=1, s=-2)),
    "erg": Unit(1e-7, _exponents(kg=1, m=2, s=-2)),
    "hp": Unit(745.69987158227022, _exponents(kg=1, m=2, s=-3)),
    "atm": Unit(101_325.0, _exponents(kg=1, m=-1, s=-2)),
    "Torr": Unit(101_325 / 760, _exponents(kg=1, m=-1, s=-2)),
    "mmHg": Unit(133.322387415, _exponents(kg=1, m=-1, s=-2)),
    "psi": Unit(6894.757293168361, _exponents(kg=1, m=-1, s=-2)),
    "G": Unit(1e-4, _exponents(kg=1, s=-2, A=-1)),
    "°C": Unit(1.0, _exponents(K=1), 273.15),
    "°F": Unit(5 / 9, _exponents(K=1), 273.15 - 32 * 5 / 9),
}
# Other ways of writing the same; the first are symbols, the names may be plural and take prefixes such as kilo.
_SAME = {
    "sec": "s", "secs": "s", "\u2126": "Ω", "\u212b": "Å", "angstrom": "Å", "Angstrom": "Å",
    "AA": "Å", "deg": "°", "º": "°", "degC": "°C", "degF": "°F", "℃": "°C", "℉": "°F", "deg_C": "°C", "celsius": "°C",
    "Celsius": "°C", "fahrenheit": "°F", "Fahrenheit": "°F", "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "weeks": "week", "year": "yr",
    "years": "yr", "yrs": "yr", "degree": "°", "degrees": "°", "percent": "%", "turns": "turn", "rev": "turn",
    "AU": "au", "amu": "u", "inch": "in", "inches": "in", "foot": "ft", "feet": "ft", "yard": "yd", "yards": "yd",
    "mile": "mi", "miles": "mi", "knot": "kn", "knots": "kn", "pound": "lb", "pounds": "lb", "lbs": "lb",
    "ounce": "oz", "ounces": "oz", "torr": "Torr", "atmosphere": "atm", "light_year": "ly", "hectare": "ha",
    "degree_Celsius": "°C", "degree_Fahrenheit": "°F", "deg_F": "°F", "arcminute": "arcmin", "arcsecond": "arcsec",
    "gauss": "G", "kph": "km/h", "kmh": "km/h", "kilohm": "kΩ", "megohm": "MΩ",
}  # fmt: skip
_NAMES = {
    "meter": "m", "metre": "m", "gram": "g", "gramme": "g", "second": "s", "ampere": "A", "amp": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "byte": "B", "radian": "rad", "steradian": "sr", "hertz": "Hz", "becquerel": "Bq",
    "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "coulomb": "C", "volt": "V", "farad": "F",
    "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H", "ohm": "Ω", "lumen": "lm", "lux": "lx", "gray": "Gy",
    "sievert": "Sv", "katal": "kat", "liter": "L", "litre": "L", "molar": "M", "tonne": "t", "electronvolt": "eV",
    "electron_volt": "eV", "calorie": "cal", "parsec": "pc", "dalton": "Da", "watt_hour": "Wh", "bits": "bit",
}  # fmt: skip


def _table() -> dict[str, Unit]:
    """Every spelling of a unit, with its prefixes."""
    found: dict[str, Unit] = {}

    def scaled(unit: Unit, factor: float) -> Unit:
        return Unit(unit.factor * factor, unit.exponents)

    for symbol, unit in _WITH_PREFIXES.items():
        found |= {prefix + symbol: scaled(unit, 10.0**power) for prefix, power in _PREFIXES.items()}
    for symbol in ("B", "bit"):
        found |= {p + symbol: scaled(_WITH_PREFIXES[symbol], factor) for p, factor in _BINARY.items()}
    for name, symbol in _NAMES.items():
        for spelt in (name, f"{name}s", name.capitalize()):
            found[spelt] = _WITH_PREFIXES[symbol]
            for prefix, power in _NAMED_PREFIXES.items():
                found[prefix + spelt] = scaled(_WITH_PREFIXES[symbol], 10.0**power)
    for ohm in ("ohm", "ohms", "Ohm", "Ohms"):
        found |= {
            prefix + ohm: scaled(_WITH_PREFIXES["Ω"], 10.0**power) for prefix, power in _PREFIXES.items()
        }
    # A unit of its own comes before one with a prefix: min, Pa, cd, ft, h.
    found |= _WITH_PREFIXES
    found |= _ALONE
    km_h = Unit(1000 / 3600, _exponents(m=1, s=-1))
    found |= {spelt: km_h if same == "km/h" else found[same] for spelt, same in _SAME.items()}
    return found


_UNITS = _table()
_FOLDED: dict[str, list[str]] = {}
for _spelt in sorted(_UNITS, key=lambda one: (one not in _ALONE, sum(map(str.isupper, one)), one)):
    _FOLDED.setdefault(_spelt.casefold(), []).append(_spelt)


def known_unit(symbol: str) -> Unit:
    """The unit of that symbol or name; raises `UnknownUnit`."""
    if symbol in _UNITS:
        return _UNITS[symbol]
    raise UnknownUnit(symbol, tuple(_FOLDED.get(symbol.casefold(), ())))


def is_other_prefix(symbol: str, near: str) -> bool:
    """Whether a unit has the prefix M where m is written, or m where M is."""
    is_prefix = near not in _ALONE and near[1:] in _UNITS
    return is_prefix and symbol[0] != near[0] and near[0] in "mM"


def named(exponents: Iterable[Fraction]) -> str:
    """A dimension in words, if it has any: ``a length``."""
    return _DIMENSIONS.get(tuple(exponents), "")


_DIMENSIONS = {
    ONE.exponents: "a plain number",
    _exponents(m=1): "a length",
    _exponents(m=2): "an area",
    _exponents(m=3): "a volume",
    _exponents(kg=1): "a mass",
    _exponents(s=1): "a time",
    _exponents(s=-1): "a frequency",
    _exponents(m=1, s=-1): "a speed",
    _exponents(m=1, s=-2): "an acceleration",
    _exponents(kg=1, m=1, s=-2): "a force",
    _exponents(kg=1, m=2, s=-2): "an energy",
    _exponents(kg=1, m=2, s=-3): "a power",
    _exponents(kg=1, m=-1, s=-2): "a pressure",
    _exponents(kg=1, m=-3): "a density",
    _exponents(A=1): "an electric current",
    _exponents(A=1, s=1): "an electric charge",
    _exponents(kg=1, m=2, s=-3, A=-1): "a voltage",
    _exponents(K=1): "a temperature",
    _exponents(mol=1): "an amount of substance",
    _exponents(bit=1): "an amount of data",
}
