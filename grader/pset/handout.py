"""The master handout: jupytext Markdown with otter-assign's tags, as a list of cells.

Tags are raw cells (``<!-- #raw -->`` … ``<!-- #endraw -->``) or fences (```` ```otter ````). Understood are
``# ASSIGNMENT CONFIG``, ``# BEGIN QUESTION`` with ``name: q1``, ``# BEGIN SOLUTION``, ``# BEGIN PROMPT`` and
their ends. Points and ``manual`` are pset.yaml's to say, and tests are the suite's, so neither stands here.
In a code cell, ``# SOLUTION: reference.softmax.softmax`` stands for the body of that function.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from grader.errors import CourseError

__all__ = ["MARKER", "Cell", "Marker", "find_markers", "parse_handout", "starter_source"]

MARKER = re.compile(r"^(?P<indent>[ \t]*)#\s*SOLUTION:\s*(?P<target>[\w.]+)\s*$")
_TAG = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|PROMPT|TESTS)\b|#\s+(ASSIGNMENT\s+CONFIG)\b", re.I)
_OTTER_FENCE = re.compile(r"^[ \t]*```otter[ \t]*\n(.*?)\n[ \t]*```[ \t]*$", re.M | re.S)


@dataclass(frozen=True)
class Marker:
    """A line of the handout that a reference function's body takes the place of."""

    target: str
    line: int


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is code, markdown or raw; tags are raw cells."""

    kind: str
    source: str
    line: int
    """Of the handout, where it begins."""
    question: str | None = None
    block: str | None = None
    """``"solution"`` or ``"prompt"`` inside such a block of a question."""
    metadata: dict[str, object] = field(default_factory=dict)

    @property
    def tag(self) -> str | None:
        """``"begin question"`` and so on, for a raw cell that is a tag."""
        found = _TAG.match(self.source.lstrip()) if self.kind == "raw" else None
        if found is None:
            return None
        return " ".join(found[3].lower().split()) if found[3] else f"{found[1]} {found[2]}".lower()


def find_markers(text: str) -> list[Marker]:
    """Every solution marker of the handout's text, in order."""
    lines = enumerate(text.splitlines(), start=1)
    return [Marker(found["target"], number) for number, line in lines if (found := MARKER.match(line))]


def _raw_cells(text: str) -> Iterator[Cell]:
    """Cells as jupytext reads them, with otter fences taken out of the Markdown around them."""
    import jupytext

    position = 0

    def line_of(source: str) -> int:
        nonlocal position
        found = text.find(source.split("\n", 1)[0], position) if source else -1
        if found < 0:
            return 0
        position = found
        return text.count("\n", 0, found) + 1

    for number, cell in enumerate(jupytext.reads(text, fmt="md").cells):
        source = str(cell.source)
        if number == 0 and cell.cell_type == "raw" and source.startswith("---"):
            continue  # front matter that is jupytext's own
        if cell.cell_type != "markdown":
            metadata = {k: v for k, v in dict(cell.metadata).items() if k not in ("lines_to_next_cell",)}
            yield Cell(cell.cell_type, source, line_of(source), metadata=metadata)
            continue
        for index, part in enumerate(_OTTER_FENCE.split(source)):
            if part := part.strip("\n"):
                yield Cell("raw" if index % 2 else "markdown", part, line_of(part))


def _question_name(cell: Cell, name: str) -> str:
    found = re.search(r"^\s*name:\s*['\"]?([\w-]+)['\"]?\s*$", cell.source, re.M)
    if not found:
        raise CourseError(f"{name}:{cell.line}: # BEGIN QUESTION needs a line such as 'name: q1' below it")
    return found[1]


def parse_handout(text: str, name: str) -> list[Cell]:
    """The handout's cells, each with the question and block it is in; ``name`` is how messages call the file.

    Raises `CourseError` where blocks do not nest, or a test stands in the handout.
    """
    cells: list[Cell] = []
    question: str | None = None
    block: str | None = None
    opened = 0
    for cell in _raw_cells(text):
        tag, where = cell.tag, f"{name}:{cell.line}"
        if tag and "tests" in tag:
            raise CourseError(
                f"{where}: tests stand in suite/, not in the handout; move this one, as public=True"
            )
        if tag == "begin question":
            if question:
                raise CourseError(f"{where}: question {question} of line {opened} has no # END QUESTION yet")
            question, opened = _question_name(cell, name), cell.line
            cells.append(replace(cell, question=question))
            continue
        if tag == "end question":
            if not question or block:
                missing = f"# END {block.upper()}" if block else "# BEGIN QUESTION"
                raise CourseError(f"{where}: # END QUESTION without the {missing} before it; add that")
            cells.append(replace(cell, question=question))
            question = None
            continue
        if tag in ("begin solution", "begin prompt"):
            if not question or block:
                inside = f"inside the {block} block" if block else "outside a question"
                raise CourseError(f"{where}: # {tag.upper()} stands {inside}; move it into a question")
            cells.append(replace(cell, question=question))
            block = tag.removeprefix("begin ")
            continue
        if tag in ("end solution", "end prompt"):
            if block != tag.removeprefix("end "):
                raise CourseError(f"{where}: # {tag.upper()} has no # BEGIN before it; add that")
            cells.append(replace(cell, question=question))
            block = None
            continue
        cells.append(replace(cell, question=question, block=block))
    if question:
        raise CourseError(f"{name}:{opened}: question {question} has no # END QUESTION; add one")
    return cells


_ASSIGNMENT = re.compile(r"^(\s*[\w.\[\]'\", ]+?\s*=)(?!=).*#\s?SOLUTION\s*$")
_SKIPPED = ("# SOLUTION NO PROMPT", "# BEGIN PROMPT", "# END PROMPT", "# SEED")


def starter_source(source: str) -> str:
    """A solved code cell as the student gets it, by the rules of otter-assign.

    >>> print(starter_source("def f(x):\\n    # BEGIN SOLUTION\\n    return x\\n    # END SOLUTION"))
    def f(x):
        ...
    >>> print(starter_source("a = 3  # SOLUTION"))
    a = ...
    """
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        stripped = line.rstrip()
        indent = line[: len(line) - len(line.lstrip())]
        if stripped.endswith("# END SOLUTION"):
            inside = False
        elif inside or stripped.endswith(_SKIPPED):
            continue
        elif re.match(r"\s*# BEGIN SOLUTION", line):
            inside = True
            if not stripped.endswith("NO PROMPT"):
                kept.append(f"{indent}...")
        elif stripped.endswith(("# SOLUTION", "#SOLUTION")):
            found = _ASSIGNMENT.match(line)
            kept.append(f"{found[1]} ..." if found else f"{indent}...")
        else:
            kept.append(line)
    return "\n".join(kept)


def code_cells(cells: Iterable[Cell]) -> list[Cell]:
    """The code among ``cells``."""
    return [cell for cell in cells if cell.kind == "code"]
