"""``gradmark report``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from grader.cli.graded import GradedFolder, by_option, folder_argument, pset_option, with_gradebook
from grader.cli.options import json_option, say, say_json, warn

__all__ = ["report"]


@click.command(epilog="Example: gradmark report graded --publish")
@folder_argument
@click.option(
    "--publish/--unpublish", "published", default=None,
    help="From now on, show students their scores and after_published tests, or do not.",
)  # fmt: skip
@json_option
@pset_option
@by_option
@with_gradebook
def report(graded: GradedFolder, published: bool | None, as_json: bool, by: str) -> None:
    """Make everything in DIR again from the gradebook: results, scores.csv, report.html and students' pages.

    Students' pages obey every test's visibility. Tests that are after_due_date appear on pages made after the due date;
    tests that are after_published, and scores that rest on hidden tests, appear after --publish.
    """
    from grader.gradebook import publish
    from grader.report import GradedFolder, write_folder

    folder = graded.folder
    if published:
        _warn_of_open_answers(graded.scores().open_answers)
    if published is not None:
        publish(graded.database, graded.pset, published, by=by)
    written = write_folder(graded.database, GradedFolder(folder), graded.pset, datetime.now(UTC))
    for student, problem in written.problems.items():
        warn(f"the page {student}.html could not be made: {problem}")
    page, pages, shown = folder / "report.html", folder / "feedback", written.scores.published
    if as_json:
        said = {"report": str(page), "feedback": str(pages), "pages": written.pages, "published": shown}
        say_json(said)
    else:
        state = "published" if shown else "not published"
        say(f"{page}, and {written.pages} students' pages in {pages}; grades are {state}.")


def _warn_of_open_answers(count: int) -> None:
    """Warn that students will be shown points that are not complete."""
    if count:
        answers, them = (
            ("1 written answer is", "it") if count == 1 else (f"{count} written answers are", "them")
        )
        warn(
            f"{answers} not graded yet, and students will see their points without {them}; "
            f"gradmark manual export writes {them} out, and --unpublish takes this back"
        )
