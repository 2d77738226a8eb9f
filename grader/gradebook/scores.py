"""What everyone's points are: the attempt that counts, points given by hand, lateness, overrides.

The order is fixed. An attempt's questions have their tests' points, or a person's; an override of a question takes
their place; lateness takes its percentage of the sum; an override of everything has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, func, select

from grader.encoding import dec_hook
from grader.gradebook.database import transaction
from grader.gradebook.decisions import find_pset
from grader.gradebook.lateness import Lateness, lateness
from grader.gradebook.models import (
    Attempt,
    Choice,
    Enrolled,
    Extension,
    GroupMember,
    ManualScore,
    Override,
    Pset,
    QuestionScore,
    Result,
    Student,
)
from grader.pset.schema import Late

__all__ = ["AttemptScore", "PsetScores", "QuestionInfo", "StudentScore", "pset_names", "scores_of"]

Counts = Literal["latest", "best"]
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class QuestionInfo:
    """A question as the last run knew it."""

    id: str
    title: str
    points: float
    manual: bool


@dataclass
class AttemptScore:
    """An attempt as a student's: their extension and their overrides are in it."""

    number: int
    """Of the attempt in the gradebook."""
    result: int
    submission: str
    submitted_at: datetime | None
    status: str
    reason: str
    questions: dict[str, float | None] = field(default_factory=dict)
    """Points by question; None where a person has still to give them."""
    comments: dict[str, str] = field(default_factory=dict)
    lateness: Lateness = field(default_factory=Lateness)
    score: float | None = None
    """After lateness; None after an error of ours, which is nobody's zero."""

    @property
    def pending(self) -> list[str]:
        """Questions that a person has still to give points for; they count as 0 until then."""
        return [question for question, points in self.questions.items() if points is None]


@dataclass
class StudentScore:
    """A student's points for a problem set, and what they rest on."""

    number: int
    sid: str
    name: str
    email: str
    attempt: AttemptScore | None
    """The one that counts; None for a student of the roster, or with overrides, who handed in nothing."""
    attempts: int
    chosen: bool
    """A person chose the attempt."""
    overridden: list[str]
    """Questions with overridden points; ``""`` stands for everything."""
    score: float | None
    latest: list[AttemptScore] = field(default_factory=list)
    """The last attempt under each submission's name, in the order of the attempts."""
    due: datetime | None = None
    """Their own due date: the problem set's, or that of their extension."""


@dataclass
class PsetScores:
    """Everyone's points for one problem set, by name and id."""

    name: str
    title: str
    questions: list[QuestionInfo]
    students: list[StudentScore]
    due: datetime | None = None

    @property
    def max_score(self) -> float:
        return sum(question.points for question in self.questions)

    @property
    def by_hand(self) -> list[QuestionInfo]:
        """Questions that a person grades."""
        return [question for question in self.questions if question.manual]


def pset_names(engine: Engine) -> list[str]:
    """Every problem set in the gradebook."""
    with transaction(engine) as connection:
        return list(connection.scalars(select(Pset.name).order_by(Pset.name)))


def scores_of(engine: Engine, pset: str, counts: Counts | None = None) -> PsetScores:
    """Everyone's points for a problem set.

    Args:
        counts: Which attempt counts where nobody has chosen one; as pset.yaml says where not given.

    Raises:
        GradmarkError: It was never graded.
    """
    with transaction(engine) as connection:
        row = find_pset(connection, pset)
        return _Sums(connection, row, counts or row.counts).all()


