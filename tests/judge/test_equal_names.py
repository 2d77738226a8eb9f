"""Two files of a suite may have a test of the same name: each keeps its own verdict, and its own explanation."""

from __future__ import annotations

from grader.judge import Judge, Submission
from grader.pset import load_problem_set
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

TEST = """
import numpy as np
from grader import check_close, question

SAMPLE, WEIGHTS = np.array([1.0, 2.0, 6.0]), np.array([0.0, 1.0, 1.0])


@question("{question}", points={points})
def test_values(student):
    check_close(student.{call}, {value}, name="{name}")
"""
FILES = {
    "test_mean.py": {"question": "q1", "points": 3, "name": "mean", "call": "mean(SAMPLE)", "value": 3.0},
    "test_weighted.py": {
        "question": "q2", "points": 2, "name": "weighted_mean", "call": "weighted_mean(SAMPLE, WEIGHTS)", "value": 4.0,
    },
}  # fmt: skip
SUM = "def mean(x):\n    return x.sum()"
RIGHT = "def mean(x):\n    return x.mean()"
UNWEIGHTED = "def weighted_mean(x, w):\n    return x.mean()"


def test_the_mistake_of_each_is_told_in_its_own_question(tmp_path):
    folder = write_tiny_course(tmp_path)
    (folder / "suite" / "test_means.py").unlink()
    for name, values in FILES.items():
        (folder / "suite" / name).write_text(TEST.format(**values), encoding="utf-8")
    with Judge(load_problem_set(folder)) as judge:
        for mean, told in ((SUM, "sum_for_mean"), (RIGHT, None)):
            cells = ["import numpy as np", mean, UNWEIGHTED]
            result = judge.grade(Submission("someone", {"tiny.ipynb": notebook(cells)}))
            first, second = (question.tests[0] for question in result.questions[:2])
            assert (first.name, second.name) == ("test_values", "test_values")
            assert (first.mistake, first.status) == (told, "failed" if told else "passed")
            assert (second.mistake, second.status) == ("unweighted", "failed")
            assert "You forget the weights" not in first.message
            assert "You return the sum" not in second.message
