"""The CSV that Canvas's gradebook imports.

Canvas's importer (canvas-lms, ``lib/gradebook_importer.rb``) reads by position: the student's columns end with
``Section``, and every column after it is an assignment, named ``Title (id)`` or by its title alone. It is best to fill
in a file that Canvas itself exported, because its columns and ids are right; `canvas_csv` makes one from nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.errors import GradmarkError
from grader.gradebook.scores import PsetScores, StudentScore
from grader.pset.names import nearest
from grader.spreadsheet import csv_text, original_cell, points_cell, safe_cell

__all__ = ["Filled", "Match", "canvas_csv", "canvas_problems", "fill_canvas_csv"]

Match = Literal["ID", "SIS User ID", "SIS Login ID"]
_STUDENT_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
# Canvas takes columns whose header contains one of these for totals and ignores them.
_TOTALS = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade|"
    "Override Status"
)
_SKIPPED_ROW = re.compile(r"(Muted|Manual Posting.*)?", re.I)


def canvas_csv(scores: PsetScores, *, column: str = "", match: Match = "SIS User ID") -> str:
    """A CSV for Canvas's importer, from nothing.

    Args:
        column: The assignment's header, ``Title (id)`` as Canvas shows it, or its title; the problem set's by default.
        match: Which of Canvas's ids our student ids are. E-mail addresses are used as login names.

    Raises:
        GradmarkError: Canvas's importer would refuse or misread the file.
    """
    header = column or scores.title
    rows = [
        [*_STUDENT_COLUMNS, safe_cell(header)],
        ["    Points Possible", "", "", "", "", points_cell(scores.max_score)],
    ]
    for student in scores.students:
        cells = dict.fromkeys(_STUDENT_COLUMNS, "")
        cells |= {"Student": safe_cell(_name(student)), "SIS Login ID": safe_cell(student.email)}
        if student.sid:
            cells[match] = safe_cell(student.sid)
        rows.append([*cells.values(), points_cell(student.score)])
    return _checked(csv_text(rows))


@dataclass
class Filled:
    """Canvas's own file with our points in it, and the students who are in only one of the two."""

    text: str
    filled: int
    not_in_canvas: list[str]
    not_in_gradebook: int
    doubtful: list[str]
    """Canvas's students who could be more than one of ours; nothing was filled in for them."""


def fill_canvas_csv(scores: PsetScores, exported: str, *, column: str = "") -> Filled:
    """Canvas's exported gradebook with only this problem set's column, filled in.

    Students are found by Canvas's ID, SIS user id, login or name, in this order; by name, which people choose, only if
    nobody else has it. Where we have no points, Canvas's stay.

    Args:
        exported: The file's text.
        column: The assignment's header or title; the problem set's title by default.

    Raises:
        GradmarkError: The file is not from Canvas, or has no such column.
    """
    exported = exported.removeprefix("\ufeff")
    separator = ";" if exported.split("\n", 1)[0].count(";") > exported.split("\n", 1)[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(exported), delimiter=separator))
    if not rows or "Section" not in rows[0] or "Student" not in rows[0][0]:
        raise GradmarkError(
            "this is not a gradebook exported from Canvas: it has no Student and Section columns"
        )
    header = rows[0]
    end = header.index("Section") + 1
    place = _assignment(header[end:], column or scores.title) + end
    whom = [number for number, row in enumerate(rows) if number and _about_somebody(row, header, end)]
    found = _Finder(scores.students)
    found.match({number: dict(zip(header[:end], rows[number], strict=False)) for number in whom})
    out: list[list[str]] = []
    kept = [*range(end), place]
    filled, unknown = 0, 0
    students = set(whom)
    for number, row in enumerate(rows):
        if number and number not in students:
            out.append([row[index] for index in kept])
            continue
        if number:
            student = found.of(number)
            unknown += student is None
            if student is not None and student.score is not None:
                row[place], filled = points_cell(student.score), filled + 1
        out.append([*(safe_cell(original_cell(row[index])) for index in kept[:-1]), row[place]])
    return Filled(_checked(csv_text(out)), filled, found.left(), unknown, found.doubtful)


def _about_somebody(row: list[str], header: Sequence[str], end: int) -> bool:
    """Whether a row is a student's; fills it up to the length of the header."""
    row += [""] * (len(header) - len(row))
    return _is_student(row) and any(cell.strip() for cell in row[: end - 1])


def _checked(text: str) -> str:
    problems = canvas_problems(text)
    if problems:
        raise GradmarkError("Canvas would not import this correctly: " + "; ".join(problems[:5]))
    return text


def canvas_problems(text: str) -> list[str]:
    """What Canvas's importer would refuse or misread in a file, by its own rules; empty if nothing."""
    rows = list(csv.reader(io.StringIO(text)))
    header = rows[0] if rows else []
    if len(header) <= 3 or "Student" not in header[0] or "ID" not in header[1]:
        return ["the header must have more than three columns and start with Student and ID"]
    if "Section" not in header:
        return ["the header has no Section column, which must be the last one about the student"]
    end = header.index("Section") + 1
    allowed = [["ID"], ["ID", "SIS Login ID"], ["ID", "SIS User ID", "SIS Login ID"]]
    middle = [name for name in header[1 : end - 1] if name not in ("Integration ID", "Root Account")]
    problems = [] if middle in allowed else [f"Canvas does not know the columns {', '.join(middle)}"]
    assignments = header[end:]
    if not assignments:
        problems.append("there is no column after Section, so there is no assignment")
    for name in assignments:
        if _TOTALS.search(name):
            problems.append(f"Canvas would ignore {name!r} as a total; give the assignment another name")
        if not name.strip():
            problems.append("an assignment has no name")
    problems += [f"there are two columns {name!r}" for name, count in Counter(header).items() if count > 1]
    if not any("Points Possible" in row[0] for row in rows[1:] if row):
        problems.append("there is no row with Points Possible")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            problems.append(f"line {number} has {len(row)} columns, but the header has {len(header)}")
        elif _is_student(row):
            problems += _student_problems(number, row, header, end)
    return problems


