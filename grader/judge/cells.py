"""The parts of what calls returned, compared one by one, so that it shows which mistake changed which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import array_of
from grader.judge.calls import UNKNOWN, same_value
from grader.judge.objects import ObservedObject
from grader.kinds import plain
from grader.student import Call

__all__ = ["Cells", "cells_of", "changed", "plausible"]

Place = tuple[Any, ...]
Cells = list[dict[Place, Any]]
"""For each call, the parts of its outcome by their places in it."""


def cells_of(calls: Sequence[Call]) -> Cells:
    """The parts of some outcomes: every number, array or text in them, and the layout of what holds it."""
    return [dict(_parts_of(call)) for call in calls]


def _parts_of(call: Call) -> Iterator[tuple[Place, Any]]:
    yield ("changed",), sorted(call.changed)
    if call.error is not None:
        yield ("error",), call.error
    else:
        yield from _parts((), call.value)


def _parts(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    value = plain(value)
    if isinstance(value, Mapping):
        names = sorted(map(str, value))
        yield (*place, "keys"), ", ".join(names)
        # By their order, so that a value can be compared that has another name.
        for number, key in enumerate(sorted(value, key=str)):
            yield from _parts((*place, number), value[key])
    elif isinstance(value, list | tuple) and not _numeric(value):
        yield (*place, "length"), len(value)
        for number, part in enumerate(value):
            yield from _parts((*place, number), part)
    else:
        yield place, "an object" if isinstance(value, ObservedObject) else value


def _numeric(value: Any) -> bool:
    """Whether a list is an array to all who compare it, and not a few values that mean different things."""
    return len(value) > 3 and array_of(value) is not None


MISSING = object()


def _same(one: Any, other: Any, right: Any = UNKNOWN) -> bool:
    if one is MISSING or other is MISSING:
        return one is other
    return same_value(one, other, UNKNOWN if right is MISSING else right)


def changed(ours: Cells, right: Cells, theirs: Cells) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Where a version's outcomes differ from the right ones, and where they are what a student's calls gave.

    Returns:
        Two arrays of truth values, with an entry for each part of the right and of the student's outcomes.
    """
    differs, agrees = [], []
    for mine, known, got in zip(ours, right, theirs, strict=True):
        for place in dict.fromkeys((*known, *got)):
            one, good = mine.get(place, MISSING), known.get(place, MISSING)
            differs.append(not _same(one, good))
            agrees.append(_same(one, got.get(place, MISSING), good))
    return np.array(differs, bool), np.array(agrees, bool)


def plausible(
    differs: np.ndarray[Any, Any], agrees: np.ndarray[Any, Any], right: np.ndarray[Any, Any]
) -> bool:
    """Whether some mistakes together may give a student's outcomes, judged by what each of them gives alone.

    A part that one of them changes should be what that one makes of it, and a part that none changes should be right.
    Nothing is known of a part that several of them change.

    Args:
        differs: (mistakes, parts), whether a mistake changes a part.
        agrees: (mistakes, parts), whether the mistake alone gives what the student's call gave.
        right: (parts,), whether what the student's call gave is right.
    """
    by_many = differs.sum(axis=0)
    alone = (differs & agrees).any(axis=0)
    return bool(np.where(by_many == 0, right, (by_many > 1) | alone).all() and differs.any(axis=1).all())
