"""What nbgrader's gradebook.db holds of an assignment: each cell's source with its hidden tests, and its points.

The file is only read. nbgrader 0.6 moved the names of graded cells into ``base_cell``; both forms are read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from grader.errors import CourseError

__all__ = ["StoredCell", "stored_cells"]

MAX_CELLS = 20_000
MAX_CELL = 2_000_000
"""Characters of a cell's source."""
_STEPS = 50_000_000
"""Instructions of a query: enough for the largest of courses, and a few seconds."""
_POLLED = 1_000_000


class StoredCell(NamedTuple):
    """A cell as it was when the assignment was generated: hidden tests are in it, solutions are not."""

    identity: str
    kind: str
    source: str
    locked: bool
    points: Fraction | None
    """None for a cell that is not graded."""


def stored_cells(path: Path, assignment: str) -> dict[str, dict[str, StoredCell]]:
    """The cells of an assignment by notebook and ``grade_id``; empty if the database does not have it.

    Raises:
        CourseError: It cannot be read.
    """
    try:
        with _opened(path) as database:
            return _cells(database, assignment)
    except (sqlite3.Error, OverflowError, UnicodeError, ValueError) as error:
        raise CourseError(f"{path} cannot be read as nbgrader's database: {error}") from None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, opened so that nothing in it runs, changes, or takes for ever."""
    left = [_STEPS // _POLLED]

    def is_over() -> bool:
        left[0] -= 1
        return left[0] < 0

    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * MAX_CELL)
        database.set_progress_handler(is_over, _POLLED)
        database.execute("PRAGMA query_only = ON")
        database.execute("PRAGMA trusted_schema = OFF")
        yield database


def _cells(database: sqlite3.Connection, assignment: str) -> dict[str, dict[str, StoredCell]]:
    cells: dict[str, dict[str, StoredCell]] = {}
    points = _points(database, assignment)
    rows = database.execute(
        "SELECT notebook.name, source_cell.name, source_cell.cell_type, source_cell.source, source_cell.locked "
        "FROM source_cell JOIN notebook ON source_cell.notebook_id = notebook.id "
        "JOIN assignment ON notebook.assignment_id = assignment.id WHERE assignment.name = ? LIMIT ?",
        (assignment, MAX_CELLS),
    )
    for notebook, name, kind, source, locked in rows:
        texts = (notebook, name, kind, source or "")
        if not all(isinstance(text, str) and len(text) <= MAX_CELL for text in texts):
            raise ValueError("a cell in it is not text, or too long")
        cell = StoredCell(name, kind, source or "", bool(locked), points.get((notebook, name)))
        cells.setdefault(notebook, {})[name] = cell
    return cells


def _points(database: sqlite3.Connection, assignment: str) -> dict[tuple[str, str], Fraction]:
    """The points of the graded cells, by notebook and ``grade_id``."""
    points = {}
    named = "grade_cell cell"
    based = "{} score JOIN base_cell cell ON cell.id = score.id"
    tables = {"grade_cell": named, "grade_cells": based, "task_cells": based}
    present = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in present & tables.keys():
        rows = database.execute(
            f"SELECT notebook.name, cell.name, max_score FROM {tables[table].format(table)} "
            "JOIN notebook ON cell.notebook_id = notebook.id "
            "JOIN assignment ON notebook.assignment_id = assignment.id WHERE assignment.name = ? LIMIT ?",
            (assignment, MAX_CELLS),
        )
        for notebook, name, score in rows:
            points[notebook, name] = Fraction(str(float(score)))
    return points
