"""How long a submission takes, and where the time goes, for copies of the correct answer to problem set 1.

    python benchmarks/throughput.py [--count 50] [--jobs 2] [--parts 15]

The first table is about the command: the time per submission, without start-up, and its ratio to the same cells and
checks run bare, without sandbox or pytest, in as many warm processes at once as there are workers. The second splits up
the time of one submission, which one worker grades again and again. Everything is measured in one run, because times
from different machines cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

# One thread each, as in the judge and its sandbox; set before numpy is loaded.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import numpy as np

from grader.gradebook import Delivery, Recorder, open_gradebook
from grader.judge import Judge, Submission
from grader.judge.plugin import SuitePlugin
from grader.judge.runner import SuiteRunner
from grader.pset import ProblemSet, load_problem_set
from grader.pset.namespace import solution_namespace
from grader.report import GradedFolder
from grader.results import SubmissionResult
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.messages import Calls, CellsFound, Get, Load, Loaded, Outcomes
from grader.sandbox.isolation import choose_plan
from grader.sandbox.outside.host import Sandbox
from grader.student import LocalFunction, LocalStudent

COURSE = Path(__file__).resolve().parents[1]
FIRST = 6
"""Submissions per worker that count as start-up; after them, every worker is running."""
FIXED = ("fork", "isolation", "parse", "end", "write")
LAYERS = frozenset(("bubblewrap", "user", "landlock", "seccomp", "cgroup"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--parts", type=int, default=15, help="how often to split up one submission")
    arguments = parser.parse_args()
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    with tempfile.TemporaryDirectory() as scratch:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        first = FIRST * arguments.jobs
        write_class(problem_set, one, first)
        write_class(problem_set, many, arguments.count + first)
        start_up, whole, further = further_cost(one, many, arguments.jobs, arguments.count, "--no-feedback")
        with_pages = further_cost(one, many, arguments.jobs, arguments.count, "--feedback")[2]
        parts = take_apart(problem_set, Path(scratch), arguments.parts)
    cells, checks = bare_at_once(arguments.jobs)
    bare, each = cells + checks, further * arguments.jobs
    rows = {
        f"the whole command, {arguments.count + first} submissions, {arguments.jobs} workers": 1e3 * whole,
        f"of which: start-up and the first {FIRST} submissions of each worker": 1e3 * start_up,
        "each further submission, wall clock": 1e3 * further,
        "each further submission, wall clock, with a page for its student": 1e3 * with_pages,
        "each further submission, per worker": 1e3 * each,
        "the same cells run bare, in one process per worker": 1e3 * cells,
        "the same checks run bare, likewise": 1e3 * checks,
        "overhead over both, per worker": 1e3 * (each - bare),
    }
    print("| what | ms |")
    print("|---|---:|")
    for what, milliseconds in rows.items():
        print(f"| {what} | {milliseconds:.1f} |")
    paged = with_pages * arguments.jobs / bare
    print(f"\nPer worker, that is {each / bare:.2f} times bare, and {paged:.2f} times with pages.")
    print()
    print(f"| one submission, one worker, median of {arguments.parts} | ms |")
    print("|---|---:|")
    for part, seconds in parts.items():
        print(f"| {part} | {1e3 * seconds:.1f} |")
    print(f"| of which: independent of the notebook and the suite | {1e3 * fixed_cost(parts):.1f} |")


def write_class(problem_set: ProblemSet, folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        # Each copy is a separate submission, and nothing may be kept between them.
        (folder / f"student{number:04d}.ipynb").write_bytes(notebook(problem_set))


def notebook(problem_set: ProblemSet) -> bytes:
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in problem_set.solution_cells()
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def further_cost(one: Path, many: Path, jobs: int, count: int, option: str) -> tuple[float, float, float]:
    """Seconds for a small class, for one with ``count`` more submissions, and for each of these."""
    small, large = (
        grade(folder, folder.with_name(f"{folder.name}{option}"), jobs, option) for folder in (one, many)
    )
    return small, large, (large - small) / count


def grade(folder: Path, out: Path, jobs: int, option: str) -> float:
    command = [sys.executable, "-m", "grader.cli", "grade", "ps1", str(folder)]
    command += ["--out", str(out), "--jobs", str(jobs), "--course", str(COURSE), option]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


# One submission ----------------------------------------------------------------------------------------------


def take_apart(problem_set: ProblemSet, scratch: Path, times: int) -> dict[str, float]:
    """The median seconds of each part of a submission."""
    taken: dict[str, list[float]] = defaultdict(list)
    submission = Submission("someone", {"ps1.ipynb": notebook(problem_set)})
    folder = GradedFolder(scratch / "apart")
    folder.create(problem_set.name)
    book = open_gradebook(scratch / "apart.db")
    recorder = Recorder(book, problem_set)
    with Judge(problem_set) as grader, open_sandbox(problem_set) as open_door:
        grader.grade(submission)
        for _ in range(times):
            fork = clocked(open_door.fork)
            with stopwatch(grader.sandbox) as parts:
                started = time.perf_counter()
                result = grader.grade(submission)
                whole = time.perf_counter() - started
            write = clocked(lambda result=result: folder.write_result(result))
            record = clocked(lambda result=result: _record(recorder, submission, result))
            inside = sum(parts.values())
            taken["fork, unconfined"].append(fork)
            taken["isolation: what confining adds"].append(parts["fork"] - fork)
            taken["parse: send and read the notebook"].append(parts["parse"])
            taken["notebook: run its cells"].append(parts["notebook"])
            taken["calls: to the student's functions and back"].append(parts["calls"])
            taken["checks: draw, compare, judge, pytest"].append(whole - inside)
            taken["end: kill, reap, remove files (waited for here)"].append(parts["end"])
            taken["write: the result's file and the gradebook"].append(write + record)
            taken["total"].append(whole + write + record)
    book.dispose()
    return {part: statistics.median(values) for part, values in taken.items()}


def _record(recorder: Recorder, submission: Submission, result: SubmissionResult) -> None:
    """Record an attempt and its result, with different content every time, as in a class."""
    sha256 = f"{time.perf_counter_ns():064}"
    attempt, _ = recorder.hand_in(Delivery(submission.name, sha256, files=submission.files))
    recorder.record(attempt, result)


def fixed_cost(parts: dict[str, float]) -> float:
    """Seconds that every submission costs, whatever it runs."""
    return sum(seconds for part, seconds in parts.items() if part.startswith(FIXED))


def clocked(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    made = act()
    seconds = time.perf_counter() - started
    if hasattr(made, "end"):
        made.end()
    return seconds


@contextmanager
def open_sandbox(problem_set: ProblemSet) -> Iterator[Sandbox]:
    """A sandbox without layers, to measure a bare fork; no student's code runs in it."""
    plan = choose_plan(without=LAYERS)
    with Sandbox(preload=problem_set.preload, limits=problem_set.limits, plan=plan, unsafe=True) as sandbox:
        sandbox.start()
        yield sandbox


