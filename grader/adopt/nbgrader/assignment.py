"""An nbgrader assignment: ``source/ps1``, ``release/ps1``, a course with one assignment, or notebooks.

``source/`` has everything. ``release/`` lacks solutions and hidden tests; ``gradebook.db`` has the hidden tests again.
What is there twice is compared, and a difference is a doubt.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from grader.adopt.assignment import Assignment, AuthorCell, Question, Test
from grader.adopt.nbgrader.database import StoredCell, stored_cells
from grader.adopt.nbgrader.notebook import (
    AuthorNotebook,
    NbgraderCell,
    has_graded_cells,
    read_notebook,
    without_markers,
    without_region,
)
from grader.adopt.nbgrader.place import Place, assignments_in, files_beside, located, notebooks_in
from grader.adopt.nbgrader.settings import CONFIG, Settings
from grader.errors import CourseError
from grader.text import first_few

__all__ = ["kinds_and_texts", "looks_like_nbgrader", "read_nbgrader"]

TEXT_STUB = "YOUR ANSWER HERE"
"""What nbgrader puts where an answer in words is to stand."""


def looks_like_nbgrader(path: Path) -> bool:
    """Whether this is a notebook with nbgrader's cells, a folder of some, or a course of nbgrader's; never raises."""
    try:
        if path.is_file():
            return path.suffix == ".ipynb" and has_graded_cells(path)
        if (path / CONFIG).is_file():
            return True
        settings = Settings()
        folders = [
            path,
            *(f for step in (settings.source, settings.release) for f in assignments_in(path / step)),
        ]
        return any(has_graded_cells(notebook) for folder in folders for notebook in notebooks_in(folder))
    except OSError:
        return False


def read_nbgrader(path: Path) -> Assignment:
    """Read an assignment.

    Args:
        path: A course's folder, ``source/ASSIGNMENT`` or ``release/ASSIGNMENT`` in it, another folder of notebooks, or
            one notebook.

    Raises:
        CourseError: There is no assignment, there are several, or it cannot be read.
    """
    try:
        place = located(path)
        return _assignment(path, place)
    except OSError as error:
        raise CourseError(f"{error.filename or path} cannot be read: {error.strerror}") from None


def kinds_and_texts(path: Path) -> list[tuple[str, str]]:
    """The kind and text of each cell of an assignment's notebooks as students get them, prose included."""
    return [
        (cell.kind, cell.released) for notebook in _read(located(path), path, []) for cell in notebook.cells
    ]


# What it says ---------------------------------------------------------------------------------------------------


