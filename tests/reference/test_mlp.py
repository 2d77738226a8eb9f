"""The reference's network against complex steps, scikit-learn and a slow twin in loops."""

import math

import numpy as np
import pytest
import sklearn.neural_network

from reference.mlp import mlp_loss
from reference.softmax import regularized_gradients, regularized_loss

EPS = np.finfo(float).eps
# Both sides do at most a few hundred roundings of numbers no larger than the scale given, each worth ε/2.
BOUND = 450 * EPS

SHAPES = [(1, 1, 1, 1), (1, 3, 4, 2), (5, 2, 3, 4), (7, 6, 2, 3), (12, 3, 10, 3)]


def problem(N, D, H, C, seed, scale=1.0):
    rng = np.random.default_rng([seed, N, D, H, C])
    params = {
        "W1": scale * rng.normal(size=(D, H)),
        "b1": rng.normal(size=H),
        "W2": scale * rng.normal(size=(H, C)),
        "b2": rng.normal(size=C),
    }
    return params, rng.normal(size=(N, D)), rng.integers(C, size=N)


def close(got, expected, scale=1.0):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    scale = max(scale, np.abs(expected).max(initial=0.0))
    np.testing.assert_allclose(got, expected, rtol=0, atol=BOUND * scale)


def complex_step(params, name, loss, h=1e-20):
    """The gradient by one parameter, exact to rounding; no step crosses a kink."""
    gradient = np.empty_like(params[name])
    for index in np.ndindex(gradient.shape):
        moved = params[name].astype(complex)
        moved[index] += 1j * h
        gradient[index] = np.imag(loss({**params, name: moved})) / h
    return gradient


def slow_loss(params, X, y, l2):
    """The definition, one number at a time; only for logits that exp can hold."""
    W1, b1, W2, b2 = (params[name].tolist() for name in ("W1", "b1", "W2", "b2"))
    total = 0.0
    for x, label in zip(X.tolist(), y.tolist(), strict=True):
        a = [max(0.0, sum(x[d] * W1[d][h] for d in range(len(x))) + b1[h]) for h in range(len(b1))]
        z = [sum(a[h] * W2[h][c] for h in range(len(a))) + b2[c] for c in range(len(b2))]
        total -= z[label] - math.log(sum(math.exp(v) for v in z))
    squares = sum(w * w for W in (W1, W2) for row in W for w in row)
    return total / len(y) + 0.5 * l2 * squares


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_loss_is_the_slow_twin(shape, l2):
    params, X, y = problem(*shape, seed=1)
    close(mlp_loss(params, X, y, l2)[0], slow_loss(params, X, y, l2))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("l2", "scale"), [(0.0, 1.0), (0.3, 1.0), (5.0, 1.0), (0.01, 100.0)])
def test_every_gradient_by_complex_step(shape, l2, scale):
    params, X, y = problem(*shape, seed=2, scale=scale)
    _, gradients = mlp_loss(params, X, y, l2)
    assert list(gradients) == ["W1", "b1", "W2", "b2"]
    # Logits are known to ε times their own size, and so is a probability; its error reaches dW1 times W2.
    largest = max(np.abs(X).max(), 1.0) * max(1.0, scale) ** 3 * 100
    for name in params:
        expected = complex_step(params, name, lambda moved: mlp_loss(moved, X, y, l2)[0])
        close(gradients[name], expected, largest)


def test_complex_step_sees_an_error_of_one_part_in_a_hundred_million():
    params, X, y = problem(5, 2, 3, 4, seed=2)
    expected = complex_step(params, "W1", lambda moved: mlp_loss(moved, X, y, 0.1)[0])
    with pytest.raises(AssertionError):
        close(mlp_loss(params, X, y, 0.1)[1]["W1"] * (1 + 1e-8), expected)


@pytest.mark.parametrize("l2", [0.0, 0.7])
def test_loss_and_gradients_agree_with_sklearns_network(l2):
    """Its own backpropagation, asked for one loss and gradient; its penalty is ½·alpha·ΣW²/N."""
    (params, X, y), (N, H, C) = problem(20, 4, 6, 3, seed=3), (20, 6, 3)
    network = sklearn.neural_network.MLPClassifier((H,), activation="relu", alpha=l2 * N, max_iter=1)
    with np.errstate(all="ignore"), pytest.warns(sklearn.exceptions.ConvergenceWarning):
        network.fit(X, np.arange(N) % C)
    network.coefs_ = [params["W1"].copy(), params["W2"].copy()]
    network.intercepts_ = [params["b1"].copy(), params["b2"].copy()]
    units = [X.shape[1], H, C]
    activations = [X, *(np.empty((N, n)) for n in units[1:])]
    deltas = [np.empty_like(a) for a in activations]
    coefs = [np.empty_like(c) for c in network.coefs_]
    intercepts = [np.empty_like(b) for b in network.intercepts_]
    arguments = (X, np.eye(C)[y], None, activations, deltas, coefs, intercepts)
    try:
        loss, dW, db = network._backprop(*arguments)
    except TypeError:  # before scikit-learn 1.7 there were no sample weights
        loss, dW, db = network._backprop(*arguments[:2], *arguments[3:])
    got, gradients = mlp_loss(params, X, y, l2)
    assert got == pytest.approx(loss, rel=1e-12)
    for name, expected in zip(("W1", "b1", "W2", "b2"), (dW[0], db[0], dW[1], db[1]), strict=True):
        np.testing.assert_allclose(gradients[name], expected, rtol=0, atol=1e-13)


def test_with_every_hidden_unit_open_the_network_is_linear():
    """Then it is the softmax classifier of problem set 1 on the hidden units, as far as W2 and b2 go."""
    params, X, y = problem(8, 3, 4, 3, seed=4)
    params["b1"] = params["b1"] + 50.0
    hidden = X @ params["W1"] + params["b1"]
    loss, gradients = mlp_loss(params, X, y, 0.0)
    close(loss, regularized_loss(hidden, y, params["W2"], params["b2"], 0.0), 100.0)
    dW, db = regularized_gradients(hidden, y, params["W2"], params["b2"], 0.0)
    close(gradients["W2"], dW, 100.0)
    close(gradients["b2"], db, 100.0)


def test_with_every_hidden_unit_shut_only_b2_learns():
    params, X, y = problem(8, 3, 4, 3, seed=5)
    params["b1"] = params["b1"] - 50.0
    _, gradients = mlp_loss(params, X, y, 0.0)
    assert gradients["b2"].any()
    assert not any(gradients[name].any() for name in ("W1", "b1", "W2"))


def test_logits_of_ten_thousand_neither_overflow_nor_cost_infinity():
    params, X, y = problem(6, 3, 4, 3, seed=6, scale=100.0)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss, gradients = mlp_loss(params, X, y, 0.1)
    assert np.isfinite(loss)
    assert all(np.isfinite(gradient).all() for gradient in gradients.values())


def test_nothing_given_is_changed_or_returned():
    params, X, y = problem(6, 3, 4, 3, seed=7)
    for array in (*params.values(), X, y):
        array.setflags(write=False)  # a write in place raises
    before = dict(params)
    _, gradients = mlp_loss(params, X, y, 0.1)
    assert params == before
    assert list(gradients) == list(params)
    for gradient in gradients.values():
        assert not any(np.shares_memory(gradient, array) for array in (*params.values(), X))
