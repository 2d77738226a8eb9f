"""The gradebook's tables of people and their work, and of content: see `grader.gradebook.models`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.gradebook.columns import Base

__all__ = [
    "PERSONAL",
    "AttemptFile",
    "AttemptOrigin",
    "Behaviour",
    "Blob",
    "Enrolled",
    "HandoutCell",
    "Identity",
    "PersonalText",
    "RenderedNotebook",
    "ResultDocument",
    "SubmissionName",
]

PERSONAL = (
    "identities", "enrolled", "submission_names", "attempt_origins", "attempt_files", "rendered_notebooks", "documents",
    "behaviours", "texts",
)  # fmt: skip
"""Tables from which a person can be erased."""


# Personal -----------------------------------------------------------------------------------------------------


class Identity(Base):
    """Who a student is, as far as known."""

    __tablename__ = "identities"

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Identifies the student: ``id:…``, else ``email:…``, else ``submission:…``."""
    sid: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    folded_email: Mapped[str] = mapped_column(index=True)


class Enrolled(Base):
    """A student on the problem set's last roster, who is expected to hand in."""

    __tablename__ = "enrolled"

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)


class SubmissionName(Base):
    """A submission's name."""

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
    """An attempt's notebook as the pages show it."""

    __tablename__ = "rendered_notebooks"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blobs.id"), index=True)


class ResultDocument(Base):
    """A result in full, compressed, without the submission's name and student."""

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
    """A text about a person: a reason, a comment, or names before and after a correction."""

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"), index=True)
    """The text is about this student, or about everyone who handed in this attempt."""
    text: Mapped[str]


# Content ------------------------------------------------------------------------------------------------------


class Blob(Base):
    """Content, compressed and stored once."""

    __tablename__ = "blobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """The digest of the content before compression."""
    size: Mapped[int]
    data: Mapped[bytes]


class HandoutCell(Base):
    """The markup of a cell of the handout, which every page of the class shares."""

    __tablename__ = "handout_cells"

    pset_id: Mapped[int] = mapped_column(ForeignKey("psets.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The digest of the cell's text."""
    markup: Mapped[str]
