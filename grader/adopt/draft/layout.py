"""Which question of the draft each test and each cell of the author's notebook is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.adopt.assignment import Assignment, AuthorCell, Question, Test

__all__ = ["Group", "Unit", "groups_of", "places_of"]


@dataclass(frozen=True)
class Unit:
    """What becomes one pytest function: a test, or all tests of a question that gives all of its points or none."""

    name: str
    """Of the function."""
    original: str
    """What the original calls it."""
    tests: tuple[Test, ...]
    points: Fraction
    hidden: bool


@dataclass
class Group:
    """A question of the draft."""

    id: str
    title: str
    units: list[Unit] = field(default_factory=list)
    by_hand: Fraction | None = None
    """Its points, if a person grades it."""
    originals: set[str] = field(default_factory=set)
    """The names of the original's questions."""
    cell: int | None = None
    """The cell that it is about, where the form says so by order alone."""


def groups_of(assignment: Assignment) -> list[Group]:
    """The questions of the draft, in the notebook's order.

    Suites of one question are one question again; of nbgrader's cells, each answer with the tests that follow it.
    """
    above = _answers_above(assignment.cells) if assignment.form == "nbgrader" else {}
    groups: dict[object, Group] = {}
    taken: set[str] = set()
    for question in assignment.questions:
        key: object = question.name.partition(" > Suite ")[0]
        called = str(key)
        if question.name in above and question.tests:
            key = above[question.name]
            called = assignment.cells[above[question.name]].identity or called
        if key not in groups:
            made = groups[key] = Group(_identifier(called, taken), question.title or called)
            made.cell = key if isinstance(key, int) else None
        group = groups[key]
        group.originals.add(question.name)
        if question.tests:
            group.units += _units(question, group)
        elif question.manual:
            group.by_hand = question.points
    return [group for group in groups.values() if group.units or group.by_hand is not None]


def _answers_above(cells: Sequence[AuthorCell]) -> dict[str, int]:
    """The cell with the answer that each test of nbgrader's follows, by the test's name."""
    found, last = {}, None
    for number, cell in enumerate(cells):
        if cell.part == "starter":
            last = number
        elif cell.part == "test" and last is not None:
            found[cell.checks[0]] = last
    return found


def _units(question: Question, group: Group) -> list[Unit]:
    start = len(group.units) + 1
    if question.all_or_nothing:
        hidden = any(test.hidden for test in question.tests)
        one = Unit(f"test_{group.id}_{start}", question.name, question.tests, question.points, hidden)
        return [one]
    return [
        Unit(f"test_{group.id}_{number}", test.name, (test,), test.points, test.hidden)
        for number, test in enumerate(question.tests, start)
    ]


def _identifier(name: str, taken: set[str]) -> str:
    """An id for a question: letters, digits and underscores."""
    plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
    found = re.sub(r"^Question_(\d)", r"q\1", plain)
    found = found if found[:1].isalpha() else f"q{found}"
    number, unique = 1, found
    while unique.lower() in taken:
        number += 1
        unique = f"{found}_{number}"
    taken.add(unique.lower())
    return unique


def places_of(assignment: Assignment, groups: Iterable[Group]) -> list[Group | None]:
    """The question in which each cell stands; None outside of all.

    Questions do not nest and none begins twice, so a cell whose own question has ended is in the one that is open.
    """
    groups = list(groups)
    own = [_own(number, cell, groups) for number, cell in enumerate(assignment.cells)]
    starters = [number for number, cell in enumerate(assignment.cells) if cell.part == "starter"]
    following: Group | None = None
    for number in reversed(starters):  # what nothing checks belongs to the next question
        following = own[number] = own[number] or following
    done: list[Group] = []
    for number in starters:
        group = own[number] or (done[-1] if done else None)
        if done and group is not done[-1]:
            group = done[-1] if group in done else group
        if group is not None and group not in done:
            done.append(group)
        own[number] = group
    places: list[Group | None] = [None] * len(own)
    for group in done:
        numbers = [number for number in starters if own[number] is group]
        for number in range(numbers[0], numbers[-1] + 1):
            places[number] = group
    return places


def _own(number: int, cell: AuthorCell, groups: list[Group]) -> Group | None:
    if cell.part != "starter":
        return None
    return next(
        (one for one in groups if one.cell == number or (cell.question and cell.question in one.originals)),
        None,
    )
