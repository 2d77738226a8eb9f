"""What a person decides: points for written answers, overrides, and the attempt that counts.

Every decision adds a row that says who made it and why, and a line to the history; a row without a value takes the
decision back. Extensions have a module of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, insert, select

from grader.errors import GradmarkError
from grader.gradebook.attempts import GradedAttempt, HandGiven, attempts_of, given_by_hand, in_order
from grader.gradebook.database import Database, transaction
from grader.gradebook.lookup import find_pset, find_student, is_published
from grader.gradebook.models import (
    Choice,
    GroupMember,
    ManualScore,
    Override,
    Publication,
)
from grader.gradebook.remember import private_text, remember, storable
from grader.points import earned, exact, number, rounded, total
from grader.pset.names import nearest

__all__ = [
    "ManualGrade",
    "choose_attempt",
    "grade_by_hand",
    "override_points",
    "publish",
]


@dataclass(frozen=True)
class ManualGrade:
    """A person's points for one answer; None takes earlier points back."""

    submission: str
    question: str
    points: Fraction | float | None
    comment: str = ""
    where: str = ""
    """Where it was read, such as ``manual.csv:3``, to start an error message with."""


def grade_by_hand(database: Database, pset: str, grades: Sequence[ManualGrade], *, by: str) -> int:
    """Record points and comments for answers, all of them or, after an error, none; returns how many were new.

    They hold for the submission's last attempt. Points and comments that are there already add nothing.

    Raises:
        GradmarkError: A submission or question is unknown, points are out of range, or an answer is graded twice.
    """
    with transaction(database) as connection:
        row = find_pset(connection, pset)
        asked = {q["id"]: q for q in row.questions if q["manual"]}
        everything = attempts_of(connection, row.id)
        attempts = _latest(everything)
        meant = _check(grades, asked, attempts)
        known = given_by_hand(connection, everything)
        now, count = datetime.now(UTC), 0
        for grade, points in zip(grades, meant, strict=True):
            attempt, comment = attempts[grade.submission].number, storable(grade.comment)
            before, said = known[attempt].get(grade.question, HandGiven(None, ""))
            if said == comment and _same(before, points):
                continue
            words = private_text(connection, comment, attempt=attempt) if comment else None
            value = {"attempt_id": attempt, "question": grade.question, "points": points}
            signed = {"comment": words, "by": storable(by), "at": now}
            connection.execute(insert(ManualScore).values(**value, **signed))
            told = {"comment": comment}
            detail = {"attempt": attempt, "question": grade.question, "points": points}
            remember(
                connection,
                now,
                by,
                "graded by hand",
                pset=row.id,
                attempt=attempt,
                detail=detail,
                private=told,
            )
            count += 1
        return count


def override_points(
    database: Database,
    pset: str,
    student: str,
    points: Fraction | float | str | None,
    *,
    why: str,
    by: str,
    question: str | None = None,
    bonus: bool = False,
) -> None:
    """Give a student these points for a question, or for everything, whatever was graded.

    Args:
        bonus: Allow more points than the maximum.

    Raises:
        GradmarkError: The student or question is unknown, the points are out of range, or no reason is given.
    """
    with transaction(database) as connection:
        row, number_, now = _subject(connection, pset, student, why)
        asked = {q["id"]: q for q in row.questions}
        if question is not None and question not in asked:
            raise GradmarkError(f"{pset} has no question {question!r}; {nearest(question, list(asked))}")
        ours = [q for q in asked.values() if not q["bonus"]] if question is None else [asked[question]]
        most = total(exact(q["points"]) for q in ours)
        given = None if points is None else earned(points, most)
        more = bonus or (question is not None and asked[question]["bonus"])
        if given is not None and (given < 0 or (given > most and not more)):
            raise GradmarkError(
                f"{question or pset} has {number(most)} points, so {number(given)} cannot be given; give between 0 and "
                f"{number(most)}, or say that it is a bonus"
            )
        value = {"question": question, "points": given}
        decide(connection, Override, "override", row.id, number_, by, now, why, value, value)


def choose_attempt(
    database: Database, pset: str, student: str, submission: str | None, *, why: str, by: str
) -> None:
    """Let this submission count for a student, whichever is latest or best.

    Raises:
        GradmarkError: The student is unknown, has no such submission, or no reason is given.
    """
    with transaction(database) as connection:
        row, number, now = _subject(connection, pset, student, why)
        attempt = None
        if submission is not None:
            mine = {one.submission: one.number for one in _attempts_of(connection, row.id, number)}
            if submission not in mine:
                raise GradmarkError(
                    f"{student} has no submission {submission!r}; {nearest(submission, sorted(mine))}"
                )
            attempt = mine[submission]
        value = {"attempt_id": attempt}
        decide(connection, Choice, "choice", row.id, number, by, now, why, value, {"attempt": attempt})


