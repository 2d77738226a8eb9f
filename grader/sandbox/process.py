"""The trusted side of one child of the sandbox's template."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from grader.errors import SandboxError
from grader.limits import how_it_ended
from grader.sandbox.channel import Channel
from grader.sandbox.control import Ended, Forked
from grader.sandbox.messages import FromSandbox
from grader.sandbox.watch import Watch

if TYPE_CHECKING:
    from grader.sandbox.host import Sandbox

__all__ = ["Process"]


class Process:
    """One forked, confined child: a channel to talk over, and the means to interrupt and kill it."""

    def __init__(self, sandbox: Sandbox, channel: Channel[FromSandbox], forked: Forked, pidfd: int) -> None:
        self.channel = channel
        self._sandbox = sandbox
        self._pid = forked.pid
        self._pidfd = pidfd
        self._ended: Ended | None = None
        self._stopped = ""
        self._watch: Watch | None = None
        if not sandbox.plan.bubblewrap:
            self._watch = Watch(
                forked.pid,
                forked.folder,
                sandbox.limits,
                count_threads=not sandbox.plan.limit_processes,
                exceeded=self._exceeded,
            )

    def interrupt(self) -> None:
        """What Ctrl-C does: the running cell is asked to stop."""
        self._signal(signal.SIGINT)

    def end(self) -> Ended | None:
        """Make sure that it is gone and its files with it; how it went, or None where nobody saw it go.

        May be called twice.
        """
        if self._pidfd >= 0:
            if self._watch:
                self._watch.stop()
            self.channel.close()
            # A child that has ended by itself is a zombie until now, so its own exit code is what we get.
            self._signal(signal.SIGKILL)
            os.close(self._pidfd)
            self._pidfd = -1
            self._ended = self._sandbox.reap(self._pid)
        return self._ended

    def how_it_ended(self) -> str:
        """Why it is not there any more, as the end of a sentence about it.

        Raises:
            SandboxError: The template went, by the machine's or an operator's doing, and took it along.
        """
        ended = self.end()
        if ended is None:
            raise SandboxError(
                "the sandbox's template went away while a submission was running; grade it again"
            )
        return self._stopped or how_it_ended(ended.exit_code, self._sandbox.limits, ended.cpu_seconds)

    def _exceeded(self, problem: str) -> None:
        self._stopped = problem
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, number)
