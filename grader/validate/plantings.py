"""What is planted: every known mistake in every form, and samples of what comes of putting mistakes together."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from grader.pset.variants import Variant

__all__ = ["DRAWN", "EACH", "KINDS", "Kind", "Plant", "Plantings", "label_of", "unusual"]

Kind = Literal[
    "one mistake",
    "another form",
    "any constant",
    "two in one function",
    "one in each of two functions",
    "on an alternative",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
DRAWN: tuple[Kind, ...] = KINDS[3:]
"""Of these kinds a sample is planted; of the others, everything."""
EACH: tuple[Kind, ...] = KINDS[:2]
"""Of these kinds, each must be named on some seed."""
MAX_RATIO = 1e4
"""Of two usual values of a free number between which an unusual one is drawn, if there are such."""


@dataclass(frozen=True)
class Plant:
    """A version of a function, in terms that mean the same in every process."""

    function: str
    made: tuple[tuple[str, float | None], ...]
    """Its mistakes, each with the value of its free number if it has one."""
    way: int = 0
    """Which of the ways of making them."""
    base: int = 0
    """In which right version they are made, in the order of `Versions.right`; 0 is the solution's."""
    on: str = ""
    """The alternative that this right version belongs to."""

    @property
    def mistakes(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.made)

    @property
    def label(self) -> str:
        """What people call it."""
        if not self.made:
            return self.on or "the solution"
        names = [name if number is None else f"{name} ({number:g})" for name, number in self.made]
        way = f", way {self.way + 1}" if self.way else ""
        return f"{' + '.join(names)}{way}{f' on {self.on}' if self.on else ''}"


def label_of(plants: Sequence[Plant]) -> str:
    """What people call several of them at once; of a sample, nobody knows what hung."""
    return " + ".join(plant.label for plant in plants) or "one that hung"


class Plantings:
    """What to plant of some mistakes and alternatives.

    Args:
        name: The problem set's name: the same name and mistakes give the same samples.
        mistakes: The mistakes.
        alternatives: The accepted alternatives.
    """

    def __init__(self, name: str, mistakes: Sequence[Variant], alternatives: Sequence[Variant]) -> None:
        self._name, self._mistakes = name, mistakes
        self._bases: dict[str, list[str]] = {}
        for one in alternatives:
            self._bases.setdefault(one.function, []).extend([one.name] * len(one.ways))
        self._drawn: dict[Kind, list[tuple[Plant, ...]]] = {}

    def singles(self, seed: int) -> Iterator[tuple[Kind, Plant]]:
        """Every mistake in each of its ways; if it has a free number, also with other values.

        On each seed, these are one of the other usual values, in turn, and an unusual one.
        """
        for one in self._mistakes:
            first, *others = one.usual if one.free else (None,)
            for way in range(len(one.ways)):
                kind: Kind = "another form" if way else "one mistake"
                yield kind, Plant(one.function, ((one.name, first),), way)
            if one.free:
                turn, ways = divmod(seed, max(len(others), 1))[0], len(one.ways)
                draw = self._random(f"{one.name} {seed}")
                for number in [*others[seed % max(len(others), 1) :][:1], *unusual(one.usual, draw)]:
                    yield "any constant", Plant(one.function, ((one.name, number),), turn % ways)

    def alternatives(self) -> Iterator[Plant]:
        """Each accepted alternative in its first form."""
        for function, names in self._bases.items():
            for name in dict.fromkeys(names):
                yield Plant(function, (), base=1 + names.index(name), on=name)

    def entries(self) -> dict[str, list[Plant]]:
        """By function that has mistakes: the solution, each form of an alternative, and each form of a mistake."""
        found: dict[str, list[Plant]] = {}
        for one in self._mistakes:
            if one.function not in found:
                found[one.function] = [Plant(one.function, ())] + [
                    Plant(one.function, (), base=base, on=name)
                    for base, name in enumerate(self._bases.get(one.function, ()), 1)
                ]
            found[one.function] += [
                Plant(one.function, ((one.name, number),), way)
                for way in range(len(one.ways))
                for number in (one.usual if one.free else (None,))
            ]
        return found

    def candidates(self, kind: Kind, number: int, of: int) -> Sequence[tuple[Plant, ...]]:
        """What to try for one of a sample, in this order; no other one of the sample tries the same."""
        if kind not in self._drawn:
            found = list(self._together(kind))
            self._random(kind).shuffle(found)
            self._drawn[kind] = found
        return self._drawn[kind][number::of]

    def _together(self, kind: Kind) -> Iterator[tuple[Plant, ...]]:
        draw = self._random(f"numbers, {kind}")

        def made(one: Variant) -> tuple[str, float | None]:
            return one.name, draw.choice(one.usual) if one.free else None

        if kind == "on an alternative":
            for one in self._mistakes:
                if any(way.edits for way in one.ways):
                    for base, name in enumerate(self._bases.get(one.function, ()), 1):
                        yield (Plant(one.function, (made(one),), base=base, on=name),)
            return
        for one, other in itertools.combinations(self._mistakes, 2):
            if (one.function == other.function) != (kind == "two in one function"):
                continue
            if one.function != other.function:
                yield Plant(one.function, (made(one),)), Plant(other.function, (made(other),))
            elif any(way.edits for way in (*one.ways, *other.ways)):
                yield (Plant(one.function, (made(one), made(other))),)

    def _random(self, key: str) -> random.Random:
        return random.Random(f"{self._name}: {key}")


def unusual(usual: Sequence[float], draw: random.Random) -> list[float]:
    """A value that is not among the usual ones, but near; none if they are whole numbers, which count something."""
    if all(isinstance(number, int) for number in usual):
        return []
    steps = [
        (low, high)
        for low, high in itertools.pairwise(sorted(set(usual)))
        if low * high > 0 and max(low / high, high / low) <= MAX_RATIO
    ]
    if steps:
        low, high = draw.choice(steps)
        value = math.copysign(math.sqrt(low * high), low) * draw.uniform(0.9, 1.1)
    else:
        value = next((number for number in usual if number), 1.0) * draw.uniform(1.5, 3.0)
    value = float(f"{value:.3g}")
    return [value] if value not in usual else []
