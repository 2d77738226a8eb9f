"""Our own nbgrader assignments, and what writes them to disk in every form that a course has."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.arrays import ARRAYS, LINEAR
from tests.adopt.nbgrader_courses.basics import NUMBERS, TEXT
from tests.adopt.nbgrader_courses.chance import SAMPLES, WALKS
from tests.adopt.nbgrader_courses.containers import CLASSES, DICTS
from tests.adopt.nbgrader_courses.fits import INTERPOLATION, PARTS
from tests.adopt.nbgrader_courses.numerics import INTEGRALS, ROOTS
from tests.adopt.nbgrader_courses.printing import LOGS, PRINTING
from tests.adopt.nbgrader_courses.tables import FIGURES, TABLES
from tests.adopt.nbgrader_courses.writing import (
    Homework,
    Submission,
    for_original,
    solution,
    submissions,
    write,
)

__all__ = ["COURSES", "Homework", "Submission", "for_original", "solution", "submissions", "write"]

COURSES: tuple[Homework, ...] = (
    NUMBERS,
    TEXT,
    PRINTING,
    DICTS,
    CLASSES,
    LOGS,
    ARRAYS,
    LINEAR,
    SAMPLES,
    ROOTS,
    INTEGRALS,
    INTERPOLATION,
    TABLES,
    FIGURES,
    WALKS,
    PARTS,
)
