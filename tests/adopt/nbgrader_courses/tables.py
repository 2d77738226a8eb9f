"""Tables with a csv beside the notebook, figures, two notebooks in one assignment, random walks."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

TABLES = Homework(
    name="rivers",
    form="course",
    files=(
        (
            "data/rivers.csv",
            "name,country,length,flow\nAlva,North,120,35.5\nBree,South,340,80.0\nCorm,North,90,\nDuna,East,610,410.25\n"
            "Esk,South,75,12.0\nFyre,East,280,66.0\n",
        ),
    ),
    notebooks=(
        Notebook(
            "rivers",
            r"""
%% md
# Rivers
%% locked imports
import hashlib
import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal, assert_series_equal
%% md
Read `data/rivers.csv` into a table `rivers`, with the names as its index.
%% answer read
rivers = pd.read_csv("data/rivers.csv", index_col="name")
%% test read-table 1
assert isinstance(rivers, pd.DataFrame)
assert rivers.shape == (6, 3)
assert rivers.index.name == "name"
%% test read-digest 1
assert hashlib.sha1(",".join(rivers.columns).encode()).hexdigest() == "«sha1 country,length,flow»"
assert hashlib.sha1(str(int(rivers["length"].sum())).encode()).hexdigest() == "«sha1 1515»"
%% md
`longest(table, n)`: the names of the `n` longest rivers, as a list, the longest first.
%% answer longest
def longest(table, n):
    ### BEGIN SOLUTION
    return table["length"].sort_values(ascending=False).index[:n].tolist()
    ### END SOLUTION
%% test longest-names 2
names = longest(rivers, 3)
assert type(names) is list
assert hashlib.md5("".join(names).encode()).hexdigest() == "«md5 DunaBreeFyre»"
### BEGIN HIDDEN TESTS
small = pd.DataFrame({"length": [3, 9, 5]}, index=["u", "v", "w"])
assert longest(small, 2) == ["v", "w"]
assert longest(small, 0) == []
### END HIDDEN TESTS
%% md
`by_country(table)`: a Series with the mean flow of each country, missing values left out, sorted by country.
%% answer by_country
def by_country(table):
    ### BEGIN SOLUTION
    return table.groupby("country")["flow"].mean()
    ### END SOLUTION
%% test by-country-series 2
flows = by_country(rivers)
assert isinstance(flows, pd.Series)
expected = pd.Series({"East": 238.125, "North": 35.5, "South": 46.0})
assert_series_equal(flows, expected, check_names=False)
%% test by-country-same 1
assert list(rivers.columns) == ["country", "length", "flow"], "the table was changed"
assert rivers["flow"].isna().sum() == 1
%% md
`add_ratio(table)` adds a column `ratio` (flow by length) to the table **itself** and returns nothing.
%% answer add_ratio
def add_ratio(table):
    ### BEGIN SOLUTION
    table["ratio"] = table["flow"] / table["length"]
    ### END SOLUTION
%% test add-ratio-place 2
copy = rivers.copy()
assert add_ratio(copy) is None
assert "ratio" in copy.columns
assert np.allclose(copy["ratio"].dropna(), [0.2958333, 0.2352941, 0.6725410, 0.16, 0.2357143])
%% md
Fill the gap of `flow` with the median flow, and store the new table in `filled`.
%% answer filled
filled = rivers.fillna({"flow": rivers["flow"].median()})
%% test filled-table 1
assert type(filled) == pd.DataFrame
assert filled["flow"].notna().all()
assert hashlib.sha1(str(float(filled.loc["Corm", "flow"])).encode()).hexdigest() == "«sha1 66.0»"
%% md
Now keep in `filled` only the rivers longer than 100 km, in the order of their flow.
%% answer only_long
filled = filled[filled["length"] > 100].sort_values("flow")
%% test only-long-table 2
expected = pd.DataFrame({"length": [120, 280, 340, 610], "flow": [35.5, 66.0, 80.0, 410.25]}, index=["Alva", "Fyre", "Bree", "Duna"])
expected.index.name = "name"
assert_frame_equal(filled[["length", "flow"]], expected)
%% written countries 2
East, because of one large river.
""",
        ),
    ),
    works=r"""
== other_way honest
%% read
rivers = pd.read_csv("data/rivers.csv").set_index("name")
%% longest
def longest(table, n):
    return list(table.nlargest(n, "length").index)
%% by_country
def by_country(table):
    means = {}
    for country in sorted(table["country"].unique()):
        means[country] = table.loc[table["country"] == country, "flow"].dropna().mean()
    return pd.Series(means)
%% add_ratio
def add_ratio(table):
    table.insert(len(table.columns), "ratio", table.flow.div(table.length))
%% filled
filled = rivers.copy()
filled.loc[filled["flow"].isna(), "flow"] = np.nanmedian(rivers["flow"])
== wrong_index
%% read
rivers = pd.read_csv("data/rivers.csv")
== wrong_copies
%% add_ratio
def add_ratio(table):
    return table.assign(ratio=table["flow"] / table["length"])
