"""``submission_metadata.json``: who handed in and when, when it is due, and what earlier submissions got.

Gradescope says that the file may change. So each field is read by itself: one that is missing or has changed counts as
unknown and affects no other. Staff are told of a time that cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.errors import GradmarkError
from grader.points import exact
from grader.results import StudentIdentity
from grader.text import clean
from grader.times import read_moment

__all__ = ["Metadata", "PreviousSubmission", "read_metadata"]

MAX_BYTES = 64 << 20
MAX_TEXT = 300
"""Characters of a name, an id or a title."""


@dataclass(frozen=True)
class PreviousSubmission:
    """An earlier attempt of the same student or group, and its points."""

    score: Fraction | None
    submitted: datetime | None = None


@dataclass(frozen=True)
class Metadata:
    """What is known about the submission; anything may be missing."""

    title: str = ""
    """The assignment's."""
    submitted: datetime | None = None
    due: datetime | None = None
    """The assignment's."""
    extension: datetime | None = None
    """The student's own due date; for a group, the latest of its members'."""
    students: tuple[StudentIdentity, ...] = ()
    sid: str = ""
    """The first student's id in the course's roster, where Gradescope gives it; its own ids are others."""
    previous: tuple[PreviousSubmission, ...] = field(default=(), repr=False)
    """Earlier attempts that were graded, in Gradescope's order."""
    unread: tuple[str, ...] = ()
    """Sentences for staff about times that could not be read."""

    @property
    def untimed(self) -> Literal["", "unread", "none"]:
        """Why nobody knows whether it is late."""
        if self.submitted is not None:
            return ""
        return "unread" if self.unread else "none"


def read_metadata(path: Path) -> Metadata:
    """Read the file.

    Raises:
        GradmarkError: It is missing, or is not a JSON object.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        loaded = msgspec.json.decode(content)
    except OSError as error:
        raise GradmarkError(f"{path} cannot be read ({error.strerror}), so lateness is unknown") from None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise GradmarkError(f"{path} is not valid JSON ({error}), so lateness is unknown") from None
    if not isinstance(loaded, dict) or len(content) > MAX_BYTES:
        raise GradmarkError(f"{path} is not a JSON object of a sensible size, so lateness is unknown")
    return _metadata(loaded)


def _metadata(loaded: dict[str, Any]) -> Metadata:
    assignment = _mapping(loaded.get("assignment"))
    users = [_mapping(user) for user in _list(loaded.get("users"))]
    due = _time(assignment.get("due_date"))
    read = (("created_at", loaded.get("created_at")), ("due_date", assignment.get("due_date")))
    unread = tuple(
        f"the {name} in submission_metadata.json could not be read ({clean(str(value), MAX_TEXT)}: {why}), so lateness "
        "may not be counted"
        for name, value in read
        if value is not None and (why := _unread(value))
    )
    own = [moment for user in users if (moment := _time(_mapping(user.get("assignment")).get("due_date")))]
    extension = max(own, default=None)
    return Metadata(
        title=_text(assignment.get("title")),
        submitted=_time(loaded.get("created_at")),
        due=due,
        extension=extension if extension != due else None,
        students=tuple(
            StudentIdentity(*(_text(user.get(key)) for key in ("id", "name", "email"))) for user in users
        ),
        sid=_text(users[0].get("sid")) if users else "",
        previous=tuple(
            PreviousSubmission(_points(one.get("score")), _time(one.get("submission_time")))
            for one in map(_mapping, _list(loaded.get("previous_submissions")))
            if not one.get("autograder_error")
        ),
        unread=unread,
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip()[:MAX_TEXT] if plain else ""


def _points(value: Any) -> Fraction | None:
    """A number, or a number written as text, which is how Gradescope writes some."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        points = exact(value)
    except ValueError:
        return None
    return points if points >= 0 else None


def _time(value: Any) -> datetime | None:
    """A moment; None if it cannot be read, or has no time zone."""
    return _moment(value)[0]


def _unread(value: Any) -> str:
    """Why it is not a moment; empty if it is."""
    return _moment(value)[1]


def _moment(value: Any) -> tuple[datetime | None, str]:
    try:
        return read_moment(value if isinstance(value, str) else "", None, bare=None), ""
    except ValueError as error:
        return None, str(error)
