"""A softmax loss with its gradients, and a gradient that should fail, for tests of `check_gradient`."""

from __future__ import annotations

import numpy as np
import pytest

from grader import CheckFailed, check_gradient

__all__ = ["BY", "failure", "softmax_gradients", "softmax_loss", "softmax_problem"]

BY = {"dW": 2, "db": 3}


def failure(*arguments, **options) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check_gradient(*arguments, **options)
    assert len(str(caught.value)) <= 620
    return caught.value


def softmax_loss(X, y, W, b, l2):
    z = X @ W + b
    z = z - z.max(axis=1, keepdims=True)
    rows = np.arange(len(y))
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[rows, y]) + 0.5 * l2 * np.sum(W**2)


def softmax_gradients(X, y, W, b, l2):
    z = X @ W + b
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    p /= len(y)
    return X.T @ p + l2 * W, p.sum(axis=0)


def softmax_problem(seed=0):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(11, 5)), rng.integers(4, size=11)
    return X, y, rng.normal(size=(5, 4)), rng.normal(size=4), 0.3
