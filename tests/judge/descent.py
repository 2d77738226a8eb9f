"""A small course whose functions use one another: a slope, a cost, descent along the slope, and halving."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.judge.neighbours import Given, LocalNeighbours
from grader.student import Call

FILES = {
    "reference/__init__.py": '"""Answers."""\n',
    "reference/descent.py": '''"""Descent."""

import numpy as np


def slope(w, X, y):
    """The gradient of the cost, (D,)."""
    return X.T @ (X @ w - y) / len(y)


def cost(w, X, y):
    """The mean squared error, halved."""
    return ((X @ w - y) ** 2).mean() / 2


def descend(w, X, y, rate, steps):
    """The weights after some steps, and the cost after each."""
    costs = []
    for _ in range(steps):
        w = w - rate * slope(w, X, y)
        costs.append(cost(w, X, y))
    return w, np.array(costs)


def largest(x):
    """The largest entry by size."""
    return np.abs(x).max()


def halve(x):
    """x halved until no entry is larger than 1, and how often that was."""
    count = 0
    while largest(x) > 1:
        x, count = x / 2, count + 1
    return x, count


def shuffled(x, rng):
    """x in another order."""
    return x[rng.permutation(len(x))]


def batch(x, rng):
    """The first half of x in another order, and a number drawn after it."""
    return shuffled(x, rng)[: len(x) // 2], rng.uniform()


def doubled(x):
    """x, twice as large."""
    return 2 * x


def after(w, g):
    """The weights one step along a slope."""
    return w - 0.5 * g


def penalised(w, X, y):
    """The cost and a constant."""
    return cost(w, X, y) + 1.0
''',
    "psets/descent/pset.yaml": """title: "Descent"
seed: "5eed0f7e575e7c0ffee5eed0f7e575e7"
limits: {cell_seconds: 30, call_seconds: 10, submission_seconds: 60}
questions:
  - {id: q1, title: "Slope", points: 2, functions: [slope]}
  - {id: q2, title: "Cost", points: 2, functions: [cost]}
  - {id: q3, title: "Descent", points: 4, functions: [descend]}
  - {id: q4, title: "Largest", points: 2, functions: [largest]}
  - {id: q5, title: "Halving", points: 2, functions: [halve]}
  - {id: q6, title: "Shuffling", points: 1, functions: [shuffled]}
  - {id: q7, title: "A batch", points: 1, functions: [batch]}
  - {id: q8, title: "Twice", points: 1, functions: [doubled, after]}
  - {id: q9, title: "Penalty", points: 1, functions: [penalised]}
