"""From the text of a notebook or a Python file to its cells."""

from __future__ import annotations

import codecs
import io
import itertools
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from grader.errors import SubmissionRejected
from grader.notebook.magics import parsed
from grader.notebook.otter import IGNORED
from grader.output import whole

__all__ = ["MAX_CELLS", "NotebookCell", "code_cells", "joined", "notebook_with", "read_cells"]

MAX_CELLS = 2_000
MAX_IDENTITY = 200
"""Characters kept of a ``grade_id``."""
_PERCENT_CELL = re.compile(r"^# ?(%%|In\[[ \d]*\]:).*$", re.MULTILINE)
_SKIPPED = {"skip-execution", IGNORED}
"""Tags of cells that Jupyter's own runner or otter's skips."""


class NotebookCell(NamedTuple):
    """A cell of a notebook: ``kind`` is ``"code"``, ``"markdown"`` or whatever else the file says."""

    kind: str
    source: str
    outputs: object = None
    """The cell's outputs in the file, unchecked."""
    skipped: bool = False
    """Whether its author asked not to run it."""
    first: int = 0
    """In a Python file: the line at which the statement begins, from 1."""
    attachments: object = None
    """The pictures in the cell's text, by name, unchecked."""
    identity: str = ""
    """nbgrader's ``grade_id``, if it has one."""


def code_cells(cells: Iterable[NotebookCell]) -> list[str]:
    """The source of each code cell; empty for those not to be run, so that all keep their numbers."""
    return ["" if cell.skipped else cell.source for cell in cells if cell.kind == "code"]


def read_cells(content: bytes, path: str, *, script: bool) -> list[NotebookCell]:
    """The cells of a notebook, or of a Python file.

    Args:
        content: The file's.
        path: What to call it in messages.
        script: Whether it is a Python file.

    Raises:
        SubmissionRejected: It cannot be read, or has nothing to run; the reason is for the student.
    """
    if script:
        cells = [
            NotebookCell("code", source, first=first)
            for first, source in _script_cells(_decode_script(content, path))
        ]
    else:
        cells = _notebook_cells(_decode(content, path), path)
    code = code_cells(cells)
    if len(code) > MAX_CELLS:
        raise SubmissionRejected(f"{path} has {len(code):,} code cells; at most {MAX_CELLS:,} are run")
    if not any(cell.strip() for cell in code):
        raise SubmissionRejected(f"{path} has no code in it; hand in the notebook you worked in")
    return cells


def _decode(content: bytes, path: str) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # some editors and shells write it
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionRejected(f"{path} is not UTF-8 text; save it again in Jupyter") from None


def _decode_script(content: bytes, path: str) -> str:
    """Decode as Python does, by the encoding that the file itself names."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return _decode(content, path)


# Notebooks ------------------------------------------------------------------------------------------------------


def _notebook_cells(text: str, path: str) -> list[NotebookCell]:
    if not text.strip():
        raise SubmissionRejected(f"{path} is empty; save the notebook before handing it in")
    try:
        notebook = json.loads(text)
    except MemoryError:
        raise SubmissionRejected(
            f"{path} is too large to be read; clear its outputs and save it again"
        ) from None
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise SubmissionRejected(
            f"{path} is not a notebook: its JSON is broken{where}; open it in Jupyter and save it again"
        ) from None
    if not isinstance(notebook, dict):
        raise SubmissionRejected(f"{path} is not a notebook; hand in the .ipynb file that Jupyter saved")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # nbformat 3
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise SubmissionRejected(f"{path} is not a notebook: it has no list of cells")
    return [
        NotebookCell(
            kind,
            _source(cell),
            cell.get("outputs"),
            _is_skipped(cell),
            attachments=cell.get("attachments"),
            identity=_identity(cell),
        )
        for cell in cells
        if isinstance(cell, dict) and isinstance(kind := cell.get("cell_type"), str)
    ]


def _source(cell: dict[str, Any]) -> str:
    return whole(joined(cell.get("source", cell.get("input"))))  # JSON may hold half a character


def joined(value: object) -> str:
    """A text that a notebook may store as a list of lines; empty if it is no text."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def notebook_with(sources: Iterable[str]) -> bytes:
    """An .ipynb with these code cells, as Jupyter saves it but for the outputs."""
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def _identity(cell: dict[str, Any]) -> str:
    metadata = cell.get("metadata")
    graded = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = graded.get("grade_id") if isinstance(graded, dict) else None
    return whole(found[:MAX_IDENTITY]) if isinstance(found, str) else ""


def _is_skipped(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and any(isinstance(tag, str) and tag in _SKIPPED for tag in tags)


# Python files ---------------------------------------------------------------------------------------------------


def _script_cells(text: str) -> Iterator[tuple[int, str]]:
    """The cells of a Python file, each with the line at which it begins.

    Markers divide the file if it has some. Otherwise each top-level statement is a cell, so that one that fails does
    not take the rest of the file with it.
    """
    starts = [match.start() for match in _PERCENT_CELL.finditer(text)]
    if starts:
        bounds = [0, *starts, len(text)]
        for a, b in itertools.pairwise(bounds):
            if text[a:b].strip():
                yield text.count("\n", 0, a) + 1, text[a:b]
        return
    # Split as Python counts lines; str.splitlines knows more line ends.
    lines = io.StringIO(text, newline="").readlines()
    try:
        statements = parsed(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield 1, text
        return
    firsts = [
        min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
        for node in statements
    ]
    # Each cell reaches to the next statement's first line, so that no comment is lost. Statements that share a line,
    # or are joined by a backslash, stay together.
    apart = {first for first in firsts if not lines[first - 2].rstrip("\r\n").endswith("\\")} | {*firsts[:1]}
    bounds = [*sorted(apart), len(lines) + 1]
    for a, b in itertools.pairwise(bounds):
        yield a, "".join(lines[a - 1 : b - 1])
