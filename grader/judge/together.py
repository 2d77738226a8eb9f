"""Several runs of the course's own code side by side, so that what they ask can be asked in one message.

Only one of them runs at a time, each until it asks something, always in the same order. So what is asked, and in which
order, does not depend on how fast the machine is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

__all__ = ["Together", "side_by_side"]

Result = TypeVar("Result")
AT_ONCE = 32
MOMENT = 0.001
"""Seconds that a run which is to end is given, before it is told so again because it asked once more."""


class _Left(BaseException):
    """Ends a run that nobody waits for any more."""


class Together:
    """Tells the runs that go on side by side apart, for whatever answers their questions."""

    def __init__(self) -> None:
        self._runs: dict[int, _Run[Any]] = {}

    def asks(self, question: Any) -> Any:
        """The answer to a question of one of the runs; raises what the answer is if that is an exception."""
        return self._runs[threading.get_ident()].wait(question)

    @property
    def here(self) -> bool:
        """Whether this is one of the runs."""
        return threading.get_ident() in self._runs

    def add(self, run: _Run[Any]) -> None:
        self._runs[threading.get_ident()] = run

    def remove(self) -> None:
        self._runs.pop(threading.get_ident(), None)


class _Run(Generic[Result]):
    """One of them, in a thread of its own."""

    def __init__(self, task: Callable[[], Result], together: Together) -> None:
        self._task, self._together = task, together
        self._go, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._answer: Any = None
        self.question: Any = None
        self.done = False
        self.result: Result | BaseException
        self._thread = threading.Thread(target=self._run, daemon=True, name="following")

    def start(self) -> None:
        """Let it run until it asks its first question, or is done."""
        self._thread.start()
        self.go_on()

    def go_on(self, answer: Any = None) -> None:
        """Let it run until it asks the next question, or is done."""
        self._answer = answer
        self._go.release()
        self._back.acquire()

    def end(self) -> None:
        """Wait for its thread to be gone. This can be said again, whenever it was interrupted."""
        self._answer = _Left()
        while not self.ended:
            self._go.release()  # as often as it asks
            time.sleep(MOMENT)

    @property
    def ended(self) -> bool:
        """Whether it has no thread, yet or any more.

        A thread's own ``join`` and ``is_alive`` do not tell: where an exception from outside interrupts them, Python
        3.11 takes the thread for stopped while it runs.
        """
        return self._thread not in threading.enumerate()

    def wait(self, question: Any) -> Any:
        """Ask, in its own thread."""
        self.question = question
        self._back.release()
        self._go.acquire()
        if isinstance(self._answer, BaseException):
            raise self._answer
        return self._answer

    def _run(self) -> None:
        self._go.acquire()
        self._together.add(self)
        try:
            if isinstance(self._answer, BaseException):
                raise self._answer
            with np.errstate(all="ignore"):
                self.result = self._task()
        except BaseException as error:
            self.result = error
        finally:
            self._together.remove()
            self.done = True
            self._back.release()


def side_by_side(
    tasks: Sequence[Callable[[], Result]],
    together: Together,
    answer: Callable[[list[Any]], list[Any]],
) -> list[Result | BaseException]:
    """Run tasks, of which each may ask questions by ``together.asks``; the results, or what each raised.

    Args:
        tasks: What to run.
        together: What the tasks ask.
        answer: Answers several questions, one from each task that has one; an answer may be an exception.
    """
    results: list[Result | BaseException] = []
    for start in range(0, len(tasks), AT_ONCE):
        runs = [_Run(task, together) for task in tasks[start : start + AT_ONCE]]
        try:
            for run in runs:
                run.start()
            while asking := [run for run in runs if not run.done]:
                for run, given in zip(asking, answer([run.question for run in asking]), strict=True):
                    run.go_on(given)
        finally:
            _end(runs)
        results += [run.result for run in runs]
    return results


def _end(runs: Sequence[_Run[Any]]) -> None:
    """End all of them, and only then raise what arrived meanwhile: a time limit strikes again and again."""
    arrived: BaseException | None = None
    while True:
        try:
            for run in runs:
                run.end()
            break
        except BaseException as exception:
            arrived = exception
    if arrived is not None:
        raise arrived
