"""One submission graded: run it, put the suite to it, add up the points."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from msgspec import UNSET

from grader.draws import GRADED
from grader.errors import (
    GradmarkError,
    SandboxError,
    StudentCrashed,
    StudentFault,
    StudentTimeout,
    SubmissionRejected,
)
from grader.judge.before import judge_as_before, tell_causes_once
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.diary import Diary
from grader.judge.plugin import Ending, SuitePlugin, SuiteTest, following
from grader.judge.remote import RemoteStudent
from grader.judge.runner import SuiteRunner
from grader.judge.telling import Teller
from grader.judge.verdicts import (
    Omitted,
    Verdict,
    counted_on,
    judge,
    left_out,
    of_fault,
    what_it_says,
)
from grader.judge.written import written_questions
from grader.points import total
from grader.pset import ProblemSet, is_installed
from grader.pset.namespace import solution_namespace
from grader.results import (
    NotebookError,
    Provenance,
    QuestionResult,
    Status,
    SubmissionBehaviour,
    SubmissionResult,
    TestResult,
    Visibility,
)
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session
from grader.student import LocalStudent, Student
from grader.submission import Submission
from grader.version import version
from grader.wording import BROKE

__all__ = ["Judge"]

RUNNING = "the notebook is run"
GRACE = 1.0
"""Seconds beyond the submission's clock that each step of judging has: a call in the sandbox is stopped before that."""


