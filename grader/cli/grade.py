"""``gradmark grade``."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.options import course_option, find, pset_argument

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database

    from grader.batch.run import Batch
    from grader.batch.store import ResultStore
    from grader.intake import Found
    from grader.pset import ProblemSet

__all__ = ["grade"]


@contextlib.contextmanager
def _goes_on_next_time() -> Iterator[None]:
    """Ctrl-C ends the run; what is written stays, and running the command again does the rest."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped. What was graded is kept; run the same command again to go on.", err=True)
        sys.exit(130)


@click.command(epilog="Example: gradmark grade ps1 submissions/ --out graded")
@pset_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Where results/, scores.csv and the rest are written.",
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
    help="The gradebook, such as postgresql://host/course; by default DIR/gradebook.db.",
)
@click.option(
    "--feedback/--no-feedback", default=True, show_default=True,
    help="Make report.html and the students' pages when all is graded.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Say as JSON, not as a table, what was graded.")
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
    force: bool,
    unsafe: bool,
    course: Path | None,
) -> None:
    """Grade every submission found in the paths: notebooks, .py files, zips, and folders of them.

    The downloads of Gradescope, Canvas, nbgrader, otter and GitHub Classroom are recognised, as folders or archives.
    What was graded before with the same content is kept. Exit code 0 when all were graded, whatever their scores;
    1 when some could not be, each of them named.
    """
    if not sys.platform.startswith("linux"):
        raise click.UsageError("grading needs Linux; run it in the grading container on this machine")
    from grader.batch.engines import DaskCluster, Engine, LocalProcesses

    workers = jobs or len(os.sched_getaffinity(0))
    engine: Engine = DaskCluster(cluster) if cluster else LocalProcesses(workers)
    folder, fresh = find(pset, course), force or not (out / "results").is_dir()
    with _goes_on_next_time(), contextlib.closing(engine):
        if fresh:
            engine.prepare(folder, unsafe=unsafe)  # while we read what there is to grade
        from grader.batch.run import grade_batch
        from grader.batch.store import ResultStore
        from grader.intake import load_roster, take_in
        from grader.pset import load_problem_set

        problem_set = load_problem_set(folder)
        known = load_roster(roster) if roster else None
        intake = take_in(paths, problem_set.name, attempts=attempts, roster=known, unsafe=unsafe)
        found = intake.found
        store = ResultStore(out)
        store.create()
        if not fresh and not all(store.path(one.name).exists() for one in found):
            engine.prepare(folder, unsafe=unsafe)
        engine.expect(len(found))
        from grader.cli.display import BatchProgress, batch_json, show_batch, show_intake

        show_intake(intake)

        @functools.cache
        def gradebook() -> Database:
            from grader.gradebook import open_engine

            return open_engine(db or out / "gradebook.db")

        with BatchProgress(len(found)) as progress:
            batch = grade_batch(
                problem_set,
                found,
                store,
                engine=engine,
                force=force,
                unsafe=unsafe,
                progress=progress.advance,
                meanwhile=gradebook,  # early: what is wrong with it shows before the class is graded
            )
        from grader.gradebook import HandedIn, record_results
        from grader.points import exact

        handed_in = (
            HandedIn(batch.results[one.name], one.students, one.submitted, bool(one.late)) for one in found
        )

        def moved(name: str, before: float, now: float) -> None:
            # Also of those that an earlier run graded, which did not come to its end.
            batch.moved[name] = exact(before), exact(now)

        expected = known.students if known else None
        record_results(gradebook(), problem_set, handed_in, roster=expected, moved=moved)
        store.write_scores(batch.results.values(), problem_set.ids)
        if feedback:
            _make_pages(problem_set, found, batch, store, gradebook(), min(workers, len(found)), unsafe)
        gradebook().dispose()
    if as_json:
        click.echo(batch_json(batch, store, intake.unused))
    else:
        show_batch(batch, problem_set, store, intake.unused)
    sys.exit(1 if batch.failures else 0)


def _make_pages(
    problem_set: ProblemSet,
    found: Sequence[Found],
    batch: Batch,
    store: ResultStore,
    gradebook: Database,
    workers: int,
    unsafe: bool,
) -> None:
    """Show what was handed in as students' pages, and the class in report.html."""
    from grader.cli.display import BatchProgress
    from grader.gradebook import scores_of
    from grader.report import Handin, keep_notebooks, write_pages

    by_name = {one.name: one for one in found}
    readable = [name for name, result in batch.results.items() if result.status != "rejected"]
    handins: Iterator[Handin] = (
        (name, batch.results[name].provenance.submission_sha256, by_name[name].read) for name in readable
    )
    with BatchProgress(len(readable), "Reading notebooks", "read") as progress:
        keep_notebooks(
            problem_set, handins, store.folder, workers=workers, unsafe=unsafe, progress=progress.step
        )
    write_pages(store, scores_of(gradebook, problem_set.name), datetime.now(UTC))
