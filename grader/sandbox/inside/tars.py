"""Opening a tar that anybody may have made, packed by gzip, bzip2 or xz, or not at all.

`tarfile` by itself tries every decompressor on bytes that it does not know, old LZMA among them, and gives xz all the
memory that the bytes ask for: up to 4 GB for a dictionary that a few bytes declare.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from typing import IO, Any

__all__ = ["open_tar"]

MOST_XZ_MEMORY = 100 << 20
"""Bytes: the strongest of xz's presets takes 65 MiB to unpack."""
PIECE = 1 << 16
"""Packed bytes that the decompressor is fed at a time."""


def open_tar(stream: IO[bytes]) -> tarfile.TarFile:
    """The archive, by the first bytes of the stream; whatever these modules raise says that it is damaged."""
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
    """What an xz file unpacks to, by a decompressor of bounded memory; `lzma.LZMAFile` has no bound."""

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
            # `tarfile` steps back by one byte after every file: unpacking all of it anew would take for ever.
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
        """The next bytes, at most so many; none at the end of the last stream."""
        while True:
            piece = b""
            if self._decompressor.eof:
                # Another stream may follow, after zeros that pad the one before.
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
