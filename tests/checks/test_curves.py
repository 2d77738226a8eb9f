"""Curves of many points are judged fast, and as a slow twin judges them."""

import numpy as np
import pytest

from grader import check_curve
from grader.checks.curves import TOLERANCE, _on, _runs_along
from grader.errors import CheckFailed


def places(point, line):
    """Positions along ``line`` at which it passes through ``point``: every segment is looked at."""
    if len(line) == 1:
        return np.zeros(1) if np.abs(point - line[0]).max() <= TOLERANCE else np.empty(0)
    start, step = line[:-1], np.diff(line, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-300)
    fraction = np.clip(((point - start) * step).sum(axis=1) / length, 0, 1)
    on = np.flatnonzero(np.abs(start + fraction[:, None] * step - point).max(axis=1) <= TOLERANCE)
    return on + fraction[on]


def runs_along(line, other):
    at = 0.0
    for point in line:
        found = places(point, other)
        found = found[found >= at - 1e-6]
        if not len(found):
            return False
        at = max(at, found.min())
    return True


def random_pair(rng):
    """Two curves on a coarse grid, so that points repeat, segments stand upright, and many pairs are alike."""
    steps = rng.integers(0, 3, (rng.integers(1, 9), 2))
    line = (np.cumsum(steps, axis=0) if rng.random() < 0.7 else steps) / 4
    at = np.sort(rng.uniform(0, len(line) - 1, rng.integers(0, 6)))
    at = np.sort(np.concatenate([np.arange(len(line)), at, at[:2]]))
    other = np.column_stack([np.interp(at, np.arange(len(line)), axis) for axis in line.T])
    if rng.random() < 0.4:
        other[rng.integers(len(other))] += rng.choice([1e-10, 1e-8, 0.25])
    if rng.random() < 0.2:
        other[rng.integers(len(other)), rng.integers(2)] = rng.choice([np.nan, np.inf, 1e300])
    return line, other


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_fast_twin_agrees_with_the_slow_one():
    rng, verdicts = np.random.default_rng(5), set()
    for _ in range(600):
        pair = random_pair(rng)
        for line, other in (pair, pair[::-1]):
            right = runs_along(line, other)
            verdicts.add(right)
            assert _runs_along(line, other, TOLERANCE) == right, (line, other)
            np.testing.assert_array_equal(
                _on(line, other, TOLERANCE), [len(places(p, other)) > 0 for p in line]
            )
    assert verdicts == {True, False}


@pytest.mark.parametrize("shape", ["smooth", "upright", "zigzag"])
def test_a_long_curve_with_a_mistake_is_judged_by_its_end(shape):
    at = np.linspace(0, 1, 20_000)
    x, y = {"smooth": (at, at**3), "upright": (0 * at, at**2), "zigzag": (at, np.cos(30_000 * at))}[shape]
    wrong = y.copy()
    wrong[-1] += 0.25
    with pytest.raises(CheckFailed, match=r"1 of (its own )?20000 points"):
        check_curve((x, wrong), (x, y))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_point_that_is_not_finite_is_refused(bad):
    with pytest.raises(CheckFailed, match="nan or infinite"):
        check_curve(([0, bad], [0, 1]), ([0, 1], [0, 1]))
