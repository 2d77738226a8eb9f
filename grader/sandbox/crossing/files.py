"""Files as the arrays that follow a message: a submission's on their way in, an archive's on their way out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.output import whole
from grader.sandbox.crossing.arrays import arrays_of
from grader.sandbox.crossing.codec import INTO_THE_SANDBOX, Encoder
from grader.sandbox.crossing.messages import Message, Submitted

__all__ = ["contents_of", "encoded", "files_of", "sendable"]


def encoded(contents: Iterable[bytes]) -> Encoder:
    """An encoder that holds each of the contents as an array."""
    encoder = Encoder(room=INTO_THE_SANDBOX)
    for content in contents:
        encoder.node(np.frombuffer(content, np.uint8))
    return encoder


def sendable(paths: Iterable[str]) -> list[str]:
    """The paths as text that UTF-8 can hold, which a file's name need not be."""
    return [whole(path) for path in paths]


def contents_of(message: Message, body: bytearray) -> list[bytes]:
    """The contents that a message was sent with."""
    return [array.tobytes() for array in arrays_of(message.arrays, body)]


def files_of(message: Submitted, body: bytearray) -> dict[str, bytes]:
    """The submission's files that a message was sent with, by path."""
    return dict(zip(message.paths, contents_of(message, body), strict=True))
