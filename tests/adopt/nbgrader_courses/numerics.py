"""Roots, and integrals with a module of the course."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

ROOTS = Homework(
    name="roots",
    form="course",
    config=(
        "c.ExecutePreprocessor.timeout = 10",
        "c.CourseDirectory.ignore = ['.ipynb_checkpoints', '*.bak']",
    ),
    notebooks=(
        Notebook(
            "roots",
            r"""
%% md
# Roots
%% code
import hashlib
import math
%% md
`bisect(f, a, b, tolerance)` halves the interval until it is shorter than `tolerance`, and returns its middle. Where `f`
has the same sign at both ends it raises a `ValueError`.
%% answer bisect
def bisect(f, a, b, tolerance=1e-10):
    ### BEGIN SOLUTION
    if f(a) * f(b) > 0:
        raise ValueError("no change of sign")
    while abs(b - a) > tolerance:
        middle = (a + b) / 2
        if f(a) * f(middle) <= 0:
            b = middle
        else:
            a = middle
    return (a + b) / 2
    ### END SOLUTION
%% test bisect-root 2
def parabola(x):
    return x * x - 2

root = bisect(parabola, 0, 2)
assert isinstance(root, float)
assert hashlib.sha1(f"{root:.6f}".encode()).hexdigest() == "«sha1 1.414214»"
### BEGIN HIDDEN TESTS
for target in (0.1, 1.0, 3.9):
    assert abs(bisect(lambda x: x**2 - target, 0, 2) - target**0.5) < 1e-9
### END HIDDEN TESTS
%% test bisect-raises 1
try:
    bisect(parabola, 2, 3)
    raise AssertionError("there is no change of sign")
except ValueError:
    pass
%% test bisect-calls 1
calls = []
def counted(x):
    calls.append(x)
    return x - 0.3
bisect(counted, 0, 1, 1e-3)
assert 10 <= len(calls) <= 60
assert all(0 <= x <= 1 for x in calls)
%% md
`derivative(f, x, h)` is the central difference.
%% answer derivative
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)
%% test derivative-values 1
assert abs(derivative(parabola, 3) - 6) < 1e-6
assert abs(derivative(math.sin, 0) - 1) < 1e-6
assert derivative(parabola, 1, h=0.5) == 2.0
%% md
`newton(f, x, steps)` does that many steps of Newton's method. It must use `derivative`.
%% answer newton
def newton(f, x, steps=20):
    ### BEGIN SOLUTION
    for _ in range(steps):
        x = x - f(x) / derivative(f, x)
    return x
    ### END SOLUTION
%% test newton-root 2
assert type(newton(parabola, 1.0)) is float
assert abs(newton(parabola, 1.0) - 2**0.5) < 1e-9
assert newton(parabola, 3.0, steps=0) == 3.0
### BEGIN HIDDEN TESTS
assert hashlib.md5(f"{newton(math.cos, 1.0):.5f}".encode()).hexdigest() == "«md5 1.57080»"
### END HIDDEN TESTS
%% test newton-derivative 1 inside
kept_derivative = derivative
uses = 0
def derivative(f, x, h=1e-5):
    global uses
    uses += 1
    return kept_derivative(f, x, h)
newton(parabola, 1.0, steps=4)
derivative = kept_derivative
assert uses >= 4, "newton should call derivative"
%% test newton-alone 1 inside
kept_bisect = globals().pop("bisect")
try:
    newton(parabola, 1.0)
finally:
    bisect = kept_bisect
%% md
Store the positive root of $e^{-x} = x$ in `root`, to six digits at least.
%% answer omega
root = bisect(lambda x: math.exp(-x) - x, 0, 1)
%% test omega-value 1
assert hashlib.sha1(str(round(root, 5)).encode()).hexdigest() == "«sha1 0.56714»"
%% program compare 3
# Compare the number of calls that both methods need.
for method in (bisect, newton):
    print(method.__name__)
""",
        ),
    ),
    works=r"""
