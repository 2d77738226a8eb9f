"""How long explaining one wrong submission takes, as a ratio to running the suite on it in the same process.

    python -m benchmarks.explaining [--psets ps0,ps1] [--count 30] [--rounds 3] [--seed 0]
    ... [--json FILE]       also write the figures to a file
    ... [--against FILE]    also print how many times the ratio in that file each ratio is

The two take turns, so that a busy machine slows down both. The sample is drawn by name: what keeps its name is drawn
again after the course's mistakes have changed.

A function is wrong in an unnamed way if the numbers that it returns are changed by a small part, another one for each
entry, or by one if they are whole numbers only. No list of mistakes has that.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import hashlib
import itertools
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

# One thread each, as in grading; set before numpy is loaded.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import numpy as np

from benchmarks.measure import circumstances, table
from grader.draws import GRADED
from grader.judge.calls import CallLog
from grader.pset import load_problem_set
from grader.validate.bench import Bench
from tools.psets import ready

COURSE = Path(__file__).resolve().parents[1]
KINDS = ("one mistake", "two mistakes", "unnamed", "unnamed, and a mistake")
CHANGES = (1e-3, 1e-2, 1e-1)
"""How much the numbers change that a function returns, if it is wrong in an unnamed way; as parts of them."""
ALL = "all"
NEW = 3
"""Submissions of each kind that are also explained by an explainer which has not explained anything yet."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Planted:
    """What replaces one function of the solution."""

    name: str
    function: str
    source: str


