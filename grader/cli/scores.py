"""``gradmark scores``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.gradebook import db_option, folder_argument, opened, pset_option, the_pset
from grader.cli.options import say
from grader.text import many

if TYPE_CHECKING:
    from grader.gradebook import PsetScores

__all__ = ["scores"]


@click.command(
    epilog="Example: gradmark scores graded --to canvas --fill grades-export.csv --output import.csv"
)
@folder_argument
@click.option("--to", type=click.Choice(["csv", "canvas", "gradescope"]), default="csv", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="PATH",
    help="A file, or for gradescope a folder; by default what the command prints, and DIR/gradescope.",
)  # fmt: skip
@click.option(
    "--count",
    type=click.Choice(["latest", "best"]),
    help="Which attempt counts; by default pset.yaml's word.",
)
@click.option(
    "--fill", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="For canvas: the gradebook that Canvas exported, to fill this problem set's column in.",
)  # fmt: skip
@click.option(
    "--column",
    default="",
    metavar="TITLE",
    help="For canvas: the assignment, if not the problem set's title.",
)
@click.option(
    "--match", type=click.Choice(["ID", "SIS User ID", "SIS Login ID"]), default="SIS User ID", show_default=True,
    help="For canvas without --fill: what our student ids are there.",
)  # fmt: skip
@pset_option
@db_option
def scores(
    folder: Path,
    to: str,
    output: Path | None,
    count: Literal["latest", "best"] | None,
    fill: Path | None,
    column: str,
    match: Literal["ID", "SIS User ID", "SIS Login ID"],
    pset: str | None,
    db: str | None,
) -> None:
    """Write everyone's points: with those given by hand, lateness, extensions and overrides.

    csv has a row for each student, whether they handed in or not; canvas is what Canvas's gradebook imports;
    gradescope is a results.json for each student. What is not known is left empty, and is no 0.
    """
    from grader.files import make_folder, write_inside, write_named
    from grader.gradebook import canvas_csv, gradescope_results, scores_csv, scores_of

    engine = opened(folder, db)
    found = scores_of(engine, the_pset(engine, folder, pset), count)
    if to == "gradescope":
        target = output or folder / "gradescope"
        make_folder(target)
        written = 0
        for name, results in gradescope_results(engine, found):
            text = json.dumps(results, indent=2, ensure_ascii=False) + "\n"
            write_inside(target, f"{name}.json", text.encode())
            written += 1
        say(f"{many(written, 'file')} in {target}")
    else:
        if to == "csv":
            text = scores_csv(found)
        elif fill:
            text = _filled(found, fill, column)
        else:
            text = canvas_csv(found, column=column, match=match)
        if output:
            write_named(output, text.encode())
        elif sys.stdout.isatty():
            say(text, nl=False)
        else:  # a program gets it to the letter
            click.echo(text.encode(), nl=False)
    _warn(found)


def _filled(found: PsetScores, fill: Path, column: str) -> str:
    from grader.errors import GradmarkError
    from grader.gradebook import fill_canvas_csv

    try:
        exported = fill.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GradmarkError(
            f"{fill.name} is not UTF-8 text; export the gradebook from Canvas again"
        ) from None
    done = fill_canvas_csv(found, exported, column=column)
    say(
        f"{done.filled} students filled in, {done.not_in_gradebook} of Canvas's not in the gradebook",
        err=True,
    )
    if done.doubtful:
        say(
            f"not filled in, since they could be somebody else too: {', '.join(done.doubtful)}; enter their points in "
            "Canvas",
            err=True,
        )
    if done.not_in_canvas:
        say(f"not in Canvas's file: {', '.join(done.not_in_canvas)}", err=True)
    return done.text


def _warn(found: PsetScores) -> None:
    """What stands in no score: nothing handed in, answers not graded by hand, submissions that could not be graded."""
    absent = sum(student.attempt is None for student in found.students)
    if absent:
        have = "has" if absent == 1 else "have"
        say(f"{many(absent, 'student')} handed in nothing, and {have} a row without a score", err=True)
    waiting = [student for student in found.students if student.open]
    if waiting:
        questions = ", ".join(q.id for q in found.by_hand)
        say(
            f"{many(len(waiting), 'student')} {'has' if len(waiting) == 1 else 'have'} answers still to be graded by "
            f"hand ({questions}), and points without them",
            err=True,
        )
    unknown = [s.attempt.submission for s in found.students if s.score is None and s.attempt]
    if unknown:
        say(f"without a score, because they could not be graded: {', '.join(unknown)}", err=True)
    for student in found.students:
        if student.attempt and student.attempt.lateness.note:
            say(f"{student.attempt.submission}: {student.attempt.lateness.note}", err=True)
