"""An author's notebook whose cells call the client of otter-grader, okpy or gofer, read without running it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.adopt.assignment import AuthorCell, Part
from grader.adopt.otter.calls import Calls, calls_of, client_names, has_blank
from grader.adopt.otter.tests import Grader, TestFile, read_dictionary, read_test_text
from grader.errors import CourseError
from grader.notebook.cells import joined
from grader.notebook.otter import IGNORED

__all__ = [
    "Cell",
    "Notebook",
    "author_cells",
    "called_keys",
    "grader_of",
    "language_of",
    "metadata_tests",
    "open_notebook",
    "title_of",
    "with_solution",
]

QUESTION = "question"
"""The key of a cell's metadata, under ``gradmark``, that names the question it belongs to."""
_ANSWER_TAGS = {"otter_answer_cell", "otter_assign_solution_cell"}
_SKIPPED = {IGNORED, "skip-execution"}
_HEADING = re.compile(r"^ {0,3}#{1,2}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook, unchecked but for its kind and text."""

    kind: str
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tags(self) -> set[str]:
        """Its tags."""
        tags = self.metadata.get("tags")
        return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()

    @property
    def otter(self) -> Mapping[str, Any]:
        """What otter keeps about it."""
        kept = self.metadata.get("otter")
        return kept if isinstance(kept, Mapping) else {}

    @property
    def skipped(self) -> bool:
        """Whether otter leaves it out when it grades."""
        return bool(self.tags & _SKIPPED or self.otter.get("ignore"))

    @property
    def question(self) -> str:
        """The question that its master puts it in."""
        kept = self.metadata.get("gradmark")
        return str(kept.get(QUESTION, "")) if isinstance(kept, Mapping) else ""


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells and metadata."""

    label: str
    """What to call it in messages."""
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]

    @property
    def code(self) -> list[Cell]:
        """Its code cells, in order."""
        return [cell for cell in self.cells if cell.kind == "code"]

    @property
    def texts(self) -> tuple[str, ...]:
        """Its other cells."""
        return tuple(cell.source for cell in self.cells if cell.kind != "code")

    @property
    def otter(self) -> Mapping[str, Any]:
        """What otter keeps in its metadata."""
        kept = self.metadata.get("otter")
        return kept if isinstance(kept, Mapping) else {}


def open_notebook(content: bytes, label: str) -> Notebook:
    """The notebook in a file.

    Raises:
        CourseError: It is no notebook.
    """
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError):
        raise CourseError(f"{label} is not a notebook; open it in Jupyter and save it again") from None
    cells = whole.get("cells") if isinstance(whole, dict) else None
    if cells is None and isinstance(whole, dict) and isinstance(whole.get("worksheets"), list):  # nbformat 3
        sheets = [sheet for sheet in whole["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    if not isinstance(cells, list):
        raise CourseError(
            f"{label} is not a notebook: it has no list of cells; open it in Jupyter and save it again"
        )
    made = [
        Cell(
            str(cell.get("cell_type", "")),
            joined(cell.get("source", cell.get("input"))),
            cell["metadata"] if isinstance(cell.get("metadata"), dict) else {},
        )
        for cell in cells
        if isinstance(cell, dict)
    ]
    metadata = whole.get("metadata")
    return Notebook(label, tuple(made), metadata if isinstance(metadata, dict) else {})


def language_of(notebook: Notebook) -> str:
    """The language of its kernel in small letters; Python if it does not say."""
    kernel = notebook.metadata.get("kernelspec")
    kernel = kernel if isinstance(kernel, Mapping) else {}
    info = notebook.metadata.get("language_info")
    named = kernel.get("language") or (info.get("name") if isinstance(info, Mapping) else None)
    if not isinstance(named, str):
        named = "r" if kernel.get("name") == "ir" else "python"
    return named.lower()


def title_of(notebook: Notebook) -> str:
    """Its first heading; empty if it has none."""
    for cell in notebook.cells:
        if cell.kind in ("markdown", "heading") and (found := _HEADING.search(cell.source)):
            return found[1].strip("* \t")
    return ""


def grader_of(notebook: Notebook) -> Grader | None:
    """Whose client its cells import; None if there is none."""
    text = "\n".join(cell.source for cell in notebook.code)
    for grader, module in _CLIENTS:
        if re.search(rf"^[^#\n]*\b(?:import|from)[ \t]+(?:{module})\b", text, re.MULTILINE):
            return grader
    return "otter" if "tests" in notebook.otter else None


_CLIENTS: tuple[tuple[Grader, str], ...] = (
    ("otter", "otter"),
    ("gofer", "gofer|okgrade|gradememaybe"),
    ("okpy", "client"),
)


# Tests in its metadata ---------------------------------------------------------------------------------------------


def metadata_tests(notebook: Notebook) -> list[TestFile]:
    """The tests that otter keeps in the notebook's metadata."""
    tests = notebook.otter.get("tests")
    if not isinstance(tests, Mapping):
        return []
    found = []
    for key, spec in tests.items():
        label = f"The test {key} in {notebook.label}"
        if isinstance(spec, str | list):
            found.append(read_test_text(joined(spec), key, label, "otter"))
        else:
            found.append(read_dictionary(spec, key, label, "otter"))
    return found


# Cells -------------------------------------------------------------------------------------------------------------


def called_keys(notebook: Notebook) -> dict[str, int]:
    """What its cells check by name, with the number of the first cell that does."""
    client = client_names(cell.source for cell in notebook.code)
    keys: dict[str, int] = {}
    for at, cell in enumerate(notebook.cells):
        if cell.kind == "code":
            for key in (*calls_of(cell.source, client).keys, *_hidden_checks(cell)):
                keys.setdefault(key, at)
    return keys


def author_cells(notebook: Notebook, questions: Mapping[str, Sequence[str]]) -> tuple[AuthorCell, ...]:
    """Its code cells, each with what it is for.

    Args:
        notebook: As students get it.
        questions: What is checked by each key, such as a test file's name: the names of its questions.
    """
    client = client_names(cell.source for cell in notebook.code)
    everything = tuple(dict.fromkeys(name for names in questions.values() for name in names))
    made: list[AuthorCell] = []
    since: list[int] = []  # cells since the last check, which the next one is about
    for cell in notebook.code:
        if cell.skipped:
            made.append(AuthorCell(""))
            continue
        calls = calls_of(cell.source, client)
        keys = {*calls.keys, *_hidden_checks(cell)}
        checks = everything if calls.all else _named([*calls.keys, *_hidden_checks(cell)], questions)
        part = _part(cell, calls)
        made.append(AuthorCell(cell.source, part=part, question=cell.question, checks=checks))
        since.append(len(made) - 1)
        if checks:
            if not calls.all and len(keys) == 1:  # several names then are one question's suites
                _assign(made, since, checks[0], notebook)
            since = []
    return tuple(made)


def _hidden_checks(cell: Cell) -> list[str]:
    """What otter checks after a cell that has no call itself."""
    kept = cell.otter.get("tests")
    return [key for key in kept if isinstance(key, str)] if isinstance(kept, list) else []


def _named(keys: Iterable[str], questions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for key in keys for name in questions.get(key, ())))


