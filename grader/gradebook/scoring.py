"""Works out everyone's points: the attempt that counts, points given by hand, lateness, overrides.

The order is fixed. Each question has the points of its tests, or those a person gave; an override of the question
replaces them; lateness takes its percentage of the sum; an override of the whole score has the last word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, func, select

from grader.encoding import dec_hook
from grader.gradebook.attempts import (
    GradedAttempt,
    HandGiven,
    attempts_of,
    given_by_hand,
    in_order,
    members_of,
)
from grader.gradebook.database import Database, reading
from grader.gradebook.lateness import deadline, lateness
from grader.gradebook.lookup import find_pset, is_published, zone_of
from grader.gradebook.models import (
    AttemptRow,
    Choice,
    Event,
    Extension,
    Override,
    PsetRow,
    Publication,
    QuestionScore,
    ResultRow,
    StaffSentence,
    SubmissionRow,
)
from grader.gradebook.personal import Enrolled, Identity
from grader.gradebook.scores import AttemptScore, Inside, PsetScores, QuestionInfo, StudentScore
from grader.points import exact, total
from grader.pset.schema import Late

__all__ = ["scores_of"]

Counts = Literal["latest", "best"]
Overrides = Mapping[str | None, Fraction]
"""A student's overridden points by question; those under None replace the whole score."""
_READ = ("graded", "failed_to_run")
"""Statuses of attempts that could be read, and so have answers that a person can grade."""


def scores_of(database: Database, pset: str, counts: Counts | None = None) -> PsetScores:
    """Everyone's points for a problem set.

    Args:
        counts: Which attempt counts if nobody chose one; by default, what pset.yaml says.

    Raises:
        GradmarkError: The problem set was never graded.
    """
    with reading(database) as connection:
        row = find_pset(connection, pset)
        earlier, later = _sharing_budget(connection, row)
        used: Counter[int] = Counter()
        facts = []
        for one in earlier:
            scores = _Scoring(connection, one, one.counts, used).scores()
            facts.append(scores.last_fact)
            used.update(_days_used(scores))
        scores = _Scoring(connection, row, counts or row.counts, used).scores()
        return replace(
            scores, later=tuple(one.name for one in later), last_fact=max([*facts, scores.last_fact])
        )


# The budget of late days --------------------------------------------------------------------------------------


def _sharing_budget(connection: Connection, row: Any) -> tuple[Sequence[Any], Sequence[Any]]:
    """The problem sets that share a budget of late days with this one: those due before it, and those due after."""
    if not (row.due and _budget_of(row)):
        return (), ()
    rows = connection.execute(select(PsetRow.__table__).where(PsetRow.due.is_not(None))).all()
    shared = sorted((one for one in rows if _budget_of(one)), key=lambda one: (one.due, one.name))
    place = [one.id for one in shared].index(row.id)
    return shared[:place], shared[place + 1 :]


def _policy_of(row: Any) -> Late | None:
    return None if row.late is None else msgspec.convert(row.late, Late, dec_hook=dec_hook)


def _budget_of(row: Any) -> int:
    policy = _policy_of(row)
    return policy.budget_days if policy else 0


def _days_used(scores: PsetScores) -> dict[int, int]:
    """Days of the budget that a problem set uses, by students' numbers.

    Only the attempt that counts uses days. Where staff set the whole score, or there is no score, lateness costs
    nothing, so it uses none.
    """
    return {
        student.number: student.attempt.lateness.covered
        for student in scores.students
        if student.attempt and student.attempt.score is not None and "" not in student.overridden
    }


class _ByTests(NamedTuple):
    """What a question's tests gave."""

    points: Fraction
    inherited: bool
    inside: Inside | None


# One problem set ----------------------------------------------------------------------------------------------


