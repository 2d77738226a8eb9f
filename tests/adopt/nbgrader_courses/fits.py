"""Polynomials through points, and an assignment of two notebooks."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

INTERPOLATION = Homework(
    name="lab4",
    form="notebook",
    schema=1,
    notebooks=(
        Notebook(
            "interpolation",
            r"""
%% md
# Lab 4: polynomials through points
%% code
import hashlib
import numpy as np
np.random.seed(4)
%% md
`horner(c, x)` is $c_0 + c_1 x + c_2 x^2 + ...$ without powers.
%% answer horner
def horner(c, x):
    ### BEGIN SOLUTION
    value = 0 * x
    for each in reversed(c):
        value = value * x + each
    return value
    ### END SOLUTION
%% test horner_value 1
assert horner([1, 2, 3], 2) == 17
assert horner([5], 100) == 5
%% test horner_array 1
x = np.array([0.0, 1.0, -2.0])
assert isinstance(horner([1, 2, 3], x), np.ndarray)
assert hashlib.sha1(str(horner([1, 2, 3], x).tolist()).encode()).hexdigest() == "«sha1 [1.0, 6.0, 9.0]»"
%% test horner_random 1 inside
noise = np.random.rand(5)
assert np.allclose(horner(noise, x), np.polyval(noise[::-1], x))
assert abs(noise[0] - 0.96702984) < 1e-6, "draw nothing from np.random in the cells above"
%% md
`lagrange(xs, ys, x)`: the value at `x` of the polynomial through the points. Equal nodes raise a `ValueError`.
%% answer lagrange
def lagrange(xs, ys, x):
    ### BEGIN SOLUTION
    if len(set(xs)) < len(xs):
        raise ValueError("equal nodes")
    total = 0.0
    for i, (xi, yi) in enumerate(zip(xs, ys)):
        product = yi
        for j, xj in enumerate(xs):
            if i != j:
                product *= (x - xj) / (xi - xj)
        total += product
    return total
    ### END SOLUTION
%% test lagrange_points 2
xs, ys = [0.0, 1.0, 3.0], [1.0, -2.0, 4.0]
for a, b in zip(xs, ys):
    assert np.isclose(lagrange(xs, ys, a), b)
%% test lagrange_between 2
assert np.isclose(lagrange(xs, ys, 2.0), np.polyval(np.polyfit(xs, ys, 2), 2.0))
assert type(lagrange(xs, ys, 2.0)) in (float, np.float64)
### BEGIN HIDDEN TESTS
assert np.isclose(lagrange([2, 4], [0, 1], 10), 4)
### END HIDDEN TESTS
%% test lagrange_equal 1
try:
    lagrange([1, 1], [2, 3], 0)
except ValueError:
    pass
else:
    raise AssertionError("the nodes are equal")
%% md
`chebyshev(n)` returns the n nodes $\cos((2k+1)\pi/(2n))$ in increasing order.
%% answer chebyshev
def chebyshev(n):
    ### BEGIN SOLUTION
    return np.sort(np.cos((2 * np.arange(n) + 1) * np.pi / (2 * n)))
    ### END SOLUTION
%% test chebyshev_steps 4
got = 0
nodes = chebyshev(5)
if isinstance(nodes, np.ndarray) and nodes.shape == (5,):
    got += 1
if abs(float(sum(nodes))) < 1e-12:
    got += 1
if list(nodes) == sorted(nodes):
    got += 1
largest = [round(float(x), 4) for x in sorted(nodes)[3:]]
if hashlib.md5(str(largest).encode()).hexdigest() == "«md5 [0.5878, 0.9511]»":
    got += 1
got
%% md
Store the degree of the polynomial through seven points in general position in `x`.
%% answer degree
x = 6
%% test degree_value 1
assert hashlib.sha1(str(x).encode()).hexdigest() == "«sha1 6»"
%% written runge 3
With equidistant nodes the largest error grows with the degree, with Chebyshev's it does not.
""",
        ),
    ),
    works=r"""
== other_way honest
%% horner
from functools import reduce
def horner(c, x):
    return reduce(lambda value, each: value * x + each, list(c)[::-1], x * 0)
%% lagrange
def lagrange(xs, ys, x):
    xs, ys = np.array(xs, float), np.array(ys, float)
    if len(np.unique(xs)) != len(xs):
        raise ValueError("two nodes are the same")
    table = ys.copy()
    for k in range(1, len(xs)):
        table = ((x - xs[k:]) * table[:-1] - (x - xs[:-k]) * table[1:]) / (xs[:-k] - xs[k:])
    return float(table[0])
%% chebyshev
def chebyshev(n):
    return np.array([-np.cos((k + 0.5) * np.pi / n) for k in range(n)])
== wrong_order
%% horner
def horner(c, x):
    value = 0
    for each in c:
        value = value * x + each
    return value
%% chebyshev
def chebyshev(n):
    return np.cos((2 * np.arange(n) + 1) * np.pi / (2 * n))
== wrong_divides
%% lagrange
def lagrange(xs, ys, x):
    return sum(y * np.prod([(x - b) / (a - b) for b in xs if b is not a]) for a, y in zip(np.array(xs), ys))
