"""The master handout, jupytext Markdown with otter-assign's tags, as a list of cells.

In a code cell, ``# SOLUTION: reference.softmax.softmax`` stands for the body of that function, and
``slope = ...  # SOLUTION: reference.lines.slope`` for what it returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from grader.errors import CourseError
from grader.pset.otter import question_name, split_fences, tag_of

__all__ = ["MARKER", "Cell", "code_cells", "find_markers", "parse_handout"]

MARKER = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<answer>[^\W\d]\w*)\s*=\s*\.\.\.\s*)?#\s*SOLUTION:\s*(?P<target>[\w.]+)\s*$"
)
# A line that starts with % b or != may continue an expression.


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is code, markdown or raw; tags are raw cells."""

    kind: str
    source: str
    line: int
    """Where it begins in the handout."""
    question: str | None = None
    block: str | None = None
    """``"solution"`` or ``"prompt"`` inside such a block of a question."""
    metadata: dict[str, object] = field(default_factory=dict)

    @property
    def tag(self) -> str | None:
        """``"begin question"`` and so on, for a raw cell that is a tag."""
        return tag_of(self.source) if self.kind == "raw" else None


def find_markers(text: str) -> list[tuple[str, int]]:
    """The target and line of every solution marker in the handout's text."""
    lines = enumerate(text.splitlines(), start=1)
    return [(found["target"], number) for number, line in lines if (found := MARKER.match(line))]


def code_cells(cells: Iterable[Cell]) -> list[Cell]:
    """The code among ``cells``."""
    return [cell for cell in cells if cell.kind == "code"]


def _raw_cells(text: str) -> Iterator[Cell]:
    """Cells as jupytext reads them, with otter's fences separated from the Markdown around them."""
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
            continue  # jupytext's own front matter
        if cell.cell_type == "markdown":
            for kind, part in split_fences(source):
                yield Cell(kind, part, line_of(part))
        else:
            metadata = {k: v for k, v in dict(cell.metadata).items() if k != "lines_to_next_cell"}
            yield Cell(cell.cell_type, source, line_of(source), metadata=metadata)


def parse_handout(text: str, name: str) -> list[Cell]:
    """The handout's cells, each with the question and block it is in; ``name`` is how messages call the file.

    Raises `CourseError` if blocks do not nest, or if the handout contains a test.
    """
    cells: list[Cell] = []
    question: str | None = None
    block: str | None = None
    opened = 0
    for cell in _raw_cells(text):
        tag, where = cell.tag or "", f"{name}:{cell.line}"
        after = block
        match tag.split():
            case [_, "tests"]:
                raise CourseError(f"{where}: tests belong in suite/; move this one there, with public=True")
            case ["begin", "question"]:
                if question:
                    raise CourseError(
                        f"{where}: question {question}, begun in line {opened}, has no # END QUESTION yet"
                    )
                if (question := question_name(cell.source)) is None:
                    raise CourseError(f"{where}: # BEGIN QUESTION needs a line such as 'name: q1' below it")
                opened = cell.line
            case ["end", "question"] if not question or block:
                missing = f"# END {block.upper()}" if block else "# BEGIN QUESTION"
                raise CourseError(f"{where}: # END QUESTION without a {missing} before it; add one")
            case ["begin", kind]:
                if not question or block:
                    inside = f"inside a {block} block" if block else "outside any question"
                    raise CourseError(f"{where}: # {tag.upper()} is {inside}; move it into a question")
                after = kind
            case ["end", "solution" | "prompt" as kind]:
                if block != kind:
                    raise CourseError(f"{where}: # {tag.upper()} has no # BEGIN before it; add one")
                after = block = None
        cells.append(replace(cell, question=question, block=block))
        block = after
        if tag == "end question":
            question = None
    if question:
        raise CourseError(f"{name}:{opened}: question {question} has no # END QUESTION; add one")
    return cells
