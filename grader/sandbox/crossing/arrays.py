"""The arrays that follow a message as raw bytes, each described by a header.

Nothing is allocated that the received bytes do not already pay for: the arrays share them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from grader.errors import WireError

__all__ = ["ALIGNMENT", "DTYPES", "MAX_ARRAYS", "ArrayHeader", "arrays_of", "padded"]

MAX_ARRAYS = 50_000
"""In a message out of the sandbox."""
MAX_NDIM = 32
ALIGNMENT = 16
DTYPES = {
    np.dtype(code).str: np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}
_BOOL = np.dtype("?")


class ArrayHeader(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """dtype string such as ``<f8``, shape, and memory order, ``C`` or ``F``."""

    dtype: str
    shape: list[int]
    order: str


def padded(nbytes: int) -> int:
    """Length of a buffer on the wire: the next multiple of `ALIGNMENT`."""
    return -(-nbytes // ALIGNMENT) * ALIGNMENT


def arrays_of(headers: Sequence[ArrayHeader], body: bytearray, *, room: int = 1) -> list[np.ndarray]:
    """The arrays that follow a message, sharing its bytes."""
    arrays: list[np.ndarray] = []
    offset = 0
    if len(headers) > room * MAX_ARRAYS:
        raise WireError("a message out of the sandbox holds too many arrays")
    size = len(body)
    for header in headers:
        dtype, shape = DTYPES.get(header.dtype), header.shape
        if dtype is None or header.order not in ("C", "F") or len(shape) > MAX_NDIM:
            raise WireError("an array out of the sandbox has a type or shape that is not carried")
        nbytes = dtype.itemsize
        for side in shape:  # Python's integers: a hostile shape cannot overflow
            if not 0 <= side < 2**62:
                raise WireError("an array out of the sandbox has an impossible shape")
            nbytes *= side
        end = offset + padded(nbytes)
        if end > size:
            raise WireError("an array out of the sandbox is larger than the bytes that came with it")
        kind = np.uint8 if dtype is _BOOL else dtype
        try:
            array: np.ndarray = np.ndarray(
                shape, kind, body, offset, order="F" if header.order == "F" else "C"
            )
        except ValueError:
            raise WireError("an array out of the sandbox has an impossible shape") from None
        if dtype is _BOOL:
            # numpy does not check that a boolean's byte is 0 or 1. Done in place, since a copy would not be counted.
            array, raw = array.view(_BOOL), array
            np.not_equal(raw, 0, out=array)
        arrays.append(array)
        offset = end
    if offset != size:
        raise WireError("a message out of the sandbox carries bytes that belong to no array")
    return arrays
