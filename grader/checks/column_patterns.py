"""How the entries of a table's column came to be others than the right ones: another aggregation, unit or spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.checks.patterns import find_pattern
from grader.checks.rounding import Tolerance, wide
from grader.checks.table_rows import ColumnPair, comparable
from grader.tables import Entries

__all__ = ["column_pattern", "number_pattern"]

Array = np.ndarray[Any, Any]
Same = Callable[[Array], bool]
MOST_DECIMALS = 4
"""To which numbers may have been rounded."""


def number_pattern(pair: ColumnPair, pairs: Sequence[ColumnPair], tolerance: Tolerance) -> str:
    """How the numbers of a column came to be others; empty if that is not known.

    Only where the right ones are missing are theirs. Nothing is named that does not reproduce every entry.
    """
    present = ~(pair.got.missing | pair.right.missing)
    got, right = pair.got.values[present], pair.right.values[present]
    if not len(right) or (got.dtype.kind == "c" and right.dtype.kind != "c"):
        return ""
    if not (np.isfinite(got).all() and np.isfinite(right).all()):
        return ""
    within = tolerance.within(right)

    def same(candidate: Array) -> bool:
        return bool(within(got, candidate).all())

    with np.errstate(all="ignore"):
        if got.dtype.kind in "iuf" and right.dtype.kind in "iuf" and np.any(got) and np.any(right):
            found = _of_another_kind(wide(got), wide(right), same) or _of_groups(pair, pairs, present, same)
            if found:
                return found
        general = find_pattern(got, right, within, {})
        return general or (_rounded(right, same) if np.any(got) else "")


def _of_another_kind(got: Array, right: Array, same: Same) -> str:
    if _are_shares(right) and same(100 * right):
        return "They are percentages, but shares of 1 were expected."
    if _are_shares(got) and same(right / 100):
        return "They are shares of 1, but percentages were expected."
    if len(right) > 2 and same(np.cumsum(right)):
        return "They are running totals (`cumsum`) of the right numbers."
    return ""


def _are_shares(values: Array) -> bool:
    """Whether numbers may be shares of 1."""
    return bool(((values >= 0) & (values <= 1)).all())


def _of_groups(pair: ColumnPair, pairs: Sequence[ColumnPair], present: Array, same: Same) -> str:
    """Another aggregation, going by the right table's other columns."""
    right = wide(pair.right.values[present])
    for other in pairs:
        entries = other.right
        if other is pair or entries.group != "numbers" or len(entries) != len(present):
            continue
        if entries.missing[present].any() or entries.values.dtype.kind not in "iuf":
            continue
        values = entries.values[present]
        if same(wide(values)):
            return f"They are the numbers of {other.label}."
        if values.dtype.kind in "iu" and (values > 0).all() and np.unique(values).size > 1:
            for sentence, candidate in _aggregated(right, wide(values), other.label):
                if same(candidate):
                    return sentence
    return ""


def _aggregated(right: Array, n: Array, label: str) -> Iterator[tuple[str, Array]]:
    """What another aggregation would have given, if ``n`` is how many entries each group has."""
    yield f"Each is {label} times the right one: a sum instead of a mean?", right * n
    yield f"Each is the right one divided by {label}: a mean instead of a sum?", right / n
    if (n > 1).all():
        for factor in ((n - 1) / n, np.sqrt((n - 1) / n)):
            yield "They divide by n, but n − 1 was expected: `ddof=1`.", right * factor
            yield "They divide by n − 1, but n was expected: `ddof=0`.", right / factor


def _rounded(right: Array, same: Same) -> str:
    if right.dtype.kind != "f":
        return ""
    for decimals in range(1, MOST_DECIMALS + 1):
        if same(np.round(right, decimals)):
            return f"They are rounded to {decimals} decimal{'s' * (decimals > 1)}: return them as they are."
    return ""


# Texts and times ----------------------------------------------------------------------------------------------


def column_pattern(got: Entries, right: Entries) -> str:
    """How the texts or times of a column came to be others; empty if that is not known."""
    present = ~(got.missing | right.missing)
    if not present.any():
        return ""
    one, other = (entries[present] for entries in comparable(got, right))
    if got.group == "texts":
        for sentence, change in _SPELLINGS:
            if all(change(a) == change(b) for a, b in zip(one, other, strict=True)):
                return sentence
    if got.group in ("times", "durations"):
        differences = one - other
        if (differences == differences[0]).all():
            zone = ": is it in the right time zone?" if got.group == "times" else "."
            return f"Every one is off by the same time{zone}"
    if len(one) > 2 and got.group != "others" and np.array_equal(np.sort(one), np.sort(other)):
        return "They are right, but in another order."
    return ""


_SPELLINGS = (
    ("Only spaces are wrong.", lambda text: "".join(text.split())),
    ("Only capitals are wrong.", str.casefold),
    ("Only capitals and spaces are wrong.", lambda text: "".join(text.casefold().split())),
)
