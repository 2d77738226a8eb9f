"""The search for a mistake's free number among a student's results.

The number is found from a few of the calls that went wrong. If it does not give the others too, one of those is looked
at as well, since it depends on the number in a way that the first ones do not. A number that is fitted to one value of
the student's alone proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from grader.judge.calls import RTOL
from grader.judge.cells import MISSING, Cells, cells_of, numbers_in
from grader.judge.numbers import EXACT, Array, numbers_for, plain_numbers_near
from grader.judge.replay import Thread
from grader.judge.steps import counted
from grader.judge.versions import OPEN
from grader.student import Call

__all__ = ["OpenNumbers"]

MAX_ENTRIES = 8
"""Numbers of one part that are looked at."""
ENOUGH = 4
"""Wrong numbers that are looked at first; they are all in one thread if it has so many."""
STEPS_TOGETHER = 200
"""Lines that several threads may take together at first."""
MAX_SIZE = 100_000
"""Numbers of a part among which these are chosen."""
NEARLY = 1e-5
"""How far off a number may be for numbers near it to be tried that have fewer digits."""
WELL_WITHIN = 0.1 * RTOL
"""How far off the numbers may be that are compared first, so that rounding does not decide."""
MAX_COMPARED = 4
"""Numbers with which every thread is compared."""
MAX_MORE = 6
"""Threads that are looked at as well, one after another, because a number that was found does not give them."""


class OpenNumbers:
    """Finds free numbers for one function of one submission.

    Args:
        threads: What the tests did with it; first those that went wrong and take little.
        right: What each thread gives with the solution.
        steps: How many lines each takes.
        takes: Whether there are so many lines left; they are then used.
    """

    def __init__(
        self,
        threads: Sequence[Thread],
        right: Sequence[Sequence[Call]],
        steps: Sequence[int],
        takes: Callable[[int], bool],
    ) -> None:
        self._threads, self._right, self._steps, self._takes = threads, right, steps, takes
        self._known: dict[int, _Told] = {}
        self._tried_with: dict[Any, dict[tuple[int, float], Array]] = {}
        self._times: dict[Any, float] = {}
        self._order: list[int] = []
        """In which threads are compared: those first that were not reproduced before."""

    def found(
        self,
        key: Any,
        namespace: dict[str, Any],
        usual: Sequence[float],
        file: str,
        *,
        far: bool = True,
    ) -> float | None:
        """A number with which a version gives all that the student's calls gave; None if none was found.

        Args:
            key: What stands for the version: what was tried with it is not tried again.
            namespace: The solution with the version, in which the number is the global `OPEN`.
            usual: Numbers to try first.
            file: The name under which the version was compiled.
            far: Whether to look also beyond the usual numbers.

        Raises:
            NotFollowed: A function of the student's that is asked gives no answer.
        """
        looked = self._first
        if not looked:
            return None
        known = self._tried_with.setdefault(key, {})
        self._order = list(range(len(self._threads)))
        with suppress(_TooMuch):
            slower = self._slower(key, namespace, usual[0], file)
            for _ in range(MAX_MORE + 1):
                tries = _Tries(self, namespace, [self._told(number) for number in looked], slower, known)
                number, missed = self._tried(tries, usual, far)
                if number is not None:
                    return number if self._proven(tries, number, usual) else None
                if missed is None or missed in looked:
                    return None
                looked = [*looked, missed]
        return None

    def _slower(self, key: Any, namespace: dict[str, Any], number: float, file: str) -> float:
        """How many times the solution's lines a version takes, from the first try, which is used like all others."""
        if key not in self._times:
            first = self._first[0]
            self.take(self._steps[first])
            with counted(file) as steps:
                self._tried_with[key][first, number] = self._told(first).values(namespace, number)
            self._times[key] = steps.count / max(self._steps[first], 1)
        return self._times[key]

    def _tried(self, tries: _Tries, usual: Sequence[float], far: bool) -> tuple[float | None, int | None]:
        """A number with which every thread is reproduced; or else a thread that the first found one does not give."""
        missed: int | None = None
        compared = 0
        for found in numbers_for(tries.values, tries.wanted, tries.scale, usual, far=far):
            off = tries.off(found)
            if off > NEARLY or (found == 0 and 0 not in usual):
                continue  # with 0, a mistake is another one: nothing is added, or nothing moves
            # People write numbers with few digits, and rounding may show all of them.
            near = () if isinstance(found, int) or off <= EXACT else plain_numbers_near(found)
            for number in sorted((found, *near), key=lambda one: tries.off(one) > WELL_WITHIN):
                if tries.off(number) <= RTOL and compared < MAX_COMPARED:
                    compared += 1
                    first = self._first_missed(tries, number)
                    if first is None:
                        return number, None
                    missed = first if missed is None else missed
        return None, missed

    def _first_missed(self, tries: _Tries, number: float) -> int | None:
        """The first thread that is not reproduced with a number."""
        for place, index in enumerate(self._order):
            tries.namespace[OPEN] = number
            if not self._threads[index].reproduced_in(tries.namespace, right=self._right[index]):
                self._order.insert(0, self._order.pop(place))
                return index
        return None

    def _proven(self, tries: _Tries, number: float, usual: Sequence[float]) -> bool:
        """Whether more than one value of the student's is wrong, or would be another one with another number."""
        if sum(one.wrong for one in tries.told) > 1:
            return True
        shown = 0
        for index in range(len(self._threads)):
            alone = _Tries(self, tries.namespace, [self._told(index)], tries.slower, tries.known)
            here = alone.values(number)
            others = [alone.values(one) for one in usual if one != number]
            shown += int(np.any([_differs(one, here, alone.scale) for one in others], axis=0).sum())
            if shown > 1:
                return True
        return False

    def take(self, steps: float) -> None:
        """Use some lines.

        Raises:
            _TooMuch: They are not left.
        """
        if not self._takes(int(steps)):
            raise _TooMuch

    def steps_of(self, index: int) -> int:
        """How many lines a thread takes with the solution."""
        return self._steps[index]

    @cached_property
    def _first(self) -> list[int]:
        """The threads that are looked at first; empty if none has a number that is wrong."""
        found: list[int] = []
        wrong = steps = 0
        for index in range(len(self._threads)):
            steps += self._steps[index]
            if found and (wrong >= ENOUGH or steps > STEPS_TOGETHER):
                break
            if self._told(index).wrong:
                found.append(index)
                wrong += self._told(index).wrong
        return found

    def _told(self, index: int) -> _Told:
        if index not in self._known:
            thread, right = self._threads[index], self._right[index]
            theirs = cells_of(list(map(thread.without_memory, thread.calls, right)))
            ours = cells_of(list(map(thread.without_memory, right, thread.calls)))
            self._known[index] = _Told(index, thread, theirs, ours)
        return self._known[index]


