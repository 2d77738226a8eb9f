"""Learning from data: neighbours, descent, scores; and what can only be judged beside the answer."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["LEARNING"]

SHAPES = '''"""Data of the course."""

import numpy as np


def two_clouds(n=20):
    """Points around (0, 0) and (5, 5), and which is which."""
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(0, 1, (n, 2)), rng.normal(5, 1, (n, 2))])
    return points, np.repeat([0, 1], n)
'''

NEIGHBOURS = Homework(
    "proj3",
    "Project 3: Neighbours",
    "okpy",
    (
        ask(
            "q1_1",
            "Write `distances(points, p)`: the distances of all rows from `p`.",
            "def distances(points, p):\n    return np.sqrt(((points - p) ** 2).sum(axis=1))",
            """
            >>> distances(np.array([[0, 0], [3, 4]]), np.array([0, 0]))
            array([0., 5.])

            >>> distances(points, points[3])[3] == 0 and len(distances(points, points[0])) == 40
            True
            """,
            "def distances(points, p):\n    return np.array([np.linalg.norm(row - p) for row in points])",
            "def distances(points, p):\n    return np.abs(points - p).sum(axis=1)",
            "def distances(points, p):\n    return np.linalg.norm(points - p)",
            before="points, labels = shapes.two_clouds()",
        ),
        ask(
            "q1_2",
            "Write `classify(points, labels, p, k)`: the label most of the `k` nearest have; the smaller one if equal.",
            """
            def classify(points, labels, p, k):
                nearest = np.argsort(distances(points, p))[:k]
                values, counts = np.unique(labels[nearest], return_counts=True)
                return values[counts.argmax()]
            """,
            """
            >>> classify(points, labels, np.array([0.5, 0.5]), 3) == 0
            True

            >>> classify(points, labels, np.array([4, 5]), 5) == 1
            True

            #: hidden
            >>> line = np.array([[0.], [1.], [10.], [11.]])
            >>> classify(line, np.array([1, 1, 0, 0]), np.array([5.0]), 4)
            0

            #: hidden
            >>> line = np.array([[0.], [1.], [10.]])
            >>> classify(line, np.array([2, 2, 7]), np.array([9.0]), 1) == 7
            True
            """,
            """
            def classify(points, labels, p, k):
                order = sorted(range(len(points)), key=lambda i: distances(points, p)[i])
                votes = [int(labels[i]) for i in order[:k]]
                return min(set(votes), key=lambda v: (-votes.count(v), v))
            """,
            "def classify(points, labels, p, k):\n    return labels[np.argmin(distances(points, p))]",
            "def classify(points, labels, p, k):\n"
            "    return labels[np.argsort(distances(points, p))[:k]].mean()",
            points=3,
            suites=(2, 2),
        ),
        ask(
            "q1_3",
            "Set `accuracy` to the share of the points that `classify` with `k = 3` gets right.",
            "accuracy = np.mean([classify(points, labels, p, 3) == y for p, y in zip(points, labels)])",
            """
            >>> 0.9 < accuracy <= 1
            True

            >>> type(accuracy) in (float, np.float64)
            True
            """,
            "hits = 0\nfor i in range(40):\n"
            "    hits += classify(points, labels, points[i], 3) == labels[i]\naccuracy = float(hits) / 40",
            "accuracy = 100",
            "accuracy = [classify(points, labels, p, 3) == y for p, y in zip(points, labels)]",
        ),
    ),
    "import numpy as np\nimport shapes",
    files={"shapes.py": SHAPES},
    again="check_all",
    solved_beside=True,
    variants=(
        Variant(
            "slow",
            {
                "q1_1": "def distances(points, p):\n    i = 0\n"
                "    while i < len(points):\n        i = i % len(points)\n    return i"
            },
            slow=True,
        ),
    ),
    messages=False,
)

DESCENT = Homework(
    "hw14",
    "Homework 14: Descent",
    "otter",
    (
        ask(
            "q1",
            "Write `loss(w, X, y)`: the mean squared error of `X @ w`.",
            "def loss(w, X, y):\n    return np.mean((X @ w - y) ** 2)",
            """
            >>> isinstance(loss(np.zeros(2), np.eye(2), np.ones(2)), float)
            True

            >>> loss(np.zeros(2), np.eye(2), np.array([1, 3])) == 5.0
            True

            #: hidden
            >>> np.random.seed(0)
            >>> X, w = np.random.rand(6, 3), np.random.rand(3)
            >>> np.isclose(loss(w, X, X @ w), 0)
            True
            """,
            "def loss(w, X, y):\n    e = X.dot(w) - y\n    return e @ e / len(y)",
            "def loss(w, X, y):\n    return np.sum((X @ w - y) ** 2)",
            "def loss(w, X, y):\n    return np.mean(np.abs(X @ w - y))",
        ),
        ask(
            "q2",
            "Write `gradient(w, X, y)` of that loss.",
            "def gradient(w, X, y):\n    return 2 * X.T @ (X @ w - y) / len(y)",
            """
            >>> np.allclose(gradient(np.zeros(2), np.eye(2), np.array([1, 3])), [-1, -3])
            True

            >>> gradient(np.zeros(3), np.ones((4, 3)), np.zeros(4)).shape == (3,)
            True

            #: hidden
            >>> np.random.seed(1)
            >>> X, y, w = np.random.rand(5, 2), np.random.rand(5), np.random.rand(2)
            >>> step = np.array([1e-6, 0])
            >>> slope = (loss(w + step, X, y) - loss(w - step, X, y)) / 2e-6
            >>> np.isclose(slope, gradient(w, X, y)[0], atol=1e-5)
            True
            """,
            "def gradient(w, X, y):\n    return np.mean(2 * (X @ w - y)[:, None] * X, axis=0)",
            "def gradient(w, X, y):\n    return X.T @ (X @ w - y) / len(y)",
            "def gradient(w, X, y):\n    return 2 * X.T @ (y - X @ w) / len(y)",
            points=2,
        ),
        ask(
            "q3",
            "Write `descend(X, y, rate, steps)`: the weights after so many steps from zeros.",
            """
            def descend(X, y, rate, steps):
                w = np.zeros(X.shape[1])
                for _ in range(steps):
                    w = w - rate * gradient(w, X, y)
                return w
            """,
            """
            >>> descend(np.eye(2), np.array([1., 2.]), 0.1, 0).tolist() == [0.0, 0.0]
            True

            >>> np.allclose(descend(np.eye(2), np.array([1., 2.]), 1.0, 1), [1, 2])
            True

            #: hidden points=1
            >>> X = np.array([[1., 0.], [1., 1.], [1., 2.]])
            >>> np.allclose(descend(X, np.array([1., 3., 5.]), 0.2, 500), [1, 2], atol=1e-3)
            True
            """,
            "def descend(X, y, rate, steps):\n    w = np.zeros(X.shape[1])\n    while steps:\n"
            "        w -= rate * gradient(w, X, y)\n        steps -= 1\n    return w",
            "def descend(X, y, rate, steps):\n    w = np.zeros(X.shape[1])\n    for _ in range(steps):\n"
            "        w = w + rate * gradient(w, X, y)\n    return w",
            "def descend(X, y, rate, steps):\n    return np.linalg.lstsq(X, y, rcond=None)[0]",
            points=3,
        ),
    ),
    layout="printed",
    again="repeat",
)

SCORES = Homework(
    "lab10",
    "Lab 10: How Good Is It?",
    "zip",
    (
        ask(
            "q1",
            "Write `confusion(truth, guess)`: a 2 by 2 array of counts, rows for the truth.",
            """
            def confusion(truth, guess):
                out = np.zeros((2, 2), dtype=int)
                for t, g in zip(truth, guess):
                    out[t, g] += 1
                return out
            """,
            """
            >>> isinstance(confusion([0, 1], [1, 0]), np.ndarray)
            True

            >>> confusion([0, 1, 1], [0, 1, 0])
            array([[1, 0],
                   [1, 1]])

            >>> confusion([0, 0], [1, 1])[0, 1] == 2
            True

            #: hidden
            >>> confusion([], []).sum() == 0
            True
            """,
            "def confusion(truth, guess):\n"
            "    pairs = list(zip(truth, guess))\n"
            "    return np.array([[pairs.count((i, j)) for j in (0, 1)] for i in (0, 1)])",
            "def confusion(truth, guess):\n    out = np.zeros((2, 2), dtype=int)\n"
            "    for t, g in zip(truth, guess):\n        out[g, t] += 1\n    return out",
            "def confusion(truth, guess):\n    return np.zeros((2, 2), dtype=int)",
        ),
        ask(
            "q2",
            "Write `precision(c)` and `recall(c)` for such an array; 0 where nothing was found or there.",
            """
            def precision(c):
                found = c[0, 1] + c[1, 1]
                return c[1, 1] / found if found else 0.0

            def recall(c):
                there = c[1].sum()
                return c[1, 1] / there if there else 0.0
            """,
            """
            >>> c = np.array([[5, 1], [2, 3]])
            >>> precision(c), recall(c)
            (0.75, 0.6)

            >>> precision(np.array([[4, 0], [1, 0]])) == 0
            True

            #: hidden
            >>> recall(np.zeros((2, 2))) == 0
            True
            """,
            "def precision(c):\n    return c[1, 1] / max(c[:, 1].sum(), 1)\n\ndef recall(c):\n"
            "    return c[1, 1] / max(c[1, :].sum(), 1)",
            "def precision(c):\n    return c[1, 1] / c[:, 1].sum()\n\ndef recall(c):\n"
            "    return c.trace() / c.sum()",
            "def precision(c):\n    return c[1, 1] / c[1].sum()\n\ndef recall(c):\n"
            "    return c[1, 1] / c[:, 1].sum()",
            points=2,
        ),
        ask(
            "q3",
            "Set `f1` to the harmonic mean of a precision of 0.75 and a recall of 0.6.",
            "f1 = 2 * 0.75 * 0.6 / (0.75 + 0.6)",
            """
            >>> 0.6 < f1 < 0.75
            True

            #: hidden
            >>> round(f1, 4)
            0.6667
            """,
            "import statistics\nf1 = statistics.harmonic_mean([0.75, 0.6])",
            "f1 = 0.675",
            "f1 = 0.6",
            all_or_nothing=True,
            points=2,
        ),
    ),
    layout="printed",
)

INSIDE = Homework(
    "hw15",
    "Homework 15: Figures and Sources",
    "otter",
    (
        ask(
            "q1",
            "Write `draw(x, y)`: it draws the points as a scatter plot with the title `Points` and returns the axes.",
            """
            def draw(x, y):
                figure, axes = plt.subplots()
                axes.scatter(x, y)
                axes.set_title('Points')
                return axes
            """,
            """
            #: inside
            >>> draw([1, 2], [3, 4]).get_title() == 'Points'
            True

            #: inside hidden
            >>> axes = draw([1, 2, 3], [1, 2, 3])
            >>> len(axes.collections) == 1 and len(axes.collections[0].get_offsets()) == 3
            True
            """,
            "def draw(x, y):\n    plt.figure()\n    plt.scatter(x, y)\n    plt.title('Points')\n"
            "    return plt.gca()",
            "def draw(x, y):\n    fig, axes = plt.subplots()\n    axes.plot(x, y)\n"
            "    axes.set_title('Points')\n    return axes",
            "def draw(x, y):\n    plt.scatter(x, y)\n    plt.title('points')",
            points=2,
        ),
        ask(
            "q2",
            "Write `total(n)`: the sum of 1 to `n` without a loop.",
            "def total(n):\n    return n * (n + 1) // 2",
            """
            >>> total(100) == 5050
            True

            #: inside
            >>> import inspect
            >>> source = inspect.getsource(total)
            >>> 'for' not in source and 'while' not in source
            True
            """,
            "def total(n):\n    return sum(range(n + 1))",
            "def total(n):\n    s = 0\n    for k in range(n + 1):\n        s += k\n    return s",
            "def total(n):\n    return n ** 2 // 2",
        ),
        ask(
            "q3",
            "Write `toss()`: `'heads'` or `'tails'` by a call of `np.random.random`, heads below one half.",
            "def toss():\n    return 'heads' if np.random.random() < 0.5 else 'tails'",
            """
            >>> toss() in ('heads', 'tails')
            True

            #: inside
            >>> kept = np.random.random
            >>> np.random.random = lambda: 0.2
            >>> first = toss()
            >>> np.random.random = lambda: 0.9
            >>> second = toss()
            >>> np.random.random = kept
            >>> (first, second)
            ('heads', 'tails')

            #: hidden
            >>> np.random.seed(2)
            >>> 60 < sum(toss() == 'heads' for _ in range(150)) < 90
            True
            """,
            "def toss():\n    x = np.random.random()\n    return ['heads', 'tails'][int(x >= .5)]",
            "def toss():\n    return 'heads'",
            "def toss():\n    return 'tails' if np.random.random() < 0.5 else 'heads'",
            points=3,
        ),
    ),
    "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt",
    again="check_all",
)

LEARNING = (NEIGHBOURS, DESCENT, SCORES, INSIDE)
