"""Where jobs are run: processes of this machine, or a Dask cluster. Both are `concurrent.futures` executors.

An engine gives results as they come in and knows what to do when a worker dies: the work is done elsewhere,
and a submission that kills every worker it is given to is told apart from those that were only nearby.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from grader.batch.bundle import CourseBundle, pack_course
from grader.batch.deaths import how_a_worker_ended, why_no_worker_starts
from grader.batch.worker import Graded, Job, grade, prepare, start
from grader.errors import GradmarkError
from grader.pset import ProblemSet

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["DaskCluster", "Engine", "LocalProcesses"]

DIED = (
    "the grading worker died each time it had this submission{how}; look at it by itself, or grade it again"
)


class Engine(Protocol):
    """Runs jobs; results come in any order. Closing the generator gives up what is in flight."""

    def prepare(self, pset: Path, *, unsafe: bool = False) -> None:
        """Begin to get ready for a problem set, by its folder, before `run`; once begun, nothing more begins."""

    def expect(self, count: int) -> None:
        """So many submissions are to come; to be called, if at all, once and before `run`."""

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]: ...

    def close(self) -> None:
        """Give up what `prepare` began and no `run` took over."""


class _GivenUp(Exception):
    """What was prepared is not needed."""


@dataclass(frozen=True)
class _Died:
    """What came of a worker that had one submission only."""

    how: str


class LocalProcesses:
    """Worker processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._prepared = contextlib.ExitStack()
        self._pools: list[ProcessPoolExecutor] = []
        self._ready: list[Future[None]] = []
        self._one_more: Callable[[], Future[None]] | None = None

    @property
    def _at_once(self) -> int:
        """How many workers start before the first result is there.

        A worker gets ready on two processors, one of them its sandbox's. To start more of them at once than there is
        room for would only make the first result late.
        """
        return min(self._workers, max(1, len(os.sched_getaffinity(0)) // 2))

    def prepare(self, pset: Path, *, unsafe: bool = False) -> None:
        """One worker begins; more of them when it is known how much there is to do."""
        if self._pools:
            return
        pool = self._prepared.enter_context(self._pool(self._workers))
        self._pools.append(pool)
        self._one_more = lambda: pool.submit(prepare, pset, unsafe, False)
        self._ready.append(self._one_more())

    def expect(self, count: int) -> None:
        self._workers = max(1, min(self._workers, count))
        if self._one_more:
            with contextlib.suppress(BrokenProcessPool):  # which `run` finds out, and why
                self._ready += [self._one_more() for _ in range(self._at_once - 1)]

    def close(self) -> None:
        with contextlib.suppress(_GivenUp), self._prepared:
            raise _GivenUp  # a pool would wait for what its workers have begun

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]:
        works = False
        while True:
            lost: list[Job] = []
            with self._prepared.pop_all() as stack:
                pool = self._pools.pop() if self._pools else stack.enter_context(self._pool(self._workers))
                wait(self._ready)  # a pool starts one more process for whatever finds none idle
                works |= yield from _run(pool, grade, jobs, 2 * self._workers, lost, at_first=self._at_once)
            if not lost:
                return
            if not works:
                self._try(lost[0])
                works = True
            # One of these ended its worker, or somebody else did. Each is tried in a process of its own, where
            # there is nobody else to blame.
            for job in lost:
                graded = self._alone(job)
                if isinstance(graded, _Died):
                    graded = self._alone(
                        job.refuse("grader_error", DIED.format(how=f"; the last one {graded.how}"))
                    )
                if isinstance(graded, _Died):
                    raise GradmarkError(
                        f"grading workers die, whatever they are given; the last one {graded.how}"
                    )
                yield graded

    @staticmethod
    def _try(job: Job) -> None:
        """Raise `GradmarkError` if no worker can start: then it is no submission's doing."""
        if why := why_no_worker_starts([(start, ()), (prepare, (job.pset, job.unsafe, job.alone))]):
            raise GradmarkError(f"no submission can be graded: a grading worker without any {why}")

    def _alone(self, job: Job) -> Graded | _Died:
        """Grade in a new process, and look how it ends."""
        others = set(multiprocessing.active_children())
        with self._pool(1) as pool:
            future = pool.submit(grade, job)
            workers = set(multiprocessing.active_children()) - others
            try:
                return future.result()
            except BrokenProcessPool:
                pass
        return _Died(how_a_worker_ended(next((worker.exitcode for worker in workers), None)))

    @staticmethod
    @contextlib.contextmanager
    def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
        # Spawned, not forked: a worker starts with nothing of ours open, and no thread is cut in the middle.
        context = multiprocessing.get_context("spawn")
        others = set(multiprocessing.active_children())
        with ProcessPoolExecutor(workers, mp_context=context, initializer=start) as pool:
            try:
                yield pool
            except BaseException:
                # Nobody waits for what is in flight, which may take minutes. The sandboxes end with their workers.
                for process in set(multiprocessing.active_children()) - others:
                    process.terminate()
                raise


class DaskCluster:
    """A cluster that Dask started somewhere: its workers need gradmark installed and no disk of ours.

    The course travels to each worker once, submissions travel as bytes. Dask moves the work of a worker that
    dies to another one.

    Args:
        address: Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self, pset: Path, *, unsafe: bool = False) -> None:
        """Nothing: the workers run already."""

    def expect(self, count: int) -> None:
        """Nothing: so they do."""

    def close(self) -> None:
        """Nothing: the cluster is somebody else's."""

    def run(self, problem_set: ProblemSet, jobs: Iterator[Job]) -> Generator[Graded]:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ModuleNotFoundError:
            raise GradmarkError("a cluster needs Dask; pip install 'gradmark[cluster]'") from None
        try:
            client = Client(self._address, timeout="10s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise GradmarkError(
                f"no Dask scheduler answers at {self._address} ({error}); name its address"
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
            ) as error:  # whatever a cluster may raise: gradmark missing there, a scheduler that goes
                raise GradmarkError(
                    f"the cluster at {self._address} stopped grading ({type(error).__name__}: {error}); its "
                    "scheduler and workers need the same gradmark installed, and must stay until the end"
                ) from error

    @staticmethod
    def _run_on(
        client: Client, bundle: CourseBundle, jobs: Iterator[Job], ahead: int, death: type[Exception]
    ) -> Generator[Graded]:
        course = client.scatter(bundle, broadcast=True, hash=False)

        def submit(job: Job) -> Future[Graded]:
            return executor.submit(grade, job, course)

        with client.get_executor(pure=False, retries=2) as executor:
            lost: list[Job] = []
            yield from _run(_Submitting(submit), grade, jobs, ahead, lost, death)
            for job in lost:
                yield submit(job.refuse("grader_error", DIED.format(how=""))).result()


class _Submitting:
    """The part of an executor that `_run` uses, with the course added to every call."""

    def __init__(self, submit: Callable[[Job], Future[Graded]]) -> None:
        self._submit = submit

    def submit(self, function: Callable[..., Graded], job: Job) -> Future[Graded]:
        del function  # always `grade`, bound in already
        return self._submit(job)


def _run(
    pool: Executor | _Submitting,
    function: Callable[..., Graded],
    jobs: Iterator[Job],
    ahead: int,
    lost: list[Job],
    death: type[Exception] = BrokenProcessPool,
    *,
    at_first: int | None = None,
) -> Generator[Graded, None, bool]:
    """Yield results, keeping ``ahead`` jobs in flight, or ``at_first`` until the first result is there.

    Jobs whose worker died are put into ``lost``. Returns whether any result came.
    A process pool is of no use after a death, so what was in flight is lost too.
    """
    flying: dict[Future[Graded], Job] = {}
    ends = death is BrokenProcessPool
    most = at_first or ahead
    any_came = False
    try:
        while True:
            if not (lost and ends):
                for job in islice(jobs, most - len(flying)):
                    try:
                        flying[pool.submit(function, job)] = job
                    except BrokenProcessPool:
                        lost.append(job)
                        break
            if not flying:
                return any_came
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            most = ahead
            for future in done:
                job = flying.pop(future)
                try:
                    graded = future.result()
                except death:
                    lost.append(job)
                    continue
                any_came = True
                yield graded
    except BaseException:
        for future in flying:
            future.cancel()
        raise
