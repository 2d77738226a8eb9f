"""The written answers in a notebook, found by the handout's own text around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.notebook import NotebookCell, otter
from grader.notebook.regions import lines as _lines
from grader.notebook.regions import plain_text as _plain
from grader.output import whole
from grader.sandbox.crossing.messages import Written
from grader.sandbox.inside.drawn import DrawnPictures
from grader.sandbox.inside.pictures import drawn as stored_pictures
from grader.sandbox.inside.pictures import with_references

__all__ = ["code_places", "written_answers"]

STORED = "Stored in the notebook; its cell drew nothing when it was graded:"
MAX_ANSWER = 20_000
"""Characters sent of an answer."""


def written_answers(
    cells: list[NotebookCell], questions: list[Written], drawn: DrawnPictures | None = None
) -> dict[str, str]:
    """What the student wrote to each question, in Markdown; questions that are not found are left out.

    A question reaches from the cell with its first line to the cell with the first line of another. After otter's
    comment that ends it, text that is not the handout's still belongs to the answer, because people continue where
    they are. The handout's own text is left out, other code is fenced, and pictures become references (see
    `grader.sandbox.inside.pictures`). Once the notebook has run, ``drawn`` has what its cells drew.
    """
    return {
        question.id: _answer(region, question, drawn)
        for question in questions
        if (region := _region(cells, question))
    }


def code_places(cells: list[NotebookCell], questions: list[Written]) -> dict[int, int]:
    """The places of the code cells in written answers, by their numbers among the code cells."""
    mine = {place.number for question in questions for place in _region(cells, question)}
    code = [place for place, cell in enumerate(cells) if cell.kind == "code"]
    return {number: place for number, place in enumerate(code) if place in mine}


class _Place(NamedTuple):
    """A cell of a question, and where it stands."""

    number: int
    cell: NotebookCell
    behind: bool
    """Whether the question had ended before it."""


def _region(cells: list[NotebookCell], question: Written) -> list[_Place]:
    if question.identity:
        return _named(cells, question)
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


def _named(cells: list[NotebookCell], question: Written) -> list[_Place]:
    """The cell with the question's name, and what a student wrote below it."""
    named = [number for number, cell in enumerate(cells) if cell.identity == question.identity]
    if not named:
        return []
    given = {_plain(source) for source in (*question.given, *question.others)}
    region = [_Place(named[-1], cells[named[-1]], behind=False)]
    for number, cell in enumerate(cells[named[-1] + 1 :], named[-1] + 1):
        if cell.identity or _plain(cell.source) in given:
            break
        region.append(_Place(number, cell, behind=False))
    return region


def _pictures(number: int, cell: NotebookCell, drawn: DrawnPictures | None) -> list[str]:
    """References, in Markdown, to what a cell drew: when it was graded or, if nothing then, by the notebook's file."""
    stored = stored_pictures(number, cell)
    if drawn is None or number not in drawn.ran:
        return stored
    count = drawn.drawn_by(number)
    if not count and stored:
        return [f"*{STORED}*", *stored]
    return [f"![drawn by the cell](drawn:{number}.{one})" for one in range(count)]


def _answer(region: list[_Place], question: Written, drawn: DrawnPictures | None) -> str:
    cells_given = {_plain(source) for source in question.given}
    elsewhere = {_plain(source) for source in question.others}
    lines_given = {line for source in question.given for line in _lines(source) if line}
    parts: list[str] = []
    for number, cell, behind in region:
        text = _plain(with_references(number, cell))
        if text in elsewhere and (behind or cell.kind == "code"):
            continue
        if cell.kind == "code" and otter.only_hands_in(text):
            continue
        if cell.kind != "code" and text and text not in cells_given:
            # An answer may be in the handout's own cell, below the line that asks for it.
            own = [line for line in text.split("\n") if line.strip() not in lines_given]
            parts.append("\n".join(own).strip("\n"))
        pictures = _pictures(number, cell, drawn) if not behind or text not in cells_given else []
        if cell.kind == "code" and text and text not in cells_given and (pictures or not behind):
            longest = max((len(ticks) for ticks in re.findall(r"`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            parts.append(f"{fence}python\n{text}\n{fence}")
        parts += pictures
    answer = "\n\n".join(part for part in parts if part.strip())
    return whole(answer[:MAX_ANSWER])  # JSON may hold half a character, which no message can
