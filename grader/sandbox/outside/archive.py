"""An archive of a whole class, read in the sandbox and never in the worker."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from grader.errors import SandboxError, SubmissionRejected, WireError
from grader.sandbox.crossing.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.files import contents_of, encoded
from grader.sandbox.crossing.messages import (
    ArchivedFiles,
    ArchiveRead,
    FromSandbox,
    Piece,
    ReadAt,
    Rejected,
    Unpack,
)
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.process import Process
from grader.text import clean

__all__ = ["MAX_ARCHIVED_FILES", "UnpackedFile", "unpack_archive"]

MAX_ARCHIVED_FILES = 500_000
MAX_READ = 1 << 20
"""Bytes of the archive that are sent at a time."""
SILENCE_SECONDS = 60.0
"""After this long without a message, the reading process counts as stuck."""
ARCHIVE_SECONDS = 1_800.0
MAX_PROBLEM = 200

UnpackedFile = tuple[str, bytes, str]
"""Path, content, and the problem that left it without content."""


def unpack_archive(sandbox: Sandbox, descriptor: int, *, most_bytes: int) -> Iterator[UnpackedFile]:
    """The files of a zip or tar, in the archive's order, one batch in memory at a time.

    No path leads out of the archive, but otherwise it may hold anything: do not use it on a disk as it is.

    Args:
        sandbox: Where the archive is read.
        descriptor: Of the open archive.
        most_bytes: Of one file; a larger one comes without content and with the reason.

    Raises:
        SubmissionRejected: It cannot be read as an archive; the reason is the end of a sentence about it.
        SandboxError: The sandbox failed.
    """
    size = os.fstat(descriptor).st_size
    deadline = time.monotonic() + ARCHIVE_SECONDS
    process = sandbox.fork()
    count = 0
    try:
        process.channel.send(
            Unpack(size=size, most_bytes=most_bytes, most_files=MAX_ARCHIVED_FILES), timeout=SILENCE_SECONDS
        )
        while True:
            message, body = _next(process, deadline)
            if isinstance(message, ReadAt):
                _answer(process, descriptor, message)
            elif isinstance(message, ArchivedFiles):
                contents = contents_of(message, body)
                if len(contents) != len(message.files):
                    raise WireError("it sent a different number of files than it named")
                count += len(message.files)
                if count > MAX_ARCHIVED_FILES:
                    raise WireError("it sent more files than an archive may hold")
                for file, content in zip(message.files, contents, strict=True):
                    yield file.path, content[: most_bytes + 1], clean(file.problem, MAX_PROBLEM)
            elif isinstance(message, Rejected):
                raise SubmissionRejected(clean(message.reason, MAX_PROBLEM))
            elif isinstance(message, ArchiveRead):
                return
            else:
                raise WireError("it sent a message that does not belong to reading an archive")
    except ChannelTimeout:
        raise SubmissionRejected("reading it took too long") from None
    except ChannelClosed:
        raise SubmissionRejected(f"the process that read it {process.how_it_ended()}") from None
    except WireError as error:
        raise SandboxError(f"reading an archive failed: {error}") from None
    finally:
        process.end()


def _next(process: Process, deadline: float) -> tuple[FromSandbox, bytearray]:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ChannelTimeout
    return process.channel.receive(timeout=min(left, SILENCE_SECONDS))


def _answer(process: Process, descriptor: int, wanted: ReadAt) -> None:
    if not (0 <= wanted.offset < 2**62 and 0 < wanted.length <= MAX_READ):
        raise WireError("it asked for bytes that no archive has")
    encoder = encoded([os.pread(descriptor, wanted.length, wanted.offset)])
    process.channel.send(Piece(arrays=encoder.headers), encoder.buffers, timeout=SILENCE_SECONDS)
