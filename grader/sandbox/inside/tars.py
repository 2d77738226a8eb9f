"""Reading a tar that anybody may have made, compressed by gzip, bzip2 or xz, or not at all.

`tarfile` by itself tries every decompressor on bytes that it does not know, old LZMA among them, and lets xz have all
the memory that the bytes ask for: a few of them can declare a dictionary of 4 GB.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from grader.sandbox.inside.members import LINK, SPECIAL, DamagedArchive, Member

__all__ = ["Tar", "open_tar"]

MOST_MEMBERS = 50_000
"""Folders and unwanted files count too."""
MOST_PASSED = 1 << 30
"""Bytes of all members, unwanted ones too."""
MOST_XZ_MEMORY = 100 << 20
"""Bytes: the strongest of xz's presets takes 65 MiB to unpack."""
PIECE = 1 << 16
"""Compressed bytes that the decompressor is fed at a time."""


class TooMuch(Exception):
    """The tar holds more than anybody hands in."""


class Tar:
    """A tar, open for reading."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def names(self) -> list[str]:
        """Of all its members, folders too. A tar has no list of them, so all of it is read.

        Raises:
            DamagedArchive: It cannot be read to its end.
            TooMuch: There are too many, or they are too large.
        """
        names: list[str] = []
        left = MOST_PASSED
        try:
            with open_tar(self._stream) as archive:
                for member in archive:
                    left -= member.size
                    if len(names) >= MOST_MEMBERS or left < 0:
                        raise TooMuch
                    names.append(member.name)
                # tarfile takes a damaged header for the end, which two blocks of zeros mark.
                assert archive.fileobj is not None
                archive.fileobj.seek(archive.offset)
                if archive.fileobj.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
                    raise tarfile.ReadError("no end")
        except TooMuch:
            raise
        except Exception as error:  # of tarfile, gzip, bz2, lzma and zlib, and of what they do not expect
            raise DamagedArchive(f"is damaged ({type(error).__name__})") from None
        return names

    def members(self, most: int, unwanted: Callable[[str], bool]) -> Iterator[Member]:
        """Its files, at most ``most`` bytes of each, without those whose names are unwanted.

        Raises:
            DamagedArchive: It cannot be read to its end.
        """
        seen = False
        try:
            with open_tar(self._stream) as archive:
                for member in archive:
                    seen = True
                    archive.members = []  # type: ignore[attr-defined] # the list would grow with the archive
                    if not member.isdir() and not unwanted(member.name):
                        yield _member(archive, member, most)
        except Exception as error:
            what = (
                "is damaged after its first files" if seen else "is neither a zip nor a tar that can be read"
            )
            raise DamagedArchive(f"{what} ({type(error).__name__})") from None


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, most: int) -> Member:
    if member.issym() or member.islnk():
        return Member(member.name, problem=LINK)
    file = archive.extractfile(member)
    if file is None:
        return Member(member.name, problem=SPECIAL)
    return Member(member.name, file.read(min(member.size, most)))


def open_tar(stream: IO[bytes]) -> tarfile.TarFile:
    """The archive that begins with the stream; whatever these modules raise says that it is damaged."""
    stream.seek(0)
    head = stream.read(6)
    stream.seek(0)
    plain: Any = stream
    if head.startswith(b"\x1f\x8b"):
        plain = gzip.GzipFile(fileobj=stream)
    elif head.startswith(b"BZh"):
        plain = bz2.BZ2File(stream)
    elif head == b"\xfd7zXZ\0":
        plain = io.BufferedReader(_Xz(stream))
    return tarfile.open(fileobj=plain, mode="r:")


class _Xz(io.RawIOBase):
    """An xz file's content, unpacked with bounded memory, unlike by `lzma.LZMAFile`."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._rewind()

    def _rewind(self) -> None:
        self._packed.seek(0)
        self._at, self._last, self._again = 0, b"", b""
        self._decompressor = _decompressor()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the end is known only once it is reached")
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        back = self._at + len(self._again) - target
        if 0 < back <= len(self._last):
            # `tarfile` steps back by one byte after every file; unpacking all of it again each time would take forever.
            self._at, self._again = target, self._last[-back:]
            return target
        if target < self._at:
            self._rewind()
        while self._at < target and self.read(min(target - self._at, PIECE)):
            pass
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._again:
            content, self._again = self._again[: len(buffer)], self._again[len(buffer) :]
        else:
            content = self._last = self._unpacked(len(buffer))
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)

    def _unpacked(self, most: int) -> bytes:
        """At most so many of the next bytes; none at the end of the last stream."""
        while True:
            piece = b""
            if self._decompressor.eof:
                # Another stream may follow after the zeros that pad this one.
                piece = self._decompressor.unused_data.lstrip(b"\0")
                while not piece:
                    padding = self._packed.read(PIECE)
                    if not padding:
                        return b""
                    piece = padding.lstrip(b"\0")
                self._decompressor = _decompressor()
            elif self._decompressor.needs_input:
                piece = self._packed.read(PIECE)
                if not piece:
                    raise EOFError("the xz file ends early")
            content = self._decompressor.decompress(piece, most)
            if content:
                return content


def _decompressor() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_XZ_MEMORY)
