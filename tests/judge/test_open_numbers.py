"""A mistake's free number is found from all that a student's calls gave."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.calls import CallLog
from grader.judge.objects import ObservedStudent
from grader.judge.open_numbers import OpenNumbers
from grader.judge.replay import threads_of

RIGHT = """
import numpy as np

def f(x, tolerance=1e-9):
    return {body}
"""


def search(right, wrong, calls, number, *, budget=10**6, usual=(1e-3, 1e-1), theirs=""):
    """What is found for C if a student wrote ``theirs``, or ``wrong`` with some number in the place of C."""

    def namespace_of(body):
        names = {}
        exec(compile(RIGHT.format(body=body), "f.py", "exec"), names)
        return names

    log = CallLog()
    student = ObservedStudent(namespace_of(theirs or wrong.replace("C", repr(number))), log.recorder("test"))
    for call in calls:
        student.f(call)
    threads = threads_of(log, "f")
    solution = namespace_of(right)
    outcomes = [[again for _, again in thread.replay(solution)] for thread in threads]
    order = sorted(
        range(len(threads)),
        key=lambda i: all(map(threads[i].same, threads[i].calls, outcomes[i])),
    )
    left = [budget]

    def takes(steps):
        left[0] -= steps
        return left[0] >= 0

    numbers = OpenNumbers(
        [threads[i] for i in order], [outcomes[i] for i in order], [1] * len(threads), takes
    )
    return numbers.found("f", namespace_of(wrong.replace("C", "_open_number")), usual, "f.py")


RNG = np.random.default_rng(5)
ARRAYS = [RNG.random(5) for _ in range(4)]


@pytest.mark.parametrize("c", [3e-3, 0.0427, 0.31, 17.0])
def test_a_number_in_a_formula_is_found_exactly(c):
    assert search("x", "x + C * x**2", ARRAYS, c) == pytest.approx(c, rel=1e-12)


def test_a_threshold_is_found_from_calls_that_each_leave_it_open():
    xs = [0.01 * k for k in range(1, 60, 4)]
    found = search("x > 0.5", "x > C", xs, 0.27, usual=(0.1, 0.4))
    assert [x > found for x in xs] == [x > 0.27 for x in xs]


def test_where_a_list_is_cut_off_is_found_from_its_length():
    found = search("x", "x[x > C]", [np.geomspace(1e-4, 1.0, n) for n in (30, 40)], 0.023)
    assert 0.01 < found < 0.04


def test_a_number_that_rounding_hides_is_found_as_people_write_it():
    slope = "np.array([(np.exp(v + C) - np.exp(v)) / C for v in x])"
    assert search("np.exp(x)", slope, ARRAYS, 3.4e-7, usual=(1e-6, 1e-7)) == 3.4e-7


def test_a_call_that_alone_depends_on_the_number_counts():
    """Whatever the others give, only the last call shows where it is cut off."""
    calls = [0.5, 0.6, 0.7, 123.0]
    assert search("x", "min(2 * x, C)", calls, 77.7, usual=(10.0, 100.0)) == pytest.approx(77.7)


def test_a_number_that_is_fitted_to_one_value_alone_proves_nothing():
    assert search("x", "x + C", [1.0], 0.03) is None
    assert search("x", "x + C", [1.0, 2.0], 0.03) == pytest.approx(0.03)


def test_what_no_number_gives_is_not_found():
    assert search("x", "x + C", ARRAYS, 0.0, theirs="x + 0.02 * np.arange(5)") is None
    assert (
        search("x", "x + C", [*ARRAYS, 3.0], 0.0, theirs="x + 0.02 if np.size(x) > 1 else x + 0.03") is None
    )


def test_no_more_lines_are_used_than_there_are():
    assert search("x", "x + C * x**2", ARRAYS, 0.0427, budget=5) is None


def test_zero_is_found_only_if_it_is_usual():
    """With 0, nothing is added: that is another mistake, or none."""
    assert search("x + 1", "x + C", ARRAYS, 0.0) is None
    assert search("x + 1", "x + C", ARRAYS, 0.0, usual=(0, 1e-1)) == 0


def test_the_first_try_of_a_version_is_one_of_those_that_count():
    """With so few lines, nothing is found if the first try of a number is made again."""
    assert search("x", "x + C * x**2", ARRAYS, 1e-3, budget=2) == pytest.approx(1e-3)
