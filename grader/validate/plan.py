"""The plan of a validation: which trials, on which seeds, for which questions."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

from grader.draws import GRADED
from grader.validate.bench import Bench
from grader.validate.cheaters import cheats_of
from grader.validate.equivalents import load_equivalents
from grader.validate.mutants import Mutant, mutants
from grader.validate.trials import AcceptTrial, CheatTrial, MutantTrial, PlantTrial, StubTrial

__all__ = ["TrialPlan"]

REFERENCE_SEEDS = 20
"""The least number of seeds to run the reference on: flaky tests show rarely, and the reference is cheap."""
PAIRS = 60
"""Pairs of mistakes to plant per seed."""


class TrialPlan:
    """The trials that show whether the suite deserves trust, for some questions or for all."""

    def __init__(self, bench: Bench, seeds: int, questions: Sequence[str]) -> None:
        self.bench = bench
        self.problem_set = bench.problem_set
        self.questions = tuple(questions)
        self.equivalents = [
            one for one in load_equivalents(bench.problem_set) if self._concerned(one.function)
        ]
        self.mistakes = [one for one in bench.mistakes.values() if self._concerned(one.function)]
        self.alternatives = [one for one in bench.alternatives.values() if self._concerned(one.function)]
        self.cheats = cheats_of(bench)
        self.seeds = _draws(seeds)
        self.reference_seeds = _draws(max(seeds, REFERENCE_SEEDS))
        self.mutants = [mutant for mutant in _mutants_of(bench) if self._concerned(mutant.function)]

    def _concerned(self, function: str) -> bool:
        """Whether the function belongs to a question to validate, or to no question at all."""
        own = self.bench.own_questions(function)
        return not own or bool(set(own) & set(self.questions))

    def trials(self) -> list[Any]:
        """Everything to run, the longest trials first."""
        if not self.questions:
            return []
        mistakes = [one.name for one in self.mistakes]
        alternatives = [one.name for one in self.alternatives]
        first, questions = self.seeds[0], self.questions
        return [
            *(MutantTrial(i, m.function, m.source, first) for i, m in enumerate(self.mutants)),
            *(PlantTrial((name,), first, everything=True) for name in mistakes),
            *(PlantTrial((name,), seed) for seed in self.seeds[1:] for name in mistakes),
            *(PlantTrial(pair, first) for pair in self._pairs(PAIRS * len(self.seeds))),
            *(AcceptTrial(seed, name) for seed in self.seeds for name in alternatives),
            *(StubTrial(kind, seed, questions) for kind in ("blank", "starter") for seed in self.seeds),
            *(CheatTrial(cheat.name, seed, questions) for cheat in self.cheats for seed in self.seeds),
            *(AcceptTrial(seed, "", questions) for seed in self.reference_seeds),
        ]

    def _pairs(self, count: int) -> list[tuple[str, str]]:
        """Pairs of mistakes in different functions: always the same choice."""
        pairs = [
            (one.name, other.name)
            for one, other in itertools.combinations(self.mistakes, 2)
            if one.function != other.function
        ]
        return pairs if len(pairs) <= count else random.Random(0).sample(pairs, count)


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
        for mutant in mutants(node)
    ]
