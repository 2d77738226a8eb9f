"""``gradmark report``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.gradebook import by_option, db_option, folder_argument, opened, pset_option, the_pset
from grader.cli.options import json_option, say, say_json

__all__ = ["report"]


@click.command(epilog="Example: gradmark report graded --publish")
@folder_argument
@click.option(
    "--publish/--unpublish", "published", default=None,
    help="From now on show students their scores, and tests that are after_published; or no longer.",
)  # fmt: skip
@json_option
@pset_option
@by_option
@db_option
def report(
    folder: Path, published: bool | None, as_json: bool, pset: str | None, by: str | None, db: str | None
) -> None:
    """Make everything in DIR again from the gradebook: results, scores.csv, report.html, the students' pages.

    Students' pages obey every test's visibility: what is after_due_date appears in pages made after the due date,
    what is after_published, and scores that rest on tests not shown, once --publish was given.
    """
    from grader.gradebook import publish, scores_of, whoami
    from grader.report import GradedFolder, write_folder

    engine = opened(folder, db)
    name = the_pset(engine, folder, pset)
    if published:
        warn_of_open_answers(scores_of(engine, name).open_answers)
    if published is not None:
        publish(engine, name, published, by=by or whoami())
    written = write_folder(engine, GradedFolder(folder), name, datetime.now(UTC))
    engine.dispose()
    for student, problem in written.problems.items():
        say(f"Warning: the page {student}.html could not be made: {problem}", err=True)
    page, pages, shown = folder / "report.html", folder / "feedback", written.scores.published
    if as_json:
        said = {"report": str(page), "feedback": str(pages), "pages": written.pages, "published": shown}
        say_json(said)
    else:
        state = "published" if shown else "not published"
        say(f"{page}, and {written.pages} students' pages in {pages}; grades are {state}.")


def warn_of_open_answers(count: int) -> None:
    """Say that students will be shown points in which something is missing."""
    if count:
        answers, them = (
            ("1 written answer is", "it") if count == 1 else (f"{count} written answers are", "them")
        )
        say(
            f"Warning: {answers} still to be graded by hand, and students will see their points without {them}; "
            f"gradmark manual export writes {them} out, and --unpublish takes this back",
            err=True,
        )
