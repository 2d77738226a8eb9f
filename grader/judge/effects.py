"""What each mistake changes alone, part by part, and which mistakes may therefore give a student's results together.

A part that one of several mistakes changes should be what that one makes of it, and a part that none changes should be
right. Of a part that several of them change nothing is known; sets of mistakes are tried first whose changes add up, or
multiply, to the student's. All of this only decides what is tried: the first numbers of each part are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grader.judge.calls import RTOL
from grader.judge.cells import MISSING, Cells, Place, layout_of, numbers_in
from grader.judge.versions import Made
from grader.pset.variants import Variant

__all__ = ["Alone", "Effects", "Together", "how_wrong"]

Array = np.ndarray[Any, Any]
MAX_TRIPLES = 200
"""Sets of three mistakes that may give the results, of which some are tried."""
MAX_VISITED = 800
"""Sets, of three or fewer, that are looked at for this."""
MAX_ENTRIES = 16
"""Numbers of a part that are compared."""
MAX_COMPARED = 2_000
"""Pairs whose numbers are looked at."""
MAX_MOVERS = 4
"""Mistakes that move parts, on top of which others are looked at."""
MOST_LEFT = 0.5
"""Of the wrong parts, the share that a pair may leave unexplained."""


@dataclass(frozen=True)
class _Row:
    """The outcomes of some calls, or of several sets of them: the layout of each part, and its first numbers."""

    layouts: Array
    numbers: Array
    """0 where one is not finite or there is none."""
    finite: Array


class Alone:
    """What some mistakes make of the same calls, each alone.

    Args:
        right: The outcomes without a mistake.
        made: The mistakes.
        cells: The outcomes with each of them.
    """

    def __init__(self, right: Cells, made: Sequence[Made], cells: Sequence[Cells]) -> None:
        rows = [right, *cells]
        self.places: list[Place] = list(dict.fromkeys(place for row in rows for place in row))
        sizes = dict.fromkeys(self.places, 0)
        for row in rows:
            for place, part in row.items():
                sizes[place] = max(sizes[place], len(numbers_in(part, MAX_ENTRIES)))
        self._sizes = [max(sizes[place], 1) for place in self.places]
        self._starts = np.cumsum([0, *self._sizes[:-1]])
        self._layouts: dict[Any, int] = {}
        self.right = self.row(right)
        self.made, self.rows = tuple(made), [self.row(one) for one in cells]
        self.table = _Row(
            np.array([one.layouts for one in self.rows], int).reshape(len(made), len(self.places)),
            np.array([one.numbers for one in self.rows]).reshape(len(made), sum(self._sizes)),
            np.array([one.finite for one in self.rows], bool).reshape(len(made), sum(self._sizes)),
        )
        """The same as ``rows``: a row for each mistake."""
        self.differs = ~self.same(self.table, self.right)
        """Which parts each mistake changes."""
        self.differs_in = ~self.same_numbers(self.table, self.right)
        """Which numbers each mistake changes; all those of a part whose layout it changes."""

    def row(self, cells: Cells) -> _Row:
        """Outcomes in the form in which they are compared."""
        layouts, flat = [], np.zeros(sum(self._sizes))
        for place, start, size in zip(self.places, self._starts, self._sizes, strict=True):
            part = cells.get(place, MISSING)
            layouts.append(self._layouts.setdefault(layout_of(part), len(self._layouts)))
            found = numbers_in(part, size)
            flat[start : start + len(found)] = found
        finite = np.isfinite(flat)
        return _Row(np.array(layouts), np.where(finite, flat, 0.0), finite)

    def same(self, one: _Row, other: _Row) -> Array:
        """Which parts are the same; numbers that are not finite are. One of the two may be a table of several rows."""
        return np.asarray(np.logical_and.reduceat(self.same_numbers(one, other), self._starts, axis=-1))

    def same_numbers(self, one: _Row, other: _Row) -> Array:
        """Which numbers are the same, of parts that have one layout; a part without numbers counts as one."""
        size = np.abs(other.numbers)
        largest = np.repeat(np.maximum.reduceat(size, self._starts, axis=-1), self._sizes, axis=-1)
        close = np.abs(one.numbers - other.numbers) <= RTOL * size + 1e-2 * RTOL * largest
        alike = np.repeat(one.layouts == other.layouts, self._sizes, axis=-1)
        return np.asarray(close & (one.finite == other.finite) & alike)

    def moved(self, number: int) -> dict[int, int]:
        """The parts that a mistake only moves, by their new places; empty if it moves none."""
        row, found = self.rows[number], {}
        for new in np.flatnonzero(self.differs[number]):
            for old in self._of_one_call[self.places[new][0]]:
                if old != new and self._is_part(row, int(new), old):
                    found[int(new)] = old
                    break
        return found

    @cached_property
    def _of_one_call(self) -> dict[Any, list[int]]:
        """The parts of each call."""
        found: dict[Any, list[int]] = {}
        for number, place in enumerate(self.places):
            found.setdefault(place[0], []).append(number)
        return found

    def _is_part(self, row: _Row, new: int, old: int) -> bool:
        """Whether a part is what another one should be, and tells it from others."""
        if row.layouts[new] != self.right.layouts[old]:
            return False
        here, there = self._slices(new, old)
        right = self.right.numbers[there]
        return bool(right.any()) and bool((np.abs(row.numbers[here] - right) <= RTOL * np.abs(right)).all())

    def _slices(self, new: int, old: int) -> tuple[slice, slice]:
        """Where the numbers of two parts of one layout are."""
        many, here, there = min(self._sizes[new], self._sizes[old]), self._starts[new], self._starts[old]
        return slice(here, here + many), slice(there, there + many)

    def after_moving(self, number: int) -> _Row:
        """What each would give if another mistake moved its parts; that one's own outcome where it changes others."""
        row, moved = self.rows[number], self.moved(number)
        changed = self.differs[number]
        layouts = np.where(changed, row.layouts, self.table.layouts)
        wide = np.repeat(changed, self._sizes)
        numbers = np.where(wide, row.numbers, self.table.numbers)
        finite = np.where(wide, row.finite, self.table.finite)
        for new, old in moved.items():
            here, there = self._slices(new, old)
            layouts[:, new] = self.table.layouts[:, old]
            numbers[:, here] = self.table.numbers[:, there]
            finite[:, here] = self.table.finite[:, there]
        return _Row(layouts, numbers, finite)


