"""Writes lines of the history, and texts about a person, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, insert

from grader.gradebook.database import inserted
from grader.gradebook.models import Event
from grader.gradebook.personal import PersonalText
from grader.points import stored

__all__ = ["in_parts", "plain", "private_text", "remember", "storable"]

Thing = TypeVar("Thing")


def storable(text: str, limit: int = 100_000) -> str:
    """Text that every database accepts: no NUL, no half characters, and not too long."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:limit]


def in_parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of at most this size."""
    remaining = iter(things)
    while part := list(islice(remaining, size)):
        yield part


def plain(value: Any) -> Any:
    """A value for JSON: moments in UTC, points as exact text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return stored(value) if isinstance(value, Fraction) else value


def private_text(
    connection: Connection, text: str, *, student: int | None = None, attempt: int | None = None
) -> int:
    """Keep a text about a student, or about those who handed in an attempt; returns its number."""
    row = {"student_id": student, "attempt_id": attempt, "text": storable(text)}
    return inserted(connection, PersonalText, row)


def remember(
    connection: Connection,
    at: datetime,
    by: str,
    what: str,
    *,
    pset: int | None = None,
    student: int | None = None,
    attempt: int | None = None,
    detail: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> None:
    """Add a line to the history. Anything that names a person, or that somebody wrote, belongs in ``private``."""
    text = None
    if private:
        words = msgspec.json.encode({name: plain(value) for name, value in private.items()}).decode()
        text = private_text(connection, words, student=student, attempt=attempt)
    shown = {name: plain(value) for name, value in (detail or {}).items()}
    connection.execute(
        insert(Event).values(
            at=at, by=storable(by), what=what, pset_id=pset, student_id=student, detail=shown, text_id=text
        )
    )
