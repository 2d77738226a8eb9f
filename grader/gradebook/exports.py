"""Everyone's points as one CSV: scores.csv, and what ``gradmark scores`` prints."""

from __future__ import annotations

from datetime import UTC

from grader.gradebook.scores import PsetScores, StudentScore
from grader.points import number
from grader.spreadsheet import csv_text, points_cell, safe_cell

__all__ = ["scores_csv"]

_FIRST = ["submission", "student_id", "name", "email", "status", "score", "max_score"]
_LAST = [
    "submitted_at", "late_days", "late_percent", "attempts", "chosen", "overridden", "to_grade_by_hand",
    "budget_days_used", "budget_days_left", "time_note",
]  # fmt: skip


INSIDE = "points_inside"


def scores_csv(scores: PsetScores) -> str:
    """One row for each student of the problem set, whether they handed in or not.

    A question's column has its points before lateness. What is not known is an empty cell, not 0: an answer that a
    person still has to grade (``to_grade_by_hand`` names it), a submission that could not be read or graded
    (``status``), a time that is not known (``time_note``). ``overridden`` has ``all`` if the whole score was. Where
    tests ran inside the students' processes, a last column ``points_inside`` has the points that rest on these.
    """
    inside = bool(scores.inside)
    header = [*_FIRST, *(question.id for question in scores.questions), *_LAST, *([INSIDE] if inside else [])]
    rows = (
        [*_begin(one, scores), *_points(one, scores), *_end(one, scores), *(_inside(one) if inside else [])]
        for one in scores.students
    )
    return csv_text([header, *rows])


def _begin(student: StudentScore, scores: PsetScores) -> list[str]:
    called = student.attempt.submission if student.attempt else ""
    return [
        *(safe_cell(part) for part in (called, student.sid, student.name, student.email)),
        student.status,
        points_cell(student.score),
        number(scores.max_score),
    ]


def _points(student: StudentScore, scores: PsetScores) -> list[str]:
    points = student.attempt.questions if student.attempt else student.given
    return [points_cell(points.get(question.id)) for question in scores.questions]


def _end(student: StudentScore, scores: PsetScores) -> list[str]:
    attempt = student.attempt
    late = attempt.lateness if attempt else None
    known = late is not None and late.known
    return [
        attempt.submitted_at.astimezone(scores.zone or UTC).isoformat()
        if attempt and attempt.submitted_at
        else "",
        str(late.days) if late and known else "",
        points_cell(late.percent) if late and known else "",
        str(student.attempts),
        "yes" if student.chosen else "",
        " ".join(question or "all" for question in student.overridden),
        " ".join(student.open),
        str(late.covered) if late and late.budget else "",
        str(late.left) if late and late.budget else "",
        late.note if late else "",
    ]


def _inside(student: StudentScore) -> list[str]:
    return [points_cell(student.inside if student.attempt and student.score is not None else None)]
