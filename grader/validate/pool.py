"""Worker processes that may hang or die: each has one job at a time, a deadline and a memory limit.

`concurrent.futures` cannot end a job that never ends by itself, as a mutant may not.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

__all__ = ["Lost", "run_all"]

Job = TypeVar("Job")
MAX_MEMORY = 4 * 2**30
"""A worker's address space, in bytes."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Lost:
    """The result of a job whose process died or had to be killed."""


def run_all(
    jobs: Sequence[Job],
    make: Callable[[], Callable[[Job], Any]],
    *,
    workers: int,
    seconds: float,
    starting: float = 120.0,
) -> Iterator[tuple[Job, Any]]:
    """Each job with its result, as soon as it has one; `Lost` if it took more than ``seconds``.

    ``make`` runs once per process and returns a function that is called with every job; both must be picklable.

    Raises:
        Exception: Whatever ``make`` or a job raised.
    """
    pending = list(reversed(jobs))
    running: dict[Connection, tuple[_Worker, Job | None, float]] = {}
    try:
        for _ in range(min(workers, len(jobs))):
            worker = _Worker(make)
            running[worker.connection] = (worker, None, time.monotonic() + starting)
        while running:
            first = min(deadline for _, _, deadline in running.values())
            ready = wait(list(running), timeout=max(first - time.monotonic(), 0))
            for connection in [c for c in running if c in ready or running[c][2] <= time.monotonic()]:
                worker, job, _ = running.pop(connection)
                answer = worker.answer() if connection in ready else Lost()
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, Lost):
                    worker.kill()
                    if job is None:
                        raise RuntimeError("a worker process did not start")
                    if pending:
                        worker = _Worker(make)
                        running[worker.connection] = (worker, None, time.monotonic() + starting)
                elif pending:
                    following = pending.pop()
                    worker.give(following)
                    running[worker.connection] = (worker, following, time.monotonic() + seconds)
                else:
                    worker.kill()
                if job is not None:
                    yield job, answer
    finally:
        for worker, _, _ in running.values():
            worker.kill()


class _Worker:
    def __init__(self, make: Callable[[], Callable[[Any], Any]]) -> None:
        # Not forked: the parent may have threads.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        with _environment():
            self._process = context.Process(target=_serve, args=(theirs, make), daemon=True)
            self._process.start()
        theirs.close()

    def give(self, job: Any) -> None:
        self.connection.send(job)

    def answer(self) -> Any:
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return Lost()

    def kill(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


@contextmanager
def _environment() -> Iterator[None]:
    """One thread per worker: more BLAS threads would only wait for one another."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _serve(connection: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # without such a limit, the deadline remains
    try:
        work = make()
        connection.send(None)
        while True:
            connection.send(work(connection.recv()))
    except EOFError:
        pass
    except Exception as error:
        connection.send(error)
