"""A free number is found from what it gave."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.judge.numbers import numbers_for


@pytest.mark.parametrize("c", [0.0, 3e-12, 1e-7, 0.0123, 0.5, 7.25, 4e3])
def test_a_number_is_found_to_the_last_digits(c):
    def value(number):
        return -math.log(0.25 + number)

    found = list(numbers_for(value, value(c), [1e-5]))
    assert len(found) == 1
    assert abs(value(found[0]) - value(c)) <= 1e-15


def test_every_number_that_gives_the_value_is_found():
    assert sorted(numbers_for(lambda c: (c - 0.2) * (c - 30.0), 0.0, [])) == pytest.approx([0.2, 30.0])


def test_a_number_that_is_tried_anyway_is_found_exactly():
    assert list(numbers_for(lambda c: c, 0.37, [0.37])) == [0.37]
    assert list(numbers_for(lambda c: c, 1e4, [])) == [1e4]


def test_negative_numbers_are_looked_for_if_they_are_usual():
    assert list(numbers_for(lambda c: c**3, -8.0, [-1.0])) == pytest.approx([-2.0])
    assert list(numbers_for(lambda c: c**3, -8.0, [1.0])) == []


def test_nothing_is_found_where_nothing_changes_or_nothing_is_finite():
    assert list(numbers_for(lambda c: 5.0, 4.0, [])) == []
    assert list(numbers_for(lambda c: None, 4.0, [])) == []


def test_a_value_that_is_not_always_finite_is_no_obstacle():
    def value(number):
        return math.log(number) if number > 0 else None

    assert list(numbers_for(value, math.log(0.033), [])) == pytest.approx([0.033])


def test_it_ends_after_a_bounded_number_of_tries():
    tried = []

    def value(number):
        tried.append(number)
        return float(np.sin(1e3 * number))

    list(numbers_for(value, 0.5, [1e-3]))
    assert len(tried) < 100 * 50
