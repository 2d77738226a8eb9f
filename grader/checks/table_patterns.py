"""How a wrong table came about: rows that are there twice, missing, moved, or sorted the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.rounding import Tolerance
from grader.checks.table_rows import ColumnPair, row_numbers
from grader.tables import Entries

__all__ = ["rows_pattern", "rows_told"]

Array = np.ndarray[Any, Any]
MOST_MOVED = 3
"""Rows by which a table is tried to be shifted."""
FEWEST_SORTED = 4
"""Entries from which on it tells something that they are sorted."""
OUTER = "keep rows in which something is missing (an outer join, no `dropna`)"


def rows_pattern(pairs: Sequence[ColumnPair], tolerance: Tolerance) -> str:
    """How the rows came to be others, or in another order, than the right ones; empty if that is not known."""
    if not pairs or not len(pairs[0].right) or not len(pairs[0].got):
        return ""
    got, right = row_numbers(pairs, tolerance)
    size = int(max(got.max(initial=-1), right.max(initial=-1))) + 1
    have, want = np.bincount(got, minlength=size), np.bincount(right, minlength=size)
    more, fewer = np.maximum(have - want, 0), np.maximum(want - have, 0)
    if not more.any() and not fewer.any():
        return _another_order(pairs, got, right)
    if not fewer.any():
        return _too_many(pairs, got, right, more, want)
    if not more.any():
        return _too_few(pairs, got, right, fewer)
    return _moved_along(pairs, tolerance) or _by_a_key(pairs, tolerance)


def _another_order(pairs: Sequence[ColumnPair], got: Array, right: Array) -> str:
    if np.array_equal(got, right):
        return ""
    for pair in pairs:
        ways = [_direction(entries) for entries in (pair.got, pair.right)]
        if ways[1] and ways[0] and ways[0] != ways[1]:
            return f"The rows are right, but sorted in {ways[0]} instead of {ways[1]} order of {pair.label}."
    if np.array_equal(got, right[::-1]):
        return "The rows are right, but in reverse order."
    for pair in pairs:
        if _direction(pair.right) and not _direction(pair.got):
            return f"The rows are right, but not sorted by {pair.label}."
    return "The rows are right, but in another order."


def _direction(entries: Entries) -> str:
    """In which order a column's entries are; empty if in none, if they are all the same, or too few to tell."""
    values = entries.values[~entries.missing]
    if entries.group == "others" or len(values) < FEWEST_SORTED or values.dtype.kind == "c":
        return ""
    ranks = np.unique(values, return_inverse=True)[1].reshape(-1)
    steps = np.diff(ranks)
    if (steps >= 0).all() and steps.any():
        return "ascending"
    return "descending" if (steps <= 0).all() and steps.any() else ""


def _too_many(pairs: Sequence[ColumnPair], got: Array, right: Array, more: Array, want: Array) -> str:
    """All of the right rows are there, and others besides."""
    beyond = more[got] > 0
    many = int(more.sum())
    lacking = np.zeros(len(got), bool)
    for pair in pairs:
        lacking |= pair.got.missing
    if (want[got[beyond]] > 0).all():
        return f"{rows_told(many)} {_are(many)} there more than once: `drop_duplicates` leaves one of each."
    if lacking[beyond].all():
        empty = [pair.label for pair in pairs if pair.got.missing[beyond].all()]
        where = f" in {empty[0]}" if empty else ""
        which = "row" if many == 1 else "rows"
        return (
            f"In the {which} too many something is missing{where}: `dropna` or an inner join leaves them out."
        )
    if np.array_equal(got[: len(right)], right):
        return f"The {rows_told(many)} too many {_are(many)} at the end."
    if np.array_equal(got[-len(right) :], right):
        return f"The {rows_told(many)} too many {_are(many)} at the beginning."
    return f"All of the right rows are there, and {many:,} besides."


def _too_few(pairs: Sequence[ColumnPair], got: Array, right: Array, fewer: Array) -> str:
    """Some of the right rows are not there, and no others are."""
    lost = fewer[right] > 0
    many = int(fewer.sum())
    lacking = np.zeros(len(right), bool)
    for pair in pairs:
        lacking |= pair.right.missing
    once = np.unique(right).size
    if len(got) == once and np.unique(got).size == once:
        return "Rows that are equal are there only once, but each counts."
    if lacking[lost].all():
        those = "the one" if many == 1 else "those"
        which = "row" if many == 1 else "rows"
        return f"The {which} too few {_are(many)} {those} in which something is missing: {OUTER}."
    if np.array_equal(got, right[: len(got)]):
        return (
            f"The last {rows_told(many)} {_are(many)} not there."
            if many > 1
            else "The last row is not there."
        )
    if np.array_equal(got, right[-len(got) :]):
        return (
            f"The first {rows_told(many)} {_are(many)} not there."
            if many > 1
            else "The first row is not there."
        )
    return f"{rows_told(many)} {_are(many)} not there; the others are right."


def rows_told(count: int) -> str:
    """``1 row``, or how many rows."""
    return f"{count:,} row{'s' * (count != 1)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _moved_along(pairs: Sequence[ColumnPair], tolerance: Tolerance) -> str:
    """A column whose entries are right, but some rows too early or too late beside the others."""
    if len({len(entries) for pair in pairs for entries in (pair.got, pair.right)}) > 1:
        return ""
    for pair in pairs:
        got, right = row_numbers([pair], tolerance)
        if np.array_equal(got, right) or len(right) < 3:
            continue
        for step in range(1, min(MOST_MOVED, len(right) - 2) + 1):
            rows = "a row" if step == 1 else f"{step} rows"
            if np.array_equal(got[step:], right[:-step]):
                return f"{pair.label} is right, but {rows} too late."
            if np.array_equal(got[:-step], right[step:]):
                return f"{pair.label} is right, but {rows} too early."
    return ""


def _by_a_key(pairs: Sequence[ColumnPair], tolerance: Tolerance) -> str:
    """Which rows lack or are too many, by a column that is different in every row."""
    for pair in pairs:
        if pair.right.group != pair.got.group or not _may_be_key(pair.right):
            continue
        got, right = row_numbers([pair], tolerance)
        if (
            min(len(got), len(right)) < 2
            or np.unique(right).size < len(right)
            or np.unique(got).size < len(got)
        ):
            continue
        lost, beyond = ~np.isin(right, got), ~np.isin(got, right)
        if lost.any() and not beyond.any():
            lacking = np.logical_or.reduce([other.right.missing for other in pairs])
            return _lost(pair.label, int(lost.sum()), all_lacking=bool(lacking[lost].all()))
        if beyond.any() and not lost.any():
            many = int(beyond.sum())
            return f"{many:,} of the values of {pair.label} should have no row."
    return ""


def _may_be_key(entries: Entries) -> bool:
    """Whether a column may name the rows: measured numbers do not."""
    return entries.group in ("texts", "times", "periods") or entries.values.dtype.kind in "iu"


def _lost(label: str, many: int, *, all_lacking: bool) -> str:
    values = "1 value" if many == 1 else f"{many:,} values"
    return (
        f"{values} of {label} {'has' if many == 1 else 'have'} no row{f': {OUTER}' if all_lacking else ''}."
    )
