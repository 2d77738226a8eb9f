"""Two tables' rows as numbers, in which rows that are equal, up to rounding, have the same.

Everything that is said of rows counts and sorts such numbers, so that no step takes longer than sorting does, whatever
a student returned: nothing is joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.conversion import PIECE, array_of
from grader.checks.precision import is_single
from grader.checks.rounding import Tolerance
from grader.tables import Entries, forms_of

__all__ = ["ColumnPair", "comparable", "in_same_order", "row_numbers", "same_entries"]

Array = np.ndarray[Any, Any]
_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")
"""From the coarsest to the finest."""
MOST_ROUNDED = 1 << 22
"""Numbers in lists and arrays of one shape up to which rows are found although some were rounded otherwise."""


@dataclass(frozen=True, eq=False)
class ColumnPair:
    """A student's column and the right one, by the name that messages give them."""

    label: str
    got: Entries
    right: Entries


# Equal entries -----------------------------------------------------------------------------------------------


def same_entries(got: Entries, right: Entries, tolerance: Tolerance) -> Array:
    """Which entries are equal, or missing in both; of numbers, exactly, but for those in lists."""
    one, other = comparable(got, right)
    same = np.asarray(one == other) & (got.missing == right.missing) | (got.missing & right.missing)
    if got.group == "others":
        known: dict[Any, bool] = {}
        for place in np.flatnonzero(~same & ~got.missing & ~right.missing):
            pair = one[place], other[place]
            if pair not in known:
                known[pair] = _close(got.values[place], right.values[place], tolerance)
            same[place] = known[pair]
    return same


def _close(one: Any, other: Any, tolerance: Tolerance) -> bool:
    """Whether two entries, such as lists, are the same numbers up to rounding."""
    ours, theirs = map(_numbers, (one, other))
    if ours is None or theirs is None or ours.shape != theirs.shape:
        return False
    return bool(tolerance.within(theirs)(ours, theirs).all())


def _numbers(cell: Any) -> Array | None:
    """The numbers of one entry, such as a list; None if it holds anything else."""
    return array_of(list(cell) if isinstance(cell, tuple) else cell)


def comparable(got: Entries, right: Entries) -> tuple[Array, Array]:
    """The entries of two columns of one group in a form in which equal ones are equal."""
    if got.group in ("times", "durations") and got.unit != right.unit:
        return _in_one_unit(got, right)
    if got.group == "others":
        return forms_of(got.values), forms_of(right.values)
    return got.values, right.values


def _in_one_unit(got: Entries, right: Entries) -> tuple[Array, Array]:
    """Times as counts of the finer of two units; as Python's integers where 64 bits may not hold them."""
    fine = max(got.unit, right.unit, key=_UNITS.index)
    return _counted(got, fine), _counted(right, fine)


def _counted(entries: Entries, unit: str) -> Array:
    values, have = entries.values, entries.unit
    if entries.group == "times" and have in ("Y", "M"):  # which have no fixed length
        values, have = values.view(f"M8[{have}]").astype("M8[D]").view(np.int64), "D"
    if have == unit or unit in ("Y", "M"):
        return values
    coarse: Any = have
    fine: Any = unit
    factor = int(np.timedelta64(1, coarse) / np.timedelta64(1, fine))
    present = values[~entries.missing]
    largest = max(abs(int(present.max())), abs(int(present.min()))) if len(present) else 0
    return values * factor if largest * factor < 2**63 else values.astype(object) * factor


# Rows as numbers ---------------------------------------------------------------------------------------------


def row_numbers(pairs: Sequence[ColumnPair], tolerance: Tolerance) -> tuple[Array, Array]:
    """A number for each row of the student's and of the right table; rows that are equal have the same."""
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    rows = len(pairs[0].got)
    both = np.stack([_ranks(pair, tolerance) for pair in pairs], axis=1)
    numbers = np.unique(both, axis=0, return_inverse=True)[1].reshape(-1)
    return numbers[:rows], numbers[rows:]


def _ranks(pair: ColumnPair, tolerance: Tolerance) -> Array:
    """The rank of each entry among both columns' entries, the student's first; −1 where one is missing."""
    got, right = pair.got, pair.right
    missing = np.concatenate([got.missing, right.missing])
    if got.group != right.group:  # nothing is equal
        found = np.arange(len(missing))
    elif got.group == "numbers":
        found = _ranks_of_numbers(got.values, right.values, tolerance)
    elif got.group == "others":
        found = _ranks_of_cells(got.values, right.values, tolerance)
    else:
        both = np.concatenate(comparable(got, right))
        both[missing] = "" if got.group == "texts" else 0
        found = np.unique(both, return_inverse=True)[1].reshape(-1)
    return np.where(missing, -1, found)


