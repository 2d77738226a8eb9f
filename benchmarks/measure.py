"""The cost of a command with everything it starts, sandboxes included: time, processor time and memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import psutil

__all__ = ["Cost", "circumstances", "cost_of", "machine", "table"]

SAMPLE_SECONDS = 0.1
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """The cost of one command with all its descendants."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds on all processors, user and kernel."""
    memory: float
    """The most MiB at a time, counting shared memory once; 0 if it cannot be read."""


def cost_of(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    codes: Iterable[int] = (0,),
) -> Cost:
    """Run a command to its end.

    Args:
        codes: Exit codes to accept.

    Raises:
        RuntimeError: It ended with another code; the message has the end of its output.
    """
    # Orphans become our children, so that a sandbox's processor time is not lost.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        started = perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        watch = _Memory(process.pid)
        code = process.wait()
        wall = perf_counter() - started
        memory = watch.stop()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code not in codes:
            said.seek(0)
            tail = said.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{tail}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, cpu, memory)


class _Memory:
    """Watches the memory of a process and its descendants, several times a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _run(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._most = max(self._most, _memory_of_all(self._pid))


def _memory_of_all(root: int) -> float:
    """The MiB of a process and its descendants, counting shared memory once."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        first = psutil.Process(root)
        for process in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += process.memory_full_info().pss / 2**20
    return total


def circumstances() -> str:
    """One line with the machine, its load and the date."""
    load = os.getloadavg()[0]
    return (
        f"{machine()}, Linux {platform.release()}; {date.today().isoformat()}, load {load:.1f} at the start"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """Processors and Python, for a heading."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line for line in lines if line.startswith("model name")).partition(": ")[2]
    memory = psutil.virtual_memory().total / 2**30
    return f"{len(os.sched_getaffinity(0))} processors ({model}), {memory:.0f} GB, Python {platform.python_version()}"
