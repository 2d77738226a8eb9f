"""The written answers in a notebook, found by the handout's own text around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.notebook import NotebookCell, otter
from grader.notebook.output import whole
from grader.sandbox.crossing.messages import Written
from grader.sandbox.inside.pictures import drawn, with_references

__all__ = ["written_answers"]

MAX_ANSWER = 20_000
"""Characters sent of an answer."""


def written_answers(cells: list[NotebookCell], questions: list[Written]) -> dict[str, str]:
    """What the student wrote to each question, in Markdown; questions that are not found are left out.

    A question reaches from the cell with its first line to the cell with the first line of another. After otter's
    comment that ends it, text that is not the handout's still belongs to the answer, because people continue where
    they are. The handout's own text is left out, other code is fenced, and pictures become references (see
    `grader.sandbox.inside.pictures`).
    """
    return {
        question.id: _answer(region, question)
        for question in questions
        if (region := _region(cells, question))
    }


class _Place(NamedTuple):
    """A cell of a question, and where it stands."""

    number: int
    cell: NotebookCell
    behind: bool
    """Whether the question had ended before it."""


def _region(cells: list[NotebookCell], question: Written) -> list[_Place]:
    begin = next((number for number, cell in enumerate(cells) if question.begin in _lines(cell.source)), None)
    if begin is None:
        return []
    ends = set(question.ends)
    region = [_Place(begin, cells[begin], behind=False)]
    behind = False
    for number, cell in enumerate(cells[begin + 1 :], begin + 1):
        if ends & set(_lines(cell.source)):
            break
        region.append(_Place(number, cell, behind))
        behind = behind or otter.ends_question(cell.source)
    return region


def _answer(region: list[_Place], question: Written) -> str:
    cells_given = {_plain(source) for source in question.given}
    elsewhere = {_plain(source) for source in question.others}
    lines_given = {line for source in question.given for line in _lines(source) if line}
    parts: list[str] = []
    for number, cell, behind in region:
        text = _plain(with_references(number, cell))
        if behind and text in elsewhere:
            continue
        if cell.kind != "code" and text and text not in cells_given:
            # An answer may be in the handout's own cell, below the line that asks for it.
            own = [line for line in text.split("\n") if line.strip() not in lines_given]
            parts.append("\n".join(own).strip("\n"))
        pictures = drawn(number, cell) if not behind or text not in cells_given else []
        if cell.kind == "code" and text and text not in cells_given and (pictures or not behind):
            longest = max((len(ticks) for ticks in re.findall(r"`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            parts.append(f"{fence}python\n{text}\n{fence}")
        parts += pictures
    answer = "\n\n".join(part for part in parts if part.strip())
    return whole(answer[:MAX_ANSWER])  # JSON may hold half a character, which no message can


def _plain(source: str) -> str:
    text = otter.without_comments(source).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _lines(source: str) -> list[str]:
    return [line.strip() for line in _plain(source).split("\n")]
