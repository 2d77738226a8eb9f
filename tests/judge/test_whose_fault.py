"""Whose fault it is when a test stops with an exception of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.judge import Judge, Submission
from grader.pset import load_problem_set
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

SUITE = "psets/tiny/suite/test_means.py"
TEST = """
import numpy as np
from grader import check_close, question


@question("q1", points=3)
def test_mean(student, rng):
    {body}


@question("q2", points=2)
def test_weighted(student):
    check_close(student.weighted_mean(np.ones(3), np.ones(3)), 1.0)
"""


def graded(tmp_path: Path, body: str, mean: str):
    pset = write_tiny_course(tmp_path)
    (tmp_path / SUITE).write_text(TEST.format(body=body), encoding="utf-8")
    for other in (tmp_path / SUITE).parent.glob("*.py"):
        if other.name != "test_means.py":
            other.unlink()
    problem_set = load_problem_set(pset)
    cells = ["import numpy as np", mean, "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"]
    with Judge(problem_set) as grader:
        return grader.grade(Submission("someone", {"tiny.ipynb": notebook(cells)}))


RIGHT = "def mean(x):\n    return x.mean()"


def test_a_value_that_the_test_cannot_use_is_the_students_fault(tmp_path):
    result = graded(tmp_path, "a = student.mean(np.arange(3.0)) + 1.0", "def mean(x):\n    return None")
    (test,) = result.questions[0].tests
    assert (result.status, test.status, test.score) == ("graded", "failed", 0)
    assert test.message == "`mean` returned None, so the test could not continue"


def test_a_test_that_fails_on_the_reference_too_is_ours(tmp_path):
    result = graded(tmp_path, "raise RuntimeError('a slip in the suite')", RIGHT)
    (test,) = result.questions[0].tests
    assert (result.status, test.status) == ("grader_error", "grader_error")
    assert "test_mean" in result.reason
    assert result.questions[1].score == 2, "the other question is judged all the same"


def test_an_argument_that_cannot_cross_is_ours(tmp_path):
    result = graded(tmp_path, "student.mean({1, 2})", RIGHT)
    assert result.status == "grader_error"
    assert "cannot be passed into the sandbox" in result.questions[0].tests[0].message


def test_every_submission_gets_the_same_draws(tmp_path):
    body = "assert abs(student.mean(rng.normal(size=5)) - {}) < 1e-12, 'drawn'"
    seen = []
    for _ in range(2):
        result = graded(tmp_path, "check_close(student.mean(rng.normal(size=5)), 0.0)", RIGHT)
        seen.append(result.questions[0].tests[0].message)
    assert seen[0] == seen[1]
    assert body


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("import numpy as np\ndef test_loose(student):\n    pass\n", "belongs to no question"),
        ("import no_such_module\n", "no_such_module"),
    ],
)
def test_a_suite_that_cannot_be_collected_says_where(tmp_path, text, sentence):
    pset = write_tiny_course(tmp_path)
    (tmp_path / SUITE).with_name("test_more.py").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=sentence) as raised, Judge(load_problem_set(pset)):
        pass
    assert "test_more.py" in str(raised.value)


DEEP = "def mean(x):\n    value = 1.0\n    for _ in range(31):\n        value = [value]\n    return value"
LONG = "def mean(x):\n    return list(range(150_000))"
HUGE = "def mean(x):\n    return 2**4000"


@pytest.mark.parametrize(
    ("body", "mean"),
    [
        ("student.mean([[student.mean(np.ones(2))]])", DEEP),
        ("student.mean([student.mean(np.ones(2))] * 3)", LONG),
        ("student.mean([student.mean(np.ones(2)) ** 2] * 3)", HUGE),
    ],
)
def test_what_cannot_be_passed_on_is_the_students_fault_if_the_solutions_can(tmp_path, body, mean):
    """The test gives a function what another one returned, which is too deep, too long or too large for that."""
    result = graded(tmp_path, body, mean)
    (test,) = result.questions[0].tests
    assert (result.status, test.status, test.kind) == ("graded", "failed", "unusable"), test.message
    assert test.message.startswith("`mean` returned something that the test cannot use")
    assert result.questions[1].score == 2


OBJECT = """class Odd:
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return Odd()
    def __call__(self, *_): return self
    def __eq__(self, other): return True
    def __len__(self): return -1
    def __str__(self): return "odd"
    def __repr__(self): raise ValueError("odd")
def mean(x):
    return Odd()"""


@pytest.mark.parametrize(
    "body",
    [
        "assert student.mean(np.ones(2)) == 1.0",
        "assert student.mean(np.ones(2)) == pytest.approx(1.0)",
        "assert pytest.approx(1.0) == student.mean(np.ones(2))",
        "assert 1.0 in [student.mean(np.ones(2))]",
        "assert len([student.mean(np.ones(2))]) == 1 and student.mean(np.ones(2)), student.mean(np.ones(2))",
        "raise_ = student.mean(np.ones(2))\n    assert isinstance(raise_, float), raise_",
        "assert np.allclose(student.mean(np.ones(2)), 1.0)",
        "assert np.array_equal(student.mean(np.ones(2)), 1.0)",
        "assert not np.any(student.mean(np.ones(2)) != 1.0)",
        "assert abs(student.mean(np.ones(2)) - 1.0) < 1e-9",
        "assert sorted([student.mean(np.ones(2)), 1.0])[0] == 1.0",
        "assert max(student.mean(np.ones(2)), 0.5) == 1.0",
        "assert float(student.mean(np.ones(2))) == 1.0",
        "assert f'{student.mean(np.ones(2))}' == '1.0'",
        "assert str(student.mean(np.ones(2))) == '1.0'",
        "assert {student.mean(np.ones(2)): 1}[1.0] == 1",
        "assert math.isclose(student.mean(np.ones(2)), 1.0)",
        "assert student.mean(np.ones(2)).is_integer()",
        "check_close(copy.deepcopy(student.mean(np.ones(2))), 1.0)",
        "check_close(pickle.loads(pickle.dumps(student.mean(np.ones(2)))), 1.0)",
        "check_close(student.weighted_mean(np.ones(1) * student.mean(np.ones(2)), np.ones(1)), 1.0)",
    ],
)
def test_an_object_in_place_of_a_number_fails_a_test_and_loses_nothing_else(tmp_path, body):
    imports = "import copy, math, pickle\n    import pytest\n    "
    result = graded(tmp_path, imports + body, OBJECT)
    test = result.questions[0].tests[0]
    assert (result.status, test.score) == ("graded", 0), (test.status, test.message)
    assert test.status in ("failed", "error")
    assert test.message
    assert result.questions[1].score == 2


def test_a_test_may_ask_for_a_class_itself(tmp_path):
    scale = "class Scale:\n    @classmethod\n    def value(cls, x):\n        return 3 * x\n"
    asks = 'assert student.value("Scale").value(2.0) == 6'
    (test,) = graded(tmp_path, asks, f"{scale}\n{RIGHT}").questions[0].tests
    assert (test.status, test.message) == ("passed", "")