def _student_problems(number: int, row: list[str], header: list[str], end: int) -> list[str]:
    problems = []
    if not any(cell.strip() for cell in row[: end - 1]):
        problems.append(f"line {number} does not say which student it is about")
    for name, cell in zip(header[end:], row[end:], strict=True):
        # Besides points, Canvas has EX for excused, and words for pass/fail assignments.
        if cell.strip() and not re.fullmatch(r"\d+([.,]\d+)?%?|EX|-|[A-Za-z ]+[+-]?", cell.strip()):
            problems.append(f"line {number} has {cell!r} for {name}")
    return problems


def _is_student(row: Sequence[str]) -> bool:
    if "Points Possible" in row[0]:
        return False
    return not all(_SKIPPED_ROW.fullmatch(cell.strip()) for cell in row)


def _name(student: StudentScore) -> str:
    # Canvas would take a row with these words for the row of points. Every row needs something to name its student by.
    name = (
        student.name
        or (student.attempt.submission if student.attempt else "")
        or student.email
        or student.sid
    )
    return name.replace("Points Possible", "Points-Possible")


def _assignment(headers: Sequence[str], wanted: str) -> int:
    """The place of the assignment with this header, or with this title without the id that Canvas adds."""
    titles = [re.sub(r" \(\d+\)$", "", header) for header in headers]
    for names in (list(headers), titles):
        if names.count(wanted) == 1:
            return names.index(wanted)
        if names.count(wanted) > 1:
            raise GradmarkError(
                f"Canvas has several assignments called {wanted!r}; give the whole header, with its number"
            )
    raise GradmarkError(f"Canvas's file has no assignment {wanted!r}; {nearest(wanted, list(headers))}")


class _Finder:
    """Finds the student of each of Canvas's rows; no student gets two rows."""

    def __init__(self, students: Sequence[StudentScore]) -> None:
        self._students = {student.number: student for student in students}
        ids = [(student.sid, student) for student in students if student.sid]
        logins = [(student.email.casefold(), student) for student in students if student.email]
        # A school's login names are often the part before the @; with several schools, that part proves nothing.
        parts = [(login.rpartition("@"), student) for login, student in logins]
        one_school = len({domain for (_, _, domain), _ in parts}) == 1
        short = [(login, student) for (login, _, _), student in parts if login and one_school]
        names = [(student.name, student) for student in students if student.name]
        self._ids, self._logins, self._short, self._names = map(_only, (ids, logins, short, names))
        self._rows: dict[int, int] = {}
        self.doubtful: list[str] = []

    def match(self, rows: Mapping[int, Mapping[str, str]]) -> None:
        """Find the students of the rows: by the most certain ids first, and by names last."""
        left = {
            number: {name: original_cell(cell).strip() for name, cell in row.items()}
            for number, row in rows.items()
        }
        for meant in (self._by_id, self._by_login, self._by_name):
            claims: dict[int, list[int]] = {}
            for number, cells in list(left.items()):
                students = meant(cells) - set(self._rows.values())
                if len(students) == 1:
                    claims.setdefault(students.pop(), []).append(number)
                elif students:
                    self._doubt(left.pop(number))
            for student, numbers in claims.items():
                if len(numbers) == 1:
                    self._rows[numbers[0]] = student
                for number in numbers:
                    cells = left.pop(number)
                    if len(numbers) > 1:
                        self._doubt(cells)

    def of(self, row: int) -> StudentScore | None:
        """The student of a row."""
        return self._students.get(self._rows.get(row, -1))

    def left(self) -> list[str]:
        """The students who are in no row."""
        found = set(self._rows.values())
        return [_name(student) for number, student in self._students.items() if number not in found]

    def _by_id(self, cells: Mapping[str, str]) -> set[int]:
        called = (cells.get(name, "") for name in ("ID", "SIS User ID", "SIS Login ID"))
        return {self._ids[text] for text in called if text in self._ids}

    def _by_login(self, cells: Mapping[str, str]) -> set[int]:
        login = cells.get("SIS Login ID", "").casefold()
        found = self._logins.get(login, self._short.get(login))
        return set() if found is None else {found}

    def _by_name(self, cells: Mapping[str, str]) -> set[int]:
        last, _, first = cells.get("Student", "").partition(", ")
        called = (cells.get("Student", ""), f"{first} {last}".strip())
        return {self._names[text] for text in called if text in self._names}

    def _doubt(self, cells: Mapping[str, str]) -> None:
        self.doubtful.append(cells.get("Student", "") or cells.get("SIS Login ID", "") or cells.get("ID", ""))


def _only(called: Iterable[tuple[str, StudentScore]]) -> dict[str, int]:
    """Students' numbers, by ids or names that only one of them has."""
    found: dict[str, set[int]] = {}
    for text, student in called:
        found.setdefault(text, set()).add(student.number)
    return {text: numbers.pop() for text, numbers in found.items() if len(numbers) == 1}
