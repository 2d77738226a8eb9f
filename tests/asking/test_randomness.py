"""Samplers in many clothes: whatever they draw and in which order, the distribution decides."""

from __future__ import annotations

import pytest

from tests.asking.answering import failed, graded, told

RIGHT = {
    "a die of choice": "def throws(n, rng):\n    return rng.choice(np.arange(1, 7), n)",
    "a die of ceilings": "def throws(n, rng):\n    return np.ceil(6 * (1 - rng.random(n)))",
    "a die thrown one by one": (
        "def throws(n, rng):\n    result = []\n    for _ in range(n):\n"
        "        result.append(int(rng.integers(1, 6, endpoint=True)))\n    return result"
    ),
    "a die of every second number": "def throws(n, rng):\n    return rng.integers(1, 7, size=2 * n)[::2]",
    "a die by rejection": (
        "def throws(n, rng):\n    kept = []\n    while len(kept) < n:\n        bits = int(rng.integers(8))\n"
        "        if 1 <= bits <= 6: kept.append(bits)\n    return np.array(kept)"
    ),
    "a die of its generator's child": (
        "def throws(n, rng):\n    child = np.random.default_rng(rng.integers(2**63))\n"
        "    return child.integers(1, 7, n)"
    ),
    "a die of spawned generators": "def throws(n, rng):\n    return rng.spawn(1)[0].integers(1, 7, size=n)",
    "exponential of log": "def exponential(rate, n, rng):\n    return np.log(1 / (1 - rng.random(n))) / rate",
    "exponential in a loop": (
        "import math\ndef exponential(rate, n, rng):\n"
        "    return [-math.log(1.0 - rng.random()) / rate for i in range(n)]"
    ),
    "exponential in float32": (
        "def exponential(rate, n, rng):\n    u = rng.random(n, dtype=np.float32)\n"
        "    return (-np.log1p(-u) / rate).astype(np.float32)"
    ),
    "exponential of chi squared": (
        "def exponential(rate, n, rng):\n    a, b = rng.normal(size=(2, n))\n    return (a**2 + b**2) / (2 * rate)"
    ),
    "split by shuffling": (
        "def split(n, size, rng):\n    i = np.arange(n)\n    rng.shuffle(i)\n    return i[:-size], i[-size:]"
    ),
    "split by sets": (
        "def split(n, size, rng):\n    rest, test = list(range(n)), []\n    for _ in range(size):\n"
        "        test.append(rest.pop(rng.integers(len(rest))))\n    return np.array(rest), np.array(test)"
    ),
    "split by a mask": (
        "def split(n, size, rng):\n    mask = np.zeros(n, bool)\n"
        "    mask[rng.choice(n, size, replace=False)] = True\n"
        "    return np.flatnonzero(~mask), np.flatnonzero(mask)"
    ),
    "bootstrap of choice": "def bootstrap_means(x, count, rng):\n    return rng.choice(x, (count, len(x))).mean(1)",
    "bootstrap by counts": (
        "def bootstrap_means(x, count, rng):\n"
        "    return rng.multinomial(len(x), np.full(len(x), 1 / len(x)), size=count) @ x / len(x)"
    ),
    "walk in a loop": (
        "def walk(n):\n    at, path = 0, []\n    for u in np.random.rand(n):\n"
        "        at += -1 if u < 0.5 else 1\n        path.append(at)\n    return path"
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_samplers_pass(name):
    result = graded("randomness", RIGHT[name])
    assert failed(result) == [], told(result)


EXPONENTIAL = "def exponential(rate, n, rng):\n    return "
WRONG = {
    "rounded numbers": ("def throws(n, rng):\n    return np.rint(1 + 5 * rng.random(n))", "too often or too rarely"),
    "one face too many": ("def throws(n, rng):\n    return rng.integers(1, 8, n)", "goes one beyond the last value"),
    "zero as well": ("def throws(n, rng):\n    return rng.integers(0, 7, n)", "begins one before the first value"),
    "in turn": ("def throws(n, rng):\n    return (np.arange(n) + rng.integers(6)) % 6 + 1", "not drawn independently"),
    "each face twice": ("def throws(n, rng):\n    return rng.integers(1, 7, (n + 1) // 2).repeat(2)[:n]",
                        "changes too rarely"),
    "from np.random": ("def throws(n, rng):\n    return np.random.randint(1, 7, n)",
                       "something else for a generator in the same state"),
    "seeded inside": ("def throws(n, rng):\n    return np.random.default_rng(42).integers(1, 7, n)",
                      "the same whatever generator it gets"),
    "remembers": ("seen = {}\ndef throws(n, rng):\n    if n not in seen: seen[n] = rng.integers(1, 7, n)\n"
                  "    return seen[n]", "the same whatever generator it gets"),
    "the scale": (EXPONENTIAL + "rng.exponential(rate, n)", "Is a rate taken for a scale"),
    "uniform": (EXPONENTIAL + "rng.random(n) * 2 / rate", "its form is another"),
    "logarithm to base 10": (EXPONENTIAL + "-np.log10(1 - rng.random(n)) / rate", "too small by a factor"),
    "one number": (EXPONENTIAL + "np.full(n, -np.log(1 - rng.random()) / rate)", "repeats values"),
    "a table of quantiles": (EXPONENTIAL + "rng.choice(-np.log(1 - np.arange(100) / 100), n) / rate",
                             "repeats values"),
    "sorted": (EXPONENTIAL + "np.sort(-np.log(1 - rng.random(n)) / rate)", "not drawn independently"),
    "nan": (EXPONENTIAL + "np.log(-rng.random(n)) / rate", "some are nan"),
    "a neighbouring pair": ("def split(n, size, rng):\n    i = np.roll(np.arange(n), rng.integers(n))\n"
                            "    return i[size:], i[:size]", "of the 10 rows that it should have"),
    "never the first": ("def split(n, size, rng):\n    test = 1 + rng.choice(n - 1, size, replace=False)\n"
                        "    return np.setdiff1d(np.arange(n), test), test", "of the 10 rows that it should have"),
    "with replacement": ("def split(n, size, rng):\n    test = rng.integers(0, n, size)\n"
                         "    return np.setdiff1d(np.arange(n), test), test", "has shape"),
    "a normal distribution": ("def bootstrap_means(x, count, rng):\n"
                              "    return rng.normal(x.mean(), x.std() / np.sqrt(len(x)), count)",
                              "none of those it should have"),
    "one index short": ("def bootstrap_means(x, count, rng):\n"
                        "    return x[rng.integers(0, len(x), (count, len(x) - 1))].mean(axis=1)",
                        "none of those it should have"),
    "another order of draws": ("def walk(n):\n    return np.cumsum([1 if np.random.rand() < 0.5 else -1\n"
                               "                      for _ in range(n)])", "The sign is wrong throughout"),
    "its own seed": ("def walk(n):\n    np.random.seed(1)\n"
                     "    return np.cumsum(np.where(np.random.rand(n) < 0.5, -1, 1))", "walk(40) is wrong"),
    "Python's generator": ("import random\ndef walk(n):\n"
                           "    return np.cumsum([-1 if random.random() < 0.5 else 1 for _ in range(n)])",
                           "walk(40) is wrong"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_samplers_are_told_what_is_wrong(name):
    answer, says = WRONG[name]
    result = graded("randomness", answer)
    assert failed(result)
    assert says in told(result)
