"""The report of a notebook that was checked."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["CellReport", "CheckReport", "QuestionReport", "TestReport"]


@dataclass(frozen=True)
class CellReport:
    """A cell that raised; ``cell`` counts the notebook's code cells, or a file's statements, from 1."""

    cell: int
    place: str
    """The same in words."""
    error: str


@dataclass(frozen=True)
class TestReport:
    """One public test: its title, and why it failed if it did."""

    __test__ = False  # a name pytest would take for its own

    title: str
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class QuestionReport:
    """The public tests of one question."""

    question: str
    tests: list[TestReport]
    note: str = ""
    """That it is judged as the notebook stood before a later cell broke it, where it is."""

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests)


@dataclass(frozen=True)
class CheckReport:
    """All that `gradmark check` has to say."""

    questions: list[QuestionReport]
    errors: list[CellReport] = field(default_factory=list)
    """Cells that raised; on their own they fail nothing."""
    without_limits: list[str] = field(default_factory=list)
    """What grading limits and this machine cannot, in words."""

    @property
    def passed(self) -> bool:
        return all(question.passed for question in self.questions)
