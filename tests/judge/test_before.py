"""A question is judged as it stands at its place where a later cell broke it, and a cause is told once."""

from __future__ import annotations

import pytest

from grader.judge import Judge, Submission
from grader.pset import ProblemSet, load_problem_set
from grader.results import SubmissionResult
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

SUITE = """
import numpy as np
from grader import check_close, question


@question("q1", points=1)
@question("q1", points=1)
def test_of_three(student):
    check_close(student.mean(np.array([1.0, 2.0, 6.0])), 3.0)


@question("q1", points=2)
def test_of_many(student):
    values = student.mean.map([(np.full(3, float(n)),) for n in range(6)])
    check_close(np.array(values), np.arange(6.0))


@question("q2", points=2)
def test_weighted(student):
    check_close(student.weighted_mean(np.ones(3), np.ones(3)), 1.0)
""".replace('@question("q1", points=1)\n@question', "@question")
MEAN = "def mean(x):\n    return np.sum(x) / len(x)"
WEIGHTED = "def weighted_mean(x, w):\n    return np.sum(x * w) / np.sum(w)"


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> ProblemSet:
    folder = write_tiny_course(tmp_path_factory.mktemp("course"))
    for file in (folder / "suite").glob("*.py"):
        file.unlink()
    (folder / "suite" / "test_means.py").write_text(SUITE)
    settings = folder / "pset.yaml"
    settings.write_text(
        settings.read_text() + "limits: {cell_seconds: 2, call_seconds: 1, submission_seconds: 12}\n"
    )
    return load_problem_set(folder)


@pytest.fixture(scope="module")
def judge(course):
    with Judge(course) as judge:
        yield judge


@pytest.fixture
def grade(judge):
    def graded(*cells: str, **files: bytes) -> SubmissionResult:
        return judge.grade(Submission("someone", {"tiny.ipynb": notebook(["import numpy as np", *cells])}))

    return graded


def scores(result: SubmissionResult) -> list[float]:
    return [float(question.score) for question in result.questions]


def messages(result: SubmissionResult) -> list[str]:
    return [test.message for question in result.questions for test in question.tests]


@pytest.mark.parametrize(
    ("last", "does"),
    [
        ("del np", "deletes `np`"),
        ("np = None", "changes `np`"),
        ("%reset -f", "deletes `mean`"),
        ("np.sum = lambda x: 0", "changes `numpy.sum`"),
        ("sum = 3\nlen = 4", "changes `len`"),
        ("def mean(x): return 0", "changes `mean`"),
    ],
)
def test_a_later_cell_costs_nothing(grade, last, does):
    result = grade(MEAN, "grader = __import__('otter').Notebook()\ngrader.check('q1')", WEIGHTED, last)
    assert scores(result) == [3, 2, 0]
    says = f"This question was judged on your code as it was before the 5th code cell, which {does}"
    assert messages(result)[0].startswith(says)
    assert messages(result)[1] == ""


def test_the_better_state_counts_for_the_question_as_a_whole(grade):
    # Right for three at its place, right for the others at the end: never both.
    early = "def mean(x):\n    return np.sum(x) / len(x) if x[0] == 1 and x[1] == 2 else 0.0"
    late = "def mean(x):\n    return np.sum(x) / len(x) if x[0] == x[1] else 0.0"
    result = grade(early, "__import__('otter').Notebook().check('q1')", late)
    assert scores(result)[0] == 2
    result = grade(late, "__import__('otter').Notebook().check('q1')", early)
    assert scores(result)[0] == 2


def test_a_wrong_answer_stays_wrong_whatever_comes_behind_it(grade):
    wrong = MEAN.replace("len(x)", "(len(x) + 1)")
    result = grade(wrong, WEIGHTED, "mean = weighted_mean = None")
    assert scores(result) == [0, 2, 0]


def test_a_cause_is_followed_and_told_in_full_once(grade):
    result = grade("1/0\nscale = 1.0", MEAN + " * scale", WEIGHTED + " * scale")
    full = "`scale` is not defined, because the 2nd code cell stopped: ZeroDivisionError: division by zero (line 1)"
    first, second, third = (message.splitlines()[0] for message in messages(result))
    assert (first, second, third) == (full, full, "`scale` is not defined, as explained in q1")


def test_each_call_of_a_batch_has_its_own_time(grade):
    slow = "import time\n" + MEAN.replace("    return", "    time.sleep(0.4)\n    return")
    assert scores(grade(slow, WEIGHTED))[:2] == [3, 2]
    slower = slow.replace("time.sleep(0.4)", "time.sleep(3 if x[0] == 4 else 0)")
    assert scores(grade(slower, WEIGHTED))[:2] == [1, 2]


def test_a_function_that_hangs_costs_no_other(grade):
    result = grade("def mean(x):\n    while True: pass", WEIGHTED)
    assert scores(result)[:2] == [0, 2]


def test_cells_beyond_the_time_are_left_and_what_is_defined_is_judged(grade):
    result = grade(MEAN, WEIGHTED, *["import time\ntime.sleep(1.5)"] * 12, "late = 1")
    assert (result.status, scores(result)[:2]) == ("graded", [3, 2])
    told = [error.error for error in result.notebook_errors]
    assert told
    assert all("your whole submission reached its time limit of 12 seconds" in words for words in told)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            ["def Mean(x): return x"],
            "Your notebook defines `Mean`; if that is your answer, rename it to `mean`",
        ),
        (["def mean(x):\n    ..."], "`mean` is not answered yet: replace the `...` with your code"),
    ],
)
def test_what_is_missing_is_told_with_what_is_there(grade, cells, says):
    assert messages(grade(*cells, WEIGHTED))[0].startswith(says)


def test_the_handouts_own_cell_below_an_answer_takes_nothing_away(grade):
    check = "__import__('otter').Notebook().check('q1')"
    result = grade(MEAN, "def mean(x):\n    ...", check, WEIGHTED)
    assert scores(result)[:2] == [3, 2]
