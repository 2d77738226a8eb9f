"""check_quantity: what is right in any clothes, and a sentence for each usual slip."""

import fractions
import math

import numpy as np
import pytest

from grader.checks import check_quantity
from grader.errors import CheckFailed

G = 9.80665


def told(got, right=G, unit="m/s^2", **options):
    """The summary of a failed check, without the answer's name; empty if it passed."""
    try:
        check_quantity(got, right, unit, name="g", **options)
    except CheckFailed as failed:
        return failed.summary.removeprefix("g ")
    return ""


@pytest.mark.parametrize(
    "got",
    [
        "9.81 m/s^2", "9.81m/s²", "9,81 m s**-2", "981 cm/s^2", "0.00981 km/s²", "+9.81 N/kg", "9.81e0 m/s/s",
        "g = 9.81 m/s^2", "0.981·10^1 m/s²", (9.81, "m/s^2"), [9.81, "m/s2"], ("9.81", "m s^-2"),
        (np.float64(9.81), np.str_("m/s^2")), (fractions.Fraction(981, 100), "m/s^2"), np.array("9.81 m/s^2"),
        (981, "cm/s^2"), (9.81 + 1e-15, "m/s^2"),
    ],
)  # fmt: skip
def test_three_digits_in_any_form(got):
    assert told(got, digits=3) == ""


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (9.81, 'has no unit: give the number with its unit, as in "2.5 kg" or (2.5, "kg").'),
        ("9.81", 'has no unit: give the number with its unit, as in "2.5 kg" or (2.5, "kg").'),
        (None, "is not answered yet."),
        (..., "is not answered yet."),
        ("", "is empty."),
        ("about ten", "does not begin with a number, such as 2.5 or 2.5e3."),
        ("1,234 m/s^2", "can be read in two ways: write a point before decimals, and no comma between thousands."),
        ("9.81 ± 0.02 m/s^2", "has an uncertainty, which was not asked for: give the number and its unit alone."),
        ("9.81 M/S^2", "has a unit of the wrong kind."),
        ("9.81 metre per sek", 'has a unit that is not known here. Write it like kg m^2/s^2, with the usual symbols.'),
        ("9.81 KM/s^2", 'has a unit that is not known here. Did you mean "km"? Write it like kg m^2/s^2, with the '
         "usual symbols."),
        ("9.81 m/s", "has a unit of the wrong kind: it is that of a speed, which g is not."),
        ("9.81 s^2/m", "has the unit upside down: it is one over the right one."),
        ("-9.81 m/s^2", "is wrong. It has the wrong sign."),
        ("9.81 mm/s^2", "is wrong. It is the right value divided by 1,000: check prefixes of units, such as k and m."),
        ("98.1 m/s^2", "is wrong. It is 10 times the right value: check the decimal point."),
        ("-981 m/s^2", "is wrong. It is 100 times the right value: check prefixes of units, such as k and m. It has "
         "the wrong sign, too."),
        ("9.8 m/s^2", "is right to 2 significant digits, but 3 were asked for."),
        ("9.807 m/s^2", "is right, but has 4 significant digits: round it to 3."),
        ((G, "m/s^2"), "is right, but has 6 significant digits: round it to 3."),
        ("9.80 m/s^2", "was cut off and not rounded: look at the digit that comes after the last one."),
        ("9.82 m/s^2", "is wrong."),
        ("9.79 m/s^2", "is wrong."),
        (True, "is a truth value (bool), but a number with its unit was expected."),
        ((3j, "m"), "is a complex number, but a number with its unit was expected."),
        ({"g": 9.81}, "is a dictionary of 1, but a number with its unit was expected."),
        ((np.ones(2), "m/s^2"), "has shape (2,), but a single number was expected."),
        ((math.nan, "m/s^2"), "is not a finite number."),
        ("1e999 m/s^2", "is not a finite number."),
        ("9" * 200, "is a text of 200 characters, but a number with its unit was expected."),
    ],
)  # fmt: skip
def test_each_slip_has_its_sentence(got, sentence):
    assert told(got, digits=3) == sentence


@pytest.mark.parametrize(
    ("got", "right", "unit", "sentence"),
    [
        (180.0, math.pi, "rad", "is wrong. It seems to be in degrees instead of radians."),
        ("0.5 °", 0.5, "rad", "is wrong. It seems to be in radians instead of degrees."),
        ("3600 h", 1, "h", "is wrong. It is 3600 times the right value: check hours and seconds."),
        ("90 s", 1.5, "s", "is wrong. It is 60 times the right value: check minutes and seconds."),
        ("0.2 m/s", 0.72, "m/s", "is wrong. It is the right value divided by 3.6: check km/h and m/s."),
        (f"{2 * math.pi * 50} Hz", 50, "Hz", "is wrong. It is 2π times the right value."),
        ("300 °C", 300, "K", "is wrong. It differs by 273.15: check kelvins and degrees Celsius."),
        ("25 K", 25, "°C", "is wrong. It differs by 273.15: check kelvins and degrees Celsius."),
        (12, 0.12, "", "is wrong. It is 100 times the right value: check %."),
        ("12 m", 0.12, "", "has a unit, but it is a number without one."),
        ("1 m", 0, "m", "is wrong."),
    ],
)
def test_factors_and_scales(got, right, unit, sentence):
    said = told(got, right, unit)
    assert said.startswith(sentence)


