"""Results in the form of Gradescope's ``results.json``, one a student's counting attempt.

Its fields are those of Gradescope's autograder specification: ``score`` at the top has the last word over the tests'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Engine, select

from grader.gradebook.database import transaction
from grader.gradebook.models import TestScore
from grader.gradebook.scores import AttemptScore, PsetScores, StudentScore
from grader.points import number

__all__ = ["gradescope_results"]

AT_ONCE = 250
"""Students whose tests are read at a time: few queries, and flat memory."""


def gradescope_results(engine: Engine, scores: PsetScores) -> Iterator[tuple[str, dict[str, Any]]]:
    """A file's name without suffix, and the content of that results.json, for each student with points.

    Members of a group each have a file of their own: extensions and overrides may tell them apart.
    """
    taken: set[str] = set()
    graded = ((one, one.attempt) for one in scores.students if one.attempt and one.score is not None)
    while some := list(islice(graded, AT_ONCE)):
        tests = _tests(engine, {attempt.result for _, attempt in some})
        for student, attempt in some:
            name = attempt.submission
            if name in taken:
                name = f"{name}-{student.number}"
            taken.add(name)
            yield name, _results(scores, student, attempt, tests[attempt.result])


def _results(
    scores: PsetScores, student: StudentScore, attempt: AttemptScore, tests: list[dict[str, Any]]
) -> dict[str, Any]:
    who = {"id": student.sid, "name": student.name, "email": student.email}
    return {
        "score": student.score,
        "output": "\n".join(_remarks(student, attempt)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "tests": [*tests, *_by_hand(scores, attempt)],
        "extra_data": {"submission": attempt.submission, "student": who, "max_score": scores.max_score},
    }


def _remarks(student: StudentScore, attempt: AttemptScore) -> Iterator[str]:
    if attempt.status != "graded":
        yield attempt.reason
    late = attempt.lateness
    if late.percent:
        days = f"{late.days} day" + ("s" if late.days != 1 else "")
        yield f"{days} late: {number(late.percent)} % of the points earned are taken off."
    for question in student.overridden:
        yield f"The points {f'for {question}' if question else 'in all'} were set by staff."
    if attempt.pending:
        yield f"Still to be graded by a person: {', '.join(attempt.pending)}."


def _tests(engine: Engine, results: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The tests of some results, in their order."""
    found: dict[int, list[dict[str, Any]]] = {result: [] for result in results}
    with transaction(engine) as connection:
        rows = connection.execute(
            select(TestScore.__table__)
            .where(TestScore.result_id.in_(results))
            .order_by(TestScore.result_id, TestScore.position)
        )
        for row in rows:
            found[row.result_id].append(
                {
                    "name": f"{row.question}: {row.name}",
                    "number": row.question,
                    "score": row.score,
                    "max_score": row.max_score,
                    "status": "passed" if row.status == "passed" else "failed",
                    "output": row.message,
                    "visibility": row.visibility,
                    "tags": [row.question, *([row.mistake] if row.mistake else [])],
                }
            )
    return found


def _by_hand(scores: PsetScores, attempt: AttemptScore) -> Iterator[dict[str, Any]]:
    for question in scores.by_hand:
        points = attempt.questions.get(question.id)
        if points is not None:
            yield {
                "name": f"{question.id}: {question.title}",
                "number": question.id,
                "score": points,
                "max_score": question.points,
                # Between none and all of the points there is no passing.
                "status": "passed" if points >= question.points else "failed",
                "output": attempt.comments.get(question.id, ""),
                "visibility": "after_published",
                "tags": [question.id, "graded by hand"],
            }
