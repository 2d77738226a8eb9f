"""Every exception that gradmark raises on purpose.

GradmarkError                 something to say in one sentence, never with a traceback
├── CourseError               a course's own files are wrong: pset.yaml, a suite, a handout
├── SubmissionRejected        a submission that cannot be read: broken notebook, empty zip
├── SandboxError              the sandbox itself failed: an error on our side, never a student's zero
│   └── UnsafeHost            this machine cannot isolate a submission safely
└── WireError                 what came out of the sandbox is not a well-formed message

StudentFault                  a test asked the student's code for something and got no answer
├── StudentError              the student's code raised an exception
├── StudentMissing            the notebook never defined that name
├── StudentTimeout            the call took longer than its limit
│   └── StudentNotRun         earlier calls did, or ended the process, so this one was not made
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


class _ForStudents(Exception):
    """Something to tell a student, in full or, for a hidden test, without its numbers.

    ``summary`` says what is wrong and may be shown for a hidden test: it holds no expected value, no input
    of the test, and nothing that the student's code could have made from them. ``detail`` holds the rest
    and is shown only if the test is public.
    """

    def __init__(self, summary: str, detail: str = "") -> None:
        super().__init__(summary)
        self.summary = summary
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.summary}\n{self.detail}" if self.detail else self.summary

    def message(self, *, public: bool) -> str:
        """What a student reads, with numbers only if the test is public."""
        return str(self) if public else self.summary


@dataclass(frozen=True)
class Raised:
    """An exception of the student's code."""

    name: str
    """The name of its class if that is a common one; otherwise words for a class of the student's own."""
    bases: tuple[str, ...] = ()
    """The names of the common classes that it derives from."""
    cell: int = 0
    """The code cell it came from, counted from 1; 0 if unknown."""
    line: int = 0
    """The line within that cell, from 1; 0 if unknown."""
    script: bool = False
    """Whether the code is a Python file, which has no cells; the line is then the file's."""


@dataclass(frozen=True)
class LimitHit:
    """A limit of `grader.limits.Limits` that the student's code ran into."""

    name: str
    """Such as ``"call_seconds"``."""
    allowed: float
    used: float | None = None
    """Never more than allowed, so that equal submissions have equal results; None if unknown."""


@dataclass(frozen=True)
class CellError:
    """Why a cell of a notebook did not run to its end: an exception, a limit, or something else."""

    exception: str = ""
    """The name of the exception's class, as the notebook's process reports it."""
    text: str = ""
    """What the exception says."""
    line: int = 0
    """The line within the cell, from 1; 0 if unknown."""
    limit: LimitHit | None = None
    reason: str = ""
    """What stopped the cell if it was no exception, as a sentence about the cell."""
    went_on: bool = False
    """Whether only the statement that raised the exception was skipped, and the rest of the cell ran."""
    script: bool = False
    """Whether this is a statement of a Python file; the line is then the file's."""


@dataclass(frozen=True)
class Broken:
    """Something that a question's answer needs and that a later cell changed."""

    cell: int
    """The code cell, counted from 1."""
    change: str
    """A name, a module's attribute, or words for a setting."""
    gone: bool = False
    """Whether it is a name that the cell deleted."""
    line: int = 0
    """In a Python file, which has no cells, the first line of the statement."""


@dataclass(frozen=True)
class Cause:
    """Why a global name is not defined, found out before any test ran."""

    name: str
    says: str
    """A sentence for the student."""


class StudentFault(_ForStudents):
    """The student's code did not answer; ``raised`` and ``limit`` say why, if that is known.

    ``cause`` is what is behind it, such as a cell that stopped.
    """

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


class StudentMissing(StudentFault):
    """The submission does not define the name a test asked for."""


class StudentTimeout(StudentFault):
    """The student's code took longer than its limit."""


class StudentNotRun(StudentTimeout):
    """The function took too long or ended the process so often that it is no longer called."""


class StudentCrashed(StudentFault):
    """The student's process died during the call."""


class CheckFailed(_ForStudents, AssertionError):
    """An answer is wrong."""
