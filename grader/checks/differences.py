"""Slopes of a function of many variables by differences, with a bound on their error, kinks told apart.

For a direction v and steps h, h/2, h/4, with f₀ = f(x) and f± = f(x ± h_k v):

- odd part D_k = (f₊ − f₋)/2h_k, the slope; even part G_k = (f₊ − 2f₀ + f₋)/h_k, the slope's jump across x;
- the slope is estimated by R = (4D₁ − D₀)/3, in which the error of order h² cancels;
- a smooth function annihilates T = D₀ − 5D₁ + 4D₂ (up to order h⁴) and U = G₀ − 10G₁ + 16G₂ (up to h⁵); what
  is left above rounding is a kink between x − hv and x + hv, or h too large: the step shrinks by 8;
- a direction that never becomes clean has a kink at x itself: any value between the two one-sided slopes is
  a derivative there.

The bound. Let s be the rounding error (rms) of one value of f, measured by `rounding_noise`. With the weights
above the rms errors are 14·s/h in T, 131·s/h in U (f₀ is shared) and 1.9·s/h in R. A kink of jump J at distance
d = x·h along the direction moves D_k by J(1 − 2ᵏx)/2 and G_k by J(1 − 2ᵏx), where these are positive. Over all x
the error of R that follows is at most 0.6·|T| + |U|/14; terms of order h⁴ enter R at 0.36 of what they are in T.
So what passes both tests at κ times their rms is within κ·(0.6·14 + 131/14 + 1.9)·s/h of the slope. This follows
from the rounding model alone, and never from the difference of two estimates, which is sometimes zero by luck.

At steps so short that h²f‴ is below rounding, h and h/2 suffice and are less noisy: the estimate is D₀, the tests
are T = D₀ − D₁ (1.6·s/h) and U = G₀ − 2G₁ (8.4·s/h), and the error is at most 2·|T| + |U|/2.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = [
    "ROUNDS",
    "SHRINK",
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
ROUNDS, SHRINK = 7, 8.0
POINTS = 13


@dataclass(frozen=True)
class Directions:
    """n directions, each ±1 on m coordinates and 0 elsewhere.

    Entries are ±1, not those of a unit vector, so that an error in one entry reaches the sum undiluted.
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
    """What differences say of n directional derivatives."""

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

    def off(self, claimed: Array) -> Array:
        """How far claimed values lie outside what is acceptable, before ``bound``."""
        return np.maximum(np.maximum(self.low - claimed, claimed - self.high), 0.0)


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
        # The median is deaf to a kink that happens to lie among the points; 20 = 1 + 9 + 9 + 1.
        noise = float(np.median(np.abs(np.diff(values, 3)))) / 0.6745 / np.sqrt(20.0)
        if np.count_nonzero(np.diff(values)) > POINTS // 2:
            break
        # Values that hardly move at such a step hide their rounding (the code computes in float32, say).
    size = float(np.abs(values).max())
    return max(noise, EPSILON * size / 3, float(np.finfo(np.float64).tiny))


def first_step(noise: float, size: float) -> float:
    """The step that balances rounding, noise/h, against the h⁴ of the estimate: a power of two near 1e-3."""
    relative = noise / max(size, np.finfo(np.float64).tiny)
    return float(2.0 ** np.clip(np.round(0.2 * np.log2(max(relative, 1e-17))), -10, -4))


@dataclass(frozen=True)
class _Rule:
    """Weights of the levels in the two tests and the estimate, with their rms errors in units of s/h."""

    levels: Array
    t: Array
    u: Array
    r: Array
    t_rms: float
    u_rms: float
    bound: float
    """Error of the estimate, in units of κ·s/h, when both tests pass."""


LONG = _Rule(
    np.array([1.0, 0.5, 0.25]), np.array([1.0, -5.0, 4.0]), np.array([1.0, -10.0, 16.0]),
    np.array([-1.0, 4.0, 0.0]) / 3, 14.0, 131.0, 0.6 * 14 + 131 / 14 + 1.9,
)  # fmt: skip
SHORT = _Rule(
    np.array([1.0, 0.5]), np.array([1.0, -1.0]), np.array([1.0, -2.0]),
    np.array([1.0, 0.0]), 1.6, 8.4, 2 * 1.6 + 8.4 / 2 + 0.7,
)  # fmt: skip


@dataclass(frozen=True)
class _Stencil:
    """Values at x ± h, ± h/2 (, ± h/4) along n directions."""

    plus: Array
    minus: Array
    f0: float
    h: Array
    """Steps of the levels, shape (n, 2) or (n, 3)."""

    @property
    def odd(self) -> Array:
        return np.asarray((self.plus - self.minus) / (2 * self.h))

    @property
    def even(self) -> Array:
        return np.asarray(((self.plus - self.f0) + (self.minus - self.f0)) / self.h)

    def one_sided(self) -> tuple[Array, Array]:
        """The slopes from the left and from the right, errors of order h (and h²) cancelled."""
        right = (self.plus - self.f0) / self.h
        left = (self.f0 - self.minus) / self.h
        weights = np.array([1.0, -6.0, 8.0]) / 3 if self.h.shape[1] == 3 else np.array([-1.0, 2.0])
        return np.asarray(left @ weights), np.asarray(right @ weights)


