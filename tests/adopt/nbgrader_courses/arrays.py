"""Arrays: indexing and broadcasting, linear algebra, samples and random walks."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

ARRAYS = Homework(
    name="arrays",
    form="release",
    notebooks=(
        Notebook(
            "arrays",
            r"""
%% md
# Arrays
%% locked imports
import hashlib
import numpy as np

def sha(array):
    return hashlib.sha1(np.ascontiguousarray(array)).hexdigest()
%% md
Make an array `grid` of 5 rows and 4 columns that holds 0 to 19, row by row.
%% answer grid
grid = np.arange(20).reshape(5, 4)
%% test grid-shape 1
assert isinstance(grid, np.ndarray)
assert grid.shape == (5, 4)
assert hashlib.sha1(str(grid.tolist()).encode()).hexdigest() == "«sha1 [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15], [16, 17, 18, 19]]»"
%% md
`border(array)` returns a copy of a matrix whose outer rows and columns are zero.
%% answer border
def border(array):
    ### BEGIN SOLUTION
    inner = np.zeros_like(array)
    inner[1:-1, 1:-1] = array[1:-1, 1:-1]
    return inner
    ### END SOLUTION
%% test border-values 2
framed = border(grid)
assert framed[0].sum() == framed[-1].sum() == framed[:, 0].sum() == framed[:, -1].sum() == 0
np.testing.assert_array_equal(framed[1:-1, 1:-1], grid[1:-1, 1:-1])
%% test border-copy 1
untouched = grid.copy()
border(grid)
assert np.array_equal(grid, untouched), "border should return a copy"
%% md
`normalise(x)` changes a vector of floats **in place** so that its mean is 0 and its standard deviation 1.
%% answer normalise
def normalise(x):
    ### BEGIN SOLUTION
    x -= x.mean()
    x /= x.std()
    ### END SOLUTION
%% test normalise-place 2
x = np.array([1.0, 2.0, 4.0, 9.0])
answer = normalise(x)
assert answer is None
assert abs(x.mean()) < 1e-12 and abs(x.std() - 1) < 1e-12
### BEGIN HIDDEN TESTS
x = np.linspace(-3, 5, 50) ** 3
y = (x - x.mean()) / x.std()
normalise(x)
assert np.allclose(x, y)
### END HIDDEN TESTS
%% md
`distances(points)` takes an array of shape (n, d) and returns the (n, n) array of distances, without loops.
%% answer distances
def distances(points):
    ### BEGIN SOLUTION
    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=-1))
    ### END SOLUTION
%% test distances-small 2
points = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 1.0]])
table = distances(points)
assert type(table) is np.ndarray and table.shape == (3, 3)
np.testing.assert_allclose(table, [[0, 5, 1], [5, 0, 18**0.5], [1, 18**0.5, 0]])
%% test distances-many 2
rng = np.random.default_rng(5)
for n, d in [(1, 1), (4, 3), (20, 2)]:
    points = rng.normal(size=(n, d))
    table = distances(points)
    assert np.allclose(table, table.T)
    assert np.allclose(table[0], np.linalg.norm(points - points[0], axis=1))
%% test distances-loops 1 inside
import inspect
text = inspect.getsource(distances)
assert "for " not in text and "while " not in text, "without loops"
%% md
Which entries of `grid` are divisible by 3? Store their mask in `mask` and their sum in `total`.
%% answer mask
mask = grid % 3 == 0
total = grid[mask].sum()
%% test mask-type 1
assert isinstance(mask, np.ndarray)
assert mask.dtype == bool
%% test mask-total 1
assert hashlib.md5(str(int(total)).encode()).hexdigest() == "«md5 63»"
assert mask.sum() == 7
%% md
Four small ones; each is worth a quarter. `halves(x)`, `evens(x)`, `backwards(x)` and `last(x)` take an array.
%% answer small
def halves(x):
    return x / 2
def evens(x):
    return x[::2]
