"""The gradebook's tables.

There are four kinds. *Facts* are added and never changed or removed, which the database itself refuses: runs, results
with their questions' points, points by hand, overrides, extensions, choices, sentences, publications, history. Of
several facts about the same thing the last one holds; a fact without a value takes the one before it back. *Numbers*
are what facts refer to: problem sets, students, groups, submissions, attempts; a student's row holds only a pseudonym.
*Personal* tables hold whatever names or describes people, their words and their work. A person's rows can be erased;
the facts, which know people only by number, stay. *Content* is stored once, however often it was handed in.

Facts refer to personal rows by number, without a foreign key: the number stays when the row is erased.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grader.gradebook.columns import Base

__all__ = [
    "APPEND_ONLY",
    "AttemptRow",
    "Choice",
    "CourseDigest",
    "Event",
    "Extension",
    "GroupMember",
    "ManualScore",
    "Override",
    "PsetRow",
    "Publication",
    "QuestionScore",
    "ResultRow",
    "Run",
    "StaffSentence",
    "StudentGroup",
    "StudentRow",
    "SubmissionRow",
]

APPEND_ONLY = (
    "runs", "results", "question_scores", "manual_scores", "overrides", "extensions", "choices", "sentences",
    "publications", "history",
)  # fmt: skip


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
    timezone: Mapped[str | None]
    """The time zone of its days and pages, an IANA name."""
    late: Mapped[dict[str, Any] | None]
    """The late policy of pset.yaml, its percentages as exact texts."""
    counts: Mapped[str] = mapped_column(String(20))
    """Which attempt counts: ``latest`` or ``best``."""


class CourseDigest(Base):
    """The parts of a problem set's digest, to tell later which of them changed."""

    __tablename__ = "digests"

    whole: Mapped[str] = mapped_column(String(64), primary_key=True)
    parts: Mapped[dict[str, Any]]


class StudentRow(Base):
    """Someone who handed in or is expected to: a number and a pseudonym, which stay when their name is erased."""

    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(40), unique=True)


class StudentGroup(Base):
    """One student, or several who hand in together."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """The members' numbers in order, joined by ``+``."""


class GroupMember(Base):
    """A student of a group."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True, index=True)


class SubmissionRow(Base):
    """Everything handed in under one name, once or several times."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), index=True)


class AttemptRow(Base):
    """One attempt at a problem set."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    """The digest of its files' paths and contents."""
    received_at: Mapped[datetime]
    """When the gradebook first heard of it."""
    handed_in_at: Mapped[datetime | None]
    """The time given by the system that took it."""
    marked_late: Mapped[bool]
    """Whether its source marked it as late, with or without a time."""
    untimed: Mapped[str] = mapped_column(String(10), server_default="")
    """Why nobody knows whether it is late: ``unread`` if its time cannot be read, ``none`` if it has none."""


# Facts --------------------------------------------------------------------------------------------------------


class Signed:
    """What every fact has that somebody recorded."""

    id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime]


class SignedForPset(Signed):
    """The same, for facts about a problem set."""

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"))


class Decision(SignedForPset):
    """What every decision about a student has: for whom, about which problem set, and why."""

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    why: Mapped[int]
    """The number of a personal text."""


class Run(SignedForPset, Base):
    """One call of ``gradmark grade`` that gave new results."""

    __tablename__ = "runs"

    gradmark: Mapped[str]
    pset_sha256: Mapped[str] = mapped_column(String(64))


class ResultRow(Base):
    """The result of an attempt; the `ResultDocument` with the same number has it in full."""

    __tablename__ = "results"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    passed: Mapped[bool]
    """Whether all its tests passed."""
    unfollowed: Mapped[bool]
    """Whether time ran out before it was known which failures are inherited."""
    score: Mapped[Fraction]
    max_score: Mapped[Fraction]
    provenance: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """The digest of everything in the result but its times, so that an equal result is not recorded twice."""


class QuestionScore(Base):
    """A question's points by tests."""

    __tablename__ = "question_scores"

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[Fraction]
    max_score: Mapped[Fraction]
    inherited: Mapped[bool]
    """Whether one of its tests failed only for what another question's functions return."""
    inside: Mapped[Fraction | None]
    """The part of the points whose tests ran inside the student's process; None if none of its tests did."""
    most_inside: Mapped[Fraction | None]
    """What these tests give at most."""


class ManualScore(Signed, Base):
    """Points that a person gave for an attempt's answer; None takes them back."""

    __tablename__ = "manual_scores"
    __table_args__ = (Index("ix_manual_scores_answer", "attempt_id", "question"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    question: Mapped[str]
    points: Mapped[Fraction | None]
    comment: Mapped[int | None]
    """The number of a personal text."""


class Override(Decision, Base):
    """A student's points set by a person, for a question, or for everything if ``question`` is None."""

    __tablename__ = "overrides"

    question: Mapped[str | None]
    points: Mapped[Fraction | None]


class Extension(Decision, Base):
    """A student's own due date; None takes it back."""

    __tablename__ = "extensions"

    until: Mapped[datetime | None]


class Choice(Decision, Base):
    """The attempt that counts for a student, whichever is latest or best; None takes the choice back."""

    __tablename__ = "choices"

    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))


class StaffSentence(SignedForPset, Base):
    """A sentence for everyone whose answers to a question behave alike; an empty one takes it back."""

    __tablename__ = "sentences"
    __table_args__ = (Index("ix_sentences_behaviour", "pset_id", "question", "digest"),)

    question: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    says: Mapped[str]


class Publication(SignedForPset, Base):
    """From this time on, students may see their points, or no longer may."""

    __tablename__ = "publications"

    published: Mapped[bool]


class Event(Signed, Base):
    """One line of the history: who did what, when, to whom. Anything that names a person is in a personal text."""

    __tablename__ = "history"

    what: Mapped[str] = mapped_column(String(40))
    pset_id: Mapped[int | None] = mapped_column(ForeignKey("psets.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    detail: Mapped[dict[str, Any]]
    text_id: Mapped[int | None]
