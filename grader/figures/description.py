"""A figure's description as a check reads it: made from plain data, of which nothing is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.figures.reading import (
    MOST_ARTISTS,
    MOST_AXES,
    MOST_NUMBERS,
    MOST_PARTS,
    MOST_TEXT,
    is_figure,
    said,
)

__all__ = ["Axes", "Bars", "Figure", "Image", "Line", "Points", "figure_of"]

Array = np.ndarray[Any, Any]
MOST_SEVERAL = 64
"""Figures of which one is chosen."""
MOST_NESTED = 3
"""Lists within lists in which a figure is looked for."""


def _none() -> Array:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Line:
    """A line: its points, as matplotlib places them, and the label that a legend shows."""

    x: Array = field(default_factory=_none)
    y: Array = field(default_factory=_none)
    label: str = ""
    style: str = "-"
    marker: str = "None"
    drawstyle: str = "default"
    across: str = ""
    """``horizontal`` or ``vertical`` if it runs across the whole axes, as that of ``axhline``."""


@dataclass(frozen=True, eq=False)
class Points:
    """The points of a scatter plot, and the numbers that their colours stand for."""

    x: Array = field(default_factory=_none)
    y: Array = field(default_factory=_none)
    label: str = ""
    values: Array = field(default_factory=_none)


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars, or a histogram: where their middles are, how long and how wide they are, and where they start."""

    at: Array = field(default_factory=_none)
    lengths: Array = field(default_factory=_none)
    widths: Array = field(default_factory=_none)
    start: Array = field(default_factory=_none)
    label: str = ""
    horizontal: bool = False


@dataclass(frozen=True, eq=False)
class Image:
    """An image or a mesh: its numbers, and the left, right, bottom and top ends."""

    data: Array = field(default_factory=_none)
    extent: Array = field(default_factory=_none)
    label: str = ""


@dataclass(frozen=True, eq=False)
class Axes:
    """One of a figure's axes."""

    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    xscale: str = "linear"
    yscale: str = "linear"
    xlim: Array = field(default_factory=_none)
    ylim: Array = field(default_factory=_none)
    xticks: list[str] = field(default_factory=list)
    yticks: list[str] = field(default_factory=list)
    xplaces: Array = field(default_factory=_none)
    """Where the ticks are, if that is known."""
    yplaces: Array = field(default_factory=_none)
    legend: list[str] | None = None
    lines: list[Line] = field(default_factory=list)
    points: list[Points] = field(default_factory=list)
    bars: list[Bars] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lies_on: int = -1
    """Which of the figure's axes they lie on, as those of ``twinx`` do; −1 if they are a panel of their own."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A whole figure."""

    title: str = ""
    axes: list[Axes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    cut: bool = False
    """Whether it holds more than was read."""


_PARTS: Mapping[type, Mapping[str, type]] = {
    Figure: {"axes": Axes},
    Axes: {"lines": Line, "points": Points, "bars": Bars, "images": Image},
}


def figure_of(value: Any) -> Figure | None:
    """The description of a figure, of axes, or of what was read off them; None where the value is none.

    ``value`` may be an object that stands for a description, as what comes out of the sandbox does. Of several figures
    it is the last in which something is drawn; of ``(fig, ax)``, the first.
    """
    return _figure_in(value, 0)


def _figure_in(value: Any, depth: int) -> Figure | None:
    if is_figure(value):
        value = said(value)
    value = getattr(value, "_stands_for", value)
    if isinstance(value, list | tuple):
        several = value[:MOST_SEVERAL] if depth < MOST_NESTED else ()
        empty: Figure | None = None
        for one in several if isinstance(value, tuple) else reversed(several):
            found = _figure_in(one, depth + 1)
            if found is not None and found.axes:
                return found
            empty = empty or found
        return empty
    if not isinstance(value, Mapping) or not {"title", "axes", "texts"} <= value.keys():
        return None
    room = _Room()
    made = room.made(Figure, value)
    assert isinstance(made, Figure)
    return replace(made, cut=made.cut or room.cut)


class _Room:
    """What a description may still hold: as much as `said` reads of a figure, since nothing else bounds it."""

    def __init__(self) -> None:
        self._numbers, self._parts = MOST_NUMBERS, MOST_PARTS
        self.cut = False

    def made(self, kind: type, given: Any) -> Any:
        """An object of the kind from a dictionary; what has another form than it should is left out."""
        if not isinstance(given, Mapping):
            return kind()
        empty = kind()
        parts = _PARTS.get(kind, {})
        found: dict[str, Any] = {}
        for name in kind.__dataclass_fields__:  # type: ignore[attr-defined]  # of all these kinds
            if name not in given:
                continue
            value = given[name]
            if name in parts:
                few = self._few(value, axes=name == "axes") if isinstance(value, list) else []
                found[name] = [self.made(parts[name], one) for one in few]
            elif _fits(getattr(empty, name), value, name):
                found[name] = self._taken(value, name)
        made = kind(**found)
        rows = [getattr(made, name) for name in _ROWS.get(kind, ())]
        return made if len({len(row) for row in rows}) < 2 else kind()

    def _few(self, values: list[Any], *, axes: bool) -> list[Any]:
        most = MOST_AXES if axes else self._parts
        self.cut = self.cut or (len(values) > most and not axes)
        self._parts -= 0 if axes else min(len(values), most)
        return values[:most]

    def _taken(self, value: Any, name: str) -> Any:
        if isinstance(value, np.ndarray):
            if value.size > self._numbers:
                self.cut = True
                return value.reshape(-1)[:0] if name != "data" else value[:0, :0]
            self._numbers -= value.size
            return value if name == "data" else value.astype(float, copy=False)
        if isinstance(value, list):
            return [one[:MOST_TEXT] for one in value[:MOST_ARTISTS]]
        return value[:MOST_TEXT] if isinstance(value, str) else value


_ROWS: Mapping[type, Sequence[str]] = {
    Line: ("x", "y"), Points: ("x", "y"), Bars: ("at", "lengths", "widths", "start"),
}  # fmt: skip
"""The arrays of which each entry stands for one thing, so that they are equally long."""


def _fits(default: Any, value: Any, name: str) -> bool:
    if isinstance(default, np.ndarray):
        dimensions = (2, 3) if name == "data" else (1,)
        return isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and value.ndim in dimensions
    if isinstance(default, list) or name == "legend":
        return (isinstance(value, list) and all(isinstance(one, str) for one in value)) or (
            name == "legend" and value is None
        )
    return isinstance(value, type(default))
