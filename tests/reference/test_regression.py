"""Linear regression against complex steps, scikit-learn, a slow twin in loops and the lecture's printed run."""

from pathlib import Path

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.regression as ref

EPS = np.finfo(float).eps
# Both sides of every comparison do at most a few hundred roundings of numbers no larger than the scale given,
# each worth ε/2; 1e-13 allows 450 of them.
BOUND = 450 * EPS

DATA = Path(__file__).parents[2] / "psets" / "ps0" / "data"
SHAPES = [(1, 1), (1, 4), (5, 1), (7, 3), (3, 6), (40, 5)]


def problem(n, D, seed, scale=1.0):
    rng = np.random.default_rng([seed, n, D])
    return rng.normal(size=(n, D)), rng.normal(size=n), scale * rng.normal(size=D), float(rng.normal())


def close(got, expected, scale=None):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    scale = max(1.0, np.abs(expected).max(initial=0.0)) if scale is None else scale
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * scale)


def complex_step(f, x, h=1e-20):
    """Exact to rounding: no difference is taken, so nothing cancels."""
    x = np.asarray(x, dtype=float)
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        gradient[index] = np.imag(f(moved)) / h
    return gradient


# The slow twin ------------------------------------------------------------------------------------------


def slow_error(x, target, w, b):
    return sum(w[d] * x[d] for d in range(len(x))) + b - target


def slow_mse_and_gradients(X, y, w, b):
    n, D = X.shape
    errors = [slow_error(X[i], y[i], w, b) for i in range(n)]
    dw = [2 / n * sum(errors[i] * X[i, d] for i in range(n)) for d in range(D)]
    return sum(e**2 for e in errors) / n, np.array(dw), 2 / n * sum(errors)


def slow_stochastic(X, y, w, b, learning_rate, epochs):
    n, w, history = len(y), list(w), []
    for _ in range(epochs):
        for i in range(n):
            e = slow_error(X[i], y[i], w, b)
            w = [w[d] - learning_rate * e * X[i, d] / n for d in range(len(w))]
            b = b - learning_rate * e / n
        history.append(sum(slow_error(X[i], y[i], w, b) ** 2 for i in range(n)) / (2 * n))
    return np.array(w), b, np.array(history)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1.0, 100.0])
def test_error_and_gradients_agree_with_the_slow_twin(shape, scale):
    case = problem(*shape, seed=1, scale=scale)
    error, dw, db = slow_mse_and_gradients(*case)
    close(ref.mse(*case), error)
    got_dw, got_db = ref.mse_gradient(*case)
    close(got_dw, dw, max(1.0, scale**2))
    close(got_db, db, max(1.0, scale**2))


def test_the_twin_would_notice_a_wrong_factor_of_one_part_in_a_billion():
    case = problem(7, 3, seed=1)
    error, dw, _ = slow_mse_and_gradients(*case)
    with pytest.raises(AssertionError):
        close(ref.mse(*case) * (1 + 1e-9), error)
    nearly = ref.mse_gradient(*case)[0]
    nearly[0] += 1e-9
    with pytest.raises(AssertionError):
        close(nearly, dw)


# Independent oracles and complex steps ------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 20), st.integers(1, 6), st.floats(0, 1000), st.integers(0, 2**32 - 1))
def test_mse_agrees_with_sklearn(n, D, scale, seed):
    X, y, w, b = problem(n, D, seed, scale)
    expected = sklearn.metrics.mean_squared_error(y, X @ w + b)
    assert ref.mse(X, y, w, b) == pytest.approx(expected, rel=BOUND)
    assert ref.half_mse(X, y, w, b) == pytest.approx(expected / 2, rel=BOUND)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [0.0, 1.0, 300.0])
def test_gradients_by_complex_step(shape, scale):
    X, y, w, b = problem(*shape, seed=2, scale=scale)
    dw, db = ref.mse_gradient(X, y, w, b)
    largest = max(1.0, np.abs(ref.predict(X, w, b) - y).max() * max(1.0, np.abs(X).max()))
    close(dw, complex_step(lambda moved: ref.mse(X, y, moved, b), w), largest)
    close(db, complex_step(lambda moved: ref.mse(X, y, w, moved), b), largest)
    # The two costs differ by their factor and by nothing else.
    close(dw / 2, complex_step(lambda moved: ref.half_mse(X, y, moved, b), w), largest)


