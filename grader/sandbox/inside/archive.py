"""Reading an archive of a whole class: a zip or a tar, as hostile as what students put into it.

The archive stays with the worker and its bytes are requested as needed, so that neither side holds all of it. Nothing
is written to disk here: paths are text, and contents go back through the channel.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from grader.leftovers import Leftovers
from grader.output import whole
from grader.sandbox.crossing.arrays import padded
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.files import contents_of, encoded
from grader.sandbox.crossing.messages import (
    ArchivedFile,
    ArchivedFiles,
    ArchiveRead,
    Piece,
    ReadAt,
    Rejected,
    Unpack,
)
from grader.sandbox.inside.members import DamagedArchive, Member, inner_path
from grader.sandbox.inside.tars import Tar
from grader.sandbox.inside.zips import Zip

__all__ = ["send_archive"]

BLOCK = 1 << 20
"""Bytes of the archive that are requested at a time."""
AT_ONCE = 4 << 20
"""Bytes of content after which a message is sent; a thousand files are enough too."""
MAX_PATH = 1_000


def send_archive(channel: Channel[Any], request: Unpack) -> None:
    """Send every file of the archive, then say that it is done."""
    batch: list[ArchivedFile] = []
    contents: list[bytes] = []
    waiting = 0
    try:
        for path, content, problem in _files(_Remote(channel, request.size), request):
            batch.append(ArchivedFile(path, problem))
            contents.append(content)
            waiting += padded(len(content))
            if waiting > AT_ONCE or len(batch) >= 1_000:
                _send(channel, batch, contents)
                batch, contents, waiting = [], [], 0
    except DamagedArchive as damage:
        channel.send(Rejected(reason=f"it {damage}"))
        return
    _send(channel, batch, contents)
    channel.send(ArchiveRead())


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
        content = contents_of(piece, body)[0]
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


def _send(channel: Channel[Any], files: list[ArchivedFile], contents: list[bytes]) -> None:
    encoder = encoded(contents)
    channel.send(ArchivedFiles(arrays=encoder.headers, files=files), encoder.buffers)


def _files(remote: _Remote, request: Unpack) -> Iterator[Member]:
    """The files with paths that are safe to name, each with its content or a problem."""
    stream: IO[bytes] = io.BufferedReader(remote, BLOCK)
    # By its first bytes, because from its end a tar whose last file is a zip would pass for a zip.
    zipped = stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    stream.seek(0)
    archive = Zip(stream) if zipped else Tar(stream)
    # To find the virtual environments in a tar, all of it would have to be fetched twice.
    leftovers = Leftovers(archive.names() if zipped else ())
    members = archive.members(request.most_bytes + 1, lambda name: _is_unwanted(name, leftovers))
    for number, member in enumerate(members):
        if number >= request.most_files:
            raise DamagedArchive(f"holds more than {request.most_files:,} files")
        name = whole(member.name)
        path = inner_path(name)
        if path is None or len(path) > MAX_PATH:
            yield Member(name[:MAX_PATH], problem="would land outside the archive's folder")
        elif len(member.content) > request.most_bytes:
            yield Member(path, problem=f"is larger than {request.most_bytes >> 20} MB")
        else:
            yield member._replace(name=path)


def _is_unwanted(name: str, leftovers: Leftovers) -> bool:
    """Whether the worker would leave it out anyway. A clone's HEAD is sent, to show that there is a clone."""
    return len(name) <= MAX_PATH and name in leftovers and not name.endswith(".git/HEAD")
