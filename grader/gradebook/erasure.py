"""Everything the gradebook holds about one person, and how it is erased.

Erasing removes whatever names or describes a student, with their words and their work. The facts stay under a
pseudonym: that somebody was graded, and their points. What a group handed in stays while another member is known,
because it is theirs too; it gets another name if it was called after the erased student.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, exists, select, update

from grader.encoding import enc_hook_shown
from grader.gradebook.content import files_of, notebook_of, sweep
from grader.gradebook.database import Database, reading, tidy, transaction
from grader.gradebook.documents import behaviours_of, documents_of
from grader.gradebook.history import history_of
from grader.gradebook.lookup import find_student
from grader.gradebook.models import (
    AttemptRow,
    Event,
    GroupMember,
    PsetRow,
    ResultRow,
    StudentRow,
    SubmissionRow,
)
from grader.gradebook.personal import (
    AttemptFile,
    AttemptOrigin,
    Behaviour,
    Enrolled,
    Identity,
    PersonalText,
    RenderedNotebook,
    ResultDocument,
    SubmissionName,
)
from grader.gradebook.remember import remember
from grader.gradebook.scoring import scores_of
from grader.intake.names import folded

__all__ = ["Erased", "PersonalRecord", "erase_student", "everything_about", "prune"]


@dataclass(frozen=True)
class Erased:
    """What erasing a student removed, and what it left."""

    pseudonym: str
    submissions: tuple[str, ...]
    """Submissions whose names and contents were removed."""
    shared: tuple[str, ...]
    """Submissions handed in with others, which stay."""


@dataclass(frozen=True)
class PersonalRecord:
    """Everything about one student."""

    about: dict[str, Any]
    """Identity, attempts, results, points, decisions and history, as JSON values."""
    files: dict[str, bytes]
    """What they handed in, and their rendered notebooks, by path."""


def erase_student(database: Database, student: str, *, by: str) -> Erased:
    """Remove everything that names or describes a student, also from the database's free pages.

    Raises:
        GradmarkError: No student matches, or more than one does.
    """
    with transaction(database) as connection:
        number = find_student(connection, student)
        pseudonym = connection.scalars(select(StudentRow.pseudonym).where(StudentRow.id == number)).one()
        alone, shared = _attempts(connection, number)
        gone = _names(connection, alone)
        _erase_attempts(connection, alone)
        _rename(connection, shared, _called(connection, number))
        left = _names(connection, shared)
        for table in (PersonalText, Enrolled, Identity):
            connection.execute(delete(table).where(table.student_id == number))
        sweep(connection)
        remember(connection, datetime.now(UTC), by, "erased", student=number)
    tidy(database)
    return Erased(str(pseudonym), tuple(gone), tuple(left))


def prune(database: Database) -> int:
    """Remove the files and rendered notebooks of attempts that count for nobody; returns the bytes freed."""
    with reading(database) as connection:
        names = list(connection.scalars(select(PsetRow.name)))
    counting = {
        student.attempt.number
        for name in names
        for student in scores_of(database, name).students
        if student.attempt
    }
    with transaction(database) as connection:
        for table in (AttemptFile, RenderedNotebook):
            kept = set(connection.scalars(select(table.attempt_id)))
            for attempt in sorted(kept - counting):
                connection.execute(delete(table).where(table.attempt_id == attempt))
        freed = sweep(connection)
    tidy(database)
    return freed


def everything_about(database: Database, student: str) -> PersonalRecord:
    """Everything the gradebook holds about a student, for them to read.

    Raises:
        GradmarkError: No student matches, or more than one does.
    """
    with reading(database) as connection:
        number = find_student(connection, student)
        who = connection.execute(select(Identity.__table__).where(Identity.student_id == number)).one()
        pseudonym = connection.scalars(select(StudentRow.pseudonym).where(StudentRow.id == number)).one()
        enrolled = connection.scalars(
            select(PsetRow.name)
            .join(Enrolled, Enrolled.pset_id == PsetRow.id)
            .where(Enrolled.student_id == number)
        )
        about: dict[str, Any] = {
            "student": {"id": who.sid, "name": who.name, "email": who.email, "pseudonym": pseudonym},
            "expected_in": sorted(enrolled),
        }
        alone, shared = _attempts(connection, number)
        files: dict[str, bytes] = {}
        about["attempts"] = [
            _about_attempt(connection, attempt, files) for attempt in sorted([*alone, *shared])
        ]
        names = list(connection.scalars(select(PsetRow.name).order_by(PsetRow.name)))
    about["points"] = [
        msgspec.to_builtins(one, enc_hook=enc_hook_shown)
        for name in names
        for one in scores_of(database, name).students
        if one.number == number
    ]
    about["history"] = [msgspec.to_builtins(line) for line in history_of(database, student)]
    return PersonalRecord(about, files)


def _about_attempt(connection: Connection, number: int, files: dict[str, bytes]) -> dict[str, Any]:
    row = connection.execute(
        select(
            AttemptRow.__table__, SubmissionName.name, SubmissionRow.pset_id, PsetRow.name.label("pset"),
            AttemptOrigin.place, AttemptOrigin.layout,
        )
        .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
        .join(PsetRow, PsetRow.id == SubmissionRow.pset_id)
        .join(SubmissionName, SubmissionName.submission_id == SubmissionRow.id, isouter=True)
        .join(AttemptOrigin, AttemptOrigin.attempt_id == AttemptRow.id, isouter=True)
        .where(AttemptRow.id == number)
    ).one()  # fmt: skip
    results = list(
        connection.scalars(select(ResultRow.id).where(ResultRow.attempt_id == number).order_by(ResultRow.id))
    )
    name = row.name or ""
    wanted = [(result, name, None) for result in results]
    texts = connection.scalars(select(PersonalText.text).where(PersonalText.attempt_id == number))
    files |= {f"attempts/{number}/{path}": content for path, content in files_of(connection, number).items()}
    notebook = notebook_of(connection, number)
    if notebook is not None:
        files[f"attempts/{number}-as-shown.json"] = notebook
    return {
        "attempt": number,
        "problem_set": row.pset,
        "submission": row.name,
        "sha256": row.sha256,
        "received_at": row.received_at,
        "handed_in_at": row.handed_in_at,
        "from": {"place": row.place, "layout": row.layout},
        "results": [
            msgspec.to_builtins(result, enc_hook=enc_hook_shown)
            for _, result in documents_of(connection, row.pset_id, wanted)
        ],
        "behaviour": [
            msgspec.to_builtins(one) for _, one in behaviours_of(connection, dict.fromkeys(results, name))
        ],
        "words": list(texts),
    }


def _attempts(connection: Connection, student: int) -> tuple[list[int], list[int]]:
    """A student's attempts: first those shared with nobody who is still known, then those shared with others."""
    groups = connection.scalars(select(GroupMember.group_id).where(GroupMember.student_id == student)).all()
    others = connection.execute(
        select(GroupMember.group_id)
        .join(Identity, Identity.student_id == GroupMember.student_id)
        .where(GroupMember.group_id.in_(groups), GroupMember.student_id != student)
    )
    with_others = {group for (group,) in others}
    rows = connection.execute(
        select(AttemptRow.id, AttemptRow.group_id)
        .where(AttemptRow.group_id.in_(groups))
        .order_by(AttemptRow.id)
    ).all()
    return (
        [number for number, group in rows if group not in with_others],
        [number for number, group in rows if group in with_others],
    )


