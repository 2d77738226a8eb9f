"""Arguments before and after a call: copies of data, and what a call changed in place."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.kinds import AsLibrary, Held, plain
from grader.libraries import Sparse, copy_of, in_graph, is_module, of_a_library
from grader.tables import copied_table, is_table, same_bits, table_of

__all__ = ["changes", "copied", "is_generator", "snapshot", "unchanged"]


def copied(value: Any) -> Any:
    """A copy of data, down through lists, tuples and dictionaries; any other object stays the same.

    A student's own object lives on between calls, and may be linked to thousands more.
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype.kind != "O":
        return value.copy(order="K")  # as a deep copy, in a fraction of its time
    if kind in _SCALARS:
        return value
    if kind is list or kind is tuple:
        return kind(map(copied, value))
    if kind is dict:
        return {copied(key): copied(item) for key, item in value.items()}
    if of_a_library(value):
        return value if in_graph(value) else copy_of(value)  # torch would not follow a copy
    if is_table(value):
        return copied_table(value)
    if isinstance(value, _COPIED) or hasattr(kind, "__array__"):
        return copy.deepcopy(value)
    return value


def snapshot(value: Any) -> Any:
    """What an argument is now, to compare with afterwards."""
    return copy_of(value) if in_graph(value) else copied(value)


_SCALARS = {float, int, bool, str, type(None)}
_GENERATORS = (
    np.random.Generator,
    np.random.RandomState,
    np.random.BitGenerator,
    np.random.SeedSequence,
    random.Random,
)
_COPIED = (list, tuple, dict, set, frozenset, bytearray, *_GENERATORS)


def is_generator(value: object) -> bool:
    """Whether a value is a random generator of numpy's or Python's, or what seeds one."""
    return isinstance(value, _GENERATORS)


def unchanged(before: object, after: object) -> bool:
    """Whether an argument is what it was, bit by bit; what is not data, such as a random generator, may change."""
    if isinstance(before, AsLibrary):
        return _unchanged_there(_numbers(before), _numbers(after))
    if isinstance(before, np.ndarray):
        return (
            isinstance(after, np.ndarray)
            and before.dtype == after.dtype
            and before.shape == after.shape
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(unchanged(before[key], after[key]) for key in before)
        )
    if isinstance(before, list | tuple):
        return (
            type(before) is type(after) and len(before) == len(after) and all(map(unchanged, before, after))
        )
    if is_module(before):
        return is_module(after)
    if of_a_library(before):
        return unchanged(_numbers(before), _numbers(after))
    if is_table(before):
        return _same_tables(before, after)
    if isinstance(before, str | bytes | int | float | complex | bool):
        # nan is not equal to itself, but still the same.
        return type(before) is type(after) and (before == after or before != before)
    return before is after or isinstance(before, _COPIED) or hasattr(type(before), "__array__")


def _unchanged_there(before: Any, after: Any) -> bool:
    """The same for what a library made of data; a network is no data, and may change."""
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        return unchanged(before.astype(after.dtype), after)  # a library may have its own precision
    return isinstance(after, Held) or unchanged(before, after)


def _numbers(value: Any) -> Any:
    """What a library's array holds, as plain data."""
    found = plain(value)
    return found.plain() if isinstance(found, Sparse) else found


def _same_tables(before: object, after: object) -> bool:
    """Whether a table is what it was; one that cannot be read any more is not."""
    try:
        return is_table(after) and same_bits(table_of(before), table_of(after))
    except Exception:  # a student's code may have put anything into it
        return False


def changes(
    before: tuple[Any, ...], words: Mapping[str, Any], after: tuple[Any, ...], words_after: Mapping[str, Any]
) -> tuple[str, ...]:
    """Positions and keywords of the arguments that changed."""
    positional = zip(before, after, strict=True)
    changed = [str(position) for position, pair in enumerate(positional) if not unchanged(*pair)]
    return (*changed, *(key for key in words if not unchanged(words[key], words_after[key])))
