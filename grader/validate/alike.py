"""Names that no call of the suite tells apart, and calls that would.

Every form of every mistake, and of every alternative, makes the calls again that the tests make of the reference. Where
two of them give the same in all, nobody who sees a student's results can know which of them it was.
"""

from __future__ import annotations

import itertools
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import behaviour
from grader.judge.repeatable import repeatable_memory
from grader.judge.replay import Thread
from grader.text import many
from grader.validate.bench import Bench
from grader.validate.plantings import Plant
from grader.validate.pool import Lost
from grader.validate.report import SuiteProblem
from grader.validate.variations import Parameters, variations

__all__ = ["ReplayTrial", "TellTrial", "Told", "not_told_apart", "replayed", "replays", "tell_trials", "told"]

AT_ONCE = 10
"""Versions whose calls one trial makes again."""
MAX_PAIRS = 60
"""Pairs for which a call is looked for."""
MAX_THREADS = 8
"""Recorded calls that are varied, the smallest of each test first."""
MAX_STEPS = 30
"""Calls that belong together, to be made again for each variation."""
MAX_TRIED = 1_500
"""Variations that are tried for one pair."""
TELL_SECONDS = 6.0
"""Processor time for one pair."""


@dataclass(frozen=True)
class ReplayTrial:
    """Versions of one function, on one seed: what they give in the calls of the reference."""

    plants: tuple[Plant, ...]
    seed: int


@dataclass(frozen=True)
class TellTrial:
    """Two versions of one function that seem to give the same, on one seed: a call that tells them apart."""

    one: Plant
    other: Plant
    seed: int


@dataclass(frozen=True)
class Told:
    """What became of looking for a call."""

    apart: bool
    """Whether the suite's calls tell them apart after all."""
    call: str = ""
    """The call that would, in words; empty if none was found."""


def replays(bench: Bench, questions: tuple[str, ...], seed: int) -> Iterator[ReplayTrial]:
    """Trials for all mistakes that concern some questions."""
    for function, plants in bench.plantings(questions).entries().items():
        if any(call.function == function for call in bench.reference_log(seed)):
            for start in range(0, len(plants), AT_ONCE):
                yield ReplayTrial(tuple(plants[start : start + AT_ONCE]), seed)


def replayed(bench: Bench, trial: ReplayTrial) -> list[str]:
    """A digest of what each version gives; empty if it does not exist or takes too long."""
    versions = map(bench.version, trial.plants)
    return [bench.results(version, trial.seed) if version else "" for version in versions]


def tell_trials(results: Mapping[Any, Any]) -> list[TellTrial]:
    """Trials for the pairs of entries that gave the same, up to `MAX_PAIRS`."""
    return _pairs(results)[:MAX_PAIRS]


def _pairs(results: Mapping[Any, Any]) -> list[TellTrial]:
    """The pairs of entries that gave the same, each once."""
    alike: dict[tuple[str, str], list[tuple[Plant, int]]] = defaultdict(list)
    for trial, digests in results.items():
        if isinstance(trial, ReplayTrial) and not isinstance(digests, Lost):
            for plant, digest in zip(trial.plants, digests, strict=True):
                if digest:
                    alike[plant.function, digest].append((plant, trial.seed))
    found: dict[tuple[str, str], TellTrial] = {}
    for group in alike.values():
        solution = any(not plant.made and not plant.on for plant, _ in group)
        # What an alternative shares with the solution, it need not be told of again.
        listed = [(plant, seed) for plant, seed in group if not (solution and plant.on)]
        for (one, seed), (other, _) in itertools.combinations(listed, 2):
            names = tuple(sorted((_entry(one), _entry(other))))
            if names[0] != names[1] and (one.made or other.made):
                found.setdefault((names[0], names[1]), TellTrial(one, other, seed))
    return list(found.values())


def _entry(plant: Plant) -> str:
    return " + ".join(plant.mistakes) or plant.on


