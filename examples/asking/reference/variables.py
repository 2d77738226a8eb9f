"""A line through measurements of a pendulum, and what it says. Each parameter is a variable of the handout."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["g", "intercept", "long_period", "slope"]

Array = NDArray[np.float64]


def slope(lengths: Array, squares: Array) -> float:
    """The slope of the least-squares line of T² against L, in s²/m.

    >>> round(slope(np.array([0.0, 1.0, 2.0]), np.array([1.0, 5.0, 9.0])), 12)
    4.0
    """
    across = lengths - lengths.mean()
    return float(np.sum(across * squares) / np.sum(across**2))


def intercept(lengths: Array, squares: Array, slope: float) -> float:
    """The line's value at length 0, in s²: it passes through the means.

    >>> round(intercept(np.array([0.0, 1.0, 2.0]), np.array([1.0, 5.0, 9.0]), 4.0), 12)
    1.0
    """
    return float(squares.mean() - slope * lengths.mean())


def g(slope: float) -> str:
    """The acceleration g, from T² = 4π²L/g.

    >>> g(4.0)
    '9.87 m/s^2'
    """
    return f"{4 * np.pi**2 / slope:#.3g} m/s^2"


def long_period(slope: float, intercept: float) -> float:
    """The period of a pendulum of 2.5 m by the line, in s.

    >>> round(long_period(4.0, 6.0), 12)
    4.0
    """
    return float(np.sqrt(slope * 2.5 + intercept))
