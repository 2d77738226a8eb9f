"""Who handed in: students and groups found again, or added, inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from grader.gradebook.models import Event, Group, GroupMember, Student
from grader.results import StudentIdentity

__all__ = ["People", "storable"]


def storable(text: str, limit: int = 100_000) -> str:
    """Text that every database takes: no NUL, no half characters, no novel."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:limit]


class People:
    """The students and groups of a gradebook, read once and kept up with what is added."""

    def __init__(self, connection: Connection, at: datetime, by: str) -> None:
        self._connection, self._at, self._by = connection, at, by
        self._students: dict[str, Any] = {}
        self._by_email: dict[str, Any] = {}
        for row in connection.execute(
            select(Student.id, Student.key, Student.sid, Student.name, Student.email)
        ):
            self._remember(dict(row._mapping))
        self._groups = {key: number for number, key in connection.execute(select(Group.id, Group.key))}

    def student(self, identity: StudentIdentity) -> int:
        """The number of a student who is known by an id or an address."""
        return self._student(identity, "")

    def group(self, submission: str, students: Sequence[StudentIdentity]) -> int:
        """The number of the group that these students are; of the submission's own where nobody is known."""
        known = [identity for identity in students if identity.id or identity.email]
        # Somebody who is known by name only is told apart by what they handed in.
        alone = next(iter(students), StudentIdentity())
        members = sorted({self._student(identity, submission) for identity in known or [alone]})
        key = "+".join(map(str, members))
        if key not in self._groups:
            number = self._insert(insert(Group).values(key=key))
            self._connection.execute(
                insert(GroupMember), [{"group_id": number, "student_id": one} for one in members]
            )
            self._groups[key] = number
        return self._groups[key]

    def _student(self, identity: StudentIdentity, submission: str) -> int:
        sid, name, email = (storable(t, 300).strip() for t in (identity.id, identity.name, identity.email))
        placeholder = f"submission:{submission}"
        key = f"id:{sid}" if sid else f"email:{email.casefold()}" if email else placeholder
        found = self._students.get(key)
        if found is None and email:
            # The same address without a student number, or with one where now none is given, is the same person.
            other = self._by_email.get(email.casefold())
            found = other if other and not (sid and other["sid"]) else None
        if found is None:
            found = self._students.get(placeholder)  # known by a submission until now
        if found is None:
            new: dict[str, Any] = {"key": key, "sid": sid, "name": name, "email": email}
            new["id"] = self._insert(insert(Student).values(new))
            self._remember(new)
            return int(new["id"])
        self._correct(found, sid, name, email)
        return int(found["id"])

    def _correct(self, student: dict[str, Any], sid: str, name: str, email: str) -> None:
        """Write down what is newly known of a student; what is not given stays."""
        now = {
            "sid": sid or student["sid"],
            "name": name or student["name"],
            "email": email or student["email"],
        }
        now["key"] = (
            f"id:{now['sid']}"
            if now["sid"]
            else f"email:{now['email'].casefold()}"
            if now["email"]
            else student["key"]
        )
        changed = {name: [student[name], value] for name, value in now.items() if student[name] != value}
        if not changed:
            return
        self._connection.execute(update(Student).where(Student.id == student["id"]).values(now))
        self._connection.execute(
            insert(Event).values(
                at=self._at,
                by=self._by,
                what="student corrected",
                pset_id=None,
                student_id=student["id"],
                detail=changed,
            )
        )
        self._students.pop(student["key"], None)
        student.update(now)
        self._remember(student)

    def _remember(self, student: dict[str, Any]) -> None:
        self._students[student["key"]] = student
        if student["email"]:
            self._by_email[student["email"].casefold()] = student

    def _insert(self, statement: Any) -> int:
        key = self._connection.execute(statement).inserted_primary_key
        assert key is not None
        return int(key[0])
