"""Arguments that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.errors import CourseError
from grader.text import clean

if TYPE_CHECKING:
    from grader.pset import ProblemSet

__all__ = ["course_option", "find", "json_option", "load", "pset_argument", "say", "say_json"]

Command = TypeVar("Command", bound=Callable[..., Any])


def course_option(command: Command) -> Command:
    """``--course DIR``, passed as ``course: Path | None``."""
    return click.option(
        "--course",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        help="The course; by default the nearest folder upward that holds psets/.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``, passed as ``as_json: bool`` to choose `say_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON.")(command)


def say(text: str = "", *, err: bool = False, nl: bool = True, colour: str | None = None) -> None:
    """Print sentences, which may hold what students wrote: a terminal shows all of it and obeys none.

    A ``colour``, of click's names, is ours, and only a terminal gets it.
    """
    shown = clean(text)
    click.echo(click.style(shown, fg=colour) if colour else shown, err=err, nl=nl)


def say_json(document: Any) -> None:
    """Print a command's answer for programs: anything that msgspec can encode, and points.

    What is not printable is escaped, which JSON may and which a terminal does not obey.
    """
    import msgspec

    from grader.encoding import enc_hook_shown

    content = msgspec.json.format(msgspec.json.encode(document, enc_hook=enc_hook_shown), indent=2)
    click.echo("".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in content.decode()))


def pset_argument(command: Command) -> Command:
    """``PSET``, passed as ``pset: str`` for `load`."""
    return click.argument("pset", metavar="PSET")(command)


def load(pset: str, course: Path | None) -> ProblemSet:
    """The problem set named on the command line; a name that is none is wrong usage (exit 2)."""
    from grader.pset import load_problem_set

    return load_problem_set(find(pset, course))


def find(pset: str, course: Path | None) -> Path:
    """The folder of the problem set named on the command line, unread; a name that is none is wrong usage."""
    from grader.pset import resolve_problem_set

    try:
        return resolve_problem_set(pset, course)
    except CourseError as error:
        raise click.UsageError(str(error)) from None
