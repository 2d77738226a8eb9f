"""What one submission may use, and the words for exceeding it."""

from __future__ import annotations

import signal
from typing import Annotated

import msgspec

from grader.errors import LimitHit
from grader.text import many
from grader.wording import ended_words

__all__ = ["Limits", "how_it_ended", "limit_that_ended"]

Seconds = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ``limits`` of a pset.yaml: what one submission may use before it is stopped."""

    cell_seconds: Seconds = 30
    """For one notebook cell; time spent waiting for a busy processor does not count."""
    call_seconds: Seconds = 10
    """For one call, or one batch of calls, by a test; waiting does not count here either."""
    submission_seconds: Seconds = 180
    """Wall-clock time for everything: second tries, waiting, and what tests do with returned values."""
    cpu_seconds: Count = 180
    """Processor time of the process."""
    memory_mb: Count = 1024
    """Memory, in MiB, beyond the interpreter and the preloaded modules."""
    processes: Count = 64
    """Threads."""
    file_mb: Count = 64
    """Largest file that may be written, in MiB."""
    scratch_mb: Count = 256
    """All files together, in MiB; without a file system of that size, checked several times a second."""
    output_kb: Count = 256
    """Printed text that is kept, in KiB."""
    judge_mb: Count = 1024
    """Memory, in MiB, that the judge may take beyond the suite and its libraries; the others limit submissions."""


def limit_that_ended(exit_code: int, limits: Limits, cpu_seconds: float = 0.0) -> LimitHit | None:
    """The limit that a process which should be alive ran into, as far as the way it ended shows."""
    if exit_code == -getattr(signal, "SIGXCPU", 24) or (exit_code < 0 and cpu_seconds >= limits.cpu_seconds):
        return LimitHit("cpu_seconds", limits.cpu_seconds, limits.cpu_seconds)
    return LimitHit("memory_mb", limits.memory_mb) if exit_code == -9 else None


def how_it_ended(exit_code: int, limits: Limits, cpu_seconds: float = 0.0) -> str:
    """Why a process that should be alive is not, as the end of a sentence about it.

    ``cpu_seconds`` is the processor time that it used, since a process may ignore the signal for using too much.
    """
    hit = limit_that_ended(exit_code, limits, cpu_seconds)
    if hit is not None and hit.name == "cpu_seconds":
        return f"used more than {many(limits.cpu_seconds, 'second')} of processor time"
    if hit is not None:
        return f"was killed, most likely for using more than {limits.memory_mb} MB of memory"
    return ended_words(exit_code)
