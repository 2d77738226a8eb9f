"""From what a submission returned to an array of numbers, at a cost that is known before numpy is asked.

numpy makes an array of anything: one long string in a list makes every entry as wide, one complex array makes narrow
ones beside it complex, a ragged list becomes objects. So the form of nested values is looked at first. Only what is
regular and numeric, and no larger as one array than a message may be, is converted.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.kinds import plain
from grader.libraries import Sparse
from grader.tables import NotCarried, TooWide, is_table, numbers_of, table_of

__all__ = ["MOST_BYTES", "NUMERIC", "PIECE", "NotNumbers", "TooLarge", "array_of", "one_array", "pieces"]

Array = np.ndarray
Shape = tuple[int, ...]

NUMERIC = "biufc"
MOST_BYTES = 64 << 20
"""Of an array that is made from lists: as much as a message out of the sandbox may hold."""
MOST_AXES = 32
PIECE = 1 << 18
"""Entries that are compared at a time: intermediate results take several times their memory."""
_SCALARS = {bool: np.dtype(bool), int: np.dtype(np.int64), float: np.dtype(float), complex: np.dtype(complex)}


class NotNumbers(ValueError):
    """The value cannot become an array of numbers."""


class TooLarge(NotNumbers):
    """The value would become too large an array."""


def one_array(value: list[Any] | tuple[Any, ...]) -> Array:
    """What `numpy.asarray` makes of nested lists and tuples of numbers and arrays.

    Raises:
        NotNumbers: They hold something else, or differ in length.
        TooLarge: The array would take more than `MOST_BYTES`.
    """
    types: set[np.dtype[Any]] = set()
    try:
        shape = _form(value, types, 0)
    except NotNumbers:
        other = _plain_throughout(value, 0)
        if other is value:
            raise
        value, types = other, set()
        shape = _form(value, types, 0)
    kind = np.result_type(*types) if types else np.dtype(float)
    if math.prod(shape) * kind.itemsize > MOST_BYTES:
        raise TooLarge(f"{math.prod(shape):,} numbers")
    try:
        made = np.asarray(value)
    except (ValueError, OverflowError, TypeError) as error:
        raise NotNumbers(str(error)) from None
    if made.dtype.kind not in NUMERIC:  # integers beyond 64 bits
        raise NotNumbers("integers of any size")
    return made


def array_of(value: Any) -> Array | None:
    """A number, an array or a table of numbers, or nested lists of one shape, as an array; None for anything else."""
    value = plain(value)
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value) if value.dtype.kind in NUMERIC else None
    if isinstance(value, Sparse):
        return value.dense()
    if is_table(value):
        try:
            return numbers_of(table_of(value))
        except (NotCarried, TooWide):
            return None
    if isinstance(value, bool | float | complex) or (isinstance(value, int) and -(2**63) <= value < 2**64):
        return np.asarray(value)
    if isinstance(value, list) and value:
        try:
            return one_array(value)
        except NotNumbers:
            return None
    return None


def pieces(*arrays: Array) -> Iterator[tuple[Array, ...]]:
    """The entries of arrays of one shape, in C order, `PIECE` at a time; each array as one axis."""
    # Where an array is not contiguous, ``ravel`` would copy all of it; ``flat`` copies only the piece.
    flat = [array.ravel() if array.flags.c_contiguous else array.flat for array in arrays]
    for start in range(0, arrays[0].size, PIECE):
        yield tuple(array[start : start + PIECE] for array in flat)


def _plain_throughout(value: Any, depth: int) -> Any:
    """Nested lists with `plain` values in them; the same object where nothing changes."""
    value = plain(value)
    if not isinstance(value, list | tuple) or depth >= MOST_AXES:
        return value
    parts = [_plain_throughout(part, depth + 1) for part in value]
    return value if all(map(operator.is_, parts, value)) else parts


def _form(value: Any, types: set[np.dtype[Any]], depth: int) -> Shape:
    """The shape that a value would have as an array; adds the dtypes of its entries to ``types``."""
    if isinstance(value, list | tuple):
        if depth >= MOST_AXES:
            raise NotNumbers("nested too deep")
        kinds = set(map(type, value))
        if kinds <= _SCALARS.keys():
            types.update(_SCALARS[kind] for kind in kinds)
            return (len(value),)
        parts = iter(value)
        shape = _form(next(parts), types, depth + 1)
        if any(_form(part, types, depth + 1) != shape for part in parts):
            raise NotNumbers("lists that differ in length")
        return (len(value), *shape)
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in NUMERIC:
            raise NotNumbers(f"an array of {value.dtype}")
        types.add(value.dtype)
        return value.shape
    for kind, dtype in _SCALARS.items():
        if isinstance(value, kind):
            types.add(dtype)
            return ()
    raise NotNumbers(type(value).__name__)