== other_way honest
%% bisect
def bisect(f, a, b, tolerance=1e-10):
    low, high = f(a), f(b)
    if low * high > 0:
        raise ValueError
    steps = max(1, math.ceil(math.log2((b - a) / tolerance)))
    for _ in range(steps):
        c = a + (b - a) / 2
        value = f(c)
        if (value > 0) == (high > 0):
            b, high = c, value
        else:
            a, low = c, value
    return a + (b - a) / 2
%% newton
def newton(f, x, steps=20):
    if steps == 0:
        return x
    return newton(f, x - f(x) / derivative(f, x), steps - 1)
%% omega
from math import exp
root = newton(lambda x: exp(-x) - x, 0.5)
== wrong_ends
%% bisect
def bisect(f, a, b, tolerance=1e-10):
    while abs(b - a) > tolerance:
        middle = (a + b) / 2
        if f(middle) > 0:
            b = middle
        else:
            a = middle
    return a, b
== wrong_uses
%% newton
def newton(f, x, steps=20):
    for _ in range(steps):
        x -= f(x) * 2e-5 / (f(x + 1e-5) - f(x - 1e-5))
    return bisect(f, x - 1e-3, x + 1e-3) if steps else x
%% derivative
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h
== endless slow
%% bisect
def bisect(f, a, b, tolerance=1e-10):
    middle = (a + b) / 2
    while f(middle) != 0:
        if f(a) * f(middle) <= 0:
            b = middle
        else:
            a = middle
    return middle
%% omega
root = 0.567143290
== crash
%% derivative
def derivative(f, x, h=1e-5):
return (f(x + h) - f(x - h)) / (2 * h)
== names_lost
%% omega
derivative = 1.4142135
root = 0.567143290
%% newton
def newton(f, x, steps=20):
    for _ in range(steps):
        x = x - f(x) / slope(f, x)
    return x
""",
)

_QUADRATURE = """\
'''Nodes and weights that the exercises use.'''

import numpy as np

NAMES = ("midpoint", "simpson")


def nodes(a, b, n):
    '''The n + 1 points that divide an interval evenly.'''
    return np.linspace(a, b, n + 1)


class Rule:
    '''A rule on [0, 1], by its points and weights.'''

    def __init__(self, points, weights):
        self.points, self.weights = np.asarray(points, float), np.asarray(weights, float)
"""

INTEGRALS = Homework(
    name="integrals",
    form="source",
    files=(("quadrature.py", _QUADRATURE),),
    notebooks=(
        Notebook(
            "integrals",
            r"""
%% md
# Integrals
The module `quadrature.py` beside this notebook has `nodes` and `Rule`.
%% locked imports
from hashlib import md5
import numpy as np
from quadrature import NAMES, Rule, nodes
%% md
`trapezoid(f, a, b, n)` with `n` pieces; `f` takes arrays.
%% answer trapezoid
def trapezoid(f, a, b, n):
    ### BEGIN SOLUTION
    y = f(nodes(a, b, n))
    return float((b - a) / n * (y.sum() - (y[0] + y[-1]) / 2))
    ### END SOLUTION
%% test trapezoid-line 1
assert np.isclose(trapezoid(lambda x: 2 * x + 1, 0, 3, 1), 12)
assert np.isclose(trapezoid(lambda x: 2 * x + 1, 0, 3, 7), 12)
%% test trapezoid-order 2
errors = [abs(trapezoid(np.exp, 0, 1, n) - (np.e - 1)) for n in (10, 20, 40)]
assert all(isinstance(each, float) for each in errors)
for coarse, fine in zip(errors, errors[1:]):
    assert 3.9 < coarse / fine < 4.1
%% md
`apply(rule, f, a, b)` moves a `Rule` from [0, 1] to [a, b].
%% answer apply
def apply(rule, f, a, b):
    ### BEGIN SOLUTION
    return (b - a) * float(rule.weights @ f(a + (b - a) * rule.points))
    ### END SOLUTION
%% test apply-simpson 2
simpson = Rule([0, 0.5, 1], [1 / 6, 4 / 6, 1 / 6])
for k in range(4):
    assert np.isclose(apply(simpson, lambda x: x**k, 1, 3), (3 ** (k + 1) - 1) / (k + 1)), f"x^{k}"
