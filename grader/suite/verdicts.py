"""From the exception that ended a test to its status and the sentence a student reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from grader.errors import CheckFailed, GradmarkError, StudentFault
from grader.results import TestStatus
from grader.student import Call
from grader.suite.plugin import Outcome

__all__ = ["MAX_MESSAGE", "judge"]

MAX_MESSAGE = 2_000


def judge(
    outcome: Outcome, *, public: bool, calls: list[Call], passes_with_reference: Callable[[], bool]
) -> tuple[TestStatus, str]:
    """Status and message of a test.

    Args:
        outcome: How it ended.
        public: Whether numbers and the student's own exception may be shown.
        calls: The student's calls, in order.
        passes_with_reference: Runs the test on the reference solution. Asked when a test stopped with an
            exception of ours: if the reference passes, what the student returned was at fault.
    """
    error = outcome.error
    if error is None:
        return "passed", ""
    if isinstance(error, StudentFault):
        return cast(TestStatus, error.status), error.message(public=public)[:MAX_MESSAGE]
    if isinstance(error, CheckFailed):
        return "failed", error.message(public=public)[:MAX_MESSAGE]
    if isinstance(error, AssertionError) and str(error) and public:
        return "failed", str(error)[:MAX_MESSAGE]
    if isinstance(error, GradmarkError):
        return "grader_error", str(error)
    if passes_with_reference():
        return "failed", _unusable(calls)
    return (
        "grader_error",
        f"the test itself stopped with {type(error).__name__}; this is not the student's fault",
    )


def _unusable(calls: list[Call]) -> str:
    calls = [call for call in calls if not call.on]
    if not calls:
        return "your code does not do what the test needs"
    last = calls[-1]
    gave = "returned None" if last.value is None else "returned something that does not fit"
    return f"`{last.function}` {gave}, so the test could not go on"