%% by_country
def by_country(table):
    table["flow"] = table["flow"].fillna(0)
    return table.groupby("country")["flow"].mean()
%% longest
def longest(table, n):
    return table["length"].sort_values().index[:n].tolist()
== crash
%% read
rivers = pd.read_csv("~/Downloads/my rivers.csv", index_col="name")
== dicts
%% by_country
def by_country(table):
    return table.groupby("country")["flow"].mean().to_dict()
%% filled
filled = rivers.fillna(0)
== changed_test
%% only-long-table
pass
%% only_long
filled = None
""",
)

FIGURES = Homework(
    name="figures",
    form="notebook",
    notebooks=(
        Notebook(
            "figures",
            r"""
%% md
# Figures
%% locked imports
import hashlib
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from numpy.testing import assert_equal
%% md
`wave(n)`: arrays `x`, `y` of `n` samples of one period of the sine.
%% answer wave
def wave(n):
    x = np.linspace(0, 2 * np.pi, n)
    return x, np.sin(x)
%% test wave-arrays 1
x, y = wave(9)
assert isinstance(x, np.ndarray) and isinstance(y, np.ndarray)
assert len(x) == len(y) == 9
%% test wave-values 1
assert hashlib.md5(str([int(10 * v) for v in y.round(6)]).encode()).hexdigest() == "«md5 [0, 7, 10, 7, 0, -7, -10, -7, 0]»"
%% md
`draw(ax, n)` draws the wave into the axes `ax`, with a label for each axis and a title, and returns `ax`.
%% answer draw
def draw(ax, n):
    ### BEGIN SOLUTION
    ax.plot(*wave(n))
    ax.set_xlabel("angle")
    ax.set_ylabel("sine")
    ax.set_title(f"{n} samples")
    return ax
    ### END SOLUTION
%% test draw-line 2 inside
figure, ax = plt.subplots()
assert draw(ax, 30) is ax
lines = ax.get_lines()
assert len(lines) == 1
np.testing.assert_allclose(lines[0].get_ydata(), np.sin(lines[0].get_xdata()), atol=1e-12)
### BEGIN HIDDEN TESTS
assert len(lines[0].get_xdata()) == 30
### END HIDDEN TESTS
%% test draw-labels 1 inside
assert ax.get_xlabel() and ax.get_ylabel()
assert isinstance(ax.get_title(), str) and len(ax.get_title()) > 0
plt.close("all")
%% md
`bins(values, edges)`: how many values are in each interval, the right end of the last included; a list of ints.
%% answer bins
def bins(values, edges):
    ### BEGIN SOLUTION
    return np.histogram(values, edges)[0].tolist()
    ### END SOLUTION
%% test bins-counts 2
assert_equal(bins([1, 2, 2, 3, 5], [1, 2, 3, 5]), [1, 2, 2])
### BEGIN HIDDEN TESTS
assert_equal(bins([], [0, 1]), [0])
assert_equal(bins([0.5, 9, -1], [0, 1, 2]), [1, 0])
### END HIDDEN TESTS
%% test bins-type 1
found = bins([1, 1, 4], [0, 2, 4])
assert type(found) == list and all(type(n) == int for n in found)
%% md
Which colours does the default cycle begin with? Store the first three, as strings, in `colours`.
%% answer colours
colours = plt.rcParams["axes.prop_cycle"].by_key()["color"][:3]
%% test colours-value 1
assert hashlib.sha1("".join(colours).encode()).hexdigest() == "«sha1 #1f77b4#ff7f0e#2ca02c»"
%% program picture 5
# Draw something that you like.
plt.plot(*wave(200))
plt.show()
""",
        ),
    ),
    works=r"""
== other_way honest
%% wave
def wave(n):
    step = 2 * np.pi / (n - 1)
    x = step * np.arange(n)
    return [x, np.array([np.sin(each) for each in x])]
%% draw
def draw(ax, n):
    x, y = wave(n)
    ax.plot(x, y, "r.-")
    ax.set(xlabel="x", ylabel="y", title="A wave")
    return ax
%% bins
def bins(values, edges):
    found = [0] * (len(edges) - 1)
    for value in values:
        for k in range(len(found)):
            if edges[k] <= value < edges[k + 1] or (k == len(found) - 1 and value == edges[-1]):
                found[k] += 1
    return found
== wrong_axes
%% draw
def draw(ax, n):
    plt.figure()
    plt.plot(*wave(n))
    plt.xlabel("angle")
    return ax
== wrong_bins
%% bins
def bins(values, edges):
    return [sum(a <= v < b for v in values) for a, b in zip(edges, edges[1:])]
%% wave
def wave(n):
    x = np.linspace(0, 360, n)
    return x, np.sin(x)
== wrong_lists
%% wave
import math
def wave(n):
    x = [2 * math.pi * k / (n - 1) for k in range(n)]
    return x, [math.sin(each) for each in x]
%% colours
colours = ["blue", "orange", "green"]
== crash
%% wave
def wave(n):
    return np.sine(n)
