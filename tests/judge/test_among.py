"""A mistake on top of what the suite accepts in a way of its own is named, with the student's own functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from grader.draws import GRADED
from grader.judge.among import Among
from grader.judge.calls import CallLog
from grader.judge.diagnosis import World
from grader.judge.effects import Alone
from grader.judge.following import Followed
from grader.judge.neighbours import Given, NotFollowed
from grader.judge.objects import UNANSWERED
from grader.judge.replay import threads_of
from grader.judge.reproducing import SubmissionWorlds, WorldsOnDemand
from grader.judge.versions import Made, Version
from grader.pset import load_problem_set
from grader.student import Call
from grader.validate.bench import Bench
from tests.judge.descent import Counting, write_descent_course

DESCENT, COST = "test_descent.py::test_descent", "test_descent.py::test_cost"
NARROW = "def slope(w, X, y):\n    return (X.T @ (X @ w - y) / len(y)).astype(np.float32)\n"
CLOSE = "def slope(w, X, y):\n    return X.T @ (X @ w - y) / len(y) * (1 + 1e-9)\n"
OTHER_STEP = """
def descend(w, X, y, rate, steps):
    costs = []
    for _ in range(steps):
        w = w - {rate} * slope(w, X, y)
        costs.append(cost(w, X, y))
    return w, np.array(costs)
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    bench = Bench(load_problem_set(write_descent_course(tmp_path_factory.mktemp("course"))))
    yield bench
    bench.close()


class Told:
    """What following and explaining give of a submission, of which some tests fail besides."""

    def __init__(
        self,
        bench: Bench,
        *sources: str,
        asked: Callable[[Counting], Counting] = lambda one: one,
        strict: Collection[str] = (),
    ) -> None:
        code = [bench.mistakes[one].source if one in bench.mistakes else one for one in sources]
        namespace, self.log = bench.namespace(code), CallLog()
        runs = [
            replace(run, passed=run.passed and run.key not in strict)
            for run in bench.run(namespace, GRADED, log=self.log)
        ]
        self.log.passed = {run.key for run in runs if run.passed}
        self.failed = {run.key for run in runs if not run.passed}
        self.neighbours = asked(Counting(namespace))
        self.followed: Followed = bench.follow(runs, self.log, GRADED, self.neighbours)
        found = bench.explainer.explain(self.log, sorted(self.failed), self.followed.worlds)
        self.names = {test: explanation.name for test, explanation in found.items()}


@pytest.mark.parametrize("slope", [NARROW, CLOSE])
@pytest.mark.parametrize("mistake", ["descend_uphill", "descend_once"])
def test_a_mistake_is_named_on_top_of_what_is_accepted(bench: Bench, slope: str, mistake: str):
    told = Told(bench, slope, mistake)
    assert told.names == {DESCENT: mistake}
    assert told.followed == Followed(), "no failure is inherited from a function that passes its tests"


def test_no_mistake_is_named_that_nobody_listed(bench: Bench):
    told = Told(bench, NARROW, OTHER_STEP.format(rate="1.01 * rate"))
    assert (told.failed, told.names) == ({DESCENT}, {})
    assert told.neighbours.count > 0


def test_nobody_is_asked_where_known_mistakes_explain_all_or_nothing_is_accepted(bench: Bench):
    for sources in (["descend_once"], [OTHER_STEP.format(rate="1.01 * rate")], [NARROW, "halve_by_three"]):
        assert Told(bench, *sources).neighbours.count == 0


def test_a_mistake_shows_through_what_uses_it_beside_what_is_accepted(bench: Bench):
    told = Told(bench, CLOSE, "cost_not_halved")
    assert told.names[DESCENT] == told.names[COST] == "cost_not_halved"


def test_what_is_right_given_all_that_it_uses_is_no_mistake(bench: Bench):
    """As where a test is too strict for what another one accepts."""
    told = Told(bench, CLOSE, strict=[DESCENT])
    assert (told.failed, told.names) == ({DESCENT}, {})
    assert among_of(bench, told).is_right


