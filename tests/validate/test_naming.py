"""A sample of problem set 1's mistakes, planted, is named correctly; `make validate` plants them all."""

import random
from collections import Counter
from pathlib import Path

import pytest

from grader.validate.trials import PlantTrial, Trials, planted_outcome

PS1 = Path(__file__).parents[2] / "psets" / "ps1"


@pytest.fixture(scope="module")
def trials():
    made = Trials(PS1)
    made()
    yield made
    made._bench.close()


def outcomes(trials, planted):
    table = Counter()
    for mistakes, seed in planted:
        found = trials.run(PlantTrial(mistakes, seed))
        outcome = planted_outcome(mistakes, found.names)
        table[outcome] += 1
        if outcome != "right":
            print(f"{' + '.join(mistakes)} (seed {seed}): {outcome} {sorted(set(found.names.values()))}")
    print(dict(table))
    return table


def test_single_mistakes_are_named_rightly(trials):
    names = sorted(trials._bench.mistakes)
    chosen = random.Random(1).sample(names, 40)
    table = outcomes(trials, [((name,), seed) for seed, name in enumerate(chosen, 1)])
    assert table["wrong"] == 0
    assert table["right"] >= 39


def test_pairs_of_mistakes_are_named_and_never_wrongly(trials):
    mistakes = list(trials._bench.mistakes.values())
    choose = random.Random(2)
    pairs = []
    while len(pairs) < 20:
        one, other = choose.sample(mistakes, 2)
        if one.function != other.function:
            pairs.append(((one.name, other.name), len(pairs)))
    table = outcomes(trials, pairs)
    assert table["wrong"] == 0
    assert table["right"] >= 18


def test_what_names_say_about_what_was_planted():
    assert planted_outcome(("a",), {"t": "a", "u": "a"}) == "right"
    assert planted_outcome(("a",), {}) == "silent"
    assert planted_outcome(("a",), {"t": "a", "u": "b"}) == "wrong"
    assert planted_outcome(("a", "b"), {"t": "a + b"}) == "right"
    assert planted_outcome(("a", "b"), {"t": "b"}) == "part"
