"""The history: what was done to scores, when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from grader.gradebook.database import transaction
from grader.gradebook.decisions import find_student
from grader.gradebook.models import Event, Pset, Student

__all__ = ["Line", "history_of"]


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    by: str
    what: str
    pset: str
    student: str
    detail: dict[str, Any]


def history_of(engine: Engine, student: str | None = None) -> list[Line]:
    """Everything that happened, oldest first; of one student's, where one is named."""
    with transaction(engine) as connection:
        lines = (
            select(
                Event.at, Event.by, Event.what, Pset.name, Student.name, Student.key, Event.detail
            )
            .join(Pset, Pset.id == Event.pset_id, isouter=True)
            .join(Student, Student.id == Event.student_id, isouter=True)
            .order_by(Event.id)
        )  # fmt: skip
        if student is not None:
            lines = lines.where(Event.student_id == find_student(connection, student))
        return [
            Line(at, by, what, pset or "", name or (key or "").partition(":")[2], detail)
            for at, by, what, pset, name, key, detail in connection.execute(lines)
        ]
