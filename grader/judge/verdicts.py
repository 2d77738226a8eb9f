"""From the exception that ended a test to the verdict in a result, as data."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.actions import in_words
from grader.errors import (
    Cause,
    CheckFailed,
    CourseError,
    GradmarkError,
    LimitHit,
    Raised,
    StudentCrashed,
    StudentFault,
    StudentMissing,
    StudentNotRun,
    StudentTimeout,
)
from grader.judge.objects import ITSELF
from grader.judge.plugin import Ending
from grader.kinds import Held
from grader.results import Kind, TestStatus
from grader.student import Call
from grader.wording import BROKE, MAX_MESSAGE, TOO_MUCH, unusable, went_on

__all__ = ["Omitted", "Verdict", "counted_on", "judge", "left_out", "of_fault", "what_it_says"]


Omitted = Literal["time", "memory", "crashed"]
"""Why a step is left out: what it did to a judge that took it."""


@dataclass(frozen=True)
class Verdict:
    """The outcome of a test; `grader.results.TestResult` has the same fields."""

    status: TestStatus
    kind: Kind
    summary: str = ""
    detail: str = ""
    cause: Cause | None = None
    raised: Raised | None = None
    limit: LimitHit | None = None


PASSED = Verdict("passed", "passed")


def judge(
    ending: Ending, *, public: bool, calls: list[Call], passes_with_reference: Callable[[], bool]
) -> Verdict:
    """The verdict on a test.

    Args:
        ending: How it ended.
        public: Whether numbers and the text of the student's own exception may be shown.
        calls: The student's calls, in order.
        passes_with_reference: Runs the test on the reference solution; called if the test itself raised an exception,
            or passed what cannot be passed. If the reference passes, the reason is what the student's code returned.
    """
    error = ending.error
    if error is None:
        return PASSED
    if isinstance(error, StudentFault):
        return of_fault(error, public=public)
    if isinstance(error, CheckFailed):
        detail = error.detail if public else ""
        return Verdict("failed", "wrong", error.summary[:MAX_MESSAGE], detail[:MAX_MESSAGE])
    if isinstance(error, AssertionError) and public and (said := _text(error)):
        return Verdict("failed", "wrong", said[:MAX_MESSAGE])
    if isinstance(error, GradmarkError) and not isinstance(error, CourseError):
        return Verdict("grader_error", "ours", str(error))
    if passes_with_reference():
        if isinstance(error, MemoryError):
            return Verdict("failed", "memory", TOO_MUCH)
        last = next((call for call in reversed(calls) if call.on not in _GIVE_NOTHING), None)
        nothing = last is not None and last.value is None and last.error is None
        words = unusable(_shown(last) if last else "", nothing)
        return Verdict("failed", "unusable", words)
    if isinstance(error, GradmarkError):
        return Verdict("grader_error", "ours", str(error))
    return Verdict(
        "grader_error", "ours", f"the test itself stopped with {type(error).__name__}, an error on our side"
    )


_GIVE_NOTHING = {
    "setitem",
    "delitem",
    "setattr",
    "delattr",
    "leave",
    "iter",
    "next",
    "len",
    "contains",
    ITSELF,
}
"""What is done to objects without a value that a test could go on with."""


def _shown(call: Call) -> str:
    """What messages call it: a function, or what was done with an object."""
    if not call.on:
        return call.function
    origin = (
        call.arguments[0]._origin if call.arguments and isinstance(call.arguments[0], Held) else call.function
    )
    if call.on == "()":
        return f"{origin}(...)"
    return f"{origin}{call.on}" if call.on.startswith(".") else in_words(call.on, origin)


def _text(error: AssertionError) -> str:
    """What an ``assert`` says; nothing if that is an object of the submission, which may not tell."""
    try:
        return str(error)
    except StudentFault:
        return ""


def of_fault(fault: StudentFault, *, public: bool) -> Verdict:
    """The verdict if the student's code did not answer."""
    detail = fault.detail[:MAX_MESSAGE] if public else ""
    status, kind = _kind(fault)
    return Verdict(status, kind, fault.summary[:MAX_MESSAGE], detail, fault.cause, fault.raised, fault.limit)


def _kind(fault: StudentFault) -> tuple[TestStatus, Kind]:
    if isinstance(fault, StudentMissing):
        return "missing", "missing"
    if isinstance(fault, StudentNotRun):
        return "timeout", "not_run"
    if isinstance(fault, StudentTimeout):
        return "timeout", "time"
    memory = fault.limit is not None and fault.limit.name == "memory_mb"
    if isinstance(fault, StudentCrashed):
        return "crashed", "memory" if memory else "crashed"
    if memory:
        return "error", "memory"
    return "error", "raised" if fault.raised else "uncheckable"


def left_out(why: Omitted, limit: LimitHit) -> Verdict:
    """The verdict on a test that is not run again, because with this submission it brings every judge down."""
    match why:
        case "time":
            return counted_on(limit)
        case "memory":
            return Verdict("failed", "memory", TOO_MUCH)
        case "crashed":
            return Verdict("failed", "unusable", BROKE)


def counted_on(limit: LimitHit) -> Verdict:
    """The verdict on a test that was still working with the student's values when the submission's time was over."""
    return Verdict("timeout", "time", went_on(limit), limit=limit)


def what_it_says(error: BaseException) -> str:
    """What an exception says, and where it was raised: for staff."""
    if isinstance(error, GradmarkError):
        return str(error)
    said = traceback.format_exception_only(error)[-1].strip()  # works even if its ``__str__`` fails
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said} ({Path(place.filename).name}, line {place.lineno})"
