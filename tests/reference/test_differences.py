"""The reference's central differences against their own theory: exact for quadratics, h² off for cubics."""

import numpy as np
import pytest

from reference.differences import numeric_gradient


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (2, 1, 3), (0,)])
def test_quadratics_are_differentiated_exactly_with_any_step(shape):
    rng = np.random.default_rng([1, *shape])
    x, a = rng.normal(size=shape), rng.normal(size=shape)
    for h in (1.0, 0.1, 1e-3):
        got = numeric_gradient(lambda x: (a * x * x).sum() + x.sum() ** 2, x, h)
        assert got.shape == shape
        # Values of at most 100, each good to a few ε, divided by h.
        np.testing.assert_allclose(got, 2 * a * x + 2 * x.sum(), rtol=0, atol=1e-13 / h)


def test_cubics_are_off_by_exactly_the_step_squared():
    x = np.array([[0.3, -1.0], [2.0, 0.0]])
    for h in (0.5, 0.1):
        got = numeric_gradient(lambda x: (x**3).sum(), x, h)
        np.testing.assert_allclose(got, 3 * x**2 + h**2, rtol=1e-12)


def test_entries_that_meet_in_a_product_are_told_apart():
    x = np.array([2.0, 3.0, 5.0])
    np.testing.assert_allclose(numeric_gradient(np.prod, x, 0.25), [15.0, 10.0, 6.0], rtol=1e-13)


def test_the_error_falls_with_the_square_of_the_step_until_rounding_takes_over():
    x = np.array([0.7])
    errors = [abs(numeric_gradient(lambda x: np.exp(x).sum(), x, h)[0] - np.exp(0.7)) for h in (1e-1, 1e-2)]
    assert errors[0] / errors[1] == pytest.approx(100, rel=1e-2)
    # With h = 1e-5: h²/6·e^x is 3e-11 and the rounding of a difference ε·e^x/h is 4e-11.
    assert abs(numeric_gradient(lambda x: np.exp(x).sum(), x, 1e-5)[0] - np.exp(0.7)) < 2e-10
    assert abs(numeric_gradient(lambda x: np.exp(x).sum(), x, 1e-13)[0] - np.exp(0.7)) > 1e-6


def test_the_function_is_called_twice_for_every_entry_with_arrays_of_its_own():
    x, seen = np.array([[1.0, 2.0], [3.0, 4.0]]), []

    def f(moved):
        seen.append(moved)
        return moved.sum()

    numeric_gradient(f, x, 0.5)
    assert len(seen) == 8
    assert all(moved.shape == x.shape for moved in seen)
    assert sorted(float(np.abs(moved - x).sum()) for moved in seen) == [0.5] * 8
    assert not any(np.shares_memory(moved, x) for moved in seen)


def test_integers_are_moved_by_fractions_and_stay_as_they_are():
    x = np.array([1, 2, 3])
    x.setflags(write=False)  # a write in place raises
    np.testing.assert_allclose(numeric_gradient(lambda x: (x**2).sum(), x, 0.25), [2.0, 4.0, 6.0], rtol=1e-14)
