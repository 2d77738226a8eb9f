"""A watch over a running submission, for what no kernel limit bounds on this machine.

Without namespaces there is no file system of a bounded size, and without a separate user no count of a submission's
threads. Then a thread of the worker checks several times a second. In between, a submission can exceed its limits, so
a file system of a bounded size is the better layer where there is one.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from grader.limits import Limits
from grader.sandbox.isolation.counting import usage
from grader.sandbox.isolation.scratch import MAX_ENTRIES

__all__ = ["Watch"]

INTERVAL_SECONDS = 0.1
_SOON = 0.01
MOST_DISTURBED = 40
"""Walks in a row that missed a folder. Where folders come and go quickly, every second may; so many are intended."""
# Removed files that are still open show only in the free space of the whole file system, which other workers use too.
_SHARED_BY = 8


class Watch:
    """Watches one process until `stop`; calls ``exceeded`` once, with the reason, when it goes too far."""

    def __init__(
        self, pid: int, folder: str, limits: Limits, *, count_threads: bool, exceeded: Callable[[str], None]
    ) -> None:
        self._pid = pid
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._limits = limits
        self._count_threads = count_threads
        self._exceeded = exceeded
        self._free_bytes, self._free_files = self._free()
        self._disturbed = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scratch watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch; after this returns, ``exceeded`` is not called any more."""
        self._stopped.set()
        self._thread.join()
        if self._folder >= 0:
            os.close(self._folder)
            self._folder = -1

    def _run(self) -> None:
        while not self._stopped.wait(_SOON if self._disturbed else INTERVAL_SECONDS):
            if problem := self._problem():
                self._exceeded(problem)
                return

    def _problem(self) -> str | None:
        most = self._limits.scratch_mb << 20
        free_bytes, free_files = self._free()
        if self._free_bytes - free_bytes > _SHARED_BY * most:
            return f"wrote more than {self._limits.scratch_mb} MB of files"
        if self._free_files - free_files > _SHARED_BY * MAX_ENTRIES:
            return f"made more than {MAX_ENTRIES:,} files"
        found = usage(self._folder, most_bytes=most, most_entries=MAX_ENTRIES)
        if found.total > most:
            return f"wrote more than {self._limits.scratch_mb} MB of files"
        if found.entries > MAX_ENTRIES:
            return f"made more than {MAX_ENTRIES:,} files"
        if found.unread:
            return "made a folder that cannot be read"
        self._disturbed = self._disturbed + 1 if found.disturbed else 0
        if self._disturbed >= MOST_DISTURBED:
            return "moved its folders about faster than they can be counted"
        if self._count_threads and self._threads() > self._limits.processes:
            return f"started more than {self._limits.processes} threads"
        return None

    def _free(self) -> tuple[int, int]:
        """How many bytes and files the file system has room for."""
        with contextlib.suppress(OSError):
            status = os.fstatvfs(self._folder)
            return status.f_bavail * status.f_frsize, status.f_favail
        return 0, 0

    def _threads(self) -> int:
        with contextlib.suppress(OSError, ValueError, IndexError):
            text = Path(f"/proc/{self._pid}/stat").read_text()
            return int(text.rpartition(")")[2].split()[17])
        return 0
