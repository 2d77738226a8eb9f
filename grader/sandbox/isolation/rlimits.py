"""Resource limits that every kernel enforces."""

from __future__ import annotations

import contextlib
import resource

__all__ = ["address_space", "apply_rlimits", "first_to_go"]

MEBIBYTE = 1 << 20


def address_space() -> int:
    """Bytes that this process has mapped, such as the template's libraries, which do not count for the student."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def first_to_go() -> None:
    """If memory runs out, let the kernel end this process rather than the template in the same control group.

    Call this before changing the user. If it fails, the kernel ends the larger process, which is the submission too.
    """
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


def apply_rlimits(
    *, memory_mb: int, cpu_seconds: int, file_mb: int, processes: int | None, base: int | None = None
) -> None:
    """Limit this process for good: what is set cannot be raised again.

    Args:
        memory_mb: Memory beyond what is mapped already, in MiB.
        cpu_seconds: Processor time, in seconds.
        file_mb: Largest file that may be written, in MiB.
        processes: Threads of this user, or None if other processes of the user would count too.
        base: Bytes mapped already; measured if not given.
    """
    memory = (base if base is not None else address_space()) + memory_mb * MEBIBYTE
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: file_mb * MEBIBYTE,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if processes is not None:
        limits[resource.RLIMIT_NPROC] = processes
    for kind, wanted in limits.items():
        _, hard = resource.getrlimit(kind)
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # One second between SIGXCPU, which shows the worker what happened, and SIGKILL.
        margin = 1 if kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else 0
        resource.setrlimit(kind, (allowed, allowed + margin))