### BEGIN HIDDEN TESTS
midpoint = Rule([0.5], [1])
assert np.isclose(apply(midpoint, np.cos, -1, 2), 3 * np.cos(0.5))
### END HIDDEN TESTS
%% test apply-rule 1
assert isinstance(simpson, Rule)
assert simpson.points.tolist() == [0, 0.5, 1], "the rule was changed"
%% md
Make a list `gauss` of the three nodes of Gauss' rule on [0, 1], smallest first, rounded to 8 digits.
%% answer gauss
gauss = [round(0.5 + 0.5 * x, 8) for x in (-(0.6**0.5), 0.0, 0.6**0.5)]
%% test gauss-value 1
assert type(gauss) is list and len(gauss) == 3
assert md5(str([float(x) for x in gauss]).encode()).hexdigest() == "«md5 [0.11270167, 0.5, 0.88729833]»"
%% md
`cumulative(y, h)`: the trapezoid sums of samples `y` at distance `h` from the first sample to each; the first is 0.
%% answer cumulative
def cumulative(y, h):
    ### BEGIN SOLUTION
    return np.concatenate([[0.0], np.cumsum((y[1:] + y[:-1]) * h / 2)])
    ### END SOLUTION
%% test cumulative-shape 1
y = np.array([0.0, 1.0, 2.0, 3.0])
sums = cumulative(y, 1.0)
assert type(sums) == np.ndarray and sums.shape == y.shape
%% test cumulative-values 2
assert md5(str(sums.tolist()).encode()).hexdigest() == "«md5 [0.0, 0.5, 2.0, 4.5]»"
assert np.array_equal(y, [0, 1, 2, 3])
### BEGIN HIDDEN TESTS
x = np.linspace(0, 2, 401)
assert np.abs(cumulative(np.cos(x), x[1]) - np.sin(x)).max() < 1e-5
### END HIDDEN TESTS
%% md
How many pieces does the trapezoid rule need for the integral of `sin` from 0 to π to have an error below 1e-6? Store
the smallest such number in `y`.
%% answer pieces
y = 1
while abs(trapezoid(np.sin, 0, np.pi, y) - 2) >= 1e-6:
    y += 1
%% test pieces-value 1
assert isinstance(y, (int, np.integer))
assert md5(str(int(y)).encode()).hexdigest() == "«md5 1283»"
%% task order 4
Show with a few numbers of your own what order Simpson's rule has.
""",
        ),
    ),
    works=r"""
== other_way honest
%% trapezoid
def trapezoid(f, a, b, n):
    x = nodes(a, b, n)
    return float(np.trapezoid(f(x), x))
%% apply
def apply(rule, f, a, b):
    total = 0.0
    for point, weight in zip(rule.points, rule.weights):
        total += weight * f(a + point * (b - a))
    return total * (b - a)
%% cumulative
def cumulative(y, h):
    found = np.zeros(len(y))
    for k in range(1, len(y)):
        found[k] = found[k - 1] + h * 0.5 * (y[k - 1] + y[k])
    return found
%% gauss
import numpy.polynomial.legendre as legendre
gauss = sorted((legendre.leggauss(3)[0] / 2 + 0.5).round(8).tolist())
== wrong_sums
%% trapezoid
def trapezoid(f, a, b, n):
    return float((b - a) / n * f(nodes(a, b, n)[:-1]).sum())
%% pieces
y = 1283.0
== wrong_rule
%% apply
def apply(rule, f, a, b):
    rule.points = a + (b - a) * rule.points
    return float(rule.weights @ f(rule.points))
%% cumulative
def cumulative(y, h):
    y[1:] = (y[1:] + y[:-1]) * h / 2
    y[0] = 0
    return np.cumsum(y)
== crash
%% imports
import quadrature
%% gauss
gauss = quadrature.gauss(3)
== wrong_module
%% before trapezoid
def nodes(a, b, n):
    return np.linspace(a, b, n)
%% cumulative
def cumulative(y, h):
    return list(np.cumsum(y) * h)
""",
)
