"""Random numbers: right samplers pass, wrong ones are caught, at a rate of error that is stated."""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader import CheckFailed, check_distribution
from grader.checks import distributions

N = 10_000
NORMAL = np.vectorize(lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2))))
FAIR = dict.fromkeys(range(1, 7), 1 / 6)


def uniform(x):
    return np.clip(x, 0, 1)


def exponential(x):
    return np.where(x > 0, -np.expm1(-np.maximum(x, 0)), 0.0)


def failure(draws, expected, **how) -> str:
    with pytest.raises(CheckFailed) as failed:
        check_distribution(draws, expected, name="draws", **how)
    return failed.value.summary


RIGHT = {
    "normal": (lambda rng: rng.normal(size=N), NORMAL),
    "normal by Box and Muller": (
        lambda rng: np.sqrt(-2 * np.log(rng.uniform(size=N))) * np.cos(2 * np.pi * rng.uniform(size=N)), NORMAL,
    ),
    "normal in float32": (lambda rng: rng.normal(size=N).astype(np.float32), NORMAL),
    "normal as a matrix": (lambda rng: rng.normal(size=(100, 100)), NORMAL),
    "normal as a list": (lambda rng: rng.normal(size=N).tolist(), NORMAL),
    "uniform": (lambda rng: rng.uniform(size=N), uniform),
    "uniform by the legacy generator": (lambda rng: np.random.RandomState(rng.integers(2**31)).rand(N), uniform),
    "exponential": (lambda rng: rng.exponential(size=N), exponential),
    "exponential by inversion": (lambda rng: -np.log1p(-rng.uniform(size=N)), exponential),
    "throws": (lambda rng: rng.integers(1, 7, size=N), FAIR),
    "throws as floats": (lambda rng: np.ceil(6 * rng.uniform(size=N)), FAIR),
    "a biased coin": (lambda rng: rng.uniform(size=N) < 0.3, {0: 0.7, 1: 0.3}),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("seed", range(20))
def test_right_samplers_pass(name, seed):
    draw, expected = RIGHT[name]
    check_distribution(draw(np.random.default_rng(seed)), expected)


WRONG = {
    "variance for deviation": (lambda rng: rng.normal(0, 2, size=N), NORMAL, "their spread is wrong"),
    "shifted": (lambda rng: rng.normal(0.2, 1, size=N), NORMAL, "their centre is wrong"),
    "both": (lambda rng: rng.normal(3, 2, size=N), NORMAL, "both their centre and their spread"),
    "uniform for normal": (lambda rng: rng.uniform(-1.7, 1.7, size=N), NORMAL, "not drawn from the right distribution"),
    "absolute": (lambda rng: np.abs(rng.normal(size=N)), NORMAL, "not drawn from the right distribution"),
    "heavy tails": (lambda rng: rng.standard_cauchy(size=N), NORMAL, "not drawn from the right distribution"),
    "the wrong sign": (lambda rng: -rng.exponential(size=N), exponential, "wrong sign"),
    "one draw again and again": (lambda rng: np.full(N, rng.normal()), NORMAL, "repeats values"),
    "few draws repeated": (lambda rng: np.tile(rng.normal(size=100), 100), NORMAL, "repeats values"),
    "sorted": (lambda rng: np.sort(rng.normal(size=N)), NORMAL,
    "draws is not drawn independently: from one to the next it changes too rarely. Is each drawn anew?"),
    "rounded": (lambda rng: np.round(rng.normal(size=N), 1), NORMAL, "are different. Are they rounded?"),
    "truncated": (lambda rng: rng.normal(size=N).astype(int), NORMAL, "are different. Are they rounded?"),
    "rounded in float32": (lambda rng: np.round(rng.normal(size=N).astype(np.float32), 2), NORMAL, "Are they rounded?"),
    "a small scale rounded": (
        lambda rng: np.round(rng.exponential(1e-6, size=N), 7), lambda x: exponential(x * 1e6), "Are they rounded?",
    ),
    "two draws again and again": (lambda rng: np.tile(rng.normal(size=2), N), NORMAL, "Is each drawn anew?"),
    "in float32 again and again": (
        lambda rng: np.tile(rng.normal(size=100).astype(np.float32), 100), NORMAL, "Is each drawn anew?",
    ),
    "nothing but 0": (lambda rng: np.zeros(N), NORMAL, "Is each drawn anew?"),
    "as large as can be": (lambda rng: np.tile([1e308, -1e308], N), NORMAL, "repeats values"),
    "some strange": (
        lambda rng: rng.choice([1, 2, 3.5], N), FAIR, "has values that are none of those it should have, 34% of all.",
    ),
    "all strange": (
        lambda rng: rng.choice([0.5, 3.5], N), FAIR, "has values that are none of those it should have, all of them.",
    ),
    "one strange": (
        lambda rng: np.append(rng.integers(1, 7, N - 1), 2.5), FAIR, "it should have, 0.01% of all.",
    ),
    "nearly all strange": (
        lambda rng: np.append(np.full(N - 1, 2.5), 1), FAIR, "it should have, 99% of all.",
    ),
    "a walk": (lambda rng: _chain(rng, 0.5), NORMAL, "too rarely"),
    "alternating": (lambda rng: _chain(rng, -0.5), NORMAL, "too often"),
    "the last face left out": (lambda rng: rng.integers(1, 6, size=N), FAIR, "Is the last one left out?"),
    "from 0": (lambda rng: rng.integers(0, 6, size=N), FAIR, "one too small: does it begin one too early?"),
    "a loaded die": (lambda rng: rng.choice(6, size=N, p=[0.1, 0.1, 0.1, 0.1, 0.1, 0.5]) + 1, FAIR,
    "too often or too rarely"),
    "a fair coin": (lambda rng: rng.integers(0, 2, size=N), {0: 0.7, 1: 0.3}, "each value equally often"),
    "nan": (lambda rng: np.full(N, np.nan), NORMAL, "some are nan"),
    "few": (lambda rng: rng.normal(size=5), NORMAL, "too few draws"),
    "None": (lambda rng: None, NORMAL, "draws is None"),
}  # fmt: skip


def _chain(rng, share):
    noise = rng.normal(size=N) * math.sqrt(1 - share**2)
    for place in range(1, N):
        noise[place] += share * noise[place - 1]
    return noise


@pytest.mark.parametrize("name", WRONG)
def test_wrong_samplers_are_caught_with_a_sentence(name):
    draw, expected, says = WRONG[name]
    assert says in failure(draw(np.random.default_rng(1)), expected)


def test_the_stated_rate_bounds_how_often_a_right_sampler_fails():
    """At a rate that can be seen, since 10⁻⁹ cannot."""
    rng, failed = np.random.default_rng(0), 0
    for _ in range(2_000):
        try:
            check_distribution(rng.uniform(size=200), uniform, error=0.1)
        except CheckFailed:
            failed += 1
    assert 0 < failed < 0.1 * 2_000


def test_the_default_rate_is_one_in_a_thousand_million():
    assert distributions.ERROR == 1e-9


def test_an_object_with_a_distribution_function_will_do():
    class Uniform:
        cdf = staticmethod(uniform)

    check_distribution(np.random.default_rng(0).uniform(size=N), Uniform())


def test_an_author_is_told_of_probabilities_that_do_not_add_up():
    with pytest.raises(ValueError, match=r"add up to 0\.9, not to 1"):
        check_distribution(np.ones(N), {0: 0.4, 1: 0.5})
    with pytest.raises(ValueError, match="between 0 and 1"):
        check_distribution(np.ones(N), uniform, error=2)
