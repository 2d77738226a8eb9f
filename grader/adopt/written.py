"""What a person grades: how to find the answers in a submission's notebook.

nbgrader's cells have names, which a submission keeps. Otter marks a question's cells with comments, and the answer
stands between the author's own cells, wherever a student goes on. Where a test is left to a person, the answer is the
code before its check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from grader.adopt.assignment import Assignment
from grader.notebook.regions import lines
from grader.sandbox.crossing.messages import Written
from grader.sandbox.outside.loading import LoadReport

__all__ = ["answer_sources", "fenced", "written_questions"]


def written_questions(assignment: Assignment, notebook: str, id_of: Callable[[str], str]) -> list[Written]:
    """What the sandbox needs to know to find the answers in a notebook that people grade.

    Args:
        assignment: The assignment.
        notebook: The notebook's name, which matters if the assignment has several.
        id_of: Gives a question's id.
    """
    by_hand = [
        one for one in assignment.questions if one.manual and one.asked and one.notebook in ("", notebook)
    ]
    everything = [*assignment.texts, *(cell.source for cell in assignment.cells)]
    if assignment.form == "nbgrader":
        return [
            Written(
                id=id_of(one.name),
                begin="",
                ends=[],
                given=list(one.asked),
                others=everything,
                identity=one.name,
            )
            for one in by_hand
        ]
    everywhere = Counter(line for text in everything for line in {*_shown(text)})
    found = []
    for one in by_hand:
        own = {line for text in one.asked for line in _shown(text)}
        firsts = (next(iter(_shown(text)), "") for text in assignment.texts if text not in one.asked)
        begin = next((line for text in one.asked for line in _shown(text) if everywhere[line] == 1), "")
        if begin:
            found.append(
                Written(
                    id=id_of(one.name),
                    begin=begin,
                    ends=[
                        line
                        for line in firsts
                        if everywhere[line] == 1 and line not in own and line.strip("-_*=")
                    ],
                    given=list(one.asked),
                    others=[text for text in everything if text not in one.asked],
                )
            )
    return found


def _shown(text: str) -> list[str]:
    return [line for line in lines(text) if line]


def answer_sources(assignment: Assignment, reports: Mapping[str, LoadReport]) -> dict[str, str]:
    """The code that each question's first check is about: the cell to fill in before it, or whatever stands there."""
    authors = {cell.identity for cell in assignment.cells if cell.identity and cell.locked}
    found: dict[str, str] = {}
    for report in reports.values():
        named = {name: report.sources[cell] for cell, name in report.checks if cell < len(report.sources)}
        found |= {check: named[cell] for check, cell in _to_fill_in(assignment) if cell in named}
        closed = {cell for cell, name in report.checks if _closes(assignment, name, authors)}
        for cell, name in report.checks:
            before = cell - 1
            while before in closed:
                before -= 1
            if 0 <= before < len(report.sources):
                found.setdefault(name, report.sources[before])
    return {
        one.name: found[check]
        for one in assignment.questions
        for check in (one.called, one.name)
        if one.tests and check in found
    }


def _to_fill_in(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Each of nbgrader's tests with the name of the last cell above it that a student fills in."""
    last = ""
    for cell in assignment.cells:
        if cell.part == "test" and last:
            yield cell.identity, last
        elif cell.part == "starter":
            last = cell.identity


def _closes(assignment: Assignment, name: str, authors: Collection[str]) -> bool:
    return assignment.form == "otter" or name in authors


def fenced(code: str) -> str:
    """Code as Markdown shows it, whatever is in it."""
    longest = max((len(ticks) for ticks in re.findall(r"`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}python\n{code}\n{fence}"
