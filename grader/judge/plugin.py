"""The pytest plugin: the fixtures of a hidden suite, and tests that can be run again and again."""

from __future__ import annotations

import inspect
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.draws import GRADED, public_generator
from grader.judge.pytest_internals import fixture_count, tear_down
from grader.marks import QuestionMark
from grader.pset import ProblemSet, case_name
from grader.student import Student, copied
from grader.wording import title_of

__all__ = ["Ending", "SuitePlugin", "SuiteTest", "following"]


@dataclass(frozen=True)
class SuiteTest:
    """One collected test, or one case of a parametrized one."""

    name: str
    mark: QuestionMark
    item: pytest.Function
    draws_as: str
    """What its random numbers follow from: a hidden test's place, the name that a public test is exported under."""
    file: str = ""
    """Its file, relative to ``suite/``."""
    title: str = ""
    """What people call it."""
    called: str = ""
    """Its name, with its file where another file has a test of that name."""
    plain: bool = False
    """Whether a plain call does all that pytest would do, since the test needs nothing but what we give it."""

    @property
    def key(self) -> str:
        """Identifies the test within the suite."""
        return f"{self.file}::{self.name}"


@dataclass
class Ending:
    """How one run of one test ended; ``error`` is None if it passed."""

    error: BaseException | None = None
    seconds: float = 0.0

    def forget_frames(self) -> None:
        """Let go of what the test held when it stopped: a submission's answers may be as large as a message can be."""
        if self.error is not None:
            self.error.__traceback__ = None  # first, since it takes no memory and there may be none left
        pending, seen = [self.error], set()
        while pending:
            error = pending.pop()
            if error is not None and id(error) not in seen:
                seen.add(id(error))
                error.__traceback__ = None
                pending += [error.__cause__, error.__context__]
        # Where Python and pytest keep the last exception for a debugger.
        for name in ("last_exc", "last_value", "last_type", "last_traceback"):
            if hasattr(sys, name):
                delattr(sys, name)


@dataclass
class _Current:
    """The student that the suite is run against at the moment, and the test."""

    test: SuiteTest | None = None
    student: Student | None = None
    draw: int = GRADED
    ending: Ending = field(default_factory=Ending)


