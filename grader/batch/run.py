"""A batch: what is still to do, who does it, and what is written as it comes in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from grader.batch.engines import Engine, Meanwhile
from grader.batch.store import ResultStore
from grader.batch.worker import Job
from grader.errors import GradmarkError, SubmissionRejected
from grader.intake import Found
from grader.points import rounded
from grader.pset import GradingDigest, ProblemSet
from grader.results import Status, SubmissionResult
from grader.submission import Submission
from grader.version import version

__all__ = ["Batch", "Progress", "grade_batch"]


class Progress(Protocol):
    """Told of every result as it comes in."""

    def __call__(self, result: SubmissionResult, *, fresh: bool) -> None: ...


class _Stored(Mapping[str, SubmissionResult]):
    """Results by submission, in its order, each read from its file when it is asked for."""

    def __init__(self, store: ResultStore, names: Mapping[str, object]) -> None:
        self._store, self._names = store, names

    def __getitem__(self, name: str) -> SubmissionResult:
        if name not in self._names:
            raise KeyError(name)
        result = self._store.read(name)
        if result is None:
            path = self._store.path(name)
            raise GradmarkError(
                f"{path} was written and cannot be read any more; run the same command again to grade it anew"
            )
        return result

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)


@dataclass
class Batch:
    """What a run gave: each submission's status and score, which were graded now, and whose score moved by that.

    A class has any size, so that everything else of a result stays in its file until it is asked for.
    """

    store: ResultStore
    statuses: dict[str, Status] = field(default_factory=dict)
    scores: dict[str, Fraction] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    moved: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    """Scores before and after, of submissions graded before whose score is another one now."""

    @property
    def results(self) -> Mapping[str, SubmissionResult]:
        """By submission, in its order; each is read from its file when it is asked for."""
        return _Stored(self.store, self.statuses)

    @property
    def failures(self) -> list[SubmissionResult]:
        """Submissions that could not be graded, ours or theirs."""
        return [self.results[name] for name in self.results if self.statuses[name] != "graded"]


def grade_batch(
    problem_set: ProblemSet,
    found: Sequence[Found],
    store: ResultStore,
    *,
    engine: Engine,
    force: bool = False,
    unsafe: bool = False,
    progress: Progress | None = None,
    meanwhile: Meanwhile = lambda: None,
) -> Batch:
    """Grade what has not been graded yet with the same content, and write each result as it comes in.

    ``meanwhile`` is called once, when the first result is written and more are on their way, if there are any.

    Raises:
        GradmarkError: The problem set cannot be graded at all, or results cannot be written.
    """
    batch = Batch(store)

    def record(result: SubmissionResult, *, fresh: bool) -> None:
        batch.statuses[result.submission] = result.status
        batch.scores[result.submission] = result.score
        if fresh:
            before = store.read(result.submission)
            # The file has the points as they are shown.
            if before is not None and rounded(before.score) != rounded(result.score):
                batch.moved[result.submission] = (before.score, result.score)
            store.write(result)
            batch.fresh.add(result.submission)
        if progress:
            progress(result, fresh=fresh)

    pending = _pending(problem_set, found, store, force, unsafe, lambda old: record(old, fresh=False))
    with store.held(), contextlib.closing(engine.run(problem_set, pending, meanwhile)) as results:
        store.remember_digest(problem_set.digest)
        for graded in results:
            store.write_behaviour(graded.result.submission, graded.behaviour)
            record(graded.result, fresh=True)
    return batch


def _pending(
    problem_set: ProblemSet,
    found: Sequence[Found],
    store: ResultStore,
    force: bool,
    unsafe: bool,
    keep: Callable[[SubmissionResult], None],
) -> Iterator[Job]:
    """Jobs for what is not graded yet; earlier results that still hold go to ``keep``."""
    for one in found:
        try:
            files = one.read()
        except SubmissionRejected as rejection:
            yield Job(problem_set.path, one.name, student=one.student, refused=("rejected", str(rejection)))
            continue
        old = None if force else store.read(one.name)
        if old is not None and _still_holds(
            old, Submission(one.name, files).sha256, problem_set.digest, store
        ):
            if old.student != one.student:  # a roster came since, or another one
                old.student = one.student
                store.write(old)
            keep(old)
        else:
            yield Job(problem_set.path, one.name, files, one.student, unsafe=unsafe)


def _still_holds(
    result: SubmissionResult, submission_sha256: str, now: GradingDigest, store: ResultStore
) -> bool:
    """Whether grading again could give anything else."""
    was = result.provenance
    if was.submission_sha256 != submission_sha256 or was.gradmark != version():
        return False
    if result.status == "grader_error":
        return False
    if was.pset_sha256 == now.whole:
        return True
    then = store.digest(was.pset_sha256)
    # Mistakes and sentences say something to those who failed, and to nobody else.
    passed = all(test.status == "passed" for question in result.questions for test in question.tests)
    return then is not None and then.judging == now.judging and result.status == "graded" and passed
