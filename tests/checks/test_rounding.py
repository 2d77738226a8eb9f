"""The bound itself, to the digit: what every comparison allows."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks.rounding import CONDITIONED, Tolerance, bound, sizes, wide, width

G = np.array([3.0, -4.0, 0.0])
TINY = np.finfo(np.float64).tiny


@pytest.mark.parametrize(
    ("options", "limits"),
    [
        ({}, [7e-9, 8e-9, 4e-9]),
        ({"rtol": 1e-3}, [7e-3, 8e-3, 4e-3]),
        ({"rtol": 0.0}, [TINY, TINY, TINY]),
        ({"rtol": 0.0, "atol": 0.5}, [0.5, 0.5, 0.5]),
        ({"atol": 0.5}, [0.5 + 7e-9, 0.5 + 8e-9, 0.5 + 4e-9]),
        ({"largest": 10.0}, [13e-9, 14e-9, 10e-9]),
        ({"largest": 0.0}, [3e-9, 4e-9, TINY]),
        ({"scale": 1e5}, [17e-9, 18e-9, 14e-9]),
        ({"single": True}, [4.0007e-5, 4.0008e-5, 4.0004e-5]),
        (
            {"single": True, "largest": 0.0, "scale": 3.0},
            [1.503e-6 + 3e-13, 1.504e-6 + 3e-13, 1.5e-6 + 3e-13],
        ),
    ],
    ids=str,
)
def test_the_bound_in_float64(options, limits):
    np.testing.assert_allclose(bound(G, **options), limits, rtol=1e-12)
    np.testing.assert_allclose(bound(G * 1j, **options), limits, rtol=1e-12)


@pytest.mark.parametrize(
    ("kind", "options", "limit"),
    [
        (np.float32, {}, 4e-5),
        (np.complex64, {}, 4e-5),
        (np.float16, {}, 4e-2),
        (np.float16, {"single": True}, 4.004e-2),
        (np.float16, {"scale": 1e10}, 4e-2 + 1e-3),
        (np.float32, {"scale": 2.0}, 4.1e-5 + 2e-13),
        (np.float32, {"rtol": 0.0, "atol": 0.25}, 0.25),
        (np.float32, {"largest": 2.0}, 2e-5),
        (np.float16, {"largest": 2.0}, 2e-2),
    ],
    ids=str,
)
def test_the_bound_of_fewer_digits_is_that_of_the_largest_entry(kind, options, limit):
    np.testing.assert_allclose(bound(G.astype(kind), **options), [limit] * 3, rtol=1e-12)


def test_whole_numbers_have_the_bound_of_float64_whatever_their_width():
    for kind in (np.int8, np.int16, np.int32, np.int64):
        np.testing.assert_allclose(bound(G.astype(kind)), bound(G), rtol=1e-12)
    assert bound(np.array([True])) == pytest.approx(2e-9, rel=1e-12)
    assert CONDITIONED == 1e-13


def test_nothing_and_what_is_not_finite_have_no_size():
    assert bound(np.zeros(0)).shape == (0,)
    np.testing.assert_array_equal(sizes(np.array([np.nan, -np.inf, -2.0, 3j + 4])), [0, 0, 2, 5])
    np.testing.assert_allclose(bound(np.array([np.inf, 2.0])), [2e-9, 4e-9], rtol=1e-12)
    np.testing.assert_array_equal(bound(np.zeros(2)), [TINY, TINY])


def test_the_width_and_the_double_precision_of_an_array():
    kinds = [np.float16, np.float32, np.float64, np.complex64, np.complex128, np.int8]
    assert [width(np.zeros(2, kind)) for kind in kinds] == [2, 4, 8, 4, 8, 1]
    doubles = [np.float64] * 3 + [np.complex128] * 2 + [np.float64]
    assert [wide(np.zeros(2, kind)).dtype for kind in kinds] == doubles


# A tolerance --------------------------------------------------------------------------------------------------


def test_a_tolerance_is_exact_for_whole_numbers_without_a_bound_of_their_own():
    whole = [np.array([1]), np.array([1], np.uint8), np.array([True])]
    assert all(Tolerance(None, None, None, 0.0).exact(one) for one in whole)
    for given in (Tolerance(1e-3, None, None, 0.0), Tolerance(None, 0.0, None, 0.0)):
        assert not any(given.exact(one) for one in whole)
    assert not Tolerance(None, None, None, 0.0).exact(np.array([1.0]))


def test_a_tolerance_passes_on_everything_that_the_bound_depends_on():
    given = Tolerance(None, 0.5, None, 1e5, single=True)
    np.testing.assert_array_equal(
        given.bound(G, 9.0), bound(G, None, 0.5, largest=9.0, scale=1e5, single=True)
    )
    given = Tolerance(1e-3, None, None, 0.0)
    np.testing.assert_array_equal(given.bound(G), bound(G, 1e-3))


def test_entries_are_compared_in_the_precision_of_the_reference():
    one, other = np.array([1.0 + 1e-6]), np.array([1.0])
    plain = Tolerance(None, None, None, 0.0)
    assert not plain.within(other)(one, other).any()
    assert plain.within(other.astype(np.float32))(one, other).all()
    assert plain.within(np.array([1]))(np.array([0.5 + 5e-10]), np.array([0.5])).all()
    assert not plain.within(other.astype(np.float32))(one + 1e-4, other).any()
    assert plain.within(other)(np.array([1.0 + 1e-6]), other, 1e3).all()
    # An answer at the very bound passes, and one beyond it on either side fails.
    within = Tolerance(0.0, 0.5, None, 0.0).within(other)
    np.testing.assert_array_equal(
        within(np.array([1.5, 0.5, 1.6, 0.4]), np.ones(4)), [True, True, False, False]
    )


def test_a_difference_that_overflows_is_no_error_of_the_comparison():
    largest = np.array([1.7e308])
    with np.errstate(all="raise"):
        assert not Tolerance(None, None, None, 0.0).within(largest)(largest, -largest).any()


def test_the_same_whole_number_is_the_same_beyond_what_float64_holds():
    equal = Tolerance(None, None, None, 0.0).within(np.array([0]))
    large = 2**53
    for one, other, same in [
        (np.array([1.0, 2.0]), np.array([1, 3]), [True, False]),
        (np.array([float(large), 7]), np.array([large + 1, 7]), [False, True]),
        (np.array([float(large), 7]), np.array([large, 8]), [True, False]),
        (np.array([-float(large)]), np.array([-large - 1]), [False]),
        (np.array([[5], [large]]), np.array([5, large]), [[True, False], [False, True]]),
        (np.array([2.0**60, 2.0**62]), np.array([2**60 + 1, 2**62]), [False, True]),
        (np.array(2.0**60), np.array(2**60), True),
        (np.array(2.0**60), np.array(2**60 + 1), False),
        (np.array([np.nan]), np.array([0]), [False]),
    ]:
        np.testing.assert_array_equal(equal(one, other), same)
