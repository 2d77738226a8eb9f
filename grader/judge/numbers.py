"""A mistake's free number, found from the numbers that it gave.

All of a student's numbers are looked at together: between two tries of the free number most of them must change sides,
from too small to too large or back. The place is then narrowed down by the one that the free number changes most. Where
results only change by steps, as with a tolerance or a count, any number between the steps is as good.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

__all__ = ["EXACT", "Array", "all_whole", "numbers_for", "plain_numbers_near"]

Array = np.ndarray[tuple[int], np.dtype[np.float64]]
GRID = (1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 1e-2, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1e4)
REACH = 1e3
"""How many times larger or smaller than the usual ones a number may be; 0 is always tried."""
NEAR, FIRST = 1, 10
"""Of whole numbers, how far from the usual ones, and how many from 0, all are tried."""
STEPS = 60
"""Of narrowing down, at most; few are needed where the values are smooth."""
MIN_SHARE = 0.3
"""Of the values, that must change sides between two tries for the place between them to be narrowed down."""
MAX_FIXED = 0.5
"""Of the wrong values, that may be the same with all usual numbers for others to be tried."""
FINER, FINER_TIMES, MAX_FINER = 8, 3, 50
"""Into how many parts a place is divided where values jump, and how often, and how many tries that may give."""
MAX_PLACES = 3
"""Between two tries that are narrowed down, those first where most values change sides."""
MAX_FLAT = 12
"""Tries one after another that give what one of the ends gives: where values jump, no number gives one in between."""
EXACT = 1e-14
"""The part of a value that rounding may make different."""
MAX_DIGITS, UNSURE_DIGITS = 6, 3
UNSURE = 0.025
"""The part of a number by which rounding in what it gave may make it another one."""


def numbers_for(
    values: Callable[[float], Array],
    wanted: Array,
    scale: Array,
    usual: Sequence[float],
    *,
    far: bool = True,
) -> Iterator[float]:
    """Numbers for which a function has wanted values, or most of them.

    Args:
        values: The function; nan where it has no finite value.
        wanted: What the values should be.
        scale: The size of each value that makes a difference count.
        usual: Numbers to try first; if all are whole, only whole numbers are tried.
        far: Whether to look also beyond the usual numbers, and for narrow places between them.
    """
    whole = all_whole(usual)
    known: dict[float, Array] = {}

    def off(number: float) -> Array:
        if number not in known:
            known[number] = values(number) - wanted
        return known[number]

    done: set[tuple[float, float]] = set()
    stages = (_whole_numbers_near(usual), usual) if whole else (usual, _grid(usual))
    for later, tried in enumerate(stages):
        if later and not whole and (not far or _hopeless([off(number) for number in usual], scale)):
            return
        for number in tried:
            off(number)
        exact = [number for number in tried if _is_zero(off(number), scale).all()]
        yield from exact
        if exact:
            return
        places = [
            (-share, low, high)
            for low, high in itertools.pairwise(sorted(known))
            if (low, high) not in done and (share := _changing(off(low), off(high), scale)) >= MIN_SHARE
        ]
        for _, low, high in sorted(places)[:MAX_PLACES]:
            done.add((low, high))
            found = _between(off, scale, low, high, whole=whole)
            if found is not None:
                yield found
    if whole or any(_is_zero(one, scale).all() for one in known.values()):
        return
    for _ in range(FINER_TIMES):
        exact = [number for number in _finer(known, scale) if _is_zero(off(number), scale).all()]
        yield from exact
        if exact:
            return


def _finer(known: Mapping[float, Array], scale: Array) -> list[float]:
    """More numbers beside those with which most values are as wanted, if values jump: others may lie between."""
    exact = {number: float(_is_zero(one, scale).mean()) for number, one in known.items()}
    most = max(exact.values())
    found: list[float] = []
    for low, high in itertools.pairwise(sorted(known)):
        if (
            most > min(exact.values())
            and most in (exact[low], exact[high])
            and not _same(known[low], known[high])
        ):
            shares = [step / FINER for step in range(1, FINER)]
            wide = low > 0 and high > 4 * low
            found += [low * (high / low) ** one if wide else low + (high - low) * one for one in shares]
    return found if len(found) <= MAX_FINER else []


def all_whole(usual: Sequence[float]) -> bool:
    """Whether numbers are whole, so that only whole ones stand in their place."""
    return all(isinstance(number, int) for number in usual)


def plain_numbers_near(number: float) -> list[float]:
    """A number with ever more digits, as people write them; those first that have few."""
    found: list[float] = []
    for digits in range(1, MAX_DIGITS + 1):
        found.append(float(f"{number:.{digits}g}"))
        if digits <= UNSURE_DIGITS and number:
            unit = 10.0 ** (math.floor(math.log10(abs(number))) - digits + 1)
            many = int(UNSURE * abs(number) / unit)
            beside = (found[-1] + sign * more * unit for more in range(1, many + 1) for sign in (1, -1))
            found += [float(f"{one:.{digits}g}") for one in beside]
    return list(dict.fromkeys(found))


def _grid(usual: Sequence[float]) -> list[float]:
    signs = (1.0, -1.0) if any(number < 0 for number in usual) else (1.0,)
    sizes = [abs(number) for number in usual if number] or [1.0]
    near = [number for number in GRID if min(sizes) / REACH <= number <= max(sizes) * REACH]
    return [0.0, *(sign * number for sign in signs for number in near)]


def _whole_numbers_near(usual: Sequence[float]) -> list[float]:
    near = {int(number) + more for number in usual for more in range(-NEAR, NEAR + 1)} | set(range(FIRST))
    return sorted(number for number in near - set(usual) if number >= min(0, *usual))


def _hopeless(tried: Sequence[Array], scale: Array) -> bool:
    """Whether most of the values that are not as wanted are the same with every usual number."""
    wrong = ~_is_zero(tried[0], scale) & ~np.isnan(tried[0])
    with np.errstate(all="ignore"):
        fixed = np.all([np.abs(one - tried[0]) <= EXACT * scale for one in tried], axis=0)
    return len(tried) > 1 and bool(wrong.any()) and float(fixed[wrong].mean()) > MAX_FIXED


def _is_zero(off: Array, scale: Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(np.abs(off) <= EXACT * scale)


def _signs(off: Array, scale: Array) -> Array:
    """The sides on which values are; 0 where they are as wanted or are not finite."""
    return np.where(np.isnan(off) | _is_zero(off, scale), 0.0, np.sign(off))


def _changing(below: Array, above: Array, scale: Array) -> float:
    """The share of the values that are on different sides, of those that are not as wanted on both."""
    one, other = _signs(below, scale), _signs(above, scale)
    told = ~(np.isnan(below) | np.isnan(above)) & ((one != 0) | (other != 0))
    return float((one != other)[told].mean()) if told.any() else 0.0


def _between(
    off: Callable[[float], Array], scale: Array, low: float, high: float, *, whole: bool
) -> float | None:
    """A number between two between which values change sides: by false position, and by halves if need be.

    What decides is the sum of all values that change sides, each in the direction and by the part in which it changes:
    rounding matters less in it than in any single value.
    """
    below, above = off(low), off(high)
    kept, weights, flat = 0, [1.0, 1.0], 0
    for step in range(STEPS):
        if _changing(below, above, scale) < MIN_SHARE or flat > MAX_FLAT:
            break
        direction = _direction(below, above, scale)
        ends = [weight * _along(direction, end) for weight, end in zip(weights, (below, above), strict=True)]
        middle = _middle(low, high, ends, step)
        middle = min(max(round(middle), low + 1), high - 1) if whole else middle
        if not low < middle < high or (low == 0 and high <= GRID[0]):
            break
        here = off(middle)
        if _is_zero(here, scale).all():
            return middle
        along = _along(direction, here)
        if along == 0:
            along = _votes(*(_signs(one, scale) for one in (below, here, above)))
        flat = flat + 1 if _same(here, below) or _same(here, above) else 0
        if along < 0:
            low, below = middle, here
            weights = [1.0, weights[1] / 2 if kept < 0 else 1.0]
        else:
            high, above = middle, here
            weights = [weights[0] / 2 if kept > 0 else 1.0, 1.0]
        kept = -1 if along < 0 else 1
    return min((low, high), key=lambda end: _distance(off(end), scale))


def _direction(below: Array, above: Array, scale: Array) -> Array:
    """How the values that change sides do so; 0 for all others."""
    crossing = _signs(below, scale) * _signs(above, scale) <= 0
    with np.errstate(all="ignore"):
        change = (above - below) / np.maximum(scale, 1e-300)
    return np.where(crossing & np.isfinite(change), change, 0.0)


def _along(direction: Array, off: Array) -> float:
    with np.errstate(all="ignore"):
        return float(np.nansum(direction * off))


def _votes(below: Array, here: Array, above: Array) -> int:
    """How many more of the values that are not as wanted change sides below here than above, by their signs."""
    lower, upper = here != below, here != above
    return int(((here != 0) & lower & ~upper).sum()) - int(((here != 0) & upper & ~lower).sum())


def _same(one: Array, other: Array) -> bool:
    return bool(np.array_equal(one, other, equal_nan=True))


def _middle(low: float, high: float, ends: Sequence[float], step: int) -> float:
    # In the logarithm as long as the ends are far apart, since the number may be tiny.
    wide = low > 0 and high > 4 * low
    below, above = ends
    if step % 3 == 2 or not below < 0 < above:
        if low == 0 and high > GRID[0]:
            return max(high * 1e-3, GRID[0])
        return math.sqrt(low * high) if wide else (low + high) / 2
    share = below / (below - above)
    return low * (high / low) ** share if wide else low + (high - low) * share


def _distance(off: Array, scale: Array) -> float:
    """How far the values are from those wanted, as the median of parts of their sizes."""
    with np.errstate(all="ignore"):
        parts = np.abs(off) / (scale + 1e-300)
    parts = parts[~np.isnan(parts)]
    return float(np.median(parts)) if parts.size else math.inf
