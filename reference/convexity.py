"""Convex functions, a numeric test for them, and descent where a function is not convex.

A function is convex on an interval if none of its chords runs below it:
f(tu + (1−t)v) ≤ t f(u) + (1−t) f(v) for all u, v in the interval and 0 ≤ t ≤ 1. A local minimum of a convex
function is a global one; a function that is not convex may have several, and descent finds the one it rolls into.

Source: lecture rows L6, L7 and L8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CONVEX_EXAMPLES",
    "Example",
    "descend",
    "is_concave",
    "is_convex",
    "log_sigmoid",
    "log_sigmoid_gradient",
    "minima_reached",
    "power_is_convex",
    "sigmoid",
    "x_log_x",
]

Array = NDArray[np.float64]
# Of one number; the functions of this module also take an array, entry by entry.
Function = Callable[[Any], Any]


# Descent (L6) ---------------------------------------------------------------------------------------------


def descend(gradient: Function, start: float, learning_rate: float, steps: int) -> Array:
    """Return the path of gradient descent on a function of one number, the start included.

    x₀ = start and x_{k+1} = x_k − ε f′(x_k). A start where the slope is exactly 0 stays there, even on a hilltop.

    Shapes: gradient takes a number and returns f′ there → (steps + 1,). Source: L6.

    >>> descend(lambda x: 2 * x, 4.0, 0.25, 3)
    array([4. , 2. , 1. , 0.5])
    """
    path = np.empty(steps + 1)
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def minima_reached(
    gradient: Function, starts: Iterable[float], learning_rate: float, steps: int, apart: float
) -> Array:
    """Return the different places where descents from several starts end, in rising order.

    The ends are sorted; the first is kept, and then each that lies more than ``apart`` above the last one kept. A
    convex function with one minimum leaves a single place; a function with several minima leaves those whose
    valleys hold a start.

    Shapes: starts (s,) → (k,) with k ≤ s, and (0,) for no starts. Source: L6.

    >>> def slope(x):  # of the double well (x² − 1)²
    ...     return 4 * x * (x * x - 1)
    >>> minima_reached(slope, [-2.0, -0.1, 0.1, 2.0], 0.02, 500, 0.01).round(9)
    array([-1.,  1.])
    """
    minima: list[float] = []
    for end in sorted(descend(gradient, start, learning_rate, steps)[-1] for start in starts):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


# The numeric test -----------------------------------------------------------------------------------------


def is_convex(f: Function, a: float, b: float, points: int) -> bool:
    """Return whether a function looks convex on an interval: no grid point above the chord of its neighbours.

    On ``points`` equally spaced x from a to b, both included: f(x_i) ≤ ½(f(x_{i−1}) + f(x_{i+1})) + 1e-9·max|f| for
    every inner i. If that holds at all inner points (without the last term), then no chord between any two grid
    points runs below the function on the grid. The last term allows for rounding, which is a few 1e-16 of max|f|;
    without it, a straight line would fail. So True means "no counterexample on this grid", and False is a proof, up
    to 1e-9.

    f is evaluated only inside [a, b] and has to be finite there. Source: L7.

    >>> is_convex(np.abs, -1.0, 2.0, 101), is_convex(np.sin, -1.0, 2.0, 101)
    (True, False)
    """
    y = np.array([f(x) for x in np.linspace(a, b, points)])
    chord = (y[:-2] + y[2:]) / 2
    slack = 1e-9 * np.abs(y).max()
    below = y[1:-1] <= chord + slack
    return bool(below.all())


def is_concave(f: Function, a: float, b: float, points: int) -> bool:
    """Return whether a function looks concave on an interval, that is, whether −f looks convex.

    Source: L8.

    >>> is_concave(log_sigmoid, -10.0, 10.0, 201), is_concave(sigmoid, -10.0, 10.0, 201)
    (True, False)
    """
    return is_convex(lambda x: -f(x), a, b, points)


# The lecture's examples (L7) ------------------------------------------------------------------------------


def power_is_convex(p: float, a: float, b: float) -> bool:
    """Return whether x^p is convex on [a, b], from the sign of its second derivative p(p−1)x^{p−2}.

    =========  ===============================  ================================
    p          on x > 0                         on x < 0
    =========  ===============================  ================================
    p < 0      convex                           even p convex, odd p concave
    0 or 1     straight: convex and concave     straight: convex and concave
    0 < p < 1  concave                          not defined
    p > 1      convex                           even p convex, odd p concave
    =========  ===============================  ================================

    So on all real numbers only 0, 1 and the positive even p are convex; x³ is convex only on x ≥ 0, though the
    slide lists "x^p" for any p.

    Raises ValueError where x^p is not defined on all of [a, b]: a fractional p with a < 0, a negative p with 0 inside.
    Source: L7.

    >>> power_is_convex(3, 0.0, 2.0), power_is_convex(3, -1.0, 2.0), power_is_convex(0.5, 0.0, 2.0)
    (True, False, False)
    """
    if a < 0 and p != int(p):
        raise ValueError(f"x^{p} is not defined for negative x: choose a ≥ 0 or a whole p")
    if p < 0 and a <= 0 <= b:
        raise ValueError(f"x^{p} is not defined at 0: choose an interval without it")
    curvature = p * (p - 1)
    right = b <= 0 or curvature >= 0
    left = a >= 0 or curvature * (-1) ** int(p) >= 0
    return bool(left and right)


def x_log_x(x: Array) -> Array:
    """Return x log x for x ≥ 0, a number or each entry of an array, with its limit 0 at 0.

    Convex: the second derivative is 1/x. Source: L7.

    >>> float(x_log_x(0.0)), float(x_log_x(1.0))
    (0.0, 0.0)
    """
    return x * np.log(np.where(x > 0, x, 1.0))


class Example(NamedTuple):
    """A convex function and an interval on which it is."""

    rule: str
    f: Function
    a: float
    b: float


CONVEX_EXAMPLES = (
    Example("Mx + b", lambda x: -3 * x + 2, -4.0, 4.0),
    Example("exp(c₁(x)), c₁ convex", lambda x: np.exp(x * x - x), -2.0, 2.0),
    Example("c₁(x) + c₂(x), both convex", lambda x: x * x + np.abs(x - 1), -3.0, 3.0),
    Example("x^p, p even", lambda x: x**4, -2.0, 2.0),
    Example("x^p, p ≥ 1, on x ≥ 0", lambda x: x**1.5, 0.0, 4.0),
    Example("x^p, p ≤ 0, on x > 0", lambda x: x**-0.5, 0.1, 4.0),
    Example("|x|", np.abs, -2.0, 3.0),
    Example("x log x, on x ≥ 0", x_log_x, 0.0, 3.0),
    Example("max(c₁(x), c₂(x)), both convex", lambda x: np.maximum(x * x, x + 1), -3.0, 3.0),
)
"""L7's list, each with an instance and an interval: what the slide leaves out is where."""


