"""Minibatches: an epoch's examples in random order, a few at a time.

Source: lecture rows L2 and L14.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["minibatches"]

Array = NDArray[Any]


def minibatches(X: Array, y: Array, batch_size: int, rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Return one epoch's minibatches: every example once, in random order, with its own label.

    The conventions, which are those of `reference.softmax.train`: ``rng`` is used for one thing,
    ``order = rng.permutation(N)``; the minibatches are the consecutive slices of ``order`` of ``batch_size``
    examples, the last of them shorter where ``batch_size`` does not divide N (all N at once where it exceeds N).
    Many libraries can be told to drop a short last one.

    Shapes: X (N, D), y (N,), batch_size m′ ≥ 1 → pairs of X (m′, D) and y (m′,), their dtypes kept. Source: L2.

    >>> X, y = np.array([[0.0], [10.0], [20.0]]), np.array([0, 1, 2])
    >>> minibatches(X, y, 2, np.random.default_rng(0))
    [(array([[20.],
           [ 0.]]), array([2, 0])), (array([[10.]]), array([1]))]
    """
    N = len(X)
    order = rng.permutation(N)
    batches = []
    for start in range(0, N, batch_size):
        batch = order[start : start + batch_size]
        batches.append((X[batch], y[batch]))
    return batches
