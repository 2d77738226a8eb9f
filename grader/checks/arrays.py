"""Compare an array with the right one, entry by entry, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np

from grader.checks.conversion import PIECE, pieces
from grader.checks.messages import fail, one_number, order, shaped, short, spot
from grader.checks.patterns import find_pattern, reshape_pattern, where_wrong
from grader.checks.precision import coarse_by, is_single
from grader.checks.rounding import Tolerance, sizes, wide

__all__ = ["KINDS", "check_array"]

Array = np.ndarray

KINDS = {
    "b": "truth values (bool)",
    "i": "integers",
    "u": "integers",
    "f": "real numbers",
    "c": "complex numbers",
}


def check_array(
    given: Any, got: Array, expected: Array, name: str, tolerance: Tolerance, lengths: Mapping[str, int]
) -> None:
    """Fail unless ``got`` has the shape, the numbers and, where one is asked for, the dtype of ``expected``.

    ``given`` is the very object that the student's function returned, of which ``got`` is the array; ``lengths`` are
    those that a mistaken factor could be, by their names.
    """
    __tracebackhide__ = True
    if got.dtype.kind == "c" and expected.dtype.kind != "c":
        fail(f"{name} is complex, but a real result was expected.")
    reference = _in_precision(expected, tolerance.dtype)
    if _may_be_single(tolerance.dtype) and is_single(got):
        tolerance = replace(tolerance, single=True)
    within = tolerance.within(reference)
    _judge_shape(got, reference, name, within)
    wrong = _find_wrong(got, reference, within)
    if wrong is not None and not tolerance.single and _may_be_single(tolerance.dtype):
        wider = replace(tolerance, single=True).within(reference)
        if _find_wrong(got, reference, wider) is None and wrong.off <= coarse_by(given):
            wrong = None
    _judge_not_finite(got, reference, name)
    if wrong is not None:
        _explain(got, reference, name, tolerance, lengths, wrong)
    _judge_dtype(got, tolerance.dtype, name)


def _may_be_single(dtype: Any) -> bool:
    """Whether float32 will do: not where a particular dtype is asked for."""
    return dtype in (None, int, float, bool, complex)


def _in_precision(expected: Array, dtype: Any) -> Array:
    """The expected values in the precision that is asked for, whose bound is the fair one."""
    if _may_be_single(dtype):
        return expected
    wanted = np.dtype(dtype)
    if expected.dtype.kind in "fc" and wanted.kind in "fc" and wanted.itemsize < expected.dtype.itemsize:
        return expected.astype(wanted)
    return expected


def _judge_shape(got: Array, expected: Array, name: str, within: Any) -> None:
    __tracebackhide__ = True
    if got.shape == expected.shape:
        return
    if not expected.shape:
        one_number(got, name)
    pattern = reshape_pattern(got, expected, lambda a, b: bool(within(a, b).all()))
    fail(f"{name} {shaped(got)}, but shape {expected.shape} was expected.{f' {pattern}' if pattern else ''}")


def _judge_dtype(got: Array, dtype: Any, name: str) -> None:
    __tracebackhide__ = True
    if dtype is None:
        return
    kinds = {bool: "b", int: "iu", float: "f", complex: "c"}
    if dtype in kinds:
        right = got.dtype.kind in kinds[dtype]
        wanted = KINDS[kinds[dtype][0]]
    else:
        right = got.dtype == np.dtype(dtype)
        wanted = str(np.dtype(dtype))
    if not right:
        fail(f"{name} has the right values, but they are {got.dtype} instead of {wanted}.")


# Which entries are wrong -------------------------------------------------------------------------------------


class _Wrong(NamedTuple):
    """Which entries of an answer are wrong, how far off the worst of them is, and where that is in C order."""

    entries: Array
    off: float
    at: int


def _find_wrong(got: Array, expected: Array, within: Any) -> _Wrong | None:
    """What is wrong with finite entries; None where nothing is."""
    if expected.size == 0:
        return None
    largest = _largest(expected)
    entries, off, at = np.zeros(expected.size, bool), -1.0, 0
    for i, (one, right) in enumerate(pieces(got, expected)):
        start = i * PIECE
        part = _wrong_entries(one, right, within, largest)
        entries[start : start + right.size] = part.entries
        if part.off > off:
            off, at = part.off, start + part.at
    return _Wrong(entries.reshape(expected.shape), off, at) if off >= 0 else None


def _largest(expected: Array) -> float:
    return max(float(sizes(part).max()) for (part,) in pieces(expected))


def _wrong_entries(got: Array, right: Array, within: Any, largest: float) -> _Wrong:
    """What is wrong with a piece; it is off by −1 where nothing is."""
    finite = np.isfinite(right)
    wrong = ~within(np.where(finite, got, 0), np.where(finite, right, 0), largest)
    if not wrong.any():
        return _Wrong(wrong, -1.0, 0)
    with np.errstate(all="ignore"):
        delta = np.where(wrong, np.abs(wide(got) - wide(right)), -1.0)
    # The difference of sizes near the largest float overflows: then it counts as infinite.
    delta = np.where(np.isnan(delta), np.inf, delta)
    at = int(np.argmax(delta))
    return _Wrong(wrong, float(delta[at]), at)


_NOT_FINITE: tuple[tuple[bool, Callable[[Array, Array], Array], str], ...] = (
    (False, lambda got, right: np.isnan(got) & ~np.isnan(right), "is nan"),
    (True, lambda got, right: np.isnan(right) & ~np.isnan(got), "should be nan"),
    (False, lambda got, right: np.isinf(got) & ~np.isinf(right), "is infinite"),
    (True, lambda got, right: np.isinf(right) & ~np.isinf(got), "should be infinite"),
    (
        True,
        lambda got, right: np.isinf(right) & np.isinf(got) & (got != right),
        "is infinite with the wrong sign",
    ),
)
"""How entries can be wrong where a value is not finite: whether the right value is the one, which entries, in words."""


def _judge_not_finite(got: Array, expected: Array, name: str) -> None:
    """nan matches nan, inf matches inf of the same sign, each at its own place."""
    __tracebackhide__ = True
    if all(np.isfinite(part).all() for parts in pieces(got, expected) for part in parts):
        return
    for ours, wrong, text in _NOT_FINITE:
        counts = [(int(found.sum()), int(found.argmax())) for found in starmap(wrong, pieces(got, expected))]
        count = sum(some for some, _ in counts)
        if not count:
            continue
        at = next(i * PIECE + place for i, (some, place) in enumerate(counts) if some)
        first = _index(at, expected.shape)
        where = spot(name, first)
        share = "" if expected.size == 1 else f" at {count} of {expected.size} entries, first at {where}"
        cause = "" if ours else " An overflow, or a division by 0?"
        fail(
            f"{name} {text}{share}.{cause}",
            f"{'It' if expected.size == 1 else where} should be {short(expected[first])} but is {short(got[first])}.",
        )


def _index(at: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(at, shape))


# What is said of them ----------------------------------------------------------------------------------------


def _explain(
    got: Array, expected: Array, name: str, tolerance: Tolerance, lengths: Mapping[str, int], wrong: _Wrong
) -> None:
    __tracebackhide__ = True
    largest, worst = _largest(expected), _index(wrong.at, expected.shape)
    place, exact = spot(name, worst), tolerance.exact(expected)
    limit = ""
    if not exact:
        allowed = tolerance.bound(expected[worst].reshape(1), largest)[0]
        limit = f", off by {wrong.off:.3g} (at most {allowed:.3g} is allowed)"
    elif got.dtype.kind == "f":
        limit = f", off by {wrong.off:.3g} (whole numbers are compared exactly)"
    detail = f"{place} should be {short(expected[worst])} but is {short(got[worst])}{limit}."
    within = tolerance.within(expected)
    pattern = find_pattern(got, expected, within, lengths) if np.isfinite(expected).all() else None
    if pattern:
        fail(f"{name} is wrong: {pattern}", detail)
    share = _share(wrong.entries.sum(), wrong.entries.size, place)
    far = "" if exact else _distance(wrong.off, largest, got)
    fail(" ".join(filter(None, (f"{name} is wrong{share}.", where_wrong(wrong.entries), far))), detail)


def _share(wrong: int, size: int, worst: str) -> str:
    if size == 1:
        return ""
    return f" in {'all' if wrong == size else f'{wrong} of'} {size} entries, worst at {worst}"


def _distance(delta: float, largest: float, got: Array) -> str:
    far = delta / largest if largest else np.inf
    if not far <= 1e-3:
        return ""
    told = f"It is nearly right: off by about {order(far)} of the largest entry."
    if got.dtype == np.float16:
        return f"{told} It is float16, which keeps 3 digits; float32 keeps 7, and float64 16."
    return told
