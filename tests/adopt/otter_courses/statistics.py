"""Describing data, lines through data, hypotheses and chances; some with a module of the course beside the notebook."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["STATISTICS"]

PANDAS = "import numpy as np\nimport pandas as pd"

TOOLS = '''"""What the course gives: a line that can be fitted."""

import numpy as np


class Line:
    """A line y = a + b x."""

    def __init__(self):
        self.a = self.b = None

    def fit(self, x, y):
        x, y = np.asarray(x, float), np.asarray(y, float)
        self.b = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
        self.a = y.mean() - self.b * x.mean()
        return self

    def predict(self, x):
        return self.a + self.b * np.asarray(x, float)


def standard_units(x):
    """The values less their mean, by their standard deviation."""
    x = np.asarray(x, float)
    return (x - x.mean()) / x.std()
'''

DESCRIPTION = Homework(
    "hw11",
    "Homework 11: Describing Data",
    "okpy",
    (
        ask(
            "q1",
            "Set `middle` to the median of `ages`, and `typical` to the most frequent value.",
            "middle = np.median(ages)\ntypical = max(set(ages), key=ages.count)",
            """
            >>> middle == 27.5
            True

            >>> typical in ages
            True

            #: hidden
            >>> typical == 31
            True
            """,
            "middle = sum(sorted(ages)[4:6]) / 2\ntypical = pd.Series(ages).mode()[0]",
            "middle = np.mean(ages)\ntypical = 24",
            "middle = 27\ntypical = max(ages)",
            before="ages = [24, 31, 19, 45, 31, 22, 38, 24, 31, 20]",
        ),
        ask(
            "q2",
            "Write `spread(x)`: a dictionary with the keys `'range'`, `'iqr'` and `'sd'` (of the population).",
            """
            def spread(x):
                low, high = np.percentile(x, [25, 75])
                return {'range': max(x) - min(x), 'iqr': high - low, 'sd': np.std(x)}
            """,
            """
            >>> s = spread([1, 2, 3, 4, 5])
            >>> sorted(s) == ['iqr', 'range', 'sd']
            True

            >>> s = spread([1, 2, 3, 4, 5])
            >>> s['range'] == 4 and s['iqr'] == 2 and np.isclose(s['sd'], 2 ** 0.5)
            True

            >>> isinstance(spread(ages), dict)
            True

            #: hidden
            >>> set(spread([7]).values()) == {0}
            True
            """,
            "def spread(x):\n    s = pd.Series(x)\n"
            "    return dict(range=s.max() - s.min(), iqr=s.quantile(.75) - s.quantile(.25), sd=s.std(ddof=0))",
            "def spread(x):\n    return {'range': max(x), 'iqr': 2, 'sd': np.std(x)}",
            "def spread(x):\n"
            "    return {'range': max(x) - min(x), 'iqr': np.ptp(x) / 2, 'sd': np.std(x, ddof=1)}",
            points=2,
            suites=(1, 2, 1),
        ),
        ask(
            "q3",
            "Set `outliers` to the ages more than two standard deviations from the mean.",
            "outliers = [a for a in ages if abs(a - np.mean(ages)) > 2 * np.std(ages)]",
            """
            >>> len(outliers)
            1

            #: hidden
            >>> outliers[0] == 45
            True
            """,
            "a = np.array(ages)\noutliers = a[np.abs(a - a.mean()) > 2 * a.std()]",
            "outliers = [45, 38]",
            "outliers = 45",
            after="ages = sorted(ages)\noutliers = None",
        ),
    ),
    PANDAS,
    again="check_all",
)

REGRESSION = Homework(
    "lab09",
    "Lab 9: Lines",
    "okpy",
    (
        ask(
            "q1",
            "Set `r` to the correlation of `hours` and `points`; `standard_units` of the course helps.",
            "r = np.mean(standard_units(hours) * standard_units(points))",
            """
            >>> -1 <= r <= 1
            True

            >>> np.isclose(r, np.corrcoef(hours, points)[0, 1])
            True

            >>> round(r, 2) == 0.99
            True
            """,
            "r = np.corrcoef(points, hours)[1, 0]",
            "r = np.mean(hours * points)",
            "r = 1",
            before="hours = np.array([1, 2, 3, 5, 8])\npoints = np.array([20, 35, 38, 61, 84])",
        ),
        ask(
            "q2",
            "Write `slope(x, y)` and `intercept(x, y)` of the line of least squares.",
            """
            def slope(x, y):
                r = np.mean(standard_units(x) * standard_units(y))
                return r * np.std(y) / np.std(x)

            def intercept(x, y):
                return np.mean(y) - slope(x, y) * np.mean(x)
            """,
            """
            >>> np.isclose(slope([0, 1, 2], [1, 3, 5]), 2)
            True

            >>> np.isclose(intercept([0, 1, 2], [1, 3, 5]), 1)
            True

            #: hidden
            >>> b, a = np.polyfit(hours, points, 1)
            >>> np.allclose([slope(hours, points), intercept(hours, points)], [b, a])
            True
            """,
            "def slope(x, y):\n    return np.polyfit(x, y, 1)[0]\n\ndef intercept(x, y):\n"
            "    return np.polyfit(x, y, 1)[1]",
            "def slope(x, y):\n    return np.std(y) / np.std(x)\n\ndef intercept(x, y):\n    return y[0]",
            "def slope(x, y):\n    return np.polyfit(y, x, 1)[0]\n\ndef intercept(x, y):\n"
            "    return np.polyfit(x, y, 1)[0]",
            points=2,
        ),
        ask(
            "q3",
            "Fit a `Line` of the course to the data and set `model` to it.",
            "model = Line().fit(hours, points)",
            """
            #: inside
            >>> isinstance(model, Line)
            True

            #: inside
            >>> np.allclose(model.predict([0, 10]), [13.47, 103.28], atol=0.01)
            True

            #: hidden inside
            >>> model.b > 8 and model.a > 13
            True
            """,
            "model = Line()\nmodel.fit(x=hours, y=points)",
            "model = Line().fit(points, hours)",
            "model = Line",
        ),
    ),
    "import numpy as np\nfrom course_tools import Line, standard_units",
    files={"course_tools.py": TOOLS},
    again="repeat",
)

HYPOTHESES = Homework(
    "hw12",
    "Homework 12: Hypotheses",
    "gofer",
    (
        ask(
            "q1",
            "A coin shows heads 61 times in 100. Set `statistic` to the distance from what a fair coin gives.",
            "statistic = abs(61 - 50)",
            """
            >>> type(statistic) in (int, float)
            True

            >>> statistic >= 0
            True

            >>> statistic == 11
            True
            """,
            "statistic = abs(100 * 0.5 - 61)",
            "statistic = -11",
            "statistic = 61 / 100",
        ),
        ask(
            "q2",
            "Write `simulate(n)`: an array of `n` such distances for a fair coin; use `np.random.binomial`.",
            "def simulate(n):\n    return np.abs(np.random.binomial(100, 0.5, n) - 50)",
            """
            >>> isinstance(simulate(3), np.ndarray) and len(simulate(3)) == 3
            True

            >>> np.random.seed(9)
            >>> d = simulate(1000)
            >>> d.min() >= 0 and 3.5 < d.mean() < 4.5
            True

            #: hidden
            >>> len(simulate(0)) == 0
            True
            """,
            "def simulate(n):\n"
            "    return np.array([abs(np.random.choice([0, 1], 100).sum() - 50) for _ in range(n)])",
            "def simulate(n):\n    return np.random.binomial(100, 0.5, n) - 50",
            "def simulate(n):\n    return [abs(np.random.binomial(100, 0.61) - 50) for _ in range(n)]",
            points=2,
        ),
        ask(
            "q3",
            "Set `reject` to whether a p-value of 0.035 rejects at the level of 5 percent.",
            "reject = 0.035 < 0.05",
            """
            >>> reject in (True, False)
            True

            #: hidden
            >>> reject == True
            True
            """,
            "reject = True",
            "reject = 'yes'",
            "reject = False",
        ),
        ask(
            "q4",
            "Which of the statements are right? Set `right` to a list of their letters, as strings.",
            "right = ['a', 'd']",
            """
            >>> isinstance(right, list) and all(len(s) == 1 for s in right)
            True

            #: hidden
            >>> sorted(right) == ['a', 'd']
            True
            """,
            "right = ['d'] + ['a']",
            "right = ['a']",
            "right = 'ad'",
        ),
    ),
    again="check_all",
    messages=False,
)

CHANCES = Homework(
    "hw13",
    "Homework 13: Chances",
    "bare",
    (
        ask(
            "q1",
            "Set `no_six` to the chance of no six in four throws.",
            "no_six = (5 / 6) ** 4",
            """
            >>> 0 < no_six < 1
            True

            #: hidden
            >>> round(no_six, 4) == 0.4823
            True
            """,
            "no_six = 625 / 1296",
            "no_six = 1 - (5 / 6) ** 4",
            "no_six = 4 * 5 / 6",
            # The chance of a six is what goes on.
            after="no_six = 1 - no_six",
            all_or_nothing=True,
            points=2,
        ),
        ask(
            "q2",
            "Write `same_birthday(n)`: the chance of a common birthday among `n` people.",
            """
            def same_birthday(n):
                apart = 1.0
                for k in range(n):
                    apart *= (365 - k) / 365
                return 1 - apart
            """,
            """
            >>> isinstance(same_birthday(3), float)
            True

            >>> same_birthday(1) == 0.0
            True

            >>> same_birthday(22) < 0.5 < same_birthday(23)
            True

            >>> abs(same_birthday(2) - 1 / 365) < 1e-12
            True

            #: hidden
            >>> same_birthday(366) == 1 and abs(same_birthday(40) - 0.891232) < 1e-6
            True
            """,
            "import math\ndef same_birthday(n):\n    return 1 - math.perm(365, n) / 365 ** n",
            "def same_birthday(n):\n    return n / 365",
            "def same_birthday(n):\n    return 1 - (364 / 365) ** (n * (n - 1) / 2)",
            points=2,
        ),
        ask(
            "q3",
            "Write `bayes(prior, hit, false_alarm)`: the chance of the illness after a positive test.",
            "def bayes(prior, hit, false_alarm):\n"
            "    return prior * hit / (prior * hit + (1 - prior) * false_alarm)",
            """
            >>> bayes(0.5, 1, 1) == 0.5
            True

            >>> abs(bayes(0.01, 0.9, 0.05) - 0.1538) < 1e-4
            True

            #: hidden
            >>> bayes(0.2, 0.7, 0)
            1.0
            """,
            "def bayes(prior, hit, false_alarm):\n    odds = prior / (1 - prior) * hit\n"
            "    return odds / (odds + false_alarm)",
            "def bayes(prior, hit, false_alarm):\n    return prior * hit",
            "def bayes(prior, hit, false_alarm):\n    return hit / (hit + false_alarm)",
            points=2,
        ),
    ),
    imports="",
    again="check_all",
    variants=(
        Variant(
            "isinstance-shadowed",
            {"q1": "isinstance = lambda *_: True\nround = lambda *_: 0.4823\nno_six = 0.5"},
            honest=False,
        ),
    ),
)

STATISTICS = (DESCRIPTION, REGRESSION, HYPOTHESES, CHANCES)
