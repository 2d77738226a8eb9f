"""``gradmark manual``."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.graded import GradedFolder, by_option, folder_argument, pset_option, with_gradebook
from grader.cli.options import FOLDER, OLD_FILE, json_option, say, say_json, unsafe_option, warn
from grader.text import many

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.gradebook.answers import Answer
    from grader.sandbox.outside.host import Sandbox

__all__ = ["manual"]


@click.group(epilog="Example: gradmark manual export graded")
def manual() -> None:
    """Export written answers to the people who grade them, and import their points and comments."""


@manual.command(
    "export",
    short_help="Write the answers, to be graded.",
    epilog="Example: gradmark manual export graded --to answers",
)
@folder_argument
@click.option("--to", type=FOLDER, metavar="FOLDER", help="Where to write. Default: DIR/manual.")
@unsafe_option
@json_option
@pset_option
@with_gradebook
def export(graded: GradedFolder, to: Path | None, unsafe: bool, as_json: bool) -> None:
    """Write manual.csv, with a row for every written answer, and a page to read for every such question.

    Fill in the columns points and comment, and give the file to gradmark manual import. Students' names are left out.
    """
    from grader.errors import GradmarkError
    from grader.files import make_folder, write_inside
    from grader.gradebook import answers_csv, gather_answers, page_parts, picture_files

    scores = graded.scores()
    if not scores.by_hand:
        raise GradmarkError(
            f"{scores.name} has no question that a person grades; mark one with manual: true in pset.yaml"
        )
    answers = gather_answers(graded.database, scores)
    target = to or graded.folder / "manual"
    make_folder(target)
    write_inside(target, "manual.csv", answers_csv(answers).encode())
    pictures = functools.partial(picture_files, graded.database)
    with _Rendering(pictures, scores.name, unsafe=unsafe) as rendering:
        for question in scores.by_hand:
            ours = [answer for answer in answers if answer.question.id == question.id]
            parts = page_parts(question, ours, rendering.markup)
            write_inside(target, f"{question.id}.html", (part.encode() for part in parts))
    open_ = sum(answer.points is None for answer in answers)
    if as_json:
        say_json({"answers": len(answers), "open": open_, "file": str(target / "manual.csv")})
        return
    say(f"{many(len(answers), 'answer')}, {open_} of them not graded yet: {target / 'manual.csv'}")


class _Rendering:
    """The markup of answers, each made on demand in a process of its own in the sandbox."""

    def __init__(self, files: Callable[[Answer], dict[str, bytes]], pset: str, *, unsafe: bool) -> None:
        self._files, self._pset, self._unsafe, self._failed = files, pset, unsafe, False
        self._sandbox: Sandbox | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> _Rendering:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def markup(self, answer: Answer) -> str:
        """The answer's markup; empty once the sandbox has failed, which is said once."""
        from grader.errors import SandboxError
        from grader.sandbox.outside.rendering import answers_sandbox, render_answers

        if self._failed or not answer.text:
            return ""
        try:
            if self._sandbox is None:
                self._sandbox = self._stack.enter_context(answers_sandbox(unsafe=self._unsafe))
            files = self._files(answer)
            return render_answers(self._sandbox, [answer.text], files, self._pset, answer.pictures)[0]
        except SandboxError as error:
            self._failed = True
            warn(f"the pages show answers as they were typed: {error}")
            return ""


@manual.command(
    "import",
    short_help="Take points and comments back.",
    epilog="Example: gradmark manual import graded graded/manual/manual.csv",
)
@folder_argument
@click.argument("file", type=OLD_FILE)
@json_option
@pset_option
@by_option
@with_gradebook
def import_(graded: GradedFolder, file: Path, as_json: bool, by: str) -> None:
    """Take the points and comments of FILE into the gradebook: all of them or, if one is wrong, none."""
    from grader.gradebook import grade_by_hand, read_grades

    grades = read_grades(file)
    new = grade_by_hand(graded.database, graded.pset, grades, by=by)
    graded.keep_up()
    if as_json:
        say_json({"answers": len(grades), "new": new})
        return
    say(f"{many(len(grades), 'answer')} with points, {new} of them new or changed")