@pytest.mark.parametrize(
    ("got", "right", "unit"),
    [
        ("12 %", 0.12, ""),
        (0.12, 0.12, ""),
        ("180°", math.pi, "rad"),
        ("10 m/s", 36, "km/h"),
        ("4.18 J/g K", 4180, "J/(kg K)"),
        ("77 degF", 25, "°C"),
        ("25 °C", "298.15 K", ""),
        ((0, "m"), 0, "m"),
        ("1 kWh", 3.6, "MJ"),
        (np.float32(0.1), 0.1, ""),
    ],
)
def test_equal_in_another_unit(got, right, unit):
    check_quantity(got, right, unit)


def test_digits_may_be_a_range_and_belong_to_the_students_unit():
    for got in ("1.0 km", "1.00 km", "999.7 m", "1000 m"):
        assert told(got, 999.7, "m", digits=(2, 4)) == ""
    assert (
        told("1 km", 999.7, "m", digits=(2, 4))
        == "is right to 1 significant digit, but 2 to 4 were asked for."
    )
    assert told("999.70 m", 999.7, "m", digits=(2, 4)).endswith(
        "has 5 significant digits: round it to 2, 3 or 4 digits."
    )


def test_a_number_has_no_zeros_at_its_end():
    assert told((9.8, "m/s^2"), 9.8001, digits=3) == ""
    assert told("9.8 m/s^2", 9.8001, digits=3) == "is right to 2 significant digits, but 3 were asked for."
    assert told("9.80 m/s^2", 9.8001, digits=3) == ""


def test_zeros_at_the_end_of_a_whole_number_may_count_or_not():
    for digits in (2, 3, 4):
        assert told("1200 m", 1200.2, "m", digits=digits) == ""
    assert told("1200 m", 1200.2, "m", digits=5) == "is right to 4 significant digits, but 5 were asked for."


def test_without_digits_a_text_must_be_as_exact_as_a_number():
    assert told("9.81 m/s^2") == "is right to 3 significant digits: give more of them."
    assert told("9.81 m/s^2", rtol=1e-3) == ""
    assert told("9.80665 m/s^2") == ""


def test_bare_numbers_count_where_the_question_names_the_unit():
    assert told(G, bare=True) == ""
    assert told("9.80665", bare=True) == ""
    assert told((980.665, "cm/s^2"), bare=True) == ""
    assert told(None, bare=True) == "is not answered yet."
    assert told({}, bare=True) == "is a dictionary of 0, but a number was expected."


def test_a_wide_tolerance_tells_no_factor_that_it_does_not_know():
    assert told("34 m/s^2", 10, atol=2) == "is wrong."
    assert told("10000 m/s^2", 10, atol=2).startswith("is wrong. It is 1,000 times the right value")


def test_a_summary_tells_no_number_of_the_right_answer():
    for got in (9.81, "9.8 m/s^2", "9.80 m/s^2", "9.82 m/s^2", "9.82 m", "98.1 m/s^2", "1 m/s^2"):
        assert "9.8" not in told(got, digits=3)


def test_the_detail_has_the_right_value_and_its_tolerance():
    with pytest.raises(CheckFailed) as failed:
        check_quantity("13 m/s^2", 10, "m/s^2", atol=2)
    assert failed.value.detail == "answer should be 10 m/s^2, and at most 2 off."


@pytest.mark.parametrize(
    "arguments",
    [(1, 1, "furlong"), (1, "1 furlong"), (1, "m"), (1, "1 m", "m"), (1, math.inf), (1, math.nan, "m")],
)
def test_an_author_who_asks_for_the_impossible_is_told_so(arguments):
    with pytest.raises(ValueError, match=r"check_quantity|right answer"):
        check_quantity(*arguments)
    with pytest.raises(ValueError, match="digits"):
        check_quantity(1, 1, digits=0)
    with pytest.raises(ValueError, match="in two ways"):
        check_quantity("5 J/kg K", 5, "J/kg K")
    check_quantity("5 J/kg K", 5, "J/(kg K)")
    check_quantity("5 J/kg K", 5, "J K/kg")


@pytest.mark.parametrize(
    ("got", "right", "digits"),
    [
        ("5", 9.8, (1, 3)), ("9.5", 9.96, 2), ("9.95", 9.996, 3), ("995", 999.7, 3), ("0.95", 0.996, 2),
        ("98", 99.6, 2), ("9.99", 10.004, 3), ("2", 9.8, (1, 3)), ("3", 9.8, (1, 3)), ("0.2", 0.98, (1, 3)),
        (5.0, 9.8, (1, 3)), (9.5, 9.96, 2),
    ],
)  # fmt: skip
def test_a_number_just_below_a_power_of_ten_is_rounded_there(got, right, digits):
    assert told(got, right, "", digits=digits) == "is wrong."


