"""A sample of problem set 1's mistakes, planted, is named rightly; `make validate` plants them all."""

import random
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from benchmarks.naming import kept_in, shown
from grader.pset import load_problem_set
from grader.validate import naming_of
from grader.validate.conclusions import conclude_names
from grader.validate.outcomes import TrialOutcomes
from grader.validate.plantings import EACH, KINDS, Kind, Plant
from grader.validate.pool import Lost
from grader.validate.report import Confusion, Naming
from grader.validate.trials import DrawTrial, Planted, PlantTrial, Trials, planted_outcome
from tests.validate.planting import FREE, HALVES, TWO_WAYS, edited_course

QUESTIONS = tuple(f"q{number}" for number in range(1, 9))
PS1 = Path(__file__).parents[2] / "psets" / "ps1"


@pytest.fixture(scope="module")
def trials():
    made = Trials(PS1)
    made()
    yield made
    made._bench.close()


def outcomes(trials, planted):
    table = Counter()
    for plants, seed in planted:
        found = trials.run(PlantTrial(plants, seed))
        table[found.outcome] += 1
        if found.outcome != "right":
            print(f"{found.label} (seed {seed}): {found.outcome} {sorted(set(found.names.values()))}")
    print(dict(table))
    return table


def test_single_mistakes_are_named_rightly(trials):
    plants = [plant for _, plant in trials._bench.plantings(QUESTIONS).singles(7)]
    chosen = random.Random(1).sample(plants, 20)
    table = outcomes(trials, [((plant,), seed) for seed, plant in enumerate(chosen, 1)])
    assert table["wrong"] == 0
    assert table["right"] >= 19


def test_pairs_of_mistakes_are_named_and_never_wrongly(trials):
    plantings = trials._bench.plantings(QUESTIONS)
    pairs = plantings.candidates("one in each of two functions", 0, 1)[:10]
    table = outcomes(trials, [(pair, seed) for seed, pair in enumerate(pairs)])
    assert table["wrong"] == 0
    assert table["right"] >= 9


def test_what_names_say_about_what_was_planted():
    assert planted_outcome(("a",), {"t": "a", "u": "a"}) == "right"
    assert planted_outcome(("a",), {}) == "silent"
    assert planted_outcome(("a",), {"t": "a", "u": "b"}) == "wrong"
    assert planted_outcome(("a", "b"), {"t": "a + b"}) == "right"
    assert planted_outcome(("a", "b"), {"t": "b"}) == "part"
    assert planted_outcome(("a", "b"), {"t": "b"}, frozenset({"a"})) == "right", "a showed in no failed test"
    assert planted_outcome(("a", "b"), {"t": "b + c"}, frozenset({"a"})) == "wrong"


def problems_of(*naming):
    outcomes = SimpleNamespace(naming=naming, own=lambda mistake: [f"q of {mistake}"])
    return [(one.kind, one.what, one.questions) for one in conclude_names(outcomes)]


def test_95_percent_must_be_named():
    missing = Confusion(planted="a (2) + b", mistakes=["a", "b"], seeds=1, outcomes={"silent": 1})
    across: Kind = "one in each of two functions"
    enough = Naming(kind=across, trials=20, right=19, silent=1, confusions=[missing])
    assert problems_of(enough) == []
    short = Naming(kind=across, trials=39, right=37, silent=2, confusions=[missing])
    said = "one in each of two functions: 37 of 39 planted are named rightly; at least 95% should be"
    assert problems_of(enough, short) == [("too few named", said, ("q of a", "q of b"))]


def test_one_that_is_not_named_says_little_in_a_small_sample():
    missing = Confusion(planted="a (2) + b", mistakes=["a", "b"], seeds=1, outcomes={"silent": 1})
    for kind in set(KINDS) - set(EACH):
        assert problems_of(Naming(kind=kind, trials=10, right=9, silent=1, confusions=[missing])) == []
        assert problems_of(Naming(kind=kind, trials=10, right=8, silent=2, confusions=[missing])) != []


def test_no_wrong_name_is_allowed_and_single_mistakes_must_be_named_at_all():
    wrong = Confusion(
        planted="a", mistakes=["a"], seeds=2, outcomes={"right": 1, "wrong": 1}, named=["a", "c"]
    )
    silent = Confusion(planted="b, way 2", mistakes=["b"], seeds=1, outcomes={"silent": 1})
    naming = Naming(kind="another form", trials=100, right=98, wrong=1, silent=1, confusions=[wrong, silent])
    assert problems_of(naming) == [
        ("wrong name", "a is named a; c", ("q of a",)),
        ("mistake never named", "b, way 2 is caught, but never explained", ("q of b",)),
    ]


