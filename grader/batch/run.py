"""A batch: what is still to do, who does it, and what is written as it comes in."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Protocol

from grader.batch.store import ResultStore
from grader.batch.worker import Graded, Job, grade, start
from grader.errors import SubmissionRejected
from grader.intake import Found
from grader.pset import ProblemSet
from grader.results import SubmissionResult
from grader.suite import Submission

__all__ = ["Batch", "Progress", "grade_batch"]

MAX_ATTEMPTS = 2
"""Times that a submission is given to a worker before its worker's death is taken for its result."""


class Progress(Protocol):
    """Told of every result as it comes in."""

    def __call__(self, result: SubmissionResult, *, fresh: bool) -> None: ...


@dataclass
class Batch:
    """The results of a run, by submission, and which of them were graded now."""

    results: dict[str, SubmissionResult] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    @property
    def failures(self) -> list[SubmissionResult]:
        """Submissions that could not be graded, ours or theirs."""
        return [self.results[name] for name in sorted(self.results) if self.results[name].status != "graded"]


def grade_batch(
    problem_set: ProblemSet,
    found: Sequence[Found],
    store: ResultStore,
    *,
    jobs: int,
    force: bool = False,
    unsafe: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Grade what has not been graded yet with the same content, and write each result as it comes in.

    Raises:
        GradmarkError: The problem set cannot be graded at all, or results cannot be written.
    """
    batch = Batch()

    def record(result: SubmissionResult, *, fresh: bool) -> None:
        batch.results[result.submission] = result
        if fresh:
            store.write(result)
            batch.fresh.add(result.submission)
        if progress:
            progress(result, fresh=fresh)

    store.create()
    pending = _pending(problem_set, found, store, force, unsafe, lambda old: record(old, fresh=False))
    for graded in _graded(pending, jobs):
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
            yield Job(problem_set.path, one.name, refused=("rejected", str(rejection)))
            continue
        old = None if force else store.read(one.name)
        if old is not None and _still_holds(old, Submission(one.name, files).sha256, problem_set.sha256):
            keep(old)
        else:
            yield Job(problem_set.path, one.name, files, unsafe=unsafe)


def _still_holds(result: SubmissionResult, submission_sha256: str, pset_sha256: str) -> bool:
    was = result.provenance
    same = (was.submission_sha256, was.pset_sha256) == (submission_sha256, pset_sha256)
    return same and was.gradmark == version("gradmark") and result.status != "grader_error"


def _graded(pending: Iterator[Job], workers: int) -> Iterator[Graded]:
    """Results as they are ready. A pool that a dying worker has broken is replaced, and its work done again."""
    attempts: dict[str, int] = {}
    retry: list[Job] = []
    while True:
        with _pool(workers) as pool:
            lost = yield from _run(pool, _chain(retry, pending), 2 * workers)
        if not lost:
            return
        retry = []
        for job in lost:
            attempts[job.name] = attempts.get(job.name, 0) + 1
            if attempts[job.name] < MAX_ATTEMPTS:
                retry.append(job)
            else:
                reason = "the grading worker died twice while it had this submission; grade it again"
                retry.append(Job(job.pset, job.name, refused=("grader_error", reason), unsafe=job.unsafe))


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a worker starts with nothing of ours open, and no thread is cut in the middle.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=start)


def _chain(first: list[Job], rest: Iterator[Job]) -> Iterator[Job]:
    yield from first
    yield from rest


def _run(pool: Executor, jobs: Iterator[Job], ahead: int) -> Generator[Graded, None, list[Job]]:
    """Yield results, keeping ``ahead`` jobs in flight; returns the jobs that a broken pool lost."""
    flying: dict[Future[Graded], Job] = {}
    lost: list[Job] = []
    try:
        while True:
            for job in islice(jobs, ahead - len(flying)):
                try:
                    flying[pool.submit(grade, job)] = job
                except BrokenProcessPool:
                    lost.append(job)
                    break
            if not flying:
                return lost
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                job = flying.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(job)
            if lost:
                lost += [job for future, job in flying.items() if not future.done() or future.exception()]
                for future in flying:
                    if future.done() and not future.exception():
                        yield future.result()
                return lost
    except BaseException:
        for future in flying:
            future.cancel()
        raise