def _assignment(path: Path, place: Place) -> Assignment:
    doubts = list(place.settings.doubts)
    stored = _stored(place, doubts)
    notebooks = _read(place, path, doubts)
    several = tuple(notebook.path.stem for notebook in notebooks) if len(notebooks) > 1 else ()
    questions: list[Question] = []
    cells: list[AuthorCell] = []
    texts: list[str] = []
    for notebook in notebooks:
        name = notebook.path.stem
        merged = _merged(notebook, place, stored.get(name, {}), doubts)
        called = name if several else ""
        questions += [_question(cell, called) for cell in merged if cell.counts]
        cells += [_author_cell(cell, notebook, called) for cell in merged if cell.kind == "code"]
        texts += [cell.released for cell in merged if cell.kind != "code"]
    return Assignment(
        form="nbgrader",
        name=place.name if several else notebooks[0].path.stem,
        title=next((one.title for one in notebooks if one.title), place.name),
        path=path,
        questions=tuple(questions),
        cells=tuple(cells),
        texts=tuple(texts),
        solved=not any(notebook.released for notebook in notebooks) and _is_solved(cells, several),
        files=files_beside(place),
        secrets=_secrets(place, notebooks),
        several=several,
        handed_in_as="" if place.alone else place.name,
        cell_seconds=place.settings.cell_seconds,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _read(place: Place, path: Path, doubts: list[str]) -> list[AuthorNotebook]:
    """The notebooks that count, with the course's header and footer."""
    found = [one for one in notebooks_in(place.base) if not place.only or one.stem == place.only]
    ours = [one for one in found if has_graded_cells(one)]
    if not ours:
        raise CourseError(
            f"{path} has no cells that nbgrader grades; create the assignment in nbgrader's toolbar first"
        )
    if others := [one.name for one in found if one not in ours]:
        doubts.append(
            f"{first_few(others)} {'has' if len(others) == 1 else 'have'} no cells that nbgrader grades and "
            f"{'is' if len(others) == 1 else 'are'} left out"
        )
    released = None if place.alone else place.source is None
    notebooks = [read_notebook(one, place.settings, released=released) for one in ours]
    if not all(
        one.released for one in notebooks
    ):  # then the others are sources too, if with nothing to solve
        notebooks = [
            read_notebook(one.path, place.settings, released=False)
            if one.released and not any(cell.checksum for cell in one.cells)
            else one
            for one in notebooks
        ]
    doubts += _twins(notebooks)
    around = [
        read_notebook(place.root / one, place.settings, released=False).cells if one else ()
        for one in (place.settings.header, place.settings.footer)
    ]
    for number, notebook in enumerate(notebooks):
        doubts += notebook.doubts
        if notebook.released:
            continue
        notebooks[number] = replace(notebook, cells=(*around[0], *notebook.cells, *around[1]))
    return notebooks


def _twins(notebooks: list[AuthorNotebook]) -> list[str]:
    """Doubts about notebooks with the same graded cells, as a solution beside its assignment has."""
    graded = [(one.path.name, {cell.identity for cell in one.cells if cell.counts}) for one in notebooks]
    return [
        f"{name} and {other} have the same grade_ids, and students must hand in both; if one is the other's solution, "
        "move it out of the folder"
        for (name, ours), (other, theirs) in itertools.combinations(graded, 2)
        if ours == theirs and len(ours) > 1
    ]


def _stored(place: Place, doubts: list[str]) -> Mapping[str, Mapping[str, StoredCell]]:
    if place.database is None:
        return {}
    try:
        return stored_cells(place.database, place.name)
    except CourseError as error:
        doubts.append(f"{error}; it is left out")
        return {}


def _question(cell: NbgraderCell, notebook: str) -> Question:
    tests: tuple[Test, ...] = ()
    if cell.is_test and not cell.autotest:
        tests = (
            Test(
                name=cell.identity,
                kind="cell",
                source=cell.whole,
                points=cell.points,
                hidden=cell.whole != cell.released,
                released=cell.released,
            ),
        )
    title = cell.heading or cell.identity
    asked = () if tests else (cell.released, TEXT_STUB)
    return Question(
        cell.identity, cell.points, tests, manual=not tests, title=title, notebook=notebook, asked=asked
    )


def _author_cell(cell: NbgraderCell, notebook: AuthorNotebook, called: str) -> AuthorCell:
    solution = notebook.solution(cell)
    tests = cell.is_test and not cell.autotest
    return AuthorCell(
        source=cell.released,
        solution=solution,
        part="test" if tests else "starter" if cell.solution or solution is not None else "given",
        question=cell.identity if cell.counts else "",
        checks=(cell.identity,) if tests else (),
        identity=cell.identity,
        locked=cell.locked,
        notebook=called,
    )


def _is_solved(cells: list[AuthorCell], several: tuple[str, ...]) -> bool:
    """Whether in each notebook with answers to write at least half are written, and some in all."""
    for name in several or ("",):
        answers = [
            cell.solution is not None for cell in cells if cell.notebook == name and cell.part == "starter"
        ]
        if 2 * sum(answers) < len(answers):
            return False
    return any(cell.solution is not None for cell in cells)


# What is there twice --------------------------------------------------------------------------------------------


def _merged(
    notebook: AuthorNotebook, place: Place, stored: Mapping[str, StoredCell], doubts: list[str]
) -> list[NbgraderCell]:
    """A notebook's cells, completed from other places and compared with them."""
    where = place.label(notebook.path)
    database = {name: _as_cell(cell, place.settings) for name, cell in stored.items()}
    if notebook.released:
        if not stored:
            doubts.append(
                f"{where} is what students get: if it had hidden tests and solutions, they are not in it"
            )
            return list(notebook.cells)
        _compare(notebook, database, where, place.settings.database, "the database's count", doubts)
        return [_restored(cell, database.get(cell.identity)) for cell in notebook.cells]
    copies = []
    if place.with_tests and (path := place.with_tests / notebook.path.name).is_file():
        copies.append(read_notebook(path, place.settings, released=False).by_identity)
    if stored:
        copies.append(database)
        _compare(notebook, database, where, place.settings.database, f"{where} counts", doubts)
    if place.release and (path := place.release / notebook.path.name).is_file():
        copies.append(read_notebook(path, place.settings, released=True).by_identity)
        _compare(notebook, copies[-1], where, place.label(path), f"{where} counts", doubts, students=True)
    merged = [_with_tests(cell, copies) for cell in notebook.cells]
    if waiting := [cell.identity for cell in merged if cell.autotest]:
        doubts.append(
            f"the tests of {first_few(waiting)} of {where} are still to be written by nbgrader (AUTOTEST), so a person "
            "grades them; run nbgrader generate_assignment, and give the course's folder with source/ and release/"
        )
    return merged


def _as_cell(stored: StoredCell, settings: Settings) -> NbgraderCell:
    released, _, _ = without_region(stored.source, settings.begin_hidden, settings.end_hidden)
    return NbgraderCell(
        number=0,
        kind=stored.kind,
        text=stored.source,
        released=released,
        whole=without_markers(stored.source, settings.begin_hidden, settings.end_hidden),
        identity=stored.identity,
        locked=stored.locked,
        grade=stored.points is not None,
        points=stored.points or Fraction(0),
    )


def _restored(cell: NbgraderCell, stored: NbgraderCell | None) -> NbgraderCell:
    """A cell that students got, as nbgrader restores it from its database before it runs it."""
    if stored is None or stored.kind != cell.kind:
        return cell
    points = stored.points if stored.grade else cell.points
    if not stored.locked:
        return replace(cell, points=points)
    return replace(cell, released=stored.released, whole=stored.whole, points=points)


def _with_tests(cell: NbgraderCell, copies: Sequence[Mapping[str, NbgraderCell]]) -> NbgraderCell:
    """A cell with the tests that nbgrader wrote in place of its AUTOTEST lines, if some copy has them."""
    for copy in copies:
        if cell.autotest and cell.identity in copy and not copy[cell.identity].autotest:
            written = copy[cell.identity]
            return replace(cell, released=written.released, whole=written.whole, autotest=False)
    return cell


def _compare(
    notebook: AuthorNotebook,
    copy: Mapping[str, NbgraderCell],
    where: str,
    there: str,
    remedy: str,
    doubts: list[str],
    *,
    students: bool = False,
) -> None:
    """Doubts about cells that differ from those of the same name elsewhere, or are in one place only."""
    ours = notebook.by_identity
    both = [name for name in ours if name in copy]
    texts = []
    for name in both:
        mine, other = ours[name], copy[name]
        hides = students or notebook.released
        if mine.kind == "code" and not mine.autotest and mine.locked:
            same = (mine.released == other.released) if hides else (mine.whole == other.whole)
            texts += [name] * (not same)
    points = [name for name in both if ours[name].counts and ours[name].points != copy[name].points]
    counted = [name for name in copy if copy[name].counts and name not in ours]
    missing = [name for name in ours if ours[name].counts and name not in copy]
    if texts:
        doubts.append(f"{there} has other code in {first_few(texts)} than {where}; {remedy}")
    if points:
        doubts.append(f"{there} has other points for {first_few(points)} than {where}; {remedy}")
    if counted:
        doubts.append(f"{there} has {first_few(counted)}, which {where} lacks; left out")
    if missing:
        doubts.append(f"{where} has {first_few(missing)}, which {there} lacks; graded all the same")


def _secrets(place: Place, notebooks: list[AuthorNotebook]) -> tuple[Path, ...]:
    """What holds solutions and hidden tests."""
    if place.alone:
        return tuple(notebook.path for notebook in notebooks if not notebook.released)
    settings = place.settings
    names = (settings.source, settings.with_tests, "solution", settings.database)
    return tuple(path for name in names if (path := place.root / name).exists())
