"""A batch: which submissions still need grading, and recording each result as it comes in."""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import metadata
from typing import Any, Protocol

from msgspec import UNSET

from grader.batch.engines import Engine
from grader.batch.worker import Graded, Job
from grader.errors import SubmissionRejected
from grader.gradebook import Delivery, LastResult, Recorder
from grader.intake import Found
from grader.judge.own_numbers import variant_of
from grader.pset import ProblemSet
from grader.report import GradedFolder
from grader.results import Status, StudentIdentity
from grader.submission import Submission
from grader.version import version

__all__ = ["Batch", "Step", "grade_batch"]


MAX_PROBLEMS = 20
"""Reported for a class; more would not help anybody."""


class Step(Protocol):
    """Called for every submission that is done."""

    def __call__(self) -> None: ...


@dataclass
class Batch:
    """What a run gave: each submission's status, which were graded now, and whose scores moved.

    A class may have any size, so everything else stays in the gradebook until it is asked for.
    """

    statuses: dict[str, Status] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why some could not be graded, because of an error on their side or on ours."""
    fresh: set[str] = field(default_factory=set)
    moved: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    """Test scores before and after, of submissions whose score changed since a run last finished."""
    why: dict[str, list[str]] = field(default_factory=dict)
    """What explains it where failures are inherited that were not, or the other way round."""
    elsewhere: dict[str, int] = field(default_factory=dict)
    """How many kept results come from another Python, numpy or gradmark, by which of these differs."""
    attempts: dict[str, int] = field(default_factory=dict)
    """The number of each submission's attempt in the gradebook."""
    problems: list[str] = field(default_factory=list)
    """What else went wrong, each thing once."""
    other_numbers: list[str] = field(default_factory=list)
    """Submissions graded now that work with other numbers than those that their students were given."""

    def note(self, name: str, status: Status, reason: str) -> None:
        self.statuses[name] = status
        if status != "graded":
            self.reasons[name] = reason


def grade_batch(
    problem_set: ProblemSet,
    found: Sequence[Found],
    recorder: Recorder,
    folder: GradedFolder,
    *,
    engine: Engine,
    force: bool = False,
    unsafe: bool = False,
    progress: Step = lambda: None,
) -> Batch:
    """Grade what was not graded yet with the same content, and record each result as it comes in.

    Raises:
        GradmarkError: The problem set cannot be graded at all, or results cannot be recorded.
    """
    batch = Batch()
    pending = _Pending(problem_set, recorder, batch, force, unsafe, progress)
    with (
        folder.held(problem_set.name),
        contextlib.closing(engine.run(problem_set, pending.jobs(found))) as results,
    ):
        for graded in results:
            _record(graded, recorder, batch)
            folder.write_result(graded.result)
            progress()
        batch.moved = recorder.finish()
        batch.why = recorder.why
    return batch


def _record(graded: Graded, recorder: Recorder, batch: Batch) -> None:
    result = graded.result
    recorder.record(batch.attempts[result.submission], result, graded.behaviour)
    batch.note(result.submission, result.status, result.reason)
    batch.fresh.add(result.submission)
    if result.own_numbers and result.own_numbers.found != "own":
        batch.other_numbers.append(result.submission)
    news = [problem for problem in graded.problems if problem not in batch.problems]
    batch.problems += news[: MAX_PROBLEMS - len(batch.problems)]


class _Pending:
    """The submissions that need grading, as jobs. Every attempt is recorded before it is graded."""

    def __init__(
        self,
        problem_set: ProblemSet,
        recorder: Recorder,
        batch: Batch,
        force: bool,
        unsafe: bool,
        progress: Step,
    ) -> None:
        self._problem_set, self._recorder, self._batch = problem_set, recorder, batch
        self._force, self._unsafe, self._progress = force, unsafe, progress
        self._here = _environment(problem_set)

    def jobs(self, found: Sequence[Found]) -> Iterator[Job]:
        for one in found:
            job = self._job(one)
            if job is None:
                self._progress()
            else:
                yield job

    def _job(self, one: Found) -> Job | None:
        files: Mapping[str, bytes] = {}
        refused: tuple[Status, str] | None = None
        try:
            files = one.read()
        except SubmissionRejected as rejection:
            refused = ("rejected", str(rejection))
        delivery = Delivery(
            one.name, Submission(one.name, files).sha256, one.students, one.submitted, bool(one.late),
            untimed=one.untimed, files=files, place=str(one.where), layout=one.layout,
        )  # fmt: skip
        self._batch.attempts[one.name], last = self._recorder.hand_in(delivery)
        if last is not None and not self._force and self._still_holds(last, refused, one.student):
            self._batch.note(one.name, last.status, last.reason)
            self._note_environment(last.provenance)
            return None
        return Job(
            self._problem_set.path, one.name, dict(files), one.student, refused=refused, unsafe=self._unsafe
        )

    def _still_holds(
        self, last: LastResult, refused: tuple[Status, str] | None, student: StudentIdentity | None
    ) -> bool:
        """Whether grading the same content again would give the same result."""
        if variant_of(self._problem_set, student) != last.provenance.get("variant", UNSET):
            return False
        if (
            last.status == "grader_error"
            or last.unfollowed
            or (refused is not None and refused != (last.status, last.reason))
        ):
            return False
        now, was = self._problem_set.digest, last.provenance["pset_sha256"]
        if was == now.whole:
            return True
        then = self._recorder.digest_of(was)
        # Mistakes and sentences matter only to those who failed.
        passed = last.status == "graded" and last.passed
        return then is not None and then.judging == now.judging and passed

    def _note_environment(self, provenance: Mapping[str, Any]) -> None:
        for what, here in self._here.items():
            if provenance.get(what) != here:
                self._batch.elsewhere[what] = self._batch.elsewhere.get(what, 0) + 1


def _environment(problem_set: ProblemSet) -> dict[str, str]:
    """What a grade may depend on besides the course and the submission, under provenance's names."""
    here = {"gradmark": version(), "python": platform.python_version(), "numpy": metadata.version("numpy")}
    return {**here, **problem_set.versions}
