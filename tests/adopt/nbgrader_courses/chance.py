"""Samples and random walks."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

SAMPLES = Homework(
    name="samples",
    form="notebook",
    notebooks=(
        Notebook(
            "samples",
            r"""
%% md
# Samples
%% locked setup
import hashlib
import warnings
import numpy as np

data = np.array([12.1, 9.8, 11.4, 10.3, 35.0, 10.9, 9.9, 11.2])
%% md
Mean and median of `data`, in a dict `centre` with these two keys.
%% answer centre
centre = {"mean": float(data.mean()), "median": float(np.median(data))}
%% test centre-keys 1
assert isinstance(centre, dict)
assert sorted(centre) == ["mean", "median"]
%% test centre-values 1
assert hashlib.sha1(str(round(centre["mean"], 3)).encode()).hexdigest() == "«sha1 13.825»"
assert hashlib.sha1(str(round(centre["median"], 3)).encode()).hexdigest() == "«sha1 11.05»"
%% md
`trimmed(values, k)` is the mean without the `k` smallest and the `k` largest values.
%% answer trimmed
def trimmed(values, k):
    ### BEGIN SOLUTION
    ordered = np.sort(values)
    return ordered[k:len(ordered) - k].mean()
    ### END SOLUTION
%% test trimmed-values 2
assert np.isclose(trimmed(data, 0), np.mean(data))
assert np.isclose(trimmed(data, 1), np.mean(sorted(data)[1:-1]))
### BEGIN HIDDEN TESTS
assert np.isclose(trimmed([5, 1, 9], 1), 5)
assert np.isclose(trimmed(np.array([4, 0, 1, 100, 2, 3]), 2), 2.5)
### END HIDDEN TESTS
%% test trimmed-argument 1
values = [3.0, 1.0, 2.0]
trimmed(values, 1)
assert values == [3.0, 1.0, 2.0], "do not sort the argument"
assert isinstance(values, list)
%% md
`log_likelihood(p, k, n)`: the logarithm of $p^k (1-p)^{n-k}$. For `p` 0 or 1 it is `-inf` where it must be, and no
warning is printed.
%% answer likelihood
def log_likelihood(p, k, n):
    ### BEGIN SOLUTION
    def part(count, probability):
        if count == 0:
            return 0.0
        return count * np.log(probability) if probability > 0 else -np.inf
    return float(part(k, p) + part(n - k, 1 - p))
    ### END SOLUTION
%% test likelihood-values 1
assert np.isclose(log_likelihood(0.5, 3, 10), -10 * np.log(2))
assert np.isclose(log_likelihood(0.2, 1, 3), np.log(0.2 * 0.8**2))
%% test likelihood-edges 2
assert log_likelihood(0.0, 3, 10) == -np.inf
assert log_likelihood(1.0, 3, 10) == -np.inf
### BEGIN HIDDEN TESTS
assert log_likelihood(1.0, 10, 10) == 0
### END HIDDEN TESTS
%% md
`bootstrap(values, n, rng)` returns `n` means of samples drawn with replacement; all draws come from `rng`.
%% answer bootstrap
def bootstrap(values, n, rng):
    ### BEGIN SOLUTION
    values = np.asarray(values)
    return np.array([rng.choice(values, size=len(values)).mean() for _ in range(n)])
    ### END SOLUTION
%% test bootstrap-shape 1
means = bootstrap(data, 500, np.random.default_rng(3))
assert isinstance(means, np.ndarray) and means.shape == (500,)
assert data.min() <= means.min() and means.max() <= data.max()
%% test bootstrap-spread 2
assert abs(means.mean() - data.mean()) < 1.0
assert 0.5 * data.std() / len(data) ** 0.5 < means.std() < 1.5 * data.std() / len(data) ** 0.5
again = bootstrap(data, 500, np.random.default_rng(3))
assert np.array_equal(means, again), "draw from the generator that is given"
%% md
Which reading is an outlier? Store its index in `outlier`, and the others, rounded to whole numbers, in the list `rest`.
%% answer outlier
outlier = int(np.argmax(abs(data - np.median(data))))
rest = [int(round(float(value))) for k, value in enumerate(data) if k != outlier]
%% test outlier-parts 2
grade = 0
grade += 0.5 * (type(outlier) in (int, np.int64))
grade += 0.5 * (hashlib.md5(str(int(outlier)).encode()).hexdigest() == "«md5 4»")
if hashlib.md5(str(rest).encode()).hexdigest() == "«md5 [12, 10, 11, 10, 11, 10, 11]»":
    grade += 1
grade
%% program figure 4
# Draw a histogram of the means, and say in a comment what you see.
counts, edges = np.histogram(means, bins=20)
print(counts)
""",
        ),
    ),
    works=r"""
== other_way honest
%% centre
import statistics
centre = dict(median=statistics.median(data.tolist()), mean=sum(data.tolist()) / 8)
%% trimmed
def trimmed(values, k):
    kept = sorted(values)
    for _ in range(k):
        kept.pop()
        kept.pop(0)
    return sum(kept) / len(kept)
%% likelihood
import math
def log_likelihood(p, k, n):
    likelihood = p**k * (1 - p) ** (n - k)
    return math.log(likelihood) if likelihood else -math.inf
%% bootstrap
def bootstrap(values, n, rng):
    size = len(values)
    return np.array(values)[rng.integers(size, size=(n, size))].mean(axis=1)
== warns
%% likelihood
def log_likelihood(p, k, n):
    failures = (n - k) * np.log(1 - np.float64(p)) if n > k else 0.0
    return k * np.log(np.float64(p)) + failures
== wrong_seeds
%% bootstrap
def bootstrap(values, n, rng):
    return [np.random.choice(values, size=len(values)).mean() for _ in range(n)]
%% trimmed
def trimmed(values, k):
    values.sort()
    return np.mean(values[k:-k])
== wrong_outlier
%% outlier
outlier = 4
rest = [12, 9, 11, 10, 10, 9, 11]
%% centre
centre = {"mean": 13.8, "median": 11.05}
== wrong_index
%% outlier
outlier = "4"
rest = []
%% likelihood
def log_likelihood(p, k, n):
    return k * np.log(p) + (n - k) * np.log(1 - p)
== crash
%% centre
centre = {"mean": data.mean, "median": data.median()}
%% bootstrap
def bootstrap(values, n, rng):
    raise MemoryError
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
