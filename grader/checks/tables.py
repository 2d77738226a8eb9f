"""Compare a table with the right one: which column, which rows, and what went wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.arrays import check_array
from grader.checks.column_patterns import column_pattern, number_pattern
from grader.checks.messages import clip, describe, fail, failed, short
from grader.checks.rounding import Tolerance
from grader.checks.table_labels import check_labels, index_levels
from grader.checks.table_patterns import rows_pattern, rows_told
from grader.checks.table_rows import ColumnPair, in_same_order, row_numbers, same_entries
from grader.errors import CheckFailed
from grader.tables import (
    Column,
    Entries,
    NotCarried,
    Table,
    entries_of,
    is_table,
    table_of,
    table_of_columns,
)

__all__ = ["check_table"]

MOST_TOLD = 3
"""Wrong columns whose own words are told."""
_MOST_TIMES, _MOST_BESIDES = 10, 10_000
"""Times the right rows, and rows besides, up to which it is looked for how too many came about."""
_GROUPS = {
    "numbers": "numbers",
    "texts": "texts",
    "times": "times",
    "durations": "durations",
    "periods": "periods",
    "others": "other values",
}
_REMEDIES = {
    ("texts", "numbers"): "pd.to_numeric turns texts into numbers",
    ("texts", "times"): "pd.to_datetime turns texts into times",
    ("texts", "durations"): "pd.to_timedelta turns texts into durations",
    ("numbers", "texts"): "astype(str) turns numbers into texts",
    ("periods", "times"): "to_timestamp turns periods into times",
    ("times", "periods"): "to_period turns times into periods",
}
_HINTS = {
    "DataFrameGroupBy": "Say what to compute of each group, such as `.mean()`.",
    "SeriesGroupBy": "Say what to compute of each group, such as `.mean()`.",
    "Rolling": "Say what to compute of each window, such as `.mean()`.",
    "Styler": "Return the table itself.",
    "of polars": "`to_pandas` turns it into one.",
    "of pyarrow": "`to_pandas` turns it into one.",
    "None": "Does the function return its result?",
}
"""What to do about something that is no table, by the last word for it."""


def check_table(
    got: Any,
    expected: Any,
    *,
    name: str = "table",
    ordered: bool = True,
    index: bool | None = None,
    dtype: bool = False,
    columns_ordered: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Fail unless ``got`` is a table with the columns and rows of ``expected``, numbers up to rounding.

    Both are a DataFrame, a Series, an Index or a ``datascience.Table``; a dictionary of columns may be expected of any
    table. Columns are found by their labels. What is missing (nan, None, NaT, NA) must be missing in both. A column of
    categories counts as what it holds, and integers as the numbers that they are, unless ``dtype`` is set.

    Args:
        got: The student's table.
        expected: The right one.
        name: What to call it.
        ordered: Whether the rows must be in this order.
        index: Whether the rows' index counts. By default it does if it has a name, or holds anything but integers.
        dtype: Whether each column must have the very type of the expected one.
        columns_ordered: Whether the columns must be in this order.
        rtol: Replaces the bound on rounding, as in `check_close`.
        atol: Is added to it.

    Raises `CheckFailed`, whose summary holds labels and numbers of rows of the expected table, and none of its values.

    Examples:
        >>> import pandas as pd
        >>> right = pd.DataFrame({"team": ["a", "b"], "mean": [0.3, 2.0]})
        >>> check_table(pd.DataFrame({"mean": [0.1 + 0.2, 2.0], "team": ["a", "b"]}), right)
        >>> check_table(right.iloc[::-1], right, name="scores")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: scores is wrong: The rows are right, but in reverse order.
        …
    """
    __tracebackhide__ = True
    right = _right(expected, got)
    table = _as_table(got, right, name)
    judged = _index_judged(right) if index is None else index
    check_labels(table, right, name, in_order=columns_ordered)
    pairs = _pairs(table, right, name, index=judged)
    tolerance = Tolerance(rtol, atol, None, 0.0)
    if table.rows != right.rows:
        few = table.rows <= _MOST_TIMES * right.rows + _MOST_BESIDES
        pattern = rows_pattern(pairs, tolerance) if few else ""
        wanted = f"{rows_told(right.rows)} {'was' if right.rows == 1 else 'were'} expected"
        fail(f"{name} has {rows_told(table.rows)}, but {wanted}.{f' {pattern}' if pattern else ''}")
    if ordered:
        _check_columns(pairs, tolerance, name)
    else:
        _check_rows(pairs, tolerance, name)
    for pair in pairs if dtype else ():
        if pair.given.dtype != pair.wanted.dtype:
            shown = clip(pair.given.dtype, 40)
            fail(
                f"{pair.label} has the right values, but its type is {shown} instead of {pair.wanted.dtype}."
            )


