"""A class's points made up in memory, for what only reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from grader.gradebook import AttemptScore, PsetScores, QuestionInfo, StudentScore

DUE = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
QUESTIONS = [
    QuestionInfo("q1", "One", Fraction(3), False),
    QuestionInfo("q2", "Two", Fraction(2), True),
    QuestionInfo("q3", "More", Fraction(1), False, bonus=True),
]
FULL = {"q1": Fraction(3), "q2": Fraction(2), "q3": Fraction(0)}


def an_attempt(number: int = 1, *, submission: str = "a", **more: object) -> AttemptScore:
    values: dict[str, object] = {
        "number": number, "result": number, "submission": submission, "group": 1, "sha256": "", "received_at": DUE,
        "submitted_at": None, "marked_late": False, "graded_at": DUE, "status": "graded", "reason": "", "untimed": "",
    }  # fmt: skip
    return AttemptScore(**values | more)  # type: ignore[arg-type]


def a_student(
    one: AttemptScore | None, score: float | None, number: int = 1, *, name: str = "", **more: object
) -> StudentScore:
    values = {"attempts": 1, "chosen": False, "overridden": []} | more
    points = None if score is None else Fraction(score)
    return StudentScore(number, f"s{number}", name, "", one, score=points, **values)  # type: ignore[arg-type]


def the_class(*students: StudentScore, **more: object) -> PsetScores:
    """q1 of 3 points, q2 of 2 graded by hand, and q3 of 1 for a bonus."""
    return PsetScores(1, "tiny", "Tiny", QUESTIONS, list(students), **more)  # type: ignore[arg-type]
