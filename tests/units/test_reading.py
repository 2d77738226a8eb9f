"""Numbers and units as students write them, and texts that are none."""

import math
import random
from fractions import Fraction

import pytest

from grader.checks import check_quantity
from grader.errors import CheckFailed
from grader.units import LONGEST, UnknownUnit, meant, number_of, quantity_of, readings, unit_of
from grader.units.table import _PREFIXES as PREFIXES
from grader.units.table import _UNITS as UNITS
from grader.units.table import BASE
from tests.waiting import ends_within


def si(text):
    """The unit as a factor and the exponents that are not 0."""
    unit = unit_of(text)
    return unit.factor, {name: power for name, power in zip(BASE, unit.exponents, strict=True) if power}


@pytest.mark.parametrize(
    "text",
    [
        "m/s^2", "m/s**2", "m/s²", "m/s2", "m s^-2", "m·s⁻²", "m*s**-2", "m s-2", "m/s/s", "m / (s s)", "m⋅s^(-2)",
        "meter / second ** 2", "metres per second per second", "m per s^2", " m/s^2 ", "s^-2 m", "N/kg",
        "1/s m/s",
    ],
)  # fmt: skip
def test_one_unit_in_many_spellings(text):
    factor, powers = si(text)
    assert powers == {"m": 1, "s": -2}
    assert factor == 1


@pytest.mark.parametrize(
    ("text", "factor", "powers"),
    [
        ("", 1, {}),
        ("1", 1, {}),
        ("%", 0.01, {}),
        ("°", math.pi / 180, {}),
        ("deg", math.pi / 180, {}),
        ("rad", 1, {}),
        ("km", 1e3, {"m": 1}),
        ("µm", 1e-6, {"m": 1}),
        ("um", 1e-6, {"m": 1}),
        ("micrometers", 1e-6, {"m": 1}),
        ("mm^2", 1e-6, {"m": 2}),
        ("dL", 1e-4, {"m": 3}),
        ("km/h", 1 / 3.6, {"m": 1, "s": -1}),
        ("kWh", 3.6e6, {"kg": 1, "m": 2, "s": -2}),
        ("eV", 1.602176634e-19, {"kg": 1, "m": 2, "s": -2}),
        ("hPa", 100, {"kg": 1, "m": -1, "s": -2}),
        ("min", 60, {"s": 1}),
        ("kg·m²/s³", 1, {"kg": 1, "m": 2, "s": -3}),
        ("V/A", 1, {"kg": 1, "m": 2, "s": -3, "A": -2}),
        ("kΩ", 1e3, {"kg": 1, "m": 2, "s": -3, "A": -2}),
        ("m^(1/2)", 1, {"m": Fraction(1, 2)}),
        ("m(1/2)", 1, {"m": Fraction(1, 2)}),
        ("m^0.5", 1, {"m": Fraction(1, 2)}),
        ("J/(kg K)", 1, {"m": 2, "s": -2, "K": -1}),
        ("g/cc", 1e3, {"kg": 1, "m": -3}),
        ("MiB/s", 2**23, {"bit": 1, "s": -1}),
        ("mmol/L", 1, {"mol": 1, "m": -3}),
        ("J/°C", 1, {"kg": 1, "m": 2, "s": -2, "K": -1}),
    ],
)
def test_units(text, factor, powers):
    got, exponents = si(text)
    assert got == pytest.approx(factor, rel=1e-14)
    assert exponents == powers


def test_a_temperature_alone_is_a_point_of_its_scale():
    assert unit_of("°C").to_si(25.0) == pytest.approx(298.15)
    assert unit_of("degF").to_si(77.0) == pytest.approx(298.15)
    assert unit_of("°C").from_si(298.15) == pytest.approx(25.0)
    assert unit_of("°C/s").to_si(2.0) == 2.0


def test_a_space_after_a_slash_has_two_readings():
    left, right = readings("J/kg K")
    assert [left.exponents[4], right.exponents[4]] == [1, -1]
    assert len(list(readings("J/(kg K)"))) == 1


@pytest.mark.parametrize(
    "text",
    ["x", "furlongs", "m^", "m**", "m//s", "/", "//s", "(/s)", "m*", "(m", "m)", "()", "m^x", "m^99", "m^1/0",
     "m^(1/0)", "m2/3", "2 m", "m;s", "m\ns kg?", "Qm^12", "(" * 9 + "m" + ")" * 9, "m " * LONGEST, "é",
     "\x00", "m^⁲", "kg^12 g^12"],
)  # fmt: skip
def test_what_is_no_unit(text):
    with pytest.raises(UnknownUnit):
        list(readings(text))


