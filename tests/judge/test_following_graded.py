"""Errors followed in the real sandbox: what a failure earns that is inherited, and when none is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from grader.encoding import decode_exact, encode_exact, encode_shown, public_document
from grader.errors import StudentCrashed, StudentTimeout
from grader.judge import Judge, Submission
from grader.judge.bounded import TooLong
from grader.judge.grading import FOLLOWING
from grader.pset import ProblemSet, load_problem_set
from grader.results import SubmissionResult, TestResult
from grader.sandbox.outside.loading import LoadReport
from grader.sandbox.outside.session import Session
from tests.judge.descent import write_descent_course
from tests.notebooks import notebook, submission_cells

Grade = Callable[..., SubmissionResult]
NEGATED = "def slope(w, X, y):\n    return -X.T @ (X @ w - y) / len(y)\n"


@pytest.fixture(scope="module")
def descent(tmp_path_factory) -> ProblemSet:
    return load_problem_set(write_descent_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def judge(descent: ProblemSet) -> Iterator[Judge]:
    with Judge(descent) as judge:
        yield judge


def submission(pset: ProblemSet, *sources: str, first: str = "") -> Submission:
    changed = {source.partition("(")[0].removeprefix("def "): source for source in sources}
    cells = submission_cells(pset, changed)
    return Submission("someone", {"descent.ipynb": notebook([*([first] if first else []), *cells])})


@pytest.fixture
def grade(judge: Judge, descent: ProblemSet) -> Grade:
    def graded(*sources: str, first: str = "", **given: Any) -> SubmissionResult:
        result = judge.grade(submission(descent, *sources, first=first), **given)
        assert result.status == "graded"
        return result

    return graded


def results_of(result: SubmissionResult) -> dict[str, TestResult]:
    return {test.name: test for question in result.questions for test in question.tests}


def scores(result: SubmissionResult) -> dict[str, Fraction]:
    return {
        question.id: question.score for question in result.questions if question.score < question.max_score
    }


def test_a_slip_costs_its_own_question_only(grade: Grade):
    result = grade(NEGATED)
    assert scores(result) == {"q1": 0}
    assert not result.unfollowed
    test = results_of(result)["test_descent"]
    assert (test.status, test.inherited, test.score) == ("failed", ["q1"], test.max_score)
    assert result.score == result.max_score - 2


def test_a_failure_of_its_own_names_no_question(grade: Grade):
    result = grade("def slope(w, X, y):\n    return 0.0 * w\n")
    assert {test.inherited for test in results_of(result).values() if test.status == "failed"} == {None}
    assert scores(result) == {"q1": 0, "q3": 1, "q8": Fraction(1, 2)}


@pytest.mark.parametrize(
    ("share", "lost"), [("half", Fraction(3, 2) + Fraction(1, 4)), ("none", Fraction(7, 2))]
)
def test_what_it_earns_is_the_problem_sets_choice(tmp_path, share: str, lost: Fraction):
    replaced = {"pset": ("limits:", f"inherited: {share}\nlimits:")}
    pset = load_problem_set(write_descent_course(tmp_path, **replaced))
    with Judge(pset) as judge:
        result = judge.grade(submission(pset, NEGATED))
    assert results_of(result)["test_descent"].inherited == ["q1"]
    assert result.score == result.max_score - 2 - lost


def test_the_same_submission_gives_the_same_bytes(grade: Grade):
    def bytes_of(result: SubmissionResult) -> bytes:
        for test in results_of(result).values():
            test.seconds = 0.0
        return encode_exact(result)

    assert bytes_of(grade(NEGATED)) == bytes_of(grade(NEGATED))


def test_what_is_inherited_survives_being_written(grade: Grade):
    result = grade(NEGATED)
    assert decode_exact(encode_exact(result)) == result
    assert results_of(decode_exact(encode_shown(result)))["test_descent"].inherited == ["q1"]
    failed = [
        test for q in public_document(result)["questions"] for test in q["tests"] if test.get("inherited")
    ]
    assert {test["status"] for test in failed} == {"failed"}
    result.unfollowed = True
    assert public_document(result)["unfollowed"] is True
    assert decode_exact(encode_exact(result)).unfollowed


# Where it cannot be known ------------------------------------------------------------------------------------


def test_nothing_is_inherited_where_the_step_is_left_out(grade: Grade):
    result = grade(NEGATED, omitted={FOLLOWING: "time"})
    assert result.unfollowed
    assert scores(result) == {"q1": 0, "q3": 1, "q8": Fraction(1, 2)}


def test_a_submission_without_failures_is_followed_by_nothing(grade: Grade):
    assert not grade(omitted={FOLLOWING: "time"}).unfollowed


def test_nothing_is_inherited_where_time_runs_out(grade: Grade, monkeypatch: pytest.MonkeyPatch):
    def late(*_: object) -> None:
        raise TooLong

    monkeypatch.setattr("grader.judge.neighbours.RemoteNeighbours.calls", late)
    result = grade(NEGATED)
    assert result.unfollowed
    assert all(test.inherited is None for test in results_of(result).values())


def test_an_error_of_ours_changes_no_verdict_and_staff_are_told(
    grade: Grade, judge: Judge, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("grader.judge.following.Following.follow", broken)
    result = grade(NEGATED)
    assert scores(result) == {"q1": 0, "q3": 1, "q8": Fraction(1, 2)}
    assert result.unfollowed
    assert any(FOLLOWING in problem and "ours" in problem for problem in judge.problems)


# Named among the submission's own functions --------------------------------------------------------------------

NARROW = "def slope(w, X, y):\n    return (X.T @ (X @ w - y) / len(y)).astype(np.float32)\n"
ONCE = """
def descend(w, X, y, rate, steps):
    costs = [cost(w - rate * slope(w, X, y), X, y)] * steps
    return (w - rate * slope(w, X, y) if steps else w), np.array(costs)
