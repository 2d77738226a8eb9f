"""Right formulas in other forms."""

from grader import alternative


@alternative("slope")
def slope_as_text():
    return "x^2 (3 - 2x^2) exp(-x^2)"


@alternative("antiderivative")
def antiderivative_of_python():
    from math import cos

    return lambda x: x * cos(x) * (1 - cos(x) ** 2) ** 0.5 + cos(x) ** 2 / 2 + 7


@alternative("gradient")
def gradient_by_jacobian():
    import sympy as sp

    x, y = sp.symbols("x y", real=True)
    f = x**2 * y - sp.exp(x * y)
    return sp.Matrix([f]).jacobian([x, y])


@alternative("area")
def area_of_python():
    return lambda a, b: 3.141592653589793 * a * b


@alternative("tangent")
def tangent_as_text(n):
    return f"{n}x - {n - 1}"
