"""Tests that are functions: they raise where an answer is wrong."""

from __future__ import annotations

from .homework import Homework, ask

__all__ = ["EXCEPTIONS"]

VECTORS = Homework(
    "ex01",
    "Exercise 1: Vectors",
    "exceptions",
    (
        ask(
            "q1",
            "Set `grid` to the numbers 0, 0.25, …, 1 as an array.",
            "grid = np.linspace(0, 1, 5)",
            """
            #: | | There are five numbers.
            def test_length(grid):
                assert len(grid) == 5, 'five numbers are asked for'

            #: points=2 hidden
            def test_values(grid):
                import numpy as np
                np.testing.assert_allclose(grid, [0, 0.25, 0.5, 0.75, 1])
            """,
            "grid = np.arange(5) / 4",
            "grid = np.linspace(0, 1, 4)",
            "grid = np.arange(5)",
            points=None,
        ),
        ask(
            "q2",
            "Write `clip(x, low, high)`: a new array with all values between the two.",
            "def clip(x, low, high):\n    return np.minimum(np.maximum(x, low), high)",
            """
            def test_clipped(clip):
                import numpy as np
                out = clip(np.array([-1, 0.5, 9]), 0, 1)
                assert out.tolist() == [0, 0.5, 1]

            def test_argument_unchanged(env):
                np = env['np']
                x = np.array([-1.0, 5.0])
                env['clip'](x, 0, 1)
                assert x[0] == -1 and x[1] == 5

            #: hidden | Good. | Compare with all numbers inside.
            def test_inside(clip, np):
                x = np.linspace(0, 1, 7)
                assert np.array_equal(clip(x, -1, 2), x)
            """,
            "def clip(x, low, high):\n    return np.array([min(max(v, low), high) for v in x])",
            "def clip(x, low, high):\n    x[x < low] = low\n    x[x > high] = high\n    return x",
            "def clip(x, low, high):\n    return np.maximum(x, low)",
            points=3,
        ),
        ask(
            "q3",
            "Write `unit(v)`: the vector of length 1 in its direction; `ValueError` for zeros.",
            """
            def unit(v):
                n = np.linalg.norm(v)
                if n == 0:
                    raise ValueError('no direction')
                return np.asarray(v) / n
            """,
            """
            def test_unit(unit):
                u = unit([3, 4])
                assert abs(u[0] - 0.6) < 1e-12 and abs(u[1] - 0.8) < 1e-12

            def test_zeros_raise(unit):
                try:
                    unit([0, 0])
                except ValueError:
                    return
                raise AssertionError('zeros must be refused')

            #: hidden
            def test_long(env):
                u = env['unit'](list(range(1, 50)))
                assert abs((u ** 2).sum() - 1) < 1e-9
            """,
            "def unit(v):\n    v = np.array(v, float)\n    if not np.any(v):\n        raise ValueError(v)\n"
            "    return v / (v @ v) ** 0.5",
            "def unit(v):\n    return np.array(v) / np.linalg.norm(v)",
            "def unit(v):\n    return np.array(v) / np.sum(v)",
            points=[1, 1, 2],
        ),
    ),
    exceptions=True,
    again="check_all",
)

