"""What one submission may use, and the words for running into it."""

from __future__ import annotations

import signal

import msgspec

__all__ = ["Limits", "how_it_ended"]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``limits`` of a pset.yaml."""

    cell_seconds: float = 30.0
    """Wall clock of one notebook cell."""
    call_seconds: float = 10.0
    """Wall clock of one call, or of one batch of calls, by a test."""
    submission_seconds: float = 180.0
    """Wall clock of everything, second tries included."""
    cpu_seconds: int = 180
    """Processor time of the process."""
    memory_mb: int = 1024
    """Memory, in MiB, beyond the interpreter and the preloaded modules."""
    processes: int = 64
    """Threads."""
    file_mb: int = 64
    """Largest file that may be written, in MiB."""
    scratch_mb: int = 256
    """All files together, in MiB, where a sized file system can be made."""
    output_kb: int = 256
    """Printed text that is kept, in KiB."""


def how_it_ended(exit_code: int, limits: Limits) -> str:
    """Why a process that should be alive is not, as the end of a sentence about it."""
    if exit_code == -signal.SIGXCPU:
        return f"used more than {limits.cpu_seconds} seconds of processor time"
    if exit_code == -signal.SIGKILL:
        return f"was killed, most likely for using more than {limits.memory_mb} MB of memory"
    if exit_code < 0:
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = str(-exit_code)
        return f"crashed the whole process ({name})"
    return "ended the whole process"
