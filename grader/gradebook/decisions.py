"""What a person decides: points for a written answer, overrides, extensions, the attempt that counts.

Every decision is a row that is added, with who and why, and a line of the history. None takes one back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, or_, select

from grader.errors import GradmarkError
from grader.gradebook.database import transaction
from grader.gradebook.models import (
    Attempt,
    Choice,
    Event,
    Extension,
    GroupMember,
    ManualScore,
    Override,
    Pset,
    Student,
)
from grader.gradebook.people import storable
from grader.pset.names import nearest

__all__ = ["ManualGrade", "choose_attempt", "extend", "grade_by_hand", "override_points"]


@dataclass(frozen=True)
class ManualGrade:
    """A person's points for one answer; None takes earlier points back."""

    submission: str
    question: str
    points: float | None
    comment: str = ""
    where: str = ""
    """Begins an error message, such as ``manual.csv:3``."""


def grade_by_hand(engine: Engine, pset: str, grades: Sequence[ManualGrade], *, by: str) -> int:
    """Record points and comments for answers; all of them or, after an error, none. How many were new.

    They hold for the submission's last attempt. Points equal to what stands there already add nothing.

    Raises:
        GradmarkError: Unknown submissions or questions, points out of range, one answer twice; every one is named.
    """
    with transaction(engine) as connection:
        row = find_pset(connection, pset)
        most = {q["id"]: float(q["points"]) for q in row.questions if q["manual"]}
        attempts = _latest_attempts(connection, row.id)
        _check(grades, most, attempts)
        known = _manual_scores(connection, row.id)
        now, added = datetime.now(UTC), []
        for grade in grades:
            attempt, comment = attempts[grade.submission], storable(grade.comment)
            if known.get((attempt, grade.question), (None, "")) != (grade.points, comment):
                value = {"question": grade.question, "points": grade.points, "comment": comment}
                added.append({"attempt_id": attempt, **value, "by": storable(by), "at": now})
                _remember(
                    connection,
                    now,
                    by,
                    "graded by hand",
                    row.id,
                    None,
                    {"submission": grade.submission, **value},
                )
        if added:
            connection.execute(insert(ManualScore), added)
        return len(added)


def override_points(
    engine: Engine,
    pset: str,
    student: str,
    points: float | None,
    *,
    why: str,
    by: str,
    question: str | None = None,
) -> None:
    """Have a student get these points for a question, or in all, whatever was graded.

    Raises:
        GradmarkError: The student or question is unknown, the points are not possible, or no reason is given.
    """
    with transaction(engine) as connection:
        row, number, now = _subject(connection, pset, student, why)
        most = {q["id"]: float(q["points"]) for q in row.questions}
        if question is not None and question not in most:
            raise GradmarkError(f"{pset} has no question {question!r}; {nearest(question, list(most))}")
        limit = most[question] if question is not None else sum(most.values())
        if points is not None and not 0 <= points <= limit:
            raise GradmarkError(
                f"{points:g} points cannot be given: {question or pset} has {limit:g}; give between 0 and {limit:g}"
            )
        value = {"question": question, "points": points, "why": storable(why)}
        _decide(connection, Override, "override", row.id, number, by, now, value)


def extend(engine: Engine, pset: str, student: str, until: datetime | None, *, why: str, by: str) -> None:
    """Give a student a due date of their own.

    Raises:
        GradmarkError: The student is unknown, ``until`` has no offset from UTC, or no reason is given.
    """
    if until is not None and until.tzinfo is None:
        raise GradmarkError(f"{until} has no offset from UTC; write one, as in 2027-02-21T23:59:00-05:00")
    with transaction(engine) as connection:
        row, number, now = _subject(connection, pset, student, why)
        value = {"until": until, "why": storable(why)}
        _decide(connection, Extension, "extension", row.id, number, by, now, value)


def choose_attempt(
    engine: Engine, pset: str, student: str, submission: str | None, *, why: str, by: str
) -> None:
    """Have this submission count for a student, whichever is latest or best.

    Raises:
        GradmarkError: The student or submission is unknown, or not that student's, or no reason is given.
    """
    with transaction(engine) as connection:
        row, number, now = _subject(connection, pset, student, why)
        attempt = None
        if submission is not None:
            mine = dict(
                connection.execute(
                    select(Attempt.submission, func.max(Attempt.id))
                    .join(GroupMember, GroupMember.group_id == Attempt.group_id)
                    .where(Attempt.pset_id == row.id, GroupMember.student_id == number)
                    .group_by(Attempt.submission)
                ).all()
            )
            if submission not in mine:
                raise GradmarkError(
                    f"{student} has no submission {submission!r}; {nearest(submission, sorted(mine))}"
                )
            attempt = mine[submission]
        value = {"attempt_id": attempt, "why": storable(why)}
        _decide(connection, Choice, "choice", row.id, number, by, now, value, submission=submission)


