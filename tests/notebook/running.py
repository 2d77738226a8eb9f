"""A notebook run by our shell, in a process of its own: it changes input() and much else."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
from dataclasses import dataclass
from typing import Any

import IPython.core.interactiveshell  # noqa: F401  # here, so that no child imports it again

from grader.notebook import NotebookCell, Notes, QuestionFunctions, Run, Shell, Stop

__all__ = ["Ran", "run"]


@dataclass
class Ran:
    """What came of it."""

    stops: dict[int, Stop]
    notes: Notes
    values: dict[str, str]
    """``repr`` of the names asked for, where they are there."""
    output: str


def run(
    *cells: str | NotebookCell,
    asked: dict[str, list[str]] | None = None,
    values: tuple[str, ...] = (),
    seconds: float = 60.0,
    until: int | None = None,
    **options: Any,
) -> Ran:
    """Run the cells, text of code or whole ones, in an empty folder."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    whole = [cell if isinstance(cell, NotebookCell) else NotebookCell("code", cell) for cell in cells]
    questions = [QuestionFunctions(question, tuple(names)) for question, names in (asked or {}).items()]
    process = multiprocessing.get_context("fork").Process(
        target=_child, args=(theirs, whole, questions, values, seconds, until, options)
    )
    process.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        process.join(timeout=10)
        process.kill()


def _child(
    end: Any,
    cells: list[NotebookCell],
    asked: list[QuestionFunctions],
    values: tuple[str, ...],
    seconds: float,
    until: int | None,
    options: dict,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        shell = Shell()
        shell.open_output(10_000)
        shell.enter(folder, ["notebook"], None)
        stops: dict[int, Stop] = {}

        def finished(cell: int, stop: Stop | None) -> None:
            if stop is not None:
                stops[cell] = stop

        going = Run(
            shell, cells, asked,
            started=lambda _: None, finished=finished, clock=contextlib.nullcontext, **options,
        )  # fmt: skip
        notes = going.go(seconds=seconds, until=until)
        found = {name: repr(shell.namespace[name]) for name in values if name in shell.namespace}
        end.send(Ran(stops, notes, found, shell.output.take()))
