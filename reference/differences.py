"""Slopes measured from the values of a function alone: central differences.

Source: lecture rows L10 and L12, whose gradients they check.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["numeric_gradient"]

Array = NDArray[np.float64]


def numeric_gradient(f: Callable[[Array], float], x: Array, h: float) -> Array:
    """Return the central differences of f at x, one for every entry of x.

    ∂f/∂x_i ≈ (f(x + h e_i) − f(x − h e_i)) / 2h. The error is h²/6 times the third derivative, plus about ε|f|/h
    from rounding; their sum is smallest near h = 1e-5. f is called twice for every entry, each time with a
    new array of x's shape.

    Shapes: x any shape, f from that shape to a number, h > 0 a number → the shape of x.

    >>> numeric_gradient(lambda x: x[0] ** 2 * x[1], np.array([3.0, 2.0]), 0.5).tolist()
    [12.0, 9.0]
    """
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