class _Scoring:
    """Works out one problem set's points.

    Args:
        connection: The gradebook at one moment.
        row: The problem set.
        counts: ``latest`` or ``best``.
        used: Late days that each student has used for problem sets due earlier.
    """

    def __init__(self, connection: Connection, row: Any, counts: str, used: Mapping[int, int]) -> None:
        self._connection, self._row, self._counts, self._used = connection, row, counts, used
        self._policy, self._zone = _policy_of(row), zone_of(row)
        self._members = members_of(connection)
        self._questions = [
            QuestionInfo(q["id"], q["title"], exact(q["points"]), q["manual"], q["bonus"])
            for q in row.questions
        ]
        overrides: dict[int, dict[str | None, Fraction | None]] = defaultdict(dict)
        for student, question, points in self._decisions(Override, Override.question, Override.points):
            overrides[student][question] = points
        # An override without points takes the one before it back.
        self._overrides: dict[int, Overrides] = {
            student: {question: points for question, points in given.items() if points is not None}
            for student, given in overrides.items()
        }
        self._extensions: dict[int, datetime | None] = dict(self._decisions(Extension, Extension.until))
        self._choices: dict[int, int | None] = dict(self._decisions(Choice, Choice.attempt_id))

    def _decisions(self, table: Any, *columns: Any) -> Sequence[Any]:
        """The decisions about this problem set, oldest first, so that a dictionary made of them keeps the latest."""
        ours = select(table.student_id, *columns).where(table.pset_id == self._row.id).order_by(table.id)
        return self._connection.execute(ours).all()

    def scores(self) -> PsetScores:
        row, attempts = self._row, self._attempts()
        theirs = self._by_student(attempts)
        people = self._connection.execute(select(Identity.__table__)).all()
        students = [self._student(one, theirs[one.student_id]) for one in people if one.student_id in theirs]
        students.sort(
            key=lambda s: (
                s.name.casefold(), s.sid, s.email, s.attempt.submission if s.attempt else "", s.number,
            )
        )  # fmt: skip
        return PsetScores(
            row.id,
            row.name,
            row.title,
            self._questions,
            students,
            row.due and row.due.astimezone(self._zone or UTC),
            self._zone,
            self._policy.budget_days if self._policy else 0,
            published=is_published(self._connection, row.id),
            last_fact=self._last_fact(attempts),
        )

    def _by_student(self, attempts: Sequence[AttemptScore]) -> dict[int, list[AttemptScore]]:
        """Attempts by students' numbers: of all who handed in, are expected to, or were given points."""
        enrolled = self._connection.scalars(
            select(Enrolled.student_id).where(Enrolled.pset_id == self._row.id)
        )
        given = [student for student, overrides in self._overrides.items() if overrides]
        found: dict[int, list[AttemptScore]] = {student: [] for student in (*given, *enrolled)}
        for attempt in attempts:
            for student in self._members[attempt.group]:
                found.setdefault(student, []).append(attempt)
        return found

    def _last_fact(self, attempts: Sequence[AttemptScore]) -> datetime:
        told: list[datetime | None] = [
            moment for one in attempts for moment in (one.received_at, one.graded_at)
        ]
        told += [
            self._connection.scalar(select(func.max(table.at)).where(table.pset_id == self._row.id))
            for table in (Event, StaffSentence, Publication)
        ]
        return max((moment for moment in told if moment is not None), default=PsetScores.last_fact)

    # Attempts, whoever made them ------------------------------------------------------------------------------

    def _attempts(self) -> list[AttemptScore]:
        """Every attempt that has a result, oldest first, with points by tests and by hand."""
        attempts = attempts_of(self._connection, self._row.id)
        by_tests = self._points_by_tests()
        by_hand = given_by_hand(self._connection, attempts)
        return [self._attempt(one, by_tests.get(one.result, {}), by_hand[one.number]) for one in attempts]

    def _points_by_tests(self) -> dict[int, dict[str, _ByTests]]:
        """Points by question, by the result's number."""
        rows = self._connection.execute(
            select(
                QuestionScore.result_id, QuestionScore.question, QuestionScore.score, QuestionScore.inherited,
                QuestionScore.inside, QuestionScore.most_inside,
            )
            .join(ResultRow, ResultRow.id == QuestionScore.result_id)
            .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
            .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
            .where(SubmissionRow.pset_id == self._row.id)
        )  # fmt: skip
        found: dict[int, dict[str, _ByTests]] = defaultdict(dict)
        for result, question, score, inherited, inside, most in rows:
            risked = None if inside is None or most is None else Inside(inside, most)
            found[result][question] = _ByTests(score, inherited, risked)
        return found

    def _attempt(
        self, one: GradedAttempt, by_tests: Mapping[str, _ByTests], by_hand: Mapping[str, HandGiven]
    ) -> AttemptScore:
        manual = {q.id: by_hand[q.id] for q in self._questions if q.manual and q.id in by_hand}
        # A notebook that could not be run earns 0; one that could not be read has no points that anybody gave.
        untested = Fraction(0) if one.status in _READ else None
        tested = by_tests if one.status == "graded" else {}
        points = {
            q.id: None if q.manual else tested[q.id].points if q.id in tested else untested
            for q in self._questions
        }
        points |= {question: given.points for question, given in manual.items()}
        waiting = [q.id for q in self._questions if q.manual and points[q.id] is None]
        return AttemptScore(
            **vars(one),
            questions=points,
            inherited=frozenset(question for question, by in tested.items() if by.inherited),
            manual={question: given.points for question, given in manual.items()},
            comments={question: given.comment for question, given in manual.items()},
            open=waiting if one.status in _READ else [],
            members=len(self._members[one.group]),
            inside={question: by.inside for question, by in tested.items() if by.inside is not None},
        )

    # A student's own ------------------------------------------------------------------------------------------

    def _student(self, who: Any, attempts: Sequence[AttemptScore]) -> StudentScore:
        number = who.student_id
        overrides = self._overrides.get(number, {})
        given: dict[str, Fraction | None] = {q: points for q, points in overrides.items() if q is not None}
        mine = in_order([self._as_theirs(one, number, overrides) for one in attempts])
        chosen = next((one for one in mine if one.number == self._choices.get(number)), None)
        attempt = chosen or self._counting(mine)
        earned = attempt.score if attempt else total(given.values()) if given else None
        return StudentScore(
            number,
            who.sid,
            who.name,
            who.email,
            attempt,
            attempts=len(mine),
            chosen=chosen is not None,
            overridden=sorted(question or "" for question in overrides),
            score=overrides.get(None, earned),
            latest=list({one.submission: one for one in mine}.values()),
            due=deadline(self._row.due, self._extensions.get(number)),
            extended=self._extensions.get(number) is not None,
            given=given,
        )

    def _as_theirs(self, one: AttemptScore, student: int, overrides: Overrides) -> AttemptScore:
        """The attempt with one student's extension and overrides; each member of a group has their own."""
        questions = {question: overrides.get(question, points) for question, points in one.questions.items()}
        late = lateness(
            self._policy,
            self._row.due,
            one.submitted_at,
            zone=self._zone,
            extension=self._extensions.get(student),
            marked_late=one.marked_late,
            untimed=one.untimed,
            used=self._used.get(student, 0),
        )
        score = None
        if one.status != "grader_error" and any(points is not None for points in questions.values()):
            score = late.left_of(total(questions.values()))
        still_open = [question for question in one.open if question not in overrides]
        return replace(
            one,
            questions=questions,
            inherited=one.inherited - set(overrides),
            inside={question: points for question, points in one.inside.items() if question not in overrides},
            lateness=late,
            score=score,
            open=still_open,
        )

    def _counting(self, mine: Sequence[AttemptScore]) -> AttemptScore | None:
        """The latest attempt, or the best one, and of several equally good ones the latest."""
        if self._counts == "best":
            return max(reversed(mine), key=lambda one: (one.score is not None, one.score or 0), default=None)
        return mine[-1] if mine else None
