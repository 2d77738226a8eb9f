"""Risk and likelihood against scipy and complex steps, and that the least square is the most likely."""

import numpy as np
import pytest
import scipy.optimize
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.likelihood as ref
import reference.regression as regression

EPS = np.finfo(float).eps
# A few hundred roundings of terms no larger than the scale given, each worth ε/2.
BOUND = 450 * EPS


def complex_step(f, x, h=1e-20):
    """Exact to rounding: no difference is taken, so nothing cancels."""
    x = np.asarray(x, dtype=float)
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        gradient[index] = np.imag(f(moved)) / h
    return gradient


def observations(m, seed, spread=1.0):
    rng = np.random.default_rng([seed, m])
    return spread * rng.normal(size=m), rng.normal(size=m)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 50), st.floats(1e-3, 1e3), st.floats(0, 1e3), st.integers(0, 2**32 - 1))
def test_log_likelihood_agrees_with_scipy(m, sigma, spread, seed):
    y, mu = observations(m, seed, spread)
    terms = scipy.stats.norm.logpdf(y, mu, sigma)
    assert ref.gaussian_log_likelihood(y, mu, sigma) == pytest.approx(
        terms.sum(), rel=BOUND, abs=BOUND * np.abs(terms).sum()
    )


def test_one_mean_for_all_is_that_mean_repeated():
    y, _ = observations(9, 1)
    repeated = ref.gaussian_log_likelihood(y, np.full(9, 0.3), 0.7)
    assert ref.gaussian_log_likelihood(y, 0.3, 0.7) == pytest.approx(repeated, rel=BOUND)


def test_a_thousand_far_observations_are_unlikely_and_not_impossible():
    y = np.full(1000, 60.0)
    expected = 1000 * (-0.5 * np.log(2 * np.pi) - 1800.0)
    assert ref.gaussian_log_likelihood(y, 0.0, 1.0) == pytest.approx(expected, rel=BOUND)


def test_no_observation_is_certain():
    assert ref.gaussian_log_likelihood(np.zeros(0), 0.0, 2.0) == 0


@pytest.mark.parametrize("sigma", [0.01, 1.0, 30.0])
def test_the_lectures_constants_make_up_the_log_likelihood(sigma):
    y, mu = observations(7, 2)
    C1, C2 = ref.gaussian_constants(sigma)
    terms = C1 - (y - mu) ** 2 / C2
    assert ref.gaussian_log_likelihood(y, mu, sigma) == pytest.approx(terms.sum(), rel=BOUND)


@pytest.mark.parametrize("sigma", [0.05, 1.0, 20.0])
def test_gradient_by_complex_step(sigma):
    y, mu = observations(8, 3)
    expected = complex_step(lambda moved: ref.gaussian_log_likelihood(y, moved, sigma), mu)
    got = ref.gaussian_log_likelihood_gradient(y, mu, sigma)
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * np.abs(expected).max())
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(got * (1 + 1e-8), expected, rtol=0, atol=BOUND * np.abs(expected).max())


def test_the_most_likely_sigma_has_no_slope_and_beats_its_neighbours():
    y, mu = observations(12, 4)
    sigma = ref.most_likely_sigma(y, mu)
    slope = complex_step(lambda moved: ref.gaussian_log_likelihood(y, mu, moved), sigma)
    assert abs(slope) <= BOUND * 12 / sigma
    best = ref.gaussian_log_likelihood(y, mu, sigma)
    assert best > ref.gaussian_log_likelihood(y, mu, sigma * 1.01)
    assert best > ref.gaussian_log_likelihood(y, mu, sigma * 0.99)
    assert scipy.stats.norm.fit(y - mu, floc=0.0)[1] == pytest.approx(sigma, rel=BOUND)


# The least square is the most likely --------------------------------------------------------------------


def line(n=25, D=3, seed=5):
    rng = np.random.default_rng([seed, n, D])
    X, w = rng.normal(size=(n, D)), rng.normal(size=D)
    return X, X @ w + 0.4 + 0.3 * rng.normal(size=n), rng.normal(size=D), 0.1


@pytest.mark.parametrize("sigma", [0.2, 1.0, 5.0])
def test_likelihood_falls_as_the_mean_square_rises(sigma):
    X, y, w, b = line()
    n, (C1, C2) = len(y), ref.gaussian_constants(sigma)
    expected = n * C1 - n * regression.mse(X, y, w, b) / C2
    assert ref.regression_log_likelihood(X, y, w, b, sigma) == pytest.approx(expected, rel=BOUND)
    slope = complex_step(lambda moved: ref.regression_log_likelihood(X, y, moved, b, sigma), w)
    np.testing.assert_allclose(slope, -n / C2 * regression.mse_gradient(X, y, w, b)[0], rtol=1e-12)


@pytest.mark.parametrize("sigma", [0.2, 1.0, 5.0])
def test_the_line_of_least_squares_is_the_most_likely_whatever_sigma(sigma):
    X, y, w, b = line()
    best_w, best_b = regression.least_squares(X, y)
    at_best = ref.regression_log_likelihood(X, y, best_w, best_b, sigma)
    rng = np.random.default_rng(6)
    for size in (1e-3, 0.1, 3.0):
        for _ in range(20):
            moved = best_w + size * rng.normal(size=3), best_b + size * rng.normal()
            assert ref.regression_log_likelihood(X, y, *moved, sigma) < at_best
    found = scipy.optimize.minimize(
        lambda theta: -ref.regression_log_likelihood(X, y, theta[:-1], theta[-1], sigma), np.append(w, b)
    )
    # BFGS with finite differences of step √ε stops at slopes near 1e-5 of the curvature: about 1e-5 in θ.
    np.testing.assert_allclose(found.x, np.append(best_w, best_b), atol=1e-4)


def test_empirical_risk_of_the_negative_log_density_is_the_mean_negative_log_likelihood():
    X, y, w, b = line()

    def surprise(x, target, theta):
        return -scipy.stats.norm.logpdf(target, x @ theta[0] + theta[1], 0.7)

    risk = ref.empirical_risk(surprise, X, y, (w, b))
    assert risk == pytest.approx(-ref.regression_log_likelihood(X, y, w, b, 0.7) / len(y), rel=BOUND)


def test_empirical_risk_of_the_squared_error_is_the_mse():
    X, y, w, b = line()
    risk = ref.empirical_risk(lambda x, target, theta: (x @ theta[0] + theta[1] - target) ** 2, X, y, (w, b))
    assert risk == pytest.approx(regression.mse(X, y, w, b), rel=BOUND)


def test_no_function_changes_its_inputs():
    X, y, w, b = line()
    mu = regression.predict(X, w, b)
    for array in (X, y, w, mu):
        array.setflags(write=False)  # a write in place raises
    ref.gaussian_log_likelihood(y, mu, 0.5), ref.gaussian_log_likelihood_gradient(y, mu, 0.5)
    ref.most_likely_sigma(y, mu), ref.regression_log_likelihood(X, y, w, b, 0.5)


def test_the_public_names_are_these():
    assert set(ref.__all__) == {
        *("empirical_risk", "gaussian_constants", "gaussian_log_likelihood", "most_likely_sigma"),
        *("gaussian_log_likelihood_gradient", "regression_log_likelihood"),
    }
    assert all(callable(getattr(ref, name)) for name in ref.__all__)
