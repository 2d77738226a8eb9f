"""Opening a zip that anybody may have made.

`zipfile` raises much besides BadZipFile on damaged bytes: errors of `struct`, of zlib, lzma and bz2, of decoding, of
seeking to where nothing can be, and of what it does not implement. None of them is a fault of ours.
"""

from __future__ import annotations

import struct
import zipfile
from typing import IO

__all__ = ["DamagedZip", "is_link", "is_locked", "open_zip", "plain_entries", "unpacked"]

MOST_DICTIONARY = 64 << 20
"""Bytes of an LZMA entry's dictionary, which is made as large as the entry declares: up to 4 GB."""


class DamagedZip(Exception):
    """The bytes are not those of a zip that can be read; says which error showed it."""


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive.

    Raises:
        DamagedZip: Its list of entries cannot be read.
    """
    try:
        return zipfile.ZipFile(stream)
    except Exception as error:
        raise DamagedZip(type(error).__name__) from None


def plain_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Every entry but the folders; a name may be empty, which is where one that begins with NUL is cut off."""
    return [entry for entry in archive.infolist() if not entry.filename or not entry.is_dir()]


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry says that it is a symbolic link."""
    return (entry.external_attr >> 16) & 0o170000 == 0o120000


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry needs a password."""
    return bool(entry.flag_bits & 1)


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The entry's content, at most ``most`` bytes of it.

    Raises:
        DamagedZip: It cannot be unpacked.
    """
    try:
        if entry.compress_type == zipfile.ZIP_LZMA and _dictionary(archive, entry) > MOST_DICTIONARY:
            raise ValueError("too large a dictionary")
        with archive.open(entry) as file:
            return file.read(most)
    except Exception as error:
        raise DamagedZip(type(error).__name__) from None


def _dictionary(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Bytes that an LZMA entry declares; by APPNOTE 5.8.8 they follow version (2), length (2) and lc/lp/pb (1)."""
    assert archive.fp is not None
    archive.fp.seek(entry.header_offset)
    name, extra = struct.unpack("<26xHH", archive.fp.read(30))
    archive.fp.seek(name + extra, 1)
    (size,) = struct.unpack("<5xI", archive.fp.read(9))
    return int(size)
