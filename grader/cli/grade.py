"""``gradmark grade``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click

from grader.cli.options import course_option, find, pset_argument, say

__all__ = ["grade"]


@contextlib.contextmanager
def _goes_on_next_time() -> Iterator[None]:
    """Ctrl-C ends the run; what is written stays, and running the command again does the rest."""
    try:
        yield
    except KeyboardInterrupt:
        say("Stopped. What was graded is kept; run the same command again to go on.", err=True)
        sys.exit(130)


@click.command(epilog="Example: gradmark grade ps1 submissions/ --out graded")
@pset_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Where results/, scores.csv and the pages are written; it holds one problem set.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; by default one a processor."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler, such as tcp://10.0.0.1:8786, instead of this machine.",
)
@click.option(
    "--attempt", "attempts", type=click.Choice(["latest", "first", "all"]), default="latest", show_default=True,
    help="Which attempts of a student or group are graded, where the export holds several.",
)  # fmt: skip
@click.option(
    "--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="CSV with id, name and email columns: who the submissions are by.",
)  # fmt: skip
@click.option(
    "--db",
    metavar="URL",
    help="The gradebook, a file or postgresql://host/course, which may hold a whole course; by default "
    "DIR/gradebook.db.",
)
@click.option(
    "--feedback/--no-feedback", default=True, show_default=True,
    help="Make report.html and the students' pages when all is graded.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Say as JSON, not as a table, what was graded.")
@click.option("--verbose", is_flag=True, help="List every file that was not used, and why.")
@click.option("--force", is_flag=True, help="Grade again what was graded already with the same content.")
@click.option("--unsafe", is_flag=True, help="Grade although this machine cannot isolate submissions safely.")
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
    unsafe: bool,
    course: Path | None,
) -> None:
    """Grade every submission found in the paths: notebooks, .py files, zips, and folders of them.

    The downloads of Gradescope, Canvas, nbgrader, otter and GitHub Classroom are recognised, as folders or archives.
    What was graded before with the same content is kept. Results are recorded in the gradebook as they come in, and
    everything in DIR is made from it. Exit code 0 when all were graded, whatever their scores;
    1 when some could not be, each of them named.
    """
    if not sys.platform.startswith("linux"):
        raise click.UsageError("grading needs Linux; run it in the grading container on this machine")
    from grader.batch.engines import DaskCluster, Engine, LocalProcesses

    workers = jobs or len(os.sched_getaffinity(0))
    engine: Engine = DaskCluster(cluster) if cluster else LocalProcesses(workers)
    folder = find(pset, course)
    with _goes_on_next_time(), contextlib.closing(engine):
        if not out.exists():
            # Everything is to be graded, so a worker starts while we load what else it takes.
            engine.prepare(folder, unsafe=unsafe)
        from grader.batch.classes import grade_class
        from grader.cli.display import MAX_ROWS, Shown, class_json, show_class

        graded = grade_class(
            folder, paths, out, engine=engine, db=db, attempts=attempts, roster=roster, pages=feedback,
            renderers=workers, force=force, unsafe=unsafe, remarks=MAX_ROWS, watch=Shown(),
        )  # fmt: skip
    if as_json:
        say(class_json(graded, out))
    else:
        show_class(graded, out, verbose=verbose)
    sys.exit(1 if graded.batch.reasons or graded.intake.unread else 0)
