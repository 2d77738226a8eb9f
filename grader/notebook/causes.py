"""Why an expected function is missing or lacks something, for both grading and `gradmark check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.errors import Cause, CellError, StudentMissing
from grader.notebook.notes import Notes
from grader.wording import blank, defined_elsewhere, did_you_mean, lacking, missing, place_of, taken_away

__all__ = ["Told", "blank_function", "cause_of", "in_file", "missing_function"]


def in_file(error: CellError, first: int) -> CellError:
    """The error of a Python file's statement, which begins at line ``first``, with its line in the file."""
    return replace(error, line=first + max(error.line, 1) - 1, script=True)


class Told:
    """Which causes have been told, and where: one that many tests share is told in full in only one question."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def before(self, question: str, cause: Cause) -> str:
        """The earlier question that told the cause; empty if this one should."""
        first = self._first.setdefault(cause.says, question)
        return first if first != question else ""


def cause_of(name: str, notes: Notes, failed: Mapping[int, CellError]) -> Cause | None:
    """Why a global name is missing; None if nobody knows.

    Args:
        name: The name.
        notes: What running the notebook showed.
        failed: Why cells stopped, by their numbers from 0.
    """
    cell = notes.lacking.get(name)
    if cell is not None and 0 <= notes.unrun <= cell:
        cell = notes.unrun
    if cell is not None and cell in failed:
        return Cause(name, lacking(name, place_of(cell, notes.firsts), failed[cell]))
    if (cell := notes.gone.get(name)) is not None:
        return Cause(name, taken_away(name, place_of(cell, notes.firsts)))
    if (elsewhere := notes.elsewhere.get(name)) is not None:
        return Cause(name, defined_elsewhere(name, elsewhere.kind, elsewhere.after))
    if (near := notes.near.get(name)) is not None:
        return Cause(name, did_you_mean(name, near))
    return None


def missing_function(name: str, notes: Notes, failed: Mapping[int, CellError]) -> StudentMissing:
    """What a test is told if it asks for a name that the notebook does not define."""
    return StudentMissing(missing(name), cause=cause_of(name, notes, failed))


def blank_function(name: str, notes: Notes) -> StudentMissing | None:
    """What a test is told about a function that is still as in the handout; None for any other."""
    return StudentMissing(blank(name)) if name in notes.unanswered else None
