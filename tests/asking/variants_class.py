"""A course with variants in which a small class has been given its numbers."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from grader.judge import Judge, Submission
from grader.pset import ProblemSet, load_problem_set
from grader.pset.recorded import Record, RecordedStudent, write_record
from grader.results import StudentIdentity, SubmissionResult
from tests.asking.answering import COURSE, names
from tests.notebooks import notebook

__all__ = ["STUDENTS", "OwnClass", "write_class"]

STUDENTS = ("1001", "1002", "1003", "1004", "学生五", "o'brien")


def write_class(folder: Path, students: Sequence[str] = STUDENTS) -> ProblemSet:
    """The example's course in a folder, with these students in its record."""
    for part in ("psets/variants", "reference"):
        shutil.copytree(COURSE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    path = folder / "psets" / "variants"
    pset = load_problem_set(path)
    rows = []
    for student in students:
        drawing = pset.drawing_for(student)
        numbers = {name: value for name, value in drawing.values.items() if name != "readings"}
        rows.append(RecordedStudent(student, drawing.variant, numbers, (f"{student}@uni.example",)))
    write_record(path, Record(rows))
    return load_problem_set(path)


class OwnClass:
    """The class, and one judge for it."""

    def __init__(self, folder: Path) -> None:
        self.pset = write_class(folder)
        self.judge = Judge(self.pset)

    def of(self, student: str) -> ProblemSet:
        """The problem set with a student's numbers."""
        recorded = self.pset.record.find(StudentIdentity(student))
        assert recorded is not None
        return self.pset.with_drawing(self.pset.recorded_drawing(recorded))

    def cells(self, student: str, *answers: str) -> list[str]:
        """The solution with a student's numbers, but for these answers, in which {name} is such a number."""
        own = self.of(student)
        assert own.drawing is not None
        cells = list(own.solution_cells())
        for answer in answers:
            for name, value in own.drawing.values.items():
                answer = answer.replace(f"<{name}>", repr(value))
            (place,) = [number for number, cell in enumerate(cells) if names(cell) & names(answer)]
            cells[place] = answer
        return cells

    def graded(
        self,
        student: StudentIdentity | str | None,
        cells: Sequence[str],
        files: dict[str, bytes] | None = None,
        **metadata: object,
    ) -> SubmissionResult:
        """The result of a notebook with these cells, handed in by a student."""
        who = StudentIdentity(student) if isinstance(student, str) else student
        handed_in = {"variants.ipynb": notebook(cells, **metadata), **(files or {})}
        return self.judge.grade(Submission("someone", handed_in, who))