def _ranks_of_numbers(got: Array, right: Array, tolerance: Tolerance) -> Array:
    """Ranks that numbers share whose distance is no more than rounding."""
    both = np.concatenate([got, right])
    if both.dtype.kind == "c":
        parts = [_ranks_of_numbers(part(got), part(right), tolerance) for part in (np.real, np.imag)]
        return np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    if tolerance.exact(right):
        return np.unique(both, return_inverse=True)[1].reshape(-1)
    if is_single(got):
        tolerance = replace(tolerance, single=True)
    order = np.argsort(both, kind="stable")
    values = both[order].astype(float)
    finite = right[np.isfinite(right)]
    largest = float(np.abs(finite.astype(float)).max(initial=0.0))
    with np.errstate(all="ignore"):
        apart = ~(np.diff(values) <= tolerance.bound(values[1:], largest)) & (values[1:] != values[:-1])
    ranks = np.empty(len(both), np.int64)
    ranks[order] = np.concatenate([[0], np.cumsum(apart)]) if len(both) else 0
    return ranks


def _ranks_of_cells(got: Array, right: Array, tolerance: Tolerance) -> Array:
    """Ranks that lists and arrays of one shape share whose numbers differ by no more than rounding."""
    cells = np.concatenate([got, right])
    _, first, ranks = np.unique(forms_of(cells), return_index=True, return_inverse=True)
    ranks = ranks.reshape(-1)
    alike: dict[Any, dict[int, Array]] = {}
    for rank, cell in enumerate(cells[first]):
        found = _numbers(cell)
        if found is not None and found.size and found.dtype.kind in "biuf" and np.isfinite(found).all():
            alike.setdefault(found.shape, {})[rank] = found.reshape(-1)
    shared = np.arange(len(first))
    for rows in alike.values():
        if len(rows) > 1 and sum(map(len, rows.values())) <= MOST_ROUNDED:
            shared[list(rows)] = len(first) + int(shared.max()) + _ranks_of_rows([*rows.values()], tolerance)
    return shared[ranks]


def _ranks_of_rows(rows: Sequence[Array], tolerance: Tolerance) -> Array:
    """The same for arrays of one length, a few of whose entries are looked at at a time."""
    largest: Any = np.array([np.abs(row.astype(float)).max() for row in rows])
    kind = np.result_type(*{row.dtype for row in rows})
    exact = tolerance.exact(np.zeros(0, kind))
    ranks = np.zeros(len(rows), np.int64)
    step = max(1, PIECE // len(rows))
    for start in range(0, len(rows[0]), step):
        values = np.stack([row[start : start + step] for row in rows], axis=1, dtype=kind if exact else float)
        order = np.argsort(values, axis=1, kind="stable")
        values = np.take_along_axis(values, order, axis=1)
        apart = np.zeros(values.shape, bool)
        apart[:, 1:] = values[:, 1:] != values[:, :-1]
        if not exact:
            apart[:, 1:] &= np.diff(values, axis=1) > tolerance.bound(values[:, 1:], largest[order[:, 1:]])
        there = np.empty_like(order)
        np.put_along_axis(there, order, np.cumsum(apart, axis=1), axis=1)
        there = there[there.any(axis=1)]  # where not all are the same
        known: dict[bytes, int] = {}
        both = (row.tobytes() for row in np.vstack([ranks, there]).T)
        ranks = np.fromiter((known.setdefault(row, len(known)) for row in both), np.int64, len(rows))
    return ranks


def in_same_order(pairs: Sequence[ColumnPair], got: Array, right: Array) -> list[ColumnPair]:
    """The columns of two tables with the same rows, each sorted by the rows' numbers.

    Rows with one number may still be told apart by numbers that lie close together in a row, one beside the next: they
    are sorted by these, so that they can be compared one by one.
    """
    orders = []
    for numbers, which in ((got, "got"), (right, "right")):
        columns = [getattr(pair, which) for pair in pairs]
        keys = [
            np.where(one.missing, 0, one.values)
            for one in columns
            if one.group == "numbers" and one.values.dtype.kind == "f"
        ]
        orders.append(np.lexsort([*keys[::-1], numbers]))
    return [ColumnPair(pair.label, pair.got.at(orders[0]), pair.right.at(orders[1])) for pair in pairs]