def test_the_benchmark_plants_and_counts_as_validation_does(tmp_path):
    problem_set = load_problem_set(edited_course(tmp_path, TWO_WAYS, FREE, HALVES))
    naming = naming_of(problem_set, seeds=1, pairs=2, workers=1, most=2)
    assert [(one.kind, one.trials, one.right, one.wrong) for one in naming] == [
        ("one mistake", 2, 2, 0),
        ("another form", 1, 1, 0),
        ("any constant", 2, 1, 0),  # the suite has one number of it, from which any constant would follow
        ("two in one function", 1, 1, 0),
        ("one in each of two functions", 2, 2, 0),
    ]


def test_the_table_has_a_row_for_each_kind_and_sums():
    one = [
        Naming(kind="one mistake", trials=3, right=2, silent=1),
        Naming(kind="another form", trials=1, wrong=1),
    ]
    text = shown({"ps0": one, "ps1": [Naming(kind="one mistake", trials=1, right=1)]})
    assert text.splitlines()[2:] == [
        "| ps0 | one mistake | 3 | 66.7% | 1 | 0 | 0 | 0 |",
        "| ps0 | another form | 1 | 0.0% | 0 | 0 | 1 | 0 |",
        "| ps1 | one mistake | 1 | 100.0% | 0 | 0 | 0 | 0 |",
        "| all | one mistake | 4 | 75.0% | 1 | 0 | 0 | 0 |",
        "| all | another form | 1 | 0.0% | 0 | 0 | 1 | 0 |",
    ]


def test_what_hung_was_not_named_and_what_does_not_exist_does_not_count():
    plant = Plant("mean", (("a", None),))
    single = PlantTrial((plant,), 0)
    drawn = [DrawTrial("two in one function", number, 3, 0, ("q1",)) for number in range(3)]
    bench = SimpleNamespace(
        mistakes={"a": SimpleNamespace(function="mean")}, own_questions=lambda function: ["q1"]
    )
    named = Planted((plant,), {"q1": ("t",)}, {"t": "a"})
    results = {single: Lost(), drawn[0]: Lost(), drawn[1]: None, drawn[2]: named}
    outcomes = TrialOutcomes(SimpleNamespace(bench=bench), results)
    assert [(one.kind, one.trials, one.right, one.silent) for one in outcomes.naming] == [
        ("one mistake", 1, 0, 1),
        ("two in one function", 2, 1, 1),
    ]
    assert outcomes.naming[1].confusions[0].planted == "one that hung"
    ((_, caught),) = outcomes.singles
    assert set(caught.failed) == {"q1"}


def test_a_constant_with_which_its_question_passes_is_counted_by_itself():
    plant = Plant("mean", (("a", 1e-12),))
    bench = SimpleNamespace(
        mistakes={"a": SimpleNamespace(function="mean")}, own_questions=lambda function: ["q1"]
    )

    def naming(kind, seen, names=None, alike=""):
        failed = {"q1": ("t",)} if seen else {"q2": ("u",)}
        planted = Planted((plant,), failed, names or {}, alike=alike)
        outcomes = TrialOutcomes(SimpleNamespace(bench=bench), {PlantTrial((plant,), 0, kind): planted})
        return outcomes._naming(kind)

    assert [
        (one.trials, one.unseen) for one in (naming("any constant", False), naming("any constant", True))
    ] == [
        (0, 1),
        (1, 0),
    ]
    assert (naming("one mistake", False).trials, naming("one mistake", False).unseen) == (1, 0)
    assert naming("any constant", False, {"u": "b"}).wrong == 1, "a wrong name is never right"
    assert naming("any constant", True, alike="b").unseen == 1, "nobody can tell which of the two it is"


def test_figures_of_other_problem_sets_are_shown_if_they_were_measured_alike(tmp_path):
    file, how = tmp_path / "naming.json", {"seeds": 20, "pairs": 200, "most": None}
    assert kept_in(file, how) == {}
    naming = Naming(kind="another form", trials=100, right=98, silent=2)
    file.write_bytes(msgspec.json.encode({"how": how, "psets": {"ps1": [naming]}}))
    assert kept_in(file, how) == {"ps1": [naming]}
    with pytest.raises(SystemExit, match="choose another file"):
        kept_in(file, {**how, "seeds": 1})
