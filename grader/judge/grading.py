"""One submission graded: run it, run the suite against it, add up the points."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from grader.draws import GRADED
from grader.errors import (
    CourseError,
    GradmarkError,
    SandboxError,
    StudentCrashed,
    StudentFault,
    SubmissionRejected,
)
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.diary import Diary
from grader.judge.examine import Examination, empty_questions, seconds_left
from grader.judge.expected import Expectations
from grader.judge.following import Followed
from grader.judge.inheriting import failed_tests, follow_errors, inherit
from grader.judge.own_numbers import compared, variant_of
from grader.judge.plugin import SuitePlugin
from grader.judge.runner import SuiteRunner
from grader.judge.verdicts import Omitted, what_it_says
from grader.points import total
from grader.pset import ProblemSet, is_installed
from grader.results import (
    NotebookError,
    OwnNumbers,
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
NAMING, ACCEPTING = "known mistakes cannot be named", "accepted conventions cannot be named"
SUMMING = "failed questions cannot be summed up"
VERDICTS_ALONE: dict[str, Omitted] = dict.fromkeys((FOLLOWING, NAMING, ACCEPTING, SUMMING), "time")
"""What to omit where nobody reads what is said of the verdicts."""


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
        self.behaviour: SubmissionBehaviour | None = None
        """How the last submission behaved where it failed; None if it did not fail or did not run."""
        self._problems: list[str] = []
        self._unfollowed = False
        self._expectations = Expectations(problem_set)
        self._expected = self._expectations.of(None)
        self._own_numbers: OwnNumbers | None = None

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
            f"pset.yaml preloads {module}, which cannot be preloaded: {reason}"
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
        asked = [(question.id, question.names) for question in self.problem_set.questions]
        values = self.problem_set.values
        status: Status = "graded"
        self.behaviour, self._problems, self._unfollowed = None, [], False
        self._own_numbers = None
        reason, questions = "", empty_questions(self.problem_set)
        try:
            drawing = self.problem_set.drawing_of(submission.student)
            self._expected = self._expectations.of(drawing)
            drawn_files = self._expected.problem_set.drawn_files
        except SubmissionRejected as rejection:
            return self.refuse(submission, "rejected", str(rejection))
        except CourseError as error:
            return self.refuse(submission, "grader_error", str(error))
        session = Session(
            self.sandbox, submission.files, name, seed, written=self._expected.written, asked=asked, values=values,
            regions=self._expected.regions, own=drawn_files if self.problem_set.drawn else None,
        )  # fmt: skip
        self._begin(session)
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
        result = self._submission_result(submission, status, reason, questions, errors, session.answers)
        result.pictures = session.pictures
        return result

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
            _ = version(), self.reference, self._expected.teller.knows_conventions

    @property
    def reference(self) -> dict[str, Any]:
        """The reference solution's functions, in this process, with the last submission's numbers."""
        return self._expected.reference

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

        expected = self._expected

        def examine(plugin: SuitePlugin) -> tuple[list[QuestionResult], CallLog]:
            plugin.use(expected.problem_set)
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
        if self.problem_set.drawn:
            self._beside(
                "numbers cannot be compared", lambda: self._compare_numbers(session, questions), session
            )
        if session.remaining() <= 0:
            self._end_suite()  # a test that was stopped may have left fixtures half set up

        followed = self._follow(submission, session, questions, log, left_out=FOLLOWING in omitted)

        def sum_up() -> None:
            self.behaviour = expected.teller.behaviour(
                submission.name, questions, log, session.report.sources
            )

        beside: dict[str, Callable[[], None]] = {
            NAMING: lambda: expected.teller.mistakes(questions, log, followed.worlds),
            ACCEPTING: lambda: expected.teller.conventions(questions, log),
            SUMMING: sum_up,
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
        expected = self._expected

        def find_right(tests: Collection[str]) -> None:
            if missing := expected.right_calls.missing(tests):
                expected.right_calls.find(self._open_suite(), missing, self.reference, seconds_left(session))

        def follow() -> None:
            needed = (
                expected.follower,
                questions,
                log,
                session,
                submission.sha256,
                find_right,
                expected.teller.named,
            )
            found.append(follow_errors(*needed))

        if not left_out:
            self._step(FOLLOWING)
            self._beside(FOLLOWING, follow, session)
        if found:
            inherit(questions, found[0], self.problem_set)
        self._unfollowed = not found
        return found[0] if found else Followed()

    def _compare_numbers(self, session: Session, questions: list[QuestionResult]) -> None:
        """Note whether a submission works with the numbers that it is judged by."""
        passed = not failed_tests(questions)
        numbers = compared(self._expected.problem_set, session, passed=passed)
        if numbers is not None:
            self._own_numbers = numbers

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
            self._suite = SuiteRunner(self._expected.problem_set)
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
            own_numbers=self._own_numbers,
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
            variant=variant_of(self.problem_set, submission.student),
        )
