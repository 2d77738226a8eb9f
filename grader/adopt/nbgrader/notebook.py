"""One notebook with nbgrader's metadata: its cells as the author wrote them and as students get them.

nbgrader keeps a dictionary in the metadata of each of its cells: whether the cell is graded, a solution or locked, its
``grade_id`` and its points. Schemas 1, 2 and 3, and the one before them without a number, differ in what is left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.adopt.nbgrader.settings import Settings
from grader.errors import CourseError
from grader.notebook.cells import joined
from grader.text import clean, first_few

__all__ = [
    "AuthorNotebook",
    "NbgraderCell",
    "has_graded_cells",
    "read_notebook",
    "without_markers",
    "without_region",
]

MAX_BYTES = 200_000_000
MAX_TITLE = 200
MAX_POINTS = 10**9
NEWEST_SCHEMA = 3
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_MARKUP = re.compile(r"<[^>]*>|[*`]")
_SKIPPED = "skip-execution"
"""The tag of cells that nbgrader does not run."""


@dataclass(frozen=True)
class NbgraderCell:
    """A cell of an author's notebook."""

    number: int
    """Among all cells of the notebook, from 1."""
    kind: str
    """``"code"``, ``"markdown"`` or ``"raw"``."""
    text: str
    """As it is in the file."""
    released: str
    """As students get it."""
    whole: str
    """With its hidden tests, but without the lines that mark them."""
    heading: str = ""
    """The nearest heading above it, or of its own."""
    identity: str = ""
    """The ``grade_id``; empty for a cell that is not nbgrader's."""
    grade: bool = False
    solution: bool = False
    task: bool = False
    locked: bool = False
    """Whether submissions get it back: a test, or a cell that is read-only."""
    points: Fraction = Fraction(0)
    checksum: str = ""
    autotest: bool = False
    """Whether nbgrader has yet to write its tests."""
    nameless: bool = False
    """Whether it should have a ``grade_id``."""

    @property
    def counts(self) -> bool:
        """Whether it gives points."""
        return self.grade or self.task

    @property
    def is_test(self) -> bool:
        """Whether its run gives the points, not a person."""
        return self.grade and not self.solution and self.kind == "code"


@dataclass(frozen=True)
class AuthorNotebook:
    """What is in the file."""

    path: Path
    title: str
    """Its first heading; empty if it has none."""
    cells: tuple[NbgraderCell, ...]
    released: bool
    """Whether it is what students get, without solutions and hidden tests."""
    stub: str
    """What stands in place of a solution that nobody wrote."""
    doubts: tuple[str, ...] = ()

    @property
    def by_identity(self) -> dict[str, NbgraderCell]:
        """The cells that are nbgrader's own."""
        return {cell.identity: cell for cell in self.cells if cell.identity}

    def solution(self, cell: NbgraderCell) -> str | None:
        """A cell with its solution filled in; None if it is the same without, or unknown."""
        if self.released or cell.is_test or cell.text == cell.released or _is_open(cell.text, self.stub):
            return None
        return cell.text


def read_notebook(path: Path, settings: Settings, *, released: bool | None = None) -> AuthorNotebook:
    """Read a notebook.

    Args:
        path: The .ipynb.
        settings: The course's.
        released: Whether it is what students get; None to find out.

    Raises:
        CourseError: It is no notebook, or not one in Python, or a graded cell cannot be told from others.
    """
    document = _document(path)
    _check_language(document, path)
    doubts: list[str] = []
    cells = [_cell(raw, number, path, doubts) for number, raw in enumerate(_raw_cells(document, path), 1)]
    if nameless := [f"cell {cell.number}" for cell in cells if cell.nameless]:
        doubts.append(
            f"{first_few(nameless)} of {path.name} should have a grade_id, without which nbgrader refuses a notebook; "
            "submissions do not get them back"
        )
    cells, title = _with_headings(_deduplicated(cells, path, doubts), settings)
    if released is None:
        released = _looks_released(cells, settings)
    if not released:
        cells = [_cleared(cell, settings, path, doubts) for cell in cells]
    elif filled := [cell.identity for cell in cells if _is_filled(cell)]:
        doubts.append(
            f"by its checksums someone filled in {first_few(filled)} of {path.name}; if it is a submission, give the "
            "author's notebook instead"
        )
    return AuthorNotebook(path, title, tuple(cells), released, settings.stub, tuple(doubts))


def has_graded_cells(path: Path) -> bool:
    """Whether a file is a notebook with a cell for which nbgrader gives points; never raises.

    Notebooks of other graders may still have cells that nbgrader locked in an earlier year.
    """
    try:
        metadata = [_metadata(raw) or {} for raw in _raw_cells(_document(path), path)]
    except CourseError:
        return False
    return any(ours.get("grade") or ours.get("task") for ours in metadata)


