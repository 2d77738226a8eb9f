"""Finds the students and groups who handed in, or adds them, inside a transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from grader.gradebook.database import inserted
from grader.gradebook.models import GroupMember, StudentGroup, StudentRow
from grader.gradebook.personal import Identity
from grader.gradebook.remember import remember, storable
from grader.results import StudentIdentity

__all__ = ["People", "key_of"]

MAX_KEY = 200
"""Characters of a key that are kept as they are; a database limits what an index can hold."""


def key_of(kind: str, text: str) -> str:
    """Identifies a student; a long text is replaced by its digest."""
    short = len(text.encode()) <= MAX_KEY
    return f"{kind}:{text if short else 'sha256-' + hashlib.sha256(text.encode()).hexdigest()}"


class People:
    """The students and groups of a gradebook, found by whatever is known about them.

    Args:
        roster: Students whose numbers and addresses belong together, whatever was known before.
    """

    def __init__(
        self, connection: Connection, at: datetime, by: str, roster: Collection[StudentIdentity] = ()
    ) -> None:
        self._connection, self._at, self._by, self._roster = connection, at, by, roster
        self.doubts: list[str] = []
        """Sentences for staff about submissions with a known student number but another address."""

    def student(self, identity: StudentIdentity) -> int:
        """The number of a student with an id or an address."""
        return self._student(identity, "")

    def group(self, submission: str, students: Sequence[StudentIdentity]) -> int:
        """The number of these students' group; if nobody is known, of a group for this submission."""
        known = [identity for identity in students if identity.id or identity.email]
        claims = [identity for identity in known if self._is_anothers(identity)]
        for identity in claims:
            self.doubts.append(
                f"{submission} has the student number {identity.id} with the address {identity.email}, but the "
                "gradebook knows that number with another address, so it was not counted for that student; correct "
                "the number at its source, or name a roster that has both (--roster)"
            )
        if claims:
            known = [identity for identity in known if identity not in claims]
            students = [StudentIdentity(name=claims[0].name)]
        # Someone known only by name is identified by their submission.
        alone = next(iter(students), StudentIdentity())
        members = sorted({self._student(identity, submission) for identity in known or [alone]})
        key = "+".join(map(str, members))
        found = self._connection.scalar(select(StudentGroup.id).where(StudentGroup.key == key))
        if found is not None:
            return int(found)
        number = inserted(self._connection, StudentGroup, {"key": key})
        self._connection.execute(
            insert(GroupMember), [{"group_id": number, "student_id": one} for one in members]
        )
        return number

    def _is_anothers(self, identity: StudentIdentity) -> bool:
        """Whether the number is known with another address, and no roster says that both are the same student's."""
        sid, email = storable(identity.id).strip(), storable(identity.email).strip()
        if not sid or not email or identity in self._roster:
            return False
        before = self._connection.scalar(
            select(Identity.folded_email).where(Identity.key == key_of("id", sid))
        )
        return bool(before) and before != key_of("email", email.casefold())

    def _student(self, identity: StudentIdentity, submission: str) -> int:
        sid, name, email = (storable(t).strip() for t in (identity.id, identity.name, identity.email))
        placeholder = key_of("submission", submission)
        folded = key_of("email", email.casefold())
        key = key_of("id", sid) if sid else folded if email else placeholder
        rows = self._connection.execute(
            select(Identity.__table__).where(
                or_(
                    Identity.key.in_([key, placeholder]),
                    Identity.folded_email == folded if email else Identity.key == key,
                )
            )
        ).all()
        by_key = {row.key: row for row in rows}
        found = by_key.get(key)
        if found is None and email:
            # The same address is the same person, unless both have student numbers.
            same = (row for row in rows if row.folded_email == folded and not (sid and row.sid))
            found = next(same, None)
        if found is None:
            found = by_key.get(placeholder)  # known only by a submission until now
        if found is None:
            number = inserted(self._connection, StudentRow, {"pseudonym": f"student-{secrets.token_hex(6)}"})
            about = {"sid": sid, "name": name, "email": email, "folded_email": folded if email else ""}
            self._connection.execute(insert(Identity), {"student_id": number, "key": key, **about})
            return number
        self._correct(found, sid, name, email)
        return int(found.student_id)

    def _correct(self, before: Any, sid: str, name: str, email: str) -> None:
        """Record what is new about a student; what is not given stays."""
        now = {"sid": sid or before.sid, "name": name or before.name, "email": email or before.email}
        now["folded_email"] = key_of("email", now["email"].casefold()) if now["email"] else ""
        now["key"] = key_of("id", now["sid"]) if now["sid"] else now["folded_email"] or before.key
        changed = {
            what: [before._mapping[what], now[what]]
            for what in ("sid", "name", "email")
            if before._mapping[what] != now[what]
        }
        if not changed:
            return
        self._connection.execute(update(Identity).where(Identity.student_id == before.student_id).values(now))
        remember(
            self._connection,
            self._at,
            self._by,
            "student corrected",
            student=before.student_id,
            private=changed,
        )
