"""A course with one small problem set, for tests that write it into a folder and put errors into it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "reference/__init__.py": '"""Answers."""\n',
    "reference/means.py": '''"""Means."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FLOOR = 1e-12


def _total_weight(w: Array) -> float:
    """The sum of the weights, never 0."""
    # fsum: the order of the weights does not matter
    return max(math.fsum(w.tolist()), FLOOR)


def mean(x: Array) -> float:
    """The mean of x (N,)."""
    # one pass is enough
    accumulated = np.sum(x)
    return accumulated / len(x)


def weighted_mean(
    x: Array,
    w: Array,
) -> float:
    """The mean of x (N,) with weights w (N,)."""
    weighted = x * w
    centre_of_mass = np.sum(weighted) / _total_weight(w)
    return centre_of_mass + 0 * mean(x)
''',
    "psets/tiny/pset.yaml": """title: "Tiny"
expected_hours: 1
data: data
questions:
  - {id: q1, title: "Mean", points: 3, functions: [mean]}
  - {id: q2, title: "Weighted mean", points: 2, functions: [weighted_mean]}
  - {id: q3, title: "Explain", points: 4, manual: true}
""",
    "psets/tiny/tiny.md": '''# Tiny

Means of numbers.

```python
import numpy as np

samples = np.loadtxt("samples.csv")
```

```otter
# BEGIN QUESTION
name: q1
```

## Question 1

The mean is $\\frac1N\\sum_i x_i$.

```python
def mean(x):
    """The mean of x (N,)."""
    # SOLUTION: reference.means.mean
```

```otter
# END QUESTION
```

Now with weights.

```otter
# BEGIN QUESTION
name: q2
```

## Question 2

```python
def weighted_mean(x, w):
    """The mean of x (N,) with weights w (N,)."""
    # SOLUTION: reference.means.weighted_mean
```

```otter
# END QUESTION
```

```python
print(mean(samples))
```

```otter
# BEGIN QUESTION
name: q3
```

## Question 3

Why do weights matter?

```otter
# BEGIN SOLUTION
```

Because heavy samples pull the centre towards themselves.

```otter
# END SOLUTION
# the model answer ends here
```

```otter
# END QUESTION
```

Thanks.
''',
    "psets/tiny/data/samples.csv": "1.0\n2.0\n6.0\n",
    "psets/tiny/suite/test_means.py": '''"""Means."""

import numpy as np
import pytest

import reference.means as ref
from grader.errors import CheckFailed
from grader.marks import question

BOUND = 1e-9


def close(got, expected):
    """Public helper."""
    if not abs(got - expected) <= BOUND:
        raise CheckFailed("mean: wrong value", f"expected {expected}, got {got}")


@question("q1", points=1, public=True)
def test_mean_of_three(student):
    """The mean of 1, 2 and 6 is 3"""
    close(student.mean(np.array([1.0, 2.0, 6.0])), 3.0)


@question("q1", points=0.5, public=True)
@pytest.mark.parametrize(("x", "expected"), [([2.0, 6.0], 4.0), pytest.param([1.0, 3.0], 2.0, id="pair")])
def test_small_means(student, x, expected):
    close(student.mean(np.array(x)), expected)


@question("q1", points=1)
def test_mean_secretly(student, rng):
    secret_sample = rng.normal(size=17)
    close(student.mean(secret_sample), ref.mean(secret_sample))


@question("q2", points=2)
def test_weighted_secretly(student, rng):
    secret_sample, secret_weights = rng.normal(size=5), rng.uniform(size=5)
    expected = ref.weighted_mean(secret_sample, secret_weights)
    close(student.weighted_mean(secret_sample, secret_weights), expected)
''',
    "psets/tiny/mistakes.py": '''"""Wrong versions."""

import numpy as np

from grader.marks import mistake
from reference.means import mean


@mistake("mean", says="You return the sum; the question asks for the mean.")
def sum_for_mean(x):
    return np.sum(x)


@mistake("weighted_mean", says="You forget the weights.")
def unweighted(x, w):
    return mean(x)
''',
    "psets/tiny/alternatives.py": '''"""Right versions."""

from grader.marks import alternative


@alternative("mean")
def mean_by_loop(x):
    total = 0.0
    for value in x:
        total += value
    return total / len(x)
''',
}

SEED = "5eed0f7e575e7c0ffee5eed0f7e575e7"
SEEDED = ("data: data", f'data: data\nseed: "{SEED}"')
"""Pass it as ``pset`` to `write_tiny_course` for a problem set with a seed."""


def write_tiny_course(course: Path, **replaced: tuple[str, str]) -> Path:
    """Write the course and return the problem set's folder.

    ``replaced`` maps a file's stem to (old, new); the old text must be there.
    """
    for name, text in FILES.items():
        stem = Path(name).stem
        if stem in replaced and name != "reference/__init__.py":
            old, new = replaced[stem]
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        file = course / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return course / "psets" / "tiny"
