"""A mistake's free number, found from what it gave."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

__all__ = ["numbers_for"]

GRID = tuple(10.0 ** (power / 2) for power in range(-30, 11))
STEPS = 80
"""Of bisection: enough for every bit of a float."""


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
            yield _between(value, wanted, low, high, below < 0)
    if known[-1][1] == 0.0:
        yield known[-1][0]


def _off(value: Callable[[float], float | None], number: float, wanted: float) -> float | None:
    found = value(number)
    return None if found is None else found - wanted


def _between(
    value: Callable[[float], float | None], wanted: float, low: float, high: float, rises: bool
) -> float:
    """A number between two at which the difference has different signs."""
    for _ in range(STEPS):
        # In the logarithm as long as the ends are far apart, since the number may be tiny.
        wide = low > 0 and high > 4 * low
        middle = math.sqrt(low * high) if wide else (low + high) / 2
        if middle in (low, high):
            break
        off = _off(value, middle, wanted)
        if off is None or off == 0.0:
            return middle
        low, high = (middle, high) if (off < 0) == rises else (low, middle)
    return (low + high) / 2
