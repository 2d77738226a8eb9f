"""What a figure shows of a kind, and what should be shown, in one form: numbers, labels, and names of bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.figures import Axes, Bars, Line, Points

__all__ = ["ACROSS", "Series", "drawn_of", "is_line", "joined", "series_of", "straight_of", "without"]

Array = np.ndarray[Any, Any]
ACROSS = ("vertical", "horizontal")
_BARE = ("None", "none", "", " ")
"""Styles and markers that show nothing."""


@dataclass(frozen=True, eq=False)
class Series:
    """Data that should be, or are, drawn."""

    x: Array
    y: Array
    label: str = ""
    texts: tuple[str, ...] = ()
    """In place of ``x``, for bars that are named."""
    placed: bool = True
    """Whether it was said where they are."""
    parts: tuple[Line | Points | Bars, ...] = ()
    """The lines, points or bars that show them."""
    flat: bool = False
    """Whether they are bars that lie, so that their lengths are along x."""


def series_of(given: Sequence[Any] | Mapping[str, Any]) -> list[Series]:
    """What an author asks for."""
    if isinstance(given, Mapping):
        return [_one(data, label) for label, data in given.items()]
    return [_one(data, "") for data in given]


def _one(data: Any, label: str) -> Series:
    if isinstance(data, tuple) and len(data) == 2 and np.ndim(data[1]) == 1:
        x, y = data
        y = np.asarray(y, float)
        if len(x) and isinstance(x[0], str):
            return Series(np.arange(len(y), dtype=float), y, label, tuple(map(str, x)))
        return Series(np.asarray(x, float), y, label)
    y = np.asarray(data, float)
    return Series(np.arange(len(y), dtype=float), y, label, placed=False)


def straight_of(kind: str, given: Sequence[float] | Mapping[str, float]) -> list[Series]:
    """The same of straight lines across the axes."""
    labelled = given.items() if isinstance(given, Mapping) else [("", place) for place in given]
    return [_straight(kind, float(place), label) for label, place in labelled]


def _straight(kind: str, place: float, label: str) -> Series:
    at, nowhere = np.array([place]), np.zeros(1)
    return Series(at, nowhere, label) if kind == "vertical" else Series(nowhere, at, label)


def _stands(line: Line, kind: str) -> list[Series]:
    """The place of a line, if it is vertical or horizontal, whichever is asked for."""
    along, across = (line.y, line.x) if kind == "vertical" else (line.x, line.y)
    if line.across != kind and (line.across or len(across) < 2 or np.ptp(across) or not np.ptp(along)):
        return []
    return [replace(_straight(kind, float(across[0]), line.label), parts=(line,))] if len(across) else []


def _corners(line: Line) -> tuple[Array, Array]:
    """A line as it is seen, also where it goes in steps."""
    x, y = line.x, line.y
    if not line.drawstyle.startswith("steps") or len(x) < 2:
        return x, y
    twice_x, twice_y = np.repeat(x, 2), np.repeat(y, 2)
    if line.drawstyle == "steps-post":
        return twice_x[1:], twice_y[:-1]
    if line.drawstyle == "steps-mid":
        middles = np.repeat((x[1:] + x[:-1]) / 2, 2)
        return np.concatenate([x[:1], middles, x[-1:]]), twice_y
    return twice_x[:-1], twice_y[1:]


def drawn_of(axes: Axes, kind: str) -> list[Series]:
    """What is drawn of a kind. ``plot(x, y, "o")`` draws points, and no line; ``plot(x, y, "o-")`` draws both."""
    if kind == "bars":
        return [
            Series(
                one.at, one.lengths, one.label, _names(axes, one.at, flat=one.horizontal), parts=(one,),
                flat=one.horizontal,
            )
            for one in axes.bars
        ]  # fmt: skip
    if kind in ACROSS:
        return [found for one in axes.lines for found in _stands(one, kind)]
    lines = [one for one in axes.lines if not one.across]
    if kind == "points":
        marked = [one for one in lines if one.style in _BARE or one.marker not in _BARE]
        all_points: list[Line | Points] = [*axes.points, *marked]
        return [Series(one.x, one.y, one.label, parts=(one,)) for one in sorted(all_points, key=is_line)]
    return [
        Series(*(_corners(one) if kind == "curves" else (one.x, one.y)), one.label, parts=(one,))
        for one in lines
        if one.style not in _BARE
    ]


def is_line(one: object) -> bool:
    """Whether it is drawn as a line, with marks or without."""
    return isinstance(one, Line) and one.style not in _BARE


def _names(axes: Axes, at: Array, *, flat: bool) -> tuple[str, ...]:
    """The texts of the ticks at which bars stand."""
    ticks, places = (axes.yticks, axes.yplaces) if flat else (axes.xticks, axes.xplaces)
    if len(at) and len(ticks) == len(places) > 0:
        order = np.argsort(places)
        near = order[np.searchsorted(places[order], at - 1e-6).clip(max=len(places) - 1)]
        if (np.abs(places[near] - at) <= 1e-6).all():
            return tuple(ticks[i] for i in near.tolist())
    return tuple(ticks) if len(ticks) == len(at) else ()


def without(drawn: Sequence[Series], used: Iterable[Series]) -> list[Series]:
    """What is drawn, but for what shows one of these."""
    gone = {id(part) for one in used for part in one.parts}
    return [one for one in drawn if not any(id(part) in gone for part in one.parts)]


def joined(axes: Axes, left: Sequence[Series], kind: str) -> list[Series]:
    """Points or bars of several calls as one set: those alone that no line connects, and all of them."""
    if kind not in ("points", "bars"):
        return []
    bare = [one for one in left if not any(map(is_line, one.parts))]
    ways = [bare, left] if len(bare) < len(left) else [left]
    return [_join(axes, ones) for ones in ways if len(ones) > 1]


def _join(axes: Axes, ones: Sequence[Series]) -> Series:
    x, y = (np.concatenate([getattr(one, side) for one in ones]) for side in ("x", "y"))
    parts, flat = tuple(part for one in ones for part in one.parts), ones[0].flat
    if any(isinstance(part, Bars) for part in parts):
        order = np.argsort(x, kind="stable")
        x, y = x[order], y[order]
    names = _names(axes, x, flat=flat) if all(one.flat == flat for one in ones) else ()
    return Series(x, y, next((one.label for one in ones if one.label), ""), names, parts=parts, flat=flat)