class _Sums:
    def __init__(self, connection: Connection, row: Any, counts: str) -> None:
        self._connection, self._row, self._counts = connection, row, counts
        self._policy = msgspec.convert(row.late, Late, dec_hook=dec_hook) if row.late is not None else None
        self._questions = [QuestionInfo(q["id"], q["title"], q["points"], q["manual"]) for q in row.questions]
        self._overrides: dict[int, dict[str | None, float | None]] = {}
        for student, question, points in self._decisions(Override, Override.question, Override.points):
            self._overrides.setdefault(student, {})[question] = points
        self._extensions: dict[int, datetime | None] = dict(self._decisions(Extension, Extension.until))
        self._choices: dict[int, int | None] = dict(self._decisions(Choice, Choice.attempt_id))

    def _decisions(self, table: Any, *columns: Any) -> Iterable[Any]:
        """In their order, so that in a dictionary the last one stays."""
        ours = select(table.student_id, *columns).where(table.pset_id == self._row.id).order_by(table.id)
        return self._connection.execute(ours).all()

    def all(self) -> PsetScores:
        attempts = self._attempts()
        members = self._connection.execute(
            select(GroupMember.student_id, Attempt.id)
            .join(Attempt, Attempt.group_id == GroupMember.group_id)
            .where(Attempt.pset_id == self._row.id)
            .order_by(Attempt.id)
        )
        enrolled = self._connection.scalars(
            select(Enrolled.student_id).where(Enrolled.pset_id == self._row.id)
        )
        given = [
            one for one, points in self._overrides.items() if any(p is not None for p in points.values())
        ]
        mine: dict[int, list[int]] = {student: [] for student in (*given, *enrolled)}
        for student, attempt in members:
            if attempt in attempts:
                mine.setdefault(student, []).append(attempt)
        students = self._connection.execute(select(Student.__table__))
        found = [self._student(s, [attempts[a] for a in mine[s.id]]) for s in students if s.id in mine]
        found.sort(
            key=lambda s: (s.name.casefold(), s.sid, s.email, s.attempt.submission if s.attempt else "")
        )
        return PsetScores(self._row.name, self._row.title, self._questions, found, self._row.due)

    def _attempts(self) -> dict[int, tuple[AttemptScore, bool]]:
        """Every attempt with its last result, tests' points and manual points, and whether it was marked late."""
        ours = Attempt.pset_id == self._row.id
        last = select(func.max(Result.id)).join(Attempt).where(ours).group_by(Result.attempt_id)
        rows = self._connection.execute(
            select(
                Attempt.id, Result.id, Attempt.submission, Attempt.submitted_at, Result.status, Result.reason,
                Attempt.marked_late,
            )
            .join(Result, Result.attempt_id == Attempt.id)
            .where(Result.id.in_(last))
        )  # fmt: skip
        found: dict[int, tuple[AttemptScore, bool]] = {}
        by_result: dict[int, AttemptScore] = {}
        blank = {q.id: None if q.manual else 0.0 for q in self._questions}
        for number, result, submission, submitted_at, status, reason, late in rows:
            attempt = AttemptScore(number, result, submission, submitted_at, status, reason, dict(blank))
            found[attempt.number] = attempt, late
            by_result[attempt.result] = attempt
        tests = {q.id for q in self._questions if not q.manual}
        points = select(QuestionScore.result_id, QuestionScore.question, QuestionScore.score)
        for result, question, passed in self._connection.execute(
            points.where(QuestionScore.result_id.in_(last))
        ):
            if question in tests:
                by_result[result].questions[question] = passed
        given = self._connection.execute(
            select(ManualScore.attempt_id, ManualScore.question, ManualScore.points, ManualScore.comment)
            .join(Attempt, Attempt.id == ManualScore.attempt_id)
            .where(ours)
            .order_by(ManualScore.id)
        )
        for number, question, score, comment in given:
            if number in found and question in blank and question not in tests:
                found[number][0].questions[question] = score
                found[number][0].comments[question] = comment
        return found

    def _student(self, student: Any, attempts: list[tuple[AttemptScore, bool]]) -> StudentScore:
        overrides = {q: p for q, p in self._overrides.get(student.id, {}).items() if p is not None}
        mine = [self._as_theirs(one, late, student.id, overrides) for one, late in attempts]
        chosen = [one for one in mine if one.number == self._choices.get(student.id)]
        attempt = chosen[0] if chosen else self._counting(mine)
        score = overrides.get(None, attempt.score if attempt else None)
        return StudentScore(
            student.id,
            student.sid,
            student.name,
            student.email,
            attempt,
            attempts=len(mine),
            chosen=bool(chosen),
            overridden=sorted(question or "" for question in overrides),
            score=score,
            latest=list({one.submission: one for one in mine}.values()),
            due=self._extensions.get(student.id) or self._row.due,
        )

    def _as_theirs(
        self, one: AttemptScore, late: bool, student: int, overrides: dict[str | None, float]
    ) -> AttemptScore:
        """The attempt of a group is each member's own, with their own extension and overrides."""
        questions = {question: overrides.get(question, points) for question, points in one.questions.items()}
        lateness_ = lateness(
            self._policy,
            self._row.due,
            one.submitted_at,
            extension=self._extensions.get(student),
            marked_late=late,
        )
        score = None
        if one.status != "grader_error":
            # Points are sums of few decimals: what is beyond the ninth is rounding.
            score = round(float(sum(p or 0.0 for p in questions.values()) * (1 - lateness_.percent / 100)), 9)
        return AttemptScore(
            one.number, one.result, one.submission, one.submitted_at, one.status, one.reason,
            questions, one.comments, lateness_, score,
        )  # fmt: skip

    def _counting(self, attempts: list[AttemptScore]) -> AttemptScore | None:
        """The latest attempt, or the best, and of equally good ones the latest."""

        def when(one: AttemptScore) -> tuple[datetime, int]:
            return one.submitted_at or _LONG_AGO, one.number

        if self._counts == "best":
            return max(
                attempts, key=lambda one: (-1.0 if one.score is None else one.score, when(one)), default=None
            )
        return max(attempts, key=when, default=None)
