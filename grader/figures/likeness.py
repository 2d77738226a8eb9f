"""Whether two figures show the same: data, scales, and texts as far as the question asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from grader.figures.description import Axes, Figure

__all__ = ["essence_of", "same_figures"]

Same = Callable[[Any, Any], bool]
_TEXTS = ("title", "xlabel", "ylabel")
_NUMBER = re.compile(r"\d{1,20}(?:\.\d{1,20})?")
MOST_MATCHED = 200
"""Lines, sets of points or bars of one kind that are matched in any order."""


def essence_of(figures: Sequence[Figure]) -> list[Any]:
    """What figures show, without colours, ticks and what their texts say."""
    return [
        {
            "scales": [axes.xscale, axes.yscale],
            **{kind: [list(numbers) for _, numbers in found] for kind, found in _series(axes).items()},
            **{name: bool(getattr(axes, name)) for name in (*_TEXTS, "legend")},
        }
        for figure in figures
        for axes in figure.axes
    ]


def same_figures(
    one: Sequence[Figure], other: Sequence[Figure], reference: Sequence[Figure], same: Same
) -> bool:
    """Whether figures show the same.

    Texts may be worded in any way: what counts is which of the texts of the ``reference``, the right figures, they
    contain, and the numbers in labels whose right form holds some. Texts that it lacks may be there or not.

    Args:
        one, other: The figures.
        reference: What they should show, as far as it is known.
        same: Whether two arrays are the same.
    """
    ours, theirs = _axes(one), _axes(other)
    if len(ours) != len(theirs):
        return False
    right = _axes(reference)
    return all(
        _same_axes(a, b, right[number] if number < len(right) else b, same)
        for number, (a, b) in enumerate(zip(ours, theirs, strict=True))
    )


def _axes(figures: Sequence[Figure]) -> list[Axes]:
    return [axes for figure in figures for axes in figure.axes]


def _series(axes: Axes) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """What axes show of each kind, each with its label and its numbers."""
    return {
        "lines": [(one.label, (one.x, one.y)) for one in axes.lines if not one.across],
        "vertical": [(one.label, (one.x[:1],)) for one in axes.lines if one.across == "vertical"],
        "horizontal": [(one.label, (one.y[:1],)) for one in axes.lines if one.across == "horizontal"],
        "points": [(one.label, (one.x, one.y)) for one in axes.points],
        "bars": [(one.label, (one.at, one.lengths, one.start)) for one in axes.bars],
        "images": [(one.label, (one.data,)) for one in axes.images],
    }


def _same_axes(one: Axes, other: Axes, right: Axes, same: Same) -> bool:
    if (one.xscale, one.yscale) != (other.xscale, other.yscale):
        return False
    known = [text for text in (_folded(getattr(right, name)) for name in _TEXTS) if text]
    for name in _TEXTS:
        if getattr(right, name) and _contained(getattr(one, name), known) != _contained(
            getattr(other, name), known
        ):
            return False
    if right.legend is not None and _named(one, right.legend) != _named(other, right.legend):
        return False
    ours, theirs, rights = _series(one), _series(other), _series(right)
    labels = [_folded(label) for found in rights.values() for label, _ in found if label]
    return all(
        _same_series(ours[kind], theirs[kind], any(label for label, _ in rights[kind]), labels, same)
        for kind in ours
    )


def _same_series(
    ours: list[tuple[str, tuple[Any, ...]]],
    theirs: list[tuple[str, tuple[Any, ...]]],
    labelled: bool,
    known: Sequence[str],
    same: Same,
) -> bool:
    """Whether the same is drawn, in any order."""
    if len(ours) != len(theirs) or len(ours) > MOST_MATCHED:
        return False
    left = list(theirs)
    for label, numbers in ours:
        for one in left:
            alike = not labelled or _meant(label, known) == _meant(one[0], known)
            if alike and all(map(same, numbers, one[1])):
                left = [other for other in left if other is not one]
                break
        else:
            return False
    return True


def _named(axes: Axes, right: Sequence[str]) -> frozenset[str] | None:
    """Which of the right texts a legend has; None without one."""
    if axes.legend is None:
        return None
    known = [folded for text in right if (folded := _folded(text))]
    return frozenset().union(*(_contained(text, known) for text in axes.legend))


def _meant(text: str, known: Sequence[str]) -> tuple[Any, ...]:
    """What a label says: which of the known texts and, where these hold numbers, which numbers."""
    counted = any(map(_NUMBER.search, known))
    return _contained(text, known), tuple(map(float, _NUMBER.findall(text))) if counted else ()


def _contained(text: str, known: Sequence[str]) -> frozenset[str]:
    """Which of the known texts a text contains; only the longest, where one contains another."""
    found = [one for one in known if one in _folded(text)]
    return frozenset(one for one in found if not any(one != other and one in other for other in found))


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
