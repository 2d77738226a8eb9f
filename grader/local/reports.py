"""The results of checking a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["CheckReport", "QuestionReport", "StoppedCell", "TestReport"]


@dataclass(frozen=True)
class StoppedCell:
    """A cell that stopped; ``cell`` counts the notebook's code cells, or a file's statements, from 1."""

    cell: int
    place: str
    """Which cell it is, in words."""
    error: str


@dataclass(frozen=True)
class TestReport:
    """One public test: its title, and if it failed, why."""

    __test__ = False  # pytest would take it for a test by its name

    title: str
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class QuestionReport:
    """The public tests of one question."""

    question: str
    tests: list[TestReport]
    note: str = ""
    """Says so if the question is judged as it was before a later cell broke it."""

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests)


@dataclass(frozen=True)
class CheckReport:
    """All that `gradmark check` has to say."""

    questions: list[QuestionReport]
    errors: list[StoppedCell] = field(default_factory=list)
    """Cells that stopped; by themselves they make no question fail."""
    without_limits: list[str] = field(default_factory=list)
    """In words, what grading limits but this machine cannot."""

    @property
    def passed(self) -> bool:
        return all(question.passed for question in self.questions)
