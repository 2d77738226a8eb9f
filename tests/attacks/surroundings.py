"""What surrounds the judging process, and how much memory it has taken: looked at before and after an attack."""

from __future__ import annotations

import builtins
import contextlib
import hashlib
import os
import resource
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grader.sandbox.outside.host import Sandbox

__all__ = ["Peak", "data_limited", "surroundings"]

_PHASE = "PYTEST_CURRENT_TEST"


class Peak:
    """The most memory that this process takes from now on, beyond what it has now."""

    def __init__(self) -> None:
        # Where the kernel lets us, the mark is set back. A process that others may not inspect, and that is not
        # root, is not let; then only what is higher than ever before is seen.
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
        self._now, self._before = _memory_kb("VmRSS"), _memory_kb("VmHWM")

    def more_mb(self) -> int:
        """MB beyond what there was at the beginning."""
        highest = _memory_kb("VmHWM")
        return (highest - self._now) // 1024 if highest > self._before else 0


@contextlib.contextmanager
def data_limited(more_mb: int) -> Iterator[None]:
    """Have requests for memory refused that go beyond what is taken now by more than that, as a judge's process has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = (_memory_kb("VmData") << 10) + (more_mb << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _memory_kb(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1])
    raise RuntimeError(f"the kernel does not say {what}")


def surroundings(sandbox: Sandbox, folder: Path) -> dict[str, Any]:
    """What no submission may change."""
    sandbox.settle()
    template = sandbox._template
    return {
        "processes": _descendants(template.pid) if template else 0,
        "template": template.pid if template else None,
        "scratch": sorted(os.listdir(sandbox.scratch)) if sandbox.scratch else [],
        "planted files": [
            (str(path), status.st_mode, status.st_mtime_ns if path.is_file() else 0, _digest(path))
            for path in sorted(folder.rglob("*"))
            if "__pycache__" not in path.parts and (status := path.stat())
        ],
        "escaped files": [
            p for p in ("/tmp/gradmark-escaped", "/etc/escaped", "/escaped.py") if os.path.exists(p)
        ],
        "limits": [resource.getrlimit(kind) for kind in range(16)],
        "functions": [id(thing) for thing in (np.allclose, np.abs, np.testing.assert_allclose, builtins.max)],
        # Without what pytest keeps there itself: the phase of the test that all this runs in.
        "environment": hash(frozenset(item for item in os.environ.items() if item[0] != _PHASE)),
        "folder": os.getcwd(),
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "descriptors": len(os.listdir("/proc/self/fd")),
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def _descendants(pid: int) -> int:
    """How many processes descend from one."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(
                    Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1]
                )
            except OSError:
                continue
    family, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return len(family)