def test_a_right_value_that_is_off_itself_may_round_to_either_side():
    assert (
        told("9.99", 9.996, "", digits=3)
        == "was cut off and not rounded: look at the digit that comes after the last one."
    )
    assert told("9.99", 9.996, "", digits=3, rtol=2e-4) == ""
    assert told("9.99", 9.996, "", digits=3, atol=2e-3) == ""


def test_a_number_too_large_to_be_rounded_is_wrong():
    assert told("1 qm^10 m^-7 Mm^-1 s^-1 ft^-1 min^-1", digits=2) == "is wrong."


@pytest.mark.parametrize(
    ("digits", "advice"),
    [(3, "3."), ((1, 1), "1."), ((2, 3), "2 or 3 digits."), ((1, 3), "1, 2 or 3 digits."),
     ((1, 5), "between 1 and 5 digits.")],
)  # fmt: skip
def test_how_many_digits_were_asked_for_is_a_sentence(digits, advice):
    assert (
        told("9.8066500 m/s^2", digits=digits)
        == f"is right, but has 8 significant digits: round it to {advice}"
    )


def test_digits_that_round_to_another_number_are_not_called_right():
    assert told("9.8049 m/s^2", digits=3) == "is wrong."


@pytest.mark.parametrize(
    ("got", "right", "unit", "options", "sentence"),
    [
        ("0.7", 70, "%", {"digits": (1, 2), "bare": True}, "is wrong. It is the right value divided by 100: check %."),
        ("2 kg", 6.3, "kg", {"digits": (1, 2)}, "is wrong."),
        ("5 kg", 300, "kg", {"digits": (1, 2)}, "is wrong."),
        ("5.0 kg", 300, "kg", {"digits": 2}, "is wrong."),  # no time in it
        ("2.0 h", 120, "h", {"digits": 2}, "is wrong. It is the right value divided by 60: check minutes and seconds."),
        ("2.7 m/s", 9.8, "m/s", {"digits": 2}, "is wrong. It is the right value divided by 3.6: check km/h and m/s."),
        ("2.7 W", 9.8, "W", {"digits": 2}, "is wrong."),
        ("400 K", 700, "K", {"digits": (1, 2)}, "is wrong."),
        ("500 °C", 25, "°C", {"atol": 300}, "is wrong."),
        ("57.3 Nm/rad", 1, "N m/rad", {"digits": 3}, "is wrong. It seems to be in degrees instead of radians."),
        ("57.3 kg", 1, "kg", {"digits": 3}, "is wrong."),
        ("57.3 %", 1, "%", {"digits": 3}, "is wrong."),
    ],
)  # fmt: skip
def test_a_factor_is_named_where_it_fits_by_more_than_chance(got, right, unit, options, sentence):
    assert told(got, right, unit, **options) == sentence


UNKNOWN = "has a unit that is not known here. {}Write it like kg m^2/s^2, with the usual symbols."
CALCULATION = "is a calculation: give its value, such as 2.5 or 2.5e3."


@pytest.mark.parametrize(
    ("got", "right", "unit", "sentence"),
    [
        ("5 1/s", 5, "1/s", ""),
        ("60 per minute", 1, "Hz", ""),
        ((5, "/s"), 5, "1/s", ""),
        ("25 degrees Celsius", 25, "°C", ""),
        ("25 degrees Celsius", 0.4363323129985824, "K", "is wrong."),
        ("25 ° K", 0.4363323129985824, "K", "is wrong."),
        ("5 Nm", 5, "N m", ""),
        ("1.5 MOhm", 1.5e6, "ohm", ""),
        ("1.5k", 1.5e3, "ohm", UNKNOWN.format("")),
        ("5 Kg", 5, "kg", UNKNOWN.format('Did you mean "kg"? ')),
        ("5 KJ", 5, "N", UNKNOWN.format("")),
        ("10^8 m/s", 1e8, "m/s", ""),
        ("λ = 500 nm", 500, "nm", ""),
        ("5 J/mol·K", 5, "J/(mol K)", ""),
        ("5 W/m·K", 5, "W/(m K)", ""),
        ("5 W/m·K", 5, "W K/m", ""),
        ("5 W/m/K", 5, "W K/m", "has a unit of the wrong kind."),
        ("3*108 m/s", 3e8, "m/s", CALCULATION),
        ("1/2 m", 0.5, "m", CALCULATION),
        ("10^0.5 m", 3.16, "m", CALCULATION),
        ("2.5 .", 2.5, "kg", 'has no unit: give the number with its unit, as in "2.5 kg" or (2.5, "kg").'),
        ("5 $", 5, "", UNKNOWN.format("")),
        ("5 10 m", 5, "m", 'is not one number with its unit, such as "2.5 kg".'),
        (
            "g = 1,234 m",
            1234,
            "m",
            "can be read in two ways: write a point before decimals, and no comma between thousands.",
        ),
    ],
)
def test_what_students_write(got, right, unit, sentence):
    assert told(got, right, unit) == sentence
