"""The cells of an nbgrader notebook: how ours are written down, and what nbgrader makes of each.

A notebook is one text. A line `%% kind name points` begins a cell:

| kind | what it is | grade | solution | locked | points |
|---|---|---|---|---|---|
| `md`, `code` | a cell that nbgrader does not know | | | | |
| `locked` | code that students must not change | no | no | yes | |
| `answer` | what a test cell tests | no | yes | no | |
| `test` | asserts; `inside` after the points: only the student's process can judge it | yes | no | yes | yes |
| `program`, `written` | code or text that a person marks | yes | yes | no | yes |
| `task` | a description that a person marks (from version 3 of the metadata on) | no | no | yes | yes |

`«sha1 text»` and `«md5 text»` stand for the digest of that text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"

_DIGEST = re.compile(r"«(sha1|md5) ([^»]*)»")


@dataclass(frozen=True)
class Cell:
    """One cell as its author wrote it; `name` is nbgrader's `grade_id`, empty in cells that nbgrader does not know."""

    kind: str
    source: str
    name: str = ""
    points: float = 0.0
    inside: bool = False

    @property
    def type(self) -> str:
        return "markdown" if self.kind in {"md", "written", "task"} else "code"

    @property
    def grade(self) -> bool:
        return self.kind in {"test", "program", "written"}

    @property
    def solution(self) -> bool:
        return self.kind in {"answer", "program", "written"}

    @property
    def locked(self) -> bool:
        return self.kind in {"test", "locked", "task"}


def digests(text: str) -> str:
    """The text with each `«sha1 ...»` replaced by the digest it stands for."""
    return _DIGEST.sub(lambda found: hashlib.new(found[1], found[2].encode()).hexdigest(), text)


def blocks(text: str) -> list[tuple[list[str], str]]:
    """The words after each `%%`, with the lines that follow them."""
    parts = re.split(r"^%%(.*)$", digests(text), flags=re.MULTILINE)[1:]
    return [(head.split(), body.strip("\n")) for head, body in zip(parts[::2], parts[1::2], strict=True)]


def cells(text: str) -> list[Cell]:
    """The cells of a notebook that is written as this module says."""
    return [
        Cell(
            kind=words[0],
            source=source,
            name=words[1] if len(words) > 1 else "",
            points=float(words[2]) if len(words) > 2 else 0.0,
            inside="inside" in words[3:],
        )
        for words, source in blocks(text)
    ]


def solved(cell: Cell) -> str:
    """What a student who knows the answer writes: the author's cell without the marks."""
    lines = cell.source.split("\n")
    if not cell.solution:
        return without(without(cell.source, "HIDDEN TESTS"), "MARK SCHEME")
    return "\n".join(line for line in lines if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line)


def without(source: str, mark: str, stub: str | None = None) -> str:
    """The source without the lines from `BEGIN mark` to `END mark`; a stub, indented as the mark is, replaces them."""
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if f"BEGIN {mark}" in line:
            inside = True
            if stub is not None:
                indent = line[: len(line) - len(line.lstrip())]
                kept += [indent + each for each in stub.split("\n")]
        elif f"END {mark}" in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def cleared(cell: Cell) -> Cell:
    """The cell with its solution taken out: what the gradebook keeps."""
    if not cell.solution:
        return cell
    stub = STUB if cell.type == "code" else TEXT_STUB
    return replace(
        cell, source=without(cell.source, "SOLUTION", stub) if "BEGIN SOLUTION" in cell.source else stub
    )


def released(cell: Cell) -> Cell:
    """The cell as students get it: hidden tests and mark schemes taken out too."""
    given = cleared(cell)
    return replace(given, source=without(without(given.source, "HIDDEN TESTS"), "MARK SCHEME"))


def checksum(cell: Cell) -> str:
    """The digest by which nbgrader sees that a cell was changed."""
    parts = [cell.source, cell.type, str(cell.grade), str(cell.solution), str(cell.locked), cell.name]
    if cell.grade:
        parts.append(str(cell.points))
    return hashlib.md5("".join(parts).encode()).hexdigest()


def metadata(cell: Cell, schema: int, given_out: Cell | None) -> dict[str, object]:
    """The metadata of a cell in a version of nbgrader's schema; with locks and a checksum of what was given out."""
    if not cell.name:
        return {}
    found: dict[str, object] = {"grade": cell.grade, "grade_id": cell.name, "solution": cell.solution}
    # Early versions of the toolbar left `locked` alone in test cells: grade without solution is locked all the same.
    found["locked"] = cell.locked and not (schema < 2 and cell.grade)
    if schema:
        found["schema_version"] = schema
    if cell.grade or cell.kind == "task":
        found["points"] = int(cell.points) if cell.points.is_integer() else cell.points
    if schema >= 3:
        found["task"] = cell.kind == "task"
    if given_out:
        found["checksum"] = checksum(given_out)
        if schema >= 2:
            found["cell_type"] = cell.type
    around: dict[str, object] = {"nbgrader": dict(sorted(found.items()))}
    if given_out:
        around["deletable"] = False
        if not cell.solution:
            around["editable"] = False
    return around


def notebook_json(
    shown: Sequence[Cell], schema: int, given_out: Mapping[str, Cell] | None = None
) -> dict[str, object]:
    """The notebook as an .ipynb file holds it; `given_out` has the cells as they were released, if they were."""
    released_as = given_out or {}
    return {
        "cells": [_cell_json(cell, n, schema, released_as.get(cell.name)) for n, cell in enumerate(shown)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5 if schema >= 3 else 2,
    }


def _cell_json(cell: Cell, number: int, schema: int, given_out: Cell | None) -> dict[str, object]:
    """Cells have ids of their own from nbformat 4.5 on, which is about as old as version 3 of the metadata."""
    found: dict[str, object] = {
        "cell_type": cell.type,
        "metadata": metadata(cell, schema, given_out),
        "source": cell.source.splitlines(keepends=True),
    }
    if cell.type == "code":
        found |= {"execution_count": None, "outputs": []}
    if schema >= 3:
        found["id"] = f"cell-{number}"
    return found