@dataclass(frozen=True)
class Together:
    """Several mistakes that may give a student's results."""

    made: tuple[Made, ...]
    fits: bool = True
    """Whether what each changes alone leaves nothing unexplained."""


class Effects:
    """What mistakes change, beside a student's results."""

    def __init__(self, alone: Alone, theirs: Cells) -> None:
        self.made, self._alone, self._differs = alone.made, alone, alone.differs
        self._theirs = alone.row(theirs)
        self._unknown = any(map(self._is_unknown, theirs.keys() - set(alone.places)))
        self._right = alone.same(alone.right, self._theirs)
        # Where a mistake changes nothing, it agrees where the right answer does. With another free number it may give
        # anything where it changes something: that is left open once for each mistake.
        first = np.array([self._first(number) for number in range(len(self.made))], bool)
        given = first[:, None] | alone.same(alone.table, self._theirs)
        self._agree = np.where(alone.differs, given, self._right)

    def _is_unknown(self, place: Place) -> bool:
        """Whether the student has a part there for a reason that no mistake gives: none changes what holds it."""
        *within, _ = place
        holding = {tuple(within), (*within, "length"), (*within, "keys")}
        changed = np.flatnonzero(self._differs.any(axis=0))
        return not any(self._alone.places[number] in holding for number in changed)

    def _first(self, number: int) -> bool:
        """Whether it is the first entry of a mistake with a free number."""
        mistake = self.made[number].mistake
        return bool(mistake.free) and all(one.mistake is not mistake for one in self.made[:number])

    @property
    def hopeless(self) -> bool:
        """Whether something is wrong that no mistake changes."""
        return self._unknown or bool((~self._right & ~self._differs.any(axis=0)).any())

    def may_be(self, mistake: Variant) -> bool:
        """Whether a mistake changes all that is wrong, whatever it makes of it."""
        return any(
            bool((self._differs[number] | self._right).all())
            for number, one in enumerate(self.made)
            if one.mistake is mistake
        )

    def share_in_reach(self, mistake: Variant) -> float:
        """The share of the wrong numbers that lie between those which a mistake gives with different free numbers."""
        _, _, wanted = self._numbers
        values = self._numbers[0][[one.mistake is mistake for one in self.made]]
        if not values.size:
            return 0.0
        return float(((values.min(axis=0) <= wanted) & (wanted <= values.max(axis=0))).mean())

    def pairs(self) -> list[Together]:
        """Pairs that may give the results, the most promising first: those that explain much and leave little open.

        Numbers are explained that one of the two changes alone, as the student has them; of those that both change
        nothing is known. Two mistakes can change a part together that only one of them changes alone, or none: one may
        move what the other changes, or let a loop run on. So a pair that leaves some parts open may still be right.
        """
        return self._pairs

    @cached_property
    def _pairs(self) -> list[Together]:
        # As floats, which are multiplied fastest.
        differs, wrong = self._differs.astype(float), (~self._right).astype(float)
        same, other = 1 - differs, differs * ~self._agree
        left = (same * wrong) @ same.T + other @ same.T + (other @ same.T).T
        explained = self._explained()
        moved = np.zeros(left.shape, bool)
        for number in self._movers():
            found = ~self._alone.same(self._alone.after_moving(number), self._theirs)
            left[number] = left[:, number] = found.sum(axis=1)
            explained[number] = explained[:, number] = 1 - left[number] / max(wrong.sum(), 1.0)
            moved[number] = moved[:, number] = True
        mistakes = np.array([id(each.mistake) for each in self.made])
        many = max(wrong.sum(), 1.0)
        possible = (left <= MOST_LEFT * many) & (mistakes[:, None] != mistakes)
        pairs: Array = np.argwhere(np.triu(possible, 1))
        order = left / many - explained
        pairs = pairs[np.argsort(order[tuple(pairs.T)], kind="stable")[:MAX_COMPARED]]
        far = np.where(moved[tuple(pairs.T)], 0.0, self._off(pairs))
        return [
            Together(tuple(self.made[each] for each in pairs[place]), bool(left[tuple(pairs[place])] == 0))
            for place in np.argsort(order[tuple(pairs.T)] + far, kind="stable")
        ]

    def _explained(self) -> Array:
        """By pair, the share of the wrong numbers that one of the two changes alone, to what the student has."""
        wrong = ~self._alone.same_numbers(self._alone.right, self._theirs)
        given = self._alone.differs_in & self._alone.same_numbers(self._alone.table, self._theirs) & wrong
        found: Array = given.astype(float) @ (1 - self._alone.differs_in.astype(float)).T
        return (found + found.T) / max(wrong.sum(), 1.0)

    def _movers(self) -> list[int]:
        """Mistakes that move parts, and give what the student gave but for the numbers."""
        wrong = self._theirs.layouts != self._alone.right.layouts
        fit = (self._alone.table.layouts == self._theirs.layouts).all(axis=1)
        if not wrong.any():
            return []
        return [int(number) for number in np.flatnonzero(fit) if self._alone.moved(int(number))][:MAX_MOVERS]

    def triples(self) -> list[Together]:
        """Sets of three that may give the results, of which no two may; empty if there are too many to try."""
        return self._triples

    @cached_property
    def _triples(self) -> list[Together]:
        found: set[tuple[int, ...]] = set()
        pending: list[tuple[int, ...]] = [()]
        visited = 0
        while pending:
            chosen = pending.pop()
            visited += 1
            if visited > MAX_VISITED:
                return []
            open_parts = self._open_parts(chosen)
            if len(chosen) == 3 and not open_parts.any():
                found.add(tuple(sorted(chosen)))
                if len(found) > MAX_TRIPLES:
                    return []
            elif len(chosen) < 3 and open_parts.any():
                # One of those that change this part must be among them.
                changers = self._differs[:, open_parts]
                some = changers[:, changers.sum(axis=0).argmin()]
                names = {self.made[one].mistake.name for one in chosen}
                pending += [
                    (*chosen, int(one))
                    for one in np.flatnonzero(some)
                    if self.made[one].mistake.name not in names
                ]
        sets = np.array(sorted(found), int).reshape(-1, 3)
        order = np.argsort(self._off(sets), kind="stable")
        return [Together(tuple(self.made[each] for each in sets[place])) for place in order]

    def _open_parts(self, chosen: tuple[int, ...]) -> Array:
        """The parts that these mistakes leave: wrong and changed by none, or changed by one to something else."""
        differs = self._differs[list(chosen)]
        many = differs.sum(axis=0)
        other = (differs & ~self._agree[list(chosen)]).any(axis=0)
        return np.asarray(np.where(many == 0, ~self._right, (many == 1) & other))

    def _off(self, chosen: Array) -> Array:
        """How far sets of mistakes are from the student's numbers if what each of them changes adds up, or multiplies.

        From 0 to 1: the average over all numbers that are wrong.
        """
        values, right, wanted = self._numbers
        with np.errstate(all="ignore"):
            together = values[chosen]
            added = right + (together - right).sum(axis=1)
            times = right * (together / right).prod(axis=1)
            scale = np.abs(wanted - right) + np.abs(wanted) + 1e-300
            off = np.minimum(np.abs(added - wanted), np.abs(times - wanted)) / scale
        return np.asarray(np.where(off < 1, off, 1.0).sum(axis=1) / max(wanted.size, 1))

    @cached_property
    def _numbers(self) -> tuple[Array, Array, Array]:
        """The numbers that are wrong: what each mistake makes of them, the right ones, and the student's."""
        right, theirs = self._alone.right, self._theirs
        wrong = (right.numbers != theirs.numbers) & right.finite & theirs.finite
        values = np.array([row.numbers for row in self._alone.rows]).reshape(len(self.made), len(wrong))
        return values[:, wrong], right.numbers[wrong], theirs.numbers[wrong]


def how_wrong(right: Cells, theirs: Cells) -> tuple[Any, ...]:
    """Which parts of some outcomes are wrong, and whether they are so in layout or not finite."""
    alone = Alone(right, [], [])
    one, other = alone.row(right), alone.row(theirs)
    wrong = ~alone.same(one, other)
    unlike = one.layouts != other.layouts
    lost = not other.finite.all() and bool(one.finite.all())
    return (wrong.tobytes(), unlike.tobytes(), lost, len(theirs.keys() - right.keys()))
