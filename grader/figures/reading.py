"""Reads a matplotlib figure into plain data.

Nothing is drawn for this, and matplotlib is not imported: whoever has a figure has imported it. How much is read is
bounded, by what one figure may hold in all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np

__all__ = ["figure_in", "is_figure", "said"]

MOST_AXES = 64
MOST_ARTISTS = 1_000
"""Lines, collections or images of one axes."""
MOST_NUMBERS = 2_000_000
"""Of all that a figure shows; of what comes after them, nothing is read."""
MOST_PARTS = 5_000
"""Lines, sets of points, sets of bars and images of one figure."""
MOST_DEPTH = 4
"""Of what holds a figure."""
MOST_TEXT = 500
"""Characters of a label or another text."""
_CLASSES = {
    "matplotlib.figure": ("Figure", "SubFigure", "FigureBase"),
    "matplotlib.axes._base": ("_AxesBase",),
}


def is_figure(value: object) -> bool:
    """Whether a value is a figure or axes of matplotlib, or an array of axes, told by the names of its classes."""
    if type(value) is np.ndarray and value.dtype.kind == "O" and value.size:
        return all(map(_is_one, value.flat[:MOST_AXES]))
    return _is_one(value)


def _is_one(value: object) -> bool:
    return any(kind.__name__ in _CLASSES.get(kind.__module__, ()) for kind in type(value).__mro__)


def figure_in(value: Any, depth: int = 0) -> Any:
    """The figure that a value is, belongs to or holds, as axes, ``(fig, ax)`` or seaborn's grids do; or None."""
    if depth > MOST_DEPTH:
        return None
    if isinstance(value, list | tuple):
        return next((found for one in value[:2] if (found := figure_in(one, depth + 1)) is not None), None)
    if isinstance(value, dict):
        return figure_in(list(itertools.islice(value.values(), 2)), depth + 1)
    if type(value) is np.ndarray:
        return figure_in(value.flat[0], depth + 1) if value.dtype.kind == "O" and value.size else None
    libraries = {kind.__module__.partition(".")[0] for kind in type(value).__mro__}
    if not libraries & {"matplotlib", "seaborn"}:
        return None
    whole = getattr(value, "figure", None)  # of axes, a line, a grid; a figure's own is None or itself
    if whole is not None and whole is not value:
        return figure_in(whole, depth + 1)
    return value if hasattr(value, "get_axes") and hasattr(value, "suptitle") else None


class _Room:
    """What may still be read of a figure."""

    def __init__(self) -> None:
        self._numbers, self._parts = MOST_NUMBERS, MOST_PARTS
        self.cut = False

    def few(self, artists: Iterable[Any]) -> list[Any]:
        """The first artists of one kind, as far as there is room."""
        most = min(MOST_ARTISTS, self._parts)
        found = list(itertools.islice(artists, most + 1))
        self.cut = self.cut or len(found) > most
        self._parts -= min(len(found), most)
        return found[:most]

    def numbers(self, values: Any) -> np.ndarray[Any, Any]:
        """Numbers as matplotlib places them: dates are days, categories count from 0; what is masked is nan."""
        if isinstance(values, np.ma.MaskedArray):
            values = np.ma.filled(values.astype(float), np.nan)
        return self.array(np.asarray(values, dtype=float))

    def array(self, values: Any) -> np.ndarray[Any, Any]:
        """An array; an empty one if there is no room for it."""
        if isinstance(values, np.ma.MaskedArray):
            values = np.ma.filled(values.astype(float), np.nan) if np.ma.is_masked(values) else values.data
        made = np.asarray(values)
        if made.size > self._numbers:
            self.cut = True
            return np.zeros(0)
        self._numbers -= made.size
        return made


