"""A table with a csv beside the notebook, and figures."""

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
columns = {"length": [120, 280, 340, 610], "flow": [35.5, 66.0, 80.0, 410.25]}
expected = pd.DataFrame(columns, index=["Alva", "Fyre", "Bree", "Duna"])
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
tenths = [int(10 * v) for v in y.round(6)]
assert hashlib.md5(str(tenths).encode()).hexdigest() == "«md5 [0, 7, 10, 7, 0, -7, -10, -7, 0]»"
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
Store red, lime and blue as matplotlib's hexadecimal strings in the list `colours`.
%% answer colours
from matplotlib.colors import to_hex
colours = [to_hex(name) for name in ("red", "lime", "blue")]
%% test colours-value 1
assert hashlib.sha1("".join(colours).encode()).hexdigest() == "«sha1 #ff0000#00ff00#0000ff»"
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
colours = ["red", "lime", "blue"]
== crash
%% wave
def wave(n):
    return np.sine(n)
%% colours
colours = plt.rcParams["axes.colors"]
""",
)