def backwards(x):
    return x[::-1]
def last(x):
    return x[-1]
%% test small-parts 2
x = np.array([8, 6, 4, 2, 0])
score = 0
for function, expected in [(halves, [4, 3, 2, 1, 0]), (evens, [8, 4, 0]), (backwards, [0, 2, 4, 6, 8]), (last, 0)]:
    try:
        score += 0.5 * np.array_equal(function(x), expected)
    except Exception:
        pass
float(score)
%% written broadcast 3
The shapes (n, 1, d) and (1, n, d) are stretched to (n, n, d).
""",
        ),
    ),
    works=r"""
== other_way honest
%% grid
grid = np.array([[4 * i + j for j in range(4)] for i in range(5)])
%% border
def border(array):
    return np.pad(array[1:-1, 1:-1], 1)
%% normalise
def normalise(x):
    x[:] = (x - np.mean(x)) / np.std(x)
%% distances
def distances(points):
    squares = (points**2).sum(1)
    found = squares[:, None] + squares - 2 * points @ points.T
    np.fill_diagonal(found, 0)
    return np.sqrt(np.maximum(found, 0))
%% small
halves = lambda x: 0.5 * x
evens = lambda x: x[0::2]
backwards = np.flip
def last(x):
    return x[len(x) - 1]
== wrong_places
%% border
def border(array):
    array[[0, -1]] = 0
    array[:, [0, -1]] = 0
    return array
%% normalise
def normalise(x):
    x = (x - x.mean()) / x.std()
    return x
%% mask
mask = [n % 3 == 0 for n in grid.ravel()]
total = sum(mask)
== wrong_loops
%% distances
def distances(points):
    n = len(points)
    table = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            table[i, j] = np.linalg.norm(points[i] - points[j])
    return table
%% small
def halves(x):
    return x // 2
def evens(x):
    return x[1::2]
def backwards(x):
    return x.sort()
def last(x):
    return x[-1:]
== half_small
%% small
def halves(x):
    return x / 2
def evens(x):
    return x[x % 2 == 0]
def backwards(x):
    return x[:0:-1]
def last(x):
    return x[-1]
== crash
%% grid
grid = np.arange(20).reshape(5, 5)
== lists
%% grid
grid = [list(range(k, k + 4)) for k in range(0, 20, 4)]
%% distances
def distances(points):
    return [[float(np.hypot(*(p - q))) for p in points] for q in points]
""",
)

LINEAR = Homework(
    name="linear-algebra",
    form="release",
    schema=2,
    notebooks=(
        Notebook(
            "linear",
            r"""
%% md
# Linear algebra
%% code
import hashlib
import numpy as np
%% md
`solve_upper(U, b)` solves $Ux = b$ for an upper triangular matrix by substituting backwards.
%% answer upper
def solve_upper(U, b):
    ### BEGIN SOLUTION
    n = len(b)
    x = np.zeros(n)
    for i in reversed(range(n)):
        x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]
    return x
    ### END SOLUTION
%% test upper-small 1
U = np.array([[2.0, 1.0], [0.0, 4.0]])
x = solve_upper(U, np.array([4.0, 8.0]))
assert isinstance(x, np.ndarray)
assert np.allclose(x, [1, 2])
%% test upper-random 2
rng = np.random.default_rng(11)
for n in range(1, 8):
    U = np.triu(rng.uniform(1, 2, size=(n, n)))
    b = rng.normal(size=n)
    assert np.allclose(U @ solve_upper(U, b), b)
%% test upper-forbidden 1 inside
kept, np.linalg.solve = np.linalg.solve, None
try:
    assert np.allclose(solve_upper(np.eye(3), np.arange(3.0)), [0, 1, 2])
finally:
    np.linalg.solve = kept
%% md
`power_method(A, steps)` returns an eigenvector of length one of the largest eigenvalue, and that eigenvalue.
%% answer power
def power_method(A, steps=200):
    ### BEGIN SOLUTION
    v = np.ones(len(A))
    for _ in range(steps):
        v = A @ v
        v /= np.linalg.norm(v)
    return v, float(v @ A @ v)
    ### END SOLUTION