def _stencil(
    evaluate: Evaluate, x: Array, f0: float, directions: Directions, levels: Array, rows: int
) -> _Stencil:
    n, k = levels.shape
    values = np.empty((n, 2, k))
    per_chunk = max(1, rows // (2 * k))
    for start in range(0, n, per_chunk):
        part = slice(start, min(start + per_chunk, n))
        count = part.stop - start
        points = np.repeat(x[None], 2 * k * count, axis=0)
        at = np.arange(2 * k * count).reshape(count, 2 * k)
        moves = np.concatenate([levels[part], -levels[part]], axis=1)
        points[at[:, :, None], directions.index[part][:, None, :]] += (
            moves[:, :, None] * directions.sign[part][:, None, :]
        )
        values[part] = evaluate(points).reshape(count, 2, k)
    return _Stencil(values[:, 0], values[:, 1], f0, levels)


def slopes(
    evaluate: Evaluate,
    x: Array,
    f0: float,
    noise: float,
    directions: Directions,
    *,
    step: float,
    rounds: int = ROUNDS,
    rows: int = 6000,
) -> Slopes:
    """Directional derivatives of f at x with their bounds; ``rows`` points at most are evaluated at once."""
    n, m = directions.index.shape
    scale = np.maximum(1.0, np.abs(x[directions.index]).max(axis=1))
    h = step * scale / np.sqrt(m)
    low, high, bound = np.zeros(n), np.zeros(n), np.full(n, np.inf)
    clean = np.zeros(n, dtype=bool)
    near = np.zeros(n, dtype=bool)
    sides: list[tuple[Array, Array, Array]] = []
    pending = np.arange(n)
    rule = LONG
    for round_number in range(rounds):
        # h²f‴ below rounding, s/h, for an f‴ of the size of f or 1; every other time, in case it is larger.
        short = step / SHRINK**round_number / np.sqrt(m)
        rule = SHORT if short**3 * max(1.0, abs(f0)) <= 20 * noise and rule is LONG else LONG
        found = _stencil(evaluate, x, f0, directions.take(pending), h[pending, None] * rule.levels, rows)
        # The step that is really taken differs from h by the rounding of x + h.
        slip = EPSILON * scale[pending] * np.abs(found.odd[:, 0]) * np.sqrt(m)
        unit = (noise + slip) / h[pending]
        with np.errstate(all="ignore"):
            odd = found.odd
            t, u, estimate = odd @ rule.t, found.even @ rule.u, odd @ rule.r
            ok = (np.abs(t) <= KAPPA * rule.t_rms * unit) & (np.abs(u) <= KAPPA * rule.u_rms * unit)
        done = pending[ok]
        low[done] = high[done] = estimate[ok]
        bound[done] = KAPPA * rule.bound * unit[ok]
        clean[done] = True
        left, right = found.one_sided()
        whole_left, whole_right, whole_unit = (np.full(n, np.nan) for _ in range(3))
        whole_left[pending], whole_right[pending], whole_unit[pending] = left, right, unit
        sides.append((whole_left, whole_right, whole_unit))
        pending = pending[~ok]
        if round_number == 0:
            near[pending] = True
        if not len(pending):
            break
        h = h / SHRINK
    if len(pending):
        low[pending], high[pending], bound[pending] = _between(sides, pending)
    return Slopes(low, high, bound, ~clean, near)


def _between(sides: list[tuple[Array, Array, Array]], which: Array) -> tuple[Array, Array, Array]:
    """The interval between one-sided slopes, from the largest step at which both are settled.

    A step counts as settled when the next smaller one agrees with it within rounding (14·s/h: weights 1, 12
    and 32 of the extrapolation over 3, f₀ and f₊ each erring by s).
    """
    left, right, unit = sides[-1][0][which], sides[-1][1][which], sides[-1][2][which]
    settled = np.zeros(len(which), dtype=bool)
    for (l0, r0, u0), (l1, r1, u1) in itertools.pairwise(sides):
        slack = KAPPA * 14 * (u0 + u1)[which]
        agree = (np.abs(l0 - l1)[which] <= slack) & (np.abs(r0 - r1)[which] <= slack) & ~settled
        # The smaller of the two steps is taken: its bound covers what the comparison could not see.
        left[agree], right[agree], unit[agree] = l1[which][agree], r1[which][agree], u1[which][agree]
        settled |= agree
    return np.minimum(left, right), np.maximum(left, right), KAPPA * 2 * 14 * unit
