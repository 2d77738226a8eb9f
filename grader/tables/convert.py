"""Whatever a library calls a table, told by the name of its type, so that no library is imported without need."""

from __future__ import annotations

import copy
import operator
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np

from grader.tables.columns import Table
from grader.tables.wellformed import Malformed

__all__ = [
    "NotCarried",
    "as_carried",
    "copied_table",
    "is_table",
    "of_library",
    "plain_of",
    "table_of",
    "table_of_columns",
]

_SURE = frozenset({"numbers", "texts", "objects", "durations"})
"""Kinds of columns that every library can make of well-formed ones."""
_NO_TABLES = frozenset({int, float, complex, bool, str, bytes, type(None), np.ndarray, np.float64})
_DEPTH = 3
"""Lists in lists in which tables are looked for."""


class NotCarried(TypeError):
    """A table holds something that no column can; the message is the end of a sentence about it."""


def _library(value: object) -> str:
    """The library of a table's own type, or of one that it derives from; empty for anything else."""
    for kind in type(value).__mro__:
        root = kind.__module__.partition(".")[0]
        if root == "pandas" and kind.__name__ in ("DataFrame", "Series", "Index"):
            return root
        if root == "datascience" and kind.__name__ == "Table":
            return root
    return ""


def is_table(value: object) -> bool:
    """Whether a value is a table, of a library or a plain `Table`."""
    return isinstance(value, Table) or bool(_library(value))


def table_of(value: Any) -> Table:
    """The plain table of a library's table.

    Raises:
        NotCarried: It is no table, or holds something that no column can.
    """
    if isinstance(value, Table):
        return value
    match _library(value):
        case "pandas":
            from grader.tables.frames import table_of_pandas

            return table_of_pandas(value)
        case "datascience":
            from grader.tables.datascience_tables import table_of_datascience

            return table_of_datascience(value)
    raise NotCarried(f"a {type(value).__name__} is no table")


def table_of_columns(columns: Mapping[Any, Any], library: Any) -> Table:
    """The plain table of a dictionary of lists or arrays, as that library would have it.

    Raises:
        NotCarried: A column holds something that no column can, or is no list.
    """
    from grader.tables.values import column_of_array

    made = []
    for label, given in columns.items():
        values = table_of(given).columns[0] if is_table(given) else given
        if not isinstance(values, list | tuple | np.ndarray):
            made.append(values)
            continue
        array = values if isinstance(values, np.ndarray) else np.empty(len(values), object)
        if array is not values:
            array[:] = values
        made.append(column_of_array(array, label))
    if len({len(column) for column in made}) > 1:
        raise NotCarried("its columns differ in length")
    return Table(library, tuple(columns), tuple(made))


def of_library(table: Table) -> Any:
    """The library's own table, where the library is installed; otherwise the plain one."""
    library = table.library.partition(".")[0]
    if find_spec(library) is None:
        return table
    if library == "pandas":
        from grader.tables.frames import pandas_of_table

        return pandas_of_table(table)
    from grader.tables.datascience_tables import datascience_of_table

    return datascience_of_table(table)


def plain_of(value: Any) -> dict[str, Any]:
    """A table as a dictionary of values that the codec carries, and from which it can be made again.

    Raises:
        NotCarried: There is none.
    """
    table = table_of(value)
    made = table.plain()
    try:
        again = Table.of_plain(made)
        if not all(column.kind in _SURE and not column.zone for column in (*table.columns, *table.index)):
            of_library(again)
    except Malformed as error:
        raise NotCarried(f"it is a table that cannot be carried: {error}") from None
    except Exception as error:  # whatever a library says of columns that it cannot put together
        raise NotCarried(f"it is a table that cannot be carried ({type(error).__name__})") from None
    return made


def as_carried(value: Any, depth: int = 0) -> Any:
    """A value with the tables in it as they come out of a sandbox, so that a test sees the same wherever it runs.

    Raises:
        NotCarried: A table holds something that no column can.
    """
    kind = type(value)
    if kind is dict and depth < _DEPTH:
        items = [as_carried(item, depth + 1) for item in value.values()]
        same = all(map(operator.is_, items, value.values()))
        return value if same else dict(zip(value, items, strict=True))
    if (kind is list or kind is tuple) and depth < _DEPTH and not set(map(type, value)) <= _NO_TABLES:
        parts = [as_carried(part, depth + 1) for part in value]
        return value if all(map(operator.is_, parts, value)) else kind(parts)
    return of_library(Table.of_plain(plain_of(value))) if is_table(value) else value


def copied_table(value: Any) -> Any:
    """A table of its own with the same entries, of which lists and arrays are copied too."""
    if isinstance(value, Table):
        return value
    made = copy.deepcopy(value)
    if _library(value) == "pandas":
        from grader.tables.frames import copy_cells

        copy_cells(made)
    return made
