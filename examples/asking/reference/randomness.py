"""Randomness: samplers that draw from the generator they are given, and a walk that draws from the global one."""

import numpy as np


def throws(n, rng):
    """Return n throws of a fair die (n,), drawn from rng."""
    return rng.integers(1, 7, size=n)


def exponential(rate, n, rng):
    """Return n draws (n,) from the exponential distribution with mean 1/rate, by inversion."""
    return -np.log1p(-rng.random(n)) / rate


def split(n, size, rng):
    """Return the indices of a random training set (n - size,) and of a test set (size,) of n examples."""
    order = rng.permutation(n)
    return order[size:], order[:size]


def bootstrap_means(x, count, rng):
    """Return the means (count,) of that many bootstrap samples of x (N,)."""
    drawn = rng.integers(0, len(x), size=(count, len(x)))
    return x[drawn].mean(axis=1)


def walk(n):
    """Return the positions (n,) of a random walk after each of n steps; its steps follow from np.random.rand(n)."""
    steps = np.where(np.random.rand(n) < 0.5, -1, 1)
    return np.cumsum(steps)