def test_complex_step_sees_an_error_of_one_part_in_a_hundred_million():
    X, y, w, b = problem(7, 3, seed=2)
    expected = complex_step(lambda moved: ref.mse(X, y, moved, b), w)
    with pytest.raises(AssertionError):
        close(ref.mse_gradient(X, y, w, b)[0] * (1 + 1e-8), expected)


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_minibatch_gradients_average_over_their_own_examples_and_together_to_the_whole(size):
    X, y, w, b = problem(6, 3, seed=3)
    parts = [ref.minibatch_gradient(X, y, w, b, np.arange(s, s + size)) for s in range(0, 6, size)]
    dw, db = ref.mse_gradient(X, y, w, b)
    close(np.mean([part[0] for part in parts], axis=0), dw)
    close(np.mean([part[1] for part in parts]), db)
    close(parts[0][0], complex_step(lambda moved: ref.mse(X[:size], y[:size], moved, b), w))


@pytest.mark.parametrize("shape", [(8, 1), (30, 4)])
def test_least_squares_is_what_sklearn_finds_and_has_no_slope(shape):
    X, y, _, _ = problem(*shape, seed=4)
    w, b = ref.least_squares(X, y)
    fitted = sklearn.linear_model.LinearRegression().fit(X, y)
    close(w, fitted.coef_)
    close(b, fitted.intercept_)
    dw, db = ref.mse_gradient(X, y, w, b)
    close(dw, np.zeros(shape[1]))
    close(db, 0.0)


# Gradient descent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_gradient_descent_agrees_with_the_slow_twin(shape):
    X, y, w, b = problem(*shape, seed=5)
    got = ref.gradient_descent(X, y, w, b, 0.05, 6)
    history = []
    for _ in range(6):
        _, dw, db = slow_mse_and_gradients(X, y, w, b)
        w, b = w - 0.05 * dw, b - 0.05 * db
        history.append(slow_mse_and_gradients(X, y, w, b)[0])
    for one, other in zip(got, (w, b, np.array(history)), strict=True):
        close(one, other)


def test_gradient_descent_reaches_the_closed_form():
    X, y, w, b = problem(40, 5, seed=6)
    w, b, history = ref.gradient_descent(X, y, w, b, 0.3, 400)
    best_w, best_b = ref.least_squares(X, y)
    # The slowest direction shrinks by |1 − 0.3·κ| a step, where κ, the least curvature of these data, is over 0.7.
    np.testing.assert_allclose(w, best_w, atol=1e-12)
    np.testing.assert_allclose(b, best_b, atol=1e-12)
    # At the bottom the last digits go up and down.
    assert (np.diff(history) <= 10 * EPS * history[0]).all()


def test_beyond_two_over_the_largest_curvature_descent_diverges():
    X, y, w, b = problem(7, 3, seed=6)
    design = np.column_stack([X, np.ones(7)])
    limit = 2 / np.linalg.eigvalsh(2 * design.T @ design / 7)[-1]
    slow = ref.gradient_descent(X, y, w, b, 0.95 * limit, 100)[2]
    fast = ref.gradient_descent(X, y, w, b, 1.05 * limit, 100)[2]
    assert slow[-1] < slow[0]
    assert fast[-1] > 10 * fast[0]


# The lecture's run --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_stochastic_gradient_descent_agrees_with_the_slow_twin(shape):
    case = problem(*shape, seed=7)
    for one, other in zip(
        ref.stochastic_gradient_descent(*case, 0.2, 5), slow_stochastic(*case, 0.2, 5), strict=True
    ):
        close(one, other)


def test_each_update_is_the_examples_share_of_the_gradient_of_the_half_mean():
    X, y, w, b = problem(1, 3, seed=8)
    twice_X, twice_y = np.vstack([X, X]), np.append(y, y)
    moved, _, _ = ref.stochastic_gradient_descent(X, y, w, b, 0.1, 1)
    close((w - moved) / 0.1, ref.mse_gradient(X, y, w, b)[0] / 2)
    # With twice the examples every update has half the size: two of them, the second from where the first led.
    first = w - 0.1 * (X[0] @ w + b - y[0]) * X[0] / 2
    first_b = b - 0.1 * (X[0] @ w + b - y[0]) / 2
    second = first - 0.1 * (X[0] @ first + first_b - y[0]) * X[0] / 2
    close(ref.stochastic_gradient_descent(twice_X, twice_y, w, b, 0.1, 1)[0], second)


