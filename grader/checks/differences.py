"""Slopes of a function of many variables by differences, with a bound on their error, and where it has kinks.

For a direction v and steps h, h/2, h/4, with f₀ = f(x) and f± = f(x ± h_k v):

- odd part D_k = (f₊ − f₋)/2h_k, the slope; even part G_k = (f₊ − 2f₀ + f₋)/h_k, the slope's jump across x;
- the slope is estimated by R = (4D₁ − D₀)/3, in which the error of order h² cancels;
- a smooth function annihilates T = D₀ − 5D₁ + 4D₂ (up to order h⁴) and U = G₀ − 10G₁ + 16G₂ (up to h⁵); if more
  than rounding is left, there is a kink between x − hv and x + hv, or h is too large: one more step, half the
  smallest, is taken, and the three smallest are tried again;
- where x itself is on a kink, both sides are smooth up to x and the slope jumps; any value between the two
  one-sided slopes is a derivative there. With r_k = f(x + h_k v) − f₀, a smooth side annihilates
  M = r₀ − 6r₁ + 8r₂ (up to h³), and a kink of jump J at distance d < h/4 leaves −3Jd. M below rounding (10.5·s)
  on both sides at two successive steps, while the slope jumps, is a kink nearer to x than can be told from 0.
  The one-sided slope (r₀ − 12r₁ + 32r₂)/3h (14·s/h) is then wrong by 7Jd/h, at most 7/3·|M|/h.
- where a kink lies so near that only steps below it are smooth, their rounding hides small errors. The other side of
  x is often smooth much further out, and its one-sided slope from there is that at x, unless a second kink hides on
  that side: one of jump J at distance d is seen in M where 3Jd is above rounding, at whatever step. So this slope is
  reported separately, for callers who know that kinks are sparse.

The bound. Let s be the rounding error (rms) of one value of f, measured by `rounding_noise`. With the weights
above the rms errors are 14·s/h in T, 131·s/h in U (f₀ is shared) and 1.9·s/h in R. A kink of jump J at distance
d = x·h along the direction moves D_k by J(1 − 2ᵏx)/2 and G_k by J(1 − 2ᵏx), where these are positive. Over all x
the error of R that follows is at most 0.6·|T| + |U|/14; terms of order h⁴ enter R at 0.36 of what they are in T.
So what passes both tests at κ times their rms is within κ·(0.6·14 + 131/14 + 1.9)·s/h of the slope. This follows
from the rounding model alone, and never from the difference of two estimates, which can be zero by chance.

Where h²f‴ is below rounding, h and h/2 suffice and are less noisy: the estimate is D₀, the tests are
T = D₀ − D₁ (1.6·s/h) and U = G₀ − 2G₁ (8.4·s/h), and the error is at most 2·|T| + |U|/2: a term of order h² enters
D₀ at 1.34 of what it is in T, so that T itself tells whether h²f‴ is small enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

__all__ = [
    "LEVELS",
    "Directions",
    "Slopes",
    "coordinates",
    "first_step",
    "groups",
    "rounding_noise",
    "slopes",
]

Array = np.ndarray
Evaluate = Callable[[Array], Array]
"""Values of f at many points: shape (K, P) to shape (K,)."""

EPSILON = float(np.finfo(np.float64).eps)
KAPPA = 4.0
# Steps to try, each half the one before: from 1e-3 down to 5e-10.
LEVELS = 22
POINTS = 13


@dataclass(frozen=True)
class Directions:
    """n directions, each ±1 on m coordinates and 0 elsewhere.

    Entries are ±1 rather than those of a unit vector, so that an error in one entry reaches the sum undiluted.
    """

    index: Array
    """Coordinates, shape (n, m)."""
    sign: Array
    """±1, shape (n, m)."""

    def __len__(self) -> int:
        return len(self.index)

    def take(self, which: Array) -> Directions:
        return Directions(self.index[which], self.sign[which])

    def dot(self, vector: Array) -> Array:
        """The directional derivatives of a gradient, shape (n,)."""
        return np.asarray((vector[self.index] * self.sign).sum(axis=1))


@dataclass(frozen=True)
class Slopes:
    """n directional derivatives, as found by differences."""

    low: Array
    """Least acceptable value before ``bound``, shape (n,)."""
    high: Array
    """Largest acceptable value before ``bound``; above ``low`` only at a kink."""
    bound: Array
    """Largest error of ``low`` and ``high``."""
    kinked: Array
    """Whether x itself sits on a kink along this direction."""
    near: Array
    """Whether a kink was met within the first step."""
    halvings: Array
    """How often the first step had to be halved."""
    beside: Array
    """The slope at x from the side that is smooth further out, where a near kink is on the other side."""
    beside_bound: Array
    """Its largest error where kinks are sparse; infinite where it adds nothing to ``bound``."""

    def off(self, claimed: Array) -> Array:
        """How far claimed values are outside the acceptable interval, before ``bound``."""
        return np.maximum(np.maximum(self.low - claimed, claimed - self.high), 0.0)

    def by_one_side(self, sparse: Array) -> Slopes:
        """The same with ``beside`` as the slope where kinks are ``sparse``, shape (n,), and it is more precise."""
        better = sparse & (self.beside_bound < self.bound)
        return replace(
            self,
            low=np.where(better, self.beside, self.low),
            high=np.where(better, self.beside, self.high),
            bound=np.where(better, self.beside_bound, self.bound),
        )


def coordinates(index: Array) -> Directions:
    """One direction for each coordinate."""
    return Directions(index[:, None], np.ones((len(index), 1)))


def groups(index: Array, size: int, rng: np.random.Generator) -> Directions:
    """Random groups of ``size`` coordinates that cover ``index``, with random signs.

    An entry that is wrong alone in its group is seen undiluted, at 1/size of the evaluations.
    """
    size = min(size, len(index))
    mixed = rng.permutation(index)
    lacking = -len(mixed) % size
    mixed = np.concatenate([mixed, mixed[:lacking]]).reshape(-1, size)
    return Directions(mixed, rng.choice([-1.0, 1.0], size=mixed.shape))


def rounding_noise(evaluate: Evaluate, x: Array, rng: np.random.Generator) -> float:
    """The rounding error (rms) of one value of f near x.

    From third differences of values at equal, tiny steps, in which a smooth function vanishes (Moré and Wild,
    Estimating computational noise, 2011). Never below a third of the last place of f.
    """
    unit = np.maximum(1.0, np.abs(x)) * rng.choice([-1.0, 1.0], size=x.shape)
    for step in (2.0**-30, 2.0**-14):
        values = evaluate(x + step * np.arange(1, POINTS + 1)[:, None] * unit)
        if not np.isfinite(values).all():
            return float("nan")
        # The median ignores a kink that happens to be among the points; 20 = 1 + 9 + 9 + 1.
        noise = float(np.median(np.abs(np.diff(values, 3)))) / 0.6745 / np.sqrt(20.0)
        if np.count_nonzero(np.diff(values)) > POINTS // 2:
            break
        # Values that hardly move at such a step hide their rounding, such as those of code that computes in float32.
    size = float(np.abs(values).max())
    return max(noise, EPSILON * size / 3, float(np.finfo(np.float64).tiny))


def first_step(noise: float, size: float) -> float:
    """The step that balances rounding, noise/h, against the h⁴ of the estimate: a power of two near 1e-3."""
    relative = noise / max(size, np.finfo(np.float64).tiny)
    return float(2.0 ** np.clip(np.round(0.2 * np.log2(max(relative, 1e-17))), -10, -4))


# A kink nearer to x than this share of the first step is at x.
AT_X = 1e-5
# A second kink that could hide from the slope by one side would be nearer to x than this share of the first step.
HIDDEN = 1e-6
# If the nearest kink is this many halvings of the first step away, the side without it is more precise.
NEAR = 4
# For one side of x: weights of successive steps in M, and of their slopes in three times the side's; rms errors of M in
# units of s, of the slope in s/h, and the bound of the slope in κ·s/h.
SIDE = np.array([1.0, -6.0, 8.0])
SIDE_RMS, SLOPE_RMS = 10.5, 14.0
SIDE_BOUND = SLOPE_RMS + 7 / 3 * SIDE_RMS


@dataclass(frozen=True)
class _Rule:
    """Weights of successive steps in the two tests and the estimate, with their rms errors in units of s/h."""

    t: Array
    u: Array
    r: Array
    t_rms: float
    u_rms: float
    bound: float
    """Error of the estimate, in units of κ·s/h, when both tests pass."""


LONG = _Rule(
    np.array([1.0, -5.0, 4.0]), np.array([1.0, -10.0, 16.0]), np.array([-1.0, 4.0, 0.0]) / 3,
    14.0, 131.0, 0.6 * 14 + 131 / 14 + 1.9,
)  # fmt: skip
SHORT = _Rule(
    np.array([1.0, -1.0]), np.array([1.0, -2.0]), np.array([1.0, 0.0]),
    1.6, 8.4, 2 * 1.6 + 8.4 / 2 + 0.7,
)  # fmt: skip


class _Ladder:
    """Values at x ± h, ± h/2, ± h/4 … along n directions, for as many steps as each direction needs."""

    def __init__(
        self, evaluate: Evaluate, x: Array, f0: float, noise: float, directions: Directions, step: float,
        levels: int, rows: int,
    ) -> None:  # fmt: skip
        n, m = directions.index.shape
        self.evaluate, self.x, self.f0, self.directions, self.rows = evaluate, x, f0, directions, rows
        scale = np.maximum(1.0, np.abs(x[directions.index]).max(axis=1))
        self.h = (step * scale / np.sqrt(m))[:, None] * 0.5 ** np.arange(levels)
        self.plus, self.minus = np.full((2, n, levels), np.nan)
        self.noise, self.slip = noise, EPSILON * scale * np.sqrt(m)
        self.known = 0

    def extend(self, pending: Array, count: int) -> None:
        """Evaluate ``count`` more levels of the directions ``pending``."""
        now = slice(self.known, self.known + count)
        h = self.h[pending, now]
        values = np.empty((len(pending), 2, count))
        per_chunk = max(1, self.rows // (2 * count))
        for start in range(0, len(pending), per_chunk):
            part = slice(start, min(start + per_chunk, len(pending)))
            each = part.stop - start
            points = np.repeat(self.x[None], 2 * count * each, axis=0)
            at = np.arange(2 * count * each).reshape(each, 2 * count)
            moves = np.concatenate([h[part], -h[part]], axis=1)
            which = self.directions.take(pending[part])
            points[at[:, :, None], which.index[:, None, :]] += moves[:, :, None] * which.sign[:, None, :]
            values[part] = self.evaluate(points).reshape(each, 2, count)
        self.plus[pending, now], self.minus[pending, now] = values[:, 0], values[:, 1]
        self.known += count

    def _window(self, which: Array, first: int, count: int) -> tuple[Array, Array, Array]:
        """f₊ − f₀, f₋ − f₀ and h at ``count`` levels from ``first`` on."""
        levels = slice(first, first + count)
        return self.plus[which, levels] - self.f0, self.minus[which, levels] - self.f0, self.h[which, levels]

    def unit(self, which: Array, first: int) -> Array:
        """Rounding of one slope at a level: of the values, and of the points, x ± h, times the slope there."""
        h = self.h[which, first]
        rise = np.maximum(
            np.abs(self.plus[which, first] - self.f0), np.abs(self.minus[which, first] - self.f0)
        )
        slope = rise / h
        return np.asarray((self.noise + self.slip[which] * slope) / h)

    def smooth(self, which: Array, first: int, rule: _Rule) -> tuple[Array, Array, Array]:
        """Which directions pass both tests of a rule from a level on, the estimates and their bounds."""
        right, left, h = self._window(which, first, len(rule.t))
        unit = self.unit(which, first)
        odd, even = (right - left) / (2 * h), (right + left) / h
        passed = np.abs(odd @ rule.t) <= KAPPA * rule.t_rms * unit
        passed &= np.abs(even @ rule.u) <= KAPPA * rule.u_rms * unit
        return passed, np.asarray(odd @ rule.r), KAPPA * rule.bound * unit

    def sides(self, which: Array, first: int) -> tuple[Array, Array, Array, Array]:
        """Slopes from the left and from the right, rounding s/h, and whether both sides are smooth up to x."""
        right, left, h = self._window(which, first, 3)
        unit = self.unit(which, first)
        allowed = KAPPA * SIDE_RMS * unit * h[:, 0]
        meet = (np.abs(right @ SIDE) <= allowed) & (np.abs(left @ SIDE) <= allowed)
        return -(left / h) @ SIDE / 3, (right / h) @ SIDE / 3, unit, meet

    def beside(self, which: Array) -> tuple[Array, Array]:
        """Slopes from the side that is smooth from a larger step on, and their bounds."""
        right, left, h = self._window(which, 0, self.known)
        rise = np.fmax(np.abs(right), np.abs(left))
        rounding = self.noise + self.slip[which, None] * rise / h

        def smooth_levels(side: Array) -> Array:
            """From how many levels on, counted from the smallest step, all three successive steps are smooth."""
            rest = np.abs(np.lib.stride_tricks.sliding_window_view(side, 3, axis=1) @ SIDE)
            # Steps that were never taken are nan.
            passed = (rest <= KAPPA * SIDE_RMS * rounding[:, :-2]) | np.isnan(rest)
            return np.asarray(np.logical_and.accumulate(passed[:, ::-1], axis=1).sum(axis=1))

        on_right, on_left = smooth_levels(right), smooth_levels(left)
        windows = self.known - 2
        level = np.minimum(windows - np.maximum(on_right, on_left), windows - 1)

        def at_level(values: Array, count: int = 1) -> Array:
            return np.take_along_axis(values, level[:, None] + np.arange(count), axis=1)

        by_right, by_left = at_level(right / h, 3) @ SIDE / 3, -at_level(left / h, 3) @ SIDE / 3
        s, h0 = at_level(rounding)[:, 0], at_level(h)[:, 0]
        # If other kinks jump as the near one does, how near would one have to be to hide?
        told = KAPPA * SIDE_RMS / 3 * s <= np.abs(by_right - by_left) * h[:, 0] * HIDDEN
        bound = np.where(told & (on_right != on_left), KAPPA * SIDE_BOUND * s / h0, np.inf)
        return np.where(on_right > on_left, by_right, by_left), bound


def slopes(
    evaluate: Evaluate,
    x: Array,
    f0: float,
    noise: float,
    directions: Directions,
    *,
    step: float,
    first: int = 3,
    levels: int = LEVELS,
    rows: int = 6000,
) -> Slopes:
    """Directional derivatives of f at x with their bounds.

    Steps are ``step``, ``step``/2 … up to ``levels`` of them; the ``first`` ones are evaluated in one batch, of at most
    ``rows`` points at once.
    """
    n = len(directions)
    low, high, bound = np.zeros(n), np.zeros(n), np.full(n, np.inf)
    kinked = np.zeros(n, dtype=bool)
    halvings = np.zeros(n, dtype=int)
    pending = np.arange(n)
    ladder = _Ladder(evaluate, x, f0, noise, directions, step, levels, rows)

    def settle(passed: Array, least: Array, most: Array, error: Array, level: int) -> Array:
        done = pending[passed]
        low[done], high[done], bound[done] = least[passed], most[passed], error[passed]
        halvings[done] = level
        return pending[~passed]

    with np.errstate(all="ignore"):
        while len(pending) and ladder.known < levels:
            before = ladder.known
            ladder.extend(pending, 1 if before else min(first, levels))
            for last in range(max(1, before), ladder.known):
                for rule in (SHORT, LONG):
                    level = last + 1 - len(rule.t)
                    if level >= 0 and len(pending):
                        passed, estimate, error = ladder.smooth(pending, level, rule)
                        pending = settle(passed, estimate, estimate, error, level)
            if ladder.known >= 4 and len(pending):
                passed, least, most, error = _kink_at_x(ladder, pending)
                kinked[pending[passed]] = True
                pending = settle(passed, least, most, error, ladder.known - 3)
        if len(pending):
            kinked[pending], halvings[pending] = True, levels
            low[pending], high[pending], bound[pending] = _between(ladder, pending)
        beside, beside_bound = np.zeros(n), np.full(n, np.inf)
        near = np.flatnonzero(~kinked & (halvings >= NEAR))
        if len(near):
            slope, error = ladder.beside(near)
            agree = np.abs(slope - low[near]) <= error + bound[near]
            beside[near], beside_bound[near] = slope, np.where(agree, error, np.inf)
    return Slopes(low, high, bound, kinked, halvings > 0, halvings, beside, beside_bound)


def _kink_at_x(ladder: _Ladder, which: Array) -> tuple[Array, Array, Array, Array]:
    """Which directions have a kink at x itself, the interval between their one-sided slopes, and its bound."""
    meets = ladder.sides(which, ladder.known - 4)[3]
    left, right, unit, meet = ladder.sides(which, ladder.known - 3)
    error, jump = KAPPA * SIDE_BOUND * unit, np.abs(right - left)
    # M tells where the kink is: one nearer to x than that counts as being at x.
    told = KAPPA * SIDE_RMS / 3 * ladder.noise <= jump * ladder.h[which, 0] * AT_X
    return meets & meet & told & (jump > error), np.minimum(left, right), np.maximum(left, right), error


def _between(ladder: _Ladder, which: Array) -> tuple[Array, Array, Array]:
    """The interval between one-sided slopes where the sides are never smooth up to x.

    Taken from the largest step that is settled: the next smaller one agrees with it within rounding.
    """
    left, right, unit, _ = ladder.sides(which, max(0, ladder.known - 3))
    settled = np.zeros(len(which), dtype=bool)
    for level in range(ladder.known - 3):
        l0, r0, u0, _ = ladder.sides(which, level)
        l1, r1, u1, _ = ladder.sides(which, level + 1)
        slack = KAPPA * SLOPE_RMS * (u0 + u1)
        agree = (np.abs(l0 - l1) <= slack) & (np.abs(r0 - r1) <= slack) & ~settled
        # Of the two steps take the smaller: its bound covers what the comparison could not see.
        left[agree], right[agree], unit[agree] = l1[agree], r1[agree], u1[agree]
        settled |= agree
    return np.minimum(left, right), np.maximum(left, right), KAPPA * SIDE_BOUND * unit
