"""One submission to an adopted assignment, from its files to a result."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import UNSET

from grader.adopt.adoptedset import AdoptedSet
from grader.adopt.assignment import Question, Test
from grader.adopt.environment import course_modules, find_first
from grader.adopt.examine import Examined, Examiner, Told, step_of
from grader.adopt.names import Libraries
from grader.adopt.plan import keyed
from grader.adopt.roles import free_names
from grader.adopt.seeds import SEEDED
from grader.adopt.written import answer_sources, fenced, written_questions
from grader.errors import SandboxError, StudentFault, SubmissionRejected
from grader.foreign import Foreign, run_foreign
from grader.judge.diary import Diary
from grader.judge.examine import empty_questions
from grader.judge.verdicts import Omitted, Verdict, left_out, of_fault, what_it_says
from grader.points import total
from grader.results import (
    NotebookError,
    Provenance,
    QuestionBehaviour,
    QuestionResult,
    Status,
    SubmissionBehaviour,
    SubmissionResult,
    TestResult,
)
from grader.sandbox.crossing.messages import Written
from grader.sandbox.outside.host import Sandbox
from grader.submission import Submission
from grader.version import version
from grader.wording import MAX_MESSAGE, missing

__all__ = ["AdoptedJudge"]

WRONG = "This test does not pass with your answer."
ONLY_INSIDE = "What your code gives cannot be checked by this test, which compares plain values."
NO_CELL = "Your notebook does not hold this test's cell; put it back from the notebook that you were given."
MAX_SOURCE = 6_000


class AdoptedJudge:
    """An assignment's tests and libraries, ready for submissions; each is best judged in a fork of this process.

    Args:
        adopted: The assignment with its plan.
        sandbox: Where submissions run.
        diary: Where to note what is being done, for whoever watches.
    """

    def __init__(self, adopted: AdoptedSet, sandbox: Sandbox, diary: Diary | None = None) -> None:
        self.adopted, self.sandbox, self._diary = adopted, sandbox, diary
        self.behaviour: SubmissionBehaviour | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="gradmark-author-")
        self._at_home()
        SEEDED.watch()
        wanted: set[str] = set().union(*(free_names(test) for _, _, test in keyed(adopted.assignment)))
        self.libraries = Libraries(adopted.roles, wanted)
        run_foreign(
            Foreign("doctest", ">>> 1\n1"), {}
        )  # what Python loads at the first need not be loaded in each fork
        self._examiner = Examiner(
            adopted.assignment, adopted.roles, self.libraries, sandbox, seed=adopted.draws.notebook_seed,
            step=self._step, written=self._written,
        )  # fmt: skip

    def _at_home(self) -> None:
        """Go where the author's files are, which tests may read and whose modules they may import."""
        folder = Path(self._folder.name)
        for name, content in self.adopted.assignment.files.items():
            target = folder / name
            if not target.resolve().is_relative_to(folder.resolve()):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        os.chdir(folder)
        find_first(course_modules(self.adopted.assignment), folder)
        sys.path.append(str(folder))

    @property
    def problems(self) -> list[str]:
        """What staff should know besides a result."""
        failed = {**self.libraries.problems}
        told = [f"the judge cannot run `{statement}`: {reason}" for statement, reason in failed.items()]
        same = list(failed) if self.adopted.environment.python is None else []
        return told + [
            f"the sandbox cannot import {module}: {reason}"
            for module, reason in self.sandbox.problems.items()
            if not any(f" {module}" in statement for statement in same)
        ]

    def close(self) -> None:
        self._folder.cleanup()

    def _written(self, notebook: str) -> list[Written]:
        return written_questions(self.adopted.assignment, notebook, self.adopted.hand_id_of)

    def _step(self, name: str) -> None:
        if self._diary:
            self._diary.step(name)

    # One submission ---------------------------------------------------------------------------------------------

    def grade(self, submission: Submission, omitted: Mapping[str, Omitted]) -> SubmissionResult:
        """Grade a submission; whatever goes wrong is in the result."""
        self.behaviour = None
        status: Status = "graded"
        reason, questions = "", empty_questions(self.adopted)
        errors: list[NotebookError] = []
        answers: dict[str, str] = {}
        try:
            examined = self._examiner.examine(submission.files, self.adopted.graded, omitted=omitted)
            questions = self._results(examined, omitted)
            errors, answers = _errors(examined), _answers(self.adopted, examined)
            self.behaviour = _behaviour(submission, self.adopted, questions, examined)
        except SubmissionRejected as rejection:
            status, reason = "rejected", str(rejection)
        except StudentFault as fault:
            status, reason = "failed_to_run", str(fault)
        except SandboxError as error:
            status, reason = "grader_error", str(error)
        except MemoryError:
            raise
        except Exception as error:
            status, reason = "grader_error", f"grading stopped: {what_it_says(error)}"
        return self._result(submission, status, reason, questions, errors, answers)

    def refuse(self, submission: Submission, status: Status, reason: str) -> SubmissionResult:
        """The result of a submission that is not run."""
        return self._result(submission, status, reason, empty_questions(self.adopted), [], {})

    def _results(self, examined: Examined, omitted: Mapping[str, Omitted]) -> list[QuestionResult]:
        results = empty_questions(self.adopted)
        by_id = {one.id: one for one in results}
        for question in self.adopted.assignment.questions:
            tests = []
            for number, test in enumerate(question.tests):
                key = (question.name, number)
                if key not in self.adopted.graded:
                    continue
                told = examined.told.get(key)
                if told is None:
                    why: Omitted = omitted.get(step_of(key), "crashed")
                    hit = left_out(why, _clock(self.adopted))
                    tests.append(self._test(question, test, None, hit, Fraction(0)))
                else:
                    tests.append(self._test(question, test, told, _verdict(test, told), _earned(test, told)))
            if question.all_or_nothing and any(one.status != "passed" for one in tests):
                for one in tests:
                    one.score = Fraction(0)
            if tests:
                graded = by_id[self.adopted.id_of(question.name)]
                graded.tests = tests
                graded.score = total(one.score for one in tests)
        return results

    def _test(
        self, question: Question, test: Test, told: Told | None, verdict: Verdict, score: Fraction
    ) -> TestResult:
        trust = self.adopted.graded[question.name, question.tests.index(test)]
        return TestResult(
            name=test.name,
            file=question.name,
            title=test.name,
            score=score,
            max_score=test.points,
            visibility=self.adopted.visibility if test.hidden else "visible",
            seconds=round(told.seconds, 6) if told else 0.0,
            trust=trust,
            bonus=UNSET,
            **vars(verdict),
        )

    def _result(
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
            pset=self.adopted.name,
            student=submission.student,
            status=status,
            reason=reason,
            score=total(question.score for question in questions),
            max_score=self.adopted.max_score,
            questions=questions,
            notebook_errors=errors,
            answers=answers,
            provenance=Provenance(
                submission_sha256=submission.sha256,
                pset_sha256=self.adopted.sha256,
                gradmark=version(),
                python=self.adopted.versions.get("python", platform.python_version()),
                numpy=self.adopted.versions.get("numpy", np.__version__),
                seed=self.adopted.draws.fingerprint,
                isolation=self.sandbox.layers,
            ),
        )


