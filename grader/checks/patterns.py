"""What kind of mistake made wrong numbers out of right ones: a factor, a sign, a transpose, one row.

`find_pattern` compares two arrays of one shape and names the simplest transformation that turns the right
answer into the given one, or nothing. It must never guess: a named pattern reproduces *every* entry within
the check's own bound. Sentences hold no expected value; a factor is spelt out only where it is a known one
(2, ½, −1, the length of an axis).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from grader.checks.rounding import wide

__all__ = ["Within", "find_pattern", "only_biases", "reshape_pattern", "where_wrong"]

Array = np.ndarray
Within = Callable[[Array, Array], Array]
"""``within(got, expected)``: which entries count as equal."""

# With more entries than this, searching for a pattern would cost more than the test.
LARGEST = 1_000_000

_BIAS = re.compile(r"(?:^|[^a-z])(?:d|d_|grad_|g)?(?:b|bias|biases|beta)_?\d*(?:$|[^a-z])", re.IGNORECASE)


def find_pattern(got: Array, expected: Array, within: Within, sizes: Mapping[str, int]) -> str | None:
    """One sentence on what the wrong entries have in common, or None.

    ``expected`` is finite and has the shape of ``got``; ``sizes`` names lengths that a mistaken factor
    could be, such as ``{"N": 32}``; the lengths of axes are tried anyway.
    """
    if expected.size == 0 or expected.size > LARGEST or not np.isfinite(got).all():
        return None
    if expected.dtype.kind == "b" and got.dtype.kind == "b":
        return "Every truth value is the opposite of the right one." if np.all(got != expected) else None
    whole_numbers = expected.dtype.kind in "iu"
    got, expected = wide(got), wide(expected)

    def same(candidate: Array) -> bool:
        return bool(within(got, candidate).all())

    with np.errstate(all="ignore"):
        if not np.any(got):
            return "Every entry is 0." if got.ndim else None
        found = (
            _factor(got, expected, same, sizes)
            or _moved(got, expected, same)
            or _changed(got, expected, same)
        )
        # With integers, such as class labels, the counts agree too often by chance to say this.
        sortable = not whole_numbers and np.isrealobj(got) and np.isrealobj(expected)
        if not found and sortable and len(np.unique(expected)) > 2 and same(_sorted_like(got, expected)):
            found = "The numbers are right but in the wrong order."
    return found


def _factor(
    got: Array, expected: Array, same: Callable[[Array], bool], sizes: Mapping[str, int]
) -> str | None:
    """A sign or a constant factor."""
    whole = "Every entry is" if got.ndim else "It is"
    if same(-expected):
        return "The sign is wrong throughout (factor −1)." if got.ndim else "The sign is wrong (factor −1)."
    # The ratio is taken at the largest entry, where rounding disturbs it least.
    top = int(np.argmax(np.abs(expected)))
    ratio = got.ravel()[top] / expected.ravel()[top]
    if np.iscomplexobj(ratio) and abs(ratio.imag) > 1e-9 * abs(ratio):
        return None
    ratio = float(np.real(ratio))
    if not math.isfinite(ratio) or ratio == 0:
        return None
    named = _known_factor(ratio, expected.shape, sizes)
    if named and same(named[1] * expected):
        return f"{whole} {named[0]} the right value."
    # A factor so close to 1 is no mistake: it is rounding, or a small error of another kind.
    if abs(ratio - 1) > 1e-5 and np.count_nonzero(expected) >= 3 and same(ratio * expected):
        return "Every entry is the right value times the same factor."
    return None


def _known_factor(ratio: float, shape: tuple[int, ...], sizes: Mapping[str, int]) -> tuple[str, float] | None:
    lengths: list[tuple[str, float]] = [("", 2.0)]
    lengths += [(label, float(n)) for label, n in sizes.items()]
    axes = [f"axis {i}" for i in range(9)]
    if len(shape) == 2:
        axes = ["the number of rows", "the number of columns"]
    if len(shape) > 1:
        lengths += [(axes[i], float(n)) for i, n in enumerate(shape[: len(axes)])]
    if shape:
        lengths.append(("the number of entries", float(math.prod(shape))))
    for sign, minus in ((1.0, ""), (-1.0, "−")):
        for label, n in lengths:
            if n <= 1:
                continue
            what = f" ({minus}{label})" if label else ""
            what_inverse = f" ({minus}1 / {label})" if label else ""
            for text, value in (
                (f"{minus}{n:g}{what} times", sign * n),
                (f"{minus}1/{n:g}{what_inverse} times", sign / n),
            ):
                if abs(ratio - value) <= 1e-8 * abs(value):
                    return text, value
    return None


def _moved(got: Array, expected: Array, same: Callable[[Array], bool]) -> str | None:
    """The right numbers in wrong places."""
    if expected.size < 2 or np.all(expected == expected.ravel()[0]):
        return None
    if got.ndim == 2 and got.shape[0] == got.shape[1] and same(expected.T):
        return "The result is transposed."
    for axis in range(min(got.ndim, 4)):
        along = "" if got.ndim == 1 else f" along axis {axis}"
        if got.shape[axis] < 2:
            continue
        if same(np.flip(expected, axis)):
            return f"The numbers are right but in reverse order{along}."
        if got.shape[axis] < 3:
            continue
        for step in (1, -1):
            shifted = np.roll(expected, step, axis)
            # What is at the edge depends on how the mistake was made: compare all but the edge.
            edge = 0 if step == 1 else -1
            inner = np.moveaxis(np.ones(got.shape, dtype=bool), axis, 0).copy()
            inner[edge] = False
            inner = np.moveaxis(inner, 0, axis)
            if same(np.where(inner, shifted, got)) and not same(np.where(inner, expected, got)):
                return (
                    f"The numbers are right but come one place too {'late' if step == 1 else 'early'}{along}."
                )
    if got.ndim == 2 and got.shape[0] != got.shape[1] and same(expected.T.reshape(expected.shape)):
        return "The numbers are right but in transposed order (a reshape where a transpose was needed?)."
    return None


def _sorted_like(got: Array, expected: Array) -> Array:
    """The expected numbers, each at the place where ``got`` has the number of the same rank."""
    out = np.empty(expected.size, dtype=expected.dtype)
    out[np.argsort(got, axis=None, kind="stable")] = np.sort(expected, axis=None)
    return out.reshape(expected.shape)


def _changed(got: Array, expected: Array, same: Callable[[Array], bool]) -> str | None:
    """Numbers that were changed one by one, or row by row."""
    if expected.size < 2:
        return None
    if np.isrealobj(expected) and np.isrealobj(got):
        if np.any(expected < 0) and same(np.abs(expected)):
            return "Every entry has the right size but lost its sign."
        if np.any(expected != np.trunc(expected)):
            if same(np.trunc(expected)):
                return "Every entry is truncated to an integer. Is the result stored in an array of integers?"
            if same(np.rint(expected)):
                return "Every entry is rounded to an integer."
        if np.any(expected < 0) and np.any(expected > 0) and same(np.maximum(expected, 0)):
            return "Negative entries are 0; the others are right."
    delta = got - expected
    if expected.size >= 3 and same(expected + delta.ravel()[0]):
        return "Every entry is off by the same amount."
    if got.ndim == 2 and min(got.shape) >= 2:
        for axis, noun in ((1, "row"), (0, "column")):
            touched = np.abs(delta).max(axis=axis) > 1e-8 * np.abs(expected).max()
            if got.shape[axis] < 3 or not touched.all():
                continue
            if same(expected + np.take(delta, [0], axis)):
                return f"In every {noun} all entries are off by the same amount."
            top = np.argmax(np.abs(expected), axis=axis, keepdims=True)
            ratio = np.take_along_axis(got, top, axis) / np.take_along_axis(expected, top, axis)
            if np.isfinite(ratio).all() and np.all(ratio != 0) and same(expected * ratio):
                return f"In every {noun} all entries are wrong by the same factor."
    return None


def reshape_pattern(got: Array, expected: Array, same: Callable[[Array, Array], bool]) -> str | None:
    """How a wrong shape came about, where the numbers themselves are right."""
    if got.size != expected.size or got.size > LARGEST or got.size == 0:
        return None
    if got.ndim == expected.ndim == 2 and got.T.shape == expected.shape and same(got.T, expected):
        return "The result is transposed; otherwise it is right."
    if same(got.reshape(expected.shape), expected):
        return "The numbers are right; only the shape is wrong."
    return None


def where_wrong(wrong: Array) -> str | None:
    """Where wrong entries are, if they fill exactly one row, one column or the diagonal."""
    if wrong.ndim == 1 and wrong.size > 2 and np.count_nonzero(wrong) == 1:
        if wrong[0]:
            return "Only the first entry is wrong."
        return "Only the last entry is wrong." if wrong[-1] else None
    if wrong.ndim != 2 or wrong.all():
        return None
    count = int(np.count_nonzero(wrong))
    rows, columns = np.flatnonzero(wrong.any(axis=1)), np.flatnonzero(wrong.any(axis=0))
    if count > 1 and len(rows) == 1 < wrong.shape[0]:
        return f"Only row {_place(int(rows[0]), wrong.shape[0])} is wrong."
    if count > 1 and len(columns) == 1 < wrong.shape[1]:
        return f"Only column {_place(int(columns[0]), wrong.shape[1])} is wrong."
    side = min(wrong.shape)
    if side > 2 and count == side and np.diagonal(wrong).all():
        return "Only the diagonal is wrong."
    return None


def _place(index: int, length: int) -> str:
    return f"{index} (the last)" if index == length - 1 else f"{index}"


def only_biases(wrong: Iterable[str], right: Iterable[str]) -> bool:
    """Whether the wrong results are biases, going by their names, and the right ones are not."""
    wrong, right = list(wrong), list(right)
    return bool(wrong and right) and all(map(is_bias, wrong)) and not any(map(is_bias, right))


def is_bias(name: str) -> bool:
    """Whether a name such as ``db1``, ``b`` or ``params['b2']`` is that of a bias."""
    return bool(_BIAS.search(name))
