"""Tables of the library datascience, which are columns of one length with names."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.tables.columns import Table
from grader.tables.values import array_of_column, column_of_array

__all__ = ["datascience_of_table", "table_of_datascience"]


def table_of_datascience(value: Any) -> Table:
    """The plain table of a ``datascience.Table``."""
    labels = tuple(map(str, value.labels))
    columns = (column_of_array(np.asarray(value.column(place)), label) for place, label in enumerate(labels))
    return Table("datascience.Table", labels, tuple(columns))


def datascience_of_table(table: Table) -> Any:
    """A ``datascience.Table`` with the same columns."""
    with np.printoptions():  # which importing it changes
        from datascience import Table as TheirTable
    made = TheirTable()
    for label, column in zip(table.labels, table.columns, strict=True):
        made.append_column(str(label), array_of_column(column))
    return made
