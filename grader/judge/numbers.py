"""A mistake's free number, found from what it gave."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

__all__ = ["numbers_for"]

GRID = (1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 1e-2, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1e4)
STEPS = 60
"""Of narrowing down, at most; few are needed where the value is smooth."""


def numbers_for(
    value: Callable[[float], float | None], wanted: float, usual: Sequence[float]
) -> Iterator[float]:
    """Numbers for which a function has a wanted value, as far as its sign changes between those that are tried.

    Args:
        value: The function; None where it has no finite value.
        wanted: What it should be.
        usual: Numbers to try besides powers of ten.
    """
    signs = (1.0, -1.0) if any(number < 0 for number in usual) else (1.0,)
    tried = sorted({0.0, *usual, *(sign * number for sign in signs for number in GRID)})
    known = [(number, _off(value, number, wanted)) for number in tried]
    for (low, below), (high, above) in itertools.pairwise(known):
        if below == 0.0:
            yield low
        elif below is not None and above is not None and (below < 0) != (above < 0) and above != 0.0:
            yield _between(value, wanted, low, high, (below, above))
    if known[-1][1] == 0.0:
        yield known[-1][0]


def _off(value: Callable[[float], float | None], number: float, wanted: float) -> float | None:
    found = value(number)
    return None if found is None else found - wanted


def _between(
    value: Callable[[float], float | None], wanted: float, low: float, high: float, ends: tuple[float, float]
) -> float:
    """A number between two at which the difference has different signs: by false position, and by halves if need be."""
    below, above = ends
    kept = 0
    for step in range(STEPS):
        # In the logarithm as long as the ends are far apart, since the number may be tiny.
        wide = low > 0 and high > 4 * low
        if step % 3 == 2:
            middle = math.sqrt(low * high) if wide else (low + high) / 2
        else:
            share = below / (below - above)
            middle = low * (high / low) ** share if wide else low + (high - low) * share
        if not low < middle < high:
            break
        off = _off(value, middle, wanted)
        if off is None or off == 0.0:
            return middle
        if (off < 0) == (below < 0):
            low, below = middle, off
            above, kept = (above / 2, -1) if kept == -1 else (above, -1)
        else:
            high, above = middle, off
            below, kept = (below / 2, 1) if kept == 1 else (below, 1)
    return low if abs(below) < abs(above) else high