class Judge:
    """A suite collected once and a sandbox started once, for any number of submissions, in this very process.

    Args:
        problem_set: What is asked.
        sandbox: Where submissions run; made for the problem set where not given.
        unsafe: Accept a machine that cannot isolate safely.
        diary: Where to note what is being done, for whoever watches.

    Raises:
        UnsafeHost: The machine lacks the layers that safe grading needs.
        CourseError: The course's own files are wrong.
    """

    def __init__(
        self,
        problem_set: ProblemSet,
        *,
        sandbox: Sandbox | None = None,
        unsafe: bool = False,
        diary: Diary | None = None,
    ) -> None:
        self._diary = diary
        self.problem_set = problem_set
        self.sandbox = sandbox or Sandbox(**problem_set.sandbox_needs(), unsafe=unsafe)
        self._suite: SuiteRunner | None = SuiteRunner(problem_set)
        self._reference: dict[str, Any] | None = None
        self._teller = Teller(problem_set)
        self._written = written_questions(problem_set)
        self.behaviour: SubmissionBehaviour | None = None
        """How the submission graded last behaved where it failed; None where it did not fail or did not run."""
        self._problems: list[str] = []

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and the suite's session; to grade once more starts both again."""
        self.sandbox.close()
        self._end_suite()

    @property
    def problems(self) -> list[str]:
        """What staff should know beside the last result: modules that fail to import, an explanation that failed."""
        failing = (
            f"{module} is to be preloaded, but cannot be imported: {reason}"
            for module, reason in self.sandbox.problems.items()
            if is_installed(module)
        )
        return [*failing, *self._problems]

    def grade(
        self, submission: Submission, *, omitted: Mapping[str, Omitted] | None = None, again: bool = True
    ) -> SubmissionResult:
        """Grade one submission; whatever goes wrong is in the result.

        Where the sandbox itself fails, as when its template is killed, everything is done once more.

        Args:
            submission: What to grade.
            omitted: Steps not to take, a test by its key, each with what it did to a judge that took it.
            again: Whether to do so.

        Raises:
            MemoryError: There was not enough of it, outside of any test.
        """
        omitted = omitted or {}
        name, seed = self.problem_set.name, self.problem_set.draws.notebook_seed
        asked = [(question.id, question.functions) for question in self.problem_set.questions]
        session = Session(self.sandbox, submission.files, name, seed, written=self._written, asked=asked)
        self._begin(session)
        status: Status = "graded"
        self.behaviour, self._problems = None, []
        reason, questions = "", self._empty_questions()
        try:
            with session:
                questions = self._judge(submission, session, omitted)
        except SubmissionRejected as rejection:
            status, reason = "rejected", str(rejection)
        except StudentFault as fault:
            status, reason = "failed_to_run", str(fault)
        except SandboxError as error:
            if again:
                return self.grade(submission, omitted=omitted, again=False)
            status, reason = "grader_error", str(error)
        except MemoryError:
            raise
        except Exception as error:
            # What went wrong may have left fixtures half set up, or a word with the sandbox half said.
            with contextlib.suppress(Exception):
                self.close()
            status, reason = "grader_error", f"grading stopped: {what_it_says(error)}"
        broken = [
            test.key for question in questions for test in question.tests if test.status == "grader_error"
        ]
        if broken:
            status, reason = "grader_error", f"a test of ours failed by itself: {', '.join(broken)}"
        failed = sorted(session.report.failed.items())
        errors = [NotebookError(cell=cell + 1, **vars(error)) for cell, error in failed]
        return self._submission_result(submission, status, reason, questions, errors, session.answers)

    def passes_with_reference(self, test: str) -> bool:
        """Whether a test, by its key, passes with the reference solution in time."""
        suite = self._open_suite()
        one = next(one for one in suite.tests if one.key == test)
        seconds = self.problem_set.limits.submission_seconds
        if self._diary:
            self._diary.begin(time.monotonic() + seconds, self._most_bytes)
            self._diary.step(test)

        def passes(plugin: SuitePlugin) -> bool:
            with bounded(seconds, wall=seconds):
                return plugin.run(one, LocalStudent(self.reference), GRADED, None).error is None

        try:
            return suite.submit(passes)
        except (TooLong, GradmarkError):  # a test that ends the session
            self._end_suite()
            return False

    def refuse(self, submission: Submission, status: Status, reason: str) -> SubmissionResult:
        """The result of a submission that was not run."""
        return self._submission_result(submission, status, reason, self._empty_questions(), [], {})

    def get_ready(self) -> None:
        """Do now, beside the sandbox that is starting, what the first submission would wait for.

        What is wrong with the course is told by what needs it.
        """
        with contextlib.suppress(Exception):
            _ = version(), self.reference, self._teller.knows_conventions

    # The suite ----------------------------------------------------------------------------------------------

    def _begin(self, session: Session) -> None:
        if self._diary:
            self._diary.begin(time.monotonic() + session.remaining(), self._most_bytes)

    @property
    def _most_bytes(self) -> int:
        return self.problem_set.limits.judge_mb << 20

    def _step(self, name: str) -> None:
        if self._diary:
            self._diary.step(name)

    def _judge(
        self, submission: Submission, session: Session, omitted: Mapping[str, Omitted]
    ) -> list[QuestionResult]:
        """Run the notebook and put the suite to it; then find out what is to be said of the verdicts."""
        self._step(RUNNING)
        if RUNNING in omitted:
            raise StudentCrashed(BROKE)
        session.load()
        suite = self._open_suite()
        questions, log = suite.submit(lambda plugin: self._run_suite(plugin, session, omitted))
        if session.remaining() <= 0:
            self._end_suite()  # a test that was stopped may have left fixtures half set up

        def sum_up() -> None:
            self.behaviour = self._teller.behaviour(submission.name, questions, log, session.report.sources)

        beside: dict[str, Callable[[], None]] = {
            "known mistakes cannot be named": lambda: self._teller.mistakes(questions, log),
            "accepted conventions cannot be named": lambda: self._teller.conventions(questions, log),
            "failed questions cannot be summed up": sum_up,
        }
        for what, act in beside.items():
            if what not in omitted:
                self._step(what)
                self._beside(what, act, session)
        return questions

    def _beside(self, what: str, act: Callable[[], None], session: Session) -> None:
        """Do something that changes no verdict, whatever becomes of it; staff are told where it fails."""
        left = _left(session)
        try:
            with bounded(left, wall=left):
                act()
        except TooLong:
            pass  # the submission used its time up; its verdicts are worth more than what is said of them
        except (Exception, SystemExit) as error:
            self._problems.append(f"{what}: {what_it_says(error)}")

    def _open_suite(self) -> SuiteRunner:
        if self._suite is None:
            self._suite = SuiteRunner(self.problem_set)
        return self._suite

    def _end_suite(self) -> None:
        """End the suite's session; the next submission collects it anew."""
        if self._suite is not None:
            self._suite.close()
            self._suite = None

    def _run_suite(
        self, plugin: SuitePlugin, session: Session, omitted: Mapping[str, Omitted]
    ) -> tuple[list[QuestionResult], CallLog]:
        """Every test in the suite's order; results by question, and the calls they made."""
        questions, log = self._empty_questions(), CallLog()
        by_id = {question.id: question for question in questions}

        def put_to(
            session: Session, tests: list[SuiteTest], log: CallLog
        ) -> Iterator[tuple[str, TestResult]]:
            for test, after in following(tests):
                if test.key in omitted:
                    result = self._result(test, left_out(omitted[test.key], session.clock()))
                    log.recorder(test.key).lose(self.problem_set.question(test.mark.question).functions)
                else:
                    self._step(test.key)
                    result = self._run_test(plugin, test, after, session, log)
                yield test.mark.question, result

        for question, result in put_to(session, plugin.tests, log):
            by_id[question].tests.append(result)
        for graded in questions:
            graded.score = total(test.score for test in graded.tests)

        def again(session: Session, asked: Collection[str]) -> tuple[dict[str, list[TestResult]], CallLog]:
            """The tests of some questions, put to another run of the notebook."""
            results: dict[str, list[TestResult]] = {question: [] for question in asked}
            other = CallLog()
            tests = [test for test in plugin.tests if test.mark.question in results]
            for question, result in put_to(session, tests, other):
                results[question].append(result)
            return results, other

        judge_as_before(session, questions, log, again)
        tell_causes_once(questions)
        return questions, log

    def _run_test(
        self,
        plugin: SuitePlugin,
        test: SuiteTest,
        after: SuiteTest | None,
        session: Session,
        log: CallLog,
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
            ending = _run_bounded(plugin, test, RemoteStudent(session, record), after, session)
        except TooLong:
            # Whatever it was stopped in the middle of, be it a word with the sandbox, is begun anew.
            session.close()
            self.sandbox.close()
            record.forget()
            return self._result(test, counted_on(session.clock()), time.monotonic() - started)
        if isinstance(ending.error, SandboxError):
            raise ending.error

        ending.forget_frames()

        def passes_with_reference() -> bool:
            try:
                student = LocalStudent(self.reference)
                return _run_bounded(plugin, test, student, after, session).error is None
            except TooLong:
                return False

        verdict = judge(
            ending, public=test.mark.public, calls=record.calls, passes_with_reference=passes_with_reference
        )
        return self._result(test, verdict, ending.seconds)

    @property
    def reference(self) -> dict[str, Any]:
        """The reference solution's functions, in this process."""
        if self._reference is None:
            self._reference = solution_namespace(self.problem_set)
        return self._reference

    # Results ------------------------------------------------------------------------------------------------

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
            seconds=round(seconds, 6),
            bonus=test.mark.bonus or UNSET,
            **vars(verdict),
        )

    def _submission_result(
        self,
        submission: Submission,
        status: Status,
        reason: str,
        questions: list[QuestionResult],
        errors: list[NotebookError],
        answers: dict[str, str],
    ) -> SubmissionResult:
        return SubmissionResult(
            submission=submission.name,
            pset=self.problem_set.name,
            student=submission.student,
            status=status,
            reason=reason,
            score=total(question.score for question in questions),
            max_score=self.problem_set.max_score,
            questions=questions,
            notebook_errors=errors,
            provenance=self._provenance(submission),
            answers=answers,
        )

    def _empty_questions(self) -> list[QuestionResult]:
        return [
            QuestionResult(
                id=question.id,
                title=question.title,
                score=Fraction(0),
                max_score=question.points,
                tests=[],
                bonus=question.bonus or UNSET,
            )
            for question in self.problem_set.questions
        ]

    def _provenance(self, submission: Submission) -> Provenance:
        return Provenance(
            submission_sha256=submission.sha256,
            pset_sha256=self.problem_set.sha256,
            gradmark=version(),
            python=platform.python_version(),
            numpy=np.__version__,
            seed=self.problem_set.draws.fingerprint,
            isolation=self.sandbox.layers,
        )


def _left(session: Session) -> float:
    """Seconds for the next step of judging."""
    return max(session.remaining(), 0.0) + GRACE


def _run_bounded(
    plugin: SuitePlugin, test: SuiteTest, student: Student, after: SuiteTest | None, session: Session
) -> Ending:
    """Run a test within the submission's clock: what it does with a student's number may take for ever.

    Raises:
        TooLong: It was stopped.
    """
    left = _left(session)
    with bounded(left, wall=left):
        return plugin.run(test, student, GRADED, after)
