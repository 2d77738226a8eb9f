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


def measured(count: int, jobs: int) -> str:
    """A table: the first of our assignments for each original, handed in ``count`` times.

    Otter grades one notebook a command, so ``jobs`` commands run at a time; `otter grade` does so in containers.
    nbgrader grades one student after another, so ``jobs`` commands have a part of the class and a course each.
    """
    rows = []
    for original in ("otter", "nbgrader"):
        own = next(one for one in own_assignments() if one.original == original)
        with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
            theirs = (_otter if original == "otter" else _nbgrader)(own, count, jobs, Path(scratch))
        with tempfile.TemporaryDirectory(prefix="speed-") as scratch:
            ours = _gradmark(own, count, jobs, Path(scratch))
        for name, seconds in ((original, theirs), ("gradmark", ours)):
            figures = (f"{seconds:.1f}", f"{count / seconds:.2f}") if seconds else ("-", "-")
            rows.append([own.name, name, *figures])
    head = ("assignment", "grader", f"s for a class of {count}", "submissions a second")
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
    try:
        return grade_with_gradmark(path, handed, jobs=jobs).seconds
    except RuntimeError as error:
        print(error)
        return 0.0


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
