"""``gradmark manual``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook import by_option, db_option, folder_argument, keep_up, opened, pset_option, the_pset
from grader.cli.options import json_option, say, say_json
from grader.text import many

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.gradebook.answers import Answer
    from grader.sandbox.outside.host import Sandbox

__all__ = ["manual"]


@click.group(epilog="Example: gradmark manual export graded")
def manual() -> None:
    """Written answers: out to the people who grade them, points and comments back."""


@manual.command("export", epilog="Example: gradmark manual export graded --to answers")
@folder_argument
@click.option(
    "--to", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help="By default DIR/manual."
)
@click.option(
    "--unsafe", is_flag=True, help="Render answers although this machine cannot isolate them safely."
)
@json_option
@pset_option
@db_option
def export(
    folder: Path, to: Path | None, unsafe: bool, as_json: bool, pset: str | None, db: str | None
) -> None:
    """Write manual.csv, with a row for every written answer, and a page to read for every such question.

    Fill in the columns points and comment, and give the file to gradmark manual import. Names are left out.
    """
    from grader.errors import GradmarkError
    from grader.files import make_folder, write_inside
    from grader.gradebook import answers_csv, gather_answers, page_parts, picture_files, scores_of

    engine = opened(folder, db)
    scores = scores_of(engine, the_pset(engine, folder, pset))
    if not scores.by_hand:
        raise GradmarkError(
            f"{scores.name} has no question that a person grades; manual: true in pset.yaml makes one"
        )
    answers = gather_answers(engine, scores)
    target = to or folder / "manual"
    make_folder(target)
    write_inside(target, "manual.csv", answers_csv(answers).encode())
    with _Rendering(lambda answer: picture_files(engine, answer), scores.name, unsafe=unsafe) as rendering:
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
    """The markup of answers, each made when it is asked for, in a process of its own in the sandbox."""

    def __init__(self, files: Callable[[Answer], dict[str, bytes]], pset: str, *, unsafe: bool) -> None:
        self._files, self._pset, self._unsafe, self._failed = files, pset, unsafe, False
        self._sandbox: Sandbox | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> _Rendering:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def markup(self, answer: Answer) -> str:
        """Nothing once the sandbox has failed, which is said once."""
        from grader.errors import SandboxError
        from grader.sandbox.outside.rendering import answers_sandbox, render_answers

        if self._failed or not answer.text:
            return ""
        try:
            if self._sandbox is None:
                self._sandbox = self._stack.enter_context(answers_sandbox(unsafe=self._unsafe))
            return render_answers(self._sandbox, [answer.text], self._files(answer), self._pset)[0]
        except SandboxError as error:
            self._failed = True
            say(f"Warning: the pages show answers as they were typed: {error}", err=True)
            return ""


@manual.command("import", epilog="Example: gradmark manual import graded graded/manual/manual.csv")
@folder_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@pset_option
@by_option
@db_option
def import_(
    folder: Path, file: Path, as_json: bool, pset: str | None, by: str | None, db: str | None
) -> None:
    """Take the points and comments of FILE into the gradebook: all of them or, where one is wrong, none."""
    from grader.gradebook import grade_by_hand, read_grades, whoami

    engine = opened(folder, db)
    grades = read_grades(file)
    name = the_pset(engine, folder, pset)
    new = grade_by_hand(engine, name, grades, by=by or whoami())
    keep_up(engine, folder, name)
    if as_json:
        say_json({"answers": len(grades), "new": new})
        return
    say(f"{many(len(grades), 'answer')} with points, {new} of them new or changed")