# The sigmoid (L8) -----------------------------------------------------------------------------------------


def log_sigmoid(x: Array) -> Array:
    """Return the logarithm of the sigmoid, finite for every finite x.

    log σ(x) = min(x, 0) − log(1 + e^{−|x|}). It is **concave**: its second derivative is −σ(1−σ) < 0. So −log σ,
    the logistic loss, is convex and a convex solver finds its minimum. The sigmoid itself is neither convex nor
    concave, since σ″ = σ(1−σ)(1−2σ) changes its sign at 0. The slide files it under "log convex" functions, "not convex
    but their log is": the right word is log-concave. (A log-convex function, whose log is convex, is always
    convex itself, by the rule exp(c₁).)

    Shapes: any → the same. Source: L8.

    >>> log_sigmoid(np.array([-1000.0, 0.0])).round(6).tolist()
    [-1000.0, -0.693147]
    """
    # Not |x|, which a complex step cannot pass through; the real part chooses the branch.
    negative = np.real(x) < 0
    toward_zero = np.where(negative, x, -np.asarray(x))
    return np.where(negative, x, 0.0) - np.log1p(np.exp(toward_zero))


def log_sigmoid_gradient(x: Array) -> Array:
    """Return the derivative of `log_sigmoid`, which falls from 1 to 0: 1 − σ(x) = σ(−x).

    Shapes: any → the same. Source: L8, L11.

    >>> log_sigmoid_gradient(np.array([-1000.0, 0.0]))
    array([1. , 0.5])
    """
    return sigmoid(-np.asarray(x))


def sigmoid(x: Array) -> Array:
    """Return σ(x) = 1/(1 + e^{−x}), without overflow for any x: convex on x ≤ 0, concave on x ≥ 0, neither on both.

    Shapes: any → the same. Source: L8.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    return np.exp(log_sigmoid(x))