def printed_run():
    points = np.loadtxt(DATA / "linear_regression_17.csv", delimiter=",", skiprows=1)
    trace = np.loadtxt(DATA / "lecture_trace.csv", delimiter=",", skiprows=1)
    assert points.shape == (17, 2)
    assert trace[:, 0].tolist() == list(range(50, 1001, 50))
    return points[:, :1], points[:, 1], trace


def test_every_row_of_the_printed_run_is_met_within_a_millionth():
    X, y, trace = printed_run()
    w, b = trace[0, 2:3], trace[0, 3]
    assert abs(ref.half_mse(X, y, w, b) - trace[0, 1]) < 1e-6
    _, _, history = ref.stochastic_gradient_descent(X, y, w, b, 0.01, 950)
    np.testing.assert_allclose(history[49::50], trace[1:, 1], rtol=0, atol=1e-6)
    for _, cost, printed_w, printed_b in trace[1:]:
        w, b, history = ref.stochastic_gradient_descent(X, y, w, b, 0.01, 50)
        np.testing.assert_allclose([history[-1], w[0], b], [cost, printed_w, printed_b], rtol=0, atol=1e-6)


def test_no_other_reading_of_the_run_meets_it():
    """The whole gradient once an epoch, the mean's factor 2, or no 1/n: each misses the second row by far."""
    X, y, trace = printed_run()
    w, b, n = trace[0, 2:3], trace[0, 3], 17
    whole = ref.gradient_descent(X, y, w, b, 0.005, 50)
    doubled = ref.stochastic_gradient_descent(X, y, w, b, 0.02, 50)
    undivided = ref.stochastic_gradient_descent(X, y, w, b, 0.01 * n, 50)
    for other in (whole, doubled, undivided):
        assert abs(other[0][0] - trace[1, 2]) > 1e-5


def test_after_a_thousand_epochs_the_printed_cost_is_not_yet_the_least():
    X, y, trace = printed_run()
    least = ref.half_mse(X, y, *ref.least_squares(X, y))
    assert trace[-1, 1] > 1.14 * least


# Edges and purity ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("descent", [ref.gradient_descent, ref.stochastic_gradient_descent])
def test_no_steps_leave_the_start(descent):
    X, y, w, b = problem(5, 2, seed=9)
    got_w, got_b, history = descent(X, y, w, b, 0.1, 0)
    assert got_w.tolist() == w.tolist()
    assert got_b == b
    assert history.shape == (0,)


def test_no_function_changes_its_inputs():
    X, y, w, b = problem(6, 3, seed=10)
    for array in (X, y, w):
        array.setflags(write=False)  # a write in place raises
    ref.predict(X, w, b), ref.mse(X, y, w, b), ref.mse_gradient(X, y, w, b), ref.half_mse(X, y, w, b)
    ref.minibatch_gradient(X, y, w, b, np.array([0, 2])), ref.least_squares(X, y)
    ref.gradient_descent(X, y, w, b, 0.1, 3), ref.stochastic_gradient_descent(X, y, w, b, 0.1, 3)


def test_integer_data_and_starts_give_float_results():
    X, y, w = np.array([[1, -2], [0, 3]]), np.array([0, 1]), np.array([1, 2])
    floats = X.astype(float), y.astype(float), w.astype(float), 1.0
    for function, rest in (
        (ref.mse_gradient, ()),
        (ref.gradient_descent, (0.1, 3)),
        (ref.stochastic_gradient_descent, (0.1, 3)),
    ):
        for one, other in zip(function(X, y, w, 1, *rest), function(*floats, *rest), strict=True):
            close(one, other)


def test_the_public_names_are_these():
    assert set(ref.__all__) == {
        *("predict", "mse", "mse_gradient", "minibatch_gradient", "gradient_descent"),
        *("half_mse", "stochastic_gradient_descent", "least_squares"),
    }
    assert all(callable(getattr(ref, name)) for name in ref.__all__)
