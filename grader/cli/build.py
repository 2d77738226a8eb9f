"""``gradmark build``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import (
    FOLDER,
    OLD_FILE,
    course_option,
    json_option,
    load,
    pset_argument,
    say,
    say_json,
    warn,
)
from grader.text import many

__all__ = ["build"]

SAMPLE_ONLY = (
    "this is a sample to look at, with the same numbers for everybody; to build a variant for each student, name the "
    "class with --roster"
)


@click.command(epilog="Example: gradmark build ps1 --out build/ps1")
@pset_argument
@click.option(
    "--out",
    required=True,
    type=FOLDER,
    metavar="DIR",
    help="Where to write student/ and the zips.",
)
@click.option(
    "--roster",
    type=OLD_FILE,
    metavar="CSV",
    help="For a problem set with variants: who is in the class. Each student gets a zip with numbers of their own.",
)
@json_option
@course_option
def build(pset: str, out: Path, roster: Path | None, as_json: bool, course: Path | None) -> None:
    """Make what students get (DIR/student/, DIR/PSET-student.zip) and what Gradescope gets.

    PSET is the name of a folder under psets/, or a path. Nothing is written if an answer or a hidden test would reach
    a student. DIR/PSET-gradescope.zip is an autograder to upload; it holds the answers, so give it to nobody else.

    If pset.yaml has variants, --roster makes DIR/students/ instead, with a zip for each student, and
    DIR/who-has-what.csv. Who was given which numbers is recorded, so that building again changes nobody's.
    """
    from grader.build import build as build_student
    from grader.build import build_autograder, build_for_each

    problem_set = load(pset, course)
    if roster and not problem_set.drawn:
        raise click.UsageError(
            f"{problem_set.name} has no variants: in pset.yaml, so it is built without a roster"
        )
    if roster:
        from grader.intake import load_roster

        built = build_for_each(problem_set, load_roster(roster), out)
        made = [*built.made, build_autograder(problem_set, out)]
        new = sum(one.new for one in built.assigned)
        told = (
            f"{many(built.variants, 'variant')} for {many(len(built.assigned), 'student')}, {new} of them new; "
            f"who has which is recorded in {problem_set.shown(problem_set.path / 'variants.json')}: keep it"
        )
    else:
        made = [*build_student(problem_set, out), build_autograder(problem_set, out)]
        told = ""
        if problem_set.drawn and not as_json:
            warn(SAMPLE_ONLY)
    if as_json:
        say_json({"made": [str(path) for path in made]})
        return
    for path in made:
        say(str(path))
    if told:
        say(told)
