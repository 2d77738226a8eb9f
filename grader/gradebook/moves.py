"""Why a score moved: points that tests give because their failure is inherited, or no longer give."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sqlalchemy import Connection

from grader.gradebook.documents import documents_of
from grader.points import number, total
from grader.results import QuestionResult, SubmissionResult

__all__ = ["why_moved", "words_of_moves"]


def why_moved(
    connection: Connection, pset: int, results: Mapping[str, tuple[int, int]]
) -> dict[str, list[str]]:
    """For submissions with the numbers of two results, the sentences about what is inherited in only one of them."""
    wanted = [(result, name, None) for name, pair in results.items() for result in pair]
    earlier: dict[str, SubmissionResult] = {}
    found: dict[str, list[str]] = {}
    for _, result in documents_of(connection, pset, wanted):
        before = earlier.pop(result.submission, None)
        if before is None:
            earlier[result.submission] = result
        elif words := words_of_moves(before, result):
            found[result.submission] = words
    return found


def words_of_moves(before: SubmissionResult, after: SubmissionResult) -> list[str]:
    """A sentence for each question whose inherited failures give other points than before."""
    known = {question.id: _inherited(question)[0] for question in before.questions}
    said = []
    for question in after.questions:
        points, origins = _inherited(question)
        more = points - known.get(question.id, Fraction(0))
        amount = f"{number(abs(more))} {'more' if more > 0 else 'fewer'} point{'s' * (abs(more) != 1)}"
        if more > 0:
            said.append(f"{question.id}: {amount}: its failure is inherited from {' and '.join(origins)}.")
        elif more < 0:
            said.append(f"{question.id}: {amount}: less of its failure is inherited than before.")
    return said


def _inherited(question: QuestionResult) -> tuple[Fraction, list[str]]:
    """The points for failures that are inherited, and the questions that these come from."""
    tests = [test for test in question.tests if test.inherited]
    origins = dict.fromkeys(origin for test in tests for origin in test.inherited or ())
    return total(test.score for test in tests), list(origins)
