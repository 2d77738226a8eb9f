"""Compare gradient checkers: which errors each catches, how often each fails a correct gradient, how long each takes.

    python -m benchmarks.gradcheck [--seeds N] [--peer-seeds M] [--results FILE] [--write PAGE]

prints Markdown tables for the ReLU network of `benchmarks.network`, or writes them into a page. torch, jax and autograd
take part if they are installed, with their default tolerances; the output names those that are missing. Any Python with
numpy, and with this folder on its path, will do. ``--results`` appends every network's outcome to a file, from which an
interrupted run continues.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import itertools
import json
import os
import platform
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")  # one core per process, for every checker

import numpy as np  # noqa: E402 - threads are set before numpy starts them

from benchmarks.gradient_checkers import (  # noqa: E402
    BATCHES,
    ORDER,
    OURS,
    PEERS,
    Gradient,
    checkers,
    installed,
)
from benchmarks.network import STARTS, Network, near_kink, network, out_of_sight, with_error  # noqa: E402

Job = tuple[str, str, int, bool]
"""Group of checkers, start, seed, and whether errors are injected too."""
Outcome = tuple[Job, list[tuple[str, str, bool]]]
"""A job with its results: (checker, case, passed)."""
MARKS = ("<!-- tables of benchmarks/gradcheck.py -->", "<!-- end of the tables -->")
CASES = (
    "one entry doubled",
    "all entries, 1e-3",
    "all entries, 1e-6",
    "all entries, 1e-8",
    "largest entry, 1e-8",
    "median entry, 1e-7",
    "entry near a kink, 1e-4",
)
LIMITED = CASES[-3:]


def errors(net: Network, gradient: Gradient, seed: int) -> dict[str, tuple[np.ndarray | None, float]]:
    """Which entries to change (None: all), and by what relative error."""
    sizes = np.abs(np.concatenate([part.ravel() for part in gradient]))
    ranks = np.argsort(sizes)
    rng = np.random.default_rng(seed)
    cases: dict[str, tuple[np.ndarray | None, float]] = {
        "one entry doubled": (rng.choice(np.flatnonzero(sizes > 0), 1), 1.0),
        "all entries, 1e-3": (None, 1e-3),
        "all entries, 1e-6": (None, 1e-6),
        "all entries, 1e-8": (None, 1e-8),
        "largest entry, 1e-8": (ranks[-1:], 1e-8),
        "median entry, 1e-7": (ranks[len(ranks) // 2 :][:1], 1e-7),
    }
    near = np.flatnonzero(near_kink(net, 2.0**-10) & (sizes[:1050] > 0))
    if len(near):
        cases["entry near a kink, 1e-4"] = (rng.choice(near, 1), 1e-4)
    return cases


def measure(job: Job) -> Outcome:
    """The verdict of each checker of a group on one network."""
    group, start, seed, inject = job
    net = network(start, seed)
    right = net.gradient(*net.parameters)
    cases: dict[str, Gradient] = {"right": right}
    if inject:
        cases |= {case: with_error(right, *what) for case, what in errors(net, right, seed).items()}
    passed = [
        (name, case, bool(check(net, gradient)))
        for name, check in checkers(group).items()
        for case, gradient in cases.items()
    ]
    return job, passed


def times(group: str, repeats: int = 7) -> list[tuple[str, str, float]]:
    """(checker, start, seconds of processor time) for a correct gradient, from the fastest of some runs."""
    everything = dict(checkers(group))
    if group in BATCHES:
        everything |= BATCHES[group]
    found = []
    for start in STARTS:
        net = network(start, 12_345)
        right = net.gradient(*net.parameters)
        for name, check in everything.items():
            check(net, right)
            # Each run has enough calls for the clock's resolution.
            started = time.process_time()
            check(net, right)
            calls = max(1, int(0.05 / max(1e-4, time.process_time() - started)))
            runs = []
            for _ in range(repeats):
                started = time.process_time()
                for _ in range(calls):
                    check(net, right)
                runs.append((time.process_time() - started) / calls)
            found.append((name, start, min(runs)))
    return found


class Results:
    """Outcomes in memory, and line by line in a file if one is given."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.outcomes: dict[Job, list[tuple[str, str, bool]]] = {}
        self.seconds: dict[tuple[str, str], float] = {}
        if path and path.exists():
            for line in path.read_text().splitlines():
                self._take(json.loads(line))

    def _take(self, entry: dict[str, Any]) -> None:
        if "job" in entry:
            self.outcomes[tuple(entry["job"])] = [(name, case, ok) for name, case, ok in entry["passed"]]
        else:
            self.seconds |= {(name, start): seconds for name, start, seconds in entry["times"]}

    def add(self, **entry: Any) -> None:
        self._take(entry)
        if self.path:
            with self.path.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    def tables(self) -> str:
        # If a network was judged with and without injected errors, its correct gradient counts once.
        judged = {
            (name, start, case, seed): ok
            for (_, start, seed, _), passed in self.outcomes.items()
            for name, case, ok in passed
        }
        tally: dict[tuple[str, str, str], list[int]] = {}
        for (name, start, case, _), ok in judged.items():
            entry = tally.setdefault((name, start, case), [0, 0])
            entry[0] += not ok
            entry[1] += 1
        names = sorted({name for name, _, _ in tally}, key=ORDER.index)
        cases = [case for case in CASES if any(key[2] == case for key in tally)]

        def cell(name: str, start: str, case: str) -> str:
            failed, count = tally.get((name, start, case), (0, 0))
            return f"{failed} of {count}" if count else "–"

        right = [[start, *(cell(name, start, "right") for name in names)] for start in STARTS]
        caught = [
            [start, case, *(cell(name, start, case) for name in names)]
            for start, case in itertools.product(STARTS, cases)
        ]
        parts = [
            "Correct gradients failed (should be 0):",
            table(["start", *names], right),
            "Wrong gradients caught (should be all):",
            table(["start", "relative error in", *names], caught),
        ]
        if self.seconds:
            timed = sorted({name for name, _ in self.seconds}, key=ORDER.index)
            rows = [
                [name, *(f"{1e3 * self.seconds[name, start]:.2f} ms" for start in STARTS)] for name in timed
            ]
            parts += [
                "Processor time of one check of a correct gradient (fastest of seven runs):",
                table(["checker", *STARTS], rows),
            ]
        return "\n\n".join(parts)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def limits(seeds: int) -> str:
    """How often no differences along an entry's coordinate can show its error."""
    rows = []
    for start in STARTS:
        hidden: dict[str, list[bool]] = {}
        for seed in range(seeds):
            net = network(start, seed)
            right = net.gradient(*net.parameters)
            for case, (which, relative) in errors(net, right, seed).items():
                if which is not None and case in LIMITED:
                    hidden.setdefault(case, []).append(out_of_sight(net, right, int(which[0]), relative))
        counts = [hidden.get(case, []) for case in LIMITED]
        rows.append([start, *(f"{sum(count)} of {len(count)}" for count in counts)])
    return "Errors that no differences along the entry can show:\n\n" + table(["start", *LIMITED], rows)