def _right(expected: Any, got: Any) -> Table:
    """The right table; where only its columns are given, of the library that the student's is of."""
    if is_table(expected):
        return table_of(expected)
    if not isinstance(expected, Mapping):
        raise TypeError(f"check_table cannot compare with {describe(expected)}; give it a table")
    theirs = table_of(got).library if _readable(got) else ""
    return table_of_columns(expected, theirs if theirs == "datascience.Table" else "pandas.DataFrame")


def _readable(value: Any) -> bool:
    try:
        return is_table(value) and table_of(value) is not None
    except NotCarried:
        return False


def _as_table(got: Any, right: Table, name: str) -> Table:
    """The student's table; fails where it is of another kind."""
    __tracebackhide__ = True
    wanted = right.library.rpartition(".")[2]
    try:
        given = table_of(got) if is_table(got) else None
    except NotCarried as reason:
        raise failed(
            f"{name} cannot be checked: let its columns hold numbers, texts or times.", str(reason)
        ) from None
    if given is not None and given.library == right.library:
        return given
    what = describe(got)
    hint = next((hint for end, hint in _HINTS.items() if what.endswith(end)), "")
    if given is not None and wanted == "DataFrame" and given.library == "pandas.Series":
        hint = "`to_frame` turns it into one."
    elif given is not None and wanted == "Series" and given.library == "pandas.DataFrame":
        hint = "Select one of its columns."
    article = "an" if wanted == "Index" else "a"
    raise failed(f"{name} is {what}, but {article} {wanted} was expected.{f' {hint}' if hint else ''}")


# Columns -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Pair(ColumnPair):
    """The same with the columns themselves."""

    given: Column
    wanted: Column


def _index_judged(right: Table) -> bool:
    """Whether the index says more than numbers of rows, which sorting and filtering leave in any order."""
    if not right.index or right.library == "pandas.Index":
        return bool(right.index)
    (first, *others) = right.index
    plain = first.kind == "numbers" and first.values.dtype.kind in "iu" and right.index_names[0] is None
    return bool(others) or not plain


def _pairs(table: Table, right: Table, name: str, *, index: bool) -> list[_Pair]:
    __tracebackhide__ = True
    found: list[tuple[str, Column, Column]] = []
    if index and right.index:
        found += index_levels(table, right, name)
    if right.library == "pandas.Series":
        found.append((name, table.columns[0], right.columns[0]))
    elif right.library != "pandas.Index":
        for label, column in zip(right.labels, right.columns, strict=True):
            theirs = table.column(label)
            assert theirs is not None
            found.append((f"{name}[{short(label, 30)}]", theirs, column))
    return [_Pair(label, entries_of(one), entries_of(other), one, other) for label, one, other in found]


def _check_columns(pairs: Sequence[_Pair], tolerance: Tolerance, name: str) -> None:
    """Judge column by column; one failure speaks for all that are wrong."""
    __tracebackhide__ = True
    told: list[CheckFailed] = []
    for pair in pairs:
        try:
            _check_pair(pair, pairs, tolerance)
        except CheckFailed as error:
            told.append(error)
    if not told:
        return
    details = "\n".join(error.detail for error in told[:MOST_TOLD] if error.detail)
    if pattern := rows_pattern(pairs, tolerance):
        fail(f"{name} is wrong: {pattern}", details)
    lead = "" if len(told) == 1 else f"{len(told)} of {len(pairs)} columns are wrong: "
    raise failed(lead + " ".join(error.summary for error in told[:MOST_TOLD]), details)


def _check_rows(pairs: Sequence[_Pair], tolerance: Tolerance, name: str) -> None:
    """Judge rows in any order: those that are not there, or the column in which they differ."""
    __tracebackhide__ = True
    for pair in pairs:
        _check_group(pair)
    got, right = row_numbers(pairs, tolerance)
    if np.array_equal(np.sort(got), np.sort(right)):
        sorted_pairs = in_same_order(pairs, got, right)
        for pair, moved in zip(pairs, sorted_pairs, strict=True):
            _check_pair(
                _Pair(moved.label, moved.got, moved.right, pair.given, pair.wanted), sorted_pairs, tolerance
            )
        return
    wrong = [pair for pair in pairs if not _same_apart(pair, tolerance)]
    many = int((~np.isin(got, right)).sum()) or int((~np.isin(right, got)).sum())
    rows = f"{rows_told(many)} of {len(right):,}" if many else "some rows"
    if not wrong:
        fail(f"{name} is wrong in {rows}: each column has the right values, but not beside the right others.")
    columns = " and ".join(pair.label for pair in wrong[:MOST_TOLD])
    verb = "has" if len(wrong) == 1 else "have"
    pattern = _pattern_by_keys(pairs, wrong, tolerance)
    told = f" {pattern}" if pattern else ""
    fail(f"{name} is wrong in {rows}: {columns} {verb} other values than expected.{told}")


