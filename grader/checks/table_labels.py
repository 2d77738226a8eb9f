"""Compare the labels of a table's columns, and the levels of its index, with those of the right one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.messages import fail, listed, short
from grader.tables import Column, Table, same_label
from grader.text import counted

__all__ = ["check_labels", "index_levels"]


def check_labels(table: Table, right: Table, name: str, *, in_order: bool) -> None:
    """Fail unless a table has the right columns; ``in_order`` says whether their order counts."""
    __tracebackhide__ = True
    if right.library in ("pandas.Series", "pandas.Index"):
        return
    lacks = [label for label in right.labels if table.column(label) is None]
    extra = [label for label in table.labels if right.column(label) is None]
    if lacks or extra:
        _fail_labels(table, right, name, lacks, extra)
    if len(table.labels) != len(right.labels):
        fail(f"{name} has more than one column of the same name.")
    if in_order and not all(map(same_label, table.labels, right.labels)):
        fail(
            f"{name} has the right columns, but in another order: {listed(right.labels)} "
            f"{_were(right.labels)} expected.",
            f"It has {listed(table.labels)}.",
        )


def _fail_labels(table: Table, right: Table, name: str, lacks: Sequence[Any], extra: Sequence[Any]) -> None:
    __tracebackhide__ = True
    moved = [
        label
        for label in lacks
        if any(same_label(label, level) for level in table.index_names if level is not None)
    ]
    if moved:
        fail(
            f"{listed(moved)} {_are(moved)} in the index of {name}, not in {_columns(moved)}: "
            f"`reset_index` makes {_columns(moved)} of {_them(moved)}."
        )
    keys = [
        label
        for label in extra
        if any(level is not None and same_label(label, level) for level in right.index_names)
    ]
    if keys and not lacks:
        fail(
            f"{listed(keys)} {_are(keys)} {_columns(keys)} of {name}, but belong{'s' * (len(keys) == 1)} into the "
            f"index: `set_index` puts {_them(keys)} there."
        )
    spelled = {_folded(label): label for label in extra if isinstance(label, str)}
    for label in lacks:
        if isinstance(label, str) and _folded(label) in spelled:
            fail(
                f"{name} has no column {short(label)}, but one that is spelled almost so: capitals and spaces count."
            )
    if len(lacks) == len(right.labels) == table.rows and len(table.labels) == right.rows > 1:
        fail(f"{name} lacks {listed(lacks)}; its rows seem to be columns: `T` exchanges them.")
    levels = {len(label) for label in table.labels if isinstance(label, tuple)}
    if levels and not any(isinstance(label, tuple) for label in right.labels):
        fail(
            f"{name} has columns with {max(levels)} levels of names, but plain names were expected: {listed(lacks)}."
        )
    parts = []
    if lacks:
        parts.append(f"lacks the column{'s' * (len(lacks) > 1)} {listed(lacks)}")
    if extra:
        parts.append(f"has {counted(len(extra), 'column')} too many")
    detail = f"Not expected: {listed(extra)}." if extra else ""
    fail(f"{name} {' and '.join(parts)}.", detail)


def _folded(label: str) -> str:
    return "".join(label[:200].casefold().replace("_", " ").split())


def index_levels(table: Table, right: Table, name: str) -> list[tuple[str, Column, Column]]:
    """The levels of the index, with their names; fails where there are others than expected."""
    __tracebackhide__ = True
    of = name if right.library == "pandas.Index" else f"the index of {name}"
    if len(table.index) != len(right.index):
        fail(
            f"{of} has {counted(len(table.index), 'level')}, "
            f"but {counted(len(right.index), 'level')} {_were(right.index)} expected."
        )
    if of != name and _numbers_rows(right) and not _numbers_rows(table) and _only_integers(table):
        fail(f"{of} is not 0, 1, 2, …: `reset_index(drop=True)` numbers the rows anew.")
    if of != name and _numbers_rows(table) and not _only_integers(right):
        names = [level for level in right.index_names if level is not None]
        fail(
            f"{of} only numbers the rows, but {listed(names) or 'labels'} "
            f"{_were(names)} expected there: see `set_index`."
        )
    if len(right.index) == 1:
        return [(of, table.index[0], right.index[0])]
    levels = zip(table.index, right.index, strict=True)
    return [(f"level {number} of {of}", one, other) for number, (one, other) in enumerate(levels)]


def _are(things: Sequence[Any]) -> str:
    return "is" if len(things) == 1 else "are"


def _were(things: Sequence[Any]) -> str:
    return "was" if len(things) == 1 else "were"


def _columns(things: Sequence[Any]) -> str:
    return "a column" if len(things) == 1 else "columns"


def _them(things: Sequence[Any]) -> str:
    return "it" if len(things) == 1 else "them"


def _only_integers(table: Table) -> bool:
    (first, *others) = table.index
    return not others and first.kind == "numbers" and first.values.dtype.kind in "iu"


def _numbers_rows(table: Table) -> bool:
    """Whether the index is 0, 1, 2, …"""
    values = table.index[0].values
    return _only_integers(table) and np.array_equal(values, np.arange(len(values)))
