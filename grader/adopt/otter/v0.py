"""The first format of otter assign, with settings in Markdown fences, turned into today's, with raw cells.

A question is a Markdown cell with a fence that begins with ``BEGIN QUESTION``; the next cell is its solution, and the
code cells behind that begin with ``# TEST`` or ``## Hidden Test ##`` are its tests. Any other cell ends it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any

from grader.adopt.otter.notebook import Notebook

__all__ = ["is_first_format", "without_fences"]

_FENCE = "```"
_TEST = re.compile(
    r"##\s*(hidden\s*)?test\s*##\s*|#\s*(hidden\s*)?test\b|\"\"\"\s*#\s*BEGIN\s*TEST\s*CONFIG", re.IGNORECASE
)
_IGNORED = re.compile(r"#+\s*ignore\b", re.IGNORECASE)
_CONFIG = re.compile(r"\"\"\"\s*#\s*BEGIN\s*TEST\s*CONFIG", re.IGNORECASE)
_SOLUTION = re.compile(r"^(<strong>|\*{2})solution:?(</strong>|\*{2})", re.IGNORECASE | re.MULTILINE)

Cell = Any
"""A cell of nbformat's."""
NewRaw = Callable[[str], Cell]


def is_first_format(notebook: Notebook) -> bool:
    """Whether a notebook is a master of this format."""
    return any(
        cell.kind == "markdown" and (_fenced(cell.source, "QUESTION") or _fenced(cell.source, "ASSIGNMENT"))
        for cell in notebook.cells
    )


def without_fences(cells: Sequence[Cell], raw: NewRaw) -> list[Cell]:
    """The cells of a master with raw cells around questions, solutions and tests.

    Args:
        cells: nbformat's.
        raw: Makes a raw cell.
    """
    made: list[Cell] = []
    inside = ""  # which part of a question comes next: its solution, or its tests
    manual = testing = False

    def end() -> None:
        nonlocal inside, testing
        if testing:
            made.append(raw("# END TESTS"))
        if inside:
            made.append(raw("# END QUESTION"))
        inside, testing = "", False

    for cell in cells:
        if _IGNORED.match(cell.source):
            continue
        is_question = cell.cell_type == "markdown" and _fenced(cell.source, "QUESTION") is not None
        if inside == "solution" and not is_question and not _is_test(cell):
            is_prompt = manual and cell.cell_type == "markdown" and not _SOLUTION.search(cell.source)
            part = "PROMPT" if is_prompt else "SOLUTION"
            made += [raw(f"# BEGIN {part}"), cell, raw(f"# END {part}")]
            inside = "solution" if is_prompt else "tests"
            continue
        if inside and _is_test(cell):
            if not testing:
                made.append(raw("# BEGIN TESTS"))
            made.append(_test_cell(cell))
            inside, testing = "tests", True
            continue
        end()
        if is_question:
            settings, rest = _split(cell.source, "QUESTION")
            made.append(raw(f"# BEGIN QUESTION\n{settings}"))
            if rest.strip():
                made.append(_with(cell, rest))
            inside, manual = (
                "solution",
                bool(re.search(r"^\s*manual\s*:\s*true\b", settings, re.MULTILINE | re.IGNORECASE)),
            )
        elif cell.cell_type == "markdown" and _fenced(cell.source, "ASSIGNMENT") is not None:
            settings, rest = _split(cell.source, "ASSIGNMENT")
            made.append(raw(f"# ASSIGNMENT CONFIG\n{settings}"))
            made += [_with(cell, rest)] if rest.strip() else []
        else:
            made.append(cell)
    end()
    return made


def _fenced(source: str, what: str) -> tuple[int, int] | None:
    """The lines of a fence that begins so: the first one's number, and that of the line behind it."""
    lines = source.splitlines()
    for at, line in enumerate(lines[:-1]):
        if line.startswith(_FENCE) and lines[at + 1].strip() == f"BEGIN {what}":
            ends = [end for end in range(at + 2, len(lines)) if lines[end].strip() == _FENCE]
            return (at, ends[0] + 1) if ends else None
    return None


def _split(source: str, what: str) -> tuple[str, str]:
    """What stands in the fence, and the rest of the cell."""
    first, behind = _fenced(source, what) or (0, 0)
    lines = source.splitlines()
    return "\n".join(lines[first + 2 : behind - 1]), "\n".join([*lines[:first], *lines[behind:]]).strip("\n")


def _is_test(cell: Cell) -> bool:
    return bool(cell.cell_type == "code" and _TEST.match(cell.source))


def _test_cell(cell: Cell) -> Cell:
    """A test cell without its first line, or with the one that hides it today."""
    if _CONFIG.match(cell.source):
        return cell
    first, _, rest = cell.source.partition("\n")
    return _with(cell, f"# HIDDEN\n{rest}" if "hidden" in first.lower() else rest)


def _with(cell: Cell, source: str) -> Cell:
    made = copy.deepcopy(cell)
    made.source = source
    return made
