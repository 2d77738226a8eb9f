"""Our own nbgrader assignments, and what writes them to disk in every form that a course has."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.arrays import ARRAYS, LINEAR, SAMPLES
from tests.adopt.nbgrader_courses.basics import NUMBERS, PRINTING, TEXT
from tests.adopt.nbgrader_courses.containers import CLASSES, DICTS, LOGS
from tests.adopt.nbgrader_courses.numerics import INTEGRALS, INTERPOLATION, ROOTS
from tests.adopt.nbgrader_courses.tables import FIGURES, PARTS, TABLES, WALKS
from tests.adopt.nbgrader_courses.writing import (
    Homework,
    Submission,
    for_original,
    solution,
    submissions,
    write,
)

__all__ = ["COURSES", "Homework", "Submission", "for_original", "solution", "submissions", "write"]

COURSES: tuple[Homework, ...] = (NUMBERS, TEXT, PRINTING, DICTS, CLASSES, LOGS, ARRAYS, LINEAR, SAMPLES, ROOTS, INTEGRALS, INTERPOLATION, TABLES, FIGURES, WALKS, PARTS)
