"""What validation plants: everything of one mistake, and samples of what comes of putting mistakes together."""

from __future__ import annotations

import random
from contextlib import closing, contextmanager

import pytest

from grader.pset import load_problem_set
from grader.validate.bench import Bench
from grader.validate.plan import TrialPlan
from grader.validate.plantings import Plant, Plantings, unusual
from grader.validate.trials import DrawTrial, PlantTrial, Trials
from tests.validate.planting import FREE, HALVES, TWO_WAYS, UNWEIGHTED, edited_course

QUESTIONS = ("q1", "q2")
# Accepted beside the solution: another convention.
DOUBLED = """

alternative("weighted_mean", "doubled", {"np.sum(weighted)": "2 * np.sum(weighted)"}, says="You double it: accepted.")
alternative("weighted_mean", "by_dot", {"np.sum(weighted)": "weighted @ np.ones(len(x))"})
"""
EITHER = (
    "if not abs(got - expected) <= BOUND:",
    "if not min(abs(got - expected), abs(got - 2 * expected)) <= BOUND:",
)


@contextmanager
def trials_of(folder):
    trials = Trials(folder)
    trials()
    try:
        yield trials
    finally:
        trials._bench.close()


def plantings(folder):
    problem_set = load_problem_set(folder)
    return Plantings(problem_set.name, problem_set.mistakes(), problem_set.alternatives())


def test_every_way_is_planted_and_other_numbers_in_turn(tmp_path):
    planted = plantings(edited_course(tmp_path, TWO_WAYS, FREE))
    (*listed, (kind, last)) = planted.singles(0)
    assert listed == [
        ("one mistake", Plant("mean", (("sum_for_mean", None),))),
        ("another form", Plant("mean", (("sum_for_mean", None),), way=1)),
        ("one mistake", Plant("weighted_mean", (("adds_a_number", 0.5),))),
        ("any constant", Plant("weighted_mean", (("adds_a_number", 0.25),))),
    ]
    ((name, number),) = last.made
    assert (kind, name) == ("any constant", "adds_a_number")
    assert 0.125 < number < 0.5
    assert number != 0.25
    assert list(planted.singles(0))[-1][1] == last, "the same seed draws the same"
    assert list(planted.singles(1))[-1][1] != last
    turns = [plant.made[0][1] for seed in range(2) for _, plant in list(planted.singles(seed))[3:4]]
    assert turns == [0.25, 0.125]


def test_each_alternative_is_planted_in_its_first_form(tmp_path):
    folder = edited_course(tmp_path, UNWEIGHTED, alternatives=DOUBLED)
    with trials_of(folder) as trials:
        bench = trials._bench
        for plant in plantings(folder).alternatives():
            assert (
                bench.version(plant).form.source
                == bench.versions.alternative(bench.alternatives[plant.on]).form.source
            )
        assert {plant.on for plant in plantings(folder).alternatives()} == set(bench.alternatives)


def test_with_enough_seeds_every_usual_number_is_planted_in_every_way(tmp_path):
    free = """
mistake("mean", "adds_a_number", [{"accumulated / len(x)": "accumulated / len(x) + c"},
                                  {"np.sum(x)": "np.sum(x + c)"}], free={"c": (1.0, 2.0, 3.0)}, says="You add it.")
"""
    planted = plantings(edited_course(tmp_path, free))
    assert {(plant.way, plant.made[0][1]) for seed in range(4) for _, plant in planted.singles(seed)} >= {
        (way, number) for way in (0, 1) for number in (1.0, 2.0, 3.0)
    }
    (solution, *others) = planted.entries()["mean"]
    assert solution.label == "the solution"
    assert [one.label for one in others] == [
        "mean_by_loop",
        *("adds_a_number (1)", "adds_a_number (2)", "adds_a_number (3)"),
        *("adds_a_number (1), way 2", "adds_a_number (2), way 2", "adds_a_number (3), way 2"),
    ]


