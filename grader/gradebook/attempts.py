"""The attempts at a problem set, and which of a student's attempts is the latest.

The latest attempt is the one handed in last. If the system that took it says when that was, this decides. If nothing
does, as for a plain file, it counts as handed in when the gradebook received it, and after everything received before:
what is given to the grader now is meant to count now.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, func, select

from grader.gradebook.lateness import Untimed
from grader.gradebook.models import AttemptRow, GroupMember, ManualScore, ResultRow, SubmissionRow
from grader.gradebook.personal import PersonalText, ResultDocument, SubmissionName
from grader.text import short_digest

__all__ = ["GradedAttempt", "HandGiven", "attempts_of", "given_by_hand", "in_order", "members_of"]


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
    unfollowed: bool = False
    """Whether time ran out before it was known which failures are inherited."""


def attempts_of(connection: Connection, pset: int) -> list[GradedAttempt]:
    """Every attempt that has a result and is not erased, in the order they were received.

    A name belongs to whoever handed in first under it. If others, who share no member with them, hand in under the same
    name, a digest is added to theirs, so that nobody's attempts are taken for somebody else's.
    """
    last = select(func.max(ResultRow.id).label("id")).group_by(ResultRow.attempt_id).subquery()
    rows = connection.execute(
        select(
            AttemptRow.id, ResultRow.id, SubmissionName.name, AttemptRow.group_id, AttemptRow.sha256,
            AttemptRow.received_at, AttemptRow.handed_in_at, AttemptRow.marked_late, ResultRow.at, ResultRow.status,
            ResultDocument.reason, AttemptRow.untimed, ResultRow.unfollowed,
        )
        .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
        .join(SubmissionName, SubmissionName.submission_id == SubmissionRow.id)
        .join(ResultRow, ResultRow.attempt_id == AttemptRow.id)
        .join(last, last.c.id == ResultRow.id)
        .join(ResultDocument, ResultDocument.result_id == ResultRow.id)
        .where(SubmissionRow.pset_id == pset)
        .order_by(AttemptRow.id)
    )  # fmt: skip
    return _told_apart([GradedAttempt(*tuple(row)) for row in rows], members_of(connection))


def members_of(connection: Connection) -> dict[int, frozenset[int]]:
    """The students of each group."""
    found: dict[int, set[int]] = defaultdict(set)
    for group, student in connection.execute(select(GroupMember.group_id, GroupMember.student_id)):
        found[group].add(student)
    return {group: frozenset(students) for group, students in found.items()}


def _told_apart(
    attempts: Sequence[GradedAttempt], members: Mapping[int, frozenset[int]]
) -> list[GradedAttempt]:
    people: dict[str, list[set[int]]] = defaultdict(list)
    called: dict[tuple[str, int], str] = {}
    found = []
    for one in attempts:
        mine = members.get(one.group, frozenset())
        known = people[one.submission]
        place = next((at for at, several in enumerate(known) if several & mine), len(known))
        if place == len(known):
            known.append(set())
            behind = f"-{short_digest(f'{one.submission} {min(mine, default=0)}')}" * bool(place)
            called[one.submission, place] = one.submission + behind
        known[place] |= mine
        found.append(replace(one, submission=called[one.submission, place]))
    return found


class HandGiven(NamedTuple):
    """A person's points and comment for an answer; no points if they were taken back."""

    points: Fraction | None
    comment: str


def given_by_hand(
    connection: Connection, attempts: Sequence[GradedAttempt]
) -> dict[int, dict[str, HandGiven]]:
    """The points and comments that hold now, for each attempt by question.

    They belong to an answer, so they also hold when the same people, or some of them, alone or with others, hand in the
    same content again.
    """
    same = _same_answers(attempts, members_of(connection))
    rows = connection.execute(
        select(ManualScore.attempt_id, ManualScore.question, ManualScore.points, PersonalText.text)
        .join(PersonalText, PersonalText.id == ManualScore.comment, isouter=True)
        .order_by(ManualScore.id)
    )
    found: dict[int, dict[str, HandGiven]] = {one.number: {} for one in attempts}
    for number, question, points, comment in rows:
        for one in same.get(number, ()):
            found[one.number][question] = HandGiven(points, comment or "")
    return found


def _same_answers(
    attempts: Iterable[GradedAttempt], members: Mapping[int, frozenset[int]]
) -> dict[int, list[GradedAttempt]]:
    """For each attempt, by number, those with the same answers, itself included.

    Answers are the same if their content is, and if their people overlap, directly or through further attempts at it.
    """
    answers: dict[tuple[str, int], list[GradedAttempt]] = {}
    found = {}
    for one in attempts:
        known = [answers.get((one.sha256, student), []) for student in members.get(one.group, ())]
        linked = [*itertools.chain.from_iterable({id(several): several for several in known}.values()), one]
        for other in linked:
            found[other.number] = linked
            answers.update({(other.sha256, student): linked for student in members.get(other.group, ())})
    return found


Attempt = TypeVar("Attempt", bound=GradedAttempt)


def in_order(attempts: Sequence[Attempt]) -> list[Attempt]:
    """A student's attempts, from first to latest."""
    when: dict[int, datetime] = {}
    latest: datetime | None = None
    for one in sorted(attempts, key=lambda attempt: attempt.number):
        moment = one.submitted_at or (max(one.received_at, latest) if latest else one.received_at)
        when[one.number] = moment
        latest = max(moment, latest) if latest else moment
    return sorted(attempts, key=lambda attempt: (when[attempt.number], attempt.number))
