"""The trials that a validation consists of, and the worker that runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.judge.calls import CallLog
from grader.judge.following import Followed
from grader.judge.neighbours import LocalNeighbours
from grader.pset import load_problem_set
from grader.pset.namespace import definitions_in
from grader.validate.bench import Bench, TestRun
from grader.validate.cheaters import Remembering, cheats_of, disguised
from grader.validate.report import NamedAs

__all__ = [
    "AcceptTrial",
    "CheatTrial",
    "MutantTrial",
    "PlantTrial",
    "Planted",
    "StubTrial",
    "Trials",
    "planted_outcome",
]


NOT_ANSWERED = "an exception, or no answer"
NOT_ASKED = "nothing that it uses explains it"


@dataclass(frozen=True)
class AcceptTrial:
    """The reference or an alternative, on one seed: every test should pass."""

    seed: int
    alternative: str = ""
    questions: tuple[str, ...] = ()
    """The questions whose tests to run; empty means all."""


@dataclass(frozen=True)
class StubTrial:
    """A notebook without answers, on one seed: every test should fail."""

    kind: str
    """``blank`` or ``starter``."""
    seed: int
    questions: tuple[str, ...] = ()
    """The questions whose tests to run; empty means all."""


@dataclass(frozen=True)
class CheatTrial:
    """Answers that know nothing, on one seed: only tests that the cheat is allowed to pass should pass."""

    cheat: str
    seed: int
    questions: tuple[str, ...] = ()
    """The questions whose tests to run; empty means all."""


@dataclass(frozen=True)
class PlantTrial:
    """Mistakes planted in the reference, on one seed: tests should catch them, and explanations name them."""

    mistakes: tuple[str, ...]
    seed: int
    everything: bool = False
    """Whether to run also the questions that they should not affect."""


@dataclass(frozen=True)
class MutantTrial:
    """A mutant of a reference function: the function's own question should fail."""

    number: int
    function: str
    source: str
    seed: int


@dataclass(frozen=True)
class Planted:
    """The result of planting mistakes."""

    failed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of failed tests, by question."""
    names: dict[str, str] = field(default_factory=dict)
    """The mistake that the explanation of each test names, if it has one."""
    costs: dict[str, str] = field(default_factory=dict)
    """The keys of tests of other questions that a single mistake costs points in, with the reason."""


def planted_outcome(mistakes: tuple[str, ...], names: dict[str, str]) -> NamedAs:
    """How the names fit what was planted: ``right``, ``part`` (of a pair), ``silent`` or ``wrong``."""
    given = {part for name in names.values() for part in name.split(" + ")}
    if given - set(mistakes):
        return "wrong"
    if not given:
        return "silent"
    return "right" if given == set(mistakes) else "part"


class Trials:
    """Makes the function that runs trials, once in each worker process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bench: Bench | None = None

    def __call__(self) -> Callable[[Any], Any]:
        """Collect the suite in this process, and return what runs a trial here."""
        self._bench = Bench(load_problem_set(self._path))
        return self.run

    def run(self, trial: Any) -> Any:
        """Run a trial; the result is a list of test runs, or what became of planted mistakes."""
        bench = self._bench
        assert bench is not None
        match trial:
            case AcceptTrial(alternative=""):
                return bench.run(bench.namespace(()), trial.seed, questions=trial.questions or None)
            case AcceptTrial():
                variant = bench.alternatives[trial.alternative]
                questions = bench.dependent_questions(variant.function)
                return bench.run(bench.namespace([variant.source]), trial.seed, questions=questions)
            case StubTrial():
                cells = [] if trial.kind == "blank" else bench.problem_set.starter_cells()
                return bench.run(definitions_in(cells), trial.seed, questions=trial.questions or None)
            case CheatTrial():
                return _cheat(bench, trial)
            case PlantTrial():
                return _plant(bench, trial)
            case MutantTrial():
                return _mutate(bench, trial)
        raise TypeError(f"no such trial: {trial!r}")


def _cheat(bench: Bench, trial: CheatTrial) -> list[TestRun]:
    # A new one for each trial, because some remember what they were asked.
    (cheat,) = (one for one in cheats_of(bench) if one.name == trial.cheat)
    student, questions = disguised(cheat, bench), trial.questions or None
    if isinstance(cheat, Remembering):
        cheat.learns = True
        bench.run_as(student, trial.seed, questions=questions, public=True)
        cheat.learns = False
    return bench.run_as(student, trial.seed, questions=questions)


def _plant(bench: Bench, trial: PlantTrial) -> Planted:
    variants = [bench.mistakes[name] for name in trial.mistakes]
    log = CallLog()
    namespace = bench.namespace(variant.source for variant in variants)
    if trial.everything:
        runs = bench.run(namespace, trial.seed, log=log)
    else:
        runs = bench.concerned(namespace, [v.function for v in variants], trial.seed, log)
    failed: dict[str, tuple[str, ...]] = {}
    for run in runs:
        if not run.passed:
            failed[run.question] = (*failed.get(run.question, ()), run.key)
    names = [name for tests in failed.values() for name in tests]
    followed = bench.follow(runs, log, trial.seed, LocalNeighbours(namespace)) if names else Followed()
    found = bench.explainer.explain(log, names, followed.worlds) if names else {}
    costs = _costs(bench, followed, runs, trial) if len(variants) == 1 else {}
    return Planted(failed, {test: explanation.name for test, explanation in found.items()}, costs)


def _costs(bench: Bench, followed: Followed, runs: Sequence[TestRun], trial: PlantTrial) -> dict[str, str]:
    """The tests of other questions that fail without being inherited, each with the reason."""
    own = bench.own_questions(bench.mistakes[trial.mistakes[0]].function)
    elsewhere = [run for run in runs if not run.passed and run.question not in own]
    return {
        run.key: followed.own.get(run.key, NOT_ASKED if run.answered else NOT_ANSWERED)
        for run in elsewhere
        if run.key not in followed.inherited
    }


def _mutate(bench: Bench, trial: MutantTrial) -> list[TestRun]:
    """Run the function's own question up to the first failing test."""
    try:
        namespace = bench.namespace([trial.source])
    except Exception as error:
        return [TestRun("", "", False, 0.0, f"{type(error).__name__}: {error}")]
    return bench.run_mutant(namespace, trial.function, trial.seed)
