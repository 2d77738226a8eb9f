"""A free number is found from the numbers that it gave."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.judge.numbers import numbers_for, plain_numbers_near


def found(value, wanted, usual=(1.0,), scale=None):
    """What is found for a function of one number that returns one or several."""
    wanted = np.atleast_1d(np.asarray(wanted, float))
    scale = np.abs(wanted) if scale is None else np.full(len(wanted), scale)
    return list(numbers_for(lambda c: np.atleast_1d(np.asarray(value(c), float)), wanted, scale, usual))


def given_by(value, numbers, wanted):
    """Those of some numbers that give exactly what is wanted."""
    return [number for number in numbers if np.array_equal(value(number), wanted)]


@pytest.mark.parametrize("c", [0.0, 3e-12, 1e-7, 0.0123, 0.5, 7.25, 4e3])
def test_a_number_is_found_to_the_last_digits(c):
    def value(number):
        return -math.log(0.25 + number)

    (number, *_) = found(value, value(c), [1e-5, 10.0])
    assert abs(value(number) - value(c)) <= 1e-13


def test_every_number_that_gives_the_value_is_found():
    numbers = found(lambda c: (c - 0.2) * (c - 30.0), 0.0, scale=1.0)
    assert sorted(set(np.round(numbers, 9))) == [0.2, 30.0]


def test_a_number_that_is_tried_anyway_is_found_exactly():
    assert found(lambda c: c, 0.37, [0.37]) == [0.37]
    assert found(lambda c: c, 100.0) == [100.0]


def test_negative_numbers_are_looked_for_if_they_are_usual():
    assert found(lambda c: c**3, -8.0, [-1.0]) == pytest.approx([-2.0])
    assert found(lambda c: c**3, -8.0, [1.0]) == []


def test_nothing_is_found_where_nothing_changes_or_nothing_is_finite():
    assert found(lambda c: 5.0, 4.0) == []
    assert found(lambda c: math.nan, 4.0) == []


def test_a_value_that_is_not_always_finite_is_no_obstacle():
    assert found(lambda c: math.log(c) if c > 0 else math.nan, math.log(0.033)) == pytest.approx([0.033])


def test_no_place_is_narrowed_down_that_suits_few_of_the_values():
    """Each of the ten values is as wanted with another number."""
    tried = []

    def values(c):
        tried.append(c)
        return c - np.linspace(0.15, 0.95, 10)

    wanted = np.zeros(10)
    near = list(numbers_for(values, wanted, np.ones(10), [0.1, 1.0]))
    assert all(np.abs(values(c)).max() > 0.1 for c in near)
    assert len(tried) < 60


@pytest.mark.parametrize("c", [2.94e-9, 3.1e-5, 0.02])
def test_a_tolerance_is_found_between_the_steps_that_it_makes(c):
    """Several values are true below limits of their own, so the number lies between two neighbouring limits."""
    limits = np.geomspace(1e-12, 1.0, 25)

    def values(number):
        return limits <= number

    assert given_by(values, found(values, values(c), (1e-9, 1e-6, 0.1), scale=1.0), values(c))


def test_a_narrow_range_is_found_although_values_go_up_and_down():
    def values(c):
        return [np.floor(20 * c) % 3, np.floor(17 * c) % 2, c > 0.7]

    assert given_by(values, found(values, values(0.766), (0.5, 1.0), scale=1.0), values(0.766))


def test_nothing_is_found_where_values_jump_past_what_is_wanted():
    tried = []

    def value(c):
        tried.append(c)
        return 1.0 if c < 0.42 else 3.0

    assert not given_by(value, found(value, 2.0, (0.1, 1.0)), 2.0)
    assert len(tried) < 150


@pytest.mark.parametrize("c", [7, 12, 44, 60, 98])
def test_whole_numbers_stay_whole(c):
    numbers = found(lambda n: [n**2, n % 1], [c**2, 0], (10, 42, 100), scale=1.0)
    assert c in numbers
    assert {type(number) for number in numbers} == {int}


def test_whole_numbers_near_usual_ones_are_found_where_nothing_is_smooth():
    def value(seed):
        return np.random.default_rng(seed).normal(size=5)

    for seed in (43, 7):
        assert given_by(value, found(value, value(seed), (0, 42, 1)), value(seed)) == [seed]


def test_numbers_are_tried_as_people_write_them():
    near = plain_numbers_near(3.4898e-7)
    assert near.index(3e-7) < near.index(3.5e-7) < near.index(3.47e-7)
    assert all(abs(one - 3.4898e-7) < 0.2 * 3.4898e-7 for one in near)


def test_it_ends_after_a_bounded_number_of_tries():
    tried = []

    def value(number):
        tried.append(number)
        return float(np.sin(1e3 * number))

    found(value, 0.5, [1e-3])
    assert len(tried) < 400
