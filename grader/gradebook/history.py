"""The history: what was done to scores, when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from grader.gradebook.database import Database, reading
from grader.gradebook.lookup import find_student, zone_of
from grader.gradebook.models import AttemptRow, Event, PsetRow, StudentRow
from grader.gradebook.personal import Identity, PersonalText, SubmissionName
from grader.points import as_json, exact

__all__ = ["Line", "history_of"]


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    """By the clocks of its problem set, or in UTC."""
    by: str
    what: str
    pset: str
    student: str
    """A name or an id, or the pseudonym of someone who was erased."""
    detail: dict[str, Any]


def history_of(database: Database, student: str | None = None) -> list[Line]:
    """Everything that happened, oldest first; if a student is named, only what concerns them."""
    with reading(database) as connection:
        lines = (
            select(
                Event.at, Event.by, Event.what, PsetRow.name.label("pset"), PsetRow.timezone,
                Identity.name.label("called"), Identity.key, StudentRow.pseudonym, Event.detail, PersonalText.text,
            )
            .join(PsetRow, PsetRow.id == Event.pset_id, isouter=True)
            .join(StudentRow, StudentRow.id == Event.student_id, isouter=True)
            .join(Identity, Identity.student_id == Event.student_id, isouter=True)
            .join(PersonalText, PersonalText.id == Event.text_id, isouter=True)
            .order_by(Event.id)
        )  # fmt: skip
        if student is not None:
            lines = lines.where(Event.student_id == find_student(connection, student))
        called = _Called(connection)
        return [called.line(row) for row in connection.execute(lines)]


class _Called:
    """Names for the students and submissions that the history knows by number."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(
            select(StudentRow.id, StudentRow.pseudonym, Identity.sid, Identity.name, Identity.email).join(
                Identity, Identity.student_id == StudentRow.id, isouter=True
            )
        )
        self._names = {
            number: sid or email or name or pseudonym for number, pseudonym, sid, name, email in rows
        }

        attempts = connection.execute(
            select(AttemptRow.id, SubmissionName.name).join(
                SubmissionName, SubmissionName.submission_id == AttemptRow.submission_id
            )
        )
        self._submissions: dict[int, str] = dict(attempts.all())

    def line(self, row: Any) -> Line:
        """A line of the history, with times by the clocks of its problem set."""
        zone = (row.pset and zone_of(row)) or UTC
        detail = self._in_words(row.detail, zone) | (msgspec.json.decode(row.text) if row.text else {})
        student = row.called or (row.key or "").partition(":")[2] or row.pseudonym or ""
        return Line(row.at.astimezone(zone), row.by, row.what, row.pset or "", student, detail)

    def _in_words(self, detail: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
        """The detail with readable times and points, and with names in place of numbers."""
        said = dict(detail)
        if isinstance(detail.get("until"), str):
            said["until"] = datetime.fromisoformat(detail["until"]).astimezone(zone).isoformat()
        if "left" in detail:
            said["left"] = sorted(self._names.get(number, "") for number in detail["left"])
        if detail.get("attempt") in self._submissions:
            said["submission"] = self._submissions[detail["attempt"]]
        if isinstance(detail.get("points"), str):
            said["points"] = as_json(exact(detail["points"]))
        return said
