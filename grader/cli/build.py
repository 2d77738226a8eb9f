"""``gradmark build``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import FOLDER, course_option, json_option, load, pset_argument, say, say_json

__all__ = ["build"]


@click.command(epilog="Example: gradmark build ps1 --out build/ps1")
@pset_argument
@click.option(
    "--out",
    required=True,
    type=FOLDER,
    metavar="DIR",
    help="Where to write student/ and the zips.",
)
@json_option
@course_option
def build(pset: str, out: Path, as_json: bool, course: Path | None) -> None:
    """Make what students get (DIR/student/, DIR/PSET-student.zip) and what Gradescope gets.

    PSET is the name of a folder under psets/, or a path. Nothing is written if an answer or a hidden test would reach
    a student. DIR/PSET-gradescope.zip is an autograder to upload; it holds the answers, so give it to nobody else.
    """
    from grader.build import build as build_student
    from grader.build import build_autograder

    problem_set = load(pset, course)
    made = [*build_student(problem_set, out), build_autograder(problem_set, out)]
    if as_json:
        say_json({"made": [str(path) for path in made]})
        return
    for path in made:
        say(str(path))
