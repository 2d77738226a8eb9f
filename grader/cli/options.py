"""Arguments that several commands share, and how they all print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.errors import CourseError
from grader.sandbox.linux import NEEDS_LINUX, is_linux
from grader.text import clean

if TYPE_CHECKING:
    from grader.pset import ProblemSet

__all__ = [
    "FILE",
    "FOLDER",
    "OLD_FILE",
    "OLD_FOLDER",
    "as_json",
    "course_option",
    "find",
    "json_option",
    "load",
    "need_linux",
    "pset_argument",
    "python_option",
    "say",
    "say_json",
    "unsafe_option",
    "warn",
]

FILE, OLD_FILE = (click.Path(path_type=Path, dir_okay=False, exists=old) for old in (False, True))
FOLDER, OLD_FOLDER = (click.Path(path_type=Path, file_okay=False, exists=old) for old in (False, True))
"""Types of options; an old one must exist already."""
Command = TypeVar("Command", bound=Callable[..., Any])


def course_option(command: Command) -> Command:
    """``--course DIR``, passed as ``course: Path | None``."""
    return click.option(
        "--course",
        type=OLD_FOLDER,
        metavar="DIR",
        help="The course. Default: the nearest folder upward that holds psets/.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``, passed as ``as_json: bool`` to choose `say_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def unsafe_option(command: Command) -> Command:
    """``--unsafe``, passed as ``unsafe: bool``."""
    return click.option(
        "--unsafe", is_flag=True, help="Go on even if this machine cannot isolate submissions safely."
    )(command)


def python_option(command: Command) -> Command:
    """``--python``, passed as ``python: str | None``."""
    return click.option(
        "--python", metavar="PATH",
        help="The Python that submissions run in, or its virtual environment; it needs the same gradmark installed. "
        "Default: the one that runs this command.",
    )(command)  # fmt: skip


def say(text: str = "", *, err: bool = False, nl: bool = True, colour: str | None = None) -> None:
    """Print sentences that may hold what students wrote: a terminal shows all of it and obeys none of it.

    Only a terminal gets the ``colour``, which is one of click's.
    """
    shown = clean(text)
    click.echo(click.style(shown, fg=colour) if colour else shown, err=err, nl=nl)


def warn(sentence: str) -> None:
    """Print a warning on standard error."""
    say(f"Warning: {sentence.rstrip('.')}.", err=True, colour="yellow")


def say_json(document: Any) -> None:
    """Print a command's answer for programs: anything that msgspec can encode, and points.

    Unprintable characters are escaped, so that a terminal obeys none of them; the JSON stays the same.
    """
    shown = as_json(document).decode().rstrip("\n")
    click.echo("".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in shown))


def as_json(document: Any) -> bytes:
    """A document for programs, as a file holds it."""
    import msgspec

    from grader.encoding import enc_hook_shown

    return msgspec.json.format(msgspec.json.encode(document, enc_hook=enc_hook_shown), indent=2) + b"\n"


def pset_argument(command: Command) -> Command:
    """``PSET``, passed as ``pset: str`` for `load`."""
    return click.argument("pset", metavar="PSET")(command)


def load(pset: str, course: Path | None) -> ProblemSet:
    """The problem set named on the command line; an unknown name is wrong usage (exit 2)."""
    from grader.pset import load_problem_set

    return load_problem_set(find(pset, course))


def find(pset: str, course: Path | None) -> Path:
    """The same problem set's folder, which is not read."""
    from grader.pset import resolve_problem_set

    try:
        return resolve_problem_set(pset, course)
    except CourseError as error:
        raise click.UsageError(str(error)) from None


def need_linux() -> None:
    """Refuse to grade on other systems: wrong usage (exit 2)."""
    if not is_linux():
        raise click.UsageError(NEEDS_LINUX)
