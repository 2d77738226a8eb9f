"""Errors are followed: a failure is inherited only where that is certain, and pays once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.draws import GRADED
from grader.judge import neighbours, worlds
from grader.judge.calls import CallLog
from grader.judge.following import Followed
from grader.judge.neighbours import Answers, Budget, Given, LocalNeighbours, NotFollowed, Stopped
from grader.judge.objects import UNANSWERED
from grader.judge.replay import Thread
from grader.judge.worlds import CourseCode, RightAnswers, World, baseline_of
from grader.pset import load_problem_set
from grader.student import Call
from grader.validate.bench import Bench, TestRun
from tests.judge.descent import write_descent_course

DESCENT, AFTER = "test_descent.py::test_descent", "test_descent.py::test_after_a_slope_of_their_own"
HALVING, BATCH, PENALISED = (
    f"test_descent.py::{name}" for name in ("test_halving", "test_batch", "test_penalised")
)
Follow = Callable[..., Followed]


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    bench = Bench(load_problem_set(write_descent_course(tmp_path_factory.mktemp("course"))))
    yield bench
    bench.close()


@pytest.fixture
def follow(bench: Bench) -> Follow:
    """Run the suite on a solution with some functions replaced, and follow its errors."""

    def followed(
        *sources: str,
        asked: Callable[[LocalNeighbours], Any] = lambda one: one,
        seen: Callable[[list[TestRun]], list[TestRun]] = lambda runs: runs,
    ) -> Followed:
        code = [bench.mistakes[one].source if one in bench.mistakes else one for one in sources]
        namespace, log = bench.namespace(code), CallLog()
        runs = bench.run(namespace, GRADED, log=log)
        return bench.follow(seen(runs), log, GRADED, asked(LocalNeighbours(namespace)))

    return followed


def slope(body: str) -> str:
    return f"def slope(w, X, y):\n    right = X.T @ (X @ w - y) / len(y)\n    {body}\n"


def test_a_function_that_is_right_given_a_wrong_neighbour_inherits(follow: Follow):
    assert follow("slope_negated").inherited == {DESCENT: ["q1"], AFTER: ["q1"]}
    assert follow("cost_not_halved").inherited == {DESCENT: ["q2"], PENALISED: ["q2"]}


def test_all_questions_that_a_failure_comes_from_are_named(follow: Follow):
    assert follow("slope_negated", "cost_not_halved").inherited[DESCENT] == ["q1", "q2"]


def test_an_unknown_mistake_is_followed_too(follow: Follow):
    assert follow(slope("return right + 0.01 * w")).inherited == {DESCENT: ["q1"], AFTER: ["q1"]}


@pytest.mark.parametrize("own", ["descend_uphill", "descend_once"])
def test_a_wrong_function_is_its_own_fault(follow: Follow, own: str):
    assert follow(own).inherited == {}
    assert DESCENT not in follow(own, "slope_summed").inherited


def test_a_wrong_function_is_its_own_fault_beside_one_that_it_does_not_use(follow: Follow):
    found = follow("halve_by_three", "slope_negated")
    assert HALVING not in found.inherited
    assert DESCENT in found.inherited


def test_calls_that_a_test_did_not_reach_are_made(follow: Follow):
    """The test stops at its first call, of one step; only a later one shows that two steps are all it ever takes."""
    lazy = (
        "def descend(w, X, y, rate, steps):\n    costs = []\n    for step in range(steps):\n        if step < 2:\n"
        "            w = w - rate * slope(w, X, y)\n        costs.append(cost(w, X, y))\n"
        "    return w, np.array(costs)\n"
    )
    assert DESCENT not in follow(lazy, "slope_negated").inherited


# What a neighbour answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "return right[:, None] * 2",
        "return (right * 2).astype(np.float32)",
        "return list(right * 2)",
        "return (right * 2, None)",
        "return np.append(right, 1.0)",
        "return {'slope': right * 2}",
        "return 'downhill'",
        "return object()",
        "return (part for part in right)",
        "return (right * 2).astype(complex)",
        "return None",
        "return np.full(3, np.nan)",
        "raise ValueError",
    ],
)
def test_an_answer_of_another_form_ends_it(follow: Follow, body: str):
    """The function that uses it does without what it cannot use, so that it is answered wrongly, and not at all."""
    descend = (
        "def descend(w, X, y, rate, steps):\n    costs = []\n    for _ in range(steps):\n        w = w + 0.1\n"
        "        costs.append(cost(w, X, y))\n    return w, np.array(costs)\n"
    )
    assert DESCENT not in follow(slope(body), descend).inherited


def test_what_may_enter_is_told_by_the_solutions_own_answer(follow: Follow):
    found = follow(slope("return list(right * 2)"), _like("descend", "np.asarray(slope(w, X, y))"))
    assert found.inherited == {}
    assert "another form" in found.own[DESCENT]


def test_a_neighbour_that_changes_its_arguments_ends_it(follow: Follow):
    found = follow(slope("y += 0.0; y *= -1.0; return -right"), _like("descend", "slope(w, X, y.copy())"))
    assert DESCENT not in found.inherited
    assert "changes what it is given" in found.own[DESCENT]


def test_numbers_that_are_not_finite_are_no_agreement(follow: Follow):
    found = follow(slope("return np.full(3, np.inf)"))
    assert found.inherited == {}
    assert "not finite" in found.own[DESCENT]
    assert "not finite" in found.own[AFTER]


def test_an_exception_is_no_agreement(follow: Follow):
    """Both raise: the function of the submission, and the solution's function with the submission's neighbour."""
    found = follow("def largest(x):\n    raise ValueError\n")
    assert found.inherited == {}


def _like(function: str, call: str) -> str:
    return {
        "descend": "def descend(w, X, y, rate, steps):\n    costs = []\n    for _ in range(steps):\n"
        f"        w = w - rate * {call}\n        costs.append(cost(w, X, y))\n    return w, np.array(costs)\n"
    }[function]


# Power -------------------------------------------------------------------------------------------------------


def test_a_slope_of_zeros_excuses_no_descent(follow: Follow):
    idle = "def descend(w, X, y, rate, steps):\n    return w, np.array([cost(w, X, y)] * steps)\n"
    for found in (follow("slope_zero"), follow("slope_zero", idle)):
        assert found.inherited == {}
        assert "no power" in found.own[DESCENT]


def test_a_slope_of_zeros_that_the_test_passes_on_excuses_nothing(follow: Follow):
    found = follow("slope_zero", "def after(w, g):\n    return w\n")
    assert AFTER not in found.inherited


def test_a_known_mistake_that_would_not_be_noticed_any_more_forbids_it(follow: Follow):
    """This slope leads to the end in one step, where it is zero: then one step is like many."""
    found = follow(slope("return 10.0 * (w - X[0])"))
    assert DESCENT not in found.inherited
    assert "descend_once" in found.own[DESCENT]


IN_FLOAT32 = {"return w, np.array(costs)": "return np.asarray(w, np.float32), np.asarray(costs, np.float32)"}


@pytest.mark.parametrize("wrong", ["slope_zero", slope("return np.zeros(len(w))"), "slope_negated"])
def test_a_right_form_in_another_precision_does_not_hide_that_nothing_would_be_noticed(tmp_path, wrong: str):
    folder = write_descent_course(tmp_path)
    (folder / "alternatives.py").write_text(
        f"from grader.marks import alternative\n\nalternative('descend', 'in_float32', {IN_FLOAT32!r})\n"
    )
    bench = Bench(load_problem_set(folder))
    try:
        own = [bench.mistakes[wrong].source if wrong in bench.mistakes else wrong]
        found = []
        for more in ([], [bench.alternatives["in_float32"].source]):
            namespace, log = bench.namespace([*own, *more]), CallLog()
            runs = bench.run(namespace, GRADED, log=log)
            found.append(bench.follow(runs, log, GRADED, LocalNeighbours(namespace)))
    finally:
        bench.close()
    assert (DESCENT in found[0].inherited) == (wrong == "slope_negated")
    assert (DESCENT in found[1].inherited) == (wrong == "slope_negated")
    if wrong != "slope_negated":
        assert found[0].own[DESCENT] == found[1].own[DESCENT]


def test_a_result_that_does_not_depend_on_the_arguments_is_no_evidence(follow: Follow):
    found = follow("def cost(w, X, y):\n    return np.float64(3.0)\n")
    assert PENALISED not in found.inherited
    assert "depend" in found.own[PENALISED]


# Belief ------------------------------------------------------------------------------------------------------


class Watched:
    """Neighbours that note what they are asked, and may answer otherwise."""

    def __init__(self, inner: LocalNeighbours, otherwise: Callable[[int, Call], Call] = lambda _, call: call):
        self.inner, self.otherwise = inner, otherwise
        self.asked: list[tuple[str, bytes]] = []

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        done = []
        for given, call in zip(batch, self.inner.calls(function, batch), strict=True):
            self.asked.append((function, b"".join(np.asarray(one).tobytes() for one in given[0])))
            done.append(self.otherwise(len(self.asked), call))
        return done


def test_recorded_calls_are_repeated_between_the_new_ones(follow: Follow, bench: Bench):
    seen: list[Watched] = []

    def watched(inner: LocalNeighbours) -> Watched:
        seen.append(Watched(inner))
        return seen[-1]

    assert DESCENT in follow("slope_negated", asked=watched).inherited
    log = CallLog()
    bench.run(bench.namespace([bench.mistakes["slope_negated"].source]), GRADED, log=log)
    recorded = {
        b"".join(np.asarray(one).tobytes() for one in c.arguments) for c in log if c.function == "slope"
    }
    asked = [key for function, key in seen[0].asked if function == "slope"]
    repeats = [key in recorded for key in asked]
    assert any(repeats)
    assert not all(repeats)
    new = [key for key in asked if key not in recorded]
    assert len(new) == len(set(new)), "each new call is made once"


def test_a_neighbour_that_answers_differently_when_it_is_followed_is_not_believed(follow: Follow):
    def other(_: int, call: Call) -> Call:
        return replace(call, value=2 * call.value) if call.function == "slope" else call

    found = follow("slope_negated", asked=lambda inner: Watched(inner, other))
    assert found.inherited == {}


def test_one_that_is_caught_later_loses_what_it_was_believed_before(follow: Follow):
    """From some call on, all are answered otherwise."""
    counts: list[Watched] = []

    def counted(inner: LocalNeighbours) -> Watched:
        counts.append(Watched(inner))
        return counts[-1]

    follow("cost_not_halved", asked=counted)
    total = len(counts[0].asked)
    caught = 0
    for number in range(1, total + 1):
        lying = lambda inner, number=number: Watched(  # noqa: E731
            inner, lambda n, call: replace(call, value=call.value * 3) if n >= number else call
        )
        found = follow("cost_not_halved", asked=lying)
        caught += DESCENT not in found.inherited
    assert caught == total


def test_what_nobody_saw_is_not_asked(bench: Bench):
    answers = Answers(LocalNeighbours(bench.namespace(())), CallLog(), np.random.default_rng(0), Budget())
    with pytest.raises(NotFollowed, match="no test shows"):
        answers.ask("largest", (np.ones(2),), {})


def test_a_slip_that_no_other_question_pays_for_is_not_made_good(follow: Follow):
    def unnoticed(runs: list[TestRun]) -> list[TestRun]:
        return [replace(run, passed=True) if run.question == "q1" else run for run in runs]

    assert follow("slope_negated", seen=unnoticed).inherited == {}


def test_a_failure_without_an_answer_is_never_inherited(follow: Follow):
    def unanswered(runs: list[TestRun]) -> list[TestRun]:
        return [replace(run, answered=False) if run.key == DESCENT else run for run in runs]

    assert DESCENT not in follow("slope_negated", seen=unanswered).inherited


# Counts ------------------------------------------------------------------------------------------------------

ENDLESS = "def largest(x):\n    return np.float64(2.0)\n"
SOME = "def halve(x):\n    for _ in range(5):\n        largest(x)\n        x = x / 2\n    return x, 5\n"


def test_a_loop_without_an_end_is_stopped_by_counting(follow: Follow):
    found = follow(ENDLESS, SOME)
    assert HALVING not in found.inherited
    assert "as often" in found.own[HALVING]


def test_the_lines_that_run_are_counted(follow: Follow, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worlds, "MORE_STEPS", 0)
    monkeypatch.setattr(worlds, "TIMES_STEPS", 0)
    assert "steps" in follow("slope_negated").own[DESCENT]


@pytest.mark.parametrize("limit", ["calls", "bytes", "steps"])
def test_what_one_submission_may_cost_is_counted(follow: Follow, monkeypatch: pytest.MonkeyPatch, limit: str):
    monkeypatch.setattr("grader.judge.following.Budget", lambda: Budget(**{limit: 7}))
    assert follow("slope_negated").inherited == {}


def test_a_function_that_does_not_answer_is_not_asked_for_ever(bench: Bench):
    class Silent:
        count = 0

        def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
            self.count += len(batch)
            return [
                Call(function, tuple(given), keywords, None, "", error=UNANSWERED)
                for given, keywords in batch
            ]

    log, silent = CallLog(), Silent()
    log.recorder("a test")(Call("largest", (np.ones(1),), {}, 1.0, "float"))
    answers = Answers(silent, log, np.random.default_rng(0), Budget())
    for size in range(2, 9):
        with pytest.raises(NotFollowed):
            answers.ask("largest", (np.ones(size),), {})
    assert silent.count <= 2 * neighbours.MOST_MISSED


# One world ---------------------------------------------------------------------------------------------------


def world_of(bench: Bench, function: str, *sources: str) -> tuple[CourseCode, World]:
    namespace, log = bench.namespace(sources), CallLog()
    bench.run(namespace, GRADED, log=log)
    code = CourseCode(bench.problem_set, bench.solution)
    answers = Answers(LocalNeighbours(namespace), log, np.random.default_rng(0), Budget())
    return code, World(code, answers, RightAnswers(code), {function})


def test_a_neighbour_that_is_right_leaves_the_generator_where_the_solution_does(bench: Bench):
    code, world = world_of(bench, "batch")
    call = Call("batch", (np.arange(6.0), np.random.default_rng(5)), {}, None, "")
    thread = Thread((call,))
    baseline = baseline_of(code, thread, {"batch"}, "", Budget())
    (_, again), (_, right) = *world.run(thread, baseline), *baseline.pairs
    assert again.error is right.error is None
    assert again.value[1] == right.value[1]
    assert world.used == {"shuffled"}
    assert not world.differing


def test_one_that_draws_otherwise_ends_it(follow: Follow):
    assert "random" in follow("shuffled_not").own[BATCH]


def test_an_answer_is_copied_each_time(bench: Bench):
    """The solution may change what its helpers returned; the next one who asks gets it as it was."""
    _, world = world_of(bench, "descend")
    given = (np.ones(3), np.eye(3), np.zeros(3))
    world._left = 9
    first = world.namespace["slope"](*given)
    first[:] = 99.0
    assert np.abs(world.namespace["slope"](*given)).max() < 99.0


def test_a_call_without_room_for_neighbours_asks_none(bench: Bench):
    _, world = world_of(bench, "descend")
    with pytest.raises(Stopped):
        world.namespace["slope"](np.ones(3), np.eye(3), np.zeros(3))
