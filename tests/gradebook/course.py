"""A tiny problem set with a due date, and results as grading would give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from grader.gradebook import Delivery, Recorder, scores_of
from grader.pset import ProblemSet, load_problem_set
from grader.results import (
    Explained,
    NamedMistake,
    Provenance,
    QuestionResult,
    Showing,
    StudentIdentity,
    SubmissionResult,
    TestResult,
)
from tests.pset.tiny import write_tiny_course

SUM_FOR_MEAN = Explained(
    mistakes=[NamedMistake(name="sum_for_mean", says="You sum.", function="mean")],
    shown=[Showing(function="mean", wrong=1, calls=1)],
)
DAY = timedelta(days=1)
DUE = datetime.fromisoformat("2027-02-21T23:59:00-05:00")
POLICY = "data: data\ndue: 2027-02-21T23:59:00-05:00\nlate: {grace_minutes: 15, percent_per_day: 10, cap_percent: 50}"
HEADING = "<!-- BEGIN QUESTION -->\n\n## Question 3"
"""Of q3, as the handout has it."""


@dataclass(frozen=True)
class HandedIn:
    """A result, with what its intake knew of the submission."""

    result: SubmissionResult
    students: tuple[StudentIdentity, ...] = ()
    """Everyone who handed it in together; the result's own student where empty."""
    submitted_at: datetime | None = None
    """With an offset from UTC."""
    late: bool = False
    """Where it came from marked it as late."""


def record_results(
    engine: Engine,
    problem_set: ProblemSet,
    submissions: Iterable[HandedIn],
    *,
    roster: Sequence[StudentIdentity] | None = None,
    by: str = "",
) -> int:
    """Record results that somebody else made, without the files they were made of; how many were new.

    Args:
        roster: Everyone of whom a submission is expected, in place of an earlier roster; None leaves that one.
    """
    recorder, count = Recorder(engine, problem_set, by=by), 0
    for one in submissions:
        result = one.result
        students = one.students or ((result.student,) if result.student else ())
        sha256 = result.provenance.submission_sha256
        delivery = Delivery(result.submission, sha256, students, one.submitted_at, one.late)
        attempt, _ = recorder.hand_in(delivery)
        count += recorder.record(attempt, result)
    if roster is not None:
        recorder.enrol(roster)
    return count


def course(folder: Path, policy: str = POLICY, *, name: str = "tiny") -> ProblemSet:
    """q1 of 3 points, q2 of 2, q3 of 4 graded by hand."""
    path = write_tiny_course(folder, pset=("data: data", policy))
    return load_problem_set(path if name == path.name else _renamed(path, name))


def _renamed(path: Path, name: str) -> Path:
    (path / f"{path.name}.md").rename(path / f"{name}.md")
    return path.rename(path.with_name(name))


def who(number: int, **more: str) -> StudentIdentity:
    return StudentIdentity(id=f"s{number}", name=f"Student {number}", email=f"s{number}@school.edu", **more)


def result(name: str, q1: float = 3.0, q2: float = 2.0, *, sha: str = "", **more: object) -> SubmissionResult:
    """A graded submission in which one test a question gave these points."""
    questions = [
        QuestionResult(
            id=question, title=question.upper(), score=score, max_score=most,
            tests=[
                TestResult(
                    name=f"test_{question}", status="passed" if score == most else "failed", score=score,
                    max_score=most, visibility="hidden", summary="" if score == most else "wrong\x00 =value",
                    explanation=None if score == most else SUM_FOR_MEAN, seconds=0.25,
                )
            ],
        )
        for question, score, most in (("q1", q1, 3.0), ("q2", q2, 2.0))
    ]  # fmt: skip
    questions.append(QuestionResult(id="q3", title="Explain", score=0.0, max_score=4.0, tests=[]))
    provenance = Provenance(
        submission_sha256=(sha or name).encode().hex().ljust(64, "0")[:64], pset_sha256="1" * 64, gradmark="0.1.0",
        python="3.11", numpy="2.0", seed="5eed", isolation=[],
    )  # fmt: skip
    values: dict[str, object] = {
        "submission": name, "pset": "tiny", "student": None, "status": "graded", "reason": "", "score": q1 + q2,
        "max_score": 9.0, "questions": questions, "notebook_errors": [], "provenance": provenance,
    }  # fmt: skip
    return SubmissionResult(**(values | more))  # type: ignore[arg-type]


def handed_in(
    name: str,
    student: int | tuple[int, ...],
    *points: float,
    late: timedelta = -timedelta(hours=1),
    sha: str = "",
) -> HandedIn:
    """By a student, or several, so much after the due date."""
    students = tuple(who(one) for one in (student if isinstance(student, tuple) else (student,)))
    return HandedIn(result(name, *points, sha=sha), students, DUE + late)


def score(engine: Engine, sid: str, counts=None) -> float | None:
    """A student's points, or None where they are not known."""
    found = next(s.score for s in scores_of(engine, "tiny", counts).students if s.sid == sid)
    return None if found is None else float(found)
