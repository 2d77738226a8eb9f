"""Arrays and linear algebra."""

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
assert hashlib.sha1(str(grid[2:].tolist()).encode()).hexdigest() == (
    "«sha1 [[8, 9, 10, 11], [12, 13, 14, 15], [16, 17, 18, 19]]»"
)
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
### BEGIN HIDDEN TESTS
assert abs(power_method(np.diag([1.0, 7.0, -3.0]))[1] - 7) < 1e-6
### END HIDDEN TESTS
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
lengths = np.round(np.abs(Q.T @ M).diagonal(), 4).tolist()
assert hashlib.md5(str(lengths).encode()).hexdigest() == "«md5 [1.4142, 1.2247, 1.1547]»"
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
