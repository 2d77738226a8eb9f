"""What grading one submission gives: the content of ``results/``, and how it behaved where it failed."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

__all__ = [
    "Bonus",
    "NotebookError",
    "Provenance",
    "QuestionBehaviour",
    "QuestionResult",
    "Status",
    "StudentIdentity",
    "SubmissionBehaviour",
    "SubmissionResult",
    "TestResult",
    "TestStatus",
    "Visibility",
]

Status = Literal["graded", "failed_to_run", "rejected", "grader_error"]
TestStatus = Literal["passed", "failed", "error", "timeout", "crashed", "missing", "grader_error"]
Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]


Bonus = bool | UnsetType
"""Whether points come on top of a maximum; unset, which is as good as false, it is not in the file."""


class StudentIdentity(msgspec.Struct, frozen=True):
    """Who handed in, as far as it is known."""

    id: str = ""
    name: str = ""
    email: str = ""


class TestResult(msgspec.Struct, kw_only=True):
    """The outcome of one test."""

    __test__ = False  # not a test class, whatever pytest thinks of its name

    name: str
    status: TestStatus
    score: Fraction
    max_score: Fraction
    visibility: Visibility
    message: str
    mistake: str | None = None
    file: str = ""
    title: str = ""
    said: str = ""
    seconds: float = 0.0
    bonus: Bonus = UNSET
    """Its points come on top of its question's."""


class QuestionResult(msgspec.Struct, kw_only=True):
    """A question's score and its tests."""

    id: str
    title: str
    score: Fraction
    max_score: Fraction
    """Without bonus tests, whose points come on top."""
    tests: list[TestResult]
    bonus: Bonus = UNSET
    """Its points come on top of the problem set's."""


class NotebookError(msgspec.Struct, kw_only=True):
    """A code cell, counted from 1, that stopped with an error."""

    cell: int
    error: str


class Provenance(msgspec.Struct, kw_only=True):
    """What decided the grade: equal provenance means an equal grade."""

    submission_sha256: str
    pset_sha256: str
    gradmark: str
    python: str
    numpy: str
    seed: str
    """The fingerprint of the secret that the tests' draws follow from."""
    isolation: list[str]


class SubmissionResult(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Everything about one graded submission."""

    submission: str
    pset: str
    student: StudentIdentity | None
    status: Status
    reason: str
    score: Fraction
    max_score: Fraction
    """Without bonus questions, whose points come on top."""
    questions: list[QuestionResult]
    notebook_errors: list[NotebookError]
    provenance: Provenance
    answers: dict[str, str] = {}
    """Markdown of the questions that a person grades; left out of the file where there is none."""


class QuestionBehaviour(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission did in one question that it failed."""

    question: str
    digest: str
    mistake: str | None
    functions: list[str]
    """The question's functions that failed tests called."""
    source: str
    """These functions as the student wrote them."""
    outputs: list[str]

    @property
    def group(self) -> str:
        """The name of the group of those who behave so, as `gradmark mistakes` takes it."""
        return f"{self.question}-{self.digest[:6]}"


class SubmissionBehaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How one submission behaved where it failed, as the gradebook keeps it."""

    submission: str
    pset: str
    questions: list[QuestionBehaviour]