@dataclass
class Taken:
    """What one submission took, in seconds: one number each round."""

    parts: tuple[str, ...]
    suite: list[float] = field(default_factory=list)
    explain: list[float] = field(default_factory=list)
    failed: int = 0
    explained: int = 0
    """Of the failed tests."""
    new: float | None = None
    """Seconds for a new explainer, which has to read and compile the mistakes."""

    @property
    def ratio(self) -> float:
        return statistics.median(e / s for s, e in zip(self.suite, self.explain, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    everything = ",".join(folder.name for folder in ready(COURSE))
    parser.add_argument("--psets", default=everything, help="problem sets, separated by commas")
    parser.add_argument(
        "--count", type=int, default=30, help="the most submissions of each kind and problem set"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run and explained")
    parser.add_argument("--seed", type=int, default=0, help="which submissions are drawn")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with figures written earlier")
    given = parser.parse_args()
    before = json.loads(given.against.read_text(encoding="utf-8")) if given.against else None
    conditions = f"{circumstances()}; seed {given.seed}"
    psets = given.psets.split(",")
    taken = {
        (pset, kind): of_kind
        for pset in psets
        for kind, of_kind in measured(pset, given.count, given.rounds, given.seed).items()
    }
    rows = [figures(pset, kind, of_kind) for (pset, kind), of_kind in taken.items() if of_kind]
    if len(psets) > 1:
        rows += [figures(ALL, kind, [one for pset in psets for one in taken[pset, kind]]) for kind in KINDS]
    print(f"{conditions}\n\n{shown(rows, before, psets)}")
    if before:
        print(f"\nBefore: {before['conditions']}")
    if given.json:
        kept = {"conditions": conditions, "psets": psets, "rows": rows, "submissions": list(_each(taken))}
        given.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


# Submissions -------------------------------------------------------------------------------------------------


def samples(bench: Bench, count: int, seed: int) -> dict[str, list[tuple[Planted, ...]]]:
    """The submissions of each kind, as what replaces functions of the solution."""
    mistakes = [Planted(one.name, one.function, one.source) for one in bench.mistakes.values()]
    unnamed = [one for one in _unnamed(bench.problem_set.functions) if _failed(bench, [one])[1]]
    candidates: dict[str, Iterable[tuple[Planted, ...]]] = {
        "one mistake": ((one,) for one in mistakes),
        "two mistakes": itertools.combinations(mistakes, 2),
        "unnamed": ((one,) for one in unnamed),
        "unnamed, and a mistake": itertools.product(unnamed, mistakes),
    }
    return {kind: drawn(candidates[kind], count, f"{seed} {kind}") for kind in KINDS}


def drawn(candidates: Iterable[tuple[Planted, ...]], count: int, key: str) -> list[tuple[Planted, ...]]:
    """Some of those whose parts replace different functions; the choice depends on the names of their parts alone."""

    def place(parts: tuple[Planted, ...]) -> bytes:
        return hashlib.sha256("\n".join([key, *(part.name for part in parts)]).encode()).digest()

    possible = [parts for parts in candidates if len({part.function for part in parts}) == len(parts)]
    return sorted(possible, key=place)[:count]


def _unnamed(functions: Iterable[str]) -> Iterator[Planted]:
    for function, change in itertools.product(functions, CHANGES):
        source = f"from benchmarks.explaining import wrong\n{function} = wrong({function}, {change})\n"
        yield Planted(f"{function} changed by {change:g}", function, source)


def wrong(right: Any, change: float) -> Any:
    """A function with the numbers that it returns changed, or a class with those of its new objects changed."""
    if isinstance(right, type):

        def initialize(self: Any, *arguments: Any, **keywords: Any) -> None:
            right.__init__(self, *arguments, **keywords)
            vars(self).update(changed(vars(self), change))

        return type(right.__name__, (right,), {"__init__": initialize, "__module__": right.__module__})

    @functools.wraps(right)
    def function(*arguments: Any, **keywords: Any) -> Any:
        return changed(right(*arguments, **keywords), change)

    return function


def changed(value: Any, change: float) -> Any:
    """A value with its floats changed by that part of them or less, or without any, with its other numbers changed."""

    def make(part: Any, kinds: str) -> Any:
        if isinstance(part, Mapping):
            return {key: make(item, kinds) for key, item in part.items()}
        if isinstance(part, list | tuple):
            items = [make(item, kinds) for item in part]
            return type(part)(*items) if hasattr(part, "_fields") else type(part)(items)
        if not isinstance(part, np.ndarray | np.generic | bool | int | float | complex):
            return part
        numbers = np.asarray(part)
        if numbers.dtype.kind not in kinds:
            return part
        done.append(part)
        if numbers.dtype.kind == "b":
            new = ~numbers
        elif numbers.dtype.kind in "iu":
            new = np.where(numbers == 0, 1, numbers - 1)
        else:
            new = numbers * (1 + change * np.cos(np.arange(numbers.size))).reshape(numbers.shape)
        return new.astype(numbers.dtype) if isinstance(part, np.ndarray) else type(part)(new)

    done: list[Any] = []
    made = make(value, "fc")
    return made if done else make(value, "biu")


# Measuring ---------------------------------------------------------------------------------------------------


def measured(pset: str, count: int, rounds: int, seed: int) -> dict[str, list[Taken]]:
    """By kind, what each submission to a problem set took."""
    found = {}
    with contextlib.closing(Bench(load_problem_set(COURSE / "psets" / pset))) as bench:
        for kind, sample in samples(bench, count, seed).items():
            taken = [(submission, Taken(tuple(part.name for part in submission))) for submission in sample]
            for submission, _ in taken:
                _once(bench, submission, Taken(()))  # the first time, mistakes are compiled
            gc.unfreeze()
            gc.collect()
            gc.freeze()  # collecting garbage before each measurement takes no time for what stays
            for _ in range(rounds):
                for submission, times in taken:
                    _once(bench, submission, times)
            for submission, times in taken[:NEW]:
                times.new = _by_a_new_explainer(bench, submission)
            found[kind] = [times for _, times in taken]
            print(f"{pset}, {kind}: {len(taken)} submissions", file=sys.stderr, flush=True)
    gc.unfreeze()
    return found


def _once(bench: Bench, submission: Sequence[Planted], times: Taken) -> None:
    log, failed, seconds = _failed(bench, submission)
    times.suite.append(seconds)
    explanations, seconds = timed(lambda: bench.explainer.explain(log, failed))
    times.explain.append(seconds)
    times.failed, times.explained = len(failed), sum(test in explanations for test in failed)


def _by_a_new_explainer(bench: Bench, submission: Sequence[Planted]) -> float:
    log, failed, _ = _failed(bench, submission)
    used = vars(bench).pop("explainer")
    try:
        return timed(lambda: bench.explainer.explain(log, failed))[1]
    finally:
        vars(bench)["explainer"] = used


def _failed(bench: Bench, submission: Iterable[Planted]) -> tuple[CallLog, list[str], float]:
    """The calls and the failed tests of a submission, and the seconds that running the suite takes."""
    log, namespace = CallLog(), bench.namespace(part.source for part in submission)
    runs, seconds = timed(lambda: bench.run(namespace, GRADED, log=log))
    return log, [run.key for run in runs if not run.passed], seconds


def timed(act: Callable[[], Result]) -> tuple[Result, float]:
    """What a function gives and the seconds it takes, on the clock: it may wait for other processes.

    Garbage is collected before, not meanwhile, whoever made it.
    """
    gc.collect()
    gc.disable()
    try:
        started = perf_counter()
        result = act()
        return result, perf_counter() - started
    finally:
        gc.enable()


# Figures -----------------------------------------------------------------------------------------------------


def figures(pset: str, kind: str, taken: Sequence[Taken]) -> dict[str, Any]:
    """One row: milliseconds, and the ratio of explaining to running the suite."""
    explain = [1e3 * statistics.median(one.explain) for one in taken]
    ratios = [one.ratio for one in taken]
    return {
        "pset": pset,
        "kind": kind,
        "submissions": len(taken),
        "explained": sum(one.explained for one in taken) / sum(one.failed for one in taken),
        "suite": statistics.median(1e3 * statistics.median(one.suite) for one in taken),
        "explain": statistics.median(explain),
        "explain 90%": float(np.percentile(explain, 90)),
        "explain max": max(explain),
        "new": statistics.median(1e3 * one.new for one in taken if one.new is not None),
        "ratio": statistics.median(ratios),
        "ratio max": max(ratios),
    }


def shown(rows: Sequence[Mapping[str, Any]], before: Mapping[str, Any] | None, psets: Sequence[str]) -> str:
    """The rows as a table in Markdown, with a comparison if there are figures from before."""
    head = [
        "problem set", "wrong", "submissions", "failures explained", "suite, ms", "explaining, ms", "90 % within, ms",
        "longest, ms", "new explainer, ms", "ratio", "largest ratio",
    ]  # fmt: skip
    earlier = {(row["pset"], row["kind"]): row for row in before["rows"]} if before else {}
    if before and before["psets"] != psets:
        earlier = {key: row for key, row in earlier.items() if key[0] != ALL}
    lines = []
    for row in rows:
        times = [f"{row[name]:.0f}" for name in ("suite", "explain", "explain 90%", "explain max", "new")]
        line = [row["pset"], row["kind"], str(row["submissions"]), f"{row['explained']:.0%}", *times]
        line += [f"{row['ratio']:.2f}", f"{row['ratio max']:.2f}"]
        if before:
            then = earlier.get((row["pset"], row["kind"]))
            line += [f"{row[name] / then[name]:.2f}" if then else "" for name in ("ratio", "ratio max")]
        lines.append(line)
    return table([*head, "ratio, times before", "largest ratio, times before"] if before else head, lines)


def _each(taken: Mapping[tuple[str, str], Iterable[Taken]]) -> Iterator[dict[str, Any]]:
    for (pset, kind), of_kind in taken.items():
        for one in of_kind:
            times = {"suite": one.suite, "explain": one.explain, "new": one.new}
            yield {"pset": pset, "kind": kind, "planted": one.parts, **times, "ratio": one.ratio}


if __name__ == "__main__":
    main()
