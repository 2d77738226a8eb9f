"""The latest calls of a submission's functions, so that a check can call one once more."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.kinds import plain
from grader.tables import is_table, nbytes, table_of

if TYPE_CHECKING:
    from grader.student import Call

__all__ = ["RECENT_CALLS", "Origin"]


@dataclass(frozen=True)
class Origin:
    """The call that a value came from, and where in the call's value it was."""

    call: Call
    again: Callable[[Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]], list[Any]]
    """Gives the function's values for other arguments and keywords; such calls are recorded nowhere."""
    path: tuple[Any, ...]
    """Indices and keys that lead from the call's value to the part."""

    def part_of(self, value: Any) -> Any:
        """The same part of another value."""
        for step in self.path:
            value = plain(value)[step]
        return value


class _RecentCalls:
    """The latest calls of a submission's functions, so that a check can call a function once more.

    A call is found by the very objects that it returned, and forgotten after `MOST_CALLS` others.
    """

    def __init__(self) -> None:
        self._calls: collections.deque[tuple[Call, Any]] = collections.deque(maxlen=MOST_CALLS)

    def note(self, call: Call, again: Any) -> None:
        """Remember a call that returned, and how to call its function again."""
        if _nbytes((call.arguments, *call.keywords.values(), call.value)) <= MOST_BYTES:
            self._calls.append((call, again))

    def forget(self) -> None:
        """Forget all of them."""
        self._calls.clear()

    def origin_of(self, value: Any) -> Origin | None:
        """The latest call that returned this very object, alone or as a part."""
        for call, again in reversed(self._calls):
            path = _path(call.value, value)
            if path is not None:
                return Origin(call, again, path)
        return None

    def others(self, origin: Origin) -> Iterator[Origin]:
        """The same part of the function's other calls, the latest first."""
        for call, again in reversed(self._calls):
            if call.function == origin.call.function and call is not origin.call:
                yield Origin(call, again, origin.path)


MOST_CALLS = 128
MOST_BYTES = 1 << 18
"""Of the arrays of a call that is remembered."""
MOST_PARTS = 100
"""Of a value that is searched."""


def _nbytes(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, list | tuple):
        return 8 * len(value) + sum(map(_nbytes, value[:MOST_PARTS]))
    if is_table(value):
        return nbytes(table_of(value))
    return sum(map(_nbytes, value.values())) if isinstance(value, dict) else 8


def _path(whole: Any, part: Any) -> tuple[Any, ...] | None:
    if whole is part:
        return ()
    whole = plain(whole)
    steps: Iterable[tuple[Any, Any]] = ()
    if isinstance(whole, list | tuple):
        steps = enumerate(whole[:MOST_PARTS])
    elif isinstance(whole, dict):
        steps = itertools.islice(whole.items(), MOST_PARTS)
    for step, inner in steps:
        if inner is part or isinstance(inner, list | tuple | dict):
            path = _path(inner, part)
            if path is not None:
                return (step, *path)
    return None


RECENT_CALLS = _RecentCalls()
"""Those of the submission that is being judged: there is one at a time in a process."""
