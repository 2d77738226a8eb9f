"""q1 to q4: the line, and what it says."""

from pathlib import Path

import numpy as np
import reference.variables as ref

from grader import CheckFailed, check_close, check_quantity, check_scalar, question

DATA = Path(__file__).parents[1] / "data" / "pendulum.csv"
LENGTHS, PERIODS = np.loadtxt(DATA, delimiter=",", skiprows=1, unpack=True)
SLOPE = ref.slope(LENGTHS, PERIODS**2)
INTERCEPT = ref.intercept(LENGTHS, PERIODS**2, SLOPE)


@question("q1", points=0, public=True)
def test_slope_is_a_number(student):
    """A longer pendulum takes longer: the slope is one positive number."""
    if check_scalar(student.value("slope"), name="slope") <= 0:
        raise CheckFailed("slope is not positive, but a longer pendulum takes longer.")


@question("q1", points=2)
def test_slope(student):
    """The slope of the line."""
    check_close(student.value("slope"), SLOPE, name="slope")


@question("q2", points=1)
def test_intercept(student):
    """The line's value at length 0."""
    check_close(student.value("intercept"), INTERCEPT, name="intercept")


@question("q3", points=0, public=True)
def test_g_has_a_unit(student):
    """On Earth, it is between 8 and 12 m/s²."""
    check_quantity(student.value("g"), 10, "m/s^2", atol=2, name="g")


@question("q3", points=2)
def test_g(student):
    """Three digits, in any unit of an acceleration."""
    check_quantity(student.value("g"), 4 * np.pi**2 / SLOPE, "m/s^2", digits=3, name="g")


@question("q4", points=0, public=True)
def test_long_period_is_a_number(student):
    """It is longer than that of 1.5 m, and less than twice that."""
    if not 2.5 < check_scalar(student.value("long_period"), name="long_period") < 5:
        raise CheckFailed("long_period is not between 2.5 s, which 1.5 m take, and twice that.")


@question("q4", points=2)
def test_long_period(student):
    """By the line."""
    check_close(student.value("long_period"), ref.long_period(SLOPE, INTERCEPT), name="long_period")
