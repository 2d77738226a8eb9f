"""The judge that attacks and fuzzing are tried on: in this process, where what it takes is seen; on chosen tests."""

from __future__ import annotations

from collections.abc import Sequence

from grader.judge import Judge
from grader.judge.plugin import SuiteTest
from grader.judge.runner import SuiteRunner
from grader.pset import ProblemSet

__all__ = ["Chooser", "Judge"]

SOME = (0, 1, 2, 6)
"""Questions, by their place, that an attack on none in particular is judged by."""


class Chooser:
    """Chooses the tests that a judge puts to the next submission.

    For most attacks a part of the suite shows what the whole of it would, and takes a fraction of the time.
    """

    def __init__(self, judge: Judge, problem_set: ProblemSet) -> None:
        self._judge, self._problem_set = judge, problem_set
        self._all = list(self._suite().tests)

    @property
    def tests(self) -> list[SuiteTest]:
        """All tests of the suite."""
        return self._all

    def __call__(self, names: Sequence[str] = ()) -> None:
        """All tests of the questions on these functions, or ``all``; if none, one public and one hidden of `SOME`."""
        suite = self._suite()
        suite.tests[:] = self._wanted(names)

    def _suite(self) -> SuiteRunner:
        """The open suite; one that was ended, as when a submission's time is up, is collected anew, whole."""
        if self._judge._suite is None:
            self._judge._suite = SuiteRunner(self._problem_set)
            self._all = list(self._judge._suite.tests)
        return self._judge._suite

    def _wanted(self, names: Sequence[str]) -> list[SuiteTest]:
        if "all" in names:
            return self._all
        if names:
            questions = [q.id for q in self._problem_set.questions if set(names) & set(q.names)]
            if not questions:
                raise ValueError(f"no question of {self._problem_set.name} is about {', '.join(names)}")
            return [test for test in self._all if test.mark.question in questions]
        asked = self._problem_set.questions
        some = [asked[place].id for place in SOME if place < len(asked)]
        found: dict[tuple[str, bool], SuiteTest] = {}
        for test in self._all:
            if test.mark.question in some:
                found.setdefault((test.mark.question, test.mark.public), test)
        return list(found.values())
