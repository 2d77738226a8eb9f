"""Are the data that a figure should show drawn, and if not, what is drawn instead?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from grader.checks.arrays import check_array
from grader.checks.curves import check_curve, same_curve
from grader.checks.figure_labels import matched, means, says
from grader.checks.figure_series import ACROSS, Series, drawn_of, is_line, joined, without
from grader.checks.messages import fail
from grader.checks.rounding import Tolerance
from grader.errors import CheckFailed
from grader.figures import Axes, Bars, Line, Points

__all__ = ["check_alone", "check_image", "check_series"]

Array = np.ndarray[Any, Any]
_NOUN = {
    "lines": "line", "curves": "curve", "points": "set of points", "bars": "set of bars",
    "vertical": "vertical line", "horizontal": "horizontal line",
}  # fmt: skip
_MANY = {"vertical": "vertical lines", "horizontal": "horizontal lines"}
_SETS = {"points": "sets of points", "bars": "sets of bars", **_MANY}
_EACH = {"bars": "bar"}
_HOW = {
    "lines": "`ax.plot`", "points": "`ax.scatter`", "bars": "`ax.bar`", "vertical": "`ax.axvline`",
    "horizontal": "`ax.axhline`",
}  # fmt: skip


def check_series(
    axes: Axes, kind: str, wanted: Sequence[Series], name: str, tolerance: Tolerance
) -> list[Line | Points | Bars]:
    """Fail unless data of one kind are drawn as asked for; the lines, points or bars that show them."""
    __tracebackhide__ = True
    drawn, labels = drawn_of(axes, kind), {one.label for one in wanted}

    def fits(i: int, j: int) -> bool:
        return _labelled(drawn[j], wanted[i], labels) and _same(drawn[j], wanted[i], kind, tolerance)

    found = {i: drawn[j] for i, j in _matched(wanted, drawn, fits).items()}
    left, used = without(drawn, found.values()), {one.label for one in found.values() if one.label}
    for number, one in enumerate(wanted):
        if number in found:
            continue
        free = [other for other in left if not one.label or other.label not in used]
        if (together := _together(axes, one, free, kind, labels, tolerance)) is not None:
            found[number], left = together, without(left, [together])
            used.add(together.label)
            continue
        what = _NOUN[kind] + (f" {one.label!r}" if one.label else f" {number + 1} of {len(wanted)}")
        if len(wanted) == 1 and not one.label:
            what = _NOUN[kind]
        left += joined(axes, left, kind)
        if one.label and any(_same(other, one, kind, tolerance) for other in left):
            fail(f"In {name}, the {what} has no such label: give it `label={one.label!r}`.")
        _fail_series(axes, kind, one, left, what, name, tolerance)
    return [part for one in found.values() for part in one.parts]


def _labelled(one: Series, wanted: Series, labels: Collection[str]) -> bool:
    return not wanted.label or means(one.label, wanted.label, labels)


def _matched(
    wanted: Sequence[Series], drawn: Sequence[Series], fits: Callable[[int, int], bool]
) -> dict[int, int]:
    """Which of what is drawn each has that was asked for. Of labels that are asked for, each counts for one."""
    if not any(one.label for one in wanted):
        return matched(len(wanted), len(drawn), fits)
    named: dict[str, list[int]] = {}
    for j, one in enumerate(drawn):
        named.setdefault(one.label, []).append(j)
    groups, first = list(named.values()), dict[tuple[int, int], int]()

    def some(i: int, group: int) -> bool:
        shows = next((j for j in groups[group] if fits(i, j)), None)
        if shows is not None:
            first[i, group] = shows
        return shows is not None

    return {i: first[i, group] for i, group in matched(len(wanted), len(groups), some).items()}


def _together(
    axes: Axes,
    wanted: Series,
    left: Sequence[Series],
    kind: str,
    labels: Collection[str],
    tolerance: Tolerance,
) -> Series | None:
    """What several calls drew, if all that is left, or all of it that has the label, is what was asked for."""
    ways = [left]
    if wanted.label:
        named = [one for one in left if one.label]
        ours = [one for one in named if _labelled(one, wanted, labels)]
        ways = [ours, left] if ours and len(ours) == len(named) else [ours]
    sets = [one for way in ways for one in joined(axes, way, kind)]
    return next((one for one in sets if _same(one, wanted, kind, tolerance)), None)


def check_alone(axes: Axes, kind: str, wanted: Sequence[Series], used: Collection[object], name: str) -> None:
    """Fail if more is drawn of a kind that is asked for than the lines, points or bars that were asked for."""
    __tracebackhide__ = True
    known = set(map(id, used))
    drawn = drawn_of(axes, kind)
    more = [
        one for one in drawn
        if not any(id(part) in known or (kind == "points" and is_line(part)) for part in one.parts)
    ]  # fmt: skip
    if not wanted or not more:
        return
    many = _SETS.get(kind, "lines")
    if len(drawn) - len(more) == len(wanted):
        asked = f"{len(wanted)} {'was' if len(wanted) == 1 else 'were'} asked for"
        fail(f"{name} shows {len(drawn)} {many}, but only {asked}.")
    kinds = f"{_one_of(kind)} than was" if len(more) == 1 else f"{many} than were"
    fail(f"{name} shows {len(more)} more {kinds} asked for.")


def _one_of(kind: str) -> str:
    return "line" if kind == "curves" else _NOUN[kind]


def _same(one: Series, right: Series, kind: str, tolerance: Tolerance) -> bool:
    """Whether data are drawn as asked for; points and bars may come in any order."""
    if kind == "curves":
        return same_curve((one.x, one.y), (right.x, right.y))
    if one.x.shape != right.x.shape or one.y.shape != right.y.shape:
        return False
    if right.texts:
        order = _named(one, right)
        return bool(order) and _close(one.y[order], right.y, tolerance)
    if kind == "bars" and not right.placed:
        return _close(one.y, right.y, tolerance)
    if kind == "lines":
        return (_close(one.x, right.x, tolerance) and _close(one.y, right.y, tolerance)) or (
            _close(one.x[::-1], right.x, tolerance) and _close(one.y[::-1], right.y, tolerance)
        )
    mine, ours = _in_order(one), _in_order(right)
    return _close(one.x[mine], right.x[ours], tolerance) and _close(one.y[mine], right.y[ours], tolerance)


def _named(one: Series, right: Series) -> list[int]:
    """The bars in the order of the names that were asked for; none if one is not there."""
    places = {text: place for place, text in enumerate(one.texts)}
    found = [places[text] for text in right.texts if text in places]
    return found if len(found) == len(right.texts) else []


def _in_order(one: Series) -> Array:
    return np.lexsort((one.y, one.x))


def _close(got: Array, right: Array, tolerance: Tolerance) -> bool:
    if got.shape != right.shape:
        return False
    finite = np.isfinite(right)
    if not np.array_equal(np.isfinite(got), finite):
        return False
    return bool(tolerance.within(right)(got[finite], right[finite]).all())


def _fail_series(
    axes: Axes, kind: str, right: Series, left: Sequence[Series], what: str, name: str, tolerance: Tolerance
) -> None:
    """Say why no data drawn are the ones that were asked for."""
    __tracebackhide__ = True
    many = _MANY.get(kind, kind)
    others = [] if kind == "curves" or kind in ACROSS else ["lines", "points", "bars"]
    drawn = drawn_of(axes, kind)
    for other in others:
        elsewhere = without(drawn_of(axes, other), drawn)
        if other != kind and any(_same(one, right, kind, tolerance) for one in elsewhere):
            fail(f"In {name}, the {what} is drawn as {other}: draw {many} with {_HOW[kind]}.")
    if not left:
        how = f": draw one with {_HOW[kind]}." if kind in ACROSS else "."
        fail(f"{name} lacks the {what}: too few are drawn." if drawn else f"{name} shows no {many}{how}")
    if kind in ACROSS:
        fail(f"In {name}, the {what} stands at another place than expected.")
    if kind == "curves":
        _fail_curve(right, left, what, name)
    each = _EACH.get(kind, "point")
    for sentence, fits in _PATTERNS:
        if any(fits(one, right, lambda a, b: _close(a, b, tolerance)) for one in left):
            fail(f"In {name}, the {what} is wrong: {sentence.replace('the points', f'the {each}s')}")
    nearest = max(left, key=lambda one: (one.x.shape == right.x.shape, _close(one.x, right.x, tolerance)))
    if nearest.y.shape != right.y.shape:
        if len(left[-1].parts) > 1 and all(one.y.size < right.y.size for one in left if len(one.parts) == 1):
            nearest = left[-1]
        has = f"{nearest.y.size} {each}{'' if nearest.y.size == 1 else 's'}"
        expected = f"{right.y.size} {'was' if right.y.size == 1 else 'were'} expected"
        fail(f"In {name}, the {what} has {has}, but {expected}.")
    for side, drawn_there, wanted in _compared(nearest, right, kind, tolerance):
        try:
            check_array(drawn_there, drawn_there, wanted, side, tolerance, {})
        except CheckFailed as error:
            fail(f"In {name}, {side} of the {what}{error.summary.removeprefix(side)}", error.detail)
    fail(f"In {name}, the {what} does not show the expected data.")


def _compared(one: Series, right: Series, kind: str, tolerance: Tolerance) -> list[tuple[str, Array, Array]]:
    """The sides whose numbers can be compared one by one, since their order is known."""
    x, y = ("y", "x") if one.flat else ("x", "y")
    if right.texts:
        order = _named(one, right)
        return [(y, one.y[order], right.y)] if order else []
    if not right.placed and kind == "bars":
        return [(y, one.y, right.y)]
    if kind == "bars":
        mine, ours = _in_order(one), _in_order(right)
        return [(y, one.y[mine], right.y[ours]), (x, one.x[mine], right.x[ours])]
    both = [(x, one.x, right.x), (y, one.y, right.y)]
    known = kind == "lines" or any(_close(drawn, wanted, tolerance) for _, drawn, wanted in both)
    return both if known else []


def _fail_curve(right: Series, left: Sequence[Series], what: str, name: str) -> None:
    """Say what is wrong with the curve that has the label or, if none has, with the only one."""
    __tracebackhide__ = True
    labelled = [one for one in left if right.label and says(one.label, right.label)]
    if len(labelled or left) == 1:
        (one,) = labelled or left
        check_curve((one.x, one.y), (right.x, right.y), name=f"In {name}, the {what}")
    fail(f"In {name}, no line is the {what} that was asked for.")


def _exchanged(one: Series, right: Series, close: Callable[[Array, Array], bool]) -> bool:
    return close(one.y, right.x) and close(one.x, right.y)


def _without_x(one: Series, right: Series, close: Callable[[Array, Array], bool]) -> bool:
    return close(one.y, right.y) and close(one.x, np.arange(one.x.size, dtype=float)) and not right.texts


def _logarithm(one: Series, right: Series, close: Callable[[Array, Array], bool]) -> bool:
    if one.y.shape != right.y.shape or not (right.y > 0).all():
        return False
    return any(close(one.y, log(right.y)) for log in (np.log, np.log10, np.log2))


def _another_order(one: Series, right: Series, close: Callable[[Array, Array], bool]) -> bool:
    if one.x.shape != right.x.shape or one.y.shape != right.y.shape or right.texts:
        return False
    mine, ours = _in_order(one), _in_order(right)
    return close(one.x[mine], right.x[ours]) and close(one.y[mine], right.y[ours])


def _as_shares(one: Series, right: Series, close: Callable[[Array, Array], bool]) -> bool:
    total = right.y.sum()
    return bool(total > 0) and close(one.y * total, right.y) and not close(one.y, right.y)


_PATTERNS: tuple[tuple[str, Callable[[Series, Series, Callable[[Array, Array], bool]], bool]], ...] = (
    ("x and y are exchanged.", _exchanged),
    ("the points stand at 0, 1, 2 and so on, as if x were not passed.", _without_x),
    ("it shows the logarithm; draw the data themselves, on a log scale if one is asked for.", _logarithm),
    ("the points are right, but connected in another order: sort them first.", _another_order),
    ("it shows shares of the sum instead of the numbers themselves.", _as_shares),
)  # fmt: skip


def check_image(axes: Axes, right: Array, name: str, tolerance: Tolerance) -> None:
    """Fail unless one of the images has these numbers."""
    __tracebackhide__ = True
    if not axes.images:
        fail(f"{name} shows no image: draw one with `ax.imshow`.")
    told = None
    for one in axes.images:
        try:
            check_array(one.data, one.data, right, f"The image in {name}", tolerance, {})
        except CheckFailed as error:
            told = told or error
        else:
            return
    assert told is not None
    raise told
