"""Submissions a second: each original through its own command with as many processes as gradmark has workers."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.adopted.originals import original_python
from benchmarks.adopted.ours import grade_with_gradmark
from benchmarks.adopted.recorded import Own, own_assignments, write_for_gradmark, write_for_original
from benchmarks.measure import circumstances, table

__all__ = ["measured"]

MORE = 40
"""How many times as many submissions gradmark gets."""


class Cost(NamedTuple):
    """What a class cost, in seconds."""

    wall: float
    user: float
    system: float

    def less(self, other: Cost) -> Cost:
        """What it cost more than another."""
        return Cost(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


def measured(count: int, jobs: int) -> str:
    """Two tables for the first of our assignments for each original: submissions a second, and processor time of one.

    The assignment is handed in ``count`` times, and to gradmark more often. All the time from the command to its end
    counts, so a class is as large as it would be: what a command does once is no part of the cost of a submission. What
    is done once for an assignment is done before: otter's autograder, nbgrader's release, gradmark's plan.

    Otter grades one notebook a command, so ``jobs`` commands run at a time; `otter grade` does so in containers.
    nbgrader grades one student after another, so ``jobs`` commands have a part of the class and a course each.
    """
    rates, times = [], []
    for original in ("otter", "nbgrader"):
        own = next(one for one in own_assignments() if one.original == original)
        with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
            theirs = (_otter if original == "otter" else _nbgrader)(own, count, jobs, Path(scratch))
        few, many = (_gradmark(own, size, jobs) for size in (count, MORE * count))
        ratio = f"{(theirs.wall / count) / (many.wall / MORE / count):.0f}"
        for name, submissions, cost in ((original, count, theirs), ("gradmark", MORE * count, many)):
            rate = f"{submissions / cost.wall:.2f}"
            compared = ratio if name == "gradmark" else "1"
            rates.append([own.name, name, f"{submissions}", f"{cost.wall:.1f}", rate, compared])
        further = many.less(few)
        for name, submissions, cost in (
            (original, count, theirs), ("gradmark, each further one", (MORE - 1) * count, further)
        ):  # fmt: skip
            times.append([own.name, name, *(f"{1000 * part / submissions:.1f}" for part in cost)])
    head = ("assignment", "grader", "submissions", "s", "submissions a second", "times as many")
    each = (
        "assignment",
        "grader",
        "wall clock, ms a submission",
        "processor in programs, ms",
        "in the kernel, ms",
    )
    return f"{circumstances()}; {jobs} at a time\n\n{table(head, rates)}\n\n{table(each, times)}"


def _otter(own: Own, count: int, jobs: int, folder: Path) -> Cost:
    autograder = write_for_original(own, folder)
    notebooks = _class(folder / "handed-in", count, honest=own)
    commands = []
    for number, path in enumerate(notebooks):
        out = folder / "out" / str(number)
        out.mkdir(parents=True)
        notebook = next(path.glob("*.ipynb"))
        commands.append(["otter", "run", "-a", str(autograder), "-o", str(out), "--no-logo", str(notebook)])
    return _cost([partial(_run, command, original_python("otter"), folder) for command in commands], jobs)


def _nbgrader(own: Own, count: int, jobs: int, folder: Path) -> Cost:
    python = original_python("nbgrader")
    course = write_for_original(own, folder / "course")
    students = _class(course / "submitted", count, honest=own)
    works = []
    for number in range(jobs):
        part = folder / f"part-{number}"
        shutil.copytree(course, part, ignore=shutil.ignore_patterns("submitted"))
        for student in students[number::jobs]:
            shutil.copytree(student, part / "submitted" / student.name)
        _run(["nbgrader", "generate_assignment", own.homework.name, "--create"], python, part)
        works.append(partial(_run, ["nbgrader", "autograde", own.homework.name, "--create"], python, part))
    return _cost(works, jobs)


def _gradmark(own: Own, count: int, jobs: int) -> Cost:
    with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
        path, handed = write_for_gradmark(own, Path(scratch))
        _class(handed, count, honest=own)
        _run(["gradmark", "adopt", str(path)], Path(sys.executable), Path(scratch))
        return _cost([lambda: _graded(path, handed, jobs)], 1)


def _graded(path: Path, handed: Path, jobs: int) -> None:
    grade_with_gradmark(path, handed, jobs=jobs)


def _class(folder: Path, count: int, *, honest: Own) -> list[Path]:
    """Make the folders of a class of ``count`` of the honest submissions in a folder, which all come about as often."""
    given = {name: one for name, one in honest.submissions.items() if one.honest and not one.slow}
    made = []
    for number, name in zip(range(count), itertools.cycle(given), strict=False):
        made.append(folder / f"student{number:03d}")
        shutil.copytree(folder / name, made[-1])
    for name in honest.submissions:
        shutil.rmtree(folder / name)
    return made


def _run(command: Sequence[str], python: Path, folder: Path) -> None:
    env = {**os.environ, "PATH": f"{python.parent}:{os.environ['PATH']}", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(
        [str(python.parent / command[0]), *command[1:]], cwd=folder, env=env, check=True, capture_output=True
    )


def _cost(works: Sequence[Callable[[], None]], jobs: int) -> Cost:
    before, started = _busy(), time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda work: work(), works))
    wall, after = time.perf_counter() - started, _busy()
    return Cost(wall, after[0] - before[0], after[1] - before[1])


def _busy() -> tuple[float, float]:
    """Seconds that this machine's processors have worked, outside the kernel and in it.

    A process that is killed in a sandbox is nobody's child, so what it used is in no account but the machine's.
    """
    user, nice, system, _, _, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    second = os.sysconf("SC_CLK_TCK")
    return (user + nice) / second, (system + irq + softirq) / second
