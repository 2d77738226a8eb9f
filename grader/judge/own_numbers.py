"""Whether a submission works with the numbers that it is judged by.

What a notebook says of itself, by its mark or its variables, chooses a sentence and shows staff where to look. It
changes no point: a submission is judged by the numbers that its student was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from msgspec import UNSET, UnsetType

from grader.errors import StudentFault, StudentMissing, SubmissionRejected
from grader.pset import ProblemSet
from grader.pset.drawn import Value, shown
from grader.results import OwnNumbers, StudentIdentity
from grader.sandbox.outside.session import Session
from grader.text import clean, listed

__all__ = ["compared", "variant_of"]

MOST_ASKED = 20
"""Variables of a notebook that are read."""
MOST_SHOWN = 40
"""Characters of what one holds."""


def variant_of(problem_set: ProblemSet, student: StudentIdentity | None) -> str | UnsetType:
    """What tells apart the numbers that a student's work is judged by; unset if there is no variant to tell."""
    try:
        drawing = problem_set.drawing_of(student)
    except SubmissionRejected:
        return UNSET
    return drawing.digest if drawing else UNSET


def compared(problem_set: ProblemSet, session: Session, *, passed: bool) -> OwnNumbers | None:
    """The numbers that a submission is judged by, and what it works with; None if everybody has the same.

    Args:
        problem_set: With the submission's drawing.
        session: The submission, after its notebook has run.
        passed: Whether it passed every test: then a variable that changed on the way does not matter.
    """
    drawing = problem_set.drawing
    if drawing is None:
        return None
    own = {name: value for name, value in drawing.values.items() if problem_set.drawn[name].data is None}
    others = {
        variant: one for variant, one in problem_set.record.variants.items() if variant != drawing.variant
    }
    held = dict(_held(problem_set, session)) if session.alive else {}
    differing = [name for name, value in held.items() if not _same(value, own[name])]
    marked = session.report.mark in others
    found: Literal["own", "others", "changed", "mark"] = "own"
    notice = ""
    theirs = bool(differing) and (marked or any(_all_same(held, one) for one in others.values()))
    if differing and (theirs or not passed):
        has = listed([f"{name} = {_short(held[name])}" for name in differing])
        should = listed([f"{name} = {shown(own[name])}" for name in differing])
        found = "others" if theirs else "changed"
        notice = (
            f"These are another student's numbers: in your notebook {has}, but you were given {should}, and by these "
            "your work was judged. Copy your answers into your own notebook and run it there."
            if theirs
            else f"Your notebook has {has}, but you were given {should}, and by these your work was judged. Put back "
            "the cell that gives them, and use other names for your own variables."
        )
    elif marked:
        found = "mark"
        notice = (
            "This notebook was made for another student. Your work was judged by your own numbers; keep to the "
            "notebook that you were given."
        )
    return OwnNumbers(
        variant=drawing.variant,
        numbers={name: shown(value) for name, value in own.items()},
        found=found,
        notice=notice,
    )


def _held(problem_set: ProblemSet, session: Session) -> Iterator[tuple[str, Value | None]]:
    """What the notebook's variables of these names hold, None for neither a number nor a text."""
    for name in problem_set.given_variables[:MOST_ASKED]:
        try:
            value = session.variable(name)
        except StudentMissing:
            continue
        except StudentFault:
            value = None
        if isinstance(value, np.generic):
            value = value.item()
        yield name, value if type(value) in (int, float, str, bool) else None
        if not session.alive:
            return  # reading the others would run the notebook again


def _short(value: Value | None) -> str:
    """What a student's variable holds, as a sentence has it."""
    if value is None:
        return "something else"
    if isinstance(value, int) and abs(value) > 10**18:
        return "a very large number"
    return clean(shown(value[:MOST_SHOWN] if isinstance(value, str) else value), MOST_SHOWN)


def _same(value: Any, given: Value) -> bool:
    return isinstance(value, str) == isinstance(given, str) and bool(value == given)


def _all_same(held: Mapping[str, Value | None], given: Mapping[str, Value]) -> bool:
    return all(name in given and _same(value, given[name]) for name, value in held.items())
