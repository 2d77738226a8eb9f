"""Whether a test could still tell a wrong function from a right one, given what the functions that it uses returned.

With a gradient of zeros, training that does nothing comes out like training that is right. Nothing can be said for such
a function: a wrong answer must differ from the submission's wherever the test, with right functions, would notice it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import array_of
from grader.judge.likeness import NOTICEABLE, differs
from grader.judge.replay import Thread
from grader.judge.worlds import Pairs
from grader.kinds import plain
from grader.student import Call

__all__ = ["made_up", "noticed_in", "trivial_answer", "vary_together"]

MOST_COMPARED = 64
"""Calls of one function that are looked at for trivial answers."""

Place = Any
"""Where a part is in a value: an index, a key, or None for all of it."""


def noticed_in(thread: Thread, pairs: Pairs, right: Sequence[Call] = ()) -> bool:
    """Whether one of these calls did not end as was recorded, or as the ``right`` ones did, by more than rounding."""
    known = right or thread.calls
    return not all(
        thread.same(call, again, rtol=NOTICEABLE) for call, (_, again) in zip(known, pairs, strict=True)
    )


# Trivial answers ---------------------------------------------------------------------------------------------


def trivial_answer(right: Sequence[Call], seen: Sequence[Call]) -> str:
    """A trivial answer that could not be told from the submission's results, but from right ones; empty if none.

    Such are zeros, ones, None, an argument or a part of one, and one and the same answer to everything. Each part of an
    answer is looked at: one part that says nothing is enough.

    Args:
        right: The calls that a test makes of the reference.
        seen: The calls that it made of the submission.
    """
    right, seen = list(_compared(right)), list(_compared(seen))
    if not right or not seen:
        return "no answer at all"
    for place in _places(right[0].value):
        ours, theirs = list(_at(place, right)), list(_at(place, seen))
        if len(ours) < len(right) or len(theirs) < len(seen):
            continue
        for name, fits in _trivial(right):
            if not all(map(fits, right, ours)) and all(map(fits, seen, theirs)):
                return name
        if len(seen) > 1 and _constant(theirs) and not _constant(ours):
            return "the same answer to everything"
    return ""


def _compared(calls: Iterable[Call]) -> Iterator[Call]:
    return itertools.islice((call for call in calls if call.error is None), MOST_COMPARED)


def _trivial(right: Sequence[Call]) -> Iterator[tuple[str, Callable[[Call, Any], bool]]]:
    """Trivial answers by name, each with whether a part of a call's value is that."""
    yield "None", lambda _, part: plain(part) is None
    for name, number in (("zeros", 0.0), ("ones", 1.0)):
        yield name, lambda _, part, number=number: _all_are(part, number)  # type: ignore[misc]
    for path in _argument_paths(right[0]):
        yield "an argument", lambda call, part, path=path: _is_argument(call, path, part)  # type: ignore[misc]


def _parts(value: Any) -> dict[Place, Any]:
    value = plain(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple) or (isinstance(value, list) and array_of(value) is None):
        return dict(enumerate(value))
    return {None: value}


def _places(value: Any) -> list[Place]:
    return list(_parts(value))


def _at(place: Place, calls: Sequence[Call]) -> Iterator[Any]:
    for call in calls:
        parts = _parts(call.value)
        if place in parts:
            yield parts[place]


def _all_are(part: Any, number: float) -> bool:
    array = array_of(part)
    return array is not None and bool((np.abs(array.astype(complex) - number) <= NOTICEABLE * number).all())


def _constant(parts: Sequence[Any]) -> bool:
    return not any(differs(part, parts[0]) for part in parts[1:])


def _argument_paths(call: Call) -> Iterator[tuple[Any, ...]]:
    """Where each argument is, and each part of one."""
    for place, argument in (*enumerate(call.arguments), *call.keywords.items()):
        yield (place,)
        if isinstance(argument, tuple | list | dict) and len(argument) <= MOST_COMPARED:
            yield from ((place, part) for part in _places(argument) if part is not None)


def _is_argument(call: Call, path: tuple[Any, ...], part: Any) -> bool:
    try:
        place, *rest = path
        value = call.keywords[place] if isinstance(place, str) else call.arguments[place]
        for step in rest:
            value = _parts(value)[step]
    except (LookupError, TypeError):
        return False
    return not differs(part, value)


# Dependence on the arguments ---------------------------------------------------------------------------------


def vary_together(right: Sequence[Any], seen: Sequence[Any]) -> bool:
    """Whether two answers of the submission's differ where those of the reference do."""
    return any(
        differs(right[0], right[i]) and differs(seen[0], seen[i])
        for i in range(1, min(len(right), len(seen)))
    )


def made_up(call: Call) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Other arguments of the same form: every array of floats turned round, then scaled."""
    for change in (_turned_round, _scaled):
        given = tuple(_changed(one, change) for one in call.arguments)
        yield given, {key: _changed(one, change) for key, one in call.keywords.items()}


def _turned_round(array: np.ndarray) -> np.ndarray:
    return array.ravel()[::-1].reshape(array.shape)


def _scaled(array: np.ndarray) -> np.ndarray:
    return (0.75 * array).astype(array.dtype)


def _changed(value: Any, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return change(value)
    if type(value) in (list, tuple):
        return type(value)(_changed(part, change) for part in value)
    if type(value) is dict:
        return {key: _changed(part, change) for key, part in value.items()}
    return value
