"""Arrays of numbers, times, texts and other things as columns, and back."""

from __future__ import annotations

import datetime
import numbers
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.tables.columns import Column
from grader.tables.convert import NotCarried

__all__ = ["array_of_column", "column_of_array", "plain_cell"]

Array = np.ndarray[Any, Any]
_PLAIN = (bool, int, float, complex, bytes, type(None))
_INT64 = range(-(2**63), 2**63)
_MISSING = frozenset({"NAType", "NaTType"})
"""Types of what pandas puts in the place of missing entries, by name, since pandas may not be installed."""


def column_of_array(array: Array, label: Any) -> Column:
    """The column of one array; ``label`` is what messages call it.

    Raises:
        NotCarried: It holds something that no column can.
    """
    if array.ndim != 1:
        raise NotCarried(f"its column {label!r} has {array.ndim} axes")
    kind = array.dtype.kind
    if kind in "biufc":
        return Column("numbers", array)
    if kind in "Mm" and np.datetime_data(array.dtype)[0] != "generic":
        return Column("times" if kind == "M" else "durations", array)
    if kind == "U":
        return Column("texts", array.astype(object))
    cells = array.astype(object)
    return _alike(cells, label) or Column("objects", _each(lambda one: plain_cell(one, label), cells))


def array_of_column(column: Column) -> Array:
    """The array that a column stands for, in numpy's types alone.

    What is missing is None among texts and objects, and nan among numbers that are marked as missing.
    """
    values = column.values
    lacking = column.missing is not None and bool(column.missing.any())
    if column.kind == "numbers" and lacking:
        wide = values.astype(np.result_type(values.dtype, np.float64))
        wide[column.missing] = np.nan
        return wide
    if column.kind == "texts" and lacking:
        cells = values.copy()
        cells[column.missing] = None
        return cells
    if column.kind == "texts" and not column.flavor:
        return values.astype(str)
    return values.astype(object) if column.flavor == "object" else values


def plain_cell(value: Any, label: Any) -> Any:
    """One entry of a column of objects as a value that the codec carries.

    Raises:
        NotCarried: There is none.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, np.generic) and value.dtype.kind in "biufcmM":
        return value
    if kind.__name__ in _MISSING:
        return None
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return _moment(value)
    if isinstance(value, numbers.Number):
        return _number(value)
    if isinstance(value, bytes):
        return bytes(value)
    if isinstance(value, list | tuple):
        cells = [plain_cell(part, label) for part in value]
        return cells if isinstance(value, list) else tuple(cells)
    if isinstance(value, dict):
        return {plain_cell(key, label): plain_cell(part, label) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain_cell(part, label) for part in value), key=repr)
    if kind is np.ndarray and value.dtype.kind in "biufcUmM":
        return value
    raise NotCarried(f"its column {label!r} holds a {kind.__name__}; turn it into numbers, texts or times")


def _number(value: Any) -> float | complex:
    """The nearest float of a Decimal or a Fraction, infinite beyond the largest."""
    if isinstance(value, numbers.Complex) and not isinstance(value, numbers.Real):
        return complex(value)
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _moment(value: Any) -> np.datetime64 | np.timedelta64:
    """A date, a time or a duration of Python's as numpy's; a time of the day is the duration since midnight."""
    if isinstance(value, datetime.time):
        seconds = 3600 * value.hour + 60 * value.minute + value.second
        return np.timedelta64(1_000_000 * seconds + value.microsecond, "us")
    if isinstance(value, datetime.datetime):
        value = value.astimezone(datetime.UTC).replace(tzinfo=None) if value.tzinfo else value
        nanoseconds = getattr(value, "nanosecond", 0)  # of pandas' own
        return (
            np.datetime64(value, "us") + np.timedelta64(nanoseconds, "ns")
            if nanoseconds
            else np.datetime64(value, "us")
        )
    return np.timedelta64(value, "us") if isinstance(value, datetime.timedelta) else np.datetime64(value, "D")


# Objects of one kind ------------------------------------------------------------------------------------------


def _alike(cells: Array, label: Any) -> Column | None:
    """The column of objects that are all texts, all numbers of one kind or all times; None for any others."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return Column("texts", cells, flavor="object")
    if not kinds:
        return None
    for kind in (bool, float, complex):
        if kinds == {kind}:
            return Column("numbers", cells.astype(kind), flavor="object")
    if kinds == {int} and all(one in _INT64 for one in cells):
        return Column("numbers", cells.astype(np.int64), flavor="object")
    # Whoever subclasses several of these has it as the first of them.
    if not all(issubclass(kind, str) or _may_be_missing(kind) for kind in kinds):
        return _moments(cells, kinds)
    missing = np.fromiter((not isinstance(one, str) for one in cells), bool, len(cells))
    if missing.all() or not all(map(_is_missing, cells[missing])):
        return None
    texts = _each(lambda one: str.__str__(one) if isinstance(one, str) else "", cells)
    return Column("texts", texts, missing if missing.any() else None, "object")


def _moments(cells: Array, kinds: set[type]) -> Column | None:
    """The column of objects that are all dates, all times or all durations, or missing."""
    present = {kind for kind in kinds if not _may_be_missing(kind)}
    for wanted, unit in (
        (datetime.datetime, "M8[us]"),
        (datetime.date, "M8[D]"),
        (datetime.timedelta, "m8[us]"),
        (datetime.time, "m8[us]"),
    ):
        if not present or not all(issubclass(kind, wanted) for kind in present):
            continue
        if wanted is datetime.date and any(issubclass(kind, datetime.datetime) for kind in present):
            continue
        if not all(_is_missing(one) for one in cells if not isinstance(one, wanted)):
            return None
        moments = [
            _moment(one) if isinstance(one, wanted) and not _is_missing(one) else None for one in cells
        ]
        values = np.array([one for one in moments if one is not None])
        made = np.full(len(cells), "NaT", values.dtype if len(values) else unit)
        made[[one is not None for one in moments]] = values
        return Column("times" if unit[0] == "M" else "durations", made, flavor="object")
    return None


def _each(change: Callable[[Any], Any], cells: Array) -> Array:
    """The changed cells, one by one, since numpy would look into lists."""
    made = np.empty(len(cells), object)
    for place, one in enumerate(cells):
        made[place] = change(one)
    return made


def _may_be_missing(kind: type) -> bool:
    return kind in (float, type(None), np.float64) or kind.__name__ in _MISSING


def _is_missing(value: Any) -> bool:
    kind = type(value)
    return (
        value is None or kind.__name__ in _MISSING or (kind in (float, np.float64) and bool(np.isnan(value)))
    )