class _TooMuch(Exception):
    """No lines are left."""


class _Told:
    """The numbers of one thread that are looked at: some of each part, and how many it has."""

    def __init__(self, index: int, thread: Thread, theirs: Cells, right: Cells) -> None:
        self.index, self._thread = index, thread
        self._entries = {place: _entries(theirs[place], right.get(place, MISSING)) for place in theirs}
        values = self._of(theirs)
        sizes = [np.abs(one[1:]).max(initial=0.0) for one in self._parts(theirs)]
        lengths = [len(entries) + 1 for _, entries in self._entries.values()]
        self._finite = np.isfinite(values)
        self.wanted = values[self._finite]
        largest = np.repeat(np.nan_to_num(sizes, posinf=0.0), lengths)[self._finite]
        self.scale = np.abs(self.wanted) + 1e-2 * largest
        self.wrong = int(_differs(self._of(right)[self._finite], self.wanted, self.scale).sum())
        """How many of them are not what the solution gives."""

    def values(self, namespace: dict[str, Any], number: float) -> Array:
        """The same numbers if a free number has some value; nan where they are not finite."""
        namespace[OPEN] = number
        pairs = list(self._thread.replay(namespace))
        made = self._of(cells_of([self._thread.without_memory(again, call) for call, again in pairs]))
        found = made[self._finite]
        return np.where(np.isfinite(found), found, np.nan)

    def _of(self, cells: Cells) -> Array:
        return np.concatenate(list(self._parts(cells)) or [np.zeros(0)])

    def _parts(self, cells: Cells) -> Iterator[Array]:
        for place, (size, entries) in self._entries.items():
            part = cells.get(place, MISSING)
            made = numbers_in(part, MAX_SIZE)
            found = np.full(len(entries) + 1, np.nan)
            found[0] = -1.0 if part is MISSING else made.size
            if made.size == size:  # or else the same entry means something else
                found[1:] = made[entries]
            yield found


class _Tries:
    """Tries of a free number in one version, with some threads; what is ``known`` is not tried again."""

    def __init__(
        self,
        numbers: OpenNumbers,
        namespace: dict[str, Any],
        told: Sequence[_Told],
        slower: float,
        known: dict[tuple[int, float], Array],
    ) -> None:
        self.namespace, self.told, self.slower, self.known = namespace, told, slower, known
        self._numbers = numbers
        self.wanted = np.concatenate([one.wanted for one in told])
        self.scale = np.concatenate([one.scale for one in told])

    def values(self, number: float) -> Array:
        """What the threads give with a number."""
        return np.concatenate([self._values_of(one, number) for one in self.told])

    def _values_of(self, told: _Told, number: float) -> Array:
        key = (told.index, number)
        if key not in self.known:
            self._numbers.take(self.slower * self._numbers.steps_of(told.index))
            self.known[key] = told.values(self.namespace, number)
        return self.known[key]

    def off(self, number: float) -> float:
        """The largest difference from what is wanted, as a part of what makes a difference count."""
        with np.errstate(all="ignore"):
            parts = np.abs(self.values(number) - self.wanted) / np.maximum(self.scale, 1e-300)
        return math.inf if np.isnan(parts).any() else float(parts.max(initial=0.0))


def _entries(theirs: Any, right: Any) -> tuple[int, np.ndarray[Any, np.dtype[np.int64]]]:
    """How many numbers a part has, and which to look at: those that differ most, and some from all over it."""
    one, other = numbers_in(theirs, MAX_SIZE), numbers_in(right, MAX_SIZE)
    spread = np.unique(np.linspace(0, max(one.size - 1, 0), MAX_ENTRIES // 2).astype(int))
    if one.size == other.size and one.size > MAX_ENTRIES:
        with np.errstate(all="ignore"):
            most = np.argsort(-np.nan_to_num(np.abs(one - other)), kind="stable")[: MAX_ENTRIES // 2]
        return one.size, np.union1d(most, spread)
    return one.size, np.arange(one.size) if one.size <= MAX_ENTRIES else spread


def _differs(one: Array, other: Array, scale: Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    with np.errstate(all="ignore"):
        return ~(np.abs(one - other) <= RTOL * scale)
