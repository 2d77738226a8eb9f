"""What a student may need to know about an error that a limit of the sandbox caused: which, and how much."""

from __future__ import annotations

import errno

from grader.sandbox.control import Settings

__all__ = ["limit_hint"]


def limit_hint(error: BaseException, settings: Settings) -> str:
    """A sentence about the limit that was run into, or nothing."""
    quota = settings.quota
    if isinstance(error, MemoryError):
        return f"a notebook may use {quota.memory_mb} MB of memory when it is graded"
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return f"a notebook may have {quota.processes} threads when it is graded"
    if not isinstance(error, OSError):
        return ""
    hints = {
        errno.EFBIG: f"a file may have {quota.file_mb} MB when a notebook is graded",
        errno.ENOSPC: f"all files together may have {settings.scratch_mb} MB when a notebook is graded",
        errno.EPERM: "programs, processes and the network are out of reach when a notebook is graded",
        errno.EACCES: "only files that were handed in or came with the problem set can be opened when it is graded",
    }
    return hints.get(error.errno or 0, "")