def said(value: Any) -> dict[str, Any]:
    """What a figure says, or some of its axes alone, as numbers, texts and arrays."""
    room, texts = _Room(), []
    if type(value) is np.ndarray:
        found = list(value.flat[:MOST_AXES])
        whole = getattr(found[0], "figure", None)
    elif hasattr(value, "get_axes") and hasattr(value, "suptitle"):
        found, whole = _panels(value.get_axes()[:MOST_AXES]), value
        texts = [_text(one) for one in room.few(value.texts) if one is not getattr(value, "_suptitle", None)]
    else:
        found, whole = [value], getattr(value, "figure", None)
    found = _with_twins(found)
    return {
        "title": _text(getattr(whole, "_suptitle", None)),
        "axes": [_axes(one, whole, found, room) for one in found],
        "texts": list(filter(None, texts)),
        "cut": room.cut,
    }


def _panels(axes: list[Any]) -> list[Any]:
    """The axes without colour bars, those that lie on others last."""
    shown = [one for one in axes if not hasattr(one, "_colorbar")] or axes
    return sorted(shown, key=lambda one: _lies_on(one, shown) >= 0)


def _with_twins(axes: list[Any]) -> list[Any]:
    """Axes, and after them those that lie on them."""
    each = {id(one): one for one in axes}
    for one in axes:
        each.update((id(other), other) for other in _same_place(one))
    return list(each.values())[:MOST_AXES]


def _same_place(axes: Any) -> list[Any]:
    """The axes that lie on each other, as ``twinx`` makes them."""
    group = getattr(axes, "_twinned_axes", None)
    return (
        [axes, *(one for one in group.get_siblings(axes) if one is not axes)] if group is not None else [axes]
    )


def _lies_on(axes: Any, among: list[Any]) -> int:
    """The number of the first of these axes that lie in the same place; −1 if that is the axes themselves."""
    same = list(map(id, _same_place(axes)))
    first = next((number for number, one in enumerate(among) if id(one) in same), -1)
    return -1 if first < 0 or among[first] is axes else first


def _axes(axes: Any, whole: Any, among: list[Any], room: _Room) -> dict[str, Any]:
    same_place = _same_place(axes)
    labels = _entries([axes.get_legend()])
    legend = _entries([*(one.get_legend() for one in same_place), *getattr(whole, "legends", ())])
    bars = [one for one in axes.containers if type(one).__name__ == "BarContainer"]
    of_bars = {id(patch) for container in bars for patch in container.patches}
    patches = [patch for patch in axes.patches if id(patch) not in of_bars and not _across(patch, axes)]
    collections = room.few(axes.collections)
    return {
        "title": next(filter(None, map(_title, same_place)), ""),
        "xlabel": _axis_label(axes.xaxis) or _text(getattr(whole, "_supxlabel", None)),
        "ylabel": _axis_label(axes.yaxis) or _text(getattr(whole, "_supylabel", None)),
        "xscale": str(axes.get_xscale()),
        "yscale": str(axes.get_yscale()),
        "xlim": room.numbers(axes.get_xlim()),
        "ylim": room.numbers(axes.get_ylim()),
        "xticks": [_text(one) for one in axes.get_xticklabels()[:MOST_ARTISTS]],
        "yticks": [_text(one) for one in axes.get_yticklabels()[:MOST_ARTISTS]],
        "xplaces": room.numbers(axes.get_xticks()[:MOST_ARTISTS]),
        "yplaces": room.numbers(axes.get_yticks()[:MOST_ARTISTS]),
        "legend": legend,
        "lines": _lines(axes, collections, room, labels if labels is not None else legend),
        "points": [one for found in collections if (one := _points(found, room)) is not None],
        "bars": [
            *(_bars(one, room) for one in room.few(bars)),
            *(_outline(one, room) for one in room.few(filter(None, map(_steps, patches)))),
            *_loose(patches, room),
        ],
        "images": [_image(one, room) for one in room.few(axes.images)] + _meshes(collections, room),
        "texts": [text for one in axes.texts[:MOST_ARTISTS] if (text := _text(one))],
        "lies_on": _lies_on(axes, among),
    }