@pytest.mark.parametrize(
    ("usual", "low", "high"),
    [
        ((1e-8, 1e-7), 1e-8, 1e-7),
        ((-2.0, -1.0), -2.0, -1.0),
        ((0.3,), 0.44, 0.91),
        ((0.0, 1e-300, 0.2), 0.29, 1e301),
    ],
)
def test_an_unusual_number_is_near_the_usual_ones_and_none_of_them(usual, low, high):
    for draw in range(50):
        (value,) = unusual(usual, random.Random(draw)) or [None]
        assert value not in usual
        assert low < value < high or usual[0] == 0.0


def test_what_counts_something_has_no_unusual_number():
    assert unusual((0, 42, 1), random.Random(0)) == []


def test_a_sample_tries_each_pair_at_most_once(tmp_path):
    planted = plantings(edited_course(tmp_path, TWO_WAYS, FREE, UNWEIGHTED, HALVES))
    for kind, many in (
        ("two in one function", 3),
        ("one in each of two functions", 3),
        ("on an alternative", 1),
    ):
        everything = planted.candidates(kind, 0, 1)
        assert len(set(everything)) == many
        parts = [planted.candidates(kind, number, 2) for number in range(2)]
        assert sorted(map(repr, (*parts[0], *parts[1]))) == sorted(map(repr, everything))


def test_two_mistakes_in_one_function_are_planted_and_named(tmp_path):
    with trials_of(edited_course(tmp_path, UNWEIGHTED, HALVES)) as trials:
        planted = trials.run(DrawTrial("two in one function", 0, 1, 0, QUESTIONS))
        assert planted.mistakes == ("unweighted", "halves")
        assert (planted.outcome, set(planted.names.values())) == ("right", {"unweighted + halves"})


def test_a_pair_of_which_one_hides_the_other_is_not_drawn(tmp_path):
    zero = """
mistake("weighted_mean", "always_zero", {"return centre_of_mass + 0 * mean(x)": "return 0.0"}, says="You return 0.")
"""
    with trials_of(edited_course(tmp_path, UNWEIGHTED, zero)) as trials:
        assert trials.run(DrawTrial("two in one function", 0, 1, 0, QUESTIONS)) is None


def test_a_pair_that_does_not_compose_is_not_drawn(tmp_path):
    other = """
mistake("weighted_mean", "plus_w", {"x * w": "x + w"}, says="You add the weights.")
"""
    with trials_of(edited_course(tmp_path, UNWEIGHTED, other)) as trials:
        assert trials.run(DrawTrial("two in one function", 0, 1, 0, QUESTIONS)) is None


def test_a_mistake_is_planted_on_an_alternative_that_gives_other_results(tmp_path):
    with trials_of(edited_course(tmp_path, HALVES, alternatives=DOUBLED, suite=EITHER)) as trials:
        candidates = trials._bench.plantings(QUESTIONS).candidates("on an alternative", 0, 1)
        assert {plant.on for (plant,) in candidates} == {"doubled", "by_dot"}
        found = [trials.run(DrawTrial("on an alternative", number, 2, 0, QUESTIONS)) for number in range(2)]
    # Twice the half is the right answer, so nothing fails; by_dot gives what the solution gives.
    assert [one.label for one in found if one] == []
    with trials_of(edited_course(tmp_path / "b", UNWEIGHTED, alternatives=DOUBLED, suite=EITHER)) as trials:
        found = [trials.run(DrawTrial("on an alternative", number, 2, 0, QUESTIONS)) for number in range(2)]
    assert [(one.label, one.outcome) for one in found if one] == [("unweighted on doubled", "right")]


