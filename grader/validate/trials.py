"""The trials that a validation consists of, and the worker that runs them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.judge.calls import CallLog, same_outcome
from grader.judge.following import Followed
from grader.judge.neighbours import LocalNeighbours
from grader.judge.versions import Made, Version
from grader.pset import load_problem_set
from grader.pset.namespace import definitions_in
from grader.validate.alike import ReplayTrial, TellTrial, replayed, told
from grader.validate.bench import Bench, TestRun
from grader.validate.cheaters import Remembering, cheats_of, disguised
from grader.validate.plantings import Kind, Plant, label_of
from grader.validate.report import NamedAs

__all__ = [
    "AcceptTrial",
    "CheatTrial",
    "DrawTrial",
    "MutantTrial",
    "PlantTrial",
    "Planted",
    "StubTrial",
    "Trials",
    "planted_outcome",
]

MAX_CANDIDATES = 100
"""To try for one of a sample: most are sorted out quickly, since they do not compose."""


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

    plants: tuple[Plant, ...]
    seed: int
    kind: Kind = "one mistake"
    everything: bool = False
    """Whether to run also the questions that they should not affect."""
    followed: bool = False
    """Whether to follow the errors, to see what a mistake costs in other questions."""


@dataclass(frozen=True)
class DrawTrial:
    """One of a sample of mistakes put together, on one seed: the first that compose and show each of them."""

    kind: Kind
    number: int
    of: int
    """The size of the sample."""
    seed: int
    questions: tuple[str, ...]
    """The questions whose mistakes to use."""


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

    plants: tuple[Plant, ...] = ()
    failed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of failed tests, by question."""
    names: dict[str, str] = field(default_factory=dict)
    """The mistake that the explanation of each test names, if it has one."""
    unneeded: frozenset[str] = frozenset()
    """Planted mistakes that no name mentions, and without which every failed test comes out the same."""
    alike: str = ""
    """Other mistakes, as few, that give the same in all calls, so that none of either can be named for sure."""
    costs: dict[str, str] | None = None
    """The keys of tests of other questions that mistakes cost points in, with the reason; None if not followed."""

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The names of what was planted."""
        return tuple(name for plant in self.plants for name in plant.mistakes)

    @property
    def label(self) -> str:
        return label_of(self.plants)

    @property
    def outcome(self) -> NamedAs:
        return planted_outcome(self.mistakes, self.names, self.unneeded)


def planted_outcome(
    mistakes: tuple[str, ...], names: dict[str, str], unneeded: frozenset[str] = frozenset()
) -> NamedAs:
    """How the names fit what was planted: ``right``, ``part`` (of several), ``silent`` or ``wrong``."""
    given = _named(names)
    if given - set(mistakes):
        return "wrong"
    if not given:
        return "silent"
    return "right" if given >= set(mistakes) - unneeded else "part"


def _named(names: dict[str, str]) -> set[str]:
    return {part for name in names.values() for part in name.split(" + ")}


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
            case DrawTrial():
                plants = _drawn(bench, trial)
                return _plant(bench, PlantTrial(plants, trial.seed, trial.kind)) if plants else None
            case ReplayTrial():
                return replayed(bench, trial)
            case TellTrial():
                return told(bench, trial)
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
    versions = [version for plant in trial.plants if (version := bench.version(plant))]
    log = CallLog()
    namespace = bench.namespace_of(versions)
    if trial.everything:
        runs = bench.run(namespace, trial.seed, log=log)
    else:
        runs = bench.concerned(namespace, [v.function for v in versions], trial.seed, log)
    failed: dict[str, tuple[str, ...]] = {}
    for run in runs:
        if not run.passed:
            failed[run.question] = (*failed.get(run.question, ()), run.key)
    tests = [name for tests in failed.values() for name in tests]
    log.passed = {run.key for run in runs if run.passed}
    followed = (
        bench.follow(runs, log, trial.seed, LocalNeighbours(namespace)) if trial.followed else Followed()
    )
    found = bench.explainer.explain(log, tests, followed.worlds) if tests else {}
    names = {test: explanation.name for test, explanation in found.items()}
    wrong = {plant.function for plant in trial.plants if plant.made}
    costs = _costs(bench, followed, runs, wrong) if trial.followed else None
    unneeded = _unneeded(bench, trial, versions, log, tests, names)
    named = planted_outcome(tuple(name for plant in trial.plants for name in plant.mistakes), names, unneeded)
    alike = _alike_with_another(bench, trial, versions[0]) if tests and named in ("silent", "part") else ""
    return Planted(trial.plants, failed, names, unneeded, alike, costs)


def _costs(
    bench: Bench, followed: Followed, runs: Sequence[TestRun], functions: Collection[str]
) -> dict[str, str]:
    """The tests of other questions than these functions' that fail without being inherited, with reasons."""
    own = {question for function in functions for question in bench.own_questions(function)}
    elsewhere = [run for run in runs if not run.passed and run.question not in own]
    return {
        run.key: followed.own.get(run.key, NOT_ASKED if run.answered else NOT_ANSWERED)
        for run in elsewhere
        if run.key not in followed.inherited
    }


