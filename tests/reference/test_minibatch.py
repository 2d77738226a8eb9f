"""The reference's minibatches: every example once, in the order that the generator drew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference.minibatch as ref
import reference.softmax
from reference.minibatch import minibatches


def data(N, D=2):
    """Rows that can be told apart, each with a label that says which it is."""
    return np.arange(N * D, dtype=float).reshape(N, D), 100 + np.arange(N)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 40), st.integers(1, 50), st.integers(0, 2**32 - 1))
def test_every_example_comes_once_with_its_own_label(N, batch_size, seed):
    X, y = data(N)
    batches = minibatches(X, y, batch_size, np.random.default_rng(seed))
    seen = [label - 100 for _, labels in batches for label in labels]
    assert sorted(seen) == list(range(N))
    for rows, labels in batches:
        np.testing.assert_array_equal(rows, X[labels - 100])
    sizes = [len(labels) for _, labels in batches]
    assert sizes[:-1] == [batch_size] * (len(sizes) - 1)
    assert not sizes or 1 <= sizes[-1] <= batch_size


@pytest.mark.parametrize("batch_size", [1, 3, 4, 12, 50])
def test_the_order_is_one_permutation_cut_by_a_slow_twin(batch_size):
    X, y = data(12)
    order = np.random.default_rng(5).permutation(12).tolist()
    for rows, labels in minibatches(X, y, batch_size, np.random.default_rng(5)):
        taken, order = order[:batch_size], order[batch_size:]
        assert labels.tolist() == [y[i] for i in taken]
        assert rows.tolist() == [X[i].tolist() for i in taken]
    assert order == []


def test_one_permutation_is_drawn_and_nothing_else():
    used, expected = np.random.default_rng(3), np.random.default_rng(3)
    minibatches(*data(9), 4, used)
    expected.permutation(9)
    assert used.bit_generator.state == expected.bit_generator.state


def test_the_softmax_classifier_trains_on_the_same_minibatches():
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(11, 3)), rng.integers(4, size=11)
    expected = reference.softmax.train(X, y, 4, 0.3, 3, 4, 0.1, np.random.default_rng(2))[:2]
    W, b, order = np.zeros((3, 4)), np.zeros(4), np.random.default_rng(2)
    for _ in range(3):
        for rows, labels in minibatches(X, y, 4, order):
            dW, db = reference.softmax.regularized_gradients(rows, labels, W, b, 0.1)
            W, b = W - 0.3 * dW, b - 0.3 * db
    np.testing.assert_array_equal(W, expected[0])
    np.testing.assert_array_equal(b, expected[1])


def test_a_mean_over_the_minibatches_weighted_by_size_is_the_whole_gradient():
    """Why the lecture's g = (1/m′)∇Σ is an estimate of the full gradient; equal sizes need no weights."""
    rng = np.random.default_rng(1)
    X, y, w = rng.normal(size=(11, 3)), rng.normal(size=11), rng.normal(size=3)

    def gradient(rows, targets):
        return rows.T @ (rows @ w - targets) / len(targets)

    parts = [len(t) * gradient(r, t) for r, t in minibatches(X, y, 4, np.random.default_rng(0))]
    # 11 products and a sum of three, none above 10: a few tens of roundings.
    np.testing.assert_allclose(sum(parts) / 11, gradient(X, y), rtol=0, atol=1e-14)


def test_inputs_stay_and_dtypes_are_kept():
    X, y = np.arange(10, dtype=np.uint8).reshape(5, 2), np.arange(5, dtype=np.float32)
    X.setflags(write=False)
    y.setflags(write=False)
    for rows, labels in minibatches(X, y, 2, np.random.default_rng(0)):
        assert (rows.dtype, labels.dtype) == (np.uint8, np.float32)
        assert not np.shares_memory(rows, X)
        assert not np.shares_memory(labels, y)


def test_no_examples_make_no_minibatches():
    assert minibatches(np.zeros((0, 2)), np.zeros(0), 3, np.random.default_rng(0)) == []


def test_the_public_names_are_these():
    assert ref.__all__ == ["minibatches"]
