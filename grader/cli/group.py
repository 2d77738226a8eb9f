"""The command group: it finds commands by name, and says in one sentence what went wrong."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from grader.cli.options import say
from grader.errors import GradmarkError
from grader.version import installing

__all__ = ["COMMANDS", "main"]

# name → (module:command, its line in --help)
COMMANDS: dict[str, tuple[str, str]] = {
    "adopt": ("grader.cli.adopt:adopt", "Plan how an otter or nbgrader assignment is graded."),
    "build": ("grader.cli.build:build", "Make what students get: notebook, tests, data, zip."),
    "check": ("grader.cli.check:check", "Run the public tests on your own notebook."),
    "doctor": ("grader.cli.doctor:doctor", "Check whether this machine can grade safely."),
    "grade": ("grader.cli.grade:grade", "Grade every submission in the given paths."),
    "gradebook": (
        "grader.cli.gradebook:gradebook",
        "Change points and due dates, read the history, and more.",
    ),
    "manual": ("grader.cli.manual:manual", "Export written answers; import points and comments."),
    "mistakes": ("grader.cli.mistakes:mistakes", "Group submissions that fail alike."),
    "new": ("grader.cli.new:new", "Start a new problem set, or a whole course."),
    "preview": ("grader.cli.preview:preview", "Show a problem set in a browser while you write it."),
    "report": ("grader.cli.report:report", "Make results, scores and pages again; publish grades."),
    "run": ("grader.cli.run:run", "Grade the one submission in a Gradescope container."),
    "scores": ("grader.cli.scores:scores", "Export points for Canvas, Gradescope or a spreadsheet."),
    "similar": ("grader.cli.similar:similar", "Rank pairs of submissions that are suspiciously alike."),
    "simulate": ("grader.cli.simulate:simulate", "Make up a class with known results, to check grading."),
    "validate": ("grader.cli.validate:validate", "Check whether a suite deserves trust."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *pargs: Any, **extra: Any) -> Any:
        """Run, and say in one sentence what went wrong; ``--debug`` anywhere shows the traceback instead.

        Exit codes: 0, 1 for an error of ours or in what we were given, 2 for wrong usage (click's).
        """
        given = list(sys.argv[1:] if args is None else args)
        ours = given[: given.index("--")] if "--" in given else given
        debug = "--debug" in ours
        if debug:
            given.remove("--debug")
        try:
            return super().main(given, *pargs, **extra)
        except Exception as error:
            if debug:
                raise
            say(f"Error: {_sentence(error, given)}", err=True)
        sys.exit(1)


def _sentence(error: Exception, given: Sequence[str]) -> str:
    if isinstance(error, GradmarkError | OSError):
        return str(error)
    if isinstance(error, ModuleNotFoundError):
        return _lacking(error, given)
    problem = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"gradmark itself failed ({problem}); run it again with --debug to see where"


def _lacking(error: ModuleNotFoundError, given: Sequence[str]) -> str:
    """What to install: a student's installation has what ``check`` needs, but not what staff's commands need."""
    command = next((word for word in given if word in COMMANDS), "")
    missing = (error.name or str(error)).partition(".")[0]
    if missing == "grader":
        return f"this installation of gradmark is incomplete ({error.name} is missing); install it again"
    to_install = installing(missing if command == "check" else "gradmark[staff]")
    return f"gradmark {command} needs {missing}, which is not installed here. To install it: {to_install}"


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: gradmark check ps1.ipynb",
)
@click.version_option(package_name="gradmark", prog_name="gradmark")
@click.option("--debug", is_flag=True, help="Show the traceback of an error; allowed anywhere.")
def main(debug: bool) -> None:
    """Grade problem sets whose answers are numerical code."""
