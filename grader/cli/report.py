"""``gradmark report``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.gradebook import db_option, folder_argument, opened, pset_option, the_pset
from grader.cli.options import json_option, say_json

__all__ = ["report"]


@click.command(epilog="Example: gradmark report graded --publish")
@folder_argument
@click.option(
    "--publish/--unpublish", "published", default=None,
    help="From now on show students their scores, and tests that are after_published; or no longer.",
)  # fmt: skip
@json_option
@pset_option
@db_option
def report(folder: Path, published: bool | None, as_json: bool, pset: str | None, db: str | None) -> None:
    """Make report.html and the students' pages in feedback/ of DIR again, from what was graded and decided.

    Students' pages obey every test's visibility: what is after_due_date appears in pages made after the due date,
    what is after_published, and scores that rest on tests not shown, once --publish was given.
    """
    from grader.batch.store import ResultStore
    from grader.gradebook import scores_of
    from grader.report import is_published, publish, write_pages

    engine = opened(folder, db)
    scores = scores_of(engine, the_pset(engine, folder, pset))
    if published is not None:
        publish(folder, published)
    count = write_pages(ResultStore(folder), scores, datetime.now(UTC))
    page, pages = folder / "report.html", folder / "feedback"
    if as_json:
        said = {
            "report": str(page),
            "feedback": str(pages),
            "pages": count,
            "published": is_published(folder),
        }
        say_json(said)
    else:
        state = "published" if is_published(folder) else "not published"
        click.echo(f"{page}, and {count} students' pages in {pages}; grades are {state}.")
