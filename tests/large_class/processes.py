"""Processes that are started and observed: their time, their memory, and that they end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["HOURS", "Clock", "Memory", "started"]

HOURS = 24 * 3600.0
"""Seconds in which whatever is waited for has surely happened."""


class Clock:
    """Seconds since it was entered, and until it was left."""

    def __enter__(self) -> Clock:
        self._begin, self._end = time.monotonic(), 0.0
        return self

    def __exit__(self, *_: object) -> None:
        self._end = time.monotonic()

    @property
    def seconds(self) -> float:
        return (self._end or time.monotonic()) - self._begin

    def __str__(self) -> str:
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{minutes}:{seconds:02}"

    def __format__(self, how: str) -> str:
        return format(str(self), how)


@contextlib.contextmanager
def started(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, which writes to ``log`` and is killed with its group at the end."""
    with open(log, "ab") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(frozen=True)
class Memory:
    """Of a grading run's processes, in MB."""

    done: int
    """How many results there were."""
    parent: tuple[float, ...]
    """Resident memory of the one process."""
    workers: tuple[float, ...]
    sandboxes: float
    """All of them together, with shared memory counted once."""

    @classmethod
    def of(cls, pid: int, done: int) -> Memory | None:
        """Measure now; None before there are workers, and while one comes or goes."""
        with contextlib.suppress(psutil.NoSuchProcess):
            parent = psutil.Process(pid)
            workers = [
                one for one in parent.children() if "grader.judge.judge_process" in " ".join(one.cmdline())
            ]
            inside = [one for worker in workers for one in worker.children(recursive=True)]
            if workers:
                sandboxes = sum(_shared_once(one) for one in inside)
                return cls(done, (_resident(parent),), tuple(map(_resident, workers)), sandboxes)
        return None

    def __str__(self) -> str:
        workers = " ".join(f"{one:.0f}" for one in sorted(self.workers))
        return f"{self.parent[0]:9.0f}{workers:>15}{self.sandboxes:11.0f}"


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _shared_once(process: psutil.Process) -> float:
    """A process's share of memory; 0 if it has ended meanwhile."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return float(process.memory_full_info().pss) / 2**20
    return 0.0
