"""Reading a zip that anybody may have made.

On damaged bytes `zipfile` raises much more than BadZipFile: errors of `struct`, of zlib, lzma and bz2, of decoding, of
seeking to impossible places, and of what it does not implement. None of them is an error on our side.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from grader.sandbox.inside.members import DAMAGED, LINK, LOCKED, DamagedArchive, Member

__all__ = ["Zip"]

MOST_DICTIONARY = 64 << 20
"""Bytes of an LZMA entry's dictionary. It is made as large as the entry declares, which can be 4 GB."""


class Zip:
    """A zip, open for reading; raises DamagedArchive if its list of entries cannot be read."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._archive = zipfile.ZipFile(stream)
        except Exception as error:
            raise DamagedArchive(f"is a damaged zip ({type(error).__name__})") from None
        # A folder's name ends with a slash; an empty name is what is left of one that begins with NUL.
        self._entries = [one for one in self._archive.infolist() if not one.filename or not one.is_dir()]

    def names(self) -> list[str]:
        """Of all its files."""
        return [entry.filename for entry in self._entries]

    def members(self, most: int, unwanted: Callable[[str], bool]) -> Iterator[Member]:
        """Its files, at most ``most`` bytes of each, without those whose names are unwanted."""
        for entry in self._entries:
            if not unwanted(entry.filename):
                yield self._member(entry, most)

    def _member(self, entry: zipfile.ZipInfo, most: int) -> Member:
        name = entry.filename
        if (entry.external_attr >> 16) & 0o170000 == 0o120000:
            return Member(name, problem=LINK)
        if entry.flag_bits & 1:
            return Member(name, problem=LOCKED)
        try:
            if entry.compress_type == zipfile.ZIP_LZMA and self._dictionary(entry) > MOST_DICTIONARY:
                return Member(name, problem=DAMAGED)
            with self._archive.open(entry) as file:
                return Member(name, file.read(most))
        except Exception:
            return Member(name, problem=DAMAGED)

    def _dictionary(self, entry: zipfile.ZipInfo) -> int:
        """Bytes that an LZMA entry declares; by APPNOTE 5.8.8 they follow version (2), length (2), lc/lp/pb (1)."""
        file = self._archive.fp
        assert file is not None
        file.seek(entry.header_offset)
        name, extra = struct.unpack("<26xHH", file.read(30))
        file.seek(name + extra, 1)
        (size,) = struct.unpack("<5xI", file.read(9))
        return int(size)
