"""The written answers in a notebook, found by the handout's own text around them."""

from __future__ import annotations

import re

from grader.notebook import Cell
from grader.sandbox.crossing.messages import Written

__all__ = ["written_answers"]

MAX_ANSWER = 20_000
"""Characters sent of an answer."""
_OTTER_COMMENT = re.compile(r"<!--\s*(BEGIN|END) QUESTION\s*-->", re.I)


def written_answers(cells: list[Cell], questions: list[Written]) -> dict[str, str]:
    """What the student wrote to each question, as Markdown; nothing for a question that is not found.

    A question reaches from the cell with its first line to the cell with the first line of another, or to otter's
    comment that ends it. What the handout itself says is left out; code that is not the handout's is fenced.
    """
    return {
        question.id: _answer(region, question.given)
        for question in questions
        if (region := _region(cells, question))
    }


def _region(cells: list[Cell], question: Written) -> list[Cell]:
    begin = next((number for number, cell in enumerate(cells) if question.begin in _lines(cell.source)), None)
    if begin is None:
        return []
    ends = set(question.ends)
    region = [cells[begin]]
    for cell in cells[begin + 1 :]:
        if ends & set(_lines(cell.source)):
            break
        region.append(cell)
        if re.search(r"<!--\s*END QUESTION\s*-->", cell.source, re.I):
            break
    return region


def _answer(region: list[Cell], given: list[str]) -> str:
    cells_given = {_plain(source) for source in given}
    lines_given = {line for source in given for line in _lines(source) if line}
    parts: list[str] = []
    for cell in region:
        text = _plain(cell.source)
        if not text or text in cells_given:
            continue
        if cell.kind == "code":
            longest = max((len(ticks) for ticks in re.findall(r"`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            parts.append(f"{fence}python\n{text}\n{fence}")
        elif cell.kind == "markdown":
            # An answer written into the handout's own cell, or below the line that asks for it.
            own = [line for line in text.split("\n") if line.strip() not in lines_given]
            parts.append("\n".join(own).strip("\n"))
    whole = "\n\n".join(part for part in parts if part.strip())
    # JSON may hold half a character, which no message can.
    return whole[:MAX_ANSWER].encode("utf-8", "replace").decode()


def _plain(source: str) -> str:
    text = _OTTER_COMMENT.sub("", source).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _lines(source: str) -> list[str]:
    return [line.strip() for line in _plain(source).split("\n")]