@contextmanager
def stopwatch(sandbox: Sandbox) -> Iterator[dict[str, float]]:
    """Seconds between the messages of grading, and for forking and ending."""
    parts: dict[str, float] = dict.fromkeys(("fork", "parse", "notebook", "calls", "end"), 0.0)
    marks: dict[str, float] = {}
    fork, release, send, receive = sandbox.fork, sandbox.release, Channel.send, Channel.receive

    def timed(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return act(*arguments)
            finally:
                parts[name] += time.perf_counter() - started

        return wrapped

    def sent(channel: Any, message: Any, *rest: Any, **more: Any) -> None:
        if isinstance(message, Load | Calls | Get):
            marks["asked"] = time.perf_counter()
        send(channel, message, *rest, **more)

    def received(channel: Any, **more: Any) -> Any:
        message, body = receive(channel, **more)
        now = time.perf_counter()
        if isinstance(message, CellsFound):
            parts["parse"] += now - marks["asked"]
            marks["found"] = now
        elif isinstance(message, Loaded):
            parts["notebook"] += now - marks["found"]
        elif isinstance(message, Outcomes):
            parts["calls"] += now - marks["asked"]
        return message, body

    def gone(pid: int) -> None:
        """Wait, because a worker that went on would hide the time that this takes."""
        release(pid)
        sandbox.settle()

    sandbox.fork = timed("fork", fork)  # type: ignore[method-assign]
    sandbox.release = timed("end", gone)  # type: ignore[method-assign]
    Channel.send, Channel.receive = sent, received  # type: ignore[method-assign,assignment]
    try:
        yield parts
    finally:
        del sandbox.fork, sandbox.release
        Channel.send, Channel.receive = send, receive  # type: ignore[method-assign]


# Bare --------------------------------------------------------------------------------------------------------


class _Function(LocalFunction):
    """A function that is called directly: no arguments are copied, and nothing is recorded."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._namespace[self.name](*arguments, **keywords)

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [self._namespace[self.name](*arguments) for arguments in batch]


class _Bare(LocalStudent):
    def __getattr__(self, name: str) -> _Function:
        return _Function(name, self._namespace)


def bare_at_once(processes: int) -> tuple[float, float]:
    """Seconds for the solution's cells and for the suite's checks, in several processes at once.

    Two processors are often two halves of one, so a process that runs alone is faster than workers, which share.
    """
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, initializer=_meet_at, initargs=(barrier,)) as pool:
        both = list(pool.map(_time_bare, range(processes)))
    return statistics.median(cells for cells, _ in both), statistics.median(checks for _, checks in both)


_ready: Callable[[], object]


def _meet_at(barrier: Any) -> None:
    global _ready
    _ready = barrier.wait


def _time_bare(_number: int) -> tuple[float, float]:
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    return time_cells(problem_set, _ready), time_checks(problem_set, _ready)


def median_of(run: Callable[[], float], ready: Callable[[], object]) -> float:
    """The median of fifteen runs after a warm-up; ``ready`` is called in between."""
    run()
    ready()
    return statistics.median(run() for _ in range(15))


def time_checks(problem_set: ProblemSet, ready: Callable[[], object]) -> float:
    """Seconds to call the suite's test functions one by one on the solution."""
    student = _Bare(solution_namespace(problem_set))

    def run(plugin: SuitePlugin) -> float:
        started = time.perf_counter()
        for test in plugin.tests:
            given: dict[str, Any] = dict(getattr(getattr(test.item, "callspec", None), "params", {}))
            if "rng" in test.item.fixturenames:
                given["rng"] = np.random.default_rng(0)
            test.item.obj(student, **given)
        return time.perf_counter() - started

    suite = SuiteRunner(problem_set)
    try:
        return median_of(lambda: suite.submit(run), ready)
    finally:
        suite.close()


def time_cells(problem_set: ProblemSet, ready: Callable[[], object]) -> float:
    """Seconds to run the notebook's cells with plain exec."""
    assert problem_set.data_dir is not None
    os.environ["MPLBACKEND"] = "agg"
    os.chdir(problem_set.data_dir)
    import matplotlib.pyplot as plt

    codes = [compile(source, "cell", "exec") for source in problem_set.solution_cells()]

    def run() -> float:
        namespace: dict[str, object] = {}
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
            started = time.perf_counter()
            for code in codes:
                exec(code, namespace)
            plt.close("all")
            return time.perf_counter() - started

    return median_of(run, ready)


if __name__ == "__main__":
    main()
