"""Unbalanced classes: weights for them, and more examples of the rarer ones, repeated or synthetic.

Notation: X (N, D) one example per row, y (N,) integer labels from 0. Where an answer is random, the draws from
``rng`` are part of the contract, so that two correct implementations give the same numbers.

Source: lecture row L18.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["class_weights", "oversample", "synthesize"]

Array = NDArray[np.float64]
Labels = NDArray[np.integer]


def class_weights(y: Labels, classes: int) -> Array:
    """Return a weight for every class that makes all classes count the same in a weighted mean.

    w_c = n/(k·n_c), with n examples in all, n_c of class c, and k classes: the examples of each class
    together weigh n/k. A class without examples gets the weight 0 and still counts in k. These are
    scikit-learn's "balanced" weights, where every class has an example.

    Shapes: y (N,) integers 0 … classes−1 → (classes,). Source: L18.

    >>> class_weights(np.array([0, 0, 0, 1]), 2).round(4)
    array([0.6667, 2.    ])
    """
    count = np.bincount(y, minlength=classes)
    weights = np.zeros(classes)
    np.divide(len(y) / classes, count, out=weights, where=count > 0)
    return weights


def oversample(X: Array, y: Labels, rng: np.random.Generator) -> tuple[Array, Labels]:
    """Repeat random examples of the rarer classes until every class has as many as the largest.

    The given examples come first, in their order. Then come, for each class that occurs, in ascending order, its
    extra examples, drawn with replacement from its own. The draws: one
    ``rng.integers(n_c, size=largest − n_c)`` a class that lacks some, as places in the ascending list of the
    class's examples (which is what ``rng.choice`` of that list draws, too).

    Shapes: X (N, D), y (N,) → (X' (N', D), y' (N',)) with N' = largest · number of classes that occur.
    Source: L18.

    >>> X, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 1, 0, 0])
    >>> X_new, y_new = oversample(X, y, np.random.default_rng(0))
    >>> X_new[:, 0], y_new
    (array([1., 2., 3., 4., 2., 2.]), array([0, 1, 0, 0, 1, 1]))
    """
    labels, counts = np.unique(y, return_counts=True)
    chosen = [np.arange(len(y))]
    for label in labels:
        own = np.flatnonzero(y == label)
        lacks = counts.max() - len(own)
        chosen.append(own[rng.integers(len(own), size=lacks)])  # size 0 draws nothing
    places = np.concatenate(chosen)
    return X[places], y[places]


def synthesize(X: Array, count: int, k: int, rng: np.random.Generator) -> Array:
    """Make new examples of a class, each between one of its examples and a near neighbour of that example.

    new = x_i + u·(x_j − x_i), with i a random example, j one of its k nearest neighbours in Euclidean distance,
    and u uniform in [0, 1), one number for all features (SMOTE: Chawla et al., 2002). An example is not its own
    neighbour; another one in the same place is. Equally distant neighbours may come in any order.

    The draws, in this order: ``rng.integers(N, size=count)`` for i; ``rng.integers(k, size=count)`` for the
    neighbour, 0 being the nearest; ``rng.random(count)`` for u.

    Shapes: X (N, D), the examples of one class, real or signed integers → (count, D); 1 ≤ k ≤ N − 1. Source: L18.

    >>> synthesize(np.array([[0.0, 0.0], [1.0, 2.0], [9.0, 9.0]]), 3, 1, np.random.default_rng(0)).round(3)
    array([[8.672, 8.713],
           [0.983, 1.967],
           [0.187, 0.373]])
    """
    distance = np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance)
    i = rng.integers(len(X), size=count)
    j = nearest[i, rng.integers(k, size=count)]
    u = rng.random(count)
    step = u[:, None] * (X[j] - X[i])
    return X[i] + step