def _part(cell: Cell, calls: Calls) -> Part:
    if calls.only:
        return "check"
    return "starter" if cell.tags & _ANSWER_TAGS or has_blank(cell.source) else "given"


def _assign(made: list[AuthorCell], since: list[int], question: str, notebook: Notebook) -> None:
    """Say of the cells before a check which question they answer.

    In a notebook that is already solved nothing is left to fill in: then the answer is the last cell before the check
    that students may edit.
    """
    starters = [at for at in since if made[at].part == "starter"]
    if not starters:
        editable = [at for at in since if made[at].part == "given" and _is_editable(notebook.code[at])]
        starters = editable[-1:]
    for at in starters:
        made[at] = replace(made[at], part="starter", question=made[at].question or question)


def _is_editable(cell: Cell) -> bool:
    return cell.metadata.get("editable") is not False


def with_solution(cells: Sequence[AuthorCell], solved: Notebook) -> tuple[tuple[AuthorCell, ...], bool]:
    """The cells with those of a solved notebook in place, and whether each that is to be filled in has one."""
    theirs = [cell.source for cell in solved.code]
    ours = [cell.source for cell in cells]
    pairs: dict[int, int] = {}
    if len(ours) == len(theirs):
        pairs = {at: at for at in range(len(ours))}
    else:
        for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            if kind == "equal" or (kind == "replace" and b - a == d - c):
                pairs |= dict(zip(range(a, b), range(c, d), strict=True))
    made = [
        replace(cell, solution=theirs[pairs[at]])
        if at in pairs and theirs[pairs[at]] != cell.source
        else cell
        for at, cell in enumerate(cells)
    ]
    return tuple(made), all(at in pairs for at, cell in enumerate(cells) if cell.part == "starter")
