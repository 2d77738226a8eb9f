"""Compare ROC and precision-recall curves as curves, not as lists of points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail
from grader.checks.values import as_numbers

__all__ = ["check_curve"]

Array = np.ndarray
TOLERANCE = 1e-9  # coordinates of a curve are counts divided by counts: exact up to a few ε
MOST_POINTS = 20_000


def check_curve(
    got: Any, expected: tuple[Any, Any], *, name: str = "curve", axes: Sequence[str] = ("x", "y")
) -> None:
    """Fail unless two polylines (x, y) are the same curve.

    Repeated points, points amid a straight piece and the direction in which the curve runs make no
    difference; ends, corners and the order along the curve do. ``got`` is (x, y) or (x, y, more): thresholds
    that follow are not looked at. ``axes`` names the coordinates in messages, such as ("FPR", "TPR").

    Examples:
        >>> check_curve(([0, 0.5, 1], [0, 0.5, 1]), ([0, 1], [0, 1]))
    """
    __tracebackhide__ = True
    right = np.column_stack([np.asarray(part, dtype=np.float64) for part in expected[:2]])
    given = _points(got, name, axes)
    if len(given) > MOST_POINTS + 10 * len(right):
        fail(f"{name} has {len(given)} points, far more than its corners need.")
    for line in (given, given[::-1]):
        if _runs_along(line, right) and _runs_along(right, line):
            return
    _explain(given, right, name, axes)


def _points(got: Any, name: str, axes: Sequence[str]) -> Array:
    __tracebackhide__ = True
    if isinstance(got, np.ndarray) and got.ndim == 2 and got.shape[0] in (2, 3):
        got = tuple(got)
    if not isinstance(got, tuple | list) or not 2 <= len(got) <= 3:
        fail(f"{name} is {describe(got)}; two arrays ({axes[0]}, {axes[1]}) are right.")
    x, y = (as_numbers(part, f"{name}'s {axis}") for part, axis in zip(got[:2], axes, strict=True))
    for array, axis in ((x, axes[0]), (y, axes[1])):
        if array.ndim != 1:
            fail(f"{name}'s {axis} has shape {array.shape}; one dimension is right.")
        if array.dtype.kind == "c":
            fail(f"{name}'s {axis} is complex.")
        if not np.isfinite(array).all():
            fail(f"{name}'s {axis} has nan or infinite entries. A division by 0?")
    if len(x) != len(y):
        fail(f"{name} has {len(x)} values of {axes[0]} but {len(y)} of {axes[1]}.")
    if len(x) == 0:
        fail(f"{name} has no points.")
    return np.column_stack([x, y]).astype(np.float64)


def _places(point: Array, line: Array) -> Array:
    """Positions along ``line`` (segment number plus fraction) at which it passes through ``point``."""
    if len(line) == 1:
        return np.zeros(1) if np.abs(point - line[0]).max() <= TOLERANCE else np.empty(0)
    start, step = line[:-1], np.diff(line, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-300)
    fraction = np.clip(((point - start) * step).sum(axis=1) / length, 0, 1)
    distance = np.abs(start + fraction[:, None] * step - point).max(axis=1)
    on = np.flatnonzero(distance <= TOLERANCE)
    return np.asarray(on + fraction[on])


def _runs_along(line: Array, other: Array) -> bool:
    """Whether every corner of ``line`` lies on ``other``, in the order in which ``other`` passes them."""
    with np.errstate(all="ignore"):
        at = 0.0
        for point in line:
            places = _places(point, other)
            # A corner may be found at the end of one segment or at the start of the next; allow rounding.
            places = places[places >= at - 1e-6]
            if not len(places):
                return False
            at = max(at, float(places.min()))
    return True


def _explain(given: Array, right: Array, name: str, axes: Sequence[str]) -> None:
    __tracebackhide__ = True

    def near(a: Array, b: Array) -> bool:
        return bool(np.abs(a - b).max() <= TOLERANCE)

    def same(line: Array) -> bool:
        return any(_runs_along(a, right) and _runs_along(right, a) for a in (line, line[::-1]))

    if same(given[:, ::-1]):
        fail(f"{name} has its axes swapped: {axes[0]} and {axes[1]} are to be returned in this order.")
    ends = [end for end in (right[0], right[-1]) if not any(near(end, p) for p in (given[0], given[-1]))]
    for end in ends:
        if same(np.vstack([end, given])) or same(np.vstack([given, end])):
            fail(f"{name} lacks one of its ends; otherwise it is right.", f"It should reach {_pair(end)}.")
    if len(ends) == 2 and any(same(np.vstack([right[0], g, right[-1]])) for g in (given, given[::-1])):
        fail(f"{name} lacks both of its ends; otherwise it is right.")
    off = [i for i, point in enumerate(given) if not len(_places(point, right))]
    missed = [point for point in right if not len(_places(point, given))]
    if off and not missed:
        fail(
            f"{name} has {len(off)} of {len(given)} points off the curve, the first at number {off[0]}. "
            "Do tied scores count as one threshold?",
            f"{_pair(given[off[0]])} does not lie on the curve.",
        )
    if missed:
        fail(
            f"{name} misses {len(missed)} of the curve's {len(right)} points"
            + (f", and {len(off)} of its own {len(given)} points lie off the curve." if off else "."),
            f"It should pass through {_pair(missed[0])}.",
        )
    fail(f"{name} passes through the right points in a wrong order.")


def _pair(point: Array) -> str:
    return f"({point[0]:.6g}, {point[1]:.6g})"
