"""Formulas in the clothes that students give them, through the real sandbox."""

from __future__ import annotations

import pytest

from tests.asking.answering import failed, graded, told

X = "import sympy as sp\nx, y = sp.symbols('x y')\n"

RIGHT = {
    "the derivative carried out": X + "slope = sp.diff(x**3 * sp.exp(-x**2), x)",
    "simplified by sympy": X + "slope = sp.simplify(sp.diff(x**3 * sp.exp(-x**2)))",
    "factored by hand": X + "slope = x**2 * (3 - 2*x**2) / sp.exp(x**2)",
    "symbols with assumptions": "from sympy import *\nt = Symbol('x', real=True)\nslope = diff(t**3*exp(-t**2), t)",
    "an equation": X + "slope = sp.Eq(sp.Symbol('y'), x**2*(3 - 2*x**2)*sp.exp(-x**2))",
    "a text": "slope = '3*x**2*exp(-x**2) - 2*x**4*exp(-x**2)'",
    "a text as in a book": "slope = 'x^2 (3 − 2x^2) e^(−x^2)'",
    "a text of numpy's": "slope = 'np.exp(-x**2) * (3*x**2 - 2*x**4)'",
    "an equation as text": 'slope = "f\'(x) = (3x^2 - 2x^4) exp(-x^2)"',
    "a lambda of numpy's": "import numpy as np\nslope = lambda x: np.exp(-x**2)*(3*x**2 - 2*x**4)",
    "a function of math's": "from math import exp\ndef slope(x):\n    return x**2 * (3 - 2*x**2) * exp(-x**2)",
    "a function with branches": (
        "import math\ndef slope(t):\n    if t == 0:\n        return 0\n    return (3 / t - 2*t) * t**3 * math.exp(-t*t)"
    ),
    "a lambdified formula": X + "slope = sp.lambdify(x, sp.diff(x**3*sp.exp(-x**2), x))",
    "a function that gives sympy's": "import sympy as sp\ndef slope(x):\n    return x**2*(3 - 2*x**2)*sp.exp(-x**2)",
    "a function of nothing": X + "def slope():\n    return sp.diff(x**3*sp.exp(-x**2), x)",
    "sympified": X + "slope = sp.sympify('x**2*(3 - 2*x**2)*exp(-x**2)')",
    "what solve gives": X + "slope = sp.solve(sp.Eq(y, sp.diff(x**3*sp.exp(-x**2), x)), y)",
    "sympy's function": X + "slope = sp.Lambda(x, sp.diff(x**3*sp.exp(-x**2), x))",
    "with the letter C": "antiderivative = 'x sin(2x)/2 + cos(2x)/4 + C'",
    "with a symbol": X + "antiderivative = sp.integrate(x*sp.cos(2*x), x) + sp.Symbol('K')",
    "a function with a symbol": "import sympy as sp\nC = sp.Symbol('C')\n"
    "def antiderivative(x):\n    return x*sp.sin(2*x)/2 + sp.cos(2*x)/4 + C",
    "a polynomial of sympy's": "import sympy as sp\n"
    "def tangent(n):\n    x = sp.Symbol('x')\n    return sp.Poly(1 + n*(x - 1), x)",
    "integrated by sympy": X + "antiderivative = sp.integrate(x*sp.cos(2*x), x)",
    "with a constant": "antiderivative = 'x sin(2x)/2 + cos(2x)/4 + 100'",
    "in other functions": "antiderivative = 'x*sin(x)*cos(x) - sin(x)^2 / 2'",
    "a gradient in a tuple": X + "gradient = tuple(sp.diff(x**2*y - sp.exp(x*y), v) for v in (x, y))",
    "a gradient of texts": "gradient = ['2x*y - y*exp(x*y)', 'x^2 - x*exp(x*y)']",
    "a gradient as an array": (
        "import numpy as np\ndef gradient(x, y):\n    return np.array([2*x*y - y*np.exp(x*y), x**2 - x*np.exp(x*y)])"
    ),
    "a gradient as a column": X + "gradient = sp.Matrix([2*x*y - y*sp.exp(x*y), x**2 - x*sp.exp(x*y)])",
    "an array of formulas": X
    + "import numpy as np\ngradient = np.array([2*x*y - y*sp.exp(x*y), x*(x - sp.exp(x*y))])",
    "an area of sympy's": "import sympy as sp\na, b = sp.symbols('a b', positive=True)\narea = sp.pi * a * b",
    "an area in Greek": "area = 'π·a·b'",
    "a tangent as text": "def tangent(n):\n    return f'1 + {n}*(x - 1)'",
    "a tangent as a function": "def tangent(n):\n    return lambda x: n*x - n + 1",
    "a polynomial of numpy's": "import numpy as np\ndef tangent(n):\n    return np.polynomial.Polynomial([1 - n, n])",
    "an older polynomial": "import numpy as np\ndef tangent(n):\n    return np.poly1d([n, 1 - n])",
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_a_right_formula_passes_however_it_is_written(answer):
    assert failed(graded("expressions", answer)) == []


WRONG = {
    "the sign": (
        X + "slope = -sp.diff(x**3 * sp.exp(-x**2), x)", "slope is wrong: its sign is wrong.",
    ),
    "a factor": ("slope = '2 x^2 (3 - 2x^2) exp(-x^2)'", "slope is wrong: it is 2 times the right one."),
    "any factor": (
        "slope = '0.7 x^2 (3 - 2x^2) exp(-x^2)'", "slope is wrong: it is the right one times a constant factor.",
    ),
    "a constant": (
        "slope = 'x^2 (3 - 2x^2) exp(-x^2) + 1'", "slope is wrong: it differs from the right one by a constant.",
    ),
    "another variable": (
        "slope = 't^2 (3 - 2t^2) exp(-t^2)'",
        "slope contains a name, `t`, that is not known here: write it with the variable `x` and numbers only.",
    ),
    "an unknown function": (
        X + "slope = sp.Function('f')(x)", "slope contains a name, `f`, that is not known here",
    ),
    "undefined somewhere": (
        "slope = 'sqrt(x)^4 (3 - 2x^2) exp(-x^2)'",
        "slope is wrong: it is undefined at some points of the domain, where the right one is not. Elsewhere it is",
    ),
    "not carried out": (
        X + "slope = sp.Derivative(x**3 * sp.exp(-x**2), x)",
        "slope holds an integral, a derivative, a limit or a sum that is not carried out: `.doit()` does it.",
    ),
    "no formula": ("slope = 'is it x^2?'", "slope cannot be read as a formula."),
    "a dictionary": ("slope = {'x': 2}", "slope is not an expression: a formula in `x` was expected."),
    "one side only": (
        "slope = 'x * abs(x) * (3 - 2x^2) exp(-x^2)'",
        "slope is wrong: it is right only for larger values of `x`.",
    ),
    "the function itself": (
        "antiderivative = 'x cos(2x)'", "antiderivative is wrong: it is the derivative of the right one.",
    ),
    "exchanged parts": (
        "gradient = ['x^2 - x*exp(x*y)', '2x*y - y*exp(x*y)']",
        "gradient[0] is wrong: it is what gradient[1] should be.",
    ),
    "exchanged variables": (
        "gradient = ['2x*y - x*exp(x*y)', 'x^2 - x*exp(x*y)']", "gradient[0] is wrong: `x` and `y` are exchanged.",
    ),
    "one part": ("gradient = '2x*y - y*exp(x*y)'", "gradient is one expression, but two were expected."),
    "half": ("area = 'pi*a*b/2'", "area is wrong: it is half the right one."),
    "a number": ("area = 3", "area is wrong."),
    "one over it": ("area = '1/(pi*a*b)'", "area is wrong: it is 1 divided by the right one."),
    "times a constant": (
        "antiderivative = 'C (x sin(2x)/2 + cos(2x)/4)'",
        "antiderivative is wrong: its constant `C` is not only added.",
    ),
    "a set": (
        X + "gradient = {2*x*y - y*sp.exp(x*y), x**2 - x*sp.exp(x*y)}",
        "gradient is a set, which has no order: two were expected, in a list.",
    ),
    "an inequality": (X + "slope = x < 2", "slope is not an expression: a formula in `x` was expected."),
    "not given back": (
        "def tangent(n):\n    print(n)", "tangent(2) is not an expression: a formula in `x` was expected.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_formula_is_told_how_it_is_wrong(answer, sentence):
    assert sentence in told(graded("expressions", answer))


HOSTILE = {
    "a tower of powers": "slope = '10**10**10**10'",
    "a deep text": "slope = '(' * 2000 + 'x' + ')' * 2000",
    "a deep sum": "slope = '-' * 3000 + 'x'",
    "a long text": "slope = 'x+' * 1_000_000 + 'x'",
    "an import": "slope = '__import__(\"os\").getpid()'",
    "a lying formula": (
        "import sympy as sp\nclass Liar(sp.Symbol):\n    def evalf(self, *a, **k):\n        return sp.Integer(0)\n"
        "    def __eq__(self, other):\n        return True\n    __hash__ = sp.Symbol.__hash__\nslope = Liar('q')"
    ),
    "an array that is no array": (
        "class Like:\n    def __array__(self, *a, **k):\n        raise SystemExit\nslope = Like()"
    ),
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_formula_costs_its_own_question_alone(answer):
    result = graded("expressions", answer)
    assert {test.key for test in failed(result)} <= {test.key for test in failed(result, "q1")}
    assert failed(result, "q1")


def test_a_formula_that_never_ends_is_stopped():
    result = graded("expressions", "def slope(x):\n    while True:\n        pass")
    assert "took longer than 5 s" in told(result, "q1")
    assert failed(result) == failed(result, "q1")
