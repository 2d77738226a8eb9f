"""Which of a notebook's code cells belong to a question, found by the handout's own text around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grader.notebook import otter
from grader.notebook.cells import NotebookCell

__all__ = ["Region", "cells_of", "lines", "plain_text"]


class Region(NamedTuple):
    """A question, and how to find its cells."""

    question: str
    begin: str
    """The question's first line in the handout."""
    ends: tuple[str, ...]
    """First lines of the other questions."""


def cells_of(cells: Sequence[NotebookCell], region: Region) -> list[int]:
    """The code cells of a question, by number from 0.

    They reach from the question's first line to the first line of another. Where that line is gone, they are those
    before the cell that checks the question, back to whatever else begins or is checked; where that is gone, too, all
    that are in no other question.
    """
    code = _code_numbers(cells)
    begins = [place for place, cell in enumerate(cells) if _begins(cell, {region.begin})]
    if begins:
        return [
            code[place] for begin in begins for place in _until_next(cells, begin, region) if place in code
        ]
    check, any_check = otter.check_of(region.question), otter.any_check()
    checks = [place for place, cell in enumerate(cells) if cell.kind == "code" and check.search(cell.source)]
    if checks:
        first = checks[0]
        while (
            first > 0
            and not _ends(cells[first - 1], region)
            and not any_check.search(cells[first - 1].source)
        ):
            first -= 1
        return [code[place] for place in range(first, checks[-1] + 1) if place in code]
    others = {
        place
        for at, cell in enumerate(cells)
        if _ends(cell, region)
        for place in _until_next(cells, at, region)
    }
    return [number for place, number in code.items() if place not in others]


def _code_numbers(cells: Sequence[NotebookCell]) -> dict[int, int]:
    """The number among the code cells, by place, of each code cell."""
    places = [place for place, cell in enumerate(cells) if cell.kind == "code"]
    return {place: number for number, place in enumerate(places)}


def _until_next(cells: Sequence[NotebookCell], begin: int, region: Region) -> list[int]:
    """The places from the cell that begins a question to the one that begins another.

    In a Python file, the comment that begins a question stands at the end of the statement before it.
    """
    found = [] if _code_before(cells[begin], _firsts(region)) else [begin]
    for place in range(begin + 1, len(cells)):
        if _begins(cells[place], _firsts(region)):
            return [*found, place] if _code_before(cells[place], _firsts(region)) else found
        found.append(place)
    return found


def _firsts(region: Region) -> set[str]:
    return {region.begin, *region.ends}


def _code_before(cell: NotebookCell, firsts: set[str]) -> bool:
    """Whether code stands before the line of a code cell that begins a question."""
    if cell.kind != "code":
        return False
    for line in map(str.strip, cell.source.split("\n")):
        if line.removeprefix("#").strip() in firsts:
            return False
        if line and not line.startswith("#"):
            return True
    return False


def _ends(cell: NotebookCell, region: Region) -> bool:
    return _begins(cell, set(region.ends))


def _begins(cell: NotebookCell, firsts: set[str]) -> bool:
    return not firsts.isdisjoint(lines(cell.source))


def plain_text(source: str) -> str:
    """A cell's text without otter's comments, and without spaces at the ends of its lines."""
    text = otter.without_comments(source).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def lines(source: str) -> list[str]:
    """The lines of a cell; in a Python file, text stands in comments."""
    found = [line.strip() for line in plain_text(source).split("\n")]
    return found + [line.removeprefix("#").strip() for line in found if line.startswith("#")]
