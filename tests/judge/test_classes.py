"""Mistakes in a class: named from what tests read of its objects, in the sandbox as in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.judge import Judge, Submission
from grader.judge.calls import CallLog, same_outcome
from grader.judge.objects import ObservedObject, ObservedStudent
from grader.judge.replay import threads_of
from grader.pset import ProblemSet, load_problem_set
from grader.pset.namespace import SolutionCode
from grader.results import TestResult
from grader.student import Call
from tests.notebooks import notebook, submission_cells

Graded = Callable[[str], list[TestResult]]


@pytest.fixture(scope="module")
def ps2() -> ProblemSet:
    return load_problem_set("psets/ps2")


@pytest.fixture(scope="module")
def graded(ps2: ProblemSet) -> Iterator[Graded]:
    """The tests of q3 for the solution with this code for Value."""
    with Judge(ps2) as grader:

        def grade(source: str) -> list[TestResult]:
            cells = submission_cells(ps2, {"Value": source})
            result = grader.grade(Submission("someone", {"ps2.ipynb": notebook(cells)}))
            return next(question.tests for question in result.questions if question.id == "q3")

        yield grade


@pytest.fixture(scope="module")
def sources(ps2: ProblemSet) -> dict[str, str]:
    return {one.name: one.source for one in [*ps2.mistakes(), *ps2.alternatives()] if one.function == "Value"}


def named(tests: list[TestResult]) -> set[str | None]:
    return {test.mistake for test in tests if test.status != "passed"}


def test_known_mistakes_are_named_in_the_sandbox(graded: Graded, ps2: ProblemSet):
    mistakes = [mistake for mistake in ps2.mistakes() if mistake.function == "Value"]
    assert len(mistakes) >= 10
    some = mistakes[::3]  # `make validate` names them all, without the sandbox
    assert {m.name: named(graded(m.source)) for m in some} == {m.name: {m.name} for m in some}


def test_the_sentence_says_that_it_showed_in_the_objects(graded: Graded, sources: dict[str, str]):
    failed = [test for test in graded(sources["ValueMaxToBoth"]) if test.status != "passed"]
    assert failed[0].message.startswith("Your max sends the gradient to both inputs")
    assert "This shows in `Value`, in what this test reads of its objects." in failed[0].message


@pytest.mark.parametrize("name", ["ValueWithClosures", "ValueOfPaths", "ValueWithNumbers"])
def test_right_classes_pass_and_are_told_nothing(graded: Graded, sources: dict[str, str], name: str):
    tests = graded(sources[name])
    assert {(test.status, test.message, test.mistake) for test in tests} == {("passed", "", None)}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        # A mistake that nobody named.
        ("(1.0, 1.0))", "(1.0, 2.0))"),
        # One known mistake, and something else besides.
        ("power = np.exp(self.data)", "power = 1.01 * np.exp(self.data)"),
        # A gate is missing, so that nobody knows what all of it would have given.
        ("def reciprocal", "def reziprok"),
        ("power = np.exp(self.data)", "raise ValueError"),
    ],
)
def test_nothing_is_said_where_no_known_mistake_gives_it_all(
    graded: Graded, sources: dict[str, str], right: str, wrong: str
):
    source = sources["ValueMaxToBoth"]
    assert right in source
    assert named(graded(source.replace(right, wrong, 1))) == {None}


# Replaying -----------------------------------------------------------------------------------------------------


def use(student: Any) -> None:
    """A small graph."""
    a, b = student.Value(2.0), student.Value(-3.0)
    product = a * b
    result = product + a.exp()
    result.backward()
    assert result.data == pytest.approx(-6 + np.exp(2.0))
    _ = a.grad, b.grad


@pytest.fixture
def solution(ps2: ProblemSet) -> SolutionCode:
    return SolutionCode(ps2)


def test_what_is_done_with_objects_can_be_done_again(solution: SolutionCode, sources: dict[str, str]):
    log = CallLog()
    use(ObservedStudent(solution.namespace(), log.recorder("test_it")))
    (thread,) = threads_of(log, "Value")
    assert [call.on for call in thread.calls] == (
        ["", "", "mul", ".exp", "()", "add", ".backward", "()", ".data", ".grad", ".grad"]
    )
    assert thread.reproduced_in(solution.namespace())
    assert thread.reproduced_in(solution.namespace([solution.compile(sources["ValueOfPaths"])]))
    wrong = solution.namespace([solution.compile(sources["ValueMultipliesWithoutSwitching"])])
    differing = [call.on for call, again in thread.replay(wrong) if not thread.same(call, again)]
    assert differing == [".grad", ".grad"]


def test_an_object_from_elsewhere_has_no_replay(solution: SolutionCode):
    log = CallLog()
    stranger = ObservedStudent(solution.namespace(), CallLog().recorder("other")).Value(1.0)
    student = ObservedStudent(solution.namespace(), log.recorder("test_it"))
    student.Value(2.0) + stranger
    (thread,) = threads_of(log, "Value")
    assert not thread.reproduced_in(solution.namespace())


def test_an_object_equals_no_number(solution: SolutionCode):
    made = ObservedStudent(solution.namespace(), CallLog().recorder("test_it")).Value(1.0)
    assert isinstance(made, ObservedObject)
    one, other = Call("f", (), {}, made, ""), Call("f", (), {}, 1.0, "")
    assert not same_outcome(one, other)
    assert same_outcome(one, one)


def test_a_call_keeps_the_arguments_as_they_were_given(solution: SolutionCode):
    log = CallLog()
    code = "class Sums:\n    def add(self, x):\n        x += 1\n        return x.sum()\n"
    sums = ObservedStudent(solution.namespace([solution.compile(code)]), log.recorder("test_it")).Sums()
    x = np.zeros(3)
    assert sums.add(x) == 3.0
    assert x.tolist() == [0.0, 0.0, 0.0]
    (thread,) = threads_of(log, "Sums")
    assert thread.reproduced_in(solution.namespace([solution.compile(code)]))