def _clock(adopted: AdoptedSet) -> Any:
    from grader.errors import LimitHit

    seconds = adopted.limits.submission_seconds
    return LimitHit("submission_seconds", seconds, seconds)


def _earned(test: Test, told: Told) -> Fraction:
    """The points of a test; a cell's own number is cut to what the cell can give."""
    if not told.ending.passed:
        return Fraction(0)
    if told.ending.earned is None or test.kind != "cell":
        return test.points
    found = min(max(told.ending.earned, 0.0), float(test.points))
    return test.points if found == float(test.points) else Fraction(str(found))


def _verdict(test: Test, told: Told) -> Verdict:
    if told.ending.passed:
        if _earned(test, told) < test.points:
            return Verdict("failed", "wrong", test.failure or "This test gives a part of its points.")
        return Verdict("passed", "passed", test.success[:MAX_MESSAGE])
    public = not test.hidden
    if told.fault is not None:
        found = of_fault(told.fault, public=public)
    elif told.gone:
        found = Verdict("missing", "missing", NO_CELL)
    elif told.missing:
        found = Verdict("missing", "missing", missing(told.missing))
    elif told.undecided:
        found = Verdict("failed", "uncheckable", ONLY_INSIDE)
    else:
        found = Verdict("failed", "wrong", WRONG, _output(told)[:MAX_MESSAGE] if public else "")
    if not test.failure:
        return found
    return Verdict(found.status, found.kind, test.failure[:MAX_MESSAGE], found.detail, found.cause)


def _output(told: Told) -> str:
    """How the test says that it ended, without the line that doctest draws above it."""
    return "\n".join(line for line in told.ending.output.split("\n") if line.strip("*") or not line).strip(
        "\n"
    )


def _errors(examined: Examined) -> list[NotebookError]:
    return [
        NotebookError(cell=cell + 1, **vars(error))
        for report in examined.reports.values()
        for cell, error in sorted(report.failed.items())
    ]


def _behaviour(
    submission: Submission, adopted: AdoptedSet, questions: list[QuestionResult], examined: Examined
) -> SubmissionBehaviour | None:
    """How it failed, so that alike failures can be looked at together."""
    found = []
    sources = answer_sources(adopted.assignment, examined.reports)
    for question in adopted.assignment.questions:
        told = {
            test.name: examined.told[question.name, number]
            for number, test in enumerate(question.tests)
            if (question.name, number) in examined.told
        }
        failed = {name: one for name, one in told.items() if not one.ending.passed}
        if not failed:
            continue
        identity = adopted.id_of(question.name)
        graded = next(one for one in questions if one.id == identity)
        first = next(one for one in graded.tests if one.status != "passed")
        missing_all = all(one.missing for one in failed.values())
        parts = sorted(f"{name}\0{one.ending.output}\0{one.missing}" for name, one in failed.items())
        found.append(
            QuestionBehaviour(
                question=identity,
                digest=hashlib.sha256("\0\0".join(parts).encode()).hexdigest()[:16],
                mistake=None,
                functions=[],
                source=sources.get(question.name, "")[:MAX_SOURCE],
                outputs=[_output(one)[:300] for one in failed.values() if one.ending.output][:3],
                answered=not missing_all,
                message=first.summary[:MAX_MESSAGE],
            )
        )
    return (
        SubmissionBehaviour(submission=submission.name, pset=adopted.name, questions=found) if found else None
    )


def _answers(adopted: AdoptedSet, examined: Examined) -> dict[str, str]:
    """What a person grades: what was written, and the code before the tests that are left to people."""
    answers = dict(examined.answers)
    by_hand = {question.id for question in adopted.questions if question.manual}
    for name, source in answer_sources(adopted.assignment, examined.reports).items():
        identity = adopted.hand_id_of(name)
        if identity in by_hand - answers.keys() and source.strip():
            answers[identity] = fenced(source[:MAX_SOURCE])
    return answers
