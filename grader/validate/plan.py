"""The plan of a validation: which trials, on which seeds, for which questions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from grader.draws import GRADED
from grader.validate.alike import replays
from grader.validate.bench import Bench
from grader.validate.cheaters import cheats_of
from grader.validate.equivalents import load_equivalents
from grader.validate.guessing import Guessing
from grader.validate.mutants import Mutant, mutants
from grader.validate.plantings import DRAWN
from grader.validate.trials import AcceptTrial, CheatTrial, DrawTrial, MutantTrial, PlantTrial, StubTrial

__all__ = ["PAIRS", "TrialPlan"]

REFERENCE_SEEDS = 20
"""The least number of seeds to run the reference on: flaky tests show rarely, and the reference is cheap."""
PAIRS = 10
"""Pairs of mistakes of each kind to plant per seed."""
FOLLOWED = 12
"""Single mistakes per seed whose errors are followed, which takes long."""


class TrialPlan:
    """The trials that show whether the suite deserves trust, for some questions or for all."""

    def __init__(self, bench: Bench, seeds: int, questions: Sequence[str], pairs: int | None = None) -> None:
        self.bench = bench
        self.problem_set = bench.problem_set
        self.questions = tuple(questions)
        self.equivalents = [
            one for one in load_equivalents(bench.problem_set) if self._concerned(one.function)
        ]
        self.mistakes = [one for one in bench.mistakes.values() if self._concerned(one.function)]
        self.alternatives = [one for one in bench.alternatives.values() if self._concerned(one.function)]
        self.cheats = cheats_of(bench)
        self.guessing = Guessing(bench, questions)
        self.seeds = _draws(seeds)
        self.pairs = PAIRS * seeds if pairs is None else pairs
        self.reference_seeds = _draws(max(seeds, REFERENCE_SEEDS))
        self.mutants = [mutant for mutant in _mutants_of(bench) if self._concerned(mutant.function)]

    def _concerned(self, function: str) -> bool:
        return self.bench.concerns(function, self.questions)

    def trials(self) -> list[Any]:
        """Everything to run, the longest trials first."""
        if not self.questions:
            return []
        alternatives = [one.name for one in self.alternatives]
        first, questions = self.seeds[0], self.questions
        return [
            *(MutantTrial(i, m.function, m.source, first) for i, m in enumerate(self.mutants)),
            *self.naming_trials(),
            *replays(self.bench, questions, first),
            *(AcceptTrial(seed, name) for seed in self.seeds for name in alternatives),
            *(StubTrial(kind, seed, questions) for kind in ("blank", "starter") for seed in self.seeds),
            *(CheatTrial(cheat.name, seed, questions) for cheat in self.cheats for seed in self.seeds),
            *(AcceptTrial(seed, "", questions) for seed in self.reference_seeds),
        ]

    def naming_trials(self) -> list[PlantTrial | DrawTrial]:
        """What to plant: single mistakes on every seed; the samples are spread over the seeds."""
        plantings, many = self.bench.plantings(self.questions), len(self.seeds)
        found: list[PlantTrial | DrawTrial] = []
        chosen = self._followed()
        # The calls of the reference are kept for one seed at a time.
        for place, seed in enumerate(self.seeds):
            for kind, plant in plantings.singles(seed):
                first = place == 0 and kind == "one mistake"
                followed = first and plant.mistakes[0] in chosen
                everything = first and (followed or many > 1)
                found.append(PlantTrial((plant,), seed, kind, everything=everything, followed=followed))
            found += [
                DrawTrial(kind, number, self.pairs, seed, self.questions)
                for kind in DRAWN
                for number in range(place, min(self.pairs, len(plantings.candidates(kind, 0, 1))), many)
            ]
        return found

    def _followed(self) -> set[str]:
        """The mistakes whose errors are followed: always the same choice, and all of them on many seeds."""
        names = sorted(one.name for one in self.mistakes)
        return set(random.Random(0).sample(names, min(len(names), FOLLOWED * len(self.seeds))))


def _draws(count: int) -> list[int]:
    """The draw that grading uses, and others."""
    return list(range(GRADED, GRADED + count))


def _mutants_of(bench: Bench) -> list[Mutant]:
    """Mutants of every function that a question asks for, and of the helpers it needs."""
    needed = set().union(*(bench.uses[name] for name in bench.problem_set.functions))
    return [
        mutant
        for name, node in bench.solution.definitions.items()
        if name in needed and bench.own_questions(name)
        for mutant in mutants(node, bench.problem_set.values)
    ]
