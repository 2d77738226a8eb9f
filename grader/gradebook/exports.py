"""Everyone's points as one CSV."""

from __future__ import annotations

import csv
import io

from grader.gradebook.scores import PsetScores
from grader.spreadsheet import points_cell, safe_cell

__all__ = ["scores_csv"]

_COLUMNS = [
    "student_id", "name", "email", "submission", "status", "score", "max_score", "submitted_at", "late_days",
    "late_percent", "attempts", "chosen", "overridden", "to_grade_by_hand",
]  # fmt: skip


def scores_csv(scores: PsetScores) -> str:
    """One row a student. A question's column has its points before lateness, and nothing where they are not known.

    ``overridden`` names questions, and ``all`` where everything was overridden.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*_COLUMNS, *(question.id for question in scores.questions)])
    for student in scores.students:
        attempt = student.attempt
        submitted = attempt.submitted_at.isoformat() if attempt and attempt.submitted_at else ""
        questions = attempt.questions if attempt else {}
        rows.writerow(
            [
                *(safe_cell(part) for part in (student.sid, student.name, student.email)),
                safe_cell(attempt.submission if attempt else ""),
                attempt.status if attempt else "not handed in",
                points_cell(student.score),
                points_cell(scores.max_score),
                submitted,
                attempt.lateness.days if attempt else "",
                points_cell(attempt.lateness.percent) if attempt else "",
                student.attempts,
                "yes" if student.chosen else "",
                " ".join(question or "all" for question in student.overridden),
                " ".join(attempt.pending) if attempt else "",
                *(points_cell(questions.get(question.id)) for question in scores.questions),
            ]
        )
    return text.getvalue()
