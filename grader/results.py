"""The result of grading one submission, as ``results/`` holds it, and how the submission behaved where it failed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from grader.errors import Broken, Cause, CellError, LimitHit, Raised
from grader.text import clean_name
from grader.wording import WAITS, cell_name, error_words, message_of

__all__ = [
    "NUMBERS_WORDS",
    "Bonus",
    "Explained",
    "Kind",
    "NamedMistake",
    "NotebookError",
    "OwnNumbers",
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
    "Trust",
    "Visibility",
]

Status = Literal["graded", "failed_to_run", "rejected", "grader_error"]
TestStatus = Literal["passed", "failed", "error", "timeout", "crashed", "missing", "grader_error"]
Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
Trust = Literal["outside", "inside"]


Kind = Literal[
    "passed",
    "wrong",
    "raised",
    "missing",
    "time",
    "memory",
    "crashed",
    "not_run",
    "unusable",
    "uncheckable",
    "ours",
]
"""Why a test ended: it passed; the answer is wrong; the student's code raised an exception; a name is not defined; the
time or memory ran out; the process crashed; the call was not made any more; the test cannot use the answer; the answer
cannot be read; an error on our side."""
Bonus = bool | UnsetType
"""A yes or no, such as whether points come on top of a maximum. Unset means no, and leaves the key out of the file."""

NUMBERS_WORDS = {
    "others": "another student's numbers",
    "changed": "numbers that nobody was given",
    "mark": "another student's notebook",
    "waits": "whose numbers?",
}
"""For staff: what is to be looked at in a submission whose notebook does not have its student's own numbers."""


class StudentIdentity(msgspec.Struct, frozen=True):
    """Who handed in, as far as known; its texts are safe to show on a terminal or a page."""

    id: str = ""
    name: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        for field in ("id", "name", "email"):
            msgspec.structs.force_setattr(self, field, clean_name(getattr(self, field)))


class NamedMistake(msgspec.Struct, kw_only=True, frozen=True):
    """A known mistake that explains what a test saw, alone or together with others."""

    name: str
    says: str
    function: str


class Showing(msgspec.Struct, kw_only=True, frozen=True):
    """Where mistakes show in a test."""

    function: str
    """The function with wrong results."""
    through: list[str] = []
    """The functions it uses that cause this."""
    wrong: int
    calls: int
    objects: bool = False
    """Whether the mistake shows in what the test reads from the function's objects."""


class Explained(msgspec.Struct, kw_only=True, frozen=True):
    """Why a test failed, as far as known mistakes explain it."""

    mistakes: list[NamedMistake]
    shown: list[Showing]


class TestResult(msgspec.Struct, kw_only=True):
    """The outcome of one test."""

    __test__ = False  # pytest would collect it by its name

    name: str
    file: str = ""
    """The suite's file, relative to ``suite/``; file and name together identify a test."""
    title: str = ""
    """The name that people read."""
    status: TestStatus
    kind: Kind = "passed"
    score: Fraction
    max_score: Fraction
    visibility: Visibility
    held: Bonus = UNSET
    """Whether students learn how it ended, and its points, only after their due date, since one can guess."""
    summary: str = ""
    """What the check says, without any of the test's numbers."""
    detail: str = ""
    """The rest of what the check says; only for public tests."""
    raised: Raised | None = None
    limit: LimitHit | None = None
    explanation: Explained | None = None
    symptom: str = ""
    """A property of the results, if no known mistakes explain the failure."""
    said: str = ""
    """What staff tell everyone whose code behaves like this."""
    cause: Cause | None = None
    """The underlying cause, such as a cell that stopped."""
    cause_told: str = ""
    """The earlier question that already explains this cause; empty if it is explained here."""
    broken: Broken | None = None
    """The later cell that broke the question, which is judged as it stood before; set on one of its tests."""
    convention: str = ""
    """Which accepted convention the answers follow, if the test passed."""
    inherited: list[str] | None = None
    """The questions whose wrong functions this failure comes from, if the test's own functions are right given what
    those return; its score is then what pset.yaml's ``inherited`` says."""
    seconds: float = 0.0
    trust: Trust = "outside"
    """Where it was judged: a test that ran inside the student's process could be told anything."""
    bonus: Bonus = UNSET
    """Whether its points come on top of its question's."""

    @property
    def key(self) -> str:
        """Identifies the test within the suite."""
        return f"{self.file}::{self.name}"

    @property
    def own_failure(self) -> bool:
        """Whether it failed for a reason of its own: an inherited failure is that of another question's functions."""
        return self.status != "passed" and not self.inherited

    @property
    def mistake(self) -> str | None:
        """Names of the mistakes that explain the failure."""
        return " + ".join(mistake.name for mistake in self.explanation.mistakes) if self.explanation else None

    @property
    def message(self) -> str:
        """Everything a student reads about the test."""
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
    """A code cell that did not run to its end, and why."""

    cell: int
    """Counted from 1."""

    @property
    def place(self) -> str:
        """Which cell, or which line of a Python file."""
        return f"line {self.line} of your file" if self.script else cell_name(self.cell)

    @property
    def error(self) -> str:
        """Everything a student reads about the error."""
        return error_words(self)


class Provenance(msgspec.Struct, kw_only=True):
    """Everything that decides the grade: equal provenance means an equal grade."""

    submission_sha256: str
    pset_sha256: str
    gradmark: str
    python: str
    numpy: str
    seed: str
    """A fingerprint of the secret from which the tests' random numbers follow."""
    isolation: list[str]
    variant: str | UnsetType = UNSET
    """Tells apart the numbers that submissions were judged by; left out if everybody has the same."""


class OwnNumbers(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """The numbers that a submission was judged by, where everybody has numbers of their own."""

    variant: str
    numbers: dict[str, str]
    """By name, as the handout shows them."""
    found: Literal["own", "others", "changed", "mark"] = "own"
    """What the notebook works with: these; another student's; none that anybody was given; or these, although it was
    made for another student."""
    notice: str = ""
    """A sentence for the student, if these are not what the notebook works with."""


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
    """The written answers as Markdown, by question; left out of the file if there are none."""
    pictures: dict[str, bytes] = {}
    """What the cells of the written answers drew when it was graded, as PNG, by the names in the answers."""
    unfollowed: bool = False
    """Whether time ran out before it was known which failures are inherited, so that none is."""
    own_numbers: OwnNumbers | None = None
    """The numbers that it was judged by; left out where everybody has the same."""

    @property
    def waits(self) -> bool:
        """Whether it is not graded only because nobody knows which numbers its student was given."""
        return self.status == "rejected" and self.reason == WAITS


class QuestionBehaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How one submission behaved in one question that it failed."""

    question: str
    digest: str
    mistake: str | None
    functions: list[str]
    """The question's functions that failed tests called."""
    source: str
    """The student's source of these functions."""
    outputs: list[str]
    answered: bool = True
    """Whether the student has written them; else all that failed is missing or blank."""
    message: str = ""
    """What the first test that failed says, as students read it."""

    @property
    def group(self) -> str:
        """The name of the group of submissions that behave like this, as `gradmark mistakes` takes it."""
        return f"{self.question}-{self.digest[:6]}"


class SubmissionBehaviour(msgspec.Struct, frozen=True, kw_only=True):
    """How one submission behaved where it failed, as the gradebook keeps it."""

    submission: str
    pset: str
    questions: list[QuestionBehaviour]
