"""``gradmark run``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import FOLDER, course_option, need_linux, say, unsafe_option

__all__ = ["run"]


@click.command(epilog="Example: gradmark run --pset ps1")
@click.option(
    "--pset", envvar="GRADMARK_PSET", metavar="PSET",
    help="The problem set, also given by the variable GRADMARK_PSET. Default: the course's only one, or the one named "
    "in the assignment's title.",
)  # fmt: skip
@click.option(
    "--root", default="/autograder", show_default=True, type=FOLDER,
    metavar="DIR", help="The folder with source/, submission/, submission_metadata.json and results/.",
)  # fmt: skip
@unsafe_option
@course_option
def run(pset: str | None, root: Path, unsafe: bool, course: Path | None) -> None:
    """Grade the one submission in a Gradescope container, and write results/results.json.

    The file is always written: if grading fails, it tells the student that the error is on our side, and staff what
    went wrong. What is printed is for staff. Exit code 0 if the file was written.
    """
    need_linux()
    from grader.gradescope import Places, grade_here
    from grader.points import number

    places = Places(root)
    results = grade_here(places, pset=pset, course=course, unsafe=unsafe)
    about = results.extra_data["gradmark"]
    say(
        f"{about['status']}: {number(results.score)} points in {results.execution_time:g} s, {places.results}"
    )
    if about["reason"]:
        say(about["reason"])