def _names(connection: Connection, attempts: Sequence[int]) -> list[str]:
    rows = connection.scalars(
        select(SubmissionName.name)
        .join(AttemptRow, AttemptRow.submission_id == SubmissionName.submission_id)
        .where(AttemptRow.id.in_(attempts))
        .distinct()
        .order_by(SubmissionName.name)
    )
    return list(rows)


def _erase_attempts(connection: Connection, attempts: Sequence[int]) -> None:
    """Remove attempts' files, results and texts, and submission names that no other attempt has."""
    results = select(ResultRow.id).where(ResultRow.attempt_id.in_(attempts))
    for said in (ResultDocument, Behaviour):
        connection.execute(delete(said).where(said.result_id.in_(results)))
    for kept in (AttemptFile, AttemptOrigin, RenderedNotebook, PersonalText):
        connection.execute(delete(kept).where(kept.attempt_id.in_(attempts)))
    submissions = select(AttemptRow.submission_id).where(AttemptRow.id.in_(attempts))
    elsewhere = exists().where(
        AttemptRow.submission_id == SubmissionName.submission_id, AttemptRow.id.not_in(attempts)
    )
    connection.execute(
        delete(SubmissionName).where(SubmissionName.submission_id.in_(submissions), ~elsewhere)
    )


def _called(connection: Connection, student: int) -> set[str]:
    """Every word of a student's present and former names, ids and addresses, as `folded` writes it."""
    rows = connection.execute(
        select(Identity.sid, Identity.name, Identity.email).where(Identity.student_id == student)
    )
    said = [text for row in rows for text in row]
    corrections = connection.scalars(
        select(PersonalText.text)
        .join(Event, Event.text_id == PersonalText.id)
        .where(Event.student_id == student, Event.what == "student corrected")
    )
    for correction in corrections:
        said += [text for texts in msgspec.json.decode(correction).values() for text in texts]
    words = {folded(word) for text in said for word in (text.partition("@")[0], *text.split())}
    return words - {""}


def _rename(connection: Connection, shared: Sequence[int], words: set[str]) -> None:
    """Rename shared submissions that contain one of these words, and forget where they came from."""
    connection.execute(delete(AttemptOrigin).where(AttemptOrigin.attempt_id.in_(shared)))
    rows = connection.execute(
        select(SubmissionName.submission_id, SubmissionName.name)
        .join(AttemptRow, AttemptRow.submission_id == SubmissionName.submission_id)
        .where(AttemptRow.id.in_(shared))
        .distinct()
    ).all()
    for number, name in rows:
        if any(word in folded(name) for word in words):
            connection.execute(
                update(SubmissionName)
                .where(SubmissionName.submission_id == number)
                .values(name=f"group-{number}-{secrets.token_hex(3)}")
            )
