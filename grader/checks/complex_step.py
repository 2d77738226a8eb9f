"""Slopes by the complex step: Im f(x + ihv)/h, exact to rounding, for a function that computes with complex numbers.

Nothing is subtracted, so h can be so small that neither truncation nor a kink near x matters, and even an error far
below the rounding of f itself shows. This needs a function whose complex values continue its real ones: sums,
products, exp, log, tanh, maximum and where do that; abs, sign, norm, conj, a real buffer and ``float`` do not (Squire
and Trapp, Using complex variables to estimate derivatives of real functions, 1998).
"""

from __future__ import annotations

import numpy as np

from grader.checks.differences import Directions, Evaluate

__all__ = ["complex_slopes", "slope_noise"]

Array = np.ndarray
H = 1e-20
EPSILON = float(np.finfo(np.float64).eps)
DRAWS = 4


def complex_slopes(
    evaluate: Evaluate, x: Array, directions: Directions, *, side: int = 1, rows: int
) -> Array:
    """Directional derivatives at x, shape (n,); on a kink of maximum those to the right (to the left for side −1)."""
    parts = []
    for start in range(0, len(directions), rows):
        some = directions.take(np.arange(start, min(start + rows, len(directions))))
        points = np.repeat(x[None].astype(complex), len(some), axis=0)
        points[np.arange(len(some))[:, None], some.index] += side * 1j * H * some.sign
        parts.append(evaluate(points).imag / (side * H))
    return np.concatenate(parts) if parts else np.zeros(0)


def slope_noise(
    evaluate: Evaluate, x: Array, directions: Directions, rng: np.random.Generator, *, rows: int
) -> float:
    """How far slopes that are computed in another right way may differ by rounding.

    A right way gives the exact slope at nearly the same point. So the point is moved by some last places, and the
    largest difference is taken.
    """
    there = complex_slopes(evaluate, x, directions, rows=rows)
    moved = [
        complex_slopes(evaluate, x * (1 + 4 * EPSILON * rng.uniform(-1, 1, x.shape)), directions, rows=rows)
        for _ in range(DRAWS)
    ]
    return float(np.abs(np.array(moved) - there).max(initial=EPSILON * float(np.abs(there).max(initial=0.0))))
