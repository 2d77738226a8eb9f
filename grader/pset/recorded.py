"""Who was given which numbers: ``variants.json`` beside pset.yaml, which only ever grows.

A student gets a variant at the first build with a roster that has them, and keeps it whatever changes later: the
roster, the seed, the ranges in pset.yaml. It is also how grading finds out by which numbers to judge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from grader.errors import CourseError
from grader.files import write_whole
from grader.pset.drawn import Value
from grader.results import StudentIdentity

__all__ = [
    "NO_RECORD",
    "RECORD",
    "WAITS_FOR_STAFF",
    "Record",
    "RecordedStudent",
    "alike",
    "read_record",
    "write_record",
]

RECORD = "variants.json"
MOST_BYTES = 64 << 20
NO_RECORD = (
    "nobody is recorded to have numbers of their own, since there is no variants.json, so everybody is judged by the "
    "sample's numbers; if handouts were built with a roster, put the file back that this wrote beside pset.yaml"
)
"""For staff: a problem set with variants that nobody was given."""
WAITS_FOR_STAFF = (
    "no recorded variant is this student's; name the roster with --roster, add the student to it and run gradmark "
    "build with it, or copy the line of the numbers that the student has in variants.json and give it the student's "
    "id; then grade again"
)


class RecordedStudent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One student of the record."""

    id: str
    """The roster's id at the first build that had the student."""
    variant: str
    numbers: dict[str, Value]
    also: tuple[str, ...] = ()
    """What else finds the student: the address, logins, and ids that came later."""


def alike(text: str) -> str:
    """Equal for ids and addresses that differ in capitals, or in how letters are composed."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


class Record:
    """The record of one problem set."""

    def __init__(self, students: Sequence[RecordedStudent] = ()) -> None:
        self.students = tuple(students)
        self._by_name: dict[str, set[int]] = {}
        for place, one in enumerate(self.students):
            for text in (one.id, *one.also):
                if key := alike(text):
                    self._by_name.setdefault(key, set()).add(place)

    def __bool__(self) -> bool:
        return bool(self.students)

    def places(self, texts: Iterable[str]) -> set[int]:
        """The students, by their places, whom an id, address or login may mean."""
        return set().union(*(self._by_name.get(alike(text), set()) for text in texts if text.strip()))

    def find(self, student: StudentIdentity | None) -> RecordedStudent | None:
        """The student with this id or address; None if there is none, or if it could be two."""
        found = self.places((student.id, student.email)) if student else set()
        return self.students[min(found)] if len(found) == 1 else None

    @cached_property
    def variants(self) -> dict[str, Mapping[str, Value]]:
        """The numbers of each variant that somebody has."""
        return {one.variant: one.numbers for one in self.students}


def read_record(folder: Path, shown: str) -> Record:
    """The record in a problem set's folder; empty if nothing was recorded yet.

    Raises:
        CourseError: It cannot be read.
    """
    file = folder / RECORD
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CourseError(f"{shown} is too large for a record of variants; restore it from a backup")
        return Record(msgspec.json.decode(file.read_bytes(), type=list[RecordedStudent]))
    except FileNotFoundError:
        return Record()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{shown} cannot be read ({error}); restore it from a backup, since it alone says who was given which "
            "numbers"
        ) from None


def write_record(folder: Path, record: Record) -> None:
    """Write the record, a line for each student, so that version control shows what was added.

    Raises:
        GradmarkError: It cannot be written.
    """
    lines = [msgspec.json.encode(one).decode() for one in record.students]
    write_whole(folder / RECORD, ("[\n" + ",\n".join(lines) + "\n]\n").encode(), public=True)
