"""Why a function that is asked for is not there, or lacks something: for grading and `gradmark check` alike."""

from __future__ import annotations

from collections.abc import Mapping

from grader.errors import Cause, CellError, StudentMissing
from grader.notebook.notes import Notes
from grader.wording import blank, defined_elsewhere, did_you_mean, lacking, missing, taken_away

__all__ = ["Told", "blank_function", "cause_of", "missing_function"]


class Told:
    """Which causes were told, and where: one that many tests share is told in full in one question alone."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def before(self, question: str, cause: Cause) -> str:
        """The earlier question that told it; nothing where this one is to."""
        first = self._first.setdefault(cause.says, question)
        return first if first != question else ""


def cause_of(name: str, notes: Notes, failed: Mapping[int, CellError]) -> Cause | None:
    """Why a global name is not there; None where nobody knows.

    Args:
        name: The name.
        notes: What running the notebook showed.
        failed: Why cells stopped that did, by their numbers from 0.
    """
    cell = notes.lacking.get(name)
    if cell is not None and 0 <= notes.unrun <= cell:
        cell = notes.unrun
    if cell is not None and cell in failed:
        return Cause(name, lacking(name, cell + 1, failed[cell]))
    if (cell := notes.gone.get(name)) is not None:
        return Cause(name, taken_away(name, cell + 1))
    if (elsewhere := notes.elsewhere.get(name)) is not None:
        return Cause(name, defined_elsewhere(name, elsewhere.kind, elsewhere.after))
    if (near := notes.near.get(name)) is not None:
        return Cause(name, did_you_mean(name, near))
    return None


def missing_function(name: str, notes: Notes, failed: Mapping[int, CellError]) -> StudentMissing:
    """What a test is told that asks for a name which the notebook does not define."""
    return StudentMissing(missing(name), cause=cause_of(name, notes, failed))


def blank_function(name: str, notes: Notes) -> StudentMissing | None:
    """What a test is told of a function that is still as it was handed out; None for any other."""
    return StudentMissing(blank(name)) if name in notes.unanswered else None
