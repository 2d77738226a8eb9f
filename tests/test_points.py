"""Points: what was meant, exact sums, and one rounding where they are shown."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.points import as_json, earned, exact, is_full, number, percent, rounded, stored, total

POINTS = st.fractions(min_value=0, max_value=1000, max_denominator=1000)
CENT = Fraction(1, 100)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (2, Fraction(2)),
        (0.1, Fraction(1, 10)),
        (1 / 3, Fraction(1, 3)),
        (2.675, Fraction(107, 40)),
        (0.123456789, Fraction(123456789, 10**9)),
        ("0.1", Fraction(1, 10)),
        (" 1/3 ", Fraction(1, 3)),
        ("0.33333333333333333333333333", Fraction("0.33333333333333333333333333")),
        (Decimal("0.07"), Fraction(7, 100)),
        (Fraction(3, 7), Fraction(3, 7)),
        (np.float64(0.1), Fraction(1, 10)),
    ],
)
def test_a_number_is_what_its_writer_meant(value, meant):
    assert exact(value) == meant


@pytest.mark.parametrize(
    "value",
    [
        "three", "", "1/0", "1/2/3", "nan", "inf", math.nan, -math.inf, Decimal("nan"), Decimal("inf"), None, [1],
        "1e999999999", "1e-999999999", Decimal("1e-999999999"), 10**200, "9" * 5000, "1/" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_number_of_points_is_refused_at_once(value):
    with pytest.raises(ValueError, match="is not a number of points"):
        exact(value)


def test_three_thirds_are_one_and_ten_tenths_too():
    assert total([exact(1 / 3)] * 3) == 1
    assert total([exact(0.1)] * 10) == 1
    assert number(total([exact("1/3")] * 3)) == "1"
    assert total([Fraction(1, 2), None]) == Fraction(1, 2)
    assert total([]) == 0


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ("0.005", "0.01"), ("0.015", "0.02"), ("0.025", "0.03"), ("2.675", "2.68"), ("0.0049999", "0"), ("1/3", "0.33"),
        ("2/3", "0.67"), ("37.5", "37.5"), ("40", "40"), ("100", "100"), ("0", "0"), ("0.995", "1"), ("-0.001", "0"),
        ("12345678901234567890123456789.125", "12345678901234567890123456789.13"),
    ],
)  # fmt: skip
def test_points_are_shown_rounded_half_up_without_needless_digits(points, shown):
    assert number(exact(points)) == shown


@given(POINTS)
@example(Fraction(1, 200))
def test_rounding_is_half_up_to_the_next_hundredth(points):
    shown = Fraction(rounded(points))
    assert (shown / CENT).denominator == 1
    assert -CENT / 2 <= points - shown < CENT / 2


@given(POINTS)
def test_every_form_of_points_is_the_same_number(points):
    assert Fraction(number(points)) == exact(as_json(points)) == Fraction(rounded(points))
    assert exact(stored(points)) == points


@given(st.lists(POINTS, max_size=30).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_a_sum_does_not_depend_on_its_order(orders):
    first, second = orders
    assert total(first) == total(second)


@given(st.fractions(min_value=0, max_value=100, max_denominator=100))
def test_a_float_stands_for_the_simple_fraction_it_was_made_of(points):
    assert exact(float(points)) == points


@pytest.mark.parametrize(
    ("typed", "most", "points"),
    [
        ("0.67", "2/3", "2/3"),
        ("0.670", "2/3", "2/3"),
        (0.67, "2/3", "2/3"),
        ("0.667", "2/3", "2/3"),
        ("2/3", "2/3", "2/3"),
        ("0.33", "1/3", "1/3"),
        ("0.333", "1/3", "1/3"),
        ("0.66", "2/3", "0.66"),
        ("0.5", "2/3", "0.5"),
        ("0.34", "1/3", "0.34"),
        ("3", "3", "3"),
        ("2.99", "3", "2.99"),
        ("0", "1/300", "0"),
        ("0", "0", "0"),
        ("4", "3", "4"),
    ],
)
def test_what_is_shown_as_the_maximum_is_the_maximum_by_hand(typed, most, points):
    assert earned(typed, exact(most)) == exact(points)


@given(st.fractions(min_value=CENT, max_value=1000, max_denominator=1000))
def test_the_maximum_can_always_be_given_by_hand(most):
    for typed in (number(most), as_json(most), str(rounded(most)), stored(most)):
        assert is_full(earned(typed, most), most)
        assert earned(typed, most) == most


def test_full_is_when_nothing_is_missing():
    assert is_full(Fraction(1), Fraction(1))
    assert is_full(Fraction(2), Fraction(1))
    assert not is_full(total([Fraction(1, 3)] * 2), Fraction(1))
    assert not is_full(None, Fraction(0))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1, 4, "25%"), (1, 8, "13%"), (3, 8, "38%"), (1, 1000, "<1%"), (999, 1000, ">99%"), (4, 4, "100%"),
        (0, 5, "0%"), (0, 0, "0%"), (Fraction(1, 3), 1, "33%"), (41, 40, "103%"),
    ],
)  # fmt: skip
def test_a_share_in_per_cent(part, whole, said):
    assert percent(part, whole) == said