def setting() -> str:
    """Machine, versions and date."""
    versions = [f"Python {platform.python_version()}"]
    for name in ("numpy", *PEERS):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} absent")
    today = datetime.datetime.now(datetime.UTC).date()
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {', '.join(versions)}; {today}."
    )


def write(page: Path, text: str) -> None:
    """Replace the text between the page's two marks."""
    old = page.read_text()
    new, found = re.subn(
        rf"(?s){re.escape(MARKS[0])}.*{re.escape(MARKS[1])}",
        lambda _: f"{MARKS[0]}\n\n{text}\n\n{MARKS[1]}",
        old,
    )
    if found != 1:
        sys.exit(f"{page} has no place for the tables; add the lines {MARKS[0]} and {MARKS[1]}.")
    page.write_text(new)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=5, help="networks per start for gradmark (default 5)")
    parser.add_argument(
        "--injected-seeds", type=int, help="how many of them get injected errors (default: all)"
    )
    parser.add_argument("--peer-seeds", type=int, default=5, help="networks per start for the others")
    parser.add_argument(
        "--starts", default=",".join(STARTS), help=f"some of {', '.join(STARTS)} (default: all)"
    )
    parser.add_argument("--limit-seeds", type=int, default=5, help="networks per start for the limits")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="start no more networks after this"
    )
    parser.add_argument("--only", help="comma-separated: gradmark, complex, classic, torch, jax, autograd")
    parser.add_argument("--no-times", action="store_true", help="do not measure times")
    parser.add_argument("--results", type=Path, help="append outcomes to this file, and continue from it")
    parser.add_argument("--write", type=Path, help=f"write the tables into this page, at {MARKS[0]}")
    return parser.parse_args()


def main() -> None:
    options = _options()
    here, absent = installed()
    wanted = options.only.split(",") if options.only else [*OURS, *here]
    starts = [start for start in STARTS if start in options.starts.split(",")]
    for name in absent:
        print(f"**{name} is not installed, so these tables lack it.**", file=sys.stderr)
    results = Results(options.results)
    injected = options.seeds if options.injected_seeds is None else options.injected_seeds
    jobs: list[Job] = []
    for group in wanted:
        of_ours = group in ("gradmark", "complex")
        count, wrong = (options.seeds, injected) if of_ours else (options.peer_seeds, options.peer_seeds)
        jobs += [(group, start, seed, seed < wrong) for seed in range(count) for start in starts]
    jobs = [job for job in jobs if job not in results.outcomes]
    deadline = time.monotonic() + 60 * options.minutes
    with ProcessPoolExecutor(options.jobs) as pool:
        for done in range(0, len(jobs), 20):
            if time.monotonic() > deadline:
                print(f"Stopped by --minutes with {len(jobs) - done} networks to go.", file=sys.stderr)
                break
            for job, passed in pool.map(measure, jobs[done : done + 20]):
                results.add(job=job, passed=passed)
    if not options.no_times:
        for group in wanted:
            results.add(times=times(group))
    parts = [setting(), results.tables()]
    if options.limit_seeds:
        parts.append(limits(options.limit_seeds))
    text = "\n\n".join(parts)
    if options.write:
        write(options.write, text)
    else:
        print(text)


if __name__ == "__main__":
    main()
