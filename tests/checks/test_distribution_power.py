"""How wrong a sampler has to be so that it is caught: the table of the page "What you can ask" is right."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from grader import CheckFailed, check_distribution
from grader.checks import distributions
from grader.checks.distributions import ERROR

PAGE = Path(__file__).parents[2] / "docs" / "asking.md"
ROW = re.compile(
    r"^\| ([\d,]+) \| ([\d.]+) \| ([\d.]+) deviations \| ([\d.]+) \| ([\d.]+) instead of 1/6 \|$",
    re.MULTILINE,
)
ROWS = [
    tuple(float(cell.replace(",", "")) for cell in row)
    for row in ROW.findall(PAGE.read_text(encoding="utf-8"))
]
MISSED = 1e-3
GRID = np.linspace(-9, 9, 40_001)
erf = np.vectorize(math.erf)


def normal(x):
    return 0.5 * (1 + erf(np.asarray(x) / math.sqrt(2)))


def divergence(p, q):
    return p * math.log(p / q) + (1 - p) * math.log((1 - p) / (1 - q))


def test_the_page_has_a_row_for_each_number_of_draws():
    assert [row[0] for row in ROWS] == [1_000, 10_000, 100_000]


@pytest.mark.parametrize(("draws", "distance", "shift", "spread", "face"), ROWS)
def test_the_table_follows_from_the_bounds(draws, distance, shift, spread, face):
    """What is that far away exceeds the bound but with the probability `MISSED`, by the same two inequalities."""
    bound = math.sqrt(math.log(4 / (ERROR / 2)) / (2 * draws))
    needed = bound + math.sqrt(math.log(2 / MISSED) / (2 * draws))
    assert distance == pytest.approx(needed, rel=0.03)
    right = normal(GRID)
    for wrong in (normal(GRID - shift), normal(GRID / spread)):
        assert 0.97 * needed < np.abs(wrong - right).max() < 1.1 * needed
    limit = math.log(2 * 6 / (ERROR / 2)) / draws
    least = min(p for p in np.linspace(1 / 6, 0.5, 100_001)[1:] if divergence(p, 1 / 6) > limit)
    assert draws * divergence(least, face) > 0.95 * math.log(1 / MISSED)


@pytest.mark.parametrize(("draws", "distance", "shift", "spread", "face"), ROWS[:2])
def test_what_the_table_says_is_caught(draws, distance, shift, spread, face):
    rng, n = np.random.default_rng(0), int(draws)
    die = dict.fromkeys(range(1, 7), 1 / 6)
    for _ in range(50):
        loaded = rng.choice(6, size=n, p=[face, *[(1 - face) / 5] * 5]) + 1
        for drawn, expected in (
            (rng.normal(1.1 * shift, 1, n), normal),
            (rng.normal(0, 1.1 * spread, n), normal),
            (loaded, die),
        ):
            with pytest.raises(CheckFailed):
                check_distribution(drawn, expected)


def failures(draw, expected, error, rounds, **how) -> int:
    rng, failed = np.random.default_rng(1), 0
    for _ in range(rounds):
        try:
            check_distribution(draw(rng), expected, error=error, **how)
        except CheckFailed:
            failed += 1
    return failed


RIGHT = {
    "continuous": (lambda rng: rng.normal(size=300), normal, {}),
    "discrete": (lambda rng: rng.integers(1, 7, size=300), dict.fromkeys(range(1, 7), 1 / 6), {}),
    "skewed": (lambda rng: rng.binomial(2, 0.3, size=300), {0: 0.49, 1: 0.42, 2: 0.09}, {}),
    "columns": (lambda rng: rng.normal(size=(300, 2)), [normal, normal], {}),
    "correlated": (
        lambda rng: rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], size=300),
        [normal, normal], {"correlation": [[1, 0.8], [0.8, 1]]},
    ),
    "rows": (lambda rng: rng.integers(0, 2, size=(300, 2)),
             {(a, b): 0.25 for a in (0, 1) for b in (0, 1)}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_sampler_fails_no_more_often_than_stated(name):
    """At rates that can be seen: each bound holds for every rate, and so for 10⁻⁹."""
    draw, expected, how = RIGHT[name]
    for error in (0.3, 0.05):
        assert failures(draw, expected, error, 400, **how) <= error * 400


def test_the_parts_of_the_error_are_used_and_not_only_stated(monkeypatch):
    """With a bound of half the size, right samplers fail far more often than stated, so the test above can fail."""
    distance = distributions._distance
    monkeypatch.setattr(distributions, "_distance", lambda draws, function: 2 * distance(draws, function))
    assert failures(*RIGHT["continuous"][:2], 0.3, 200) > 0.3 * 200


WRONG = {
    "columns that depend on each other": (
        lambda rng: rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], size=10_000), [normal, normal], {},
        "columns 0 and 1 of draws are not independent",
    ),
    "columns without their correlation": (
        lambda rng: rng.normal(size=(10_000, 2)), [normal, normal], {"correlation": [[1, 0.8], [0.8, 1]]},
        "not correlated as they should be",
    ),
    "a wrong column": (
        lambda rng: rng.normal(size=(10_000, 2)) * [1, 2], [normal, normal], {}, "column 1 of draws is not drawn",
    ),
    "rows with replacement": (
        lambda rng: rng.integers(0, 3, size=(1_000, 2)),
        {(a, b): 1 / 6 for a in range(3) for b in range(3) if a != b}, {}, "Is it drawn with replacement?",
    ),
    "no rows": (lambda rng: rng.normal(size=1_000), [normal, normal], {}, "should have 2 columns"),
    "twice the same sample": (
        lambda rng: np.tile(rng.normal(size=5_000), 2), normal, {}, "repeats values",
    ),
    "the variance": (
        lambda rng: rng.normal(0, 9, size=10_000), lambda x: normal(np.asarray(x) / 3), {},
        "Is the variance taken for the standard deviation?",
    ),
    "the deviation": (
        lambda rng: rng.normal(0, 3**0.5, size=10_000), lambda x: normal(np.asarray(x) / 3), {},
        "Is the standard deviation taken for the variance?",
    ),
    "where the function is not defined": (
        lambda rng: rng.normal(size=1_000), lambda x: np.sqrt(np.clip(x, None, 1)), {}, "not drawn from the right",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_draws_are_told(name):
    draw, expected, how, says = WRONG[name]
    with pytest.raises(CheckFailed, match=says.replace("?", r"\?")):
        check_distribution(draw(np.random.default_rng(2)), expected, **how)
