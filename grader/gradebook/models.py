"""The gradebook's tables.

Four kinds. *Facts* are added and never changed or removed (the database itself refuses it): runs, results with their
questions' points, points by hand, overrides, extensions, choices, sentences, publications, history. Of several facts
about the same thing the last one holds; a fact without a value withdraws the one before. *Numbers* are what facts
refer to: problem sets, students, groups, submissions, attempts; a student's holds a pseudonym and nothing else.
*Personal* tables hold whatever names or describes a person, their words and their work; a person's rows can be erased,
and the facts, which know people by number alone, stay. *Content* is kept once, however often it was handed in.

Facts refer to personal rows by number without a foreign key: the number stays when the row is erased.
"""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from grader.points import exact, stored

__all__ = [
    "APPEND_ONLY",
    "PERSONAL",
    "AttemptFile",
    "AttemptOrigin",
    "AttemptRow",
    "Base",
    "Behaviour",
    "Blob",
    "Choice",
    "CourseDigest",
    "Enrolled",
    "Event",
    "Extension",
    "GroupMember",
    "HandoutCell",
    "Identity",
    "ManualScore",
    "Override",
    "PersonalText",
    "PsetRow",
    "Publication",
    "QuestionScore",
    "RenderedNotebook",
    "ResultDocument",
    "ResultRow",
    "Run",
    "StaffSentence",
    "StudentGroup",
    "StudentRow",
    "SubmissionName",
    "SubmissionRow",
    "UtcDateTime",
]

