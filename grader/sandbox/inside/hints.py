"""Which limit of the sandbox caused an error of the student's, so that they can be told how much there is."""

from __future__ import annotations

import errno

__all__ = ["limit_of"]

_BY_ERRNO = {
    errno.EFBIG: "file_mb",
    errno.ENOSPC: "scratch_mb",
    errno.EPERM: "outside",
    errno.EACCES: "files",
}


def limit_of(error: BaseException) -> str:
    """The limit that was run into, by its name; ``outside`` or ``files`` for what is out of reach; or nothing."""
    if isinstance(error, MemoryError):
        return "memory_mb"
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return "processes"
    return _BY_ERRNO.get(error.errno or 0, "") if isinstance(error, OSError) else ""
