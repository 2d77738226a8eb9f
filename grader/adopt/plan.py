"""How each test of an assignment is judged, decided once for all submissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from grader.adopt.assignment import Assignment, Question, Test
from grader.errors import CourseError
from grader.files import write_whole
from grader.results import Trust

__all__ = ["Key", "Plan", "Planned", "SolutionRun", "keyed", "read_plan", "write_plan"]


Key = tuple[str, int]
"""A question's name and the number of its test, from 0: names of tests need not be unique."""
FILE = "gradmark-plan.json"
MOST_BYTES = 50 << 20


class Planned(msgspec.Struct, frozen=True):
    """One test's part of the plan."""

    question: str
    number: int
    name: str
    trust: Trust
    why: str = ""
    """Of a test that runs inside: the reason, as the rest of a sentence about it."""


class SolutionRun(msgspec.Struct, frozen=True):
    """What the solution got."""

    score: float
    max_score: float
    failed: list[str] = []
    """The tests that it does not pass, by name."""


class Plan(msgspec.Struct, frozen=True):
    """The plan of an assignment; equal files have an equal plan, whatever is handed in."""

    assignment: str
    """The digest of the author's files."""
    rests_on: Literal["reading", "solution"]
    """Whether it was found by reading alone, or confirmed by a run of the solution."""
    tests: list[Planned]
    solution: SolutionRun | None = None
    doubts: list[str] = []
    """What was not understood, one sentence each."""

    @property
    def outside(self) -> int:
        """How many tests are judged outside the student's process."""
        return sum(test.trust == "outside" for test in self.tests)

    def trust_of(self, key: Key) -> Trust:
        """Where a test is judged."""
        return next((test.trust for test in self.tests if (test.question, test.number) == key), "inside")

    def by_key(self) -> Mapping[Key, Planned]:
        return {(test.question, test.number): test for test in self.tests}


def keyed(assignment: Assignment) -> Iterator[tuple[Key, Question, Test]]:
    """Every test with its key."""
    for question in assignment.questions:
        for number, test in enumerate(question.tests):
            yield (question.name, number), question, test


def beside(assignment: Path) -> Path:
    """Where an assignment's plan is kept."""
    return assignment / FILE if assignment.is_dir() else assignment.with_name(f"{assignment.stem}.{FILE}")


def read_plan(path: Path) -> Plan | None:
    """The plan that is kept beside an assignment; None if there is none that can be read."""
    file = beside(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        return msgspec.json.decode(file.read_bytes(), type=Plan)
    except (OSError, msgspec.MsgspecError):
        return None


def write_plan(path: Path, plan: Plan) -> Path:
    """Keep a plan beside its assignment; returns the file.

    Raises:
        CourseError: It cannot be written.
    """
    file = beside(path)
    try:
        write_whole(file, msgspec.json.format(msgspec.json.encode(plan), indent=2) + b"\n")
    except OSError as error:
        raise CourseError(f"the plan cannot be written to {file}: {error.strerror}") from None
    return file
