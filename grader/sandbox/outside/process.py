"""The trusted side of one child of the sandbox's template."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from typing import Protocol

from grader.errors import LimitHit, SandboxError
from grader.limits import Limits, how_it_ended, limit_that_ended
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.control import Ended, Forked
from grader.sandbox.crossing.messages import FromSandbox
from grader.sandbox.isolation import Plan
from grader.sandbox.isolation.cgroup import real_pid
from grader.sandbox.outside.watch import Watch

__all__ = ["Deadline", "Process"]

LEAST_EXTENSION = 1e-3
"""Seconds; a deadline that would move by less has passed."""


class Keeper(Protocol):
    """Forks a process and cleans up after it."""

    limits: Limits
    plan: Plan

    def reap(self, pid: int) -> Ended | None:
        """Wait for a killed child and remove its files; None if nobody saw it end."""

    def release(self, pid: int) -> None:
        """The same, without waiting for it."""


class Process:
    """One forked, confined child: a channel to talk over, and the means to interrupt and kill it."""

    def __init__(self, keeper: Keeper, channel: Channel[FromSandbox], forked: Forked, pidfd: int) -> None:
        self.channel = channel
        self._keeper = keeper
        self._pid = forked.pid
        self._pidfd = pidfd
        self._schedule = _open_schedule(pidfd)
        self._ended: Ended | None = None
        self._stopped = ""
        self._watch: Watch | None = None
        if not keeper.plan.bubblewrap:
            self._watch = Watch(
                forked.pid,
                forked.folder,
                keeper.limits,
                count_threads=not keeper.plan.limit_processes,
                exceeded=self._exceeded,
            )

    def waited(self) -> float:
        """Seconds that it was ready to run while the processors were busy with others; 0 if nobody counts them."""
        try:
            # Three numbers: nanoseconds running, nanoseconds waiting, turns.
            return int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0

    def interrupt(self) -> None:
        """Ask the running cell to stop, as Ctrl-C would."""
        self._signal(signal.SIGINT)

    def end(self) -> Ended | None:
        """Make sure that the process and its files are gone; returns how it ended, or None if nobody saw it.

        May be called twice.
        """
        if self._kill():
            self._ended = self._keeper.reap(self._pid)
        return self._ended

    def leave(self) -> None:
        """The same if nobody needs to know how it ended: kill it, and leave the rest to the template."""
        if self._kill():
            self._keeper.release(self._pid)

    def _kill(self) -> bool:
        """Kill it, unless that was done before; returns whether it was done now."""
        if self._pidfd < 0:
            return False
        if self._watch:
            self._watch.stop()
        self.channel.close()
        # A child that ended by itself is a zombie until now, so we still get its own exit code.
        self._signal(signal.SIGKILL)
        os.close(self._pidfd)
        self._pidfd = -1
        if self._schedule >= 0:
            os.close(self._schedule)
            self._schedule = -1
        return True

    def how_it_ended(self) -> str:
        """Why the process is gone, as the end of a sentence about it.

        Raises:
            SandboxError: The template died, by the machine's or an operator's doing, and took the process along.
        """
        ended = self.end()
        if ended is None:
            raise SandboxError("the sandbox's template died while a submission was running; grade it again")
        return self._stopped or how_it_ended(ended.exit_code, self._keeper.limits, ended.cpu_seconds)

    def limit_hit(self) -> LimitHit | None:
        """The limit that it ran into, if the way it ended shows that."""
        if self._ended is None or self._stopped:
            return None
        return limit_that_ended(self._ended.exit_code, self._keeper.limits, self._ended.cpu_seconds)

    def _exceeded(self, problem: str) -> None:
        self._stopped = problem
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, number)


def _open_schedule(pidfd: int) -> int:
    """The kernel's record of when a process's first thread ran, which runs cells and calls; -1 if there is none."""
    try:
        return os.open(f"/proc/{real_pid(pidfd)}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1


class Deadline:
    """When a step of a child has to be over.

    Time spent waiting for a processor does not count: a submission must not fail because the machine is busy, and its
    result must not depend on the number of workers.

    Args:
        process: The child.
        seconds: What the step is given.
        remaining: Seconds left of the submission's wall clock, which counts everything, so that a child whose own
            threads keep it waiting gains no more than that.
    """

    def __init__(self, process: Process, seconds: float, remaining: Callable[[], float]) -> None:
        self._process = process
        self._remaining = remaining
        self._at = time.monotonic() + seconds
        self._waited = process.waited()

    def left(self) -> float:
        """Seconds left; 0 or less if the time is up."""
        left = self._at - time.monotonic()
        if left <= 0:
            # Read only now, because nearly every step is over long before.
            waited = self._process.waited()
            more = waited - self._waited
            if more >= LEAST_EXTENSION:
                self._waited, self._at = waited, self._at + more
                left += more
        return min(left, self._remaining())
