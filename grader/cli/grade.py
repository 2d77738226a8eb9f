"""``gradmark grade``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.options import (
    FOLDER,
    OLD_FILE,
    course_option,
    find,
    json_option,
    need_linux,
    pset_argument,
    python_option,
    say,
    say_json,
    unsafe_option,
    warn,
)

if TYPE_CHECKING:
    from grader.pset import ProblemSet

__all__ = ["grade"]


@contextlib.contextmanager
def _goes_on_next_time() -> Iterator[None]:
    """Ctrl-C ends the run; what is graded is kept, and the same command does the rest."""
    try:
        yield
    except KeyboardInterrupt:
        say("Stopped. What was graded is kept; run the same command again to go on.", err=True)
        sys.exit(130)


def _given(
    pset: str, course: Path | None, *, outside_only: bool, python: str | None, unsafe: bool
) -> Path | ProblemSet:
    """The folder of a problem set, or another grader's assignment."""
    path = Path(pset)
    if path.exists() and not (path / "pset.yaml").is_file():
        from grader.adopt import adopted_set, is_adopted

        if is_adopted(path):
            return adopted_set(path, outside_only=outside_only, unsafe=unsafe, python=python, warn=warn)
    if outside_only or python:
        raise click.UsageError(
            f"{'--outside-only' if outside_only else '--python'} is for assignments of otter and nbgrader"
        )
    return find(pset, course)


@click.command(epilog="Example: gradmark grade ps1 submissions/ --out graded")
@pset_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--out", required=True, type=FOLDER, metavar="DIR",
    help="Where to write results/, scores.csv and the pages; it holds one problem set.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes. Default: one for each processor."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Grade on a Dask cluster: its scheduler, such as tcp://10.0.0.1:8786.",
)
@click.option(
    "--attempt", "attempts", type=click.Choice(["latest", "first", "all"]), default="latest", show_default=True,
    help="Which attempts to grade, if there are several by one student or group.",
)  # fmt: skip
@click.option(
    "--roster", type=OLD_FILE, metavar="FILE",
    help="Who is in the class: a CSV with id, name and email columns.",
)  # fmt: skip
@click.option(
    "--db",
    metavar="URL",
    help="The gradebook, which may hold a whole course: a file, or postgresql://host/course. Default: "
    "DIR/gradebook.db.",
)
@click.option(
    "--feedback/--no-feedback", default=True, show_default=True,
    help="Make report.html and students' pages at the end.",
)  # fmt: skip
@json_option
@click.option("--verbose", is_flag=True, help="List every file that was not used, and why.")
@click.option("--force", is_flag=True, help="Also grade again what was already graded with the same content.")
@click.option(
    "--outside-only", is_flag=True,
    help="Of another grader's assignment: leave tests that would run inside the student's process to a person.",
)  # fmt: skip
@python_option
@unsafe_option
@course_option
def grade(
    pset: str,
    paths: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    cluster: str | None,
    attempts: Literal["latest", "first", "all"],
    roster: Path | None,
    db: str | None,
    feedback: bool,
    as_json: bool,
    verbose: bool,
    force: bool,
    outside_only: bool,
    python: str | None,
    unsafe: bool,
    course: Path | None,
) -> None:
    """Grade every submission in the paths: notebooks, .py files, zips, and folders of them.

    PSET is a problem set, or an assignment of otter or nbgrader as it is: a folder, a notebook or an autograder.zip.
    Downloads of Gradescope, Canvas, Moodle, nbgrader, otter, GitHub Classroom and others are recognised, as folders or
    archives. What was graded before with the same content is kept. The gradebook records results as they come in, and
    everything in DIR is made from it. Exit code 0 if all were graded, whatever their scores; 1 if some could not be,
    each of them named.
    """
    need_linux()
    from grader.batch.engines import DaskCluster, Engine, LocalProcesses

    workers = jobs or len(os.sched_getaffinity(0))
    engine: Engine = DaskCluster(cluster) if cluster else LocalProcesses(workers)
    folder = _given(pset, course, outside_only=outside_only, python=python, unsafe=unsafe)
    with _goes_on_next_time(), contextlib.closing(engine):
        if force or not (out / "results").is_dir():
            # There will be something to grade, so a worker starts while we load everything else.
            engine.prepare(folder, unsafe=unsafe)
        from grader.batch.classes import grade_class
        from grader.cli.display import MAX_ROWS, class_json, show_class
        from grader.cli.progress import Shown

        graded = grade_class(
            folder, paths, out, engine=engine, db=db, attempts=attempts, roster=roster, pages=feedback,
            renderers=workers, force=force, unsafe=unsafe, remarks=MAX_ROWS, watch=Shown(),
        )  # fmt: skip
    if as_json:
        say_json(class_json(graded, out))
    else:
        show_class(graded, out, verbose=verbose)
    sys.exit(1 if graded.batch.reasons or graded.intake.unread else 0)
