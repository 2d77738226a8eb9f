"""Versions of a function that a student may have written: one of its right forms, with some mistakes made in it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

from grader.pset import ProblemSet
from grader.pset.edits import Edit, NoPlace
from grader.pset.forms import Form
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant

__all__ = ["OPEN", "Made", "Version", "Versions", "has_found_number"]

OPEN = "_open_number"
"""The global name that stands for a mistake's free number while it is looked for."""
MAX_WAYS = 16
"""Of putting mistakes together that have several arithmetic forms each."""
MAX_KEPT = 4_000
"""Versions with several mistakes that are kept compiled."""

MAX_ALONE = 256
"""Sets of calls for which is kept what each mistake makes of them."""


@dataclass(frozen=True)
class Made:
    """A mistake as somebody made it: with a value, or a name, for its free number if it has one."""

    mistake: Variant
    number: float | str | None = None

    @property
    def key(self) -> tuple[str, float | str | None]:
        return self.mistake.name, self.number


@dataclass(frozen=True, eq=False)
class Version:
    """One version of a function."""

    function: str
    form: Form
    solution: SolutionCode
    made: tuple[Made, ...] = ()
    """The mistakes in it; none if it is right."""
    base: Version | None = None
    """The right version in which they were made."""

    @property
    def mistakes(self) -> tuple[Variant, ...]:
        return tuple(one.mistake for one in self.made)

    @cached_property
    def is_open(self) -> bool:
        """Whether it has a number that is looked for."""
        nodes = itertools.chain.from_iterable(map(ast.walk, self.form.definitions))
        return any(isinstance(node, ast.Name) and node.id == OPEN for node in nodes)

    @cached_property
    def code(self) -> CodeType:
        return self.solution.compile(self.form.module)


class Versions:
    """All versions of a problem set's functions, made and compiled when they are first asked for."""

    def __init__(self, problem_set: ProblemSet, solution: SolutionCode) -> None:
        self._problem_set, self._solution = problem_set, solution
        self.mistakes = _by_function(problem_set.mistakes())
        self.alternatives = _by_function(problem_set.alternatives())
        self._right: dict[str, list[Version]] = {}
        self._made: dict[tuple[object, ...], tuple[list[Version], Iterator[Form]]] = {}
        self.alone: dict[Any, Any] = {}
        """What mistakes make of some calls alone, by what decides that."""

    def keep_alone(self, key: Any, alone: Any) -> None:
        """Keep what mistakes make of some calls, in the place of the oldest if there is much of that."""
        self.alone[key] = alone
        if len(self.alone) > MAX_ALONE:
            del self.alone[next(iter(self.alone))]

    def right(self, function: str) -> list[Version]:
        """The solution's version first, then each alternative's."""
        if function not in self._right:
            form = self._problem_set.solution.form(function)
            found = [Version(function, form, self._solution)]
            for alternative in self.alternatives.get(function, ()):
                found += [Version(function, one, self._solution) for one in alternative.forms(form)]
            self._right[function] = found
        return self._right[function]

    def alternative(self, variant: Variant) -> Version:
        """An alternative's version."""
        found = self.right(variant.function)[1:]
        ways = [len(one.ways) for one in self.alternatives[variant.function]]
        place = [one.name for one in self.alternatives[variant.function]].index(variant.name)
        return found[sum(ways[:place])]

    def without(self, version: Version, mistake: Variant) -> list[Version]:
        """The version with one of its mistakes mended."""
        assert version.base is not None
        others = [one for one in version.made if one.mistake is not mistake]
        return self.together(version.base, others) if others else [version.base]

    def usual(self, function: str) -> list[Made]:
        """Every mistake of a function, with each usual value of its free number."""
        return [
            Made(mistake, number)
            for mistake in self.mistakes.get(function, ())
            for number in (mistake.usual if mistake.free else (None,))
        ]

    def together(self, base: Version, made: Sequence[Made]) -> list[Version]:
        """A right version with mistakes made in it, one for each way of making them; empty if they do not compose."""
        return list(self.ways(base, made))

    def ways(self, base: Version, made: Sequence[Made]) -> Iterator[Version]:
        """The same one by one, each made when it is asked for."""
        key = (base, *(one.key for one in made))
        if key not in self._made:
            if len(self._made) >= MAX_KEPT:
                for old in [old for old in self._made if len(old) > 2] or list(self._made):
                    del self._made[old]
            self._made[key] = [], _composed(base.form, made)
        done, forms = self._made[key]
        for number in itertools.count():
            if number == len(done):
                form = next(forms, None)
                if form is None:
                    return
                done.append(Version(base.function, form, self._solution, tuple(made), base))
            yield done[number]


def has_found_number(version: Version) -> bool:
    """Whether a free number in it is none of the usual ones, of which its own calls may leave open which it is."""
    return any(made.mistake.free and made.number not in made.mistake.usual for made in version.made)


def _composed(base: Form, made: Sequence[Made]) -> Iterator[Form]:
    """The forms that come of making each mistake in one of its ways."""
    for ways in itertools.islice(itertools.product(*(_ways(one, base) for one in made)), MAX_WAYS):
        wholes = [way for way in ways if isinstance(way, Form)]
        groups = [way for way in ways if not isinstance(way, Form)]
        if len(wholes) > 1:
            continue
        for order in (groups, groups[::-1])[: max(len(groups), 1)]:
            try:
                yield (wholes or [base])[0].edited(list(itertools.chain.from_iterable(order)))
            except NoPlace:
                continue
            break


def _ways(made: Made, base: Form) -> list[Form | tuple[Edit, ...]]:
    """The ways of making a mistake: a whole definition in the solution's place, or edits."""
    wholes = made.mistake.wholes if base is made.mistake.solution else ()
    return [*wholes, *made.mistake.edits(made.number)]


def _by_function(variants: Iterable[Variant]) -> dict[str, list[Variant]]:
    found: dict[str, list[Variant]] = {}
    for variant in variants:
        found.setdefault(variant.function, []).append(variant)
    return found
