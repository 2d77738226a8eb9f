"""An eye on a running submission, for what no kernel limit bounds on the machine at hand.

Without namespaces there is no file system of a bounded size, and without a user of its own no count of a
submission's threads. Then a thread of the worker looks several times a second. That is late by as much as can
be written in that time, so that a sized file system, where there is one, is the better layer.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from grader.limits import Limits
from grader.sandbox.isolation.scratch import MAX_ENTRIES, usage

__all__ = ["Watch"]

INTERVAL_SECONDS = 0.1
# Files removed but still open count nowhere but in the whole file system, which other workers use too.
_SHARED_BY = 8


class Watch:
    """Watches one process until `stop`; ``exceeded`` is told once, in words, when it goes too far."""

    def __init__(
        self, pid: int, folder: str, limits: Limits, *, count_threads: bool, exceeded: Callable[[str], None]
    ) -> None:
        self._pid = pid
        self._folder = folder
        self._limits = limits
        self._count_threads = count_threads
        self._exceeded = exceeded
        self._free = self._free_bytes()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scratch watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch; returns when nothing more will be told."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(INTERVAL_SECONDS):
            if problem := self._problem():
                self._exceeded(problem)
                return

    def _problem(self) -> str | None:
        most = self._limits.scratch_mb << 20
        total, entries = usage(self._folder, most_bytes=most, most_entries=MAX_ENTRIES)
        if total > most or self._free - self._free_bytes() > _SHARED_BY * most:
            return f"wrote more than {self._limits.scratch_mb} MB of files"
        if entries > MAX_ENTRIES:
            return f"made more than {MAX_ENTRIES:,} files"
        if self._count_threads and self._threads() > self._limits.processes:
            return f"started more than {self._limits.processes} threads"
        return None

    def _free_bytes(self) -> int:
        with contextlib.suppress(OSError):
            status = os.statvfs(self._folder)
            return status.f_bavail * status.f_frsize
        return 0

    def _threads(self) -> int:
        with contextlib.suppress(OSError, ValueError, IndexError):
            text = Path(f"/proc/{self._pid}/stat").read_text()
            return int(text.rpartition(")")[2].split()[17])
        return 0
