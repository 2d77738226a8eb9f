"""Generate an assignment and grade its class with nbgrader; runs in its environment, and needs nothing of the project.

Standard input is a JSON object: ``course`` (a folder that may be written to), ``assignment``, ``students``, ``seconds``
for each student, ``cell_seconds`` for a cell where the course's own configuration says nothing, and ``jobs``. It writes
what it found as JSON into the path that is its argument. Every student is graded in a fork of its own with a copy of
the gradebook, so that several can be graded at a time, and one that never ends costs nobody else anything.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from each import each
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader


def settings(course: Path, cell_seconds: float) -> Config:
    """The course's configuration, if it has one."""
    config = Config()
    config.Execute.timeout = int(cell_seconds)
    if (course / "nbgrader_config.py").exists():
        config.merge(PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config())
    config.CourseDirectory.root = str(course)
    return config


def generated(course: Path, assignment: str, config: Config) -> dict[str, Any]:
    return finished(NbGraderAPI(config=config).generate_assignment(assignment))


def graded(course: Path, assignment: str, student: str, config: Config) -> dict[str, Any]:
    """The grades of one student, as plain values."""
    book = course / "gradebooks" / f"{student}.db"
    book.parent.mkdir(exist_ok=True)
    shutil.copy(course / "gradebook.db", book)
    config.CourseDirectory.db_url = url = f"sqlite:///{book}"
    said = finished(NbGraderAPI(config=config).autograde(assignment, student))
    with Gradebook(url) as gradebook:
        handed = gradebook.find_submission(assignment, student)
        tests, manual = [], []
        for notebook in sorted(handed.notebooks, key=lambda notebook: notebook.name):
            people = {
                cell.name for cell in (*notebook.notebook.solution_cells, *notebook.notebook.task_cells)
            }
            for grade in sorted(notebook.grades, key=lambda grade: grade.cell.name):
                if grade.name in people or grade.cell.cell_type == "markdown":
                    manual.append(grade.name)
                    continue
                tests.append(
                    {
                        "question": notebook.name,
                        "name": grade.name,
                        "passed": grade.auto_score == grade.max_score,
                        "points": grade.auto_score or 0,
                        "possible": grade.max_score,
                        "message": "" if grade.auto_score is not None else "no score: the cell was not found",
                    }
                )
    return {
        "score": sum(test["points"] for test in tests),
        "max_score": sum(test["possible"] for test in tests),
        "questions": {},
        "tests": tests,
        "manual": manual,
        "log": said.get("log", "")[-4000:],
    }


def finished(said: dict[str, Any]) -> dict[str, Any]:
    """Raises unless nbgrader says that it succeeded."""
    if said["success"]:
        return said
    lines = [line for line in said.get("log", "").splitlines() if "[ERROR]" in line] or [said["error"][-600:]]
    raise RuntimeError("nbgrader: " + " ".join(lines)[:2000])


def main() -> None:
    job = json.load(sys.stdin)
    course, assignment = Path(job["course"]), job["assignment"]
    config = settings(course, job["cell_seconds"])
    found: dict[str, Any] = {}
    if (course / "source" / assignment).exists() or not (course / "gradebook.db").exists():
        made = each([""], lambda _: generated(course, assignment, config), seconds=job["seconds"], jobs=1)[""]
        if "error" in made:
            found = dict.fromkeys(job["students"], made)
    if not found:
        found = each(
            job["students"],
            lambda student: graded(course, assignment, student, config),
            seconds=job["seconds"],
            jobs=job["jobs"],
        )
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
