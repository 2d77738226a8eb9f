"""The functions of a notebook that is being checked: with the limits of grading, and its words for what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from grader.errors import CellError, LimitHit, StudentError, StudentNotRun, StudentTimeout
from grader.local.watchdog import Watchdog
from grader.notebook.causes import blank_function, cause_of, missing_function
from grader.notebook.notes import Notes
from grader.student import Call, LocalFunction, LocalStudent
from grader.wording import not_tried, took_longer

__all__ = ["CheckedStudent"]

MAX_STOPPED = 2
"""Calls of one function that may take too long before it is not called any more."""


class CheckedStudent(LocalStudent):
    """The functions of a notebook that ran here.

    Args:
        namespace: Its global variables.
        notes: What running it showed.
        failed: Why cells stopped that did.
        watchdog: Limits their time.
        seconds: For one call.
        calling: Is told a function's name before it is called.
        stopped: Functions of which calls took too long in an earlier process, and how many.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        notes: Notes,
        failed: Mapping[int, CellError],
        watchdog: Watchdog,
        seconds: float,
        calling: Callable[[str], None],
        stopped: Counter[str],
    ) -> None:
        super().__init__(namespace)
        self._notes, self._failed = notes, failed
        self._watchdog, self._seconds = watchdog, seconds
        self._calling = calling
        self._stopped = stopped
        self.last: Call | None = None
        """The call that returned last."""

    def __getattr__(self, name: str) -> LocalFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return _CheckedFunction(name, self)

    def value(self, name: str) -> Any:
        if name not in self._namespace:
            raise missing_function(name, self._notes, self._failed)
        return super().value(name)

    def called(self, name: str, call: Callable[[], Call]) -> Call:
        """What a call of a function gives, made as grading makes it."""
        if self._stopped[name] >= MAX_STOPPED:
            raise StudentNotRun(not_tried(name))
        if (blank := blank_function(name, self._notes)) is not None:
            raise blank
        if name not in self._namespace:
            raise missing_function(name, self._notes, self._failed)
        self._calling(name)
        try:
            with self._watchdog.limit(self._seconds):
                self.last = call()
        except KeyboardInterrupt:
            self._stopped[name] += 1
            hit = LimitHit("call_seconds", self._seconds, self._seconds)
            raise StudentTimeout(took_longer(name, hit), limit=hit) from None
        except StudentError as error:
            lacks = error.__cause__
            if isinstance(lacks, NameError) and isinstance(lacks.name, str):
                error.cause = cause_of(lacks.name, self._notes, self._failed)
            raise
        return self.last


class _CheckedFunction(LocalFunction):
    def __init__(self, name: str, student: CheckedStudent) -> None:
        super().__init__(name, student._namespace)
        self._student = student

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        return self._student._stopped[self.name] > 0

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        make = super().call
        return self._student.called(self.name, lambda: make(*arguments, **keywords))