class SuitePlugin:
    """Collects a suite and hands it to ``serve``, which runs its tests for one student after another."""

    def __init__(self, problem_set: ProblemSet, serve: Callable[[SuitePlugin], None]) -> None:
        self._suite, self._draws = problem_set.suite_dir, problem_set.draws
        self._serve = serve
        self._current = _Current()
        self._problem_set = problem_set
        self._variant: dict[str, Any] | None = None
        self.problem: str | None = None
        """Why the suite cannot be used."""
        self.tests: list[SuiteTest] = []

    # For whoever runs tests ---------------------------------------------------------------------------------

    def run(self, test: SuiteTest, student: Student, draw: int, following: SuiteTest | None) -> Ending:
        """Run one test on one of its draws; fixtures of a wider scope live until the last test of the round."""
        self._current = _Current(test, student, draw)
        session = test.item.session
        if test.plain:
            self._call(test.item)
            if following is None:
                tear_down(session, None)
            return self._current.ending
        # The test that should have followed the last one may have been left out: end what this one does not share.
        tear_down(session, test.item)
        after = following.item if following else None
        try:
            test.item.ihook.pytest_runtest_protocol(item=test.item, nextitem=after)
        except (KeyboardInterrupt, pytest.exit.Exception) as error:
            # pytest would end its session; here it is one more test that went wrong.
            self._current.ending.error = error
            tear_down(session, after)
        return self._current.ending

    def _call(self, item: pytest.Function) -> None:
        """Do what pytest's protocol does for a plain test, without the protocol, which takes longer than most tests."""
        given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        ending = self._current.ending
        wanted: dict[str, Any] = {"student": self._current.student} if "student" in item.fixturenames else {}
        if "rng" in item.fixturenames:
            wanted["rng"] = self._generator()
        if "variant" in item.fixturenames:
            wanted["variant"] = self._numbers()
        started = time.perf_counter()
        try:
            item.obj(**given, **wanted)
        except BaseException as error:
            ending.error = error
        ending.seconds = time.perf_counter() - started

    def use(self, problem_set: ProblemSet) -> None:
        """From now on, run tests with the numbers of this drawing of the problem set."""
        if problem_set is not self._problem_set:
            self._problem_set, self._variant = problem_set, None

    def _numbers(self) -> dict[str, Any]:
        if self._variant is None:
            self._variant = dict(self._problem_set.variant_values)
        return {name: copied(value) for name, value in self._variant.items()}

    def _generator(self) -> np.random.Generator:
        test, draw = self._current.test, self._current.draw
        assert test is not None
        make = public_generator if test.mark.public else self._draws.generator
        return make(test.draws_as, draw)

    # Fixtures -----------------------------------------------------------------------------------------------

    @pytest.fixture
    def student(self) -> Student:
        """The submission being judged."""
        assert self._current.student is not None
        return self._current.student

    @pytest.fixture
    def rng(self) -> np.random.Generator:
        """A generator of the test's own: the same draws for every submission, unpredictable if the test is hidden."""
        return self._generator()

    @pytest.fixture
    def variant(self) -> dict[str, Any]:
        """The numbers, words and data of the student whose work is judged, by the names in pset.yaml."""
        return self._numbers()

    # Hooks --------------------------------------------------------------------------------------------------

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            lines = [line for line in str(report.longrepr).splitlines() if line.strip()]
            reason = lines[-1].removeprefix("E").strip() if lines else "it cannot be imported"
            self.problem = self.problem or f"{report.nodeid}: {reason}"

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        exported = _exported_names(session.items)
        for item in session.items:
            mark = getattr(getattr(item, "function", None), "__gradmark_question__", None)
            if isinstance(item, pytest.Function) and isinstance(mark, QuestionMark):
                draws_as = exported[item] if mark.public else self._place(item)
                file = Path(os.path.relpath(item.path, self._suite)).as_posix()
                title = title_of(item.name, inspect.getdoc(item.function))
                self.tests.append(
                    SuiteTest(item.name, mark, item, draws_as, file, title, plain=_is_plain(item))
                )
            else:
                self.problem = (
                    self.problem or f'{item.nodeid} belongs to no question; put @question("...") on it'
                )
        names = Counter(test.name for test in self.tests)
        self.tests[:] = [
            replace(test, called=test.name if names[test.name] == 1 else test.key) for test in self.tests
        ]

    def _place(self, item: pytest.Function) -> str:
        """A test's file within the suite, its class, name and case: ``"test_loss.py::test_rows[3]"``."""
        return f"{Path(os.path.relpath(item.path, self._suite)).as_posix()}::{item.nodeid.partition('::')[2]}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.problem is None:
            self._serve(self)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        """Keep the exception itself; nobody needs a formatted traceback, and it takes long to make."""
        error = call.excinfo.value if call.excinfo else None
        ending = self._current.ending
        if call.when == "call":
            ending.seconds = call.duration
        if ending.error is None:
            ending.error = error
        return pytest.TestReport(
            nodeid=item.nodeid, location=item.location, keywords={}, outcome="failed" if error else "passed",
            longrepr=None, when=call.when if call.when != "collect" else "call",
        )  # fmt: skip


def _exported_names(items: Sequence[pytest.Item]) -> dict[pytest.Item, str]:
    """The name of each test in a student's hands, where its cases are numbered."""
    cases: dict[tuple[Path, type | None, str], list[pytest.Function]] = defaultdict(list)
    for item in items:
        if isinstance(item, pytest.Function):
            cases[item.path, item.cls, item.originalname].append(item)
    names: dict[pytest.Item, str] = {}
    for of_one in cases.values():
        # pytest may run cases in another order than they are written in.
        of_one.sort(
            key=lambda item: tuple(item.callspec.indices.values()) if hasattr(item, "callspec") else ()
        )
        for number, item in enumerate(of_one, start=1):
            names[item] = case_name(item.originalname, number, len(of_one))
    return names


_CYCLE = ("protocol", "setup", "call", "teardown", "makereport")


def _is_plain(item: pytest.Function) -> bool:
    """Whether a test gets nothing but ours and parameters, and no hook of the course runs around it."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    ours = all(
        (name in parameters) != (name in ("student", "rng", "variant"))
        and fixture_count(name, item) == (name not in parameters)
        for name in item.fixturenames
    )
    hooks = [getattr(item.ihook, f"pytest_runtest_{step}") for step in _CYCLE] + [
        item.ihook.pytest_pyfunc_call
    ]
    marks = {mark.name for mark in item.iter_markers()}
    return (
        ours
        and item.cls is None
        and marks <= {"parametrize"}
        and not inspect.iscoroutinefunction(item.obj)
        and not any(_is_conftest(impl.plugin) for hook in hooks for impl in hook.get_hookimpls())
    )


def _is_conftest(plugin: object) -> bool:
    return isinstance(plugin, ModuleType) and Path(plugin.__file__ or "").name == "conftest.py"


def following(tests: Sequence[SuiteTest]) -> Iterator[tuple[SuiteTest, SuiteTest | None]]:
    """Each test, and the one after it."""
    return zip_longest(tests, tests[1:])