def _unneeded(
    bench: Bench,
    trial: PlantTrial,
    versions: list[Version],
    log: CallLog,
    failed: list[str],
    names: dict[str, str],
) -> frozenset[str]:
    """The planted mistakes that no name mentions and without which each failed test's calls end the same."""
    given, found = _named(names), set[str]()
    planted = {name for plant in trial.plants for name in plant.mistakes}
    if given and given < planted:
        # What is named may have another free number than what was planted, or another form.
        made = dict.fromkeys(itertools.chain.from_iterable(bench.explainer.causes(log).values()))
        told = all(mistake.name in given for version in made for mistake in version.mistakes)
        if told and _alike(bench, bench.namespace_of(made), trial.seed, log, failed):
            return frozenset(planted - given)
    for version in versions if given else ():
        for mistake in version.mistakes:
            if mistake.name not in given and any(
                _alike(
                    bench,
                    bench.namespace_of([fewer if one is version else one for one in versions]),
                    trial.seed,
                    log,
                    failed,
                )
                for fewer in bench.versions.without(version, mistake)
            ):
                found.add(mistake.name)
    return frozenset(found)


def _alike_with_another(bench: Bench, trial: PlantTrial, version: Version) -> str:
    """Another mistake in the place of a planted one with which all calls of its function end alike.

    Of a free number it is one with the same value; of two mistakes in one function, one beside the other of the two.
    """
    plant, usual = trial.plants[0], bench.versions.usual(trial.plants[0].function)
    others = [one for one in usual if one.mistake.name not in plant.mistakes]
    if trial.kind == "any constant":
        number = plant.made[0][1]
        sets = [[Made(one.mistake, number)] for one in others if one.mistake.free]
    elif trial.kind == "two in one function":
        sets = [[kept, other] for kept in version.made for other in others]
    else:
        return ""
    assert version.base is not None
    for made in sets:
        for same in bench.versions.together(version.base, made):
            if not bench.differs(version, same, trial.seed):
                return " + ".join(one.mistake.name for one in made)
    return ""


def _alike(
    bench: Bench, namespace: Mapping[str, Any], seed: int, log: CallLog, tests: Collection[str]
) -> bool:
    """Whether the calls of some tests end in a namespace as they did in ``log``."""
    again = CallLog()
    bench.run(namespace, seed, questions=bench.questions_of(tests), log=again)
    right = bench.reference_log(seed).by_test
    for test in tests:
        before, after, known = log.by_test.get(test, []), again.by_test.get(test, []), right.get(test, [])
        if len(before) != len(after):
            return False
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            if one.function != other.function:
                return False
            if not same_outcome(one, other, right=known[number] if number < len(known) else None):
                return False
    return True


def _drawn(bench: Bench, trial: DrawTrial) -> tuple[Plant, ...]:
    """The first candidates that compose and show each of their mistakes; empty if there are none."""
    for plants in itertools.islice(
        bench.plantings(trial.questions).candidates(trial.kind, trial.number, trial.of), MAX_CANDIDATES
    ):
        if all(_shows(bench, plant, trial.seed) for plant in plants):
            return plants
    return ()


def _shows(bench: Bench, plant: Plant, seed: int) -> bool:
    """Whether its mistakes compose and each of them changes something that the suite's calls give.

    An alternative must give other results than the solution; otherwise it is the solution as far as anyone can see.
    What only raises exceptions does not count: many mistakes raise the same ones. Nor does what is another mistake in
    an alternative: the edit found the same code with another meaning, and gives what two mistakes give elsewhere. Nor
    do two that are a third one: fewer mistakes are told rather than more.
    """
    if not plant.base and len(plant.made) == 1:
        return True
    version = bench.version(plant)
    if version is None:
        return False
    right = bench.versions.right(plant.function)[0]
    others = [one for mistake in version.mistakes for one in bench.versions.without(version, mistake)[:1]]
    if plant.base and not all(bench.differs(one, right, seed) for one in others):
        return False
    if plant.base and any(not bench.differs(version, pair, seed) for pair in _with_another(bench, plant)):
        return False
    if len(plant.made) > 1 and any(not bench.differs(version, one, seed) for one in _single(bench, plant)):
        return False
    results = [bench.results(one, seed) for one in (*others, version)]
    return len(set(results)) == len(results) and bench.differs(version, right, seed, answered=True)


def _single(bench: Bench, plant: Plant) -> Iterator[Version]:
    """The solution with each mistake of the function alone."""
    right = bench.versions.right(plant.function)[0]
    for made in bench.versions.usual(plant.function):
        yield from bench.versions.together(right, [made])


def _with_another(bench: Bench, plant: Plant) -> Iterator[Version]:
    """The solution with the mistakes of a planting and one more."""
    right = bench.versions.right(plant.function)[0]
    made = [Made(bench.mistakes[name], number) for name, number in plant.made]
    for other in bench.versions.usual(plant.function):
        if other.mistake.name not in plant.mistakes:
            yield from bench.versions.together(right, [*made, other])


def _mutate(bench: Bench, trial: MutantTrial) -> list[TestRun]:
    """Run the function's own question up to the first failing test."""
    try:
        namespace = bench.namespace([trial.source])
    except Exception as error:
        return [TestRun("", "", False, 0.0, f"{type(error).__name__}: {error}")]
    return bench.run_mutant(namespace, trial.function, trial.seed)