def publish(database: Database, pset: str, published: bool, *, by: str) -> bool:
    """Let students see their points from now on, or stop that; returns whether anything changed."""
    with transaction(database) as connection:
        row = find_pset(connection, pset)
        if is_published(connection, row.id) == published:
            return False
        now = datetime.now(UTC)
        connection.execute(
            insert(Publication).values(pset_id=row.id, published=published, by=storable(by), at=now)
        )
        remember(connection, now, by, "published" if published else "not published any more", pset=row.id)
        return True


def _subject(connection: Connection, pset: str, student: str, why: str) -> tuple[Any, int, datetime]:
    now = reasoned(why)
    return find_pset(connection, pset), find_student(connection, student), now


def reasoned(why: str) -> datetime:
    """The time of the decision; raises `GradmarkError` if no reason is given."""
    if not why.strip():
        raise GradmarkError("give a reason; the gradebook keeps one with every decision")
    return datetime.now(UTC)


def _latest(attempts: Iterable[GradedAttempt]) -> dict[str, GradedAttempt]:
    """The last attempt under each submission name."""
    found: dict[str, list[GradedAttempt]] = {}
    for one in attempts:
        found.setdefault(one.submission, []).append(one)
    return {name: in_order(several)[-1] for name, several in found.items()}


def _attempts_of(connection: Connection, pset: int, student: int) -> list[Any]:
    """A student's attempts, from first to latest."""
    groups = set(connection.scalars(select(GroupMember.group_id).where(GroupMember.student_id == student)))
    return in_order([one for one in attempts_of(connection, pset) if one.group in groups])


def _check(
    grades: Sequence[ManualGrade], asked: Mapping[str, Any], attempts: Mapping[str, GradedAttempt]
) -> list[Fraction | None]:
    """The points meant by each grade; raises `GradmarkError` with every problem."""
    problems: list[str] = []
    meant: list[Fraction | None] = []
    seen: dict[tuple[str, str], str] = {}
    for grade in grades:
        at = f"{grade.where}: " if grade.where else ""
        question = asked.get(grade.question)
        most = exact(question["points"]) if question else Fraction(0)
        points = None if grade.points is None else earned(grade.points, most)
        meant.append(points)
        if grade.submission not in attempts:
            close = nearest(grade.submission, sorted(attempts))
            problems.append(f"{at}there is no submission {grade.submission!r}; {close}")
        elif question is None:
            problems.append(
                f"{at}{grade.question!r} is not a question graded by hand; {nearest(grade.question, list(asked))}"
            )
        elif points is not None and (points < 0 or (points > most and not question["bonus"])):
            problems.append(
                f"{at}{number(points)} points for {grade.question}, but it has only {number(most)}"
            )
        elif (grade.submission, grade.question) in seen:
            first = seen[grade.submission, grade.question]
            problems.append(f"{at}{grade.submission} {grade.question} is also in {first}; remove one of them")
        seen.setdefault((grade.submission, grade.question), grade.where)
    if problems:
        raise GradmarkError(f"nothing was imported: {first_five(problems)}")
    return meant


def first_five(problems: Sequence[str]) -> str:
    """The first five problems as one sentence, which says how many more there are."""
    more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
    return "; ".join(problems[:5]) + more


def _same(before: Fraction | None, points: Fraction | None) -> bool:
    """Whether points are those given before, or those as an export has rounded them."""
    return before == points or (before is not None and points == exact(rounded(before)))


def decide(
    connection: Connection,
    table: Any,
    what: str,
    pset: int,
    student: int,
    by: str,
    now: datetime,
    why: str,
    value: dict[str, Any],
    detail: dict[str, Any],
) -> None:
    """Add a decision and a line of the history; the reason is kept as a personal text, so that it can be erased."""
    words = private_text(connection, why, student=student)
    connection.execute(
        insert(table).values(pset_id=pset, student_id=student, by=storable(by), at=now, why=words, **value)
    )
    told = {"why": storable(why)}
    remember(connection, now, by, what, pset=pset, student=student, detail=detail, private=told)
