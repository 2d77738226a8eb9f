"""Our own nbgrader assignments as data, and what writes them to disk in every form that a course has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from tests.adopt.nbgrader_courses.cells import Cell, blocks, cells, notebook_json, released, solved
from tests.adopt.nbgrader_courses.gradebook import write_gradebook

Form = Literal["course", "assignment", "source", "release", "notebook"]


@dataclass(frozen=True)
class Notebook:
    """A notebook as its author has it: its name without `.ipynb`, and its cells as `cells.py` says."""

    name: str
    text: str


@dataclass(frozen=True)
class Homework:
    """One assignment, and what students hand in for it.

    `form` is what `write` leaves on disk: a whole `course` (of which the path is handed over, or with `assignment` that
    of its source folder), only `source/`, only `release/` with the gradebook, or a single source `notebook`.

    `works` holds the submissions besides `right` (the author's answers) and `blank` (as released): after a line
    `== name honest slow` (either word may be missing) the cells in which it differs from `right`, as `%% name` and the
    new text; `%% blank name ...` leaves cells as released, `%% drop name ...` deletes them, `%% before name` puts a new
    cell of code in front of one.
    """

    name: str
    form: Form
    notebooks: tuple[Notebook, ...]
    works: str
    schema: int = 3
    files: tuple[tuple[str, str], ...] = ()  # what lies beside the notebook: a csv, a module of the course
    config: tuple[str, ...] = ()  # further lines of nbgrader_config.py
    gradebook: bool = False  # a course whose gradebook.db was left in place


@dataclass(frozen=True)
class Submission:
    """What one student hands in.

    An honest one answers everything rightly and changes nothing else: it deserves all points of all test cells. A slow
    one has a test cell that never ends.
    """

    content: bytes  # the notebook; of several, the first
    honest: bool
    slow: bool
    files: Mapping[str, bytes] = field(default_factory=dict)  # all notebooks, by file name


@cache
def sources(homework: Homework) -> Mapping[str, tuple[Cell, ...]]:
    """The author's cells of each notebook."""
    return {notebook.name: tuple(cells(notebook.text)) for notebook in homework.notebooks}


def graded_cells(homework: Homework) -> dict[str, Cell]:
    """The cells that nbgrader grades by running them; `inside` marks what only the student's process can judge."""
    return {cell.name: cell for each in sources(homework).values() for cell in each if cell.kind == "test"}


def manual_cells(homework: Homework) -> dict[str, Cell]:
    """The cells that wait for a person, by name."""
    kinds = {"program", "written", "task"}
    return {cell.name: cell for each in sources(homework).values() for cell in each if cell.kind in kinds}


def write(homework: Homework, folder: Path) -> Path:
    """Write the assignment as its author has it, and return the path that is handed to the grader."""
    source, release = folder / "source" / homework.name, folder / "release" / homework.name
    if homework.form == "notebook":
        # A notebook of the first version often lies in a repository with the checksums of an earlier release in it.
        _write_notebooks(homework, folder, homework.schema, given_out=False, stale=homework.schema == 1)
        return folder / f"{homework.notebooks[0].name}.ipynb"
    if homework.form == "release":
        _write_notebooks(homework, release, homework.schema, given_out=True)
        write_gradebook(folder / "gradebook.db", homework.name, sources(homework))
        return folder
    _write_notebooks(homework, source, homework.schema, given_out=False)
    if homework.form == "source":
        return folder
    _write_config(homework, folder)
    _write_notebooks(homework, release, homework.schema, given_out=True)
    if homework.gradebook:
        write_gradebook(folder / "gradebook.db", homework.name, sources(homework))
    _write_submitted(homework, folder, homework.schema)
    return source if homework.form == "assignment" else folder


def solution(homework: Homework) -> bytes | dict[str, bytes]:
    """The solved notebook as a student would hand it in; of several notebooks, each by its file name."""
    right = submissions(homework)["right"]
    return right.content if len(right.files) == 1 else dict(right.files)


def submissions(homework: Homework) -> dict[str, Submission]:
    """What the students hand in, by a name that says what is special about it."""
    return _submissions(homework, homework.schema)


def for_original(homework: Homework, folder: Path) -> Path:
    """Write a course that nbgrader itself can generate and autograde, with all submissions, whatever the form.

    nbgrader refuses the metadata of its earlier versions until `nbgrader update` was run, so here all is version 3.
    """
    _write_config(homework, folder)
    _write_notebooks(homework, folder / "source" / homework.name, 3, given_out=False)
    _write_submitted(homework, folder, 3)
    return folder


def _write_config(homework: Homework, folder: Path) -> None:
    lines = ["c = get_config()", f'c.CourseDirectory.course_id = "{homework.name}-course"', *homework.config]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text("\n".join(lines) + "\n")


def _write_notebooks(
    homework: Homework, folder: Path, schema: int, *, given_out: bool, stale: bool = False
) -> None:
    _write_files(homework, folder)
    for name, given in sources(homework).items():
        handout = [released(cell) for cell in given]
        checksums = _by_name(handout) if given_out or stale else None
        made = notebook_json(handout if given_out else given, schema, checksums)
        (folder / f"{name}.ipynb").write_bytes(_as_bytes(made))


def _write_submitted(homework: Homework, folder: Path, schema: int) -> None:
    for number, (name, work) in enumerate(_submissions(homework, schema).items()):
        place = folder / "submitted" / name / homework.name
        _write_files(homework, place)
        for file, content in work.files.items():
            (place / file).write_bytes(content)
        (place / "timestamp.txt").write_text(f"2024-10-0{1 + number // 60} 17:{number % 60:02}:00 UTC\n")


def _write_files(homework: Homework, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in homework.files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def _submissions(homework: Homework, schema: int) -> dict[str, Submission]:
    blank = " ".join(cell.name for each in sources(homework).values() for cell in each if cell.name)
    texts = f"== right honest\n== blank\n%% blank {blank}\n{homework.works}"
    parts = re.split(r"^== (.*)$", texts, flags=re.MULTILINE)[1:]
    return {
        head.split()[0]: _submission(homework, head.split()[1:], body, schema)
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


def _submission(homework: Homework, words: list[str], changes: str, schema: int) -> Submission:
    files: dict[str, bytes] = {}
    for name, given in sources(homework).items():
        handout = _by_name([released(cell) for cell in given])
        files[f"{name}.ipynb"] = _as_bytes(notebook_json(_changed(given, blocks(changes)), schema, handout))
    first = f"{homework.notebooks[0].name}.ipynb"
    return Submission(content=files[first], honest="honest" in words, slow="slow" in words, files=files)


def _changed(given: tuple[Cell, ...], changes: list[tuple[list[str], str]]) -> list[Cell]:
    """The solved cells, with a student's changes."""
    sources = {cell.name: solved(cell) for cell in given if cell.name}
    made = [replace(cell, source=sources.get(cell.name, cell.source)) for cell in given]
    for words, text in changes:
        match words:
            case ["drop", *names]:
                made = [cell for cell in made if cell.name not in names]
            case ["blank", *names]:
                stubs = {cell.name: released(cell).source for cell in given if cell.name in names}
                made = [replace(cell, source=stubs.get(cell.name, cell.source)) for cell in made]
            case ["before", name]:
                at = next((number for number, cell in enumerate(made) if cell.name == name), None)
                if at is not None:
                    made.insert(at, Cell("code", text))
            case [name]:
                made = [replace(cell, source=text) if cell.name == name else cell for cell in made]
            case _:
                raise ValueError(f"no change of a submission is written as {words}")
    return made


def _by_name(given: Iterable[Cell]) -> dict[str, Cell]:
    return {cell.name: cell for cell in given if cell.name}


def _as_bytes(notebook: dict[str, object]) -> bytes:
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