def among_of(bench: Bench, told: Told) -> Among:
    """What is looked for of ``descend`` among the student's own functions."""
    explainer, threads = bench.explainer, threads_of(told.log, "descend")
    worlds = told.followed.worlds.get()
    return Among(explainer._versions, explainer._dependence, worlds, "descend", threads)


def test_nothing_is_known_of_what_cannot_be_asked(bench: Bench):
    told = Told(bench, NARROW, "descend_once", asked=lambda one: Silent(one._namespace))
    with pytest.raises(NotFollowed):
        _ = among_of(bench, told).is_right
    assert told.names == {}


class Silent(Counting):
    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        return [replace(call, value=None, error=UNANSWERED) for call in super().calls(function, batch)]


def test_what_shows_through_is_the_fewest_that_must_be_wrong(bench: Bench):
    looked = among_of(bench, Told(bench, CLOSE, "cost_not_halved"))
    versions = bench.explainer._versions

    def wrong(name: str) -> Version:
        mistake = bench.mistakes[name]
        return versions.together(versions.right(mistake.function)[0], [Made(mistake)])[0]

    cost, halving, uphill = wrong("cost_not_halved"), wrong("halve_by_three"), wrong("slope_negated")

    def through(*upstream: World) -> list[World]:
        return [one.versions for one in looked.through([(), *upstream])]

    assert through((cost,)) == [(cost,)]
    assert through((cost,), (halving,), (cost, halving)) == [(cost,)], "the other shows nowhere here"
    assert through((halving,), (uphill,)) == []
    assert through((cost,), (cost,)) == [], "two ways that are as short"
    assert through() == []


def test_what_mistakes_change_among_them_is_known_of_nobody_else(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    found: list[int] = []

    def counted(right, made, cells) -> Alone:
        if made:
            found.append(len(made))
        return Alone(right, made, cells)

    monkeypatch.setattr("grader.judge.causes.Alone", counted)
    for _ in range(2):
        bench.explainer._versions.alone.clear()
        found.clear()
        Told(bench, NARROW, OTHER_STEP.format(rate="1.01 * rate"))
        slope, *descend = found
        assert (slope, descend) == (4, [2, 2]), "with the solution's functions, and with the student's"


def test_one_that_answers_otherwise_when_it_is_asked_is_not_believed(bench: Bench):
    class Lying(Counting):
        def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
            return [replace(call, value=call.value * 2) for call in super().calls(function, batch)]

    told = Told(bench, NARROW, "descend_once", asked=lambda one: Lying(one._namespace))
    assert told.names == {}


def test_what_may_be_asked_is_counted(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("grader.judge.among.MAX_ASKED", 3)
    assert Told(bench, NARROW, "descend_once").names == {}


def test_what_cannot_be_asked_is_not_tried_again():
    def fails() -> SubmissionWorlds:
        tries.append(1)
        raise NotFollowed("the notebook did not run again")

    tries: list[int] = []
    worlds = WorldsOnDemand(fails)
    for _ in range(3):
        with pytest.raises(NotFollowed):
            worlds.get()
    assert len(tries) == 1
    assert worlds.made is None


def test_numbers_keep_their_width_where_points_do_not_depend_on_it(bench: Bench):
    """In the sum with a float32, a Python number is rounded to float32 first."""
    told = Told(bench, NARROW, "descend_once")
    made = told.followed.worlds.get()
    given = (np.ones(3), np.eye(3), np.zeros(3))
    own = frozenset(["descend"])
    assert made.as_answered(own).opened(1)["slope"](*given).dtype == np.float32
    with pytest.raises(NotFollowed, match="another form"):
        made.world(own).opened(1)["slope"](*given)


def test_a_mistake_shows_through_a_chain_of_functions_beside_a_softmax_in_single_precision():
    """``train`` uses ``regularized_gradients``, which uses ``cross_entropy_gradient``, which uses ``softmax``."""
    ps1 = Bench(load_problem_set("psets/ps1"))
    try:
        softmax = ps1.alternatives["softmax_in_single_precision"].source
        told = Told(ps1, softmax, "gradient_label_not_divided")
    finally:
        ps1.close()
    assert told.failed
    assert set(told.names.values()) == {"gradient_label_not_divided"}
    assert told.names.keys() == told.failed
