"""``gradmark scores``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from grader.cli.graded import GradedFolder, folder_argument, pset_option, with_gradebook
from grader.cli.options import OLD_FILE, say
from grader.text import many

if TYPE_CHECKING:
    from grader.gradebook import PsetScores

__all__ = ["scores"]


@click.command(
    epilog="Example: gradmark scores graded --to canvas --fill grades-export.csv --output import.csv"
)
@folder_argument
@click.option(
    "--to",
    type=click.Choice(["csv", "canvas", "gradescope"]),
    default="csv",
    show_default=True,
    help="The format.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="PATH",
    help="The file, or for gradescope the folder. Default: print it, or DIR/gradescope.",
)  # fmt: skip
@click.option(
    "--count",
    type=click.Choice(["latest", "best"]),
    help="Which attempt counts. Default: as pset.yaml says.",
)
@click.option(
    "--fill", type=OLD_FILE, metavar="FILE",
    help="For canvas: the gradebook as Canvas exported it, to fill in this problem set's column.",
)  # fmt: skip
@click.option(
    "--column",
    default="",
    metavar="TITLE",
    help="For canvas: the assignment's title. Default: the problem set's.",
)
@click.option(
    "--match", type=click.Choice(["ID", "SIS User ID", "SIS Login ID"]), default="SIS User ID", show_default=True,
    help="For canvas without --fill: what Canvas calls our student ids.",
)  # fmt: skip
@pset_option
@with_gradebook
def scores(
    graded: GradedFolder,
    to: str,
    output: Path | None,
    count: Literal["latest", "best"] | None,
    fill: Path | None,
    column: str,
    match: Literal["ID", "SIS User ID", "SIS Login ID"],
) -> None:
    """Export everyone's points, with those given by hand, lateness, extensions and overrides.

    csv has a row for each student, whether they handed in or not; canvas is what Canvas's gradebook imports;
    gradescope is a results.json for each student. Unknown points are left empty, never 0.
    """
    from grader.files import make_folder, write_inside, write_named
    from grader.gradebook import canvas_csv, gradescope_results, scores_csv

    found = graded.scores(count)
    if to == "gradescope":
        target = output or graded.folder / "gradescope"
        make_folder(target)
        written = 0
        for name, results in gradescope_results(graded.database, found):
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
        else:  # a program gets it unchanged
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
        f"{many(done.filled, 'student')} filled in; {done.not_in_gradebook} of Canvas's students not in the gradebook",
        err=True,
    )
    if done.doubtful:
        say(
            f"not filled in, because they could be somebody else: {', '.join(done.doubtful)}; enter their points in "
            "Canvas yourself",
            err=True,
        )
    if done.not_in_canvas:
        say(f"not in Canvas's file: {', '.join(done.not_in_canvas)}", err=True)
    return done.text


def _warn(found: PsetScores) -> None:
    """Name what the scores lack: students without submissions, answers to grade, submissions that were not graded."""
    absent = sum(student.attempt is None for student in found.students)
    if absent:
        have = "has" if absent == 1 else "have"
        say(f"{many(absent, 'student')} handed in nothing and {have} a row without a score", err=True)
    waiting = [student for student in found.students if student.open]
    if waiting:
        questions = ", ".join(q.id for q in found.by_hand)
        say(
            f"{many(len(waiting), 'student')} {'has' if len(waiting) == 1 else 'have'} written answers that are not "
            f"graded yet ({questions}), and points without them",
            err=True,
        )
    unknown = [s.attempt.submission for s in found.students if s.score is None and s.attempt]
    if unknown:
        say(f"without a score, because they could not be graded: {', '.join(unknown)}", err=True)
    for student in found.students:
        if student.attempt and student.attempt.lateness.note:
            say(f"{student.attempt.submission}: {student.attempt.lateness.note}", err=True)
