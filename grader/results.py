"""The result of grading one submission: the content of ``results/``, and how it behaved where it failed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from grader.errors import Broken, Cause, CellError, LimitHit, Raised
from grader.text import clean_name
from grader.wording import cell_name, error_words, message_of

__all__ = [
    "Bonus",
    "Explained",
    "Kind",
    "NamedMistake",
    "NotebookError",
    "Provenance",
    "QuestionBehaviour",
    "QuestionResult",
    "Showing",
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
Kind = Literal[
    "passed", "wrong", "raised", "missing", "time", "memory", "crashed", "not_run", "unusable", "uncheckable", "ours"
]  # fmt: skip
"""What ended a test: all is well, a wrong answer, the student's exception, a name that is not defined, a time or memory
limit, the end of the process, an earlier test, an answer that the test cannot use, one that cannot be read, an error on
our side."""
Bonus = bool | UnsetType
"""Whether points come on top of a maximum; unset means no, and is not in the file."""


class StudentIdentity(msgspec.Struct, frozen=True):
    """Who handed in, as far as known; safe to show in a terminal or on a page."""

    id: str = ""
    name: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        for field in ("id", "name", "email"):
            msgspec.structs.force_setattr(self, field, clean_name(getattr(self, field)))


class NamedMistake(msgspec.Struct, kw_only=True, frozen=True):
    """A known mistake that, perhaps together with others, gives what a test saw."""

    name: str
    says: str
    function: str


class Showing(msgspec.Struct, kw_only=True, frozen=True):
    """Where mistakes show in a test."""

    function: str
    """The function whose results are wrong."""
    through: list[str] = []
    """Functions that it uses and that make them wrong."""
    wrong: int
    calls: int
    objects: bool = False
    """Whether they show in what the test reads from the function's objects."""


class Explained(msgspec.Struct, kw_only=True, frozen=True):
    """Why a test failed, as far as known mistakes tell."""

    mistakes: list[NamedMistake]
    shown: list[Showing]


class TestResult(msgspec.Struct, kw_only=True):
    """The outcome of one test."""

    __test__ = False  # not a test class, whatever pytest thinks of its name

    name: str
    file: str = ""
    """Its file, relative to ``suite/``."""
    title: str = ""
    """What people call it."""
    status: TestStatus
    kind: Kind = "passed"
    score: Fraction
    max_score: Fraction
    visibility: Visibility
    summary: str = ""
    """What the check says, without any number of the test."""
    detail: str = ""
    """The rest of what the check says; empty unless the test is public."""
    raised: Raised | None = None
    limit: LimitHit | None = None
    explanation: Explained | None = None
    said: str = ""
    """What staff say to everyone whose answer behaves like this."""
    cause: Cause | None = None
    """What is behind it, such as a cell that stopped."""
    cause_told: str = ""
    """The earlier question that explains this cause, if there is one."""
    broken: Broken | None = None
    """Set in one test of a question that was judged on the notebook as it was before a later cell broke it."""
    convention: str = ""
    """The accepted convention that a passed test shows."""
    seconds: float = 0.0
    bonus: Bonus = UNSET
    """Whether its points come on top of its question's."""

    @property
    def key(self) -> str:
        """Identifies the test within the suite."""
        return f"{self.file}::{self.name}"

    @property
    def mistake(self) -> str | None:
        """The names of the mistakes that explain it."""
        return " + ".join(mistake.name for mistake in self.explanation.mistakes) if self.explanation else None

    @property
    def message(self) -> str:
        """All that a student reads about it."""
        return message_of(self)


class QuestionResult(msgspec.Struct, kw_only=True):
    """A question's score and its tests."""

    id: str
    title: str
    score: Fraction
    max_score: Fraction
    """Without bonus tests, whose points come on top."""
    tests: list[TestResult]
    bonus: Bonus = UNSET
    """Whether its points come on top of the problem set's."""


@dataclass(frozen=True, kw_only=True)
class NotebookError(CellError):
    """A cell that did not run to its end, and why."""

    cell: int
    """The code cell, counted from 1."""

    @property
    def place(self) -> str:
        """Which cell, or which line of a Python file, that is."""
        return f"line {self.line} of your file" if self.script else cell_name(self.cell)

    @property
    def error(self) -> str:
        """All that a student reads about it."""
        return error_words(self)


class Provenance(msgspec.Struct, kw_only=True):
    """What a grade depends on: equal provenance means an equal grade."""

    submission_sha256: str
    pset_sha256: str
    gradmark: str
    python: str
    numpy: str
    seed: str
    """The fingerprint of the secret from which the tests' random numbers follow."""
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
    """Markdown of the answers that a person grades; not in the file if there are none."""


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
        """The name of the group of all who behave like this, as `gradmark mistakes` takes it."""
        return f"{self.question}-{self.digest[:6]}"


class SubmissionBehaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How one submission behaved where it failed, as the gradebook keeps it."""

    submission: str
    pset: str
    questions: list[QuestionBehaviour]
