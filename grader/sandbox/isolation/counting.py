"""What lies in a folder while somebody may be changing it: counted by descriptors, since no path is long enough.

A path ends at 4096 bytes, and folders below go on. So a walk goes down by one name at a time and up by "..", and keeps
one descriptor of where it is and no more than a name for each folder still to be seen.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass

__all__ = ["Usage", "usage"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_SECONDS = 2.0
"""Of a processor: several times what the most entries take on a slow machine."""

Inode = tuple[int, int]


@dataclass
class Usage:
    """What one walk found: no less than this is there."""

    total: int = 0
    """Bytes on the disk, or in memory; a file with several names counts once."""
    entries: int = 0
    """Names of files and folders."""
    unread: bool = False
    """Whether there is a folder that we may not look into."""
    disturbed: bool = False
    """Whether folders went away or were moved meanwhile, so that the walk may have missed some."""


def usage(top: int, *, most_bytes: int, most_entries: int) -> Usage:
    """Bytes and entries below an open folder; counting stops soon after one of them is exceeded."""
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
        """A folder opened; None where it is not there any more or may not be opened."""
        try:
            return _open(name, here)
        except PermissionError:
            self.found.unread = True
        except OSError:
            self.found.disturbed = True
        return None

    def _list(self, folder: int) -> list[str]:
        """Count what a folder holds; the folders in it."""
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
        """Count an entry; whether it is a folder."""
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            # A file that goes is nothing unusual. A folder may have been moved to where we have been.
            self.found.disturbed |= entry.is_dir(follow_symlinks=False)
            return False
        inode, is_folder = _inode(status), stat.S_ISDIR(status.st_mode)
        if inode not in self._seen:
            self._seen.add(inode)
            self.found.total += status.st_blocks * 512
        elif is_folder:  # it was moved here after its turn
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
        # No time of access tells whoever watches for it how far we are.
        return os.open(name, _FOLDER | os.O_NOATIME, dir_fd=folder)
    except PermissionError:
        return os.open(name, _FOLDER, dir_fd=folder)  # it is not ours to say so


def _inode(status: os.stat_result) -> Inode:
    return status.st_dev, status.st_ino