def _pattern_by_keys(pairs: Sequence[_Pair], wrong: Sequence[_Pair], tolerance: Tolerance) -> str:
    """What is wrong with the only wrong column of numbers, its rows found by the right columns beside it."""
    keys = [pair for pair in pairs if pair not in wrong]
    if len(wrong) != 1 or not keys or wrong[0].right.group != "numbers":
        return ""
    got, right = row_numbers(keys, tolerance)
    if np.unique(right).size < len(right) or not np.array_equal(np.sort(got), np.sort(right)):
        return ""
    orders = np.argsort(got), np.argsort(right)
    moved = [ColumnPair(pair.label, pair.got.at(orders[0]), pair.right.at(orders[1])) for pair in pairs]
    (place,) = (number for number, pair in enumerate(pairs) if pair is wrong[0])
    return number_pattern(moved[place], moved, tolerance)


def _same_apart(pair: ColumnPair, tolerance: Tolerance) -> bool:
    """Whether a column has the right values in some order."""
    got, right = row_numbers([pair], tolerance)
    return np.array_equal(np.sort(got), np.sort(right))


def _check_group(pair: ColumnPair) -> None:
    """Fail where a column holds things of another kind."""
    __tracebackhide__ = True
    got, right = pair.got, pair.right
    if got.missing.all() or right.missing.all() or not len(right):
        return
    if got.group != right.group:
        truth = np.dtype(bool) in (got.values.dtype, right.values.dtype)
        remedy = "" if truth else _REMEDIES.get((got.group, right.group), "")
        fail(
            f"{pair.label} holds {_held(got)}, but {_held(right)} were expected{f': {remedy}' if remedy else ''}."
        )
    if got.group == "numbers" and got.values.dtype.kind == "c" and right.values.dtype.kind != "c":
        fail(f"{pair.label} is complex, but real numbers were expected.")
    if got.group == "periods" and got.unit != right.unit:
        fail(f"{pair.label} holds periods of another length than expected: `freq` sets it.")


def _held(entries: Entries) -> str:
    return "truth values (bool)" if entries.values.dtype == bool else _GROUPS[entries.group]


def _check_pair(pair: _Pair, pairs: Sequence[ColumnPair], tolerance: Tolerance) -> None:
    __tracebackhide__ = True
    label, got, right = pair.label, pair.got, pair.right
    _check_group(pair)
    if (got.missing != right.missing).any():
        _fail_missing(label, got, right)
    if right.missing.all():
        return
    if right.group == "numbers":
        _check_numbers(pair, pairs, tolerance)
        return
    wrong = ~same_entries(got, right, tolerance)
    if wrong.any():
        count, first = int(wrong.sum()), int(np.flatnonzero(wrong)[0])
        pattern = column_pattern(got, right)
        if pair.wanted.zone and not pair.given.zone:
            pattern = "It has no time zone: `tz_localize` gives it one."
        where = (
            "every row" if count == len(wrong) else f"{count:,} of {len(wrong):,} rows, first in row {first}"
        )
        shown = (
            f"{label} in row {first} should be {short(_one(right, first))} but is {short(_one(got, first))}."
        )
        fail(f"{label} is wrong in {where}.{f' {pattern}' if pattern else ''}", shown)


def _check_numbers(pair: _Pair, pairs: Sequence[ColumnPair], tolerance: Tolerance) -> None:
    __tracebackhide__ = True
    values, wanted = _with_nan(pair.got), _with_nan(pair.right)
    try:
        check_array(values, values, wanted, pair.label, tolerance, {})
    except CheckFailed as error:
        pattern = number_pattern(pair, pairs, tolerance)
        if not pattern:
            raise
        fail(f"{pair.label} is wrong: {pattern}", error.detail)


def _with_nan(entries: Entries) -> Any:
    """The numbers, with nan where one is missing."""
    if not entries.missing.any():
        return entries.values
    kind = np.result_type(
        entries.values.dtype, np.float16 if entries.values.dtype.kind in "fc" else np.float64
    )
    return np.where(entries.missing, np.nan, entries.values.astype(kind))


def _fail_missing(label: str, got: Entries, right: Entries) -> None:
    __tracebackhide__ = True
    more, fewer = int((got.missing & ~right.missing).sum()), int((right.missing & ~got.missing).sum())
    if more and not fewer:
        fail(f"{label} has nothing in {rows_told(more)} where a value was expected.")
    if fewer and not more:
        filled = right.missing & ~got.missing
        zero = got.group == "numbers" and bool((got.values[filled] == 0).all())
        with_what = ", but 0 is there" if zero else ", but something is there"
        fail(f"{label} should be missing (nan) in {rows_told(fewer)}{with_what}.")
    fail(f"{label} is missing in other rows than expected: in {more} too many, and in {fewer} too few.")


def _one(entries: Entries, row: int) -> Any:
    value = entries.values[row]
    if entries.group in ("times", "durations"):
        letter = "M" if entries.group == "times" else "m"
        return str(np.asarray(value).view(f"{letter}8[{entries.unit}]"))
    return value