def find_pset(connection: Connection, name: str) -> Any:
    """The row of a problem set; raises GradmarkError for one that was never graded."""
    row = connection.execute(select(Pset.__table__).where(Pset.name == name)).one_or_none()
    if row is None:
        known = list(connection.scalars(select(Pset.name).order_by(Pset.name)))
        raise GradmarkError(
            f"the gradebook knows no problem set {name!r}; "
            + (nearest(name, known) if known else "grade it first, with gradmark grade")
        )
    return row


def find_student(connection: Connection, given: str) -> int:
    """A student's number, by student id, e-mail address, name or, for someone unknown, submission.

    Raises:
        GradmarkError: Nobody, or more than one, is meant.
    """
    plain = given.strip()
    found = connection.execute(
        select(Student.id, Student.key).where(
            or_(
                Student.key.in_([f"id:{plain}", f"email:{plain.casefold()}", f"submission:{plain}"]),
                func.lower(Student.email) == plain.lower(),
                Student.name == plain,
            )
        )
    ).all()
    exact = [row for row in found if row.key == f"id:{plain}"] or found
    if len(exact) == 1 and plain:
        return int(exact[0].id)
    if exact:
        raise GradmarkError(
            f"{len(exact)} students are called {given!r}; give a student id or an e-mail address"
        )
    raise GradmarkError(
        f"the gradebook knows no student {given!r}; give a student id, an e-mail address or a name as in scores.csv"
    )


def _subject(connection: Connection, pset: str, student: str, why: str) -> tuple[Any, int, datetime]:
    if not why.strip():
        raise GradmarkError("no reason is given; the gradebook keeps one with every decision")
    return find_pset(connection, pset), find_student(connection, student), datetime.now(UTC)


def _latest_attempts(connection: Connection, pset: int) -> dict[str, int]:
    rows = connection.execute(
        select(Attempt.submission, func.max(Attempt.id))
        .where(Attempt.pset_id == pset)
        .group_by(Attempt.submission)
    )
    return dict(rows.all())


def _manual_scores(connection: Connection, pset: int) -> dict[tuple[int, str], tuple[float | None, str]]:
    """Points and comment that hold now, by attempt and question."""
    rows = connection.execute(
        select(ManualScore.attempt_id, ManualScore.question, ManualScore.points, ManualScore.comment)
        .join(Attempt, Attempt.id == ManualScore.attempt_id)
        .where(Attempt.pset_id == pset)
        .order_by(ManualScore.id)
    )
    return {(attempt, question): (points, comment) for attempt, question, points, comment in rows}


def _check(grades: Sequence[ManualGrade], most: dict[str, float], attempts: dict[str, int]) -> None:
    problems: list[str] = []
    seen: dict[tuple[str, str], str] = {}
    for grade in grades:
        at = f"{grade.where}: " if grade.where else ""
        if grade.submission not in attempts:
            close = nearest(grade.submission, sorted(attempts))
            problems.append(f"{at}no submission {grade.submission!r}; {close}")
        elif grade.question not in most:
            problems.append(
                f"{at}no question {grade.question!r} is graded by hand; {nearest(grade.question, list(most))}"
            )
        elif grade.points is not None and not 0 <= grade.points <= most[grade.question]:
            problems.append(
                f"{at}{grade.points:g} points for {grade.question}, which has {most[grade.question]:g}"
            )
        elif (grade.submission, grade.question) in seen:
            first = seen[grade.submission, grade.question]
            problems.append(f"{at}{grade.submission} {grade.question} is also in {first}; leave one")
        seen.setdefault((grade.submission, grade.question), grade.where)
    if problems:
        more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
        raise GradmarkError("nothing was imported: " + "; ".join(problems[:5]) + more)


def _decide(
    connection: Connection,
    table: Any,
    what: str,
    pset: int,
    student: int,
    by: str,
    now: datetime,
    value: dict[str, Any],
    **more: Any,
) -> None:
    connection.execute(
        insert(table).values(pset_id=pset, student_id=student, by=storable(by), at=now, **value)
    )
    detail = {**value, **more}
    _remember(connection, now, by, what, pset, student, detail)


def _remember(
    connection: Connection,
    now: datetime,
    by: str,
    what: str,
    pset: int,
    student: int | None,
    detail: dict[str, Any],
) -> None:
    plain = {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in detail.items()
    }
    connection.execute(
        insert(Event).values(
            at=now, by=storable(by), what=what, pset_id=pset, student_id=student, detail=plain
        )
    )
