"""What a column's entries are, whatever type keeps them: categories resolved, times in one unit, missing ones apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from grader.tables.columns import Column

__all__ = ["Entries", "Group", "entries_of"]

Array = np.ndarray[Any, Any]
Group = Literal["numbers", "texts", "times", "durations", "periods", "others"]


@dataclass(frozen=True, eq=False)
class Entries:
    """The entries of one column in a form that can be compared."""

    group: Group
    values: Array
    """Numbers; strings; times and durations as 64-bit counts of ``unit``; ordinals of periods; other values as
    objects."""
    missing: Array
    unit: str = ""
    """Of times, durations and periods."""

    def __len__(self) -> int:
        return len(self.values)

    def at(self, rows: Array) -> Entries:
        """These rows, or these places in them."""
        return Entries(self.group, self.values[rows], self.missing[rows], self.unit)


def entries_of(column: Column) -> Entries:
    """The entries of a column."""
    match column.kind:
        case "categories":
            return _of_categories(column)
        case "periods":
            return Entries("periods", column.values, column.lacks, column.how)
        case "intervals":
            ends = [entries_of(part) for part in column.parts]
            pairs = np.empty(len(column), object)
            pairs[:] = list(zip(*(end.values.tolist() for end in ends), strict=True))
            return Entries("others", pairs, column.lacks)
        case "times" | "durations":
            unit, _ = np.datetime_data(column.values.dtype)
            if column.kind == "durations" and unit in ("Y", "M"):  # of no fixed length
                return Entries("others", column.values.astype(object), column.lacks)
            return Entries(column.kind, column.values.view(np.int64), column.lacks, unit)
        case "numbers" | "texts":
            return Entries(column.kind, column.values, column.lacks)
    return _of_objects(column)


def _of_categories(column: Column) -> Entries:
    (categories,) = column.parts
    known = entries_of(categories)
    missing = column.values < 0
    if not len(known):
        return Entries(known.group, np.zeros(len(column), known.values.dtype), missing, known.unit)
    chosen = known.at(np.where(missing, 0, column.values))
    return Entries(known.group, chosen.values, missing | chosen.missing, known.unit)


def _of_objects(column: Column) -> Entries:
    """Objects that are all numbers or all texts count as such."""
    missing = column.lacks
    present = column.values[~missing]
    if len(present) and all(isinstance(one, str) for one in present):
        values = column.values.copy()
        values[missing] = ""
        return Entries("texts", values, missing)
    if len(present) and all(_is_number(one) for one in present):
        values = column.values.copy()
        values[missing] = 0
        found = np.array(values.tolist())
        if found.dtype.kind in "biufc":
            return Entries("numbers", found, missing)
    return Entries("others", column.values, missing)


def _is_number(value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return -(2**63) <= value < 2**63
    return isinstance(value, bool | float | complex) or (
        isinstance(value, np.generic) and value.dtype.kind in "biufc"
    )
