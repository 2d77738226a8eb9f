"""Optimizers whose state is laid out as the student likes: mistakes named, and conventions told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.pset import ProblemSet, load_problem_set
from grader.pset.namespace import SolutionCode
from grader.results import SubmissionResult, TestResult
from grader.suite import Judge, Submission
from grader.suite.calls import CallLog
from grader.suite.explain import Explainer
from grader.validate.bench import Bench
from tests.notebooks import notebook, submission_cells

Graded = Callable[[dict[str, str]], SubmissionResult]


@pytest.fixture(scope="module")
def ps3() -> ProblemSet:
    return load_problem_set("psets/ps3")


@pytest.fixture(scope="module")
def graded(ps3: ProblemSet) -> Iterator[Graded]:
    with Judge(ps3) as grader:

        def grade(changed: dict[str, str]) -> SubmissionResult:
            cells = submission_cells(ps3, changed)
            return grader.grade(Submission("someone", {"ps3.ipynb": notebook(cells)}))

        yield grade


@pytest.fixture(scope="module")
def sources(ps3: ProblemSet) -> dict[str, str]:
    return {one.name: one.source for one in [*ps3.mistakes(), *ps3.alternatives()]}


def results_of(result: SubmissionResult, question: str) -> list[TestResult]:
    return next(q.tests for q in result.questions if q.id == question)


def named(result: SubmissionResult) -> set[str | None]:
    return {t.mistake for q in result.questions for t in q.tests if t.status != "passed"}


MOMENTUM = """
def momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state["memory"][0] if state else np.zeros(w.shape)
    new = {velocity}
    return w + new, {{"memory": [{kept}], "calls": state.get("calls", 0) + 1}}
"""


@pytest.mark.parametrize(
    ("velocity", "kept", "mistake"),
    [
        ("mu * old + learning_rate * dw", "new", "momentum_uphill"),
        ("0.9 * old - learning_rate * dw", "new", "momentum_fixed_mu"),
        ("mu * old - learning_rate * (1 - mu) * dw", "new", "momentum_as_average"),
        # Nobody has named it.
        ("mu * old - 1.001 * learning_rate * dw", "new", None),
        # Two known mistakes forget everything; which of them it is, only a state would tell whose layout is known.
        ("mu * old - learning_rate * dw", "0 * new", None),
    ],
)
def test_a_mistake_is_named_whatever_the_states_layout(
    graded: Graded, velocity: str, kept: str, mistake: str | None
):
    source = MOMENTUM.format(velocity=velocity, kept=kept)
    assert named(graded({"momentum": source})) == {mistake}


@pytest.mark.parametrize(
    ("function", "body"),
    [
        # The sum is kept and not read; that it was never kept would look the same.
        ("adagrad", "return w - learning_rate * dw / (np.abs(dw) + epsilon), {'squares': dw**2}"),
        # No step at all: many ways lead there, one of them a known mistake.
        ("adadelta", "return w, {'squares': dw**2}"),
    ],
)
def test_nothing_is_said_where_only_the_state_could_tell(
    graded: Graded, sources: dict[str, str], function: str, body: str
):
    head = sources[f"{function}_without_root" if function == "adagrad" else "adadelta_uphill"].split("\n")[0]
    assert named(graded({function: f"{head}\n    {body}\n"})) == {None}


def test_the_calls_that_show_it_are_those_whose_visible_results_differ(graded: Graded):
    source = MOMENTUM.format(velocity="0.9 * old - learning_rate * dw", kept="new")
    result = graded({"momentum": source})
    messages = [test.message for q in result.questions for test in q.tests if test.status != "passed"]
    assert any("of the" in message.splitlines()[1] for message in messages)


# Conventions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "question"), [("adagrad", "q5"), ("rmsprop", "q6"), ("adam", "q8")])
def test_the_accepted_convention_is_told_once(
    graded: Graded, sources: dict[str, str], function: str, question: str
):
    result = graded({function: sources[f"{function}_constant_inside_the_root"].replace('"', "'")})
    assert named(result) == set()
    told = {t.name: t.message for q in result.questions for t in q.tests if t.message}
    first = results_of(result, question)[0]
    assert list(told) == [first.name]
    assert told[first.name].startswith("You use the small constant inside the root")


def test_the_convention_is_told_whatever_the_states_layout(graded: Graded):
    source = """
def adagrad(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    squares = [*state.get("squares", []), dw * dw]
    return w - learning_rate * dw * (sum(squares) + epsilon) ** -0.5, {"squares": squares}
"""
    first = results_of(graded({"adagrad": source}), "q5")[0]
    assert (first.status, first.message[:12]) == ("passed", "You use the ")


def test_who_follows_the_handout_is_told_nothing(graded: Graded, sources: dict[str, str]):
    for name in ("adam_by_products_of_betas", "adagrad_that_keeps_the_root", "rmsprop_by_difference"):
        result = graded({name.split("_")[0]: sources[name]})
        assert named(result) == set()
        assert not any(test.message for question in result.questions for test in question.tests)


def test_the_reference_follows_no_convention_of_its_own(ps3: ProblemSet):
    bench, log = Bench(ps3), CallLog()
    try:
        bench.run(SolutionCode(ps3).namespace(), 1, log=log)
    finally:
        bench.close()
    assert Explainer(ps3).conventions(log) == {}