""".lstrip()


def test_a_mistake_on_top_of_an_accepted_function_is_named_and_costs_what_it_did(grade: Grade):
    result = grade(NARROW, ONCE)
    assert results_of(result)["test_descent"].mistake == "descend_once"
    assert {test.inherited for test in results_of(result).values()} == {None}
    assert scores(result) == scores(grade(NARROW, ONCE, omitted={"known mistakes cannot be named": "time"}))
    assert not result.unfollowed


@pytest.mark.parametrize("error", [StudentCrashed("gone"), StudentTimeout("too long")])
def test_a_notebook_that_does_not_run_again_costs_only_the_name(
    grade: Grade, judge: Judge, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def load(session: Session) -> LoadReport:
        if session._loaded:
            raise error
        return first(session)

    first = Session.load
    monkeypatch.setattr(Session, "load", load)
    result = grade(NARROW, ONCE)
    assert results_of(result)["test_descent"].mistake is None
    assert scores(result) == {"q3": 1}
    assert not result.unfollowed
    assert not judge.problems


# It cannot be gamed ------------------------------------------------------------------------------------------


def test_a_fresh_process_is_asked(grade: Grade):
    """What a function remembers of the tests does not help it."""
    counting = "count = []"
    slope = (
        "def slope(w, X, y):\n    count.append(1)\n    right = X.T @ (X @ w - y) / len(y)\n"
        "    return right * (1 + len(count))\n"
    )
    assert scores(grade(slope, first=counting))["q3"] == 1


def test_functions_that_raise_hang_or_die_when_they_are_asked_anew(grade: Grade):
    slope = (
        "def slope(w, X, y):\n    import sys\n    if sys._getframe(1).f_code.co_name != 'descend' and X[0, 0] > 0:\n"
        "        {body}\n    return -X.T @ (X @ w - y) / len(y)\n"
    )
    for body in ("raise ValueError", "import os; os._exit(1)"):
        assert scores(grade(slope.format(body=body)))["q3"] == 1