%% chebyshev
def chebyshev(n):
    return list(np.linspace(-1, 1, n))
%% degree
x = 7
== draws
%% horner
def horner(c, x):
    np.random.rand()
    return sum(each * x**k for k, each in enumerate(c))
%% before lagrange
np.random.shuffle([1, 2, 3])
== crash
%% chebyshev
def chebyshev(n):
    return np.cosine(n)
%% before degree
undefined_name
== deleted_test
%% drop lagrange_equal horner_random
%% lagrange
def lagrange(xs, ys, x):
    return 1.0
""",
)

PARTS = Homework(
    name="project",
    form="course",
    notebooks=(
        Notebook(
            "part1-data",
            r"""
%% md
# Part 1: data
%% code
import hashlib
import math
%% md
`parse(text)` turns `"3.5;4;bad;5"` into a list of floats, leaving out what is no number.
%% answer parse
def parse(text):
    ### BEGIN SOLUTION
    found = []
    for each in text.split(";"):
        try:
            found.append(float(each))
        except ValueError:
            pass
    return found
    ### END SOLUTION
%% test parse-list 2
values = parse("3.5;4;bad;5")
assert isinstance(values, list)
assert values == [3.5, 4.0, 5.0]
### BEGIN HIDDEN TESTS
assert parse("") == []
assert hashlib.sha1(str(parse("1e3;-2;;x;.5")).encode()).hexdigest() == "«sha1 [1000.0, -2.0, 0.5]»"
### END HIDDEN TESTS
%% test parse-types 1
assert all(type(each) == float for each in values)
%% md
`spread(values)`: the largest minus the smallest; for an empty list a `ValueError`.
%% answer spread
def spread(values):
    return max(values) - min(values)
%% test spread-values 1
assert spread(values) == 1.5
assert hashlib.md5(str(spread([2, -7, 3])).encode()).hexdigest() == "«md5 10»"
%% test spread-empty 1
try:
    spread([])
except ValueError:
    pass
else:
    assert False, "an empty list has no spread"
%% written source 2
From the station on the roof.
""",
        ),
        Notebook(
            "part2-model",
            r"""
%% md
# Part 2: a model
%% code
import hashlib
import numpy as np
%% md
`fit(x, y)`: slope and intercept of the least-squares line, as a tuple of floats.
%% answer fit
def fit(x, y):
    ### BEGIN SOLUTION
    x, y = np.asarray(x, float), np.asarray(y, float)
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    return float(slope), float(y.mean() - slope * x.mean())
    ### END SOLUTION
%% test fit-line 2
line = fit([0, 1, 2, 3], [1, 3, 5, 7])
assert isinstance(line, tuple) and len(line) == 2
assert np.allclose(line, (2, 1))
%% test fit-noise 2
rng = np.random.default_rng(8)
x = rng.uniform(0, 10, 40)
y = 3 * x - 1 + rng.normal(size=40)
np.testing.assert_allclose(fit(x, y), np.polyfit(x, y, 1))
%% md
`residuals(x, y)` must call `fit`, and returns an array.
%% answer residuals
def residuals(x, y):
    ### BEGIN SOLUTION
    slope, intercept = fit(x, y)
    return np.asarray(y) - (slope * np.asarray(x) + intercept)
    ### END SOLUTION
%% test residuals-sum 1
r = residuals(x, y)
assert type(r) is np.ndarray and r.shape == (40,)
assert abs(r.sum()) < 1e-9
%% test residuals-digest 1
r = residuals([0, 1, 2], [0, 3, 0])
assert hashlib.sha1(str([round(float(v), 3) + 0.0 for v in r]).encode()).hexdigest() == "«sha1 [-1.0, 2.0, -1.0]»"
%% test residuals-fit 1 inside
saved = fit
def fit(x, y):
    return 0.0, 100.0
assert np.allclose(residuals([1, 2], [100, 101]), [0, 1]), "residuals should call fit"
fit = saved
""",
        ),
    ),
    works=r"""
== other_way honest
%% parse
import re
def parse(text):
    return [float(each) for each in text.split(";") if re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*", each)]
%% spread
def spread(values):
    if len(values) == 0:
        raise ValueError("empty")
    ordered = sorted(values)
    return ordered[-1] - ordered[0]
%% fit
def fit(x, y):
    slope, intercept = np.polyfit(x, y, 1)
    return slope, intercept
== wrong_parse
%% parse
def parse(text):
    return [each for each in text.split(";") if each.replace(".", "").isdigit()]
%% spread
def spread(values):
    return max(values, default=0) - min(values, default=0)
== wrong_fit
%% fit
def fit(x, y):
    slope = (y[-1] - y[0]) / (x[-1] - x[0])
    return slope, y[0] - slope * x[0]
== wrong_residuals
%% residuals
def residuals(x, y):
    slope, intercept = np.polyfit(x, y, 1)
    return slope * np.asarray(x) + intercept - np.asarray(y)
== crash
%% fit
def fit(x, y):
    return values(x, y)
%% parse
float("bad")
""",
)
