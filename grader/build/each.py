"""A handout for each student: DIR/students/ and DIR/who-has-what.csv, for a problem set with variants.

otter-assign runs once, on the handout with its placeholders; what it made is then filled in for each variant, proven
to give nothing away, and zipped.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.archive import files_below, zipped
from grader.build.leaks import Secrets
from grader.build.notebooks import stored_bytes
from grader.build.student import made_folder
from grader.errors import GradmarkError
from grader.files import write_whole
from grader.intake import Roster
from grader.intake.names import safe_name
from grader.notebook import marked_with
from grader.pset import ProblemSet, check_course
from grader.pset.drawn import Drawing, filled, shown
from grader.pset.public import OWN_NUMBERS, literal_of
from grader.pset.recorded import RECORD, Record, RecordedStudent, alike, write_record
from grader.results import StudentIdentity
from grader.spreadsheet import csv_text, safe_cell
from grader.wheel import own_wheel

__all__ = ["Assigned", "BuiltForEach", "assign", "build_for_each"]

FOLDER = "students"
TABLE = "who-has-what.csv"


@dataclass(frozen=True)
class Assigned:
    """One student of the roster, and what the student has."""

    student: StudentIdentity
    recorded: RecordedStudent
    new: bool


@dataclass(frozen=True)
class BuiltForEach:
    """What was built, and for whom."""

    made: list[Path]
    assigned: list[Assigned]

    @property
    def variants(self) -> int:
        return len({one.recorded.variant for one in self.assigned})


def assign(pset: ProblemSet, roster: Roster) -> tuple[Record, list[Assigned]]:
    """Who has which numbers: as recorded, and newly drawn for students who are not in the record yet.

    Raises:
        GradmarkError: Two students of the roster, or of the record, may be the same one.
    """
    students, taken = list(pset.record.students), dict[int, StudentIdentity]()
    index: dict[str, set[int]] = {}
    for place, one in enumerate(students):
        for text in (one.id, *one.also):
            index.setdefault(alike(text), set()).add(place)
    assigned: dict[int, Assigned] = {}
    names = roster.names()
    for student in roster.students:
        called = [text for text in (student.id, student.email, *names.get(student, ())) if text.strip()]
        places = set().union(*(index.get(alike(text), set()) for text in called))
        if len(places) > 1:
            both = " and ".join(students[place].id for place in sorted(places))
            raise GradmarkError(
                f"{_shown(student)} of the roster is called like the recorded students {both}, so nobody knows whose "
                f"numbers are meant; correct the roster, or {pset.name}'s {RECORD}"
            )
        place = min(places, default=len(students))
        if taken.setdefault(place, student) != student:
            raise GradmarkError(
                f"{_shown(taken[place])} and {_shown(student)} share an id, address or login in the roster, so they "
                "would be taken for one student; correct the roster"
            )
        if not places:
            drawing = pset.drawing_for(student.id)
            values = {name: drawing.values[name] for name, one in pset.drawn.items() if one.data is None}
            students.append(RecordedStudent(student.id, drawing.variant, values))
        students[place] = _also(students[place], called)
        for text in called:
            index.setdefault(alike(text), set()).add(place)
        assigned.setdefault(place, Assigned(student, students[place], new=not places))
    return Record(students), list(assigned.values())


def _also(recorded: RecordedStudent, called: Sequence[str]) -> RecordedStudent:
    """A recorded student, found from now on by these names too."""
    known = {alike(one) for one in (recorded.id, *recorded.also)}
    more = dict.fromkeys(alike(one) for one in called if alike(one) not in known)
    kept = (*recorded.also, *more)
    return RecordedStudent(recorded.id, recorded.variant, recorded.numbers, kept) if more else recorded


def _shown(student: StudentIdentity) -> str:
    return f"{student.name or student.email or 'a student'} ({student.id})"


def build_for_each(pset: ProblemSet, roster: Roster, out: Path) -> BuiltForEach:
    """Write a zip for each student, or for each variant where several share one, and the table of who has which.

    Who was given what is recorded in variants.json beside pset.yaml; students who are recorded keep their numbers.

    Raises:
        CourseError: The problem set has an error, or an answer would reach students; then nothing is written.
        GradmarkError: The roster is ambiguous, or something cannot be written.
    """
    if findings := check_course(pset):
        raise findings[0]
    record, assigned = assign(pset, roster)
    names = dict(_file_names(pset, assigned))
    with tempfile.TemporaryDirectory(prefix="gradmark-build-") as scratch:
        wheel, content = own_wheel()
        template = made_folder(pset.as_template(), Path(scratch), wheel)
        common = files_below(template, pset.name)
        secrets = Secrets(pset)
        given = set(pset.data_files().values())
        secrets.refuse(((name.partition("/")[2], one) for name, one in common.items()), given)
        common[f"{pset.name}/{wheel}"] = content
        made = Path(scratch) / FOLDER
        made.mkdir()
        for one in assigned:
            target = made / names[one.recorded.variant]
            if not target.exists():
                own = pset.with_drawing(pset.recorded_drawing(one.recorded))
                files = dict(_files_of(own, common))
                secrets.of(own).refuse(
                    ((name.partition("/")[2], text) for name, text in files.items()),
                    set(own.drawn_files.values()),
                )
                target.write_bytes(zipped(common | files))
        write_record(pset.path, record)
        pset.__dict__.pop("record", None)
        try:
            out.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(out / FOLDER, ignore_errors=True)
            shutil.copytree(made, out / FOLDER)
        except OSError as error:
            raise GradmarkError(f"cannot write to {out}: {error.strerror}; give another --out") from None
    write_whole(out / TABLE, _table(pset, assigned, names).encode())
    return BuiltForEach([out / FOLDER, out / TABLE], assigned)


def _file_names(pset: ProblemSet, assigned: Sequence[Assigned]) -> Iterator[tuple[str, str]]:
    """The zip of each variant: called after its student, or after the variant where several may share it."""
    shared = pset.groups is not None
    seen: set[str] = set()
    for one in assigned:
        name = one.recorded.variant if shared else safe_name(one.recorded.id)
        if name.casefold() in seen and not shared:
            name = f"{name}-{one.recorded.variant}"
        seen.add(name.casefold())
        yield one.recorded.variant, f"{name}.zip"


def _files_of(pset: ProblemSet, common: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files in which one variant differs from the template, with that variant's content."""
    drawing = pset.drawing
    assert drawing is not None
    literal = literal_of(drawing, pset.drawn)
    for name, content in common.items():
        if name == f"{pset.name}/{pset.name}.ipynb":
            notebook = marked_with(_filled_in(json.loads(content), drawing), drawing.variant)
            yield name, stored_bytes(notebook)
        elif name.startswith(f"{pset.name}/tests/") and name.endswith(".py"):
            yield name, content.decode().replace(OWN_NUMBERS, literal).encode()
    for name, content in pset.drawn_files.items():
        yield f"{pset.name}/{name}", content


def _filled_in(value: Any, drawing: Drawing) -> Any:
    """A notebook with the values of a drawing in all its texts."""
    if isinstance(value, str):
        return filled(value, drawing)
    if isinstance(value, list):
        return [_filled_in(item, drawing) for item in value]
    if isinstance(value, dict):
        return {key: _filled_in(item, drawing) for key, item in value.items()}
    return value


def _table(pset: ProblemSet, assigned: Sequence[Assigned], names: Mapping[str, str]) -> str:
    drawn = [name for name, one in pset.drawn.items() if one.data is None]
    rows = [["id", "name", "email", "variant", "file", *drawn]]
    for one in assigned:
        student, recorded = one.student, one.recorded
        values = pset.recorded_drawing(recorded).values
        who = [safe_cell(text) for text in (student.id, student.name, student.email)]
        file = f"{FOLDER}/{names[recorded.variant]}"
        rows.append([*who, recorded.variant, file, *(safe_cell(shown(values[name])) for name in drawn)])
    return csv_text(rows)
