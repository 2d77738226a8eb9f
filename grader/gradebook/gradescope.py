"""Gradescope's ``results.json``, one for each student's attempt that counts.

The fields are those of Gradescope's autograder specification, where ``score`` at the top overrides the tests' scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.gradebook.database import Database, reading
from grader.gradebook.documents import documents_of
from grader.gradebook.remember import in_parts
from grader.gradebook.scores import AttemptScore, PsetScores, StudentScore
from grader.mending import for_all_to_see
from grader.points import as_json, exact, is_full
from grader.results import SubmissionResult
from grader.wording import message_of

__all__ = ["gradescope_results"]

AT_ONCE = 100
"""How many students' results are read at a time: few queries, little memory."""


def gradescope_results(database: Database, scores: PsetScores) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each student with points, a file name without its suffix and the content of their results.json.

    Members of a group each have their own file, because extensions and overrides may differ.
    """
    taken: set[str] = set()
    graded = ((one, one.attempt) for one in scores.students if one.attempt and one.score is not None)
    for part in in_parts(graded, AT_ONCE):
        wanted = [(attempt.result, attempt.submission, None) for _, attempt in part]
        with reading(database) as connection:
            results = dict(documents_of(connection, scores.number, wanted))
        for student, attempt in part:
            name = attempt.submission
            while name.casefold() in taken:  # another student's file may have this name
                name = f"{name}-{student.number}"
            taken.add(name.casefold())
            yield name, _results(scores, student, attempt, results[attempt.result])


def _results(
    scores: PsetScores, student: StudentScore, attempt: AttemptScore, result: SubmissionResult
) -> dict[str, Any]:
    who = {"id": student.sid, "name": student.name, "email": student.email}
    assert student.score is not None
    return {
        "score": as_json(student.score),
        "output": "\n".join(filter(None, [for_all_to_see(result), *_remarks(student, attempt)])),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "tests": [*_tests(result), *_by_hand(scores, attempt)],
        "extra_data": {
            "submission": attempt.submission, "student": who, "max_score": as_json(scores.max_score),
        },
    }  # fmt: skip


def _remarks(student: StudentScore, attempt: AttemptScore) -> Iterator[str]:
    if attempt.status != "graded":
        yield attempt.reason
    late = attempt.lateness
    if late.percent:
        yield f"{late.in_words}."
    for question in student.overridden:
        yield f"The points {f'for {question}' if question else 'in all'} were set by staff."
    if student.open:
        yield f"Still to be graded by a person: {', '.join(student.open)}."


def _tests(result: SubmissionResult) -> Iterator[dict[str, Any]]:
    for question in result.questions:
        for test in question.tests:
            yield {
                "name": f"{question.id}: {test.name}",
                "number": question.id,
                "score": as_json(exact(test.score)),
                "max_score": as_json(exact(test.max_score)),
                "status": "passed" if test.status == "passed" else "failed",
                "output": message_of(test),
                "visibility": test.visibility,
                "tags": [question.id, *([test.mistake] if test.mistake else [])],
                **({"extra_data": {"trust": test.trust}} if test.trust == "inside" else {}),
            }


def _by_hand(scores: PsetScores, attempt: AttemptScore) -> Iterator[dict[str, Any]]:
    for question in scores.by_hand:
        points = attempt.questions.get(question.id)
        if points is not None:
            yield {
                "name": f"{question.id}: {question.title}",
                "number": question.id,
                "score": as_json(points),
                "max_score": as_json(question.points),
                # Gradescope knows nothing between passed and failed, so part of the points is failed.
                "status": "passed" if is_full(points, question.points) else "failed",
                "output": attempt.comments.get(question.id, ""),
                "visibility": "after_published",
                "tags": [question.id, "graded by hand"],
            }
