"""The reference's layers against complex steps and a slow twin in loops."""

import numpy as np
import pytest

import reference.layers as ref

EPS = np.finfo(float).eps
# Sums of at most 30 products of numbers of order 1, in another order: 30 roundings and more, each of ε/2 · 10.
BOUND = 450 * EPS

SHAPES = [(1, 1, 1), (1, 3, 4), (5, 2, 3), (7, 6, 2), (4, 1, 1), (30, 8, 10), (3, 3, 3)]


def problem(N, D, H, seed):
    rng = np.random.default_rng([seed, N, D, H])
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H), rng.normal(size=(N, H))


def close(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(
        got, expected, rtol=0, atol=BOUND * max(1.0, np.abs(expected).max(initial=0.0))
    )


def complex_step(f, x, h=1e-20):
    """Exact to rounding: no difference is taken, so nothing cancels."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        gradient[index] = np.imag(f(moved)) / h
    return gradient


@pytest.mark.parametrize("shape", SHAPES)
def test_affine_forward_is_the_slow_twin(shape):
    X, W, b, _ = problem(*shape, seed=1)
    N, D, H = shape
    expected = [[sum(X[i, d] * W[d, k] for d in range(D)) + b[k] for k in range(H)] for i in range(N)]
    close(ref.affine_forward(X, W, b), np.array(expected))


@pytest.mark.parametrize("shape", SHAPES)
def test_affine_backward_is_the_slow_twin(shape):
    """Every use of every number, one product at a time."""
    X, W, b, dZ = problem(*shape, seed=2)
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i, d, k in np.ndindex(*shape):
        dX[i, d] += dZ[i, k] * W[d, k]
        dW[d, k] += dZ[i, k] * X[i, d]
    for i, k in np.ndindex(dZ.shape):
        db[k] += dZ[i, k]
    for one, expected in zip(ref.affine_backward(dZ, X, W), (dX, dW, db), strict=True):
        close(one, expected)


@pytest.mark.parametrize("shape", SHAPES)
def test_affine_backward_by_complex_step(shape):
    """For the loss Σ dZ·Z, whose gradient by Z is dZ."""
    X, W, b, dZ = problem(*shape, seed=3)
    dX, dW, db = ref.affine_backward(dZ, X, W)
    close(dX, complex_step(lambda moved: (dZ * ref.affine_forward(moved, W, b)).sum(), X))
    close(dW, complex_step(lambda moved: (dZ * ref.affine_forward(X, moved, b)).sum(), W))
    close(db, complex_step(lambda moved: (dZ * ref.affine_forward(X, W, moved)).sum(), b))


def test_complex_step_sees_an_error_of_one_part_in_a_hundred_million():
    X, W, b, dZ = problem(5, 2, 3, seed=3)
    expected = complex_step(lambda moved: (dZ * ref.affine_forward(X, moved, b)).sum(), W)
    with pytest.raises(AssertionError):
        close(ref.affine_backward(dZ, X, W)[1] * (1 + 1e-8), expected)


@pytest.mark.parametrize("shape", [(1, 1), (6, 4), (3,), (2, 3, 4), (0, 5)])
def test_relu_layer_by_complex_step(shape):
    rng = np.random.default_rng([4, *shape])
    Z, dA = rng.normal(size=shape), rng.normal(size=shape)
    np.testing.assert_array_equal(ref.relu_forward(Z), np.where(Z > 0, Z, 0.0))
    close(ref.relu_backward(dA, Z), complex_step(lambda moved: (dA * ref.relu_forward(moved)).sum(), Z))


def test_at_exactly_zero_relu_passes_nothing_back():
    assert ref.relu_backward(np.array([[2.0, -3.0]]), np.array([[0.0, -0.0]])).tolist() == [[0.0, 0.0]]


def test_what_relu_stops_is_zero_even_where_it_was_infinite():
    assert ref.relu_backward(np.array([np.inf, np.nan]), np.array([-1.0, -2.0])).tolist() == [0.0, 0.0]


def test_no_examples_have_gradients_of_zero():
    X, W, b, dZ = problem(0, 3, 2, seed=5)
    assert ref.affine_forward(X, W, b).shape == (0, 2)
    dX, dW, db = ref.affine_backward(dZ, X, W)
    assert dX.shape == (0, 3)
    assert not dW.any()
    assert not db.any()


def test_no_function_changes_its_inputs_or_returns_them():
    X, W, b, dZ = problem(4, 3, 2, seed=6)
    for array in (X, W, b, dZ):
        array.setflags(write=False)  # a write in place raises
    Z = ref.affine_forward(X, W, b)
    Z.setflags(write=False)
    for result in (*ref.affine_backward(dZ, X, W), ref.relu_forward(Z), ref.relu_backward(dZ, Z)):
        assert not any(np.shares_memory(result, array) for array in (X, W, b, dZ, Z))


def test_integers_give_the_same_as_floats():
    X, W, b = np.array([[1, -2], [0, 3]]), np.array([[1, 0], [2, -1]]), np.array([0, 1])
    close(ref.affine_forward(X, W, b), ref.affine_forward(X * 1.0, W * 1.0, b * 1.0))
    assert ref.relu_forward(X).dtype == float
    assert ref.relu_backward(np.ones((2, 2), int), X).dtype == float


def test_the_public_names_are_these():
    assert set(ref.__all__) == {"affine_forward", "affine_backward", "relu_forward", "relu_backward"}
