"""The gradebook's tables.

Three kinds. *Facts* are added and never changed or removed (the database itself refuses it): runs, results with their
questions and tests, manual scores, overrides, extensions, choices, history. Of several facts about the same thing the
last one holds; a fact without a value withdraws the one before. *Names* may be corrected, and each correction is a row
of the history: problem sets, students, attempts. *Groups* and *rosters* only link: everyone who hands in does so as a
group, if only of one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "APPEND_ONLY",
    "Attempt",
    "Base",
    "Choice",
    "Enrolled",
    "Event",
    "Extension",
    "Group",
    "GroupMember",
    "ManualScore",
    "Override",
    "Pset",
    "QuestionScore",
    "Result",
    "Run",
    "Student",
    "TestScore",
    "UtcDateTime",
]

APPEND_ONLY = (
    "runs", "results", "question_scores", "test_scores", "manual_scores", "overrides", "extensions", "choices",
    "history",
)  # fmt: skip


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


class Base(DeclarativeBase):
    """Columns are named by their Python types."""

    type_annotation_map = {  # noqa: RUF012
        str: Text(),
        float: Double(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


class Pset(Base):
    """A problem set as the last run knew it."""

    __tablename__ = "psets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str]
    questions: Mapped[list[Any]]
    """``{"id", "title", "points", "manual"}`` of each, in order."""
    due: Mapped[datetime | None]
    late: Mapped[dict[str, Any] | None]
    """The late policy of pset.yaml."""
    counts: Mapped[str] = mapped_column(String(20))
    """Which attempt counts: ``latest`` or ``best``."""


class Student(Base):
    """Someone who handed in, as far as known."""

    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    """``id:…``, else ``email:…``, else ``submission:…``: what tells them from everyone else."""
    sid: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]


class Group(Base):
    """One or several students who hand in together."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    """The members' numbers in order, joined by ``+``."""


class GroupMember(Base):
    """Who handed in together."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True, index=True)


class Enrolled(Base):
    """A student of whom a submission is expected: the problem set's last roster named them."""

    __tablename__ = "enrolled"

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)


class Attempt(Base):
    """What was handed in once: a submission's name with one content."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("pset_id", "submission", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    submission: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime | None]
    marked_late: Mapped[bool]
    """Where it came from said that it was late, with or without a time."""


class Run(Base):
    """One call of ``gradmark grade`` that gave new results."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    gradmark: Mapped[str]
    pset_sha256: Mapped[str] = mapped_column(String(64))


class Result(Base):
    """What a run made of an attempt."""

    __tablename__ = "results"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    score: Mapped[float]
    max_score: Mapped[float]
    provenance: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """Of everything in the result but its times: an equal one is not recorded twice."""


class QuestionScore(Base):
    """The tests' points for a question."""

    __tablename__ = "question_scores"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    score: Mapped[float]
    max_score: Mapped[float]


class TestScore(Base):
    """The outcome of one test."""

    __tablename__ = "test_scores"
    __test__ = False

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(100))
    name: Mapped[str]
    status: Mapped[str] = mapped_column(String(20))
    score: Mapped[float]
    max_score: Mapped[float]
    visibility: Mapped[str] = mapped_column(String(20))
    message: Mapped[str]
    mistake: Mapped[str | None]


class ManualScore(Base):
    """Points that a person gave an attempt's answer; None takes them back."""

    __tablename__ = "manual_scores"
    __table_args__ = (Index("ix_manual_scores_answer", "attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    question: Mapped[str] = mapped_column(String(100))
    points: Mapped[float | None]
    comment: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Override(Base):
    """A person's word on a student's points for a question, or for everything where ``question`` is None."""

    __tablename__ = "overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    question: Mapped[str | None] = mapped_column(String(100))
    points: Mapped[float | None]
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Extension(Base):
    """A student's own due date; None takes it back."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    until: Mapped[datetime | None]
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Choice(Base):
    """The attempt that counts for a student, whatever is latest or best; None takes the choice back."""

    __tablename__ = "choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Event(Base):
    """One line of the history: who did what, when, to whom."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str] = mapped_column(String(40))
    pset_id: Mapped[int | None] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    detail: Mapped[dict[str, Any]]
