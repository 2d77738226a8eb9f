"""A pytest session that stays open: it collects a suite once and runs it against any number of submissions.

pytest has its own main loop, so the session runs in a thread of its own and takes its work from a queue.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

import pytest

from grader.errors import CourseError, GradmarkError
from grader.judge.plugin import SuitePlugin, SuiteTest
from grader.points import total
from grader.pset import ProblemSet, course_imports

__all__ = ["SuiteRunner"]

Result = TypeVar("Result")
Job = tuple[Callable[[SuitePlugin], Any], Future[Any]]
# Plugins that are of no use here; each takes time in every test.
_SWITCHED_OFF = (
    "cacheprovider", "terminal", "capture", "logging", "faulthandler", "unraisableexception", "threadexception",
    "doctest", "junitxml", "pastebin", "setuponly", "setupplan", "stepwise", "debugging", "warnings", "recwarn",
)  # fmt: skip
_MEANT_FOR_OTHERS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")


class SuiteRunner:
    """The open session of one problem set's suite.

    Raises:
        CourseError: The suite cannot be collected.
    """

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._started: Future[list[SuiteTest]] = Future()
        self._thread = threading.Thread(target=self._run, name=f"suite {problem_set.name}", daemon=True)
        self._thread.start()
        self.tests = self._started.result()

    def submit(self, job: Callable[[SuitePlugin], Result]) -> Result:
        """Run ``job`` in the session's thread, with the plugin that runs tests, and wait for its result."""
        future: Future[Result] = Future()
        self._jobs.put((job, future))
        return future.result()

    def close(self) -> None:
        """End the session."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        plugin = SuitePlugin(self._problem_set, self._serve)
        arguments = [
            str(self._problem_set.suite_dir), "--rootdir", str(self._problem_set.course), "-c", os.devnull,
            "--import-mode=importlib", "--assert=plain", "--disable-plugin-autoload",
            *(part for name in _SWITCHED_OFF for part in ("-p", f"no:{name}")),
        ]  # fmt: skip
        # What users tell their own pytest is not meant for this one.
        meant = {name: os.environ.pop(name) for name in _MEANT_FOR_OTHERS if name in os.environ}
        try:
            with course_imports(self._problem_set.course):
                self._forget_earlier_suites()
                code = pytest.main(arguments, plugins=[plugin])
            if not self._started.done():
                reason = plugin.problem or f"pytest ended with {code!r}"
                raise CourseError(f"the suite of {self._problem_set.name} cannot be collected: {reason}")
        except GradmarkError as error:
            self._started.set_exception(error)
        except BaseException as error:
            if not self._started.done():
                problem = CourseError(f"the suite of {self._problem_set.name} cannot be collected: {error}")
                self._started.set_exception(problem)
        finally:
            os.environ.update(meant)

    def _points_that_differ(self, tests: list[SuiteTest]) -> Iterator[str]:
        """What is wrong with questions whose points are known only now, and are not those of pset.yaml."""
        uncounted = {test.question for test in self._problem_set.tests if test.cases is None}
        for question in self._problem_set.questions:
            marks = [test.mark for test in tests if test.mark.question == question.id and not test.mark.bonus]
            if question.id in uncounted and (
                problem := question.unlike(total(mark.points for mark in marks))
            ):
                yield problem

    def _forget_earlier_suites(self) -> None:
        """Unload test modules of other courses: pytest names them by their path within the course."""
        folder = ".".join(self._problem_set.suite_dir.relative_to(self._problem_set.course).parts)
        for name in [name for name in sys.modules if name == folder or name.startswith(f"{folder}.")]:
            del sys.modules[name]

    def _serve(self, plugin: SuitePlugin) -> None:
        if problems := list(self._points_that_differ(plugin.tests)):
            plugin.problem = problems[0]
            return
        self._started.set_result(plugin.tests)
        while (work := self._jobs.get()) is not None:
            job, future = work
            try:
                future.set_result(job(plugin))
            except Exception as error:
                future.set_exception(error)
            except BaseException as error:
                # A fixture that ends the program must end its own session only.
                future.set_exception(CourseError(f"the suite stopped with {type(error).__name__}: {error}"))
