"""Students' own due dates: decisions as in `grader.gradebook.decisions`, for any number of students at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from grader.errors import GradmarkError
from grader.gradebook.database import Database, reading, transaction
from grader.gradebook.decisions import decide, first_five, reasoned
from grader.gradebook.lookup import find_pset, find_student, zone_of
from grader.gradebook.models import AttemptRow, Extension, GroupMember, SubmissionRow
from grader.gradebook.personal import Enrolled, Identity
from grader.times import date_and_time, later_by, read_moment, read_shift

__all__ = ["Extended", "everyone", "extend"]


@dataclass(frozen=True)
class Extended:
    """A student's own due date after `extend`."""

    student: str
    """As the caller named them."""
    until: datetime | None
    new: bool
    """False if they had it already."""


def extend(
    database: Database, pset: str, students: Sequence[str], until: datetime | str | None, *, why: str, by: str
) -> list[Extended]:
    """Give students their own due date; all of them or, after an error, none.

    Args:
        database: The gradebook.
        pset: The problem set.
        students: Named as `find_student` finds them.
        until: A moment with an offset from UTC, or text: ``+3d``, ``+12h`` and ``+1d12h`` count calendar days and hours
            from the problem set's due date, whatever extension there was; a date and time without an offset is by the
            problem set's clocks. None takes an extension back.
        why: The reason.
        by: Who decided it.

    Raises:
        GradmarkError: A student is unknown, ``until`` cannot be read or is before the due date, or no reason is given.
    """
    with transaction(database) as connection:
        row, now = find_pset(connection, pset), reasoned(why)
        moment = None if until is None else _until(row, until)
        numbers = _find_all(connection, students)
        ours = select(Extension.student_id, Extension.until).where(Extension.pset_id == row.id)
        before: dict[int, datetime | None] = dict(connection.execute(ours.order_by(Extension.id)).all())
        done = []
        for number_, called in numbers.items():
            # In UTC, as it is stored: in other zones, Python finds a time that clocks show twice equal to no other.
            value = {"until": moment and moment.astimezone(UTC)}
            new = before.get(number_) != value["until"]
            if new:
                decide(connection, Extension, "extension", row.id, number_, by, now, why, value, value)
            done.append(Extended(called, moment, new))
        return done


def everyone(database: Database, pset: str) -> list[str]:
    """Every student who handed in a problem set or is expected to, named so that `extend` finds them."""
    with reading(database) as connection:
        number_ = find_pset(connection, pset).id
        expected = select(Enrolled.student_id).where(Enrolled.pset_id == number_)
        handed_in = (
            select(GroupMember.student_id)
            .join(AttemptRow, AttemptRow.group_id == GroupMember.group_id)
            .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
            .where(SubmissionRow.pset_id == number_)
        )
        known = select(Identity.key).where(Identity.student_id.in_(expected.union(handed_in)))
        return [key.partition(":")[2] for key in connection.scalars(known.order_by(Identity.student_id))]


def _until(row: Any, until: datetime | str) -> datetime:
    """The moment that ``until`` means for a problem set."""
    zone = zone_of(row)
    if isinstance(until, datetime):
        moment = until
        if moment.tzinfo is None:
            raise GradmarkError(f"{until} has no offset from UTC; write one, as in 2027-02-21T23:59:00-05:00")
    elif (shift := read_shift(until)) is not None:
        if row.due is None:
            raise GradmarkError(
                f"{row.name} has no due date to count {until} from; give a date and time instead"
            )
        moment = later_by(row.due, shift, zone)
    else:
        try:
            moment = read_moment(until, zone, bare=zone, which="later")
        except ValueError as error:
            example = "2027-02-24T23:59" + "-05:00" * (zone is None)
            raise GradmarkError(
                f"{until!r} cannot be read: {error}; give +3d, +12h, or a time such as {example}"
            ) from None
    if row.due is not None and moment < row.due:
        raise GradmarkError(
            f"{date_and_time(moment, zone)} is before the due date, {date_and_time(row.due, zone)}; an extension must "
            "give more time"
        )
    return moment


def _find_all(connection: Connection, students: Sequence[str]) -> dict[int, str]:
    """The students' numbers and what each was called; raises `GradmarkError` that names everyone not found."""
    found: dict[int, str] = {}
    problems = []
    for called in students:
        try:
            found.setdefault(find_student(connection, called), called)
        except GradmarkError as error:
            problems.append(str(error))
    if len(problems) > 1:
        raise GradmarkError(f"no extension was given: {first_five(problems)}")
    if problems:
        raise GradmarkError(problems[0])
    return found
