"""Compare ROC and precision-recall curves as curves, not as lists of points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail, shaped
from grader.checks.precision import is_single
from grader.checks.values import as_numbers
from grader.errors import CheckFailed
from grader.kinds import plain

__all__ = ["check_curve", "same_curve"]

Array = np.ndarray
# Coordinates of a curve are counts divided by counts: exact up to a few ε, of float64 or of float32.
TOLERANCE, TOLERANCE_FLOAT32 = 1e-9, 1e-5
MOST_POINTS = 20_000
CHUNK = 1_000  # points that are looked for at a time, to bound the memory


def check_curve(
    got: Any, expected: tuple[Any, Any], *, name: str = "curve", axes: Sequence[str] = ("x", "y")
) -> None:
    """Fail unless two polylines (x, y) are the same curve.

    Repeated points, points within a straight piece and the direction in which the curve runs make no
    difference; ends, corners and the order along the curve do. ``got`` is (x, y) or (x, y, thresholds), where
    thresholds are ignored. ``axes`` names the coordinates in messages, such as ("FPR", "TPR").

    Examples:
        >>> check_curve(([0, 0.5, 1], [0, 0.5, 1]), ([0, 1], [0, 1]))
    """
    __tracebackhide__ = True
    right = np.column_stack([np.asarray(part, dtype=np.float64) for part in expected[:2]])
    given, near = _points(got, name, axes, MOST_POINTS + 10 * len(right))
    for line in (given, given[::-1]):
        if _runs_along(line, right, near) and _runs_along(right, line, near):
            return
    _explain(given, right, name, axes, near)


def same_curve(got: tuple[Any, Any], expected: tuple[Any, Any]) -> bool:
    """Whether two polylines are the same curve, as `check_curve` has it."""
    try:
        check_curve(got, expected)
    except CheckFailed:
        return False
    return True


def _points(got: Any, name: str, axes: Sequence[str], most: int) -> tuple[Array, float]:
    """The points, and how near to the curve they must be."""
    __tracebackhide__ = True
    given, got = got, plain(got)
    if isinstance(got, np.ndarray) and got.ndim == 2 and got.shape[0] in (2, 3):
        got = tuple(got)
    if not isinstance(got, tuple | list) or not 2 <= len(got) <= 3:
        fail(f"{name} is {describe(given)}, but two arrays ({axes[0]}, {axes[1]}) were expected.")
    x, y = (as_numbers(part, f"{name}'s {axis}") for part, axis in zip(got[:2], axes, strict=True))
    for array, axis in ((x, axes[0]), (y, axes[1])):
        if array.ndim != 1:
            fail(f"{name}'s {axis} {shaped(array)}, but an array of one dimension was expected.")
        if len(array) > most:
            fail(f"{name} has {len(array)} points, far more than its corners need.")
        if array.dtype.kind == "c":
            fail(f"{name}'s {axis} is complex, but real numbers were expected.")
        if not np.isfinite(array).all():
            fail(f"{name}'s {axis} has nan or infinite entries. A division by 0?")
    if len(x) != len(y):
        fail(f"{name} has {len(x)} values of {axes[0]} but {len(y)} of {axes[1]}.")
    if len(x) == 0:
        fail(f"{name} has no points.")
    near = TOLERANCE_FLOAT32 if is_single(x) or is_single(y) else TOLERANCE
    return np.column_stack([x, y]).astype(np.float64), near


def _runs_along(line: Array, other: Array, near: float) -> bool:
    """Whether every corner of ``line`` lies on ``other``, in the order in which ``other`` passes them.

    A place on ``other`` is the number of its segment plus a fraction. The search for each corner starts at the place
    of the one before, so both lines are walked through once.
    """
    if len(other) == 1:
        return bool((np.abs(line - other).max(axis=1) <= near).all())
    with np.errstate(all="ignore"):
        starts, steps = other[:-1].tolist(), np.diff(other, axis=0).tolist()
    at = 0.0
    for x, y in line.tolist():
        # A corner may be found at the end of one segment or at the start of the next; allow rounding.
        earliest = at - 1e-6
        for i in range(max(int(earliest), 0), len(steps)):
            (x0, y0), (dx, dy) = starts[i], steps[i]
            fraction = ((x - x0) * dx + (y - y0) * dy) / max(dx * dx + dy * dy, 1e-300)
            fraction = 0.0 if fraction < 0 else 1.0 if fraction > 1 else fraction
            met = abs(x0 + fraction * dx - x) <= near and abs(y0 + fraction * dy - y) <= near
            if met and i + fraction >= earliest:
                at = max(at, i + fraction)
                break
        else:
            return False
    return True


def _on(points: Array, line: Array, near: float) -> Array:
    """Which of ``points`` lie anywhere on ``line``.

    Boxes around 1, 2, 4, … successive segments are searched from the largest down, only where they hold a point.
    """
    if len(line) == 1:
        return np.asarray(np.abs(points - line).max(axis=1) <= near)
    start, found = line[:-1], np.zeros(len(points), bool)
    with np.errstate(all="ignore"):
        step = np.diff(line, axis=0)
        length = np.maximum((step**2).sum(axis=1), 1e-300)
        boxes = [(np.fmin(start, line[1:]) - 2 * near, np.fmax(start, line[1:]) + 2 * near)]
        while len(boxes[-1][0]) > 1:
            low, high = boxes[-1]
            pairs = np.arange(0, len(low), 2)
            boxes.append((np.fmin.reduceat(low, pairs), np.fmax.reduceat(high, pairs)))
        which: Array
        box: Array
        for first in range(0, len(points), CHUNK):
            which = np.arange(first, min(first + CHUNK, len(points)))
            box = np.zeros(len(which), np.intp)
            for low, high in reversed(boxes):
                if low is not boxes[-1][0]:
                    which, box = np.repeat(which, 2), (2 * box[:, None] + [0, 1]).ravel()
                    which, box = which[box < len(low)], box[box < len(low)]
                inside = ((low[box] <= points[which]) & (points[which] <= high[box])).all(axis=1)
                which, box = which[inside], box[inside]
            point = points[which]
            fraction = np.clip(((point - start[box]) * step[box]).sum(axis=1) / length[box], 0, 1)
            distance: Array = np.abs(start[box] + fraction[:, None] * step[box] - point).max(axis=1)
            found[which[distance <= near]] = True
    return found


def _explain(given: Array, right: Array, name: str, axes: Sequence[str], near: float) -> None:
    __tracebackhide__ = True

    def meet(a: Array, b: Array) -> bool:
        return bool(np.abs(a - b).max() <= near)

    def same(line: Array) -> bool:
        return any(_runs_along(a, right, near) and _runs_along(right, a, near) for a in (line, line[::-1]))

    if same(given[:, ::-1]):
        fail(f"{name} has its axes swapped: {axes[0]} should come first, then {axes[1]}.")
    ends = [end for end in (right[0], right[-1]) if not any(meet(end, p) for p in (given[0], given[-1]))]
    for end in ends:
        if same(np.vstack([end, given])) or same(np.vstack([given, end])):
            fail(f"{name} lacks one of its ends; otherwise it is right.", f"It should reach {_pair(end)}.")
    if len(ends) == 2 and any(same(np.vstack([right[0], g, right[-1]])) for g in (given, given[::-1])):
        fail(f"{name} lacks both of its ends; otherwise it is right.")
    off, missed = np.flatnonzero(~_on(given, right, near)), right[~_on(right, given, near)]
    if len(off) and not len(missed):
        fail(
            f"{name} has {len(off)} of {len(given)} points off the curve, the first at number {off[0]}. "
            "Do tied scores count as one threshold?",
            f"{_pair(given[off[0]])} does not lie on the curve.",
        )
    if len(missed):
        fail(
            f"{name} misses {len(missed)} of the curve's {len(right)} points"
            + (f", and {len(off)} of its own {len(given)} points lie off the curve." if len(off) else "."),
            f"It should pass through {_pair(missed[0])}.",
        )
    fail(f"{name} passes through the right points in the wrong order.")


def _pair(point: Array) -> str:
    return f"({point[0]:.6g}, {point[1]:.6g})"
