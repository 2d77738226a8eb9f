"""Tables as cheats treat them: filled with something else, changed in place, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.tables import Column, Table, entries_of, of_library, table_of

__all__ = ["change_table", "filled_table", "key_of_table", "numbers_in_table"]

Array = np.ndarray[Any, Any]


def filled_table(value: Any, leaf: Callable[[Array], Array]) -> Any:
    """A table of the same form, with its index, whose columns know nothing: numbers by ``leaf``, texts empty."""
    table = table_of(value)
    if table.library == "pandas.Index":
        return of_library(replace(table, index=tuple(_filled(level, leaf) for level in table.index)))
    return of_library(replace(table, columns=tuple(_filled(column, leaf) for column in table.columns)))


def _filled(column: Column, leaf: Callable[[Array], Array]) -> Column:
    entries = entries_of(column)
    match entries.group:
        case "numbers":
            return Column("numbers", leaf(entries.values))
        case "texts":
            texts = np.empty(len(column), object)
            texts[:] = ""
            return Column("texts", texts, flavor="object")
        case "times" | "durations" if column.kind in ("times", "durations"):
            return replace(column, values=np.zeros_like(column.values))
    return Column("numbers", leaf(np.zeros(len(column))))


def numbers_in_table(value: Any) -> Iterator[Array]:
    """The columns of numbers."""
    for column in table_of(value).columns:
        entries = entries_of(column)
        if entries.group == "numbers":
            yield entries.values


def change_table(value: Any) -> None:
    """Change every column of numbers in place, neither by a shift nor a factor."""
    table = table_of(value)
    for place, (label, column) in enumerate(zip(table.labels, table.columns, strict=True)):
        if column.kind != "numbers":
            continue
        numbers = ~column.values if column.values.dtype.kind == "b" else column.values * column.values + 1
        if hasattr(value, "isetitem"):
            value.isetitem(place, numbers)
        elif hasattr(value, "iloc"):
            value.iloc[:] = numbers
        elif not isinstance(value, Table):
            value[label] = numbers


def key_of_table(value: Any) -> tuple[Any, ...]:
    """What is equal for equal tables, and can be the key of a dictionary."""
    table = table_of(value)
    columns = (*table.columns, *table.index)
    return table.library, repr((table.labels, table.index_names)), *map(_key, columns)


def _key(column: Column) -> tuple[Any, ...]:
    values = column.values
    told = repr(values.tolist()) if values.dtype == object else values.tobytes()
    return column.kind, column.dtype, told, column.lacks.tobytes(), *map(_key, column.parts)
