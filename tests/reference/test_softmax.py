"""The reference's softmax classifier against complex steps, scipy, scikit-learn and a slow twin in loops."""

import math

import numpy as np
import pytest
import scipy.special
import sklearn.linear_model
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.softmax as ref

EPS = np.finfo(float).eps
# Both sides of every comparison below do at most a few hundred roundings of numbers no larger than the scale
# given, each worth ε/2; 1e-13 allows 450 of them.
BOUND = 450 * EPS

SHAPES = [(1, 1, 1), (1, 3, 4), (5, 2, 3), (7, 6, 2), (4, 1, 1), (30, 8, 10)]


def problem(N, D, C, seed, scale=1.0):
    rng = np.random.default_rng([seed, N, D, C])
    X, y = rng.normal(size=(N, D)), rng.integers(C, size=N)
    return X, y, scale * rng.normal(size=(D, C)), rng.normal(size=C)


def close(got, expected, scale=None):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    scale = max(1.0, np.abs(expected).max(initial=0.0)) if scale is None else scale
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * scale)


def complex_step(f, x, h=1e-20):
    """Exact to rounding: no difference is taken, so nothing cancels."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        gradient[index] = np.imag(f(moved)) / h
    return gradient


def awkward_logits():
    """Batches that overflow, underflow, tie, or spread by more than exp can hold."""
    rng = np.random.default_rng(3)
    return {
        "ordinary": rng.normal(size=(6, 4)),
        "large": np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4]]),
        "wide within a row": np.array([[0.0, -2000.0, 2000.0], [750.0, 0.0, -750.0]]),
        "wide across rows": np.array([[1e4, 1e4 - 1.0], [-1e4, -1e4 + 2.0], [0.0, 1.0]]),
        "all equal": np.full((3, 5), 7.0),
        "one class": rng.normal(size=(4, 1)),
        "one example": rng.normal(size=(1, 6)),
    }


AWKWARD = awkward_logits()


# The slow twin ------------------------------------------------------------------------------------------


def slow_loss_and_gradients(X, y, W, b, l2):
    """The definition, one number at a time; only for logits that exp can hold."""
    (N, D), C = X.shape, len(b)
    loss, dW, db = 0.0, np.zeros((D, C)), np.zeros(C)
    for i in range(N):
        z = [sum(X[i, d] * W[d, k] for d in range(D)) + b[k] for k in range(C)]
        p = [math.exp(v) / sum(math.exp(u) for u in z) for v in z]
        loss -= math.log(p[y[i]]) / N
        for k in range(C):
            slope = (p[k] - (1.0 if k == y[i] else 0.0)) / N
            db[k] += slope
            for d in range(D):
                dW[d, k] += slope * X[i, d]
    for d in range(D):
        for k in range(C):
            loss += 0.5 * l2 * W[d, k] ** 2
            dW[d, k] += l2 * W[d, k]
    return loss, dW, db


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("l2", [0.0, 0.3, 20.0])
def test_loss_and_gradients_agree_with_the_slow_twin(shape, l2):
    X, y, W, b = problem(*shape, seed=1)
    loss, dW, db = slow_loss_and_gradients(X, y, W, b, l2)
    close(ref.regularized_loss(X, y, W, b, l2), loss)
    got_dW, got_db = ref.regularized_gradients(X, y, W, b, l2)
    close(got_dW, dW)
    close(got_db, db)


def test_the_twin_would_notice_a_wrong_factor_of_one_part_in_a_million():
    X, y, W, b = problem(5, 2, 3, seed=1)
    loss, dW, _ = slow_loss_and_gradients(X, y, W, b, 0.3)
    with pytest.raises(AssertionError):
        close(ref.regularized_loss(X, y, W, b, 0.3) * (1 + 1e-6), loss)
    nearly = ref.regularized_gradients(X, y, W, b, 0.3)[0]
    nearly[0, 0] += 1e-9
    with pytest.raises(AssertionError):
        close(nearly, dW)


# Independent oracles ------------------------------------------------------------------------------------


@pytest.mark.parametrize("z", AWKWARD.values(), ids=AWKWARD.keys())
def test_softmax_and_log_softmax_agree_with_scipy(z):
    close(ref.softmax(z), scipy.special.softmax(z, axis=1))
    # An exponent of 1e4 is itself only known to 1e4·ε, in either implementation.
    close(ref.log_softmax(z), scipy.special.log_softmax(z, axis=1))


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.integers(1, 9), st.floats(0, 5000), st.integers(0, 2**32 - 1))
def test_softmax_is_finite_positive_and_sums_to_one_whatever_the_logits(N, C, scale, seed):
    z = scale * np.random.default_rng(seed).normal(size=(N, C))
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        p = ref.softmax(z)
        loss = ref.cross_entropy(z, p.argmin(axis=1))
    assert ((p >= 0) & (p <= 1)).all()
    close(p.sum(axis=1), np.ones(N))
    close(p, scipy.special.softmax(z, axis=1))
    assert np.isfinite(loss)


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 1, 2), (40, 1, 7)])
def test_cross_entropy_agrees_with_sklearn_log_loss(shape):
    N, _, C = shape
    rng = np.random.default_rng([8, *shape])
    z, y = rng.normal(size=(N, C)), rng.integers(C, size=N)
    expected = sklearn.metrics.log_loss(y, scipy.special.softmax(z, axis=1), labels=np.arange(C))
    close(ref.cross_entropy(z, y), expected)


def test_a_wholly_wrong_sure_answer_costs_its_logit_and_not_infinity():
    assert ref.cross_entropy(np.array([[1e4, -1e4], [0.0, 0.0]]), np.array([1, 0])) == pytest.approx(
        (2e4 + math.log(2)) / 2, rel=BOUND
    )


def test_gradient_at_the_lectures_probabilities_with_either_class_right():
    z = np.log(np.array([[0.6, 0.3, 0.1]]))
    close(ref.cross_entropy_gradient(z, np.array([1])), [[0.6, -0.7, 0.1]])
    close(ref.cross_entropy_gradient(z, np.array([0])), [[-0.4, 0.3, 0.1]])


def test_one_class_is_certain_costs_nothing_and_has_no_slope():
    z, y = AWKWARD["one class"], np.zeros(4, dtype=int)
    assert (ref.softmax(z) == 1).all()
    assert ref.cross_entropy(z, y) == 0
    assert (ref.cross_entropy_gradient(z, y) == 0).all()


def test_full_batch_training_reaches_the_minimum_that_sklearn_finds():
    X, y, _, _ = problem(60, 3, 4, seed=5)
    # scikit-learn minimises Σ L_i + ‖W‖²/(2·strength): ours times N, so strength = 1/(λN). Biases are out.
    solver = sklearn.linear_model.LogisticRegression(C=1 / (0.1 * len(X)), tol=1e-12, max_iter=10_000)
    solver.fit(X, y)
    W, b, history = ref.train(X, y, 4, 0.8, 3000, len(X), 0.1, np.random.default_rng(0))
    # lbfgs stops at a gradient of 1e-12 or where float64 sees no progress: about the root of ε.
    np.testing.assert_allclose(W, solver.coef_.T, atol=1e-6)
    np.testing.assert_allclose(b - b.mean(), solver.intercept_ - solver.intercept_.mean(), atol=1e-6)
    at_solution = ref.regularized_loss(X, y, solver.coef_.T, solver.intercept_, 0.1)
    assert history[-1] == pytest.approx(at_solution, abs=1e-12)


# Every gradient, by complex step ------------------------------------------------------------------------


@pytest.mark.parametrize("z", AWKWARD.values(), ids=AWKWARD.keys())
@pytest.mark.parametrize("label", ["first", "last", "spread"])
def test_cross_entropy_gradient_by_complex_step(z, label):
    N, C = z.shape
    y = {"first": np.zeros(N, int), "last": np.full(N, C - 1), "spread": np.arange(N) % C}[label]
    expected = complex_step(lambda moved: ref.cross_entropy(moved, y), z)
    close(ref.cross_entropy_gradient(z, y), expected)


@pytest.mark.parametrize("l2", [0.0, 0.7])
def test_l2_gradient_by_complex_step(l2):
    W = np.random.default_rng(2).normal(size=(3, 4))
    close(ref.l2_gradient(W, l2), complex_step(lambda moved: ref.l2_penalty(moved, l2), W))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("l2", "scale"), [(0.0, 1.0), (0.3, 1.0), (5.0, 1.0), (0.01, 300.0)])
def test_regularized_gradients_by_complex_step(shape, l2, scale):
    X, y, W, b = problem(*shape, seed=4, scale=scale)
    dW, db = ref.regularized_gradients(X, y, W, b, l2)
    # Logits as large as `largest` are known to largest·ε, and so are the probabilities.
    largest = max(1.0, np.abs(ref.logits(X, W, b)).max(), l2 * np.abs(W).max())
    close(dW, complex_step(lambda moved: ref.regularized_loss(X, y, moved, b, l2), W), largest)
    close(db, complex_step(lambda moved: ref.regularized_loss(X, y, W, moved, l2), b), largest)


def test_complex_step_sees_an_error_of_one_part_in_a_hundred_million():
    z, y = AWKWARD["ordinary"], np.arange(6) % 4
    expected = complex_step(lambda moved: ref.cross_entropy(moved, y), z)
    with pytest.raises(AssertionError):
        close(ref.cross_entropy_gradient(z, y) * (1 + 1e-8), expected)


# Prediction and accuracy --------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_predictions_are_the_most_probable_classes(shape):
    X, _, W, b = problem(*shape, seed=6)
    predicted = ref.predict(X, W, b)
    assert predicted.tolist() == [max(range(shape[2]), key=row.__getitem__) for row in X @ W + b]
    assert np.issubdtype(predicted.dtype, np.integer)


def test_of_equal_logits_the_first_class_is_predicted():
    assert ref.predict(np.ones((2, 1)), np.zeros((1, 3)), np.array([0.0, 4.0, 4.0])).tolist() == [1, 1]


def test_accuracy_agrees_with_sklearn():
    rng = np.random.default_rng(9)
    for N in (1, 2, 50):
        y, guess = rng.integers(3, size=N), rng.integers(3, size=N)
        assert ref.accuracy(y, guess) == pytest.approx(sklearn.metrics.accuracy_score(y, guess), rel=BOUND)


# Training -----------------------------------------------------------------------------------------------


def slow_train(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    """The same conventions, from the slow twin and Python lists."""
    W, b, history = np.zeros((X.shape[1], classes)), np.zeros(classes), []
    for _ in range(epochs):
        order = rng.permutation(len(X)).tolist()
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            _, dW, db = slow_loss_and_gradients(X[batch], y[batch], W, b, l2)
            W, b = W - learning_rate * dW, b - learning_rate * db
        history.append(slow_loss_and_gradients(X, y, W, b, l2)[0])
    return W, b, np.array(history)


@pytest.mark.parametrize("batch_size", [1, 3, 4, 12, 50])
@pytest.mark.parametrize("l2", [0.0, 0.2])
def test_training_agrees_with_the_slow_twin(batch_size, l2):
    X, y, _, _ = problem(12, 3, 4, seed=7)
    got = ref.train(X, y, 4, 0.3, 5, batch_size, l2, np.random.default_rng(11))
    expected = slow_train(X, y, 4, 0.3, 5, batch_size, l2, np.random.default_rng(11))
    for one, other in zip(got, expected, strict=True):
        close(one, other)


def test_training_history_is_pinned():
    """Numbers worked out once by the slow twin: a changed convention, in either, shows here."""
    X, y, _, _ = problem(12, 3, 4, seed=7)
    W, b, history = ref.train(X, y, 4, 0.3, 4, 5, 0.05, np.random.default_rng(11))
    np.testing.assert_allclose(
        history, [1.3168902238002549, 1.2647787077387396, 1.239205401117786, 1.2154336753027946], rtol=1e-12
    )
    np.testing.assert_allclose(
        b, [-0.10252929436310979, -0.10521884763512988, 0.2384901662668898, -0.030742024268650123], rtol=1e-11
    )
    close(W.sum(axis=1), np.zeros(3))  # each row of ∂L/∂z sums to 0, and W starts at 0


def test_training_draws_one_permutation_an_epoch_and_nothing_else():
    X, y, _, _ = problem(12, 3, 4, seed=7)
    used, expected = np.random.default_rng(11), np.random.default_rng(11)
    ref.train(X, y, 4, 0.3, 3, 5, 0.0, used)
    for _ in range(3):
        expected.permutation(12)
    assert used.bit_generator.state == expected.bit_generator.state


def test_full_batch_descent_lowers_the_loss_every_epoch():
    X, y, _, _ = problem(40, 3, 4, seed=7)
    history = ref.train(X, y, 4, 0.1, 30, 40, 0.01, np.random.default_rng(0))[2]
    assert history.shape == (30,)
    assert history[0] < math.log(4)
    assert (np.diff(history) < 0).all()


def test_no_epochs_leave_the_start():
    W, b, history = ref.train(np.ones((2, 3)), np.array([0, 1]), 2, 0.1, 0, 1, 0.0, np.random.default_rng(0))
    assert W.shape == (3, 2)
    assert not W.any()
    assert not b.any()
    assert history.shape == (0,)


# Purity -------------------------------------------------------------------------------------------------


def test_no_function_changes_its_inputs():
    X, y, W, b = problem(6, 3, 4, seed=12)
    z = ref.logits(X, W, b)
    for array in (X, y, W, b, z):
        array.setflags(write=False)  # a write in place raises
    ref.softmax(z), ref.log_softmax(z), ref.cross_entropy(z, y), ref.cross_entropy_gradient(z, y)
    ref.l2_penalty(W, 0.1), ref.l2_gradient(W, 0.1), ref.predict(X, W, b), ref.accuracy(y, y)
    ref.regularized_loss(X, y, W, b, 0.1), ref.regularized_gradients(X, y, W, b, 0.1)
    ref.train(X, y, 4, 0.1, 2, 4, 0.1, np.random.default_rng(0))


def test_results_share_no_memory_with_the_inputs():
    X, y, W, b = problem(6, 3, 4, seed=12)
    z = X @ W + b
    for result in (
        ref.softmax(z),
        ref.log_softmax(z),
        ref.cross_entropy_gradient(z, y),
        ref.l2_gradient(W, 1.0),
    ):
        assert not np.shares_memory(result, z)
        assert not np.shares_memory(result, W)


def test_integer_data_give_float_results():
    X, y = np.array([[1, -2], [0, 3]]), np.array([0, 1])
    W, b = np.array([[1, 0], [2, -1]]), np.array([0, 1])
    as_floats = (X.astype(float), y, W.astype(float), b.astype(float))
    close(ref.regularized_loss(X, y, W, b, 1), ref.regularized_loss(*as_floats, 1.0))
    close(ref.regularized_gradients(X, y, W, b, 1)[0], ref.regularized_gradients(*as_floats, 1.0)[0])


def test_the_public_names_are_these():
    assert set(ref.__all__) == {
        *("logits", "softmax", "log_softmax", "cross_entropy", "cross_entropy_gradient", "l2_penalty"),
        *("l2_gradient", "regularized_loss", "regularized_gradients", "predict", "accuracy", "train"),
    }
    assert all(callable(getattr(ref, name)) for name in ref.__all__)
