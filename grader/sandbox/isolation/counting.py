"""Counts what lies in a folder while somebody may be changing it. It uses descriptors, since no path is long enough.

A path can have 4096 bytes, but folders can nest deeper. So a walk goes down by one name at a time and up by "..". It
keeps one descriptor, of the folder it is in, and only the names of folders that it has yet to visit.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass

__all__ = ["Usage", "usage"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_SECONDS = 2.0
"""Processor time: several times what the largest number of entries takes on a slow machine."""

Inode = tuple[int, int]


@dataclass
class Usage:
    """What one walk found; there may be more."""

    total: int = 0
    """Bytes on the disk, or in memory; a file with several names counts once."""
    entries: int = 0
    """Names of files and folders."""
    unread: bool = False
    """Whether there is a folder that we may not read."""
    disturbed: bool = False
    """Whether folders were removed or moved meanwhile, so that the walk may have missed some."""


def usage(top: int, *, most_bytes: int, most_entries: int) -> Usage:
    """Bytes and entries below an open folder; counting stops soon after a limit is exceeded."""
    walk = _Walk(most_bytes, most_entries)
    try:
        walk.below(top)
    except PermissionError:
        walk.found.unread = True
    except OSError:
        walk.found.disturbed = True
    return walk.found


class _Walk:
    def __init__(self, most_bytes: int, most_entries: int) -> None:
        self.found = Usage()
        self._most_bytes = most_bytes
        self._most_entries = most_entries
        self._until = time.thread_time() + _SECONDS
        self._seen: set[Inode] = set()

    def below(self, top: int) -> None:
        here = _open(".", top)
        try:
            place, names = _inode(os.fstat(here)), self._list(here)
            above: list[tuple[Inode, list[str]]] = []
            while not self._over():
                if names:
                    inner = self._enter(here, names.pop())
                    if inner is None:
                        continue
                    inside = self._list(inner)
                    if not inside:
                        os.close(inner)
                        continue
                    above.append((place, names))
                    os.close(here)
                    here, place, names = inner, _inode(os.fstat(inner)), inside
                elif above:
                    place, names = above.pop()
                    outer = _open("..", here)
                    os.close(here)
                    here = outer
                    if _inode(os.fstat(here)) != place:  # it was moved while we were inside
                        self.found.disturbed = True
                        return
                else:
                    return
        finally:
            os.close(here)

    def _enter(self, here: int, name: str) -> int | None:
        """Open a folder; None if it is gone or may not be opened."""
        try:
            return _open(name, here)
        except PermissionError:
            self.found.unread = True
        except OSError:
            self.found.disturbed = True
        return None

    def _list(self, folder: int) -> list[str]:
        """Count what a folder contains; returns the folders in it."""
        folders: list[str] = []
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    if self._counted(entry):
                        folders.append(entry.name)
                    if self._over():
                        break
        except PermissionError:
            self.found.unread = True
        except OSError:
            self.found.disturbed = True
        return folders

    def _counted(self, entry: os.DirEntry[str]) -> bool:
        """Count an entry; returns whether it is a folder."""
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            # A removed file is nothing unusual, but a folder may have been moved to where we have been already.
            self.found.disturbed |= entry.is_dir(follow_symlinks=False)
            return False
        inode, is_folder = _inode(status), stat.S_ISDIR(status.st_mode)
        if inode not in self._seen:
            self._seen.add(inode)
            self.found.total += status.st_blocks * 512
        elif is_folder:  # it was counted before it was moved here
            return False
        self.found.entries += 1
        return is_folder

    def _over(self) -> bool:
        if time.thread_time() > self._until:
            self.found.disturbed = True
            return True
        return (
            self.found.unread
            or self.found.total > self._most_bytes
            or self.found.entries > self._most_entries
        )


def _open(name: str, folder: int) -> int:
    try:
        # No access time reveals how far the walk is.
        return os.open(name, _FOLDER | os.O_NOATIME, dir_fd=folder)
    except PermissionError:
        return os.open(name, _FOLDER, dir_fd=folder)  # only a folder's owner may ask for O_NOATIME


def _inode(status: os.stat_result) -> Inode:
    return status.st_dev, status.st_ino
