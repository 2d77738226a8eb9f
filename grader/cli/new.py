"""``gradmark new``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import FOLDER, say

__all__ = ["new"]


@click.command(epilog="Examples: gradmark new ps2, gradmark new --course linear-algebra")
@click.argument("pset", metavar="[PSET]", required=False)
@click.option(
    "--course",
    type=FOLDER,
    metavar="DIR",
    help="The course, made if it does not exist. Default: the nearest folder upward that holds psets/.",
)
def new(pset: str | None, course: Path | None) -> None:
    """Start a new problem set, or with --course a whole new course around it.

    It works as it is: one question with a public and two hidden tests, the answer, a mistake and an alternative, and
    comments that say what each is for.
    """
    from grader.pset import find_course
    from grader.scaffold import new_course, new_problem_set

    if course is not None and not (course / "psets").is_dir():
        name = pset or "ps1"
        made = new_course(course, name)
    elif pset is None:
        raise click.UsageError(
            "name the problem set, as in gradmark new ps2, or a new course with --course DIR"
        )
    else:
        name, course = pset, course or find_course(Path.cwd())
        made = new_problem_set(pset, course)
    for path in made:
        say(str(path))
    where = "" if course.resolve() == Path.cwd() else f" --course {course}"
    say(f"Next: gradmark validate {name}{where}, then gradmark preview {name}{where}")
