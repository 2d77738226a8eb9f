"""A roster: the students' names and e-mail addresses, from a CSV file as any system or spreadsheet writes it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import GradmarkError
from grader.intake.headers import COLUMNS, LOGINS
from grader.intake.names import folded
from grader.results import StudentIdentity

__all__ = ["Roster", "load_roster"]

MAX_ROSTER = 64 << 20
MAX_TITLES = 8
"""Lines searched for the header: some systems put a title above it."""
MAX_WORDS = 12
"""Of a folder's or file's name, searched for a student's."""
FEWEST = 4
"""Letters and digits of an id or login recognised among other words: a 1 is more often an exercise's number."""
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Roster:
    """The students of a class, found by whatever a submission calls them."""

    students: tuple[StudentIdentity, ...]
    _keys: dict[str, StudentIdentity | None]

    _exact: dict[str, StudentIdentity | None] = field(default_factory=dict)
    """By ids, logins and addresses, letter for letter except for capitals."""

    def find(self, *called: str) -> StudentIdentity | None:
        """The student named by the first of the texts that names one; None if it could be two."""
        for text in called:
            student = self._keys.get(folded(text)) if text else None
            if student is not None:
                return student
        return None

    def listed(self, text: str) -> StudentIdentity | None:
        """The student with exactly this id, login or address, except for capitals."""
        return self._exact.get(text.casefold()) if text else None

    def names(self) -> dict[StudentIdentity, list[str]]:
        """By student, the id, logins and address that are nobody else's, in lower case."""
        found: dict[StudentIdentity, list[str]] = {}
        for text, student in self._exact.items():
            if student is not None:
                found.setdefault(student, []).append(text)
        return found

    def match(self, called: StudentIdentity) -> tuple[set[StudentIdentity], bool]:
        """The students who may be meant, and whether an id, login or address matches exactly.

        There are several if the id is one student's, and the address or name another's.
        """
        found = {self._exact.get(text.casefold()) for text in (called.id, called.email) if text}
        exact = bool(found - {None})
        texts = (called.name,) if exact else (called.id, called.email, called.name)
        found |= {self.find(text) for text in texts}
        return {student for student in found if student is not None}, exact

    def within(self, text: str) -> set[StudentIdentity]:
        """The students whom a folder's or file's name may mean, as a whole or by some of its words in a row.

        Words count only as a whole name, or as an id or login too long to be another number.
        """
        whole = self.find(text)
        if whole is not None or folded(text) in self._keys:
            return {whole} if whole else set()
        words = _WORDS.findall(text)[:MAX_WORDS]
        for length in range(len(words) - 1, 0, -1):
            runs = ["".join(words[at : at + length]) for at in range(len(words) - length + 1)]
            long = [run for run in runs if length > 1 or len(run) >= FEWEST]
            found = {student for run in long if (student := self.find(run))}
            if found:
                return found
        return set()


def load_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        GradmarkError: It cannot be read, or no column identifies students.
    """
    try:
        if path.stat().st_size > MAX_ROSTER:
            raise GradmarkError(f"{path} is too large for a roster; give a CSV file of students")
        content = path.read_bytes()
    except OSError as error:
        raise GradmarkError(f"the roster {path} cannot be read: {error.strerror}") from None
    text, separator = _declared(_decoded(content, path))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise GradmarkError(f"the roster {path} is not CSV: {error}; save it as CSV") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    for number, row in enumerate(rows[:MAX_TITLES]):
        headers = [folded(header) for header in row]
        columns = {what: _column(headers, names) for what, names in COLUMNS.items()}
        if columns["id"] is not None or columns["email"] is not None:
            logins = [index for index, header in enumerate(headers) if header in LOGINS]
            return _roster(rows[number + 1 :], columns, logins)
    raise GradmarkError(
        f"the roster {path} has no column of ids or e-mail addresses; start it with the line id,name,email"
    )


def _decoded(content: bytes, path: Path) -> str:
    """The text, in UTF-8 or as Excel writes it: UTF-16 with a mark, or Windows' Western European code page."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    if b"\0" not in content or encodings == ("utf-16",):
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise GradmarkError(f"the roster {path} is not readable text; save it as CSV in UTF-8")


def _declared(text: str) -> tuple[str, str]:
    """The text without Excel's line that declares the separator, and the separator."""
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    if declared:
        return rest, declared[1]
    # Count in the first line that has any: a title may stand above.
    lines = (line for line in text.splitlines()[:MAX_TITLES] if any(mark in line for mark in ",;\t"))
    return text, max(",;\t", key=next(lines, first).count)


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
        if first and not last and first.casefold() not in name.casefold():
            last, name = name, f"{first} {name}"  # beside a Vorname, Name is the last name
        email = cell(columns["email"])
        student = StudentIdentity(cell(columns["id"]) or email, name, email)
        if not student.id:
            continue
        students.append(student)
        own = {student.id, email, *map(cell, logins)}
        called = {*own, email.partition("@")[0], *_orders(name), f"{last}{first}", f"{first}{last}"}
        for found, texts in ((keys, map(folded, called)), (exact, map(str.casefold, own))):
            for key in {*texts} - {""}:
                # A name that two students share means neither.
                found[key] = student if found.get(key, student) == student else None
    return Roster(tuple(students), keys, exact)


def _orders(name: str) -> list[str]:
    """A name as it is, and with the last name first, as other systems sort it."""
    if "," in name:
        last, _, first = name.partition(",")
        return [name, f"{first} {last}"]
    first, _, last = name.rpartition(" ")
    return [name, f"{last} {first}"]
