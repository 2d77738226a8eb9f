"""Writes files whole, readable only by whoever runs the command, unless asked otherwise.

Modes are set when a file or folder is made and do not depend on the umask. What root writes into somebody else's
folder, as in a container with a folder of the host, is given to the folder's owner, who could not read it otherwise.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from grader.errors import GradmarkError

__all__ = [
    "close_to_others",
    "is_closed",
    "make_folder",
    "private_file",
    "write_inside",
    "write_named",
    "write_whole",
]

Content = bytes | Iterable[bytes]
_MEND = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "free some space"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), "create its folder"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "choose a folder that you can write to"),
    errno.EISDIR: "choose a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}
"""What to do next, by what went wrong."""
_PUBLIC = 0o644
_NOBODY = 65_534
"""The number of nobody, and of any user that a container has no number for."""


def write_whole(path: Path, content: Content, *, public: bool = False) -> None:
    """Write a file under another name and rename it; raises GradmarkError if that fails.

    Args:
        path: The file; its folder must exist.
        content: All of it, or its parts in order, so that only one part has to be in memory.
        public: Let all users read it.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with open(descriptor, "wb") as file:
                _hand_over(file.fileno(), path.parent)
                _write(file, content)
            if public:
                os.chmod(temporary, _PUBLIC)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise GradmarkError(
            f"{path} cannot be written: {error.strerror}; "
            f"{_MEND.get(error.errno or 0, 'fix that')}, then run this again to continue"
        ) from None


def write_named(path: Path, content: Content) -> None:
    """Write a file that the user named. A terminal, a pipe or a link is written to instead of replaced."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                if not is_closed(status):
                    with contextlib.suppress(PermissionError):  # somebody else owns it
                        os.fchmod(file.fileno(), stat.S_IMODE(status.st_mode) & 0o700)
                os.ftruncate(file.fileno(), 0)
            _write(file, content)
    else:
        write_whole(path, content)


def write_inside(folder: Path, path: str, content: Content) -> None:
    """Write a file below a folder, and nowhere else, even if somebody else chose the path."""
    parts = [part for part in Path(path).parts if part not in ("", ".", "..", "/")]
    target = folder.joinpath(*parts)
    make_folder(target.parent)
    write_whole(target, content)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and missing ones above it; an existing one stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        above = above.parent
    for one in reversed(missing):
        try:
            os.mkdir(one, 0o700)
        except FileExistsError:
            if not one.is_dir():
                raise
        else:
            _hand_over_folder(one)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def private_file(path: Path) -> None:
    """Make an empty private file, for code that would create it for all users; make an existing one private."""
    target = os.path.realpath(path)
    try:
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        close_to_others(path)
    else:
        _hand_over(descriptor, Path(target).parent)
        os.close(descriptor)


def close_to_others(path: Path) -> None:
    """Take away everybody else's rights to a file or folder, if it exists and is ours."""
    # By its path, because SQLite loses its locks on a file when this process closes any descriptor of it.
    with contextlib.suppress(OSError):
        status = path.stat()
        if not is_closed(status):
            os.chmod(path, stat.S_IMODE(status.st_mode) & 0o700)


def is_closed(status: os.stat_result) -> bool:
    """Whether only its owner has any rights to it."""
    return not status.st_mode & 0o077


def _write(file: IO[bytes], content: Content) -> None:
    file.writelines([content] if isinstance(content, bytes) else content)


def _hand_over(descriptor: int, folder: Path) -> None:
    if sys.platform != "win32" and os.geteuid() == 0:
        owner = folder.stat()
        if owner.st_uid not in (0, _NOBODY):
            with contextlib.suppress(OSError):  # without the right to do so, it stays ours
                os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _hand_over_folder(folder: Path) -> None:
    if sys.platform != "win32":
        # By a descriptor, because whoever owns the folder above could put another one in its place.
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            _hand_over(descriptor, folder.parent)
        finally:
            os.close(descriptor)
