"""Ask nbgrader itself what it gives for our submissions, and keep that in `points.json`.

Run as `python -m tests.adopt.nbgrader_courses.record ENVIRONMENT [name ...]`; the environment is one that has nbgrader,
numpy, pandas and matplotlib. Without names, all assignments: about ten minutes.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.adopt.nbgrader_courses import COURSES, Homework, for_original
from tests.adopt.nbgrader_courses.recorded import POINTS, Points
from tests.adopt.nbgrader_courses.writing import graded_cells

_SCORES = """
SELECT handed.student_id, base_cell.name, grade.auto_score FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook AS each ON each.id = grade.notebook_id
JOIN submitted_assignment AS handed ON handed.id = each.assignment_id
"""


def graded(homework: Homework, environment: Path) -> Points:
    """The points of each submission and test cell, as nbgrader's gradebook has them."""
    programs = environment / "bin"
    surroundings = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    wanted = graded_cells(homework)
    found: Points = {}
    with tempfile.TemporaryDirectory() as place:
        folder = for_original(homework, Path(place))
        for step in ("generate_assignment", "autograde"):
            command = [str(programs / "nbgrader"), step, homework.name]
            subprocess.run(command, cwd=folder, env=surroundings, check=True, capture_output=True)
        with closing(sqlite3.connect(folder / "gradebook.db")) as book:
            for student, cell, score in book.execute(_SCORES):
                if cell in wanted:
                    found.setdefault(student, {})[cell] = score
    return found


def main(environment: str, *names: str) -> None:
    """Grade, and write the file anew with what was graded."""
    known: dict[str, Points] = json.loads(POINTS.read_text()) if POINTS.exists() else {}
    for homework in COURSES:
        if not names or homework.name in names:
            known[homework.name] = graded(homework, Path(environment))
            POINTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