CLEANING = Homework(
    "ex02",
    "Exercise 2: Cleaning a Table",
    "exceptions",
    (
        ask(
            "q1",
            "Read `readings.csv` with its dates as dates and set `readings` to it.",
            "readings = pd.read_csv('readings.csv', parse_dates=['date'])",
            """
            def test_is_table(readings, pd):
                assert isinstance(readings, pd.DataFrame)
                assert readings.shape == (6, 3)

            #: hidden
            def test_dates(readings):
                assert readings['date'].dt.year.tolist() == [2021] * 6
            """,
            "readings = pd.read_csv('readings.csv')\nreadings['date'] = pd.to_datetime(readings['date'])",
            "readings = pd.read_csv('readings.csv')",
            "readings = pd.read_csv('readings.csv').dropna()",
        ),
        ask(
            "q2",
            "Write `clean(table)`: the rows with a value, without those below 0; the index counts from 0 again.",
            "def clean(table):\n    ok = table[table['value'].notna() & (table['value'] >= 0)]\n"
            "    return ok.reset_index(drop=True)",
            """
            def test_rows(clean, readings):
                assert len(clean(readings)) == 4

            def test_index(clean, readings):
                assert list(clean(readings).index) == [0, 1, 2, 3]

            #: hidden points=2
            def test_other_table(clean, pd):
                t = pd.DataFrame({'value': [-1.0, None, 0.0]})
                assert clean(t)['value'].tolist() == [0.0]
            """,
            "def clean(table):\n"
            "    return table.dropna(subset=['value']).query('value >= 0').reset_index(drop=True)",
            "def clean(table):\n    return table.dropna(subset=['value'])",
            "def clean(table):\n    return table[table['value'] > 0].reset_index(drop=True)",
            points=4,
        ),
        ask(
            "q3",
            "Set `by_place` to the mean value of the clean readings of each place.",
            "by_place = clean(readings).groupby('place')['value'].mean()",
            """
            def test_series(env):
                assert type(env['by_place']).__name__ == 'Series'

            #: hidden
            def test_values(by_place):
                assert by_place['north'] == 3.0 and by_place['south'] == 6.5
            """,
            "ok = clean(readings)\n"
            "by_place = pd.Series({p: ok[ok['place'] == p]['value'].mean() for p in ok['place'].unique()})",
            "by_place = readings.groupby('place')['value'].mean()",
            "by_place = clean(readings).groupby('place').mean(numeric_only=True)",
        ),
    ),
    "import numpy as np\nimport pandas as pd",
    files={
        "readings.csv": "date,place,value\n2021-01-04,north,2\n2021-01-05,north,\n2021-01-05,south,6\n"
        "2021-02-01,south,7\n2021-02-02,north,4\n2021-03-01,south,-99\n"
    },
    exceptions=True,
    again="repeat",
    solved_beside=True,
)

ROOTS = Homework(
    "ex03",
    "Exercise 3: Roots",
    "metadata",
    (
        ask(
            "q1",
            "Write `bisect(f, low, high, tol)`: a root of `f` between the two, to `tol`.",
            """
            def bisect(f, low, high, tol):
                while high - low > tol:
                    middle = (low + high) / 2
                    if f(low) * f(middle) <= 0:
                        high = middle
                    else:
                        low = middle
                return (low + high) / 2
            """,
            """
            def test_square_root(bisect):
                assert abs(bisect(lambda x: x * x - 2, 0, 2, 1e-9) - 2 ** 0.5) < 1e-8

            #: hidden
            def test_falling(bisect):
                assert abs(bisect(lambda x: 1 - x, 0, 5, 1e-6) - 1) < 1e-5
            """,
            "def bisect(f, low, high, tol):\n    m = (low + high) / 2\n    if high - low < tol:\n"
            "        return m\n"
            "    return bisect(f, low, m, tol) if f(low) * f(m) <= 0 else bisect(f, m, high, tol)",
            "def bisect(f, low, high, tol):\n    return (low + high) / 2",
            "def bisect(f, low, high, tol):\n    while high - low > tol:\n        m = (low + high) / 2\n"
            "        low, high = (m, high) if f(m) < 0 else (low, m)\n    return low",
            points=2,
        ),
        ask(
            "q2",
            "Write `newton(f, df, x, n)`: the list of `x` and its `n` successors.",
            """
            def newton(f, df, x, n):
                out = [x]
                for _ in range(n):
                    out.append(out[-1] - f(out[-1]) / df(out[-1]))
                return out
            """,
            """
            def test_first_step(newton):
                assert newton(lambda x: x * x - 4, lambda x: 2 * x, 4.0, 1) == [4.0, 2.5]

            def test_length(newton):
                assert len(newton(lambda x: x, lambda x: 1, 3, 5)) == 6

            #: hidden
            def test_converges(env):
                steps = env['newton'](lambda x: x ** 3 - 27, lambda x: 3 * x * x, 5.0, 12)
                assert abs(steps[-1] - 3) < 1e-10
            """,
            "def newton(f, df, x, n):\n"
            "    return [x] if n == 0 else [x] + newton(f, df, x - f(x) / df(x), n - 1)",
            "def newton(f, df, x, n):\n    for _ in range(n):\n        x = x - f(x) / df(x)\n    return x",
            "def newton(f, df, x, n):\n    return [x - f(x) / df(x)] * (n + 1)",
            points=3,
        ),
    ),
    exceptions=True,
    again="check_all",
)

EXCEPTIONS = (VECTORS, CLEANING, ROOTS)
