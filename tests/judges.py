"""The judges that this process has at the moment, and whether one is at work."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import psutil

from tests.waiting import wait_until

__all__ = ["at_work", "judges"]


def judges() -> set[int]:
    """Process numbers of its children that judge."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    numbers = {int(number) for file in children for number in file.read_text(encoding="ascii").split()}
    return {number for number in numbers if b"grader.judge.judge_process" in _command(number)}


def at_work(process: int) -> bool:
    """Whether a submission runs below a process: nothing else there has a filter of system calls."""
    with contextlib.suppress(psutil.NoSuchProcess, OSError):
        below = psutil.Process(process).children(recursive=True)
        return any("Seccomp:\t2" in Path(f"/proc/{one.pid}/status").read_text() for one in below)
    return False


def _command(number: int) -> bytes:
    with contextlib.suppress(OSError, AssertionError):
        # A process that has only just been started has none for a moment.
        return wait_until(Path(f"/proc/{number}/cmdline").read_bytes, 2)
    return b""