""",
    "psets/descent/suite/test_descent.py": '''"""Descent."""

import numpy as np

import reference.descent as ref
from grader.checks import check_close
from grader.marks import question


def data(rng):
    X = rng.normal(size=(6, 3))
    return rng.normal(size=3), X, rng.normal(size=6)


@question("q1", points=2)
def test_slope(student, rng):
    for _ in range(3):
        given = data(rng)
        check_close(student.slope(*given), ref.slope(*given))


@question("q2", points=2)
def test_cost(student, rng):
    for _ in range(3):
        given = data(rng)
        check_close(student.cost(*given), ref.cost(*given))


@question("q3", points=3)
def test_descent(student, rng):
    for steps in (1, 3):
        given = *data(rng), 0.1, steps
        got, expected = student.descend(*given), ref.descend(*given)
        check_close(got[0], expected[0])
        check_close(got[1], expected[1])


@question("q3", points=1)
def test_descent_for_no_time(student, rng):
    w, X, y = data(rng)
    check_close(student.descend(w, X, y, 0.1, 0)[0], w)


@question("q4", points=2)
def test_largest(student, rng):
    for _ in range(2):
        x = rng.normal(size=7)
        check_close(student.largest(x), ref.largest(x))


@question("q5", points=2)
def test_halving(student, rng):
    for size in (3.0, 40.0):
        x = size * rng.normal(size=5)
        got, expected = student.halve(x), ref.halve(x)
        check_close(got[0], expected[0])
        check_close(got[1], expected[1])


@question("q6", points=1)
def test_shuffling(student, rng):
    x = rng.normal(size=6)
    check_close(student.shuffled(x, np.random.default_rng(1)), ref.shuffled(x, np.random.default_rng(1)))


@question("q7", points=1)
def test_batch(student, rng):
    x = rng.normal(size=6)
    got, expected = student.batch(x, np.random.default_rng(1)), ref.batch(x, np.random.default_rng(1))
    check_close(got[0], expected[0])
    check_close(got[1], expected[1])


@question("q8", points=0.5)
def test_doubled(student, rng):
    x = rng.normal(size=4)
    check_close(student.doubled(x), 2 * x)


@question("q8", points=0.5)
def test_after_a_slope_of_their_own(student, rng):
    w, X, y = data(rng)
    g = student.slope(w, X, y)
    check_close(student.after(w, g), ref.after(w, ref.slope(w, X, y)))


@question("q9", points=1)
def test_penalised(student, rng):
    given = data(rng)
    check_close(student.penalised(*given), ref.penalised(*given))
''',
    "psets/descent/mistakes.py": '''"""Wrong versions."""

import numpy as np

from grader.marks import mistake
from reference.descent import cost, largest, shuffled, slope


@mistake("slope", says="You step the other way.")
def slope_negated(w, X, y):
    return -X.T @ (X @ w - y) / len(y)


@mistake("slope", says="You sum where the mean is asked for.")
def slope_summed(w, X, y):
    return X.T @ (X @ w - y)


@mistake("slope", says="Your slope is always zero.")
def slope_zero(w, X, y):
    return np.zeros(len(w))


@mistake("slope", says="Your slope is a column.")
def slope_as_a_column(w, X, y):
    return (X.T @ (X @ w - y) / len(y))[:, None]


@mistake("cost", says="You forget to halve.")
def cost_not_halved(w, X, y):
    return ((X @ w - y) ** 2).mean()


@mistake("descend", says="You climb.")
def descend_uphill(w, X, y, rate, steps):
    costs = []
    for _ in range(steps):
        w = w + rate * slope(w, X, y)
        costs.append(cost(w, X, y))
    return w, np.array(costs)


@mistake("descend", says="You take one step only.")
def descend_once(w, X, y, rate, steps):
    costs = []
    for _ in range(steps):
        costs.append(cost(w - rate * slope(w, X, y), X, y))
    return (w - rate * slope(w, X, y) if steps else w), np.array(costs)


@mistake("halve", says="You divide by three.")
def halve_by_three(x):
    count = 0
    while largest(x) > 1:
        x, count = x / 3, count + 1
    return x, count


@mistake("shuffled", says="You sort.")
def shuffled_not(x, rng):
    rng.permutation(len(x))
    return np.sort(x)


@mistake("batch", says="You take the second half.")
def batch_second_half(x, rng):
    return shuffled(x, rng)[len(x) // 2 :], rng.uniform()
''',
}
_CELL = """```otter
# BEGIN QUESTION
name: {question}
```

## {question}

```python
{code}
```

```otter
# END QUESTION
```

"""
_SIGNATURES = {
    "q1": ["slope(w, X, y)"], "q2": ["cost(w, X, y)"], "q3": ["descend(w, X, y, rate, steps)"], "q4": ["largest(x)"],
    "q5": ["halve(x)"], "q6": ["shuffled(x, rng)"], "q7": ["batch(x, rng)"], "q8": ["doubled(x)", "after(w, g)"],
    "q9": ["penalised(w, X, y)"],
}  # fmt: skip


def write_descent_course(course: Path, **replaced: tuple[str, str]) -> Path:
    """Write the course and return the problem set's folder; ``replaced`` maps a file's stem to (old, new)."""
    handout = "# Descent\n\n```python\nimport numpy as np\n```\n\n"
    for question, signatures in _SIGNATURES.items():
        code = "\n\n\n".join(
            f'def {one}:\n    """As asked."""\n    # SOLUTION: reference.descent.{one.partition("(")[0]}'
            for one in signatures
        )
        handout += _CELL.format(question=question, code=code)
    for name, text in {**FILES, "psets/descent/descent.md": handout}.items():
        stem = Path(name).stem
        if stem in replaced and not name.startswith("reference"):
            old, new = replaced[stem]
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        file = course / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return course / "psets" / "descent"


class Counting(LocalNeighbours):
    """Counts the questions."""

    count = 0

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        self.count += len(batch)
        return super().calls(function, batch)
