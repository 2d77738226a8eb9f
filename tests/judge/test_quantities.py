"""Recorded values that are numbers with a unit are the same in whatever form a student wrote them."""

import math

import pytest

from grader.judge.calls import same_value
from grader.judge.likeness import finite_where
from grader.judge.quantities import measured, same_quantity


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("9.78 m/s^2", "9.78 m/s²", True),
        ("9.78 m/s^2", (9.78, "m s**-2"), True),
        ("9.78 m/s^2", "978 cm/s^2", True),
        ("9.78 m/s^2", "9.8 m/s^2", True),  # rounded to fewer digits
        ("9.78 m/s^2", (9.776, "m/s^2"), True),
        ("9.78 m/s^2", "9.77 m/s^2", False),
        ("9.78 m/s^2", "9 m/s^2", False),  # one digit says too little
        ("9.99 m/s^2", "9.996 m/s^2", False),
        ("9.99 m/s^2", "10.004 m/s^2", False),
        ("10.0 m/s^2", "9.996 m/s^2", True),
        ("2.5 qm^10 m^-7 Mm^-1 s^-1 ft^-1 min^-1", "9.80665 m/s^2", False),  # too large for a float
        ("9.78 m/s^2", "9.78 m/s", False),
        ("9.78 m/s^2", "-9.78 m/s^2", False),
        ((9.776543217, "m/s^2"), (9.776543218, "m/s^2"), False),
        ((math.nan, "m"), (math.nan, "m"), False),
        (["1", "m"], "1 m", False),
        ("b", "b", True),
        ("b)", "B", False),
        ("3", "3.0", False),
        ("3", 3, False),
        ((3.0, "seven"), (3.0, "seven"), True),
        ((3.0, "seven"), (3.0, "eight"), False),
    ],
)
def test_the_same_quantity(one, other, same):
    assert same_value(one, other) == same
    assert same_value(other, one) == same


def test_what_is_no_quantity_is_left_to_others():
    for value in (
        "b",
        "3",
        3.0,
        (3.0, ""),
        (True, "m"),
        ("3", "m"),
        (3.0, 4.0),
        {"m": 3.0},
        None,
        (3j, "m"),
        (10**400, "m"),
    ):
        assert measured(value) is None
        assert same_quantity(value, "3 m", 1e-10) is None
        assert same_quantity("3 m", value, 1e-10) is None


def test_a_quantity_is_finite_where_another_form_of_it_is():
    assert finite_where((2.0, "m"), "2 m")
    assert not finite_where((math.inf, "m"), "2 m")
    assert finite_where((math.inf, "m"), "1e999 m")
