"""The parts of what calls returned, by their places, so that it shows which mistake changed which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import array_of
from grader.judge.objects import ObservedObject
from grader.kinds import plain
from grader.student import Call
from grader.tables import laid_out

__all__ = ["MISSING", "Cells", "Place", "cells_of", "layout_of", "numbers_in"]

Place = tuple[Any, ...]
"""The number of a call, and the way to a part of its outcome."""
Cells = dict[Place, Any]
MISSING = object()
"""In the place of a part that is not there."""


def cells_of(calls: Sequence[Call]) -> Cells:
    """The parts of some outcomes: every number, array or text in them, and the layout of what holds it."""
    return {(number, *place): part for number, call in enumerate(calls) for place, part in _parts_of(call)}


def _parts_of(call: Call) -> Iterator[tuple[Place, Any]]:
    yield ("changed",), ", ".join(sorted(call.changed))
    if call.error is not None:
        yield ("error",), call.error
    else:
        yield from _parts((), call.value)


def _parts(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    value = laid_out(plain(value))
    if isinstance(value, Mapping):
        yield (*place, "keys"), ", ".join(sorted(map(str, value)))
        # By their order, so that a value can be compared that has another name.
        for number, key in enumerate(sorted(value, key=str)):
            yield from _parts((*place, number), value[key])
    elif isinstance(value, list | tuple) and not _is_array(value):
        yield (*place, "length"), len(value)
        for number, part in enumerate(value):
            yield from _parts((*place, number), part)
    else:
        yield place, "an object" if isinstance(value, ObservedObject) else value


def _is_array(value: Any) -> bool:
    """Whether a list is an array to all who compare it, and not a few values that mean different things."""
    return len(value) > 3 and array_of(value) is not None


def numbers_in(part: Any, most: int) -> np.ndarray[Any, Any]:
    """The first numbers of a part, as floats; none if it holds none."""
    made = _numbers(part)
    return np.zeros(0) if made is None else made.ravel()[:most].astype(float)


def layout_of(part: Any) -> tuple[Any, ...]:
    """What a part is apart from its numbers: the shape of an array, or the text itself."""
    if part is MISSING or part is None or isinstance(part, str):
        return ("text", None if part is MISSING else (part,))
    made = array_of(part)
    if made is not None and made.dtype.kind in "iufb":
        return ("numbers", made.shape)
    return ("another", type(part).__name__ if made is None else str(made.tolist()))


def _numbers(part: Any) -> np.ndarray[Any, Any] | None:
    if part is MISSING or part is None or isinstance(part, str):
        return None
    made = array_of(part)
    return made if made is not None and made.dtype.kind in "iufb" else None
