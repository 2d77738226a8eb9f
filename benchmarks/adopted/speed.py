"""Submissions a second: each original through its own command with as many processes as gradmark has workers."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.adopted.originals import original_python
from benchmarks.adopted.ours import grade_with_gradmark
from benchmarks.adopted.recorded import Own, own_assignments, write_for_gradmark, write_for_original
from benchmarks.measure import circumstances, table

__all__ = ["measured"]

MORE = 40
"""How many times as many submissions gradmark gets."""


def measured(count: int, jobs: int) -> str:
    """A table: the first of our assignments for each original, handed in ``count`` times, and to gradmark more often.

    All the time from the command to its end counts, so a class is as large as it would be: what a command does once is
    no part of the cost of a submission.

    Otter grades one notebook a command, so ``jobs`` commands run at a time; `otter grade` does so in containers.
    nbgrader grades one student after another, so ``jobs`` commands have a part of the class and a course each.
    """
    rows = []
    for original in ("otter", "nbgrader"):
        own = next(one for one in own_assignments() if one.original == original)
        with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
            theirs = (_otter if original == "otter" else _nbgrader)(own, count, jobs, Path(scratch))
        with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
            ours = _gradmark(own, MORE * count, jobs, Path(scratch))
        times = (theirs / count) / (ours / MORE / count)
        for name, submissions, seconds in ((original, count, theirs), ("gradmark", MORE * count, ours)):
            rate = f"{submissions / seconds:.2f}"
            ratio = f"{times:.0f}" if name == "gradmark" else "1"
            rows.append([own.name, name, f"{submissions}", f"{seconds:.1f}", rate, ratio])
    head = ("assignment", "grader", "submissions", "s", "submissions a second", "times as many")
    return f"{circumstances()}; {jobs} at a time\n\n{table(head, rows)}"


def _otter(own: Own, count: int, jobs: int, folder: Path) -> float:
    autograder = write_for_original(own, folder)
    notebooks = _class(folder / "handed-in", count, honest=own)
    commands = []
    for number, path in enumerate(notebooks):
        out = folder / "out" / str(number)
        out.mkdir(parents=True)
        notebook = next(path.glob("*.ipynb"))
        commands.append(["otter", "run", "-a", str(autograder), "-o", str(out), "--no-logo", str(notebook)])
    return _seconds([partial(_run, command, original_python("otter"), folder) for command in commands], jobs)


def _nbgrader(own: Own, count: int, jobs: int, folder: Path) -> float:
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
    return _seconds(works, jobs)


def _gradmark(own: Own, count: int, jobs: int, folder: Path) -> float:
    path, handed = write_for_gradmark(own, folder)
    _class(handed, count, honest=own)
    return grade_with_gradmark(path, handed, jobs=jobs).seconds


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


def _seconds(works: Sequence[Callable[[], None]], jobs: int) -> float:
    started = time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda work: work(), works))
    return time.perf_counter() - started
