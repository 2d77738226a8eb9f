"""One submission graded: run it, run the suite against it, add up the points."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from grader.draws import GRADED
from grader.errors import GradmarkError, SandboxError, StudentCrashed, StudentFault, SubmissionRejected
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.diary import Diary
from grader.judge.examine import Examination, empty_questions, seconds_left
from grader.judge.following import Followed, Follower
from grader.judge.inheriting import RightCalls, failed_tests, follow_errors, inherit
from grader.judge.plugin import SuitePlugin
from grader.judge.runner import SuiteRunner
from grader.judge.telling import Teller
from grader.judge.verdicts import Omitted, what_it_says
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
)
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session
from grader.student import LocalStudent
from grader.submission import Submission
from grader.version import version
from grader.wording import BROKE

__all__ = ["Judge"]

RUNNING = "the notebook is run"
FOLLOWING = "errors cannot be followed"


class Judge:
    """A suite collected once and a sandbox started once, for any number of submissions, in this very process.

    Args:
        problem_set: The problem set.
        sandbox: Where submissions run; by default one is made for the problem set.
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
        self._teller = Teller(problem_set)
        self._written = written_questions(problem_set)
        self.behaviour: SubmissionBehaviour | None = None
        """How the last submission behaved where it failed; None if it did not fail or did not run."""
        self._problems: list[str] = []
        self._right_calls = RightCalls()
        self._unfollowed = False

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and the suite's session; grading another submission starts both again."""
        self.sandbox.close()
        self._end_suite()

    @property
    def problems(self) -> list[str]:
        """What staff should know besides the last result: modules that fail to import, an explanation that failed."""
        failing = (
            f"pset.yaml preloads {module}, which cannot be imported: {reason}"
            for module, reason in self.sandbox.problems.items()
            if is_installed(module)
        )
        return [*failing, *self._problems]

    def grade(
        self, submission: Submission, *, omitted: Mapping[str, Omitted] | None = None, again: bool = True
    ) -> SubmissionResult:
        """Grade one submission; whatever goes wrong is in the result.

        Args:
            submission: What to grade.
            omitted: Steps to leave out, such as a test's key, each with what it did to a judge that took it.
            again: Whether to start over once where the sandbox itself fails, as when its template is killed.

        Raises:
            MemoryError: Memory ran out outside of any test.
        """
        omitted = omitted or {}
        name, seed = self.problem_set.name, self.problem_set.draws.notebook_seed
        asked = [(question.id, question.functions) for question in self.problem_set.questions]
        session = Session(self.sandbox, submission.files, name, seed, written=self._written, asked=asked)
        self._begin(session)
        status: Status = "graded"
        self.behaviour, self._problems, self._unfollowed = None, [], False
        reason, questions = "", empty_questions(self.problem_set)
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
            # Fixtures may be half set up, or an exchange with the sandbox half done.
            with contextlib.suppress(Exception):
                self.close()
            status, reason = "grader_error", f"grading stopped: {what_it_says(error)}"
        broken = [
            test.key for question in questions for test in question.tests if test.status == "grader_error"
        ]
        if broken:
            status, reason = "grader_error", f"error on our side in {', '.join(broken)}"
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
        return self._submission_result(submission, status, reason, empty_questions(self.problem_set), [], {})

    def get_ready(self) -> None:
        """Prepare, while the sandbox is starting, what the first submission would have to wait for.

        Errors of the course are raised later, where they matter.
        """
        with contextlib.suppress(Exception):
            _ = version(), self.reference, self._teller.knows_conventions

    @cached_property
    def reference(self) -> dict[str, Any]:
        """The reference solution's functions, in this process."""
        return solution_namespace(self.problem_set)

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
        """Run the notebook and the suite; then find out what there is to say about the verdicts."""
        self._step(RUNNING)
        if RUNNING in omitted:
            raise StudentCrashed(BROKE)
        session.load()

        def examine(plugin: SuitePlugin) -> tuple[list[QuestionResult], CallLog]:
            needed = (
                self.problem_set,
                plugin,
                lambda: self.reference,
                omitted,
                self._step,
                self.sandbox.close,
            )
            return Examination(*needed).run(session)

        questions, log = self._open_suite().submit(examine)
        if session.remaining() <= 0:
            self._end_suite()  # a test that was stopped may have left fixtures half set up

        followed = self._follow(submission, session, questions, log, left_out=FOLLOWING in omitted)

        def sum_up() -> None:
            self.behaviour = self._teller.behaviour(submission.name, questions, log, session.report.sources)

        beside: dict[str, Callable[[], None]] = {
            "known mistakes cannot be named": lambda: self._teller.mistakes(questions, log, followed.worlds),
            "accepted conventions cannot be named": lambda: self._teller.conventions(questions, log),
            "failed questions cannot be summed up": sum_up,
        }
        for what, act in beside.items():
            if what not in omitted:
                self._step(what)
                self._beside(what, act, session)
        return questions

    def _follow(
        self,
        submission: Submission,
        session: Session,
        questions: list[QuestionResult],
        log: CallLog,
        *,
        left_out: bool,
    ) -> Followed:
        """Give tests whose failure is inherited what they earn. Where time runs out, none is: half would be chance."""
        if not any(test.answered for test in failed_tests(questions)):
            return Followed()
        found: list[Followed] = []

        def find_right(tests: Collection[str]) -> None:
            if missing := self._right_calls.missing(tests):
                self._right_calls.find(self._open_suite(), missing, self.reference, seconds_left(session))

        def follow() -> None:
            needed = (
                self._follower,
                questions,
                log,
                session,
                submission.sha256,
                find_right,
                self._teller.named,
            )
            found.append(follow_errors(*needed))

        if not left_out:
            self._step(FOLLOWING)
            self._beside(FOLLOWING, follow, session)
        if found:
            inherit(questions, found[0], self.problem_set)
        self._unfollowed = not found
        return found[0] if found else Followed()

    @cached_property
    def _follower(self) -> Follower:
        return Follower(self.problem_set, self._right_calls)

    def _beside(self, what: str, act: Callable[[], None], session: Session) -> None:
        """Do something that changes no verdict; staff are told if it fails."""
        left = seconds_left(session)
        try:
            with bounded(left, wall=left):
                act()
        except TooLong:
            pass  # the submission used up its time; its verdicts matter more than what is said of them
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

    # Results ------------------------------------------------------------------------------------------------

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
            unfollowed=self._unfollowed and status == "graded",
        )

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
