"""The functions of a notebook that is being checked, with grading's limits and its words for what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from grader.errors import CellError, LimitHit, StudentError, StudentMissing, StudentNotRun, StudentTimeout
from grader.local.objects import Classes, held, note
from grader.local.watchdog import Watchdog
from grader.notebook.causes import blank_function, cause_of, missing_function
from grader.notebook.given import Given
from grader.notebook.notes import Notes
from grader.operators import bare
from grader.places import as_seen
from grader.raising import error_of
from grader.student import Call, LocalFunction, LocalStudent
from grader.traces import Trace
from grader.wording import no_function, not_tried, raised_error, took_longer

__all__ = ["CheckedStudent"]

MAX_STOPPED = 2
"""Calls of one function that may take too long before it is not called again."""


class CheckedStudent(LocalStudent):
    """The functions of a notebook that ran here.

    Args:
        namespace: Its global variables.
        notes: What running it showed.
        failed: Why cells stopped.
        watchdog: Limits the time of calls.
        given: The problem set's limits.
        calling: Called with a function's name before the function is called.
        stopped: How many calls of each function took too long in earlier processes.
        left: Gives what the cells of a question printed, drew or wrote.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        notes: Notes,
        failed: Mapping[int, CellError],
        watchdog: Watchdog,
        given: Given,
        calling: Callable[[str], None],
        stopped: Counter[str],
        left: Callable[[Trace, str], Any],
    ) -> None:
        super().__init__(namespace)
        self._notes, self._failed = notes, failed
        self._watchdog, self._given = watchdog, given
        self._calling, self._stopped, self._left = calling, stopped, left
        self.classes: Classes = set()
        self.last: Call | None = None
        """The latest call that returned."""

    def _function(self, name: str) -> LocalFunction:
        return _CheckedFunction(name, self)

    def value(self, name: str) -> Any:
        self.asked_for(name)
        return held(super().value(name), name, self.called, self.classes)

    def left(self, trace: Trace, question: str = "") -> Any:
        return self._left(trace, question)

    def called(self, shown: str, call: Callable[[], Any]) -> Any:
        """Make a call within its limits; ``shown`` is what messages call it."""
        if self._stopped[shown] >= MAX_STOPPED:
            raise StudentNotRun(not_tried(shown))
        self._calling(shown)
        try:
            with self._watchdog.limit(self._given.call_seconds):
                return call()
        except KeyboardInterrupt:
            self._stopped[shown] += 1
            hit = LimitHit("call_seconds", self._given.call_seconds, self._given.call_seconds)
            raise StudentTimeout(took_longer(shown, hit), limit=hit) from None
        except StudentError as error:
            raise self._as_in_grading(shown, error) from error
        except (Exception, SystemExit) as error:
            made = error_of(shown, error, self._namespace)
            made.__cause__ = error
            raise self._as_in_grading(shown, made) from error

    def _as_in_grading(self, shown: str, error: StudentError) -> StudentError:
        """The error with what grading adds to it: the file's line, the limit, why a name is missing."""
        error.detail = as_seen(error.detail)
        if error.raised and error.raised.cell and self._notes.firsts:
            line = self._notes.firsts[error.raised.cell - 1] + error.raised.line - 1
            error.raised = replace(error.raised, cell=0, line=line, script=True)
        if error.raised and error.raised.name == "MemoryError":
            error.limit = LimitHit("memory_mb", self._given.memory_mb)
        if error.raised:
            error.summary = raised_error(shown, error.raised, error.limit)
        lacks = error.__cause__
        if isinstance(lacks, NameError) and isinstance(lacks.name, str):
            error.cause = cause_of(lacks.name, self._notes, self._failed)
        return error

    def asked_for(self, name: str) -> None:
        """Raise an error if a function is missing or not written yet."""
        if (blank := blank_function(name, self._notes)) is not None:
            raise blank
        if name not in self._namespace:
            raise missing_function(name, self._notes, self._failed)


class _CheckedFunction(LocalFunction):
    apart = False  # it may read files beside the notebook

    def __init__(self, name: str, student: CheckedStudent) -> None:
        super().__init__(name, student._namespace)
        self._student = student

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        return self._student._stopped[self.name] > 0

    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        student, make = self._student, super().made
        student.asked_for(self.name)
        if not callable(student._namespace[self.name]):
            raise StudentMissing(no_function(self.name))
        note(self._own(), student.classes)
        done: Call = student.called(self.name, lambda: make(trace, bare(arguments), bare(keywords)))
        value = held(done.value, f"{self.name}(...)", student.called, student.classes)
        student.last = replace(done, arguments=arguments, keywords=keywords, value=value)
        return student.last

    def itself(self) -> Any:
        self._student.asked_for(self.name)
        return held(self._own(), self.name, self._student.called, self._student.classes)
