"""One submission graded: run it, put the suite to it, add up the points."""

from __future__ import annotations

import contextlib
import platform
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import UNSET

from grader.draws import GRADED
from grader.errors import SandboxError, StudentCrashed, StudentFault, StudentTimeout, SubmissionRejected
from grader.points import total
from grader.pset import ProblemSet
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
from grader.sandbox.host import Sandbox
from grader.sandbox.session import Session
from grader.student import LocalStudent
from grader.submission import Submission
from grader.suite.behaviour import behaviours, load_sentences, say
from grader.suite.calls import CallLog
from grader.suite.explain import Explainer
from grader.suite.plugin import SuitePlugin, SuiteTest, following
from grader.suite.remote import RemoteStudent
from grader.suite.runner import SuiteRunner
from grader.suite.verdicts import Verdict, judge, not_run, of_fault
from grader.suite.written import written_questions
from grader.version import version

__all__ = ["Grader"]

MAX_DEATHS = 2
"""Processes that one question may kill or hang before its other tests are not tried any more."""


class Grader:
    """A suite collected once and a sandbox started once, for any number of submissions.

    Args:
        problem_set: What is asked.
        sandbox: Where submissions run; made for the problem set where not given.
        unsafe: Accept a machine that cannot isolate safely.
    """

    def __init__(
        self,
        problem_set: ProblemSet,
        *,
        sandbox: Sandbox | None = None,
        unsafe: bool = False,
    ) -> None:
        self.problem_set = problem_set
        self.sandbox = sandbox or Sandbox(**problem_set.sandbox_needs(), unsafe=unsafe)
        self._suite = SuiteRunner(problem_set)
        self._reference: dict[str, Any] | None = None
        self._sentences = load_sentences(problem_set)
        self._written = written_questions(problem_set)
        self.behaviour: SubmissionBehaviour | None = None
        """How the submission graded last behaved where it failed; None where it did not fail or did not run."""

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and the suite's session."""
        self.sandbox.close()
        self._suite.close()

    def grade(self, submission: Submission, *, again: bool = True) -> SubmissionResult:
        """Grade one submission; whatever goes wrong is in the result and nothing is raised.

        Where the sandbox itself fails, as when its template is killed, everything is done once more.
        """
        name, seed = self.problem_set.name, self.problem_set.draws.notebook_seed
        session = Session(self.sandbox, submission.files, name, seed, written=self._written)
        status: Status = "graded"
        self.behaviour = None
        reason, questions = "", self._empty_questions()
        with session:
            try:
                session.load()
                questions, log = self._suite.submit(lambda plugin: self._run_suite(plugin, session))
                self._describe(submission.name, questions, log, session.report.sources)
            except SubmissionRejected as rejection:
                status, reason = "rejected", str(rejection)
            except StudentFault as fault:
                status, reason = "failed_to_run", str(fault)
            except SandboxError as error:
                if again:
                    return self.grade(submission, again=False)
                status, reason, questions = "grader_error", str(error), self._empty_questions()
        broken = [
            test.key for question in questions for test in question.tests if test.status == "grader_error"
        ]
        if broken:
            status, reason = "grader_error", f"a test of ours failed by itself: {', '.join(broken)}"
        errors = [
            NotebookError(cell=cell + 1, error=error) for cell, error in sorted(session.report.errors.items())
        ]
        return self._submission_result(submission, status, reason, questions, errors, session.answers)

    def refuse(self, submission: Submission, status: Status, reason: str) -> SubmissionResult:
        """The result of a submission that was not run."""
        return self._submission_result(submission, status, reason, self._empty_questions(), [], {})

    def get_ready(self) -> None:
        """Do now, beside the sandbox that is starting, what the first submission would wait for.

        What is wrong with the course is told by what needs it.
        """
        with contextlib.suppress(Exception):
            _ = version(), self.reference, self._has_conventions

    # The suite ----------------------------------------------------------------------------------------------

    def _run_suite(self, plugin: SuitePlugin, session: Session) -> tuple[list[QuestionResult], CallLog]:
        """Every test in the suite's order; results by question, and the calls they made."""
        questions = self._empty_questions()
        by_id = {question.id: question for question in questions}
        deaths: dict[str, int] = {}
        log = CallLog()
        for test, after in following(plugin.tests):
            question = test.mark.question
            if deaths.get(question, 0) >= MAX_DEATHS:
                result = self._result(test, not_run())
            else:
                result = self._run_test(plugin, test, after, session, log)
            if result.status in ("timeout", "crashed"):
                deaths[question] = deaths.get(question, 0) + 1
            by_id[question].tests.append(result)
        for graded in questions:
            graded.score = total(test.score for test in graded.tests)
        self._explain([test for question in questions for test in question.tests], log)
        self._accept(questions, log)
        return questions, log

    def _describe(
        self, submission: str, questions: list[QuestionResult], log: CallLog, cells: list[str]
    ) -> None:
        """Sum up how failed questions behaved, and say what staff said of others that behaved so."""
        found = behaviours(self.problem_set, questions, log, cells)
        for question in questions:
            behaved = found.get(question.id)
            if behaved is not None and (sentence := self._sentences.get((question.id, behaved.digest))):
                say(question, sentence)
        if found:
            self.behaviour = SubmissionBehaviour(
                submission=submission,
                pset=self.problem_set.name,
                questions=list(found.values()),
            )

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.problem_set)

    @cached_property
    def _has_conventions(self) -> bool:
        return any(alternative.says for alternative in self.problem_set.alternatives())

    def _accept(self, questions: list[QuestionResult], log: CallLog) -> None:
        """Say which accepted convention a submission follows, in the first test passed that shows it."""
        if not self._has_conventions:
            return
        found = self._explainer.conventions(log)
        for question in questions:
            for function in self.problem_set.question(question.id).functions:
                if function in found:
                    showing = (
                        test
                        for test in question.tests
                        if test.status == "passed"
                        and any(call.function == function for call in log.by_test[test.key])
                    )
                    if (test := next(showing, None)) is not None:
                        test.convention = "\n".join(filter(None, (test.convention, found[function].says)))

    def _explain(self, results: list[TestResult], log: CallLog) -> None:
        """Name the known mistakes that give the very results of the tests that failed."""
        failed = {result.key: result for result in results if result.status in ("failed", "error")}
        if not failed:
            return
        for key, explanation in self._explainer.explain(log, failed).items():
            failed[key].explanation = explanation.parts

    def _run_test(
        self,
        plugin: SuitePlugin,
        test: SuiteTest,
        after: SuiteTest | None,
        session: Session,
        log: CallLog,
    ) -> TestResult:
        record = log.recorder(test.key)
        if not session.alive:
            try:
                session.load()
            except (StudentTimeout, StudentCrashed) as fault:
                return self._result(test, of_fault(fault, public=test.mark.public))
        ending = plugin.run(test, RemoteStudent(session, record), GRADED, after)
        if isinstance(ending.error, SandboxError):
            raise ending.error

        def passes_with_reference() -> bool:
            return plugin.run(test, LocalStudent(self.reference), GRADED, after).error is None

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