def _axis_label(axis: Any) -> str:
    return str(axis.get_label_text())[:MOST_TEXT] if axis.get_visible() else ""


def _entries(legends: Iterable[Any]) -> list[str] | None:
    """What legends say; None if there are none."""
    found = [one for one in legends if one is not None]
    texts = [_text(one) for legend in found for one in legend.get_texts()[:MOST_ARTISTS]]
    return texts[:MOST_ARTISTS] if found else None


def _title(axes: Any) -> str:
    return _text(axes.title) or _text(axes._left_title) or _text(axes._right_title)


def _text(artist: Any) -> str:
    return "" if artist is None else str(artist.get_text())[:MOST_TEXT]


def _label(artist: Any) -> str:
    """The label that a legend shows; those that matplotlib makes up begin with an underscore."""
    label = str(artist.get_label() or "")[:MOST_TEXT]
    return "" if label.startswith("_") else label


def _lines(
    axes: Any, collections: Iterable[Any], room: _Room, labels: list[str] | None
) -> list[dict[str, Any]]:
    """The lines; those that have no label get the legend's, as ``ax.legend(["train", "test"])`` means it."""
    named = _of_containers(axes)
    lines = []
    for one in room.few(axes.lines):
        line = _line(one, axes, room)
        lines.append({**line, "label": line["label"] or named.get(id(one), "")})
    lines += [one for found in collections for one in _segments(found, room)]
    bare = [one for one in lines if not one["across"]]
    if labels and len(labels) == len(bare) and not any(one["label"] for one in bare):
        for one, label in zip(bare, labels, strict=True):
            one["label"] = label
    return lines


def _of_containers(axes: Any) -> dict[int, str]:
    """The labels that ``errorbar`` and ``stem`` give to what they draw as a whole, for the line of its data."""
    return {
        id(one[0]): _label(one)
        for one in axes.containers
        if type(one).__name__ in ("ErrorbarContainer", "StemContainer")
    }


def _line(line: Any, axes: Any, room: _Room) -> dict[str, Any]:
    return {
        "x": room.numbers(line.get_xdata(orig=False)),
        "y": room.numbers(line.get_ydata(orig=False)),
        "label": _label(line),
        "style": str(line.get_linestyle())[:20],
        "marker": str(line.get_marker())[:20],
        "drawstyle": str(line.get_drawstyle())[:20],
        "across": _across(line, axes),
    }


def _across(artist: Any, axes: Any) -> str:
    """How something runs across the whole axes: axhline and axvline give one coordinate as a share of the axes."""
    transform = (
        artist.get_data_transform() if hasattr(artist, "get_data_transform") else artist.get_transform()
    )
    if transform == axes.get_yaxis_transform(which="grid"):
        return "horizontal"
    return "vertical" if transform == axes.get_xaxis_transform(which="grid") else ""


def _segments(collection: Any, room: _Room) -> Iterable[dict[str, Any]]:
    """The lines that ``vlines``, ``hlines`` and the like draw together."""
    if type(collection).__name__ != "LineCollection":
        return
    for segment in room.few(collection.get_segments()):
        points = room.numbers(segment).reshape(-1, 2)
        yield {"x": points[:, 0], "y": points[:, 1], "label": _label(collection), "style": "-", "marker": "None",
               "drawstyle": "default", "across": ""}  # fmt: skip


def _points(collection: Any, room: _Room) -> dict[str, Any] | None:
    """The points of a scatter plot; None for other collections."""
    if type(collection).__name__ != "PathCollection":
        return None
    offsets = np.ma.asarray(collection.get_offsets())
    found = {"x": room.numbers(offsets[:, 0]), "y": room.numbers(offsets[:, 1]), "label": _label(collection)}
    values = collection.get_array()
    if values is not None:
        found["values"] = room.numbers(values)
    return found


def _bars(container: Any, room: _Room) -> dict[str, Any]:
    horizontal = container.orientation == "horizontal"
    found = _of_patches(container.patches, room, horizontal=horizontal)
    return {**found, "label": _label(container), "horizontal": horizontal}


