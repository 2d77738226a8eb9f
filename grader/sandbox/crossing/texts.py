"""Many texts as two arrays: the bytes of all of them in one, and where each ends.

As separate values they would take a node each. Here the bytes that came pay for what is made of them, but for the some
fifty bytes that Python's own text takes, however short it is; so they are counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader.errors import WireError

__all__ = ["MAX_TEXTS", "MAX_WIDE_BYTES", "packed", "shaped", "unpacked"]

Array = np.ndarray[Any, Any]
MAX_TEXTS = 1_000_000
"""In the arrays of a message."""
MAX_TEXT_BYTES = 16 << 20
"""Of the texts of one array: one rare letter among them makes each letter four bytes wide."""
MAX_WIDE_BYTES = 64 << 20
"""Of a numpy array of texts, in which all are as wide as the longest."""


def packed(texts: Sequence[str], room: int) -> tuple[Array, Array]:
    """Where each text ends, and the bytes of all; raises ValueError where they are too many or too long.

    ``room`` is how many texts the message may still hold.
    """
    whole = "".join(texts)
    if whole.isascii():
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        data = whole.encode("ascii")
    else:
        pieces = [one.encode("utf-8", "replace") for one in texts]
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        data = b"".join(pieces)
    if len(texts) > room:
        raise ValueError(f"it holds more than {MAX_TEXTS:,} texts")
    if len(data) > MAX_TEXT_BYTES:
        raise ValueError(f"it holds more than {MAX_TEXT_BYTES >> 20} MB of text in one column")
    return np.cumsum(lengths), np.frombuffer(data, np.uint8)


def unpacked(ends: Array, data: Array, room: int) -> Array:
    """The texts, in an array of objects with one axis.

    Raises:
        WireError: `packed` cannot have made the two arrays.
    """
    if ends.ndim != 1 or len(ends) > room or data.ndim != 1 or data.size > MAX_TEXT_BYTES:
        raise WireError("an array of texts out of the sandbox is malformed, or too large")
    places = [0, *ends.tolist()]
    if places[-1] != data.size or (np.diff(ends, prepend=0) < 0).any() or (ends < 0).any():
        raise WireError("an array of texts out of the sandbox is malformed")
    raw = data.tobytes()
    texts = np.empty(len(ends), object)
    if raw.isascii():
        whole = raw.decode("ascii")
        texts[:] = [whole[start:end] for start, end in pairwise(places)]
    else:
        texts[:] = [raw[start:end].decode("utf-8", "replace") for start, end in pairwise(places)]
    return texts


def shaped(texts: Array, shape: Sequence[Any]) -> Array:
    """The texts as an array of numpy's own type.

    Raises:
        WireError: It would have another number of entries, or take too much memory.
    """
    if not all(type(side) is int and 0 <= side < 2**62 for side in shape) or math.prod(shape) != len(texts):
        raise WireError("an array of texts out of the sandbox has an impossible shape")
    if 4 * len(texts) * max(map(len, texts), default=0) > MAX_WIDE_BYTES:
        raise WireError("an array of texts out of the sandbox has one that is far longer than the others")
    try:
        return texts.astype(str).reshape(shape)
    except ValueError:  # too many axes, or an empty array of a size that no array can have
        raise WireError("an array of texts out of the sandbox has an impossible shape") from None