%% test power-value 2
A = np.array([[4.0, 1.0], [2.0, 3.0]])
v, value = power_method(A)
assert isinstance(value, float)
assert abs(value - 5) < 1e-8
%% test power-vector 1
assert type(v) == np.ndarray and v.shape == (2,)
assert abs(np.linalg.norm(v) - 1) < 1e-9
assert np.allclose(A @ v, value * v)
%% md
`gram_schmidt(A)` returns a matrix with orthonormal columns that span what those of `A` span, in their order.
%% answer gram
def gram_schmidt(A):
    ### BEGIN SOLUTION
    Q = np.zeros_like(A, dtype=float)
    for j in range(A.shape[1]):
        v = A[:, j] - Q[:, :j] @ (Q[:, :j].T @ A[:, j])
        Q[:, j] = v / np.linalg.norm(v)
    return Q
    ### END SOLUTION
%% test gram-columns 2
M = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])
Q = gram_schmidt(M)
assert np.allclose(Q.T @ Q, np.eye(3))
assert np.allclose(np.triu(Q.T @ M), Q.T @ M)
### BEGIN HIDDEN TESTS
assert hashlib.md5(str(np.round(np.abs(Q.T @ M).diagonal(), 4).tolist()).encode()).hexdigest() == "«md5 [1.4142, 1.2247, 1.1547]»"
### END HIDDEN TESTS
%% test gram-argument 1
assert M.dtype.kind == "i" and M.sum() == 6, "the matrix was changed"
%% md
Store the determinant of `A = [[4, 1], [2, 3]]`, rounded to a whole number, in `answer`.
%% answer det
answer = round(np.linalg.det(np.array([[4, 1], [2, 3]])))
%% test det-value 1
assert hashlib.sha1(str(int(answer)).encode()).hexdigest() == "«sha1 10»"
%% md
Store its rank in `answer`.
%% answer rank
answer = int(np.linalg.matrix_rank(np.array([[4, 1], [2, 3]])))
%% test rank-value 1
assert isinstance(answer, int)
assert hashlib.sha1(str(answer).encode()).hexdigest() == "«sha1 2»"
""",
        ),
    ),
    works=r"""
== other_way honest
%% upper
def solve_upper(U, b):
    x = np.array(b, dtype=float)
    for i in range(len(x) - 1, -1, -1):
        x[i] /= U[i][i]
        x[:i] -= U[:i, i] * x[i]
    return x
%% power
def power_method(A, steps=500):
    v = np.arange(1.0, len(A) + 1)
    for _ in range(steps):
        w = A.dot(v)
        v = w / (w @ w) ** 0.5
    return -v, (v @ A @ v).item()
%% gram
def gram_schmidt(A):
    return np.linalg.qr(A)[0]
== wrong_library
%% upper
def solve_upper(U, b):
    return np.linalg.solve(U, b)
%% det
answer = np.linalg.det(np.array([[4, 1], [2, 3]])) + 1
== wrong_steps
%% upper
def solve_upper(U, b):
    n = len(b)
    x = np.zeros(n)
    for i in range(n):
        x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]
    return x
%% power
def power_method(A, steps=3):
    v = np.ones(len(A))
    for _ in range(steps):
        v = A @ v
    return v, v[0]
== wrong_gram
%% gram
def gram_schmidt(A):
    for j in range(A.shape[1]):
        A[:, j] = A[:, j] / np.linalg.norm(A[:, j])
    return A
== crash
%% power
def power_method(A, steps=200):
    return np.linalg.eig(B)
%% rank
answer = np.rank([[4, 1], [2, 3]])
""",
)

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
assert np.isclose(trimmed([5, 1, 9], 1), 5)
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
assert log_likelihood(1.0, 10, 10) == 0
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
