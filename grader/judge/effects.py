"""What each mistake changes alone, part by part, and which mistakes may therefore give a student's results together.

A part that one of several mistakes changes should be what that one makes of it, and a part that none changes should be
right. Of a part that several of them change nothing is known; sets of mistakes are tried first whose changes add up, or
multiply, to the student's.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grader.judge.cells import MISSING, Cells, numbers_in, same_part
from grader.judge.versions import Made
from grader.pset.variants import Variant

__all__ = ["Alone", "Effects"]

Array = np.ndarray[Any, Any]
MAX_TRIPLES = 200
"""Sets of three mistakes that may give the results, of which some are tried."""
MAX_ENTRIES = 8
"""Of a part, from which it is judged whether changes add up."""
MAX_NUMBERS = 128
"""Of all parts together."""


@dataclass(frozen=True, eq=False)
class Alone:
    """What some mistakes make of the same calls, each alone."""

    right: Cells
    made: tuple[Made, ...]
    cells: tuple[Cells, ...]

    @cached_property
    def differs(self) -> tuple[frozenset[Any], ...]:
        """The places that each of them changes."""
        return tuple(
            frozenset(
                place
                for place in self.right.keys() | mine.keys()
                if not same_part(mine.get(place, MISSING), self.right.get(place, MISSING))
            )
            for mine in self.cells
        )


class Effects:
    """What mistakes change, compared with a student's results."""

    def __init__(self, alone: Alone, theirs: Cells) -> None:
        self.made = alone.made
        self._alone, self._theirs = alone, theirs
        right = alone.right
        self._places = list(dict.fromkeys((*right, *theirs)))
        found = [[place in changed for place in self._places] for changed in alone.differs]
        self._differs = np.array(found, bool).reshape(len(found), len(self._places))
        self._right = np.array([self._agrees(right, place) for place in self._places])
        # Where a mistake changes nothing, it agrees where the right answer does. With another free number it may give
        # anything where it changes something: that is left open once for each mistake.
        firsts = {one.mistake.name: number for number, one in reversed(list(enumerate(self.made)))}
        opened = [bool(one.mistake.free) and firsts[one.mistake.name] == n for n, one in enumerate(self.made)]
        agree = [
            [
                (loose or self._agrees(mine, place)) if place in changed else ok
                for place, ok in zip(self._places, self._right, strict=True)
            ]
            for mine, changed, loose in zip(alone.cells, alone.differs, opened, strict=True)
        ]
        self._agree = np.array(agree, bool).reshape(self._differs.shape)

    def _agrees(self, cells: Cells, place: Any) -> bool:
        known = self._alone.right.get(place, MISSING)
        return same_part(self._theirs.get(place, MISSING), cells.get(place, MISSING), known)

    @property
    def hopeless(self) -> bool:
        """Whether something is wrong that no mistake changes."""
        return bool((~self._right & ~self._differs.any(axis=0)).any())

    def may_be(self, mistake: Variant) -> bool:
        """Whether a mistake changes all that is wrong, and nothing that is right, whatever it makes of it."""
        return any(
            bool((self._differs[number] | self._right).all())
            for number, one in enumerate(self.made)
            if one.mistake is mistake
        )

    def pairs(self) -> list[tuple[Made, ...]]:
        """Pairs that may give the results, the most promising first."""
        differs, lone = self._differs, self._differs & ~self._agree
        same = self._right.astype(int)
        neither = (~differs).astype(int) @ ((~differs).astype(int) * (1 - same)).T
        one = lone.astype(int) @ (~differs).astype(int).T
        bad = neither + one + one.T
        chosen = [
            (i, j)
            for i, j in zip(*np.nonzero(np.triu(bad == 0, 1)), strict=True)
            if self.made[i].mistake is not self.made[j].mistake
        ]
        return self._ordered(chosen)

    def triples(self) -> list[tuple[Made, ...]]:
        """Sets of three that may give the results; one of them must be the only one that changes some part.

        Empty if there are too many, since so little is known of them.
        """
        found = []
        differs, lone = self._differs, self._differs & ~self._agree
        for i, j in itertools.combinations(range(len(self.made)), 2):
            last = differs[j + 1 :]
            many = last.astype(int) + differs[i] + differs[j]
            sole = many == 1
            wrong = (sole & (lone[i] | lone[j] | lone[j + 1 :])) | ((many == 0) & ~self._right)
            alone = [(sole & one).any(axis=1) for one in (differs[i], differs[j], last)]
            some = np.any(alone, axis=0)
            for k in np.flatnonzero(~wrong.any(axis=1) & some) + j + 1:
                found.append((i, j, int(k)))  # noqa: PERF401 -- a comprehension of three loops reads worse
            if len(found) > MAX_TRIPLES:
                return []
        names = [one.mistake.name for one in self.made]
        found = [chosen for chosen in found if len({names[one] for one in chosen}) == 3]
        return self._ordered(found)

    def _ordered(self, chosen: Sequence[tuple[int, ...]]) -> list[tuple[Made, ...]]:
        """Sets of mistakes, those first whose changes add up, or multiply, to the student's."""
        if not chosen:
            return []
        values, right, wanted = self._numbers
        with np.errstate(all="ignore"):
            together = values[np.array(chosen)]
            added = right + (together - right).sum(axis=1)
            times = right * (together / right).prod(axis=1)
            scale = np.abs(wanted - right) + np.abs(wanted) + 1e-300
            off = np.minimum(np.abs(added - wanted), np.abs(times - wanted)) / scale
        order = np.argsort(np.where(off < 1, off, 1.0).sum(axis=1), kind="stable")
        return [tuple(self.made[number] for number in chosen[one]) for one in order]

    @cached_property
    def _numbers(self) -> tuple[Array, Array, Array]:
        """Some numbers that are wrong: what each mistake makes of them, the right ones, and the student's."""
        values: list[list[Array]] = [[] for _ in self.made]
        right, wanted, count = [], [], 0
        for place, ok in zip(self._places, self._right, strict=True):
            one, other = (
                numbers_in(cells.get(place, MISSING), MAX_ENTRIES)
                for cells in (self._alone.right, self._theirs)
            )
            if ok or one is None or other is None or one.shape != other.shape or count > MAX_NUMBERS:
                continue
            count += len(one)
            right.append(one)
            wanted.append(other)
            for kept, mine in zip(values, self._alone.cells, strict=True):
                got = numbers_in(mine.get(place, MISSING), MAX_ENTRIES)
                kept.append(got if got is not None and got.shape == one.shape else np.full(one.shape, np.nan))
        if not right:
            return np.zeros((len(self.made), 0)), np.zeros(0), np.zeros(0)
        return (
            np.array([np.concatenate(one) for one in values]),
            np.concatenate(right),
            np.concatenate(wanted),
        )
