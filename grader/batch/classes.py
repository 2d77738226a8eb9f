"""Grading a class: from what lies in some folders to the gradebook, and from there to everything that is read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine as Database

from grader.batch.engines import Engine
from grader.batch.run import Batch, grade_batch
from grader.gradebook import PsetScores, Recorder, documents_of, open_engine, reading
from grader.intake import Attempts, Intake, load_roster, printable, take_in, without_times
from grader.pset import ProblemSet, load_problem_set, missing_modules
from grader.report import GradedFolder, Notebooks, Unrendered, keep_notebooks, write_folder
from grader.wording import first_thing

__all__ = ["GradedClass", "Onlooker", "grade_class"]


class Onlooker:
    """Told how grading goes on; this one keeps silent."""

    def taken_in(self, intake: Intake) -> None:
        """What the paths were taken for."""

    def warns(self, sentence: str) -> None:
        """Something that a person should know before they trust the results."""

    def begins(self, what: str, total: int) -> contextlib.AbstractContextManager[Callable[[], None]]:
        """Something takes long: ``"grade"`` or ``"read"``, so many times; gives what is called at each step."""
        return contextlib.nullcontext(lambda: None)


@dataclass
class GradedClass:
    """What grading a class gave."""

    problem_set: ProblemSet
    intake: Intake
    batch: Batch
    scores: PsetScores
    """Everyone's points, of this call's submissions and of all others that the gradebook has."""
    first_things: dict[str, str] = field(default_factory=dict)
    """By submission, what to look at first; of small classes."""
    unrendered: Unrendered = field(default_factory=dict)
    """Why attempts' notebooks could not be shown on their pages."""


def grade_class(
    pset: Path,
    paths: Sequence[Path],
    out: Path,
    *,
    engine: Engine,
    db: str | None = None,
    attempts: Attempts = "latest",
    roster: Path | None = None,
    pages: bool = True,
    renderers: int = 1,
    force: bool = False,
    unsafe: bool = False,
    remarks: int = 0,
    by: str = "",
    watch: Onlooker | None = None,
) -> GradedClass:
    """Grade every submission found in the paths, record it, and make the folder that people read.

    Args:
        pset: The problem set's folder.
        paths: Notebooks, ``.py`` files, archives, folders of them.
        out: The folder; it holds one problem set.
        engine: Who grades.
        db: The gradebook's URL; a file in ``out`` where not given.
        attempts: Which of several attempts of a student are graded.
        roster: A CSV that says who the submissions are by, and of whom one is expected.
        pages: Make the class's and the students' pages.
        renderers: Sandboxes that read notebooks for the pages at the same time.
        force: Grade again what was graded with the same content.
        unsafe: Accept a machine that cannot isolate safely.
        remarks: Say what to look at first where there are at most so many submissions.
        by: Who grades; whoever is logged in where not given.
        watch: Told how it goes on.

    Raises:
        GradmarkError: Nothing was found, the course cannot be graded with, or the folder or gradebook cannot be
            written; what was recorded until then stays.
    """
    watch, folder = watch or Onlooker(), GradedFolder(out)
    folder.refuse_another(pset.name)
    if force or not folder.results.is_dir():
        engine.prepare(pset, unsafe=unsafe)  # while we read what there is to grade
    problem_set = load_problem_set(pset)
    for missing in missing_modules(problem_set):
        watch.warns(str(missing))
    known = load_roster(roster) if roster else None
    intake = take_in(
        paths, problem_set.name, attempts=attempts, roster=known, zone=problem_set.timezone, unsafe=unsafe
    )
    if not all(folder.path(one.name).exists() for one in intake.found):
        engine.prepare(pset, unsafe=unsafe)
    engine.expect(len(intake.found))
    watch.taken_in(intake)
    if problem_set.due and (untold := without_times(intake.found)):
        watch.warns(untold)
    folder.create(problem_set.name)
    database = open_engine(db or out / "gradebook.db")
    try:
        recorder = Recorder(database, problem_set, by=by, roster=known.students if known else ())
        with watch.begins("grade", len(intake.found)) as step:
            batch = grade_batch(
                problem_set,
                intake.found,
                recorder,
                folder,
                engine=engine,
                force=force,
                unsafe=unsafe,
                progress=step,
            )
        for problem in batch.problems:
            watch.warns(problem)
        for doubt in recorder.doubts:
            watch.warns(printable(doubt))
        if known:
            recorder.enrol(known.students)
        graded = GradedClass(problem_set, intake, batch, PsetScores(recorder.pset, "", "", [], []))
        if pages:
            graded.unrendered = _render(graded, database, recorder.pset, renderers, unsafe, watch)
        written = write_folder(database, folder, problem_set.name, datetime.now(UTC), pages=pages)
        graded.scores = written.scores
        for name, problem in written.problems.items():
            watch.warns(f"the page {name}.html could not be made: {problem}")
        if len(intake.found) <= remarks:
            graded.first_things = _first_things(database, written.scores, set(batch.statuses))
        return graded
    finally:
        database.dispose()


def _render(
    graded: GradedClass, database: Database, pset: int, renderers: int, unsafe: bool, watch: Onlooker
) -> Unrendered:
    """Show what was handed in as students' pages will."""
    statuses = graded.batch.statuses
    readable = [number for name, number in graded.batch.attempts.items() if statuses[name] != "rejected"]
    with watch.begins("read", len(readable)) as step:
        return keep_notebooks(
            graded.problem_set,
            Notebooks(database, pset),
            readable,
            workers=min(renderers, max(1, len(readable))),
            unsafe=unsafe,
            progress=step,
        )


def _first_things(database: Database, scores: PsetScores, names: set[str]) -> dict[str, str]:
    wanted = [
        (attempt.result, attempt.submission, None)
        for _, attempt in scores.submissions
        if attempt.submission in names
    ]
    with reading(database) as connection:
        return {
            result.submission: first_thing(result)
            for _, result in documents_of(connection, scores.number, wanted)
        }
