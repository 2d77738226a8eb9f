"""Many calls of one function as a few arrays: what all share is sent once, and what differs as rows of one array.

Numeric differentiation calls a loss hundreds of times with arguments of the same shapes; sending them one by one would
take longer than the calls. Both sides run this module, on arguments that the trusted side made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.crossing.arrays import DTYPES
from grader.sandbox.crossing.codec import Node

__all__ = ["Column", "calls_of", "columns_of", "nbytes"]

_SHARED = (np.ndarray, float, int, bool, str, type(None))


class Column(msgspec.Struct, array_like=True, frozen=True):
    """One positional argument of all calls."""

    shared: bool
    value: Node
    """If shared, what each call gets; else an array with a row for each. On the wire, its node."""


def columns_of(batch: Sequence[tuple[tuple[Any, ...], dict[str, Any]]]) -> list[Column] | None:
    """The arguments of a batch by position, or None if its calls differ too much."""
    width = len(batch[0][0]) if batch else 0
    if len(batch) < 2 or any(keywords or len(arguments) != width for arguments, keywords in batch):
        return None
    columns = []
    for items in zip(*(arguments for arguments, _ in batch), strict=True):
        column = _column(items)
        if column is None:
            return None
        columns.append(column)
    return columns


def _column(items: tuple[Any, ...]) -> Column | None:
    first = items[0]
    if all(item is first for item in items):
        return Column(True, first) if type(first) in _SHARED else None
    if type(first) is not np.ndarray or first.ndim == 0 or first.dtype.str not in DTYPES:
        return None
    alike = all(
        type(item) is np.ndarray
        and item.shape == first.shape
        and item.dtype == first.dtype
        and item.flags.c_contiguous
        for item in items
    )
    return Column(False, np.stack(items)) if alike else None


def calls_of(columns: Sequence[Column], count: int) -> Iterator[tuple[Any, ...]]:
    """The arguments of each call in turn, with arrays of its own."""
    for row in range(count):
        yield tuple(_own(column.value if column.shared else column.value[row]) for column in columns)


def _own(value: Any) -> Any:
    return value.copy(order="K") if isinstance(value, np.ndarray) else value


def nbytes(columns: Sequence[Column], count: int) -> int:
    """Bytes of the arrays that all calls get, a shared one counted for each of them."""
    return sum(
        column.value.nbytes * (count if column.shared else 1)
        for column in columns
        if isinstance(column.value, np.ndarray)
    )
