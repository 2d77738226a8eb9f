"""Where jobs run: judges on this machine, or a Dask cluster. Both are `concurrent.futures` executors.

An engine yields results as they come in. It need not care about submissions that bring a judge down: here and on a
cluster, that is up to the grader that watches the judge (see `grader.judge.watched`).
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from grader.batch.bundle import CourseBundle, pack_course
from grader.batch.worker import Graded, Job, grade_here, grade_with
from grader.errors import GradmarkError
from grader.judge.watched import Grader
from grader.pset import ProblemSet
from grader.version import installing

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["DaskCluster", "Engine", "LocalProcesses"]

LOST = "the cluster lost its worker each time it graded this submission; grade it again, or by itself"


class Engine(Protocol):
    """Runs jobs; results come in any order. Closing the generator gives up what is in flight."""

    def prepare(self, pset: Path | ProblemSet, *, unsafe: bool = False) -> None:
        """Start to get ready for a problem set, or its folder, before `run`; a second call does nothing."""

    def expect(self, count: int) -> None:
        """So many submissions will come; to be called at most once, before `run`."""

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]: ...

    def close(self) -> None:
        """Give up what `prepare` started and no `run` took over."""


class LocalProcesses:
    """Judges on this machine, each watched by a thread of this process."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._graders: list[Grader] = []
        self._idle: queue.SimpleQueue[Grader] = queue.SimpleQueue()
        self._set: ProblemSet | None = None
        self._one_more: Callable[[], None] | None = None

    @property
    def _at_once(self) -> int:
        """How many judges start before the first result is there.

        A judge gets ready on two processors, one of them its sandbox's. Starting more at once than there is room for
        would only delay the first result.
        """
        return min(self._workers, max(1, len(os.sched_getaffinity(0)) // 2))

    def prepare(self, pset: Path | ProblemSet, *, unsafe: bool = False) -> None:
        """Start one judge; more follow once it is known how much there is to do."""
        if not self._graders:
            self._one_more = lambda: self._idle.put(self._grader(pset, unsafe, alone=False))
            self._one_more()

    def expect(self, count: int) -> None:
        self._workers = max(1, min(self._workers, count))
        if self._one_more:
            for _ in range(self._at_once - 1):
                self._one_more()

    def close(self) -> None:
        with ThreadPoolExecutor() as closing:
            list(closing.map(Grader.close, self._graders))
        self._graders.clear()
        self._idle = queue.SimpleQueue()

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]:
        try:
            self._set = problem_set
            with ThreadPoolExecutor(self._workers, thread_name_prefix="judge") as pool:
                try:
                    yield from _run(
                        lambda job: pool.submit(self._grade, job),
                        jobs,
                        2 * self._workers,
                        at_first=self._at_once,
                    )
                except BaseException:
                    # Nobody waits for what is in flight, which may take minutes.
                    for grader in self._graders:
                        grader.abandon()
                    raise
        finally:
            self.close()

    def _grade(self, job: Job) -> Graded:
        try:
            grader = self._idle.get_nowait()
        except queue.Empty:
            grader = self._grader(self._set or job.pset, job.unsafe, job.alone)
        try:
            return grade_with(grader, job)
        finally:
            self._idle.put(grader)

    def _grader(self, pset: Path | ProblemSet, unsafe: bool, alone: bool) -> Grader:
        grader = Grader(pset, unsafe=unsafe, alone=alone, wait=False)
        self._graders.append(grader)
        return grader


class DaskCluster:
    """A cluster that Dask started somewhere; its workers need gradmark installed, but no disk of ours.

    The course travels to each worker once, submissions travel as bytes. If a worker dies, Dask moves its work to
    another one.

    Args:
        address: The scheduler's, such as ``tcp://10.0.0.1:8786``.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self, pset: Path | ProblemSet, *, unsafe: bool = False) -> None:
        """Nothing: the workers are already running."""

    def expect(self, count: int) -> None:
        """Nothing: so are as many as there are."""

    def close(self) -> None:
        """Nothing: the cluster is somebody else's."""

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ModuleNotFoundError:
            raise GradmarkError(
                f"a cluster needs Dask, which is not installed here. To install it: {installing('gradmark[cluster]')}"
            ) from None
        try:
            client = Client(self._address, timeout="10s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise GradmarkError(
                f"no Dask scheduler answers at {self._address} ({error}); check the address"
            ) from None
        with client:
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
            if not workers:
                raise GradmarkError(
                    f"the cluster at {self._address} has no workers; start some and try again"
                )
            try:
                yield from self._run_on(client, pack_course(problem_set), jobs, 2 * workers, KilledWorker)
            except GradmarkError:
                raise
            except (
                Exception
            ) as error:  # a cluster may raise anything: gradmark missing there, a scheduler gone
                raise GradmarkError(
                    f"the cluster at {self._address} stopped grading ({type(error).__name__}: {error}); its "
                    "scheduler and workers need the same gradmark installed, and must run until the end"
                ) from error

    @staticmethod
    def _run_on(
        client: Client, bundle: CourseBundle, jobs: Iterator[Job], ahead: int, death: type[Exception]
    ) -> Generator[Graded]:
        course = client.scatter(bundle, broadcast=True, hash=False)

        def submit(job: Job) -> Future[Graded]:
            return executor.submit(grade_here, job, course)

        with client.get_executor(pure=False, retries=2) as executor:
            lost: list[Job] = []
            yield from _run(submit, jobs, ahead, lost=lost, death=death)
            for job in lost:
                yield submit(job.refuse("grader_error", LOST)).result()


def _run(
    submit: Callable[[Job], Future[Graded]],
    jobs: Iterator[Job],
    ahead: int,
    *,
    at_first: int | None = None,
    lost: list[Job] | None = None,
    death: type[Exception] | tuple[()] = (),
) -> Generator[Graded]:
    """Yield results, keeping ``ahead`` jobs in flight, or ``at_first`` until the first result is there.

    Jobs that end with ``death`` are put into ``lost``.
    """
    flying: dict[Future[Graded], Job] = {}
    most = at_first or ahead
    try:
        while True:
            for job in islice(jobs, most - len(flying)):
                flying[submit(job)] = job
            if not flying:
                return
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            most = ahead
            for future in done:
                job = flying.pop(future)
                try:
                    graded = future.result()
                except death:
                    if lost is not None:
                        lost.append(job)
                    continue
                yield graded
    except BaseException:
        for future in flying:
            future.cancel()
        raise