# The file -------------------------------------------------------------------------------------------------------


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CourseError(f"{path} is too large to be read; clear its outputs and save it again")
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError, MemoryError):
        raise CourseError(f"{path} is not a notebook; open it in Jupyter and save it again") from None
    if not isinstance(document, dict):
        raise CourseError(f"{path} is not a notebook; give the .ipynb that Jupyter saved")
    return document


def _raw_cells(document: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    cells = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):  # nbformat 3
        sheets = [sheet.get("cells") for sheet in document["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise CourseError(f"{path} is not a notebook: it has no list of cells")
    return [cell for cell in cells if isinstance(cell, dict) and isinstance(cell.get("cell_type"), str)]


def _check_language(document: dict[str, Any], path: Path) -> None:
    parts = _dictionary(document.get("metadata"))
    kernel, info = (_dictionary(parts.get(name)) for name in ("kernelspec", "language_info"))
    language = kernel.get("language") or info.get("name") or kernel.get("name") or "python"
    if not isinstance(language, str) or "py" not in language.lower():
        called = clean(str(kernel.get("display_name") or language), 100)
        raise CourseError(f"{path} is for the kernel {called}; only notebooks in Python can be graded")


def _dictionary(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _metadata(raw: dict[str, Any]) -> dict[str, Any] | None:
    """nbgrader's own of a cell, if it says that the cell is for anything."""
    ours = _dictionary(_dictionary(raw.get("metadata")).get("nbgrader"))
    return ours if any(ours.get(name) for name in ("grade", "solution", "locked", "task")) else None


def _cell(raw: dict[str, Any], number: int, path: Path, doubts: list[str]) -> NbgraderCell:
    stored = joined(raw.get("source", raw.get("input")))
    text = stored.encode("utf-8", "surrogatepass").decode(
        "utf-8", "replace"
    )  # JSON may hold half a character
    kind = raw["cell_type"]
    if kind == "heading":  # nbformat 3
        kind, text = "markdown", f"# {text}"
    ours = _metadata(raw)
    tags = _dictionary(raw.get("metadata")).get("tags")
    if ours is None and kind == "code" and isinstance(tags, list) and _SKIPPED in tags:
        text = ""
    cell = NbgraderCell(number, kind, text, released=text, whole=text)
    if ours is None:
        return cell
    version = ours.get("schema_version", 0)
    if isinstance(version, int) and version > NEWEST_SCHEMA:
        raise CourseError(
            f"{path} is of a newer nbgrader: schema {version}; up to {NEWEST_SCHEMA} can be read"
        )
    grade, solution, task = (bool(ours.get(name)) for name in ("grade", "solution", "task"))
    identity = ours.get("grade_id")
    if not isinstance(identity, str) or not identity:
        if grade or task:
            raise CourseError(
                f"Cell {number} of {path} is graded and has no grade_id; give it one in nbgrader's toolbar"
            )
        identity = ""
    checksum = ours.get("checksum")
    cell = replace(
        cell,
        identity=identity,
        grade=grade,
        solution=solution,
        task=task,
        locked=bool(identity) and not solution and (grade or bool(ours.get("locked"))),
        points=_points(ours, f"{identity} of {path.name}", doubts) if grade or task else Fraction(0),
        checksum=checksum if isinstance(checksum, str) else "",
        nameless=not identity,
    )
    if grade and not solution and not task and kind != "code":
        doubts.append(
            f"{identity} of {path.name} is a test in a {kind} cell, which nbgrader refuses; a person grades it"
        )
    return cell


def _points(ours: dict[str, Any], where: str, doubts: list[str]) -> Fraction:
    value = ours.get("points")
    old = not ours.get("schema_version")
    if old and value in (None, ""):
        return Fraction(0)  # what nbgrader makes of it
    try:
        points = Fraction(str(float(value)))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        doubts.append(f"{where} has no number of points, which nbgrader refuses; it counts 0")
        return Fraction(0)
    if points < 0 and old:
        return Fraction(0)
    if not 0 <= points <= MAX_POINTS:
        doubts.append(f"{where} has {clean(str(value), 30)} points, which cannot be; it counts 0")
        return Fraction(0)
    return points


def _deduplicated(cells: list[NbgraderCell], path: Path, doubts: list[str]) -> list[NbgraderCell]:
    """As nbgrader does to submissions: of several cells with a ``grade_id`` the last keeps it."""
    last = {cell.identity: cell.number for cell in cells if cell.identity}
    kept = []
    for cell in cells:
        if cell.identity and last[cell.identity] != cell.number:
            doubts.append(
                f"{path.name} has {cell.identity} twice, which nbgrader refuses: cell {last[cell.identity]} counts, "
                f"and cell {cell.number} is a cell as any other; give it a grade_id of its own"
            )
            plain = NbgraderCell(cell.number, cell.kind, cell.text, released=cell.text, whole=cell.text)
            # It is still cleared as a solution, so that students do not get it.
            kept.append(replace(plain, solution=cell.solution))
        else:
            kept.append(cell)
    return kept


def _with_headings(cells: list[NbgraderCell], settings: Settings) -> tuple[list[NbgraderCell], str]:
    """The cells with the nearest heading above, and the first of all."""
    headings = [""]
    found = []
    for cell in cells:
        if cell.kind == "markdown" and not cell.solution:  # an answer's headings are no titles
            headings += _headings(without_region(cell.text, settings.begin_scheme, settings.end_scheme)[0])
        found.append(replace(cell, heading=headings[-1]))
    return found, next(filter(None, headings), "")


def _headings(text: str) -> list[str]:
    headings, fenced = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            headings.append(" ".join(clean(_MARKUP.sub("", match[1]), MAX_TITLE).split()))
    return [heading for heading in headings if heading]


# Regions --------------------------------------------------------------------------------------------------------


def without_region(text: str, begin: str, end: str, stub: str | None = None) -> tuple[str, bool, bool]:
    """Text without the lines from one with ``begin`` to one with ``end``, as nbgrader takes them out.

    A stub comes in their place, indented as the first of them. Returns also whether there was such a region, and
    whether nbgrader would refuse it: one within another, or one without an end, which goes to the end of the text.
    """
    kept: list[str] = []
    inside = found = refused = False
    for line in text.split("\n"):
        if begin in line:
            refused |= inside
            if stub is not None and not inside:
                indent = line[: len(line) - len(line.lstrip())]
                kept.extend(indent + one for one in stub.split("\n"))
            inside = found = True
        elif end in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept), found, refused or inside


def without_markers(text: str, begin: str, end: str) -> str:
    """Text without the lines that hold a delimiter."""
    return "\n".join(line for line in text.split("\n") if begin not in line and end not in line)


def _cleared(cell: NbgraderCell, settings: Settings, path: Path, doubts: list[str]) -> NbgraderCell:
    """A cell of the author's with what students get of it."""
    where = f"{cell.identity or f'cell {cell.number}'} of {path.name}"
    begin, end = settings.begin_hidden, settings.end_hidden
    stub = settings.stub if cell.kind == "code" else ""
    text, solved, wrong_solution = without_region(
        cell.text, settings.begin_solution, settings.end_solution, stub
    )
    if cell.solution and not solved:
        text = stub
    released, hiding, wrong_hidden = without_region(text, begin, end)
    if wrong_solution or wrong_hidden:
        what = "solution" if wrong_solution else "hidden tests"
        doubts.append(
            f"{where} has a region of its {what} without an end or within another, which nbgrader refuses"
        )
    if solved and not cell.solution:
        doubts.append(
            f"{where} has a solution and is not marked as one, which nbgrader refuses; students get its stub"
        )
    if hiding and not cell.grade:
        doubts.append(
            f"{where} has hidden tests and gives no points, which nbgrader refuses; they are left out"
        )
    return replace(
        cell,
        released=released,
        whole=without_markers(cell.text, begin, end),
        autotest=cell.grade and cell.kind == "code" and _has_autotest(cell.text, settings),
    )


def _has_autotest(text: str, settings: Settings) -> bool:
    lines = (line.lstrip() for line in text.split("\n"))
    return any(line.startswith("#") and settings.autotest in line for line in lines)


# What students get ----------------------------------------------------------------------------------------------


def _looks_released(cells: list[NbgraderCell], settings: Settings) -> bool:
    """Whether a notebook has lost its solutions: none of the author's marks, and checksums or nothing filled in."""
    marks = (settings.begin_solution, settings.begin_hidden, settings.begin_scheme)
    for cell in cells:
        if any(mark in cell.text for mark in marks) or (cell.grade and _has_autotest(cell.text, settings)):
            return False
    answers = [_is_open(cell.text, settings.stub) for cell in cells if cell.solution and cell.kind == "code"]
    return any(cell.checksum for cell in cells) or 2 * sum(answers) >= len(answers)


def _is_filled(cell: NbgraderCell) -> bool:
    """Whether an answer is not what nbgrader put there, by the sum that nbgrader keeps of it."""
    if not (cell.checksum and cell.solution and cell.identity and cell.kind == "code"):
        return False
    parts = [cell.text, cell.kind, str(cell.grade), str(cell.solution), str(cell.locked), cell.identity]
    if cell.grade:
        parts.append(str(float(cell.points)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest() != cell.checksum


def _is_open(text: str, stub: str) -> bool:
    """Whether an answer is still to be written: it holds the stub, indented in whatever way, or no code at all."""
    lines, wanted = ([line.strip() for line in one.split("\n")] for one in (text, stub.strip()))
    code = [line for line in lines if line and not line.startswith("#") and line not in ("...", "pass")]
    return not code or any(lines[at : at + len(wanted)] == wanted for at in range(len(lines)))
