"""What the course's own code gives for recorded calls, kept for further submissions whose calls are the same.

Tests draw their numbers from seeds, so most calls are the same for a whole class, and so is what the solution and each
known mistake give for them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.judge.likeness import nbytes
from grader.judge.replay import Thread
from grader.judge.steps import counted
from grader.student import Call

__all__ = ["Outcomes"]

MOST_BYTES = 32 << 20
"""Of all outcomes that are kept."""
MOST_BYTES_OF_ONE = 1 << 20
BYTES_OF_A_CALL = 400
"""That a call takes besides its value."""

Namespace = Callable[[], Mapping[str, Any]]


@dataclass
class _Kept:
    calls: list[Call]
    """Without their arguments."""
    size: int
    steps: int | None = None


class Outcomes:
    """Makes calls again, or remembers what they gave."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Hashable, bytes | None], _Kept] = {}
        self.nbytes = 0
        """About how many bytes are kept."""

    def replay(self, thread: Thread, world: Hashable, namespace: Namespace) -> Iterable[tuple[Call, Call]]:
        """Each call of a thread, and the same call made in a world.

        Args:
            thread: The calls.
            world: What stands for the code; the same code must stand for the same.
            namespace: Makes that code's names.
        """
        kept = self._of(thread, world)
        if kept is not None:
            return zip(thread.calls, kept.calls, strict=True)
        if len(thread.calls) == 1:  # or else nothing would be kept of a call at which its reader stops
            return list(self._made(thread, world, namespace))
        return self._made(thread, world, namespace)

    def measured(
        self, thread: Thread, world: Hashable, namespace: Namespace, file: str
    ) -> tuple[list[Call], int]:
        """What a thread gives in a world, and how many lines of this file that takes."""
        kept = self._of(thread, world)
        if kept is None or kept.steps is None:
            with counted(file) as steps:
                made = [again for _, again in thread.replay(namespace())]
            self._keep(thread, world, made, steps.count)
            return made, steps.count
        return kept.calls, kept.steps

    def _of(self, thread: Thread, world: Hashable) -> _Kept | None:
        return self._kept.get((world, thread.key))

    def _made(self, thread: Thread, world: Hashable, namespace: Namespace) -> Iterator[tuple[Call, Call]]:
        made: list[Call] = []
        for pair in thread.replay(namespace()):
            made.append(pair[1])
            yield pair
        self._keep(thread, world, made)

    def _keep(self, thread: Thread, world: Hashable, made: Iterable[Call], steps: int | None = None) -> None:
        if thread.key is None:
            return
        calls = [replace(call, arguments=(), keywords={}, type_name="", seconds=0.0) for call in made]
        size = sum(BYTES_OF_A_CALL + nbytes(call.value) for call in calls)
        if size > MOST_BYTES_OF_ONE:
            return
        key = world, thread.key
        before = self._kept.pop(key, None)
        self._kept[key] = _Kept(calls, size, steps)
        self.nbytes += size - (before.size if before else 0)
        while self.nbytes > MOST_BYTES:
            self.nbytes -= self._kept.pop(next(iter(self._kept))).size
