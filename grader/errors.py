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
└── StudentCrashed            the student's process died

CheckFailed (AssertionError)  the student's code answered, and the answer is wrong
"""

from __future__ import annotations

__all__ = [
    "CheckFailed",
    "CourseError",
    "GradmarkError",
    "SandboxError",
    "StudentCrashed",
    "StudentError",
    "StudentFault",
    "StudentMissing",
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


class StudentFault(_Told):
    """The student's code did not answer."""

    status = "error"


class StudentError(StudentFault):
    """The student's code raised an exception.

    ``bases`` names the classes of Python and numpy that the exception's own class derives from.
    """

    status = "error"

    def __init__(self, summary: str, detail: str = "", *, bases: tuple[str, ...] = ()) -> None:
        super().__init__(summary, detail)
        self.bases = bases


class StudentMissing(StudentFault):
    """The submission does not define the name a test asked for."""

    status = "missing"


class StudentTimeout(StudentFault):
    """The student's code took longer than its limit."""

    status = "timeout"


class StudentCrashed(StudentFault):
    """The student's process died during the call."""

    status = "crashed"


class CheckFailed(_Told, AssertionError):
    """An answer is wrong."""
