"""The pytest side: fixtures for a hidden suite, and items that can be run again and again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from grader.marks import QuestionMark
from grader.student import Student

__all__ = ["Outcome", "SuitePlugin", "SuiteTest"]


@dataclass(frozen=True)
class SuiteTest:
    """One collected test, or one case of a parametrized one."""

    name: str
    mark: QuestionMark
    item: pytest.Function


@dataclass
class Outcome:
    """How one run of one test ended: ``error`` is None if it passed."""

    error: BaseException | None = None
    seconds: float = 0.0


@dataclass
class _Current:
    """Whom the suite is run against at this moment."""

    student: Student | None = None
    seed: int = 0
    outcome: Outcome = field(default_factory=Outcome)


class SuitePlugin:
    """Collects a suite and hands it to ``serve``, which runs its tests for one student after another."""

    def __init__(self, serve: Callable[[SuitePlugin], None]) -> None:
        self._serve = serve
        self._current = _Current()
        self.problem: str | None = None
        """Why the suite cannot be used."""
        self.tests: list[SuiteTest] = []

    # For whoever runs tests ---------------------------------------------------------------------------------

    def run(self, test: SuiteTest, student: Student, seed: int, following: SuiteTest | None) -> Outcome:
        """Run one test; fixtures wider than it live until the last test of the round."""
        from _pytest.runner import runtestprotocol

        self._current = _Current(student, seed)
        # The test that was to follow the last one may have been left out: tear down what this one does not share.
        test.item.session._setupstate.teardown_exact(test.item)
        runtestprotocol(test.item, log=False, nextitem=following.item if following else None)
        return self._current.outcome

    # Fixtures -----------------------------------------------------------------------------------------------

    @pytest.fixture
    def student(self) -> Student:
        """The submission being judged."""
        assert self._current.student is not None
        return self._current.student

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator of this test's own: the same draws for every submission, unknown to all of them."""
        key = hashlib.sha256(request.node.nodeid.encode()).digest()[:8]
        return np.random.default_rng([self._current.seed, int.from_bytes(key, "big")])

    # Hooks --------------------------------------------------------------------------------------------------

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            lines = [line for line in str(report.longrepr).splitlines() if line.strip()]
            reason = lines[-1].removeprefix("E").strip() if lines else "it cannot be imported"
            self.problem = self.problem or f"{report.nodeid}: {reason}"

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            mark = getattr(getattr(item, "function", None), "__gradmark_question__", None)
            if isinstance(item, pytest.Function) and isinstance(mark, QuestionMark):
                self.tests.append(SuiteTest(item.name, mark, item))
            else:
                self.problem = (
                    self.problem or f'{item.nodeid} belongs to no question; put @question("...") on it'
                )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.problem is None:
            self._serve(self)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        """Keep the exception itself; a formatted traceback is of no use here and takes long to make."""
        error = call.excinfo.value if call.excinfo else None
        outcome = self._current.outcome
        if call.when == "call":
            outcome.seconds = call.duration
        if outcome.error is None:
            outcome.error = error
        return pytest.TestReport(
            nodeid=item.nodeid, location=item.location, keywords={}, outcome="failed" if error else "passed",
            longrepr=None, when=call.when if call.when != "collect" else "call",
        )  # fmt: skip


def following(tests: list[SuiteTest]) -> Iterator[tuple[SuiteTest, SuiteTest | None]]:
    """Each test with the one after it."""
    return zip(tests, [*tests[1:], None], strict=True)
