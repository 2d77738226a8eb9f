"""Grading a class: from what was handed in to the gradebook, and from there to everything that people read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.batch.engines import Engine
from grader.batch.run import Batch, grade_batch
from grader.gradebook import Database, PsetScores, Recorder, documents_of, open_gradebook, reading
from grader.intake import Attempts, Intake, load_roster, printable, take_in, without_times
from grader.mending import first_thing
from grader.pset import ProblemSet, load_problem_set, missing_modules
from grader.pset.recorded import NO_RECORD, WAITS_FOR_STAFF
from grader.report import GradedFolder, Notebooks, Unrendered, keep_notebooks, write_folder
from grader.text import first_few
from grader.wording import WAITS

__all__ = ["GradedClass", "Onlooker", "grade_class"]


class Onlooker:
    """Told how grading goes on; this one stays silent."""

    def taken_in(self, intake: Intake) -> None:
        """What was found in the paths."""

    def warns(self, sentence: str) -> None:
        """Something to know before trusting the results."""

    def begins(self, what: str, total: int) -> contextlib.AbstractContextManager[Callable[[], None]]:
        """A long task begins, ``"grade"`` or ``"read"``, of so many steps; gives what to call after each."""
        return contextlib.nullcontext(lambda: None)


@dataclass
class GradedClass:
    """What grading a class gave."""

    problem_set: ProblemSet
    intake: Intake
    batch: Batch
    scores: PsetScores
    """Everyone's points: of these submissions, and of all others in the gradebook."""
    first_things: dict[str, str] = field(default_factory=dict)
    """What to look at first in each submission of a small class."""
    unrendered: Unrendered = field(default_factory=dict)
    """Why some attempts' notebooks cannot be shown on their pages."""


def grade_class(
    pset: Path | ProblemSet,
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
    """Grade every submission in the paths, record it, and make the folder that people read.

    Args:
        pset: The problem set, or its folder.
        paths: Notebooks, ``.py`` files, archives, folders of them.
        out: The folder to make; it holds one problem set.
        engine: What grades.
        db: The gradebook's URL; by default a file in ``out``.
        attempts: Which attempts to grade, if a student has several.
        roster: A CSV that says who is in the class.
        pages: Make the class's and the students' pages.
        renderers: How many sandboxes read notebooks for the pages at the same time.
        force: Also grade again what was graded with the same content.
        unsafe: Accept a machine that cannot isolate safely.
        remarks: Say what to look at first if there are at most so many submissions.
        by: Who grades; by default whoever is logged in.
        watch: Told how it goes on.

    Raises:
        GradmarkError: Nothing was found, the course cannot be graded with, or the folder or gradebook cannot be
            written; what was recorded until then stays.
    """
    watch, folder = watch or Onlooker(), GradedFolder(out)
    problem_set = pset if isinstance(pset, ProblemSet) else load_problem_set(pset)
    folder.refuse_another(problem_set.name)
    for missing in missing_modules(problem_set):
        watch.warns(str(missing))
    if problem_set.drawn and not problem_set.record:
        watch.warns(NO_RECORD)
    known = load_roster(roster) if roster else None
    intake = take_in(
        paths,
        problem_set.handed_in_as,
        attempts=attempts,
        roster=known,
        zone=problem_set.timezone,
        unsafe=unsafe,
        together=problem_set.handed_in_together,
    )
    if force or not all(folder.path(one.name).exists() for one in intake.found):
        engine.prepare(pset, unsafe=unsafe)
    engine.expect(len(intake.found))
    watch.taken_in(intake)
    if problem_set.due and (untold := without_times(intake.found)):
        watch.warns(untold)
    folder.create(problem_set.name)
    database = open_gradebook(db or out / "gradebook.db")
    try:
        recorder = Recorder(database, problem_set, by=by, roster=known.students if known else ())
        with watch.begins("grade", len(intake.found)) as step:
            batch = grade_batch(
                problem_set, intake.found, recorder, folder, engine=engine, force=force, unsafe=unsafe, progress=step
            )  # fmt: skip
        for sentence in [*batch.problems, *map(printable, recorder.doubts)]:
            watch.warns(sentence)
        if waiting := [name for name, reason in batch.reasons.items() if reason == WAITS]:
            watch.warns(f"{first_few(waiting)}: {WAITS_FOR_STAFF}")
        if batch.other_numbers:
            watch.warns(
                f"{first_few(batch.other_numbers)} work{'s' * (len(batch.other_numbers) == 1)} with other numbers than "
                "their students were given, by which they are judged; the report says which"
            )
        if known:
            recorder.enrol(known.students)
        notebooks = Notebooks(database, recorder.pset)
        unrendered = _render(problem_set, batch, notebooks, renderers, unsafe, watch) if pages else {}
        written = write_folder(database, folder, problem_set.name, datetime.now(UTC), pages=pages)
        for name, problem in written.problems.items():
            watch.warns(f"the page {name}.html could not be made: {problem}")
        few = len(intake.found) <= remarks
        firsts = _first_things(database, written.scores, set(batch.statuses)) if few else {}
        return GradedClass(problem_set, intake, batch, written.scores, firsts, unrendered)
    finally:
        database.dispose()


def _render(
    problem_set: ProblemSet, batch: Batch, notebooks: Notebooks, renderers: int, unsafe: bool, watch: Onlooker
) -> Unrendered:
    """Render the notebooks as students' pages will show them."""
    readable = [number for name, number in batch.attempts.items() if batch.statuses[name] != "rejected"]
    with watch.begins("read", len(readable)) as step:
        return keep_notebooks(
            problem_set,
            notebooks,
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
