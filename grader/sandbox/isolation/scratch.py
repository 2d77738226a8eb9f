"""The folder that a submission may write in: where it is, how its size is bounded, and how it is removed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat

from grader.sandbox.isolation.libc import libc

__all__ = ["MAX_ENTRIES", "limit_scratch", "remove_tree", "scratch_parent"]

MAX_ENTRIES = 20_000
"""Most files and folders that a submission may have at one time."""
_MS_NOSUID, _MS_NODEV = 2, 4
_NOFOLLOW = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def limit_scratch(folder: str, megabytes: int, *, owner: int) -> bool:
    """Mount a file system with a bounded size and number of files; returns whether that worked.

    This needs CAP_SYS_ADMIN in the mount namespace, which the template has until it gives it up.
    """
    options = f"size={megabytes << 20},nr_inodes={MAX_ENTRIES},mode=0755,uid={owner},gid={owner}"
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV)
    return libc.mount(b"tmpfs", folder.encode(), b"tmpfs", flags, options.encode()) == 0


def scratch_parent() -> str | None:
    """Where submissions' folders are made without namespaces: in memory, or else where Python makes temporary files."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def remove_tree(folder: str) -> None:
    """Remove a folder that nobody uses any more.

    Inner folders are moved to the top before they are emptied, so that no nesting makes the recursion too deep or a
    path too long. Access to them is restored first. Links are removed and never followed.

    Raises:
        OSError: Something in it cannot be removed.
    """
    top = os.open(folder, _NOFOLLOW)
    try:
        os.fchmod(top, 0o700)
        _empty(top)
    finally:
        os.close(top)
    os.rmdir(folder)


def _empty(top: int) -> None:
    moved = 0
    prefix = f".{os.getpid()}-{os.urandom(8).hex()}-"
    waiting: list[str] = []
    for name in os.listdir(top):
        if _is_folder(top, name):
            waiting.append(name)
        else:
            os.unlink(name, dir_fd=top)
    while waiting:
        name = waiting.pop()
        inner = _open_folder(top, name)
        try:
            for child in os.listdir(inner):
                if _is_folder(inner, child):
                    moved += 1
                    # Moving a folder changes its parent entry, which needs write access to the folder itself.
                    os.chmod(child, 0o700, dir_fd=inner)
                    os.rename(child, f"{prefix}{moved}", src_dir_fd=inner, dst_dir_fd=top)
                    waiting.append(f"{prefix}{moved}")
                else:
                    os.unlink(child, dir_fd=inner)
        finally:
            os.close(inner)
        os.rmdir(name, dir_fd=top)


def _is_folder(parent: int, name: str) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)


def _open_folder(parent: int, name: str) -> int:
    with contextlib.suppress(OSError):
        os.chmod(name, 0o700, dir_fd=parent)
    return os.open(name, _NOFOLLOW, dir_fd=parent)
