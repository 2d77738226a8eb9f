"""The attempts of a problem set, and which of a student's is the latest.

The latest attempt is the one handed in last. Where the system that took it says when, that decides. Where nothing says
so, as for a plain file, an attempt counts as handed in when the gradebook received it, and never before what it had
received until then: what is given to the grader now is meant to count now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, func, select

from grader.gradebook.lateness import Untimed
from grader.gradebook.models import AttemptRow, ResultRow, SubmissionRow
from grader.gradebook.personal import ResultDocument, SubmissionName

__all__ = ["GradedAttempt", "attempts_of", "in_order"]


@dataclass(frozen=True)
class GradedAttempt:
    """An attempt with its last result."""

    number: int
    result: int
    submission: str
    group: int
    sha256: str
    received_at: datetime
    submitted_at: datetime | None
    marked_late: bool
    graded_at: datetime
    status: str
    reason: str
    untimed: Untimed


def attempts_of(connection: Connection, pset: int) -> list[GradedAttempt]:
    """Every attempt that has a result and whose submission is not erased, in the order of receiving."""
    last = select(func.max(ResultRow.id).label("id")).group_by(ResultRow.attempt_id).subquery()
    rows = connection.execute(
        select(
            AttemptRow.id, ResultRow.id, SubmissionName.name, AttemptRow.group_id, AttemptRow.sha256,
            AttemptRow.received_at, AttemptRow.handed_in_at, AttemptRow.marked_late, ResultRow.at, ResultRow.status,
            ResultDocument.reason, AttemptRow.untimed,
        )
        .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
        .join(SubmissionName, SubmissionName.submission_id == SubmissionRow.id)
        .join(ResultRow, ResultRow.attempt_id == AttemptRow.id)
        .join(last, last.c.id == ResultRow.id)
        .join(ResultDocument, ResultDocument.result_id == ResultRow.id)
        .where(SubmissionRow.pset_id == pset)
        .order_by(AttemptRow.id)
    )  # fmt: skip
    return [GradedAttempt(*tuple(row)) for row in rows]


class HandedInAt(Protocol):
    """What `in_order` needs to know of an attempt."""

    @property
    def number(self) -> int: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def submitted_at(self) -> datetime | None: ...


Attempt = TypeVar("Attempt", bound=HandedInAt)


def in_order(attempts: Sequence[Attempt]) -> list[Attempt]:
    """A student's attempts, first to latest."""
    when: dict[int, datetime] = {}
    latest: datetime | None = None
    for one in sorted(attempts, key=lambda attempt: attempt.number):
        moment = one.submitted_at or (max(one.received_at, latest) if latest else one.received_at)
        when[one.number] = moment
        latest = max(moment, latest) if latest else moment
    return sorted(attempts, key=lambda attempt: (when[attempt.number], attempt.number))