APPEND_ONLY = (
    "runs", "results", "question_scores", "manual_scores", "overrides", "extensions", "choices", "sentences",
    "publications", "history",
)  # fmt: skip
PERSONAL = (
    "identities", "enrolled", "submission_names", "attempt_origins", "attempt_files", "rendered_notebooks", "documents",
    "behaviours", "texts",
)  # fmt: skip
"""Tables from which a person can be erased."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Every database keeps it in UTC; SQLite, which knows no zones, without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs an offset from UTC")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactPoints(TypeDecorator[Fraction]):
    """Points as the fraction they are, such as ``1/3``: no database rounds them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else stored(exact(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else exact(value)


class Base(DeclarativeBase):
    """Columns are named by their Python types."""

    type_annotation_map = {  # noqa: RUF012
        str: Text(),
        bytes: LargeBinary(),
        Fraction: ExactPoints(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


# Numbers that facts refer to ----------------------------------------------------------------------------------


class PsetRow(Base):
    """A problem set as the last run knew it."""

    __tablename__ = "psets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    questions: Mapped[list[Any]]
    """``{"id", "title", "points", "manual", "bonus"}`` of each, in order; the points as an exact text."""
    due: Mapped[datetime | None]
    late: Mapped[dict[str, Any] | None]
    """The late policy of pset.yaml, its percentages as exact texts."""
    counts: Mapped[str] = mapped_column(String(20))
    """Which attempt counts: ``latest`` or ``best``."""


class CourseDigest(Base):
    """What a problem set's digest was made of, to tell later which part of it changed."""

    __tablename__ = "digests"

    whole: Mapped[str] = mapped_column(String(64), primary_key=True)
    parts: Mapped[dict[str, Any]]


class StudentRow(Base):
    """Someone who handed in or is expected to: a number and a pseudonym, which outlive their name."""

    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(40), unique=True)


class StudentGroup(Base):
    """One or several students who hand in together."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The members' numbers in order, joined by ``+``."""


class GroupMember(Base):
    """Who handed in together."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True, index=True)


class SubmissionRow(Base):
    """What is handed in under one name, once or several times."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), index=True)


class AttemptRow(Base):
    """What was handed in once."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of its files' paths and contents."""
    received_at: Mapped[datetime]
    """When the gradebook first heard of it."""
    handed_in_at: Mapped[datetime | None]
    """What the system says that took it."""
    marked_late: Mapped[bool]
    """Where it came from said that it was late, with or without a time."""


# Facts --------------------------------------------------------------------------------------------------------


class Run(Base):
    """One call of ``gradmark grade`` that gave new results."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    gradmark: Mapped[str]
    pset_sha256: Mapped[str] = mapped_column(String(64))


class ResultRow(Base):
    """What a run made of an attempt; what it says in words is the `ResultDocument` of the same number."""

    __tablename__ = "results"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    passed: Mapped[bool]
    """Every test of it did."""
    score: Mapped[Fraction]
    max_score: Mapped[Fraction]
    provenance: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """Of everything in the result but its times: an equal one is not recorded twice."""


class QuestionScore(Base):
    """The tests' points for a question."""

    __tablename__ = "question_scores"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[Fraction]
    max_score: Mapped[Fraction]


class ManualScore(Base):
    """Points that a person gave an attempt's answer; None takes them back."""

    __tablename__ = "manual_scores"
    __table_args__ = (Index("ix_manual_scores_answer", "attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    question: Mapped[str]
    points: Mapped[Fraction | None]
    comment: Mapped[int | None]
    """Number of a text."""
    by: Mapped[str]
    at: Mapped[datetime]


class Override(Base):
    """A person's word on a student's points for a question, or for everything where ``question`` is None."""

    __tablename__ = "overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    question: Mapped[str | None]
    points: Mapped[Fraction | None]
    why: Mapped[int]
    """Number of a text."""
    by: Mapped[str]
    at: Mapped[datetime]


class Extension(Base):
    """A student's own due date; None takes it back."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    until: Mapped[datetime | None]
    why: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]


class Choice(Base):
    """The attempt that counts for a student, whatever is latest or best; None takes the choice back."""

    __tablename__ = "choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    why: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]


class StaffSentence(Base):
    """What everyone is told whose answers to a question behave alike; an empty one takes it back."""

    __tablename__ = "sentences"
    __table_args__ = (Index("ix_sentences_behaviour", "pset_id", "question", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    question: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    says: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Publication(Base):
    """From here on students may see their points, or may no longer."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    published: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime]


class Event(Base):
    """One line of the history: who did what, when, to whom; whatever names a person stands in a text."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str] = mapped_column(String(40))
    pset_id: Mapped[int | None] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    detail: Mapped[dict[str, Any]]
    text_id: Mapped[int | None]


# Personal -----------------------------------------------------------------------------------------------------


class Identity(Base):
    """Who a student is, as far as known."""

    __tablename__ = "identities"

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """``id:…``, else ``email:…``, else ``submission:…``: what tells them from everyone else."""
    sid: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    folded_email: Mapped[str] = mapped_column(index=True)


class Enrolled(Base):
    """A student of whom a submission is expected: the problem set's last roster named them."""

    __tablename__ = "enrolled"

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)


class SubmissionName(Base):
    """What a submission is called."""

    __tablename__ = "submission_names"
    __table_args__ = (UniqueConstraint("pset_id", "name"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    name: Mapped[str]


class AttemptOrigin(Base):
    """Where an attempt came from."""

    __tablename__ = "attempt_origins"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    place: Mapped[str]
    layout: Mapped[str]


class AttemptFile(Base):
    """A file of an attempt."""

    __tablename__ = "attempt_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    path: Mapped[str]
    blob_id: Mapped[int] = mapped_column(ForeignKey("blobs.id"), index=True)


class RenderedNotebook(Base):
    """An attempt's notebook as pages show it."""

    __tablename__ = "rendered_notebooks"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blobs.id"), index=True)


class ResultDocument(Base):
    """A result whole, compressed, without the submission's name and its student."""

    __tablename__ = "documents"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    reason: Mapped[str]
    data: Mapped[bytes]


class Behaviour(Base):
    """How a result's failed questions behaved, with the student's code; compressed."""

    __tablename__ = "behaviours"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    data: Mapped[bytes]


class PersonalText(Base):
    """Words about a person: reasons, comments, names before and after a correction."""

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"), index=True)
    """Whom it is about: a student, or everyone who handed an attempt in; nobody in particular where neither is."""
    text: Mapped[str]


# Content ------------------------------------------------------------------------------------------------------


class Blob(Base):
    """Bytes, compressed, once."""

    __tablename__ = "blobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the bytes as they were."""
    size: Mapped[int]
    data: Mapped[bytes]


class HandoutCell(Base):
    """The markup of a cell of the handout, which every page of the class shares."""

    __tablename__ = "handout_cells"

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the cell's text."""
    markup: Mapped[str]
