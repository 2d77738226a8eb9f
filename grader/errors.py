"""Every exception that gradmark raises on purpose.

GradmarkError                 something we say in one sentence, never with a traceback
├── CourseError               a course's own files are wrong: pset.yaml, a suite, a handout
├── SubmissionRejected        a submission that cannot be read: broken notebook, empty zip
├── SandboxError              the sandbox itself failed: ours, never a student's zero
│   └── UnsafeHost            this machine cannot isolate a submission safely
└── WireError                 what came out of the sandbox is not a well-formed message

StudentFault                  a test asked the student's code for something and did not get it
├── StudentError              the student's code raised an exception
├── StudentMissing            the notebook never defined that name
├── StudentTimeout            the call took longer than its limit
│   └── StudentNotRun         earlier calls did, or ended the process, so that this one is not made
└── StudentCrashed            the student's process died

CheckFailed (AssertionError)  the student's code answered, and the answer is wrong
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Broken",
    "Cause",
    "CellError",
    "CheckFailed",
    "CourseError",
    "GradmarkError",
    "LimitHit",
    "Raised",
    "SandboxError",
    "StudentCrashed",
    "StudentError",
    "StudentFault",
    "StudentMissing",
    "StudentNotRun",
    "StudentTimeout",
    "SubmissionRejected",
    "UnsafeHost",
    "WireError",
]


class GradmarkError(Exception):
    """What went wrong and what to do about it, in one sentence."""


class CourseError(GradmarkError):
    """A course's own files are wrong."""


class SubmissionRejected(GradmarkError):
    """A submission cannot be read; the reason is meant for its student."""


class SandboxError(GradmarkError):
    """The sandbox failed through no fault of the submission."""


class UnsafeHost(SandboxError):
    """This machine lacks the layers that safe grading needs."""


class WireError(GradmarkError):
    """A message out of the sandbox is malformed or too large."""


class _Told(Exception):
    """Something a student is told, in full or, for a hidden test, without its numbers.

    ``summary`` names what is wrong and may be shown for a hidden test: it holds no expected value, no input
    of the test, and nothing that the student's code could have composed out of them. ``detail`` holds the rest
    and is shown only where the test is public.
    """

    def __init__(self, summary: str, detail: str = "") -> None:
        super().__init__(summary)
        self.summary = summary
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.summary}\n{self.detail}" if self.detail else self.summary

    def message(self, *, public: bool) -> str:
        """What a student reads, with numbers only where the test is public."""
        return str(self) if public else self.summary


@dataclass(frozen=True)
class Raised:
    """An exception of the student's code."""

    name: str
    """Of its class, if that is a common one; else words for one of the student's own."""
    bases: tuple[str, ...] = ()
    """Of the common classes that it derives from."""
    cell: int = 0
    """The code cell it came from, counted from 1; 0 where that is not known."""
    line: int = 0
    """The line within that cell, from 1; 0 where that is not known."""


@dataclass(frozen=True)
class LimitHit:
    """A limit of `grader.limits.Limits` that the student's code ran into."""

    name: str
    """Such as ``"call_seconds"``."""
    allowed: float
    used: float | None = None
    """Never more than allowed, so that equal submissions have equal results; None where that is not known."""


@dataclass(frozen=True)
class CellError:
    """Why a cell of a notebook did not come to its end: its exception, or a limit, or what else stopped it."""

    exception: str = ""
    """Name of its class, as the notebook's process says."""
    text: str = ""
    """What the exception says."""
    line: int = 0
    """The line within the cell, from 1; 0 where that is not known."""
    limit: LimitHit | None = None
    reason: str = ""
    """What stopped the cell, where it was no exception; as a sentence about it."""
    went_on: bool = False
    """Only the statement that raised the exception was left out, and the cell went on behind it."""


@dataclass(frozen=True)
class Broken:
    """What a cell behind a question's answer changed that the answer needs."""

    cell: int
    """The code cell, counted from 1."""
    change: str
    """A name, a module's attribute, or words for a setting."""
    gone: bool = False
    """It is a name, and the cell deleted it."""


@dataclass(frozen=True)
class Cause:
    """Why a global name is not there, as it was known before any test ran."""

    name: str
    says: str
    """A sentence for the student."""


class StudentFault(_Told):
    """The student's code did not answer; ``raised`` and ``limit`` say why, where that is known.

    ``cause`` is what lies behind it, such as a cell that stopped.
    """

    status = "error"

    def __init__(
        self,
        summary: str,
        detail: str = "",
        *,
        cause: Cause | None = None,
        raised: Raised | None = None,
        limit: LimitHit | None = None,
    ) -> None:
        super().__init__(summary, detail)
        self.cause = cause
        self.raised = raised
        self.limit = limit

    def message(self, *, public: bool) -> str:
        cause = self.cause.says if self.cause else ""
        return "\n".join(filter(None, (cause, self.summary, self.detail if public else "")))

    def __str__(self) -> str:
        return self.message(public=True)

    @property
    def bases(self) -> tuple[str, ...]:
        """The common classes that the student's exception derives from."""
        return self.raised.bases if self.raised else ()


class StudentError(StudentFault):
    """The student's code raised an exception."""

    status = "error"


class StudentMissing(StudentFault):
    """The submission does not define the name a test asked for."""

    status = "missing"


class StudentTimeout(StudentFault):
    """The student's code took longer than its limit."""

    status = "timeout"


class StudentNotRun(StudentTimeout):
    """The function took too long, or ended the process, so often that it is not called any more."""


class StudentCrashed(StudentFault):
    """The student's process died during the call."""

    status = "crashed"


class CheckFailed(_Told, AssertionError):
    """An answer is wrong."""