%% colours
colours = plt.rcParams["axes.colors"]
""",
)

WALKS = Homework(
    name="walks",
    form="release",
    notebooks=(
        Notebook(
            "walks",
            r"""
%% md
# Random walks
%% locked tools
import hashlib
import numpy as np

def digest(value):
    return hashlib.sha1(repr(value).encode()).hexdigest()
%% md
`walk(n, rng)`: the `n + 1` places of a walk that begins at 0, each step -1 or 1.
%% answer walk
def walk(n, rng):
    ### BEGIN SOLUTION
    return np.concatenate([[0], np.cumsum(rng.choice([-1, 1], size=n))])
    ### END SOLUTION
%% test walk-steps 2
places = walk(1000, np.random.default_rng(1))
assert isinstance(places, np.ndarray)
assert places.shape == (1001,) and places[0] == 0
assert set(np.diff(places).tolist()) == {-1, 1}
%% test walk-mean 1
ends = [walk(100, np.random.default_rng(seed))[-1] for seed in range(300)]
assert abs(np.mean(ends)) < 2.5 and 8 < np.std(ends) < 12
%% md
`first_return(places)`: the first index but 0 at which the walk is at 0 again; `None` if it never is.
%% answer first_return
def first_return(places):
    ### BEGIN SOLUTION
    zeros = np.flatnonzero(np.asarray(places)[1:] == 0)
    return int(zeros[0]) + 1 if len(zeros) else None
    ### END SOLUTION
%% test first-return-some 2
examples = [[0, 1, 0, -1], [0, -1, -2, -1, 0], [0, 1, 2]]
answers = [first_return(np.array(each)) for each in examples]
assert digest(answers) == "«sha1 [2, 4, None]»"
%% test first-return-type 1
assert type(answers[0]) is int
### BEGIN HIDDEN TESTS
assert digest(first_return(np.array([0, 1, 2, 1, 0, -1, 0]))) == "«sha1 4»"
assert first_return(np.array([0])) is None
### END HIDDEN TESTS
%% md
`matrix(n)`: the transition matrix of a walk on a circle of `n` places.
%% answer matrix
def matrix(n):
    ### BEGIN SOLUTION
    eye = np.eye(n)
    return (np.roll(eye, 1, axis=1) + np.roll(eye, -1, axis=1)) / 2
    ### END SOLUTION
%% test matrix-rows 1
P = matrix(5)
assert isinstance(P, np.ndarray) and P.shape == (5, 5)
assert np.allclose(P.sum(axis=1), 1)
%% test matrix-entries 1
assert digest(P.tolist()[0]) == "«sha1 [0.0, 0.5, 0.0, 0.0, 0.5]»"
assert digest(np.linalg.matrix_power(P, 2).tolist()[0]) == "«sha1 [0.5, 0.0, 0.25, 0.25, 0.0]»"
%% md
Store the chance of being at the start again after ten steps, rounded to four digits, in `chance`.
%% answer chance
import math
chance = round(math.comb(10, 5) / 2**10, 4)
%% test chance-value 1
assert isinstance(chance, float)
assert digest(chance) == "«sha1 0.2461»"
%% md
And on the circle of five places?
%% answer circle
chance = round(float(np.linalg.matrix_power(matrix(5), 10)[0, 0]), 4)
%% test circle-value 1
assert digest(chance) == "«sha1 0.248»"
%% test history 1 inside
names = [name for name in globals() if name in ("walk", "first_return", "matrix")]
assert len(names) == 3
import ast, inspect
tree = ast.parse(inspect.getsource(matrix))
assert not any(isinstance(node, ast.While) for node in ast.walk(tree)), "matrix needs no while"
""",
        ),
    ),
    works=r"""
== other_way honest
%% walk
def walk(n, rng):
    places = np.zeros(n + 1, dtype=int)
    places[1:] = 2 * rng.integers(0, 2, n) - 1
    return places.cumsum()
%% first_return
def first_return(places):
    for k, place in enumerate(places):
        if k and place == 0:
            return k
%% matrix
def matrix(n):
    P = np.zeros((n, n))
    for k in range(n):
        P[k, (k + 1) % n] = P[k, k - 1] = 0.5
    return P
== wrong_start
%% walk
def walk(n, rng):
    return np.cumsum(rng.choice([-1, 1], size=n + 1))
%% first_return
def first_return(places):
    return np.argmax(places[1:] == 0) + 1
== wrong_matrix
%% matrix
def matrix(n):
    P = np.zeros((n, n))
    for k in range(n - 1):
        P[k, k + 1] = P[k + 1, k] = 0.5
    return P
== wrong_steps
%% walk
def walk(n, rng):
    return np.concatenate([[0], np.cumsum(rng.integers(-1, 1, size=n))])
%% chance
chance = "0.2461"
== crash
%% first_return
def first_return(places):
    return places.index(0, 1)
%% circle
chance = chance / 0
== changed_tools
%% tools
import numpy as np
def digest(value):
    return True
%% chance
chance = 0.5
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
