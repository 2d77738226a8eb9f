"""``gradmark run``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli.options import course_option, say

__all__ = ["run"]


@click.command(epilog="Example: gradmark run --pset ps1")
@click.option(
    "--pset", envvar="GRADMARK_PSET", metavar="PSET",
    help="The problem set; by default the course's only one, or the one that the assignment's title names. "
    "The variable GRADMARK_PSET says it too.",
)  # fmt: skip
@click.option(
    "--root", default="/autograder", show_default=True, type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR", help="The folder with source/, submission/, submission_metadata.json and results/.",
)  # fmt: skip
@click.option("--unsafe", is_flag=True, help="Grade although this machine cannot isolate submissions safely.")
@course_option
def run(pset: str | None, root: Path, unsafe: bool, course: Path | None) -> None:
    """Grade the one submission of a Gradescope container and write results/results.json.

    The file is always written: when grading fails it tells the student that the fault is ours, and staff what
    went wrong. What is printed is for staff. Exit code 0 whenever the file was written.
    """
    if not sys.platform.startswith("linux"):
        raise click.UsageError("grading needs Linux; run it in the grading container on this machine")
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