def test_what_gives_two_mistakes_or_only_exceptions_on_an_alternative_is_not_drawn(tmp_path):
    doubles = """
mistake("weighted_mean", "doubles", {"centre_of_mass + 0 * mean(x)": "2 * centre_of_mass + 0 * mean(x)"}, says="2.")
"""
    raises = """
mistake("weighted_mean", "raises", {"x * w": "x * missing"}, says="You use a name that is not defined.")
"""
    # Unweighted on what is doubled is just that: unweighted, and doubled.
    for number, (mistakes, drawn) in enumerate(
        [
            ((UNWEIGHTED,), {"unweighted on doubled"}),
            ((UNWEIGHTED, doubles), {"doubles on doubled"}),
            ((raises,), set()),
        ]
    ):
        folder = edited_course(tmp_path / str(number), *mistakes, alternatives=DOUBLED, suite=EITHER)
        with trials_of(folder) as trials:
            found = [trials.run(DrawTrial("on an alternative", one, 4, 0, QUESTIONS)) for one in range(4)]
            assert {one.label for one in found if one} == drawn


def test_a_constant_with_which_two_mistakes_give_the_same_is_noted(tmp_path):
    other = """
mistake("weighted_mean", "begins_above_zero", {"centre_of_mass + 0 * mean(x)": "c + centre_of_mass + 0 * mean(x)"},
        free={"c": (0.5, 0.25)}, says="You begin above 0.")
"""
    plant = Plant("weighted_mean", (("adds_a_number", 0.25),))
    with trials_of(edited_course(tmp_path, FREE, other)) as trials:
        planted = trials.run(PlantTrial((plant,), 0, "any constant"))
        assert (planted.outcome, planted.alike) == ("silent", "begins_above_zero")
        assert trials.run(PlantTrial((plant,), 0, "one mistake")).alike == ""
    with trials_of(edited_course(tmp_path / "b", FREE, UNWEIGHTED)) as trials:
        assert trials.run(PlantTrial((plant,), 0, "any constant")).alike == ""


def test_a_planted_mistake_that_no_failed_test_shows_need_not_be_named(tmp_path):
    # Below 100 entries there is no difference, and the suite has no longer samples.
    rare = """
mistake("mean", "rarely", {"np.sum(x)": "np.sum(x[:100])"}, says="You leave out entries from the hundredth on.")
"""
    plants = Plant("mean", (("rarely", None),)), Plant("weighted_mean", (("unweighted", None),))
    with trials_of(edited_course(tmp_path, rare, UNWEIGHTED)) as trials:
        planted = trials.run(PlantTrial(plants, 0, "one in each of two functions"))
    assert set(planted.names.values()) == {"unweighted"}
    assert planted.unneeded == {"rarely"}
    assert planted.outcome == "right"


def test_a_planted_mistake_that_a_failed_test_shows_must_be_named(tmp_path):
    plants = Plant("mean", (("sum_for_mean", None),)), Plant("weighted_mean", (("unweighted", None),))
    with trials_of(edited_course(tmp_path, TWO_WAYS, UNWEIGHTED)) as trials:
        trials._bench.explainer.explain = lambda log, tests, worlds: {
            test: type("Only", (), {"name": "unweighted"}) for test in tests
        }
        planted = trials.run(PlantTrial(plants, 0, "one in each of two functions"))
    assert planted.unneeded == frozenset()
    assert planted.outcome == "part"


def test_the_plan_spreads_its_samples_over_the_seeds(tmp_path):
    with closing(Bench(load_problem_set(edited_course(tmp_path, TWO_WAYS, UNWEIGHTED, HALVES)))) as bench:
        trials = TrialPlan(bench, 2, QUESTIONS, 2).naming_trials()
        drawn = [(one.kind, one.number, one.seed) for one in trials if isinstance(one, DrawTrial)]
        assert drawn == [
            ("two in one function", 0, 0),
            ("one in each of two functions", 0, 0),
            ("on an alternative", 0, 0),
            ("one in each of two functions", 1, 1),
        ]
        whole = [one.plants[0].label for one in trials if isinstance(one, PlantTrial) and one.everything]
        assert whole == ["sum_for_mean", "unweighted", "halves"]
        assert sum(isinstance(one, PlantTrial) for one in trials) == 8
        only = TrialPlan(bench, 1, ["q1"]).naming_trials()
        assert {plant.function for one in only if isinstance(one, PlantTrial) for plant in one.plants} == {
            "mean"
        }
        assert {one.kind for one in only if isinstance(one, DrawTrial)} == {"on an alternative"}
