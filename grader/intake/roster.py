"""A roster: names and e-mail addresses of the students, from a CSV file with headers of any system's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import GradmarkError
from grader.intake.names import folded
from grader.results import StudentIdentity

__all__ = ["Roster", "load_roster"]

MAX_ROSTER = 64 << 20
# What a column is, by its header in lower case without anything but letters and digits. Earlier wins.
_COLUMNS = {
    "id": ("id", "studentid", "sid", "sisuserid", "userid", "studentnumber", "matriculation", "number"),
    "name": ("name", "fullname", "student", "studentname", "displayname"),
    "first": ("firstname", "givenname", "first", "given"),
    "last": ("lastname", "surname", "familyname", "last", "family"),
    "email": ("email", "emailaddress", "mail", "studentemail"),
}
# Further columns by which a submission may call its student: logins, user names, ids of other systems.
_LOGINS = (
    "login", "sisloginid", "loginid", "netid", "username", "user", "github", "githubusername", "identifier",
    "canvasid", "sisuserid", "userid", "sid", "id",
)  # fmt: skip


@dataclass(frozen=True)
class Roster:
    """The students of a class, found by whatever a submission calls them."""

    students: tuple[StudentIdentity, ...]
    _keys: dict[str, StudentIdentity | None]

    _exact: dict[str, StudentIdentity | None] = field(default_factory=dict)
    """By ids, logins and addresses, letter for letter but for capitals."""

    def find(self, *called: str) -> StudentIdentity | None:
        """The student whom the first of the texts that says anything means; None where two could be meant."""
        for text in called:
            student = self._keys.get(folded(text)) if text else None
            if student is not None:
                return student
        return None

    def match(self, called: StudentIdentity) -> tuple[set[StudentIdentity], bool]:
        """The students of the roster who may be meant, and whether an id, login or address is exactly one's.

        Several where an id is one student's, and an address or a name another's.
        """
        found = {self._exact.get(text.casefold()) for text in (called.id, called.email) if text}
        exact = bool(found - {None})
        texts = (called.name,) if exact else (called.id, called.email, called.name)
        found |= {self.find(text) for text in texts}
        return {student for student in found if student is not None}, exact


def load_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        GradmarkError: It cannot be read, or has no column that names a student.
    """
    try:
        if path.stat().st_size > MAX_ROSTER:
            raise GradmarkError(f"{path} is larger than a roster can be; name a CSV of students")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GradmarkError(f"the roster {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise GradmarkError(f"the roster {path} is not UTF-8 text; save it as CSV UTF-8") from None
    try:
        rows = list(csv.reader(io.StringIO(text), dialect=_dialect(text)))
    except csv.Error as error:
        raise GradmarkError(f"the roster {path} is not CSV: {error}") from None
    headers = [folded(header) for header in rows[0]] if rows else []
    columns = {what: _column(headers, names) for what, names in _COLUMNS.items()}
    if columns["id"] is None and columns["email"] is None:
        raise GradmarkError(
            f"the roster {path} has no column of ids or e-mail addresses; begin it with id,name,email"
        )
    logins = [index for index, header in enumerate(headers) if header in _LOGINS]
    return _roster(rows[1:], columns, logins)


def _dialect(text: str) -> type[csv.Dialect]:
    class Dialect(csv.excel):
        delimiter = max(",;\t", key=text.partition("\n")[0].count)

    return Dialect


def _column(headers: Sequence[str], names: Iterable[str]) -> int | None:
    return next((headers.index(name) for name in names if name in headers), None)


def _roster(rows: list[list[str]], columns: dict[str, int | None], logins: list[int]) -> Roster:
    students = []
    keys: dict[str, StudentIdentity | None] = {}
    exact: dict[str, StudentIdentity | None] = {}
    for row in rows:

        def cell(index: int | None, row: list[str] = row) -> str:
            return row[index].strip() if index is not None and index < len(row) else ""

        first, last = cell(columns["first"]), cell(columns["last"])
        name = cell(columns["name"]) or f"{first} {last}".strip()
        email = cell(columns["email"])
        student = StudentIdentity(cell(columns["id"]) or email, name, email)
        if not student.id:
            continue
        students.append(student)
        own = {student.id, email, *map(cell, logins)}
        called = {*own, email.partition("@")[0], *_orders(name), f"{last}{first}"}
        for found, texts in ((keys, map(folded, called)), (exact, map(str.casefold, own))):
            for key in {*texts} - {""}:
                # Two students of one name: neither is meant by it.
                found[key] = student if found.get(key, student) == student else None
    return Roster(tuple(students), keys, exact)


def _orders(name: str) -> list[str]:
    """A name as it is, and with the last name first, as other systems sort it."""
    if "," in name:
        last, _, first = name.partition(",")
        return [name, f"{first} {last}"]
    first, _, last = name.rpartition(" ")
    return [name, f"{last} {first}"]
