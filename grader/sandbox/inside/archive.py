"""Reading an archive of a whole class: a zip or a tar, as hostile as what students put into it.

The archive stays with the worker; bytes are asked for as they are needed, so that neither side holds the whole of it.
Nothing is written to a disk here: paths are text, and contents go back over the channel.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from typing import IO, Any

import numpy as np

from grader.leftovers import Leftovers
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.codec import Encoder, arrays_of, padded
from grader.sandbox.crossing.messages import (
    ArchivedFile,
    ArchivedFiles,
    ArchiveRead,
    Piece,
    ReadAt,
    Rejected,
    Unpack,
)
from grader.sandbox.inside.tars import open_tar
from grader.sandbox.inside.zips import DamagedZip, is_link, is_locked, open_zip, plain_entries, unpacked

__all__ = ["send_archive"]

BLOCK = 1 << 20
"""Bytes of the archive that are asked for at a time."""
AT_ONCE = 4 << 20
"""Bytes of content, and a thousand files, that one message carries before it is sent."""
MAX_PATH = 1_000

File = tuple[str, bytes, str]


def send_archive(channel: Channel[Any], request: Unpack) -> None:
    """Send every file of the archive, then say that it is done."""
    stream: IO[bytes] = io.BufferedReader(_Remote(channel, request.size), BLOCK)
    batch: list[File] = []
    waiting = 0
    try:
        for file in _files(stream, request.most_bytes, request.most_files):
            batch.append(file)
            waiting += padded(len(file[1]))
            if waiting > AT_ONCE or len(batch) >= 1_000:
                _send(channel, batch)
                batch, waiting = [], 0
    except _Refused as refusal:
        channel.send(Rejected(reason=str(refusal)))
        return
    _send(channel, batch)
    channel.send(ArchiveRead())


class _Refused(Exception):
    """The archive as a whole cannot be read."""


class _Remote(io.RawIOBase):
    """The archive's bytes, fetched from the worker."""

    def __init__(self, channel: Channel[Any], size: int) -> None:
        self._channel, self._size, self._at = channel, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning of the archive")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), max(self._size - self._at, 0), BLOCK)
        if not wanted:
            return 0
        self._channel.send(ReadAt(offset=self._at, length=wanted))
        piece, body = self._channel.receive()
        if not isinstance(piece, Piece):
            raise OSError("the worker did not answer")
        content = arrays_of(piece.arrays, body)[0].tobytes()
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


def _send(channel: Channel[Any], batch: list[File]) -> None:
    encoder = Encoder(lambda _value: [])
    for _, content, _ in batch:
        encoder.node(np.frombuffer(content, np.uint8))
    files = [ArchivedFile(path=path, problem=problem) for path, _, problem in batch]
    channel.send(ArchivedFiles(arrays=encoder.headers, files=files), encoder.buffers)


def _files(stream: IO[bytes], most_bytes: int, most_files: int) -> Iterator[File]:
    # By its first bytes: a tar whose last file is a zip would pass for one from its end.
    zipped = stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    stream.seek(0)
    entries = _zip_files(stream, most_bytes) if zipped else _tar_files(stream, most_bytes)
    for number, (name, content, problem) in enumerate(entries):
        if number >= most_files:
            raise _Refused(f"it holds more than {most_files:,} files")
        path = _plain_path(name)
        if path is None:
            yield _printable(name)[:MAX_PATH], b"", "would land outside the archive's folder"
        else:
            yield path, content, problem


def _zip_files(stream: IO[bytes], most: int) -> Iterator[File]:
    try:
        archive = open_zip(stream)
    except DamagedZip as error:
        raise _Refused(f"it is a damaged zip ({error})") from None
    entries = plain_entries(archive)
    leftovers = Leftovers(entry.filename for entry in entries)
    for entry in entries:
        if _is_unwanted(entry.filename, leftovers):
            continue
        if is_link(entry):
            yield entry.filename, b"", "is a link"
        elif is_locked(entry):
            yield entry.filename, b"", "is locked with a password"
        else:
            try:
                content = unpacked(archive, entry, most + 1)
            except DamagedZip:
                yield entry.filename, b"", "is damaged inside the archive"
                continue
            yield entry.filename, *_bounded(content, most)


def _tar_files(stream: IO[bytes], most: int) -> Iterator[File]:
    seen = False
    leftovers = Leftovers(())
    try:
        with open_tar(stream) as archive:
            for member in archive:
                seen = True
                archive.members = []  # type: ignore[attr-defined] # a list of all members would grow with the archive
                if member.isdir() or _is_unwanted(member.name, leftovers):
                    continue
                if member.issym() or member.islnk():
                    yield member.name, b"", "is a link"
                elif not member.isreg():
                    yield member.name, b"", "is not a plain file"
                else:
                    file = archive.extractfile(member)
                    assert file is not None
                    yield member.name, *_bounded(file.read(min(member.size, most + 1)), most)
    except Exception as error:
        what = "is damaged after its first files" if seen else "is neither a zip nor a tar that can be read"
        raise _Refused(f"it {what} ({type(error).__name__})") from None


def _is_unwanted(path: str, leftovers: Leftovers) -> bool:
    """Whether the worker would leave it out anyway; a clone's head tells that there is a clone."""
    return len(path) <= MAX_PATH and path in leftovers and not path.endswith(".git/HEAD")


def _bounded(content: bytes, most: int) -> tuple[bytes, str]:
    return (content, "") if len(content) <= most else (b"", f"is larger than {most >> 20} MB")


def _plain_path(name: str) -> str | None:
    """The path with one kind of separator and no detours; None where it leads out of the archive."""
    clean = posixpath.normpath(_printable(name).replace("\\", "/"))
    outside = clean.startswith(("/", "../")) or clean in ("..", ".") or bool(re.match(r"^[A-Za-z]:", clean))
    return None if outside or "\0" in clean or len(clean) > MAX_PATH else clean


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
