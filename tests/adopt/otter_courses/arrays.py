"""Arrays: numbers in a row, in a grid, as matrices, as pictures."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["ARRAYS"]

RAIN = Homework(
    "hw04",
    "Homework 4: A Year of Rain",
    "okpy",
    (
        ask(
            "q1",
            "Set `inches` to `rain` in inches of 25.4 millimetres, rounded to two places.",
            "inches = np.round(rain / 25.4, 2)",
            """
            >>> isinstance(inches, np.ndarray)
            True

            >>> len(inches) == 12
            True

            >>> np.allclose(inches[:3], [3.23, 2.4, 2.05])
            True
            """,
            "inches = np.array([round(r / 25.4, 2) for r in rain])",
            "inches = rain * 25.4",
            "inches = list(np.round(rain / 25.4, 2))",
            "inches = rain / 25.4",
            before="rain = np.array([82, 61, 52, 40, 33, 12, 4, 7, 25, 58, 77, 91])",
        ),
        ask(
            "q2",
            "Set `wettest` to the number of the month with the most rain; January is 1.",
            "wettest = np.argmax(rain) + 1",
            """
            >>> 1 <= wettest <= 12
            True

            #: hidden
            >>> wettest == 12
            True
            """,
            "wettest = int(rain.argmax()) + 1",
            "wettest = np.argmax(rain)",
            "wettest = max(rain)",
        ),
        ask(
            "q3",
            "Set `changes` to the differences from month to month, and `falls` to how many of them are negative.",
            "changes = np.diff(rain)\nfalls = np.count_nonzero(changes < 0)",
            """
            >>> isinstance(changes, np.ndarray)
            True

            >>> changes
            array([-21,  -9, -12,  -7, -21,  -8,   3,  18,  33,  19,  14])

            >>> falls == 6
            True

            #: hidden
            >>> np.sum(changes) == rain[-1] - rain[0]
            True
            """,
            "changes = rain[1:] - rain[:-1]\nfalls = sum(changes < 0)",
            "changes = rain[:-1] - rain[1:]\nfalls = 6",
            "changes = np.diff(rain)\nfalls = sum(rain < 0)",
            points=2,
        ),
        ask(
            "q4",
            "Set `dry` to an array of the numbers of the months with less than 30 mm.",
            "dry = np.where(rain < 30)[0] + 1",
            """
            >>> isinstance(dry, np.ndarray)
            True

            >>> len(dry) == 4
            True

            >>> np.array_equal(dry, np.array([6, 7, 8, 9]))
            True
            """,
            "dry = np.arange(1, 13)[rain < 30]",
            "dry = np.where(rain < 30)",
            "dry = rain[rain < 30]",
            setup=">>> import numpy as np",
        ),
    ),
    again="repeat",
    habit="reset",
    solved_beside=True,
    variants=(
        Variant(
            "rebinds-sum",
            {
                "q3": "changes = np.diff(rain)\nsum = 0\nfor c in changes:\n    sum = sum + int(c < 0)\nfalls = sum"
            },
        ),
    ),
    messages=False,
)

BROADCASTING = Homework(
    "lab04",
    "Lab 4: Rows against Columns",
    "bare",
    (
        ask(
            "q1",
            "Write `table(n)`: the multiplication table of 1 to `n` as an array without loops.",
            "def table(n):\n    k = np.arange(1, n + 1)\n    return k[:, None] * k",
            """
            >>> isinstance(table(3), np.ndarray)
            True

            >>> table(3)
            array([[1, 2, 3],
                   [2, 4, 6],
                   [3, 6, 9]])

            >>> table(12).shape == (12, 12) and table(12)[-1, -1] == 144
            True

            #: hidden
            >>> np.all(table(7) == table(7).T)
            True
            """,
            "def table(n):\n    return np.outer(np.arange(1, n + 1), np.arange(1, n + 1))",
            "def table(n):\n    k = np.arange(n)\n    return k[:, None] * k",
            "def table(n):\n    return [[i * j for j in range(1, n + 1)] for i in range(1, n + 1)]",
            points=[1, 1, 1, 2],
        ),
        ask(
            "q2",
            "Write `standard(x)`: columns with mean 0 and deviation 1; `x` must stay as it is.",
            "def standard(x):\n    return (x - x.mean(axis=0)) / x.std(axis=0)",
            """
            >>> x = np.array([[1., 10.], [2., 30.], [6., 20.]])
            >>> s = standard(x)
            >>> np.allclose(s.mean(axis=0), 0) and np.allclose(s.std(axis=0), 1)
            True

            >>> x = np.array([[1., 10.], [2., 30.], [6., 20.]])
            >>> s = standard(x)
            >>> x[0, 1] == 10 and s.shape == x.shape
            True

            #: hidden
            >>> np.allclose(standard(np.array([[0.], [2.]])), [[-1], [1]])
            True
            """,
            "def standard(x):\n    out = np.empty(x.shape)\n    for j in range(x.shape[1]):\n"
            "        out[:, j] = (x[:, j] - np.mean(x[:, j])) / np.std(x[:, j])\n    return out",
            "def standard(x):\n    x -= x.mean(axis=0)\n    x /= x.std(axis=0)\n    return x",
            "def standard(x):\n    return (x - x.mean()) / x.std()",
            "def standard(x):\n    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)",
            points=3,
        ),
        ask(
            "q3",
            "Set `far` to the largest distance between two of the `places`.",
            "gaps = places[:, None, :] - places[None, :, :]\nfar = np.sqrt((gaps ** 2).sum(axis=2)).max()",
            """
            >>> isinstance(far, float)
            True

            >>> round(far, 4) == 10.0
            True
            """,
            "far = max(np.linalg.norm(a - b) for a in places for b in places)",
            "gaps = places[:, None, :] - places[None, :, :]\nfar = np.abs(gaps).max()",
            "far = np.linalg.norm(places)",
            after="far = f'{far:.1f} m'\nfar",
            before="places = np.array([[0., 0.], [6., 8.], [3., 1.], [5., 2.]])",
        ),
    ),
    again="check_all",
    layout="short",
)

MATRICES = Homework(
    "hw05",
    "Homework 5: Linear Algebra",
    "otter",
    (
        ask(
            "q1a",
            "Set `solution` to the `x` with `A @ x == b`.",
            "solution = np.linalg.solve(A, b)",
            """
            >>> type(solution) == np.ndarray
            True

            >>> solution.shape == (3,)
            True

            >>> np.allclose(A @ solution, b)
            True

            #: hidden
            >>> np.allclose(solution, [1, -2, 3])
            True
            """,
            "solution = np.linalg.inv(A) @ b",
            "solution = b / A",
            "solution = np.linalg.solve(A, -b)",
            before="A = np.array([[2., 1., 0.], [1., 3., 2.], [0., 2., 5.]])\nb = np.array([0., 1., 11.])",
        ),
        ask(
            "q1b",
            "Set `top` to the largest eigenvalue of `A` and `direction` to a unit vector that belongs to it.",
            "values, vectors = np.linalg.eigh(A)\ntop = values[-1]\ndirection = vectors[:, -1]",
            """
            >>> round(float(top), 3) == 6.303
            True

            >>> np.isclose(np.linalg.norm(direction), 1)
            True

            #: hidden
            >>> np.allclose(A @ direction, top * direction)
            True
            """,
            "w, v = np.linalg.eig(A)\nk = w.argmax()\ntop, direction = w[k], -v[:, k]",
            "values, vectors = np.linalg.eigh(A)\ntop = values[-1]\ndirection = vectors[-1]",
            "top = np.trace(A)\ndirection = np.ones(3)",
            points=2,
        ),
        ask(
            "q2",
            "Write `project(v, w)`: the part of `v` along `w`. Vectors of zeros raise `ValueError`.",
            """
            def project(v, w):
                v, w = np.asarray(v, float), np.asarray(w, float)
                if not w.any():
                    raise ValueError('no direction')
                return (v @ w) / (w @ w) * w
            """,
            """
            >>> np.allclose(project([2, 2], [1, 0]), [2, 0])
            True

            >>> p = project(np.array([1, 2, 3]), np.array([0, 0, 2]))
            >>> p.tolist()
            [0.0, 0.0, 3.0]

            >>> A = np.eye(3)
            >>> np.allclose([project(A[0], row) for row in A], [A[0], 0 * A[0], 0 * A[0]])
            True

            >>> project(A[0], A[0]).tolist() == A[0].tolist() and A[0, 1] == 1
            True

            >>> project([1, 1], [0, 0])
            Traceback (most recent call last):
            ...
            ValueError: no direction
            """,
            "def project(v, w):\n    if np.linalg.norm(w) == 0:\n        raise ValueError('no direction')\n"
            "    u = np.array(w) / np.linalg.norm(w)\n    return np.dot(v, u) * u",
            "def project(v, w):\n    return np.dot(v, w) * np.array(w)",
            "def project(v, w):\n    return np.dot(v, w) / np.dot(w, w) * np.array(w)",
            points=2,
        ),
        ask(
            "q3",
            "In your own words: what does the determinant of `A` say about `solution`?",
            "It is not zero, so that there is exactly one solution.",
            manual=True,
            points=3,
        ),
    ),
    again="repeat",
    solved_beside=True,
)

PICTURES = Homework(
    "pictures",
    "Pictures as Arrays",
    "zip",
    (
        ask(
            "q1",
            "Write `negative(picture)`: a picture of bytes with light and dark exchanged, again of bytes.",
            "def negative(picture):\n    return 255 - picture",
            """
            >>> p = np.array([[0, 255], [100, 7]], dtype=np.uint8)
            >>> negative(p)
            array([[255,   0],
                   [155, 248]], dtype=uint8)

            >>> p = np.zeros((2, 2), np.uint8)
            >>> negative(p).dtype == np.uint8 and p[0, 0] == 0
            True
            """,
            "def negative(picture):\n    return np.bitwise_not(picture)",
            "def negative(picture):\n    return -picture",
            "def negative(picture):\n    return 255.0 - picture",
            points=2,
        ),
        ask(
            "q2",
            "Write `frame(picture, value)`: the picture with its outermost rows and columns set to `value`, in place.",
            "def frame(picture, value):\n    picture[[0, -1], :] = value\n    picture[:, [0, -1]] = value",
            """
            >>> p = np.zeros((3, 4), dtype=int)
            >>> frame(p, 9)
            >>> p
            array([[9, 9, 9, 9],
                   [9, 0, 0, 9],
                   [9, 9, 9, 9]])

            #: hidden points=1
            >>> q = np.ones((5, 5))
            >>> frame(q, 0)
            >>> q.sum() == 9
            True
            """,
            "def frame(picture, value):\n    inner = picture[1:-1, 1:-1].copy()\n    picture[:] = value\n"
            "    picture[1:-1, 1:-1] = inner",
            "def frame(picture, value):\n    picture = np.pad(picture[1:-1, 1:-1], 1, constant_values=value)",
            "def frame(picture, value):\n    picture[0] = picture[-1] = value",
            points=2,
        ),
        ask(
            "q3",
            "Write `blur(picture)`: every inner pixel the mean of its 3 by 3 neighbours, so two fewer each way.",
            """
            def blur(picture):
                h, w = picture.shape
                total = np.zeros((h - 2, w - 2))
                for i in range(3):
                    for j in range(3):
                        total += picture[i:h - 2 + i, j:w - 2 + j]
                return total / 9
            """,
            """
            >>> blur(np.ones((4, 5))).shape == (2, 3)
            True

            >>> np.allclose(blur(np.arange(25.).reshape(5, 5)), [[6, 7, 8], [11, 12, 13], [16, 17, 18]])
            True

            #: hidden | Edges are right too. | Look at pictures that are not square.
            >>> np.random.seed(4)
            >>> p = np.random.rand(6, 3)
            >>> np.isclose(blur(p)[2, 0], p[2:5].mean())
            True
            """,
            """
            def blur(picture):
                windows = np.lib.stride_tricks.sliding_window_view(picture, (3, 3))
                return windows.mean(axis=(2, 3))
            """,
            "def blur(picture):\n    return picture[1:-1, 1:-1]",
            "def blur(picture):\n    n = len(picture)\n"
            "    return np.array([[picture[i:i + 3, j:j + 3].mean() for j in range(n - 2)] for i in range(n - 2)])",
            points=3,
        ),
        ask(
            "q4",
            "Set `dark` to the share of the pixels of `night` below 50.",
            "dark = np.mean(night < 50)",
            """
            >>> 0 <= dark <= 1
            True

            #: hidden
            >>> np.isclose(dark, 0.625)
            True
            """,
            "dark = (night < 50).sum() / night.size",
            "dark = (night < 50).sum()",
            "dark = np.mean(night <= 50)",
            before="night = np.array([[3, 50, 12, 200], [49, 0, 77, 48]])",
        ),
    ),
    layout="printed",
    config={"show_stdout": True, "score_threshold": None},
)

ARRAYS = (RAIN, BROADCASTING, MATRICES, PICTURES)
