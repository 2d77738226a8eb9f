"""Points of a suite: thirds that add up to one, and bonus points on top."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.encoding import decode_exact, encode_exact
from grader.errors import CourseError
from grader.judge import Judge, Submission
from grader.points import number
from grader.pset import ProblemSet, load_problem_set
from tests.notebooks import notebook, submission_cells
from tests.pset.tiny import write_tiny_course

QUESTIONS = """title: "Tiny"
questions:
  - {id: q1, title: "Mean", points: 1, functions: [mean]}
  - {id: q2, title: "Weighted mean", points: 0.7, functions: [weighted_mean], bonus: true}
  - {id: q3, title: "Explain", points: 1/3, manual: true}
"""
SUITE = '''import pytest

from grader import check_close, question


@question("q1", points="1/3")
@pytest.mark.parametrize("x", [1.0, 2.0, 3.0])
def test_mean_of_one(student, x):
    check_close(student.mean([x]), x)


@question("q1", points=0.5, bonus=True, public=True)
def test_mean_of_none(student):
    """The mean of nothing is 0."""
    check_close(student.mean([]), 0.0)


@question("q2", points=0.7)
def test_weighted(student):
    check_close(student.weighted_mean([2.0], [1.0]), 2.0)
'''
ONE = "def mean(x):\n    return sum(x) / len(x)\n"
NONE_TOO = "def mean(x):\n    return sum(x) / max(len(x), 1)\n"
NOT_THREE = "def mean(x):\n    return min(sum(x) / max(len(x), 1), 2.0)\n"
WEIGHTED = "def weighted_mean(x, w):\n    return 2.0\n"
WRONG = "def weighted_mean(x, w):\n    return 7.0\n"


@pytest.fixture(scope="module")
def thirds(tmp_path_factory) -> ProblemSet:
    folder = write_tiny_course(tmp_path_factory.mktemp("course"))
    (folder / "pset.yaml").write_text(QUESTIONS)
    (folder / "suite" / "test_means.py").write_text(SUITE)
    return load_problem_set(folder)


@pytest.fixture(scope="module")
def grade(thirds):
    with Judge(thirds) as grader:

        def graded(mean, weighted):
            cells = submission_cells(thirds, {"mean": mean, "weighted_mean": weighted})
            return grader.grade(Submission("someone", {"tiny.ipynb": notebook(cells)}))

        yield graded


@pytest.mark.parametrize(
    ("mean", "weighted", "q1", "score"),
    [
        (ONE, WRONG, "1", "1"),
        (NOT_THREE, WRONG, "7/6", "7/6"),
        (NONE_TOO, WRONG, "1.5", "1.5"),
        (NONE_TOO, WEIGHTED, "1.5", "2.2"),
    ],
)
def test_points_are_exact_and_bonus_points_come_on_top(grade, mean, weighted, q1, score):
    result = grade(mean, weighted)
    assert result.status == "graded"
    assert result.questions[0].score == Fraction(q1)
    assert result.score == Fraction(score)
    assert result.max_score == Fraction(4, 3)
    assert number(result.max_score) == "1.33"
    assert decode_exact(encode_exact(result)) == result


def test_a_result_says_what_is_bonus(grade):
    result = grade(NONE_TOO, WEIGHTED)
    assert [question.id for question in result.questions if question.bonus] == ["q2"]
    assert [t.name for question in result.questions for t in question.tests if t.bonus] == [
        "test_mean_of_none"
    ]
    assert [question.max_score for question in result.questions] == [1, Fraction(7, 10), Fraction(1, 3)]


def test_who_could_not_be_graded_has_nothing_of_the_same_maximum(thirds):
    with Judge(thirds) as grader:
        result = grader.refuse(Submission("someone", {}), "rejected", "no notebook")
    assert (result.score, result.max_score) == (0, Fraction(4, 3))


def test_cases_that_only_collecting_counts_must_add_up_too(tmp_path):
    folder = write_tiny_course(tmp_path)
    (folder / "pset.yaml").write_text(QUESTIONS)
    counted = SUITE.replace("[1.0, 2.0, 3.0]", "[float(n) for n in range(4)]")
    (folder / "suite" / "test_means.py").write_text(counted)
    problem_set = load_problem_set(folder)
    with pytest.raises(CourseError, match=r"question 'q1' has 1 point but its tests add up to 1\.33"):
        Judge(problem_set)
