"""One class and one set of checks, for gradmark, otter-grader and nbgrader alike.

There are three questions like those of problem set 1, ten hidden checks worth a point each, and six notebooks, repeated
as often as needed. A check is a few lines of numpy that use the student's functions by name and raise an exception if
they are wrong. Every tool runs the same lines.
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["CHECKS", "FUNCTIONS", "Check", "notebook", "submissions", "true_score", "write_course"]

FUNCTIONS = {"q1": "softmax", "q2": "cross_entropy", "q3": "cross_entropy_gradient"}

IMPORTS = "import numpy as np"
SOFTMAX = """\
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)"""
LOSS = """\
def cross_entropy(z, y):
    z = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()"""
GRADIENT = """\
def cross_entropy_gradient(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    g = e / e.sum(axis=1, keepdims=True)
    g[np.arange(len(y)), y] -= 1
    return g / len(y)"""
RIGHT = {"q1": SOFTMAX, "q2": LOSS, "q3": GRADIENT}
VARIANTS: tuple[dict[str, str], ...] = (
    {},
    {
        "q2": "def cross_entropy(z, y):\n"
        "    rows = [row - row.max() for row in z]\n"
        "    return sum(np.log(np.exp(r).sum()) - r[k] for r, k in zip(rows, y)) / len(y)"
    },
    {"q1": SOFTMAX.replace("axis=1", "axis=0")},
    {"q2": LOSS.replace(".mean()", ".sum()")},
    {"q3": GRADIENT.replace(" / len(y)", "")},
    {question: f"def {name}(*arguments):\n    return None" for question, name in FUNCTIONS.items()},
)
"""Each notebook's changes to the correct answer: two notebooks are correct, three have a mistake, one is blank."""


@dataclass(frozen=True)
class Check:
    """One hidden check, worth a point."""

    question: str
    name: str
    body: str


_DRAWN = (
    "rng = np.random.default_rng({seed})\nz, y = rng.normal(size=({n}, {c})), rng.integers({c}, size={n})\n"
)
_P = "e = np.exp(z - z.max(axis=1, keepdims=True))\np = e / e.sum(axis=1, keepdims=True)\n"
_SLOPE = """\
step = 1e-6
slope = np.zeros_like(z)
for i in range(z.shape[0]):
    for j in range(z.shape[1]):
        up, down = z.copy(), z.copy()
        up[i, j] += step
        down[i, j] -= step
        slope[i, j] = (loss(up) - loss(down)) / (2 * step)
"""
_LOSS = """\
def loss(z):
    z = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()
"""


def _close(got: str, expected: str, rtol: float = 1e-9, atol: float = 1e-12) -> str:
    return f"np.testing.assert_allclose({got}, {expected}, rtol={rtol}, atol={atol})"


CHECKS = (
    Check("q1", "rows", _DRAWN.format(seed=1, n=20, c=10) + _P + _close("softmax(z)", "p")),
    Check(
        "q1", "sums_to_one", _DRAWN.format(seed=2, n=8, c=5) + _close("softmax(z).sum(axis=1)", "np.ones(8)")
    ),
    Check("q1", "large_logits", "z = np.array([[1e4, 0.0], [0.0, -1e4]])\n" + _P + _close("softmax(z)", "p")),
    Check("q2", "small", _DRAWN.format(seed=3, n=4, c=3) + _LOSS + _close("cross_entropy(z, y)", "loss(z)")),
    Check(
        "q2", "many", _DRAWN.format(seed=4, n=200, c=10) + _LOSS + _close("cross_entropy(z, y)", "loss(z)")
    ),
    Check(
        "q2",
        "improbable_label",
        "z, y = np.array([[800.0, 0.0], [0.0, 1.0]]), np.array([1, 0])\n"
        + _LOSS
        + _close("cross_entropy(z, y)", "loss(z)"),
    ),
    Check(
        "q2",
        "uniform",
        "z, y = np.zeros((6, 7)), np.arange(6)\n" + _close("cross_entropy(z, y)", "np.log(7.0)"),
    ),
    Check(
        "q3",
        "formula",
        _DRAWN.format(seed=5, n=30, c=10)
        + _P
        + "p[np.arange(len(y)), y] -= 1\n"
        + _close("cross_entropy_gradient(z, y)", "p / len(y)"),
    ),
    Check(
        "q3",
        "slope_of_the_loss",
        _DRAWN.format(seed=6, n=5, c=4)
        + _LOSS
        + _SLOPE
        + _close("cross_entropy_gradient(z, y)", "slope", rtol=1e-5, atol=1e-8),
    ),
    Check(
        "q3",
        "rows_sum_to_zero",
        _DRAWN.format(seed=7, n=9, c=6) + _close("cross_entropy_gradient(z, y).sum(axis=1)", "np.zeros(9)"),
    ),
)


_FENCED = "```python\n{}\n```"
_RAW = "<!-- #raw -->\n{}\n<!-- #endraw -->"


def cells(number: int) -> dict[str, str]:
    """A submission's code cells by question; the first, ``""``, makes every submission different."""
    return {"": f"{IMPORTS}\nSUBMISSION = {number}", **RIGHT, **VARIANTS[number % len(VARIANTS)]}


def true_score(number: int) -> float:
    """The expected score of a submission: the checks, run bare in this process."""
    namespace: dict[str, object] = {}
    for source in cells(number).values():
        exec(source, namespace)
    score = 0
    for check in CHECKS:
        try:
            with np.errstate(all="ignore"):
                exec(check.body, dict(namespace))
            score += 1
        except Exception:  # a check that fails in any way is worth no point
            continue
    return float(score)


def notebook(sources: list[str]) -> str:
    """A notebook of code cells."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell{i}",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for i, source in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def submissions(folder: Path, count: int) -> list[Path]:
    """Write a class, and return its notebooks in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"student{number:05d}.ipynb" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(notebook(list(cells(number).values())), encoding="utf-8")
    return paths


def write_course(course: Path) -> None:
    """Write the problem set for gradmark, called bench."""
    pset, reference = course / "psets" / "bench", course / "reference"
    (pset / "suite").mkdir(parents=True)
    reference.mkdir()
    (reference / "__init__.py").write_text("")
    lines = ["title: Bench", "preload: [numpy]", "questions:"]
    for question, name in FUNCTIONS.items():
        points = sum(check.question == question for check in CHECKS)
        lines.append(f"  - {{id: {question}, title: {name}, points: {points}, functions: [{name}]}}")
    (pset / "pset.yaml").write_text("\n".join(lines) + "\n")
    handout = ["# Bench", _FENCED.format(IMPORTS)]
    for question, source in RIGHT.items():
        handout += [
            _RAW.format(f"# BEGIN QUESTION\nname: {question}"),
            _FENCED.format(source),
            _RAW.format("# END QUESTION"),
        ]
    (pset / "bench.md").write_text("\n\n".join(handout) + "\n")
    tests = ["import numpy as np", "", "from grader import question", ""]
    for check in CHECKS:
        name = FUNCTIONS[check.question]
        tests += [
            "",
            f'@question("{check.question}", points=1)',
            f"def test_{name}_{check.name}(student):",
            f"    {name} = student.{name}",
            textwrap.indent(check.body, "    "),
            "",
        ]
    (pset / "suite" / "test_bench.py").write_text("\n".join(tests))