@pytest.mark.parametrize(
    ("text", "kind", "near"),
    [
        ("KM", "m", "km"),
        ("hZ", "Hz", "Hz"),
        ("KM/h", "m/s", "km"),
        ("PASCAL", "Pa", "pascal"),
        ("Kg/m^3", "kg/m^3", "kg"),
        ("MIN", "s", "min"),
        ("xyz", "m", ""),
        ("KM", "s", ""),  # of another kind
        ("k", "ohm", ""),
        ("g/CC", "m", ""),
        ("MOHM", "ohm", ""),  # two of that kind
        ("mev", "eV", ""),
        ("MHZ", "Hz", ""),
    ],
)
def test_a_unit_in_wrong_capitals_is_near_another_of_the_same_kind(text, kind, near):
    with pytest.raises(UnknownUnit) as caught:
        unit_of(text)
    assert meant(text, caught.value, unit_of(kind).exponents) == near


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("/s", "1/s"), ("per minute", "1/min"), ("/ m^2", "m^-2"), ("kg.", "kg"), ("sec.", "s"), ("[m/s^2]", "m/s^2"),
        ("$m/s^2$", "m/s^2"), ("[kg].", "kg"), ("s^{-2}", "s^-2"), ("m**{2}", "m^2"), ("Nm", "N m"), ("kNm", "kN m"),
        ("Nm^2/kg^2", "N m^2 kg^-2"), ("rad/Nm", "rad/(N m)"), ("J/mNm", "J/(mN m)"), ("Ns", "N s"), ("mAh", "mA h"),
        ("Js", "J s"), ("kVA", "kV A"), ("mPas", "mPa s"), ("kOhm", "kΩ"), ("MOhm", "MΩ"), ("megaohm", "MΩ"),
        ("deg C", "°C"), ("degrees Celsius", "°C"), ("ºC", "°C"), ("˚C", "°C"), ("° F", "°F"),
        ("degree Fahrenheit", "°F"), ("°K", "K"), ("degrees Kelvin", "K"), ("J/deg C", "J/K"), ("º", "°"), ("˚", "°"),
        ("deg/s", "°/s"),
    ],
)  # fmt: skip
def test_what_students_write_for_a_unit(text, same):
    assert unit_of(text) == unit_of(same)


def test_units_without_a_space_between_them_are_none_of_the_table():
    joined = [
        p + pair
        for p in (*PREFIXES, "")
        for pair in ("Nm", "Ncm", "Nmm", "Ns", "Js", "Ws", "Vs", "As", "Pas")
    ]
    assert not set(joined + [p + pair for p in (*PREFIXES, "") for pair in ("Ah", "VA")]) & set(UNITS)


@pytest.mark.parametrize("text", ["J/mol K", "J/mol·K", "J/mol*K", "J/mol × K"])
def test_a_product_after_a_slash_has_two_readings(text):
    left, right = readings(text)
    assert [left.exponents[4], right.exponents[4]] == [1, -1]