def not_told_apart(bench: Bench, results: Mapping[Any, Any]) -> Iterator[SuiteProblem]:
    """A problem for each pair that no call of the suite tells apart."""
    for trial, result in results.items():
        if isinstance(trial, TellTrial) and (isinstance(result, Lost) or not result.apart):
            pair = sorted((trial.one, trial.other), key=lambda one: (not one.made, one.label))
            names = " and ".join(one.label for one in pair)
            said = f"{names} give the same in every call of {trial.one.function} that the suite makes; "
            if isinstance(result, Told) and result.call:
                said += f"{result.call} tells them apart: add it to a test"
            else:
                said += "no call that we tried tells them apart; they may be the same mistake: merge them"
            yield SuiteProblem("names not told apart", said, tuple(bench.own_questions(trial.one.function)))
    if left := _pairs(results)[MAX_PAIRS:]:
        said = (
            f"{many(len(left), 'more pair')} of entries give the same in every call; mend those above first"
        )
        yield SuiteProblem("names not told apart", said)


# Looking for a call ------------------------------------------------------------------------------------------


def told(bench: Bench, trial: TellTrial) -> Told:
    """Whether the suite's calls tell two versions apart, or which call would."""
    function = trial.one.function
    versions = [bench.version(plant) for plant in (trial.one, trial.other)]
    assert all(versions)
    one, other = (bench.namespace_of([version]) for version in versions if version)
    right, threads = bench.namespace_of(()), bench.threads(function, trial.seed)
    with repeatable_memory(), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with bounded(TELL_SECONDS):
                if any(_apart(thread, one, other, right) for thread in threads):
                    return Told(apart=True)
                tests = _tests(bench, trial.seed)
                for thread, words in itertools.islice(_varied(threads, right, tests), MAX_TRIED):
                    if _apart(thread, one, other, right, valid=True):
                        return Told(apart=False, call=words)
        except TooLong:
            pass
    return Told(apart=False)


def _tests(bench: Bench, seed: int) -> dict[int, str]:
    """By ``id`` of each recorded call, the test that makes it."""
    called = {test.key: test.called for test in bench.tests}
    log = bench.reference_log(seed).by_test
    return {id(call): called[test] for test, calls in log.items() for call in calls}


def _varied(
    threads: Sequence[Thread], right: Mapping[str, Any], tests: Mapping[int, str]
) -> Iterator[tuple[Thread, str]]:
    """Threads with one call varied, and words for that call."""
    chosen = _smallest(threads, tests)
    calls = [call for thread in chosen for call in thread.calls if not call.on]
    for thread in chosen:
        for number, call in enumerate(thread.calls):
            if call.on not in ("", "()"):
                continue
            parameters = Parameters.of(right.get(call.function)) if not call.on else Parameters((), {})
            others = [one for one in calls if one is not call] if not call.on else []
            for words, changed in variations(call, parameters, others):
                steps = [*thread.calls[:number], changed, *thread.calls[number + 1 :]]
                yield (
                    replace(thread, calls=tuple(steps)),
                    f"the call of {call.function} in {tests[id(call)]}, with {words},",
                )


def _smallest(threads: Sequence[Thread], tests: Mapping[int, str]) -> list[Thread]:
    """Some threads: the smallest of each test, then the next ones."""

    def size(thread: Thread) -> int:
        given = [value for call in thread.calls for value in (*call.arguments, *call.keywords.values())]
        return sum(value.size if isinstance(value, np.ndarray) else 1 for value in given)

    places: dict[str, int] = defaultdict(int)
    ranked = []
    for thread in sorted(threads, key=size):
        if len(thread.calls) <= MAX_STEPS:
            test = tests[id(thread.calls[0])]
            ranked.append((places[test], thread))
            places[test] += 1
    return [thread for _, thread in sorted(ranked, key=lambda one: one[0])[:MAX_THREADS]]


def _apart(
    thread: Thread,
    one: Mapping[str, Any],
    other: Mapping[str, Any],
    right: Mapping[str, Any],
    *,
    valid: bool = False,
) -> bool:
    """Whether two versions give something else; with ``valid``, only if the solution gives finite numbers."""
    ours, theirs = ([again for _, again in thread.replay(names)] for names in (one, other))
    if valid and behaviour(ours) == behaviour(theirs):
        return False
    known = [again for _, again in thread.replay(right)]
    if valid and not all(call.error is None and _finite(call.value) for call in known):
        return False
    return not all(
        thread.same(our, their, right=good) for our, their, good in zip(ours, theirs, known, strict=True)
    )


def _finite(value: Any) -> bool:
    if isinstance(value, float | np.ndarray | np.generic):
        array = np.asarray(value)
        return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
    held = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return all(map(_finite, held))
