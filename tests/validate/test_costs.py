"""What a planted mistake costs in other questions is listed, with the reason, and is no problem."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.pset import load_problem_set
from grader.validate import costs_of
from grader.validate.plantings import Plant
from grader.validate.report import Cost, Report
from grader.validate.trials import NOT_ANSWERED, Planted, PlantTrial, Trials
from tests.judge.descent import write_descent_course


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    trials = Trials(write_descent_course(tmp_path_factory.mktemp("course")))
    run = trials()

    def planted(mistake: str) -> Planted:
        assert trials._bench is not None
        function = trials._bench.mistakes[mistake].function
        return run(PlantTrial((Plant(function, ((mistake, None),)),), 0, followed=True))

    return planted


def test_a_mistake_that_is_followed_costs_its_own_question_only(plant):
    planted = plant("slope_negated")
    assert set(planted.failed) == {"q1", "q3", "q8"}
    assert planted.costs == {}


def test_what_it_costs_elsewhere_has_a_reason(plant):
    costs = plant("slope_zero").costs or {}
    assert {key.partition("::")[2] for key in costs} == {"test_descent", "test_after_a_slope_of_their_own"}
    assert all("no power" in why for why in costs.values())
    assert (plant("slope_as_a_column").costs or {})["test_descent.py::test_descent"] in (
        NOT_ANSWERED,
        "what slope returned has another form than the right answer",
    )


def test_answers_that_stand_side_by_side_are_planted_together_too(tmp_path):
    """Beside another mistake, one costs in other questions at least what it costs alone."""
    problem_set = load_problem_set(write_descent_course(tmp_path))
    together = frozenset(["slope_zero", "cost_not_halved"])
    costs = costs_of(problem_set, [together], workers=1)
    assert set(costs) == {together, *(frozenset([one.name]) for one in problem_set.mistakes())}
    assert costs[frozenset(["cost_not_halved"])] == {}
    alone = costs[frozenset(["slope_zero"])]
    assert alone
    assert "test_descent.py::test_descent" in alone
    assert costs[together].keys() >= alone.keys()


def test_the_report_lists_it():
    report = Report(pset="descent", seeds=[0])
    report.followed = 2
    assert "errors of 2 mistakes were followed: each costs points in its own question only" in report.text()
    report.costs = [Cost(mistake="slope_zero", question="q3", points=Fraction(3), reasons=["no power"])]
    assert (
        "were followed: 1 also costs points in other questions:\n  slope_zero: 3 in q3 (no power)"
        in report.text()
    )
    assert report.ok