@pytest.mark.parametrize(
    ("text", "value", "least", "most", "rest"),
    [
        ("9.81 m/s^2", 9.81, 3, 3, "m/s^2"),
        ("9,81 m", 9.81, 3, 3, "m"),
        ("0,123", 0.123, 3, 3, ""),
        ("-3.0e-2kg", -0.03, 2, 2, "kg"),
        ("−3", -3.0, 1, 1, ""),
        ("+.5", 0.5, 1, 1, ""),
        ("5.", 5.0, 1, 1, ""),
        ("1200", 1200.0, 2, 4, ""),
        ("1.200e3", 1200.0, 4, 4, ""),
        ("1 234.5", 1234.5, 5, 5, ""),
        ("1,234.5", 1234.5, 5, 5, ""),
        ("1,234,567.0 m", 1234567.0, 8, 8, "m"),
        ("1_000 m", 1000.0, 1, 4, "m"),
        ("1.2·10^3 m", 1200.0, 2, 2, "m"),
        ("1.2 x 10^-3 m", 0.0012, 2, 2, "m"),
        ("1.2 × 10⁻³ m", 0.0012, 2, 2, "m"),
        ("3*10**8 m/s", 3e8, 1, 1, "m/s"),
        ("g = 9.8 m", 9.8, 2, 2, "m"),
        ("≈ 9.8", 9.8, 2, 2, ""),
        ("3.0 eV", 3.0, 2, 2, "eV"),
        ("0.00 m", 0.0, 1, 1, "m"),
        ("10 ± 1 m", 10.0, 1, 2, "± 1 m"),
        ("1e999", math.inf, 1, 1, ""),
        ("10^8 m/s", 1e8, 1, 1, "m/s"),
        ("10**-3 m", 1e-3, 1, 1, "m"),
        ("-10⁸", -1e8, 1, 1, ""),
        ("10^(-3)", 1e-3, 1, 1, ""),
        ("10^{6}Hz", 1e6, 1, 1, "Hz"),
        ("10^0.5", 10.0, 1, 2, "^0.5"),
        ("10 m^8", 10.0, 1, 2, "m^8"),
        ("3*108", 3.0, 1, 1, "*108"),
        ("λ = 500 nm", 500.0, 1, 3, "nm"),
        ("Δt=5 s", 5.0, 1, 1, "s"),
        ("5 1/s", 5.0, 1, 1, "1/s"),
        ("50 1 / m", 50.0, 1, 2, "1 / m"),
        ("12 345 1/m", 12345.0, 5, 5, "1/m"),
        ("5 000 1/m", 5000.0, 1, 4, "1/m"),
        ("1 111/s", 1111.0, 4, 4, "/s"),
        ("5.0e3 1/s", 5000.0, 2, 2, "1/s"),
        ("60 per minute", 60.0, 1, 2, "per minute"),
        ("9.81*m/s^2", 9.81, 3, 3, "m/s^2"),
        ("9.81 · m/s^2", 9.81, 3, 3, "m/s^2"),
        ("3*10^8*m/s", 3e8, 1, 1, "m/s"),
        ("2*3 m", 2.0, 1, 1, "*3 m"),
        ("$9.81$ m", 9.81, 3, 3, "m"),
        ("$9.81 m$", 9.81, 3, 3, "m"),
        ("2.5 .", 2.5, 2, 2, ""),
    ],
)
def test_numbers(text, value, least, most, rest):
    found = number_of(text)
    assert found is not None
    assert (found[0].value, found[0].least, found[0].most, found[1]) == (value, least, most, rest)


@pytest.mark.parametrize(
    "text", ["", ".", "abc", "m 3", "1,234", "12,345 m", "5 10 m", "--3", "nan", "inf m", "9" * (LONGEST + 1)]
)
def test_what_is_no_number_or_may_be_two(text):
    assert number_of(text) is None


def test_a_quantity_is_a_number_and_a_unit():
    number, unit = quantity_of("36 km/h")
    assert unit.to_si(number.value) == 10
    assert quantity_of("36 furlongs") is None
    assert quantity_of("none") is None


@pytest.mark.parametrize(
    "text",
    [
        "1" * LONGEST, "1 " * (LONGEST // 2), "1," * (LONGEST // 2), "1 " + "m" * (LONGEST - 2), "1 " + "m " * 59,
        "1 " + "(" * 118, "1 " + "m^9" * 39, "1 " + "m/" * 59, " " * LONGEST, "x" * 40 + "=" * 80, "1" + "'" * 119,
        "1 " + "m**12 " * 19, "1" + " " * 118 + "1", "1 " + "deg " * 29, "1 " + "^{" * 59, "1 " + "Nm" * 59,
        "1 " + "N" * 118, "10^" * 40, "1 1/" * 30, "$" * LONGEST, "λ" * LONGEST, "1 " + "m·" * 58 + "m",
    ],
)  # fmt: skip
def test_any_text_takes_little_time(text):
    with ends_within(processor_seconds=20):
        for _ in range(100):
            quantity_of(text)


PIECES = [
    *"0123456789.,'_ +-−^*/()·×⁻²³¹°%µΩ=≈~±\t\n\x00eEx", "10^", "**", "m", "s", "kg", "Hz", "°C", "per ", "km",
    "furlong", "nan", "inf", "Q", "meters", "1/2", "⁰", "\u2009",
    "\u2062", "deg C", "1/", "Nm", "$", "[", "]", "^{", "}", "λ =",
    "٣", "²³", "1e5", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_texts_made_of_what_quantities_are_made_of_are_read_or_refused(seed):
    draw = random.Random(seed)
    for _ in range(300):
        text = "".join(draw.choices(PIECES, k=draw.randrange(1, 40)))
        found = number_of(text)
        assert found is None or (1 <= found[0].least <= found[0].most and not math.isnan(found[0].value))
        try:
            units = list(readings(text))
        except UnknownUnit:
            units = []
        assert all(0 < unit.factor < math.inf for unit in units)
        for answer in (text, (1.5, text), (text, "m")):
            with pytest.raises(CheckFailed):
                check_quantity(answer, 1.23456789e-7, "K A/mol", digits=(2, 5))
