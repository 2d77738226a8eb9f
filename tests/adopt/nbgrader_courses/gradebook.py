"""nbgrader's `gradebook.db`, written without nbgrader: the tables that generating an assignment fills."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.adopt.nbgrader_courses.cells import Cell, checksum, cleared

_TABLES = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
CREATE TABLE course (id VARCHAR(128) NOT NULL PRIMARY KEY);
CREATE TABLE student (id VARCHAR(128) NOT NULL PRIMARY KEY, first_name VARCHAR(128), last_name VARCHAR(128),
    email VARCHAR(128), lms_user_id VARCHAR(128));
CREATE TABLE assignment (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL UNIQUE, duedate DATETIME,
    course_id VARCHAR(128) NOT NULL REFERENCES course (id));
CREATE TABLE notebook (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL,
    assignment_id VARCHAR(32) REFERENCES assignment (id), kernelspec VARCHAR(1024), UNIQUE (name, assignment_id));
CREATE TABLE base_cell (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL,
    notebook_id VARCHAR(32) NOT NULL REFERENCES notebook (id), type VARCHAR(50), UNIQUE (name, notebook_id, type));
CREATE TABLE grade_cells (id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES base_cell (id), max_score FLOAT NOT NULL,
    cell_type VARCHAR(8) NOT NULL);
CREATE TABLE solution_cells (id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES base_cell (id));
CREATE TABLE task_cells (id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES base_cell (id), max_score FLOAT NOT NULL,
    cell_type VARCHAR(8) NOT NULL);
CREATE TABLE source_cell (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL,
    cell_type VARCHAR(8) NOT NULL,
    locked BOOLEAN NOT NULL, source TEXT, checksum VARCHAR(128), notebook_id VARCHAR(32) REFERENCES notebook (id),
    UNIQUE (name, notebook_id));
CREATE TABLE submitted_assignment (id VARCHAR(32) NOT NULL PRIMARY KEY,
    assignment_id VARCHAR(32) REFERENCES assignment (id), student_id VARCHAR(128) REFERENCES student (id),
    timestamp DATETIME, extension DATETIME, UNIQUE (assignment_id, student_id));
CREATE TABLE submitted_notebook (id VARCHAR(32) NOT NULL PRIMARY KEY,
    assignment_id VARCHAR(32) REFERENCES submitted_assignment (id), notebook_id VARCHAR(32) REFERENCES notebook (id),
    flagged BOOLEAN, late_submission_penalty FLOAT, UNIQUE (notebook_id, assignment_id));
CREATE TABLE grade (id VARCHAR(32) NOT NULL PRIMARY KEY, notebook_id VARCHAR(32) REFERENCES submitted_notebook (id),
    cell_id VARCHAR(32) REFERENCES base_cell (id), auto_score FLOAT, manual_score FLOAT, extra_credit FLOAT,
    needs_manual_grade BOOLEAN NOT NULL, UNIQUE (cell_id, notebook_id));
CREATE TABLE comment (id VARCHAR(32) NOT NULL PRIMARY KEY, notebook_id VARCHAR(32) REFERENCES submitted_notebook (id),
    cell_id VARCHAR(32) REFERENCES base_cell (id), auto_comment TEXT, manual_comment TEXT,
    UNIQUE (cell_id, notebook_id));
INSERT INTO alembic_version VALUES ('e43177bfe90b');
INSERT INTO course VALUES ('default_course');
"""


def write_gradebook(path: Path, assignment: str, notebooks: Mapping[str, Sequence[Cell]]) -> None:
    """Write the gradebook that nbgrader has once it has generated this assignment and collected nothing."""
    with closing(sqlite3.connect(path)) as book, book:
        book.executescript(_TABLES)
        assignment_id = _new_id()
        book.execute(
            "INSERT INTO assignment VALUES (?, ?, NULL, 'default_course')", (assignment_id, assignment)
        )
        kernel = json.dumps({"display_name": "Python 3", "language": "python", "name": "python3"})
        for name, cells in notebooks.items():
            notebook_id = _new_id()
            book.execute(
                "INSERT INTO notebook VALUES (?, ?, ?, ?)", (notebook_id, name, assignment_id, kernel)
            )
            for cell in cells:
                if cell.name:
                    _write_cell(book, notebook_id, cleared(cell))


def _write_cell(book: sqlite3.Connection, notebook_id: str, cell: Cell) -> None:
    """A graded solution has a row of either kind; `source_cell` keeps the text, with the hidden tests in it."""
    marked = (cell.points, cell.type)
    if cell.grade:
        book.execute(
            "INSERT INTO grade_cells VALUES (?, ?, ?)", (_base(book, notebook_id, cell, "GradeCell"), *marked)
        )
    if cell.solution:
        book.execute(
            "INSERT INTO solution_cells VALUES (?)", (_base(book, notebook_id, cell, "SolutionCell"),)
        )
    if cell.kind == "task":
        book.execute(
            "INSERT INTO task_cells VALUES (?, ?, ?)", (_base(book, notebook_id, cell, "TaskCell"), *marked)
        )
    kept = (_new_id(), cell.name, cell.type, cell.locked, cell.source, checksum(cell), notebook_id)
    book.execute("INSERT INTO source_cell VALUES (?, ?, ?, ?, ?, ?, ?)", kept)


def _base(book: sqlite3.Connection, notebook_id: str, cell: Cell, kind: str) -> str:
    base_id = _new_id()
    book.execute("INSERT INTO base_cell VALUES (?, ?, ?, ?)", (base_id, cell.name, notebook_id, kind))
    return base_id


def _new_id() -> str:
    return uuid.uuid4().hex
