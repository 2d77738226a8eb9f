"""How failed questions behaved: who fails alike, who has not answered, and what the first failed test says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.judge.behaviour import behaviours, say
from grader.judge.calls import CallLog
from grader.judge.objects import UNANSWERED
from grader.pset import load_problem_set
from grader.results import QuestionBehaviour, QuestionResult, TestResult
from grader.student import Call
from tests.pset.tiny import write_tiny_course


@pytest.fixture
def problem_set(tmp_path):
    return load_problem_set(write_tiny_course(tmp_path))


def a_test(name: str, status="failed", kind="wrong", summary="", **more) -> TestResult:
    return TestResult(
        name=name, status=status, kind=kind, score=Fraction(0), max_score=Fraction(1), visibility="hidden",
        summary=summary, **more,
    )  # fmt: skip


def behaviour_of(problem_set, *tests: tuple[TestResult, Call], question="q2") -> QuestionBehaviour | None:
    """The behaviour of a question with these tests, each of which made this call."""
    log = CallLog()
    for test, call in tests:
        log.recorder(test.key)(call)
    result = QuestionResult(
        id=question, title="", score=Fraction(0), max_score=Fraction(2), tests=[test for test, _ in tests]
    )
    return behaviours(problem_set, [result], log, ["def weighted_mean(x, w):\n    return 7.0"]).get(question)


SEVEN = Call("weighted_mean", (), {}, 7.0, "float")
GAP = Call("weighted_mean", (), {}, None, "", error=UNANSWERED)
OTHER = Call("mean", (), {}, None, "", error=UNANSWERED)
MISSING = {"status": "missing", "kind": "missing", "summary": "`weighted_mean` is not answered yet"}


def test_a_group_has_what_its_first_failed_test_says(problem_set):
    tests = [
        (a_test("a", "passed", "passed", convention="a convention"), SEVEN),
        (a_test("b", **MISSING), SEVEN),
        (a_test("c", summary="It is 2 times the right value.", said="by staff"), SEVEN),
        (a_test("d", summary="later"), SEVEN),
    ]
    found = behaviour_of(problem_set, *tests)
    assert (found.answered, found.message) == (True, "It is 2 times the right value.")
    assert behaviour_of(problem_set, (a_test("c", summary=""), SEVEN)).message == "failed"
    symptom = a_test("c", summary="It is wrong.", symptom="It is nan beyond ±700.")
    assert behaviour_of(problem_set, (symptom, SEVEN)).message == "It is nan beyond ±700."


def test_a_question_without_an_answer_is_no_behaviour(problem_set):
    blank = behaviour_of(problem_set, (a_test("a", **MISSING), GAP), (a_test("b", "passed", "passed"), SEVEN))
    slow = behaviour_of(
        problem_set, (a_test("a", "timeout", "time"), GAP), (a_test("b", "passed", "passed"), SEVEN)
    )
    assert (blank.answered, slow.answered) == (False, True)
    assert blank.digest != slow.digest, "an endless loop is no blank, though neither call returned"
    alone = behaviour_of(problem_set, (a_test("a", **MISSING), GAP))
    assert alone.digest == blank.digest, "one class, however many of its tests call something else"


def test_a_question_that_lacks_only_what_another_one_asks_for_is_answered(problem_set):
    found = behaviour_of(problem_set, (a_test("a", **MISSING), OTHER))
    assert (found.answered, found.message) == (True, MISSING["summary"])


def test_a_question_is_answered_if_part_of_it_is(problem_set):
    found = behaviour_of(problem_set, (a_test("a", **MISSING), GAP), (a_test("b", summary="wrong"), SEVEN))
    assert (found.answered, found.message) == (True, "wrong")


def test_inherited_failures_are_nobody_s_behaviour(problem_set):
    inherited = a_test("a", inherited=["q1"], summary="inherited")
    assert behaviour_of(problem_set, (inherited, SEVEN)) is None
    found = behaviour_of(problem_set, (inherited, SEVEN), (a_test("b", summary="own"), SEVEN))
    assert found.message == "own"


def test_staff_speak_of_what_a_question_fails_by_itself():
    tests = [a_test("a", inherited=["q1"]), a_test("b"), a_test("c", "passed", "passed")]
    say(
        QuestionResult(id="q2", title="", score=Fraction(0), max_score=Fraction(2), tests=tests),
        "You add one.",
    )
    assert [test.said for test in tests] == ["", "You add one.", ""]
