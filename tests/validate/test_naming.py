"""A sample of problem set 1's mistakes, planted, is named correctly; `make validate` plants them all."""

import random
from collections import Counter
from pathlib import Path

import pytest

from grader.validate.trials import PlantTrial, Trials, planted_outcome

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
    chosen = random.Random(1).sample(plants, 40)
    table = outcomes(trials, [((plant,), seed) for seed, plant in enumerate(chosen, 1)])
    assert table["wrong"] == 0
    assert table["right"] >= 39


def test_pairs_of_mistakes_are_named_and_never_wrongly(trials):
    plantings = trials._bench.plantings(QUESTIONS)
    pairs = plantings.candidates("one in each of two functions", 0, 1)[:20]
    table = outcomes(trials, [(pair, seed) for seed, pair in enumerate(pairs)])
    assert table["wrong"] == 0
    assert table["right"] >= 18


def test_what_names_say_about_what_was_planted():
    assert planted_outcome(("a",), {"t": "a", "u": "a"}) == "right"
    assert planted_outcome(("a",), {}) == "silent"
    assert planted_outcome(("a",), {"t": "a", "u": "b"}) == "wrong"
    assert planted_outcome(("a", "b"), {"t": "a + b"}) == "right"
    assert planted_outcome(("a", "b"), {"t": "b"}) == "part"
    assert planted_outcome(("a", "b"), {"t": "b"}, frozenset({"a"})) == "right", "a showed in no failed test"
    assert planted_outcome(("a", "b"), {"t": "b + c"}, frozenset({"a"})) == "wrong"
