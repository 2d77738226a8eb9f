"""Fingerprints of a submission's code: made in the sandbox, without running anything, and checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from grader.errors import SubmissionRejected, WireError
from grader.limits import Limits
from grader.sandbox.crossing.arrays import arrays_of
from grader.sandbox.crossing.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.files import encoded, sendable
from grader.sandbox.crossing.messages import Fingerprint, Fingerprinted, Rejected
from grader.sandbox.outside.host import Sandbox
from grader.text import clean

__all__ = ["Fingerprints", "checked", "fingerprint_sandbox", "read_fingerprints"]

READ_SECONDS = 30.0
"""For all of a submission."""
MAX_TEXT = 200_000
"""Characters of code."""
MAX_PRINTS = 50_000
MAX_REASON = 600


@dataclass(frozen=True, eq=False)
class Fingerprints:
    """What a submission's code is compared by. The sandbox made it, so it can be wrong about this submission only.

    The arrays have equal length and follow the order of the text: the value of each fingerprint, its place among the
    tokenized characters, and where its passage begins and ends in the text.
    """

    text: str
    passage: int
    """Tokenized characters of the passage that a fingerprint stands for."""
    values: np.ndarray
    places: np.ndarray
    begins: np.ndarray
    ends: np.ndarray


def fingerprint_sandbox(*, unsafe: bool = False) -> Sandbox:
    """A sandbox whose children are ready to read code."""
    limits = Limits(memory_mb=512, cpu_seconds=int(READ_SECONDS), processes=4, scratch_mb=128)
    return Sandbox(preload=["grader.sandbox.inside.fingerprints"], limits=limits, unsafe=unsafe)


def read_fingerprints(
    sandbox: Sandbox, files: Mapping[str, bytes], name: str, *, passage: int, window: int
) -> Fingerprints:
    """The fingerprints of a submission's code cells.

    Args:
        sandbox: As `fingerprint_sandbox` makes it.
        files: The submission's files by relative path.
        name: The problem set's name.
        passage: Tokenized characters that a fingerprint stands for.
        window: At least one of this many passages in a row is kept; 1 keeps all.

    Raises:
        SubmissionRejected: The files cannot be read as a submission, or their code is too long.
        SandboxError: The sandbox failed.
    """
    encoder = encoded(files.values())
    request = Fingerprint(
        arrays=encoder.headers, paths=sendable(files), name=name, passage=passage, window=window
    )
    process = sandbox.fork()
    try:
        process.channel.send(request, encoder.buffers, timeout=READ_SECONDS)
        message, body = process.channel.receive(timeout=READ_SECONDS)
        if isinstance(message, Rejected):
            raise SubmissionRejected(clean(message.reason, MAX_REASON))
        if not isinstance(message, Fingerprinted):
            raise WireError("it sent a message that does not belong to reading code")
        return checked(message, body, passage)
    except ChannelTimeout:
        raise SubmissionRejected("reading its code takes too long") from None
    except ChannelClosed:
        raise SubmissionRejected(f"the process that read it {process.how_it_ended()}") from None
    except WireError as error:
        raise SubmissionRejected(f"reading its code gave something that makes no sense: {error}") from None
    finally:
        process.end()


def checked(message: Fingerprinted, body: bytearray, passage: int) -> Fingerprints:
    """The message as fingerprints, if their number, their order and their places in the text are possible.

    Raises:
        WireError: They are not.
    """
    arrays = arrays_of(message.arrays, body)
    if len(arrays) != 4 or any(one.dtype != np.dtype("<u4") or one.ndim != 1 for one in arrays):
        raise WireError("its fingerprints are not four rows of numbers")
    values, places, begins, ends = (one.astype(np.int64) for one in arrays)
    if len({len(one) for one in arrays}) != 1 or len(values) > MAX_PRINTS or len(message.text) > MAX_TEXT:
        raise WireError("its fingerprints are too many, or its code is too long")
    if len(values):
        ordered = (np.diff(places) > 0).all() and (np.diff(begins) >= 0).all() and (np.diff(ends) >= 0).all()
        within = places[-1] + passage <= message.tokens <= MAX_TEXT and ends[-1] <= len(message.text)
        if not (ordered and within and (begins < ends).all()):
            raise WireError("its fingerprints are not in order, or not in its code")
    return Fingerprints(message.text, passage, values, places, begins, ends)
