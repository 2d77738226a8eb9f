"""Right answers in other styles; most draw other numbers than ours."""

import numpy as np

from grader import alternative


@alternative("throws")
def throws_by_choice(n, rng):
    return rng.choice([1, 2, 3, 4, 5, 6], size=n)


@alternative("throws")
def throws_one_by_one(n, rng):
    return [int(np.floor(6 * rng.random())) + 1 for _ in range(n)]


@alternative("exponential")
def exponential_of_u(rate, n, rng):
    u = rng.uniform(np.finfo(float).tiny, 1, size=n)
    return -(1 / rate) * np.log(u)


@alternative("split")
def split_by_choice(n, size, rng):
    test = rng.choice(n, size, replace=False)
    return np.setdiff1d(np.arange(n), test), test


@alternative("split")
def split_by_sorting(n, size, rng):
    order = np.argsort(rng.random(n))
    return list(order[: n - size]), list(order[n - size :])


@alternative("bootstrap_means")
def bootstrap_in_a_loop(x, count, rng):
    means = np.zeros(count)
    for i in range(count):
        means[i] = np.mean(rng.choice(x, size=x.size, replace=True))
    return means


@alternative("walk")
def walk_of_a_sign(n):
    u = np.random.rand(n)
    return np.add.accumulate(2 * (u >= 0.5).astype(int) - 1)