def _of_patches(patches: Iterable[Any], room: _Room, *, horizontal: bool) -> dict[str, Any]:
    boxes = [(one.get_x(), one.get_y(), one.get_width(), one.get_height()) for one in patches]
    x, y, width, height = room.numbers(boxes).reshape(-1, 4).T
    if horizontal:
        return {"at": y + height / 2, "lengths": width, "widths": np.abs(height), "start": x}
    return {"at": x + width / 2, "lengths": height, "widths": np.abs(width), "start": y}


def _steps(patch: Any) -> tuple[Any, ...] | None:
    """The edges, ends and starts of what ``stairs`` or ``hist(histtype="step")`` draws, and whether its bars lie."""
    kind = type(patch).__name__
    if kind == "StepPatch":
        values, edges, baseline = patch.get_data()
        return patch, edges, values, 0.0 if baseline is None else baseline, patch.orientation == "horizontal"
    corners = patch.get_xy() if kind == "Polygon" else np.zeros((0, 2))
    for horizontal in (False, True):
        along, across = corners[:, ::-1].T if horizontal else corners.T
        # Filled, it goes up, along, down, and all the way back; as a line, it ends before that.
        count = (len(along) + 3) // 4 if len(along) % 4 == 1 else len(along) // 2
        edges, ends = along[: 2 * count : 2], across[1 : 2 * count - 1 : 2]
        back = across[2 * count : 4 * count - 2 : 2][::-1]
        starts = back if len(back) == count - 1 else across[:1]
        if (
            count > 1
            and np.array_equal(edges, along[1 : 2 * count : 2])
            and np.array_equal(ends, across[2 : 2 * count : 2])
            and (len(starts) > 1 or across[0] == across[2 * count - 1])
            and (np.diff(edges) > 0).all()
        ):
            return patch, edges, ends, starts, horizontal
    return None


def _outline(steps: tuple[Any, ...], room: _Room) -> dict[str, Any]:
    patch, edges, ends, starts, horizontal = steps
    edges, ends = room.numbers(edges), room.numbers(ends)
    starts = room.numbers(np.broadcast_to(np.asarray(starts, dtype=float), ends.shape))
    if not len(edges) == len(ends) + 1 == len(starts) + 1:
        edges, ends, starts = np.zeros(1), np.zeros(0), np.zeros(0)  # there was no room for all of them
    middles, widths = (edges[:-1] + edges[1:]) / 2, room.numbers(np.diff(edges))
    return {"at": middles, "lengths": ends - starts, "widths": widths, "start": starts, "label": _label(patch),
            "horizontal": horizontal}  # fmt: skip


def _loose(patches: list[Any], room: _Room) -> list[dict[str, Any]]:
    """Rectangles that belong to no bars."""
    boxes = [one for one in patches if type(one).__name__ == "Rectangle"][:MOST_ARTISTS]
    few = room.few([boxes] if boxes else [])
    return [{**_of_patches(one, room, horizontal=False), "label": "", "horizontal": False} for one in few]


def _image(image: Any, room: _Room) -> dict[str, Any]:
    return {
        "data": room.array(image.get_array()),
        "extent": room.numbers(image.get_extent()),
        "label": _label(image),
    }


def _meshes(collections: Iterable[Any], room: _Room) -> list[dict[str, Any]]:
    """What pcolormesh draws."""
    found = []
    for one in collections:
        if type(one).__name__ == "QuadMesh" and one.get_array() is not None:
            rows, columns = one._coordinates.shape[:2]
            data = room.array(one.get_array())
            data = data.reshape(rows - 1, columns - 1) if data.size == (rows - 1) * (columns - 1) else data
            corners = one._coordinates.reshape(-1, 2)
            extent = [*corners[[0, -1], 0], *corners[[0, -1], 1]]
            found.append({"data": data, "extent": room.numbers(extent), "label": _label(one)})
    return found
