"""Derivatives, an antiderivative and a gradient, as formulas."""

from __future__ import annotations

from typing import Any

import sympy as sp

__all__ = ["antiderivative", "area", "gradient", "slope", "tangent"]


def slope(x: Any) -> Any:
    """The derivative of x³·exp(−x²).

    >>> slope(sp.Symbol("x")).subs("x", 0)
    0
    """
    return sp.diff(x**3 * sp.exp(-(x**2)), x)


def antiderivative(x: Any) -> Any:
    """A function whose derivative is x·cos(2x).

    >>> sp.simplify(sp.diff(antiderivative(sp.Symbol("x")), sp.Symbol("x")))
    x*cos(2*x)
    """
    return x * sp.sin(2 * x) / 2 + sp.cos(2 * x) / 4


def gradient(x: Any, y: Any) -> list[Any]:
    """The gradient of x²·y − exp(x·y).

    >>> [part.subs({"x": 0, "y": 1}) for part in gradient(*sp.symbols("x y"))]
    [-1, 0]
    """
    return [2 * x * y - y * sp.exp(x * y), x**2 - x * sp.exp(x * y)]


def area() -> str:
    """The area of an ellipse with half axes a and b, as a text.

    >>> area()
    'pi*a*b'
    """
    return "pi*a*b"


def tangent(n: int) -> Any:
    """The tangent line to xⁿ at x = 1.

    >>> tangent(3)
    3*x - 2
    """
    return 1 + n * (sp.Symbol("x") - 1)
