"""Temporary folders that do not outlive their process: what a killed process left behind, the next one removes.

A process holds a lock on each of its folders, which the kernel releases however the process ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator

from grader.sandbox.isolation.scratch import remove_tree

__all__ = ["held_folder"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextlib.contextmanager
def held_folder(prefix: str, where: str | None = None) -> Iterator[str]:
    """A new folder that only this user may enter, removed at the end with everything in it.

    Args:
        prefix: Of its name, and of no other names in ``where``: folders with this prefix that no living process holds
            are removed first.
        where: The folder above; the system's for temporary files by default.
    """
    where = where or tempfile.gettempdir()
    _remove_leftovers(prefix, where)
    folder, lock = _new(prefix, where)
    try:
        yield folder
    finally:
        with contextlib.suppress(OSError):
            remove_tree(folder)
        os.close(lock)


def _new(prefix: str, where: str) -> tuple[str, int]:
    while True:
        folder = tempfile.mkdtemp(prefix=prefix, dir=where)
        # Before it is locked, another process may take it for a leftover and remove it; then we make another one.
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder, _FOLDER)
            if _locked(lock) is not False and os.path.exists(folder):
                return folder, lock
            os.close(lock)


def _remove_leftovers(prefix: str, where: str) -> None:
    with os.scandir(where) as entries:
        names = [entry.path for entry in entries if entry.name.startswith(prefix)]
    for path in names:
        # It may be somebody else's, or no folder, or another process may be removing it; then we leave it alone.
        with contextlib.suppress(OSError):
            lock = os.open(path, _FOLDER)
            try:
                if os.fstat(lock).st_uid == os.geteuid() and _locked(lock):
                    remove_tree(path)
            finally:
                os.close(lock)


def _locked(descriptor: int) -> bool | None:
    """Whether we have the lock now; None on a file system without locks for folders."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
