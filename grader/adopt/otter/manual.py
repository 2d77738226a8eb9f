"""What people grade: the questions of a released notebook that otter marks for them and that have no tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from grader.adopt.assignment import Question
from grader.adopt.otter.notebook import Notebook
from grader.adopt.otter.points import BadPoints, number_of_points
from grader.points import total
from grader.text import first_few

__all__ = ["manual_question", "manual_questions", "worthless"]

_COMMENT = re.compile(r"<!--\s*(BEGIN|END) QUESTION\b(.*?)-->", re.DOTALL | re.IGNORECASE)
_CALLED = re.compile(
    r"\b((?:Question|Problem|Exercise|Part|Task|Q)\s*\d[\w.]*\w|(?:Question|Part|Q)\s*\d)", re.IGNORECASE
)
_POINTS = re.compile(r"_Points:_\s*([\d.]+)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


class _Region(NamedTuple):
    """Cells from a comment that begins a question to the one that ends it."""

    first: int
    settings: Mapping[str, Any]


def manual_question(name: str, points: Any) -> Question:
    """A question for people; without points that can be read it counts 0."""
    if isinstance(points, dict):
        points = points.get("each")
    try:
        numbers = [number_of_points(one) for one in (points if isinstance(points, list) else [points])]
    except BadPoints:
        numbers = []
    return Question(name, total(numbers), manual=True)


def worthless(questions: Iterable[Question], label: str) -> list[str]:
    """A doubt about the questions among these that people grade and that say no points."""
    names = [question.name for question in questions if question.manual and not question.points]
    if not names:
        return []
    many = (
        "which people grade, says no points: it counts"
        if len(names) == 1
        else ("which people grade, say no points: they count")
    )
    return [f"{first_few(names, 10)} in {label}, {many} 0."]


def manual_questions(
    notebook: Notebook, checked: Mapping[str, int], tested: Collection[str]
) -> list[tuple[int, Question]]:
    """Each such question with the number of its first cell.

    Args:
        notebook: As students get it.
        checked: What it checks, with the number of the cell.
        tested: The names of all questions with tests, and of their files.
    """
    found: list[tuple[int, Question]] = []
    names: set[str] = set(tested)
    for region, end in _regions(notebook):
        name = region.settings.get("name")
        named = isinstance(name, str) and bool(name)
        if named and ("manual" in region.settings or "export" in region.settings):
            if not region.settings.get("manual"):
                continue
        elif any(region.first <= at < end for at in checked.values()):
            continue
        text = notebook.cells[region.first].source
        called = str(name) if named else _name_in(text) or f"Written {len(found) + 1}"
        if called in names:
            continue
        names.add(called)
        points = region.settings.get("points")
        if points is None and (said := _POINTS.search(text)):
            points = float(said[1].rstrip("."))
        asked = tuple(cell.source for cell in notebook.cells[region.first : end])
        found.append((region.first, replace(manual_question(called, points), asked=asked)))
    return found


def _regions(notebook: Notebook) -> list[tuple[_Region, int]]:
    """The regions that are marked for people, each with the number of the cell behind it."""
    found: list[tuple[_Region, int]] = []
    opened: _Region | None = None
    for at, cell in enumerate(notebook.cells):
        if cell.kind != "markdown":
            continue
        marks = list(_COMMENT.finditer(cell.source))
        begins = [mark for mark in marks if mark[1].upper() == "BEGIN"]
        if opened and marks:
            found.append((opened, at))
            opened = None
        if begins:
            settings: dict[str, Any] = {}
            for mark in begins:
                settings |= _settings(mark[2])
            bare = any(not mark[2].strip() for mark in begins)
            if bare or settings.get("manual"):
                opened = _Region(at, settings)
    if opened:
        found.append((opened, len(notebook.cells)))
    return found


def _settings(text: str) -> dict[str, Any]:
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return {str(key): value for key, value in read.items()} if isinstance(read, dict) else {}


def _name_in(text: str) -> str:
    """What a question calls itself: "Question 1b", or its heading."""
    plain = _COMMENT.sub("", text).replace("*", " ")
    if found := _CALLED.search(plain):
        return " ".join(found[1].split()).rstrip(".")
    heading = _HEADING.search(plain)
    return heading[1].strip()[:60] if heading else ""
