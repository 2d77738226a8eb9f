"""Problem sets and students as people name them, found in the gradebook."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from grader.errors import GradmarkError
from grader.gradebook.database import Database, reading
from grader.gradebook.models import PsetRow, Publication
from grader.gradebook.people import key_of
from grader.gradebook.personal import Identity
from grader.pset.names import nearest
from grader.times import zone_named

__all__ = ["find_pset", "find_student", "is_published", "pset_names", "zone_of"]


def pset_names(database: Database) -> list[str]:
    """Every problem set in the gradebook."""
    with reading(database) as connection:
        return list(connection.scalars(select(PsetRow.name).order_by(PsetRow.name)))


def find_pset(connection: Connection, name: str) -> Any:
    """The row of a problem set; raises `GradmarkError` if it was never graded."""
    row = connection.execute(select(PsetRow.__table__).where(PsetRow.name == name)).one_or_none()
    if row is None:
        known = list(connection.scalars(select(PsetRow.name).order_by(PsetRow.name)))
        raise GradmarkError(
            f"the gradebook has no problem set {name!r}; "
            + (nearest(name, known) if known else "grade it first, with gradmark grade")
        )
    return row


def zone_of(row: Any) -> ZoneInfo | None:
    """The problem set's time zone; None means UTC."""
    try:
        return zone_named(row.timezone) if row.timezone else None
    except ValueError:
        raise GradmarkError(
            f"the gradebook uses the time zone {row.timezone}, which this machine does not know; install tzdata"
        ) from None


def is_published(connection: Connection, pset: int) -> bool:
    """Whether students may see their points."""
    last = (
        select(Publication.published)
        .where(Publication.pset_id == pset)
        .order_by(Publication.id.desc())
        .limit(1)
    )
    return bool(connection.scalar(last))


def find_student(connection: Connection, given: str) -> int:
    """A student's number, found by student id, e-mail address or name, or by submission if nothing else is known.

    Raises:
        GradmarkError: No student matches, or more than one does.
    """
    plain = given.strip()
    keys = [
        key_of(kind, plain.casefold() if kind == "email" else plain) for kind in ("id", "email", "submission")
    ]
    found = connection.execute(
        select(Identity.student_id, Identity.key).where(
            or_(Identity.key.in_(keys), Identity.folded_email == keys[1], Identity.name == plain)
        )
    ).all()
    exactly = [row for row in found if row.key == keys[0]] or found
    if len(exactly) == 1 and plain:
        return int(exactly[0].student_id)
    if exactly:
        raise GradmarkError(
            f"{given!r} matches {len(exactly)} students; give a student id or an e-mail address"
        )
    raise GradmarkError(
        f"the gradebook has no student {given!r}; give a student id, an e-mail address or a name as in scores.csv"
    )
