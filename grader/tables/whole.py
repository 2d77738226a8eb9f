"""A whole table at once: as an array, laid out in parts, its size, and whether it is still the same."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader.tables.cells import form_of, size_of
from grader.tables.columns import Column, Table
from grader.tables.convert import NotCarried, is_table, table_of
from grader.tables.entries import Entries, entries_of

__all__ = ["TooWide", "laid_out", "nbytes", "numbers_of", "same_bits"]

Array = np.ndarray[Any, Any]
MOST_BYTES = 64 << 20
"""Of a table as one array, in which all columns are as wide as the widest: as much as a message may hold."""
_PER_OBJECT = 60
"""Bytes of an entry that is an object of Python's."""


class TooWide(ValueError):
    """A table would take too much memory as one array."""


def numbers_of(table: Table) -> Array | None:
    """The table's columns as an array of numbers, as numpy would make it; None where it holds anything else.

    A Series or an Index gives one axis, a DataFrame two; what is missing is nan.

    Raises:
        TooWide: The array would take more than `MOST_BYTES`.
    """
    columns = table.index if table.library == "pandas.Index" else table.columns
    if not columns or (table.library == "pandas.Index" and len(columns) > 1):
        return None
    entries = [entries_of(column) for column in columns]
    if any(one.group != "numbers" for one in entries):
        return None
    kind = np.result_type(
        *(one.values.dtype for one in entries), *(np.float16 for one in entries if one.missing.any())
    )
    if math.prod((table.rows, len(entries), kind.itemsize)) > MOST_BYTES:
        raise TooWide(f"{table.rows * len(entries):,} numbers")
    found = [_with_nan(one) for one in entries]
    return np.stack(found, axis=1) if table.library in ("pandas.DataFrame", "datascience.Table") else found[0]


def _with_nan(entries: Entries) -> Array:
    if not entries.missing.any():
        return entries.values
    values = entries.values if entries.values.dtype.kind in "fc" else entries.values.astype(float)
    return np.where(entries.missing, np.nan, values)


# In parts ----------------------------------------------------------------------------------------------------


def laid_out(value: Any) -> Any:
    """A table, or an array of texts or times, in numbers and texts that can be compared and summed up.

    Of a table it is a dictionary. Neither the order of columns matters nor an index that only numbers the rows, nor
    which type keeps the entries. Any other value comes back as it is.
    """
    if is_table(value):
        try:
            return _parts_of(table_of(value))
        except NotCarried:  # only what never crossed
            return value
    if isinstance(value, np.ndarray) and value.dtype.kind in "UmM":
        return value.tolist() if value.dtype.kind == "U" else _moments(value)
    if isinstance(value, np.datetime64 | np.timedelta64):
        return _moments(np.asarray(value))
    return value


def _parts_of(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {"library": table.library}
    used: dict[str, int] = {}
    for label, column in zip(table.labels, table.columns, strict=True):
        name = f"column {label!r}"
        used[name] = used.get(name, 0) + 1
        made |= _part(name if used[name] == 1 else f"{name}, {used[name]}", column)
    for number, level in enumerate(table.index if not _only_numbers(table) else ()):
        made |= _part(f"index {number}", level)
    return made


def _only_numbers(table: Table) -> bool:
    """Whether the index only numbers the rows, from wherever it does."""
    plain = len(table.index) == 1 and table.index[0].kind == "numbers" and table.index_names == (None,)
    return plain and table.library != "pandas.Index" and table.index[0].values.dtype.kind in "iu"


def _part(name: str, column: Column) -> dict[str, Any]:
    one = _without_missing(entries_of(column))
    made: dict[str, Any] = {}
    match one.group:
        case "numbers":
            made[name] = _with_nan(one)
        case "texts":  # as one text, since a table may hold a million
            made[name] = repr(one.values.tolist())
        case "times" | "durations":
            letter = "M" if one.group == "times" else "m"
            made |= {
                f"{name}: {key}": part
                for key, part in _moments(one.values.view(f"{letter}8[{one.unit}]")).items()
            }
        case "periods":
            made |= {name: one.values, f"{name}: how": one.unit}
        case _:
            made[name] = one.values.tolist()
    if one.missing.any() and one.group != "numbers":
        made[f"{name}: missing"] = one.missing
    return made


def _without_missing(entries: Entries) -> Entries:
    """The same entries, but that those that are missing are all alike."""
    if not entries.missing.any() or entries.group == "numbers":
        return entries
    filler = {"texts": "", "others": None}.get(entries.group, 0)
    values = entries.values.copy()
    values[entries.missing] = filler
    return Entries(entries.group, values, entries.missing, entries.unit)


def _moments(array: Array) -> dict[str, Any]:
    """Times or durations in whole days and in microseconds of the day, which no unit's 64 bits are too few for."""
    unit, _ = np.datetime_data(array.dtype)
    if array.dtype.kind == "m" and unit in ("Y", "M", "generic"):  # of no fixed length
        return {unit: array.view(np.int64)}
    try:
        days = array.astype(f"{array.dtype.kind}8[D]")
        rest = (array - days).astype("m8[us]")
    except OverflowError:
        return {unit: array.view(np.int64)}
    return {"days": days.view(np.int64), "microseconds": rest.view(np.int64)}


# The same, and how large -------------------------------------------------------------------------------------


def same_bits(one: Table, other: Table) -> bool:
    """Whether two tables are the same, bit by bit, with all labels and types."""
    ours, theirs = ((each.library, repr(each.labels), repr(each.index_names)) for each in (one, other))
    if ours != theirs or len(one.index) != len(other.index):
        return False
    return all(map(_same_column, (*one.columns, *one.index), (*other.columns, *other.index)))


def _same_column(one: Column, other: Column) -> bool:
    ours, theirs = (
        (each.kind, each.dtype, each.ordered, len(each), len(each.parts)) for each in (one, other)
    )
    if ours != theirs or (one.missing is None) != (other.missing is None):
        return False
    if not np.array_equal(one.lacks, other.lacks):
        return False
    if one.values.dtype == object:
        same = all(map(_same_object, one.values, other.values))
    else:
        same = one.values.tobytes() == other.values.tobytes()
    return same and all(map(_same_column, one.parts, other.parts))


def _same_object(one: Any, other: Any) -> bool:
    return type(one) is type(other) and (one is other or form_of(one) == form_of(other))


def nbytes(table: Table) -> int:
    """About how much memory a table takes."""
    return sum(map(_column_bytes, (*table.columns, *table.index)))


def _column_bytes(column: Column) -> int:
    here = column.values.nbytes + (0 if column.missing is None else column.missing.nbytes)
    if column.values.dtype == object:
        here += _PER_OBJECT * len(column.values) + sum(map(size_of, column.values))
    return here + column.resolved + sum(map(_column_bytes, column.parts))
