"""Many calls of one function as few arrays: what all of them share is sent once, and what differs as rows of one array.

Numeric differentiation calls a loss hundreds of times with arguments of the same shapes; sending each of them by
itself takes longer than the calls. Both sides run this module, on arguments of the trusted side's making.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.sandbox.crossing.codec import DTYPES, Node

__all__ = ["Column", "calls_of", "columns_of", "nbytes"]

_SHARED = (np.ndarray, float, int, bool, str, type(None))


class Column(msgspec.Struct, array_like=True, frozen=True):
    """One positional argument of all calls."""

    shared: bool
    value: Node
    """What each call gets; else an array with a row for each. On the wire, the codec's node of it."""


def columns_of(batch: Sequence[tuple[tuple[Any, ...], dict[str, Any]]]) -> list[Column] | None:
    """The arguments of a batch by position, or None where its calls are not alike enough."""
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
    """The arguments of one call after another, each with arrays of its own."""
    for row in range(count):
        yield tuple(_own(column.value if column.shared else column.value[row]) for column in columns)


def _own(value: Any) -> Any:
    return value.copy(order="K") if isinstance(value, np.ndarray) else value


def nbytes(columns: Sequence[Column], count: int) -> int:
    """Bytes of all the calls' arrays, each counted for each call."""
    return sum(
        column.value.nbytes * (count if column.shared else 1)
        for column in columns
        if isinstance(column.value, np.ndarray)
    )
