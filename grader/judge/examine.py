"""The suite run against one submission: a result for every test, and the calls that the tests made."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from msgspec import UNSET

from grader.draws import GRADED
from grader.errors import SandboxError, StudentCrashed, StudentTimeout
from grader.judge.before import judge_as_before, tell_causes_once
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.passable import PassableStudent
from grader.judge.plugin import Ending, SuitePlugin, SuiteTest, following
from grader.judge.remote import RemoteStudent
from grader.judge.verdicts import Omitted, Verdict, counted_on, judge, left_out, of_fault
from grader.points import total
from grader.pset import ProblemSet
from grader.results import QuestionResult, TestResult, Visibility
from grader.sandbox.outside.session import Session
from grader.student import Student

__all__ = ["Examination", "empty_questions", "seconds_left"]

GRACE = 1.0
"""Seconds beyond the submission's clock that each step of judging has: a call in the sandbox is stopped before that."""


def seconds_left(session: Session) -> float:
    """Seconds for the next step of judging."""
    return max(session.remaining(), 0.0) + GRACE


def empty_questions(problem_set: ProblemSet) -> list[QuestionResult]:
    """Every question, without tests or points."""
    return [
        QuestionResult(
            id=question.id,
            title=question.title,
            score=Fraction(0),
            max_score=question.points,
            tests=[],
            bonus=question.bonus or UNSET,
        )
        for question in problem_set.questions
    ]


@dataclass(frozen=True)
class Examination:
    """The suite, and what it takes to run it against one submission."""

    problem_set: ProblemSet
    plugin: SuitePlugin
    reference: Callable[[], Mapping[str, Any]]
    """Gives the functions of the reference solution."""
    omitted: Mapping[str, Omitted]
    """Tests not to run, by their keys, and what each did to a judge that ran it."""
    step: Callable[[str], None]
    """Is told the key of each test before it runs."""
    end_sandbox: Callable[[], None]
    """Ends the sandbox, after a test was stopped in the middle of an exchange with it."""

    def run(self, session: Session) -> tuple[list[QuestionResult], CallLog]:
        """Run every test in the suite's order."""
        questions, log = empty_questions(self.problem_set), CallLog()
        by_id = {question.id: question for question in questions}
        for question, result in self._results(session, self.plugin.tests, log):
            by_id[question].tests.append(result)
        for graded in questions:
            graded.score = total(test.score for test in graded.tests)
        judge_as_before(session, questions, log, self._again)
        log.passed = {
            test.key for question in questions for test in question.tests if test.status == "passed"
        }
        tell_causes_once(questions)
        return questions, log

    def _again(self, session: Session, asked: Collection[str]) -> tuple[dict[str, list[TestResult]], CallLog]:
        """Run the tests of some questions in another run of the notebook."""
        results: dict[str, list[TestResult]] = {question: [] for question in asked}
        log = CallLog()
        tests = [test for test in self.plugin.tests if test.mark.question in results]
        for question, result in self._results(session, tests, log):
            results[question].append(result)
        return results, log

    def _results(
        self, session: Session, tests: list[SuiteTest], log: CallLog
    ) -> Iterator[tuple[str, TestResult]]:
        """The result of each test, with its question."""
        for test, after in following(tests):
            if test.key in self.omitted:
                result = self._result(test, left_out(self.omitted[test.key], session.clock()))
                log.recorder(test.key).lose(self.problem_set.question(test.mark.question).names)
            else:
                self.step(test.key)
                result = self._run_test(test, after, session, log)
            yield test.mark.question, result

    def _run_test(
        self, test: SuiteTest, after: SuiteTest | None, session: Session, log: CallLog
    ) -> TestResult:
        record = log.recorder(test.key)
        try:
            session.check_clock()
            if not session.alive:
                session.load()
        except (StudentTimeout, StudentCrashed) as fault:
            return self._result(test, of_fault(fault, public=test.mark.public))
        started = time.monotonic()
        try:
            ending = self._run_bounded(test, RemoteStudent(session, record), after, session)
        except TooLong:
            # It may have been stopped in the middle of an exchange with the sandbox: start anew.
            session.close()
            self.end_sandbox()
            record.forget()
            return self._result(test, counted_on(session.clock()), time.monotonic() - started)
        if isinstance(ending.error, SandboxError):
            raise ending.error
        ending.forget_frames()

        def passes_with_reference() -> bool:
            try:
                return (
                    self._run_bounded(test, PassableStudent(self.reference()), after, session).error is None
                )
            except TooLong:
                return False

        verdict = judge(
            ending, public=test.mark.public, calls=record.calls, passes_with_reference=passes_with_reference
        )
        return self._result(test, verdict, ending.seconds)

    def _run_bounded(
        self, test: SuiteTest, student: Student, after: SuiteTest | None, session: Session
    ) -> Ending:
        """Run a test within the submission's clock: what it does with a student's number may take for ever.

        Raises:
            TooLong: It was stopped.
        """
        left = seconds_left(session)
        with bounded(left, wall=left):
            return self.plugin.run(test, student, GRADED, after)

    def _result(self, test: SuiteTest, verdict: Verdict, seconds: float = 0.0) -> TestResult:
        points = test.mark.points
        hidden: Visibility = self.problem_set.visibility
        return TestResult(
            name=test.name,
            file=test.file,
            title=test.title,
            score=points if verdict.status == "passed" else Fraction(0),
            max_score=points,
            visibility="visible" if test.mark.public else hidden,
            held=self.problem_set.holds(test.file, test.item.originalname) or UNSET,
            seconds=round(seconds, 6),
            bonus=test.mark.bonus or UNSET,
            **vars(verdict),
        )
