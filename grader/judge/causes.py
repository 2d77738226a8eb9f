"""The search for the mistakes that give a student's results: one, or several in one function.

A version of the function explains the results if every recorded call, made again with it, ends as the student's did.
The fewest mistakes win: first what is wrong elsewhere alone, then one mistake, also on top of an accepted alternative,
then two and three. Most sets of mistakes need not be put together, since what each of them changes alone tells that
they cannot give the results (see `cells`). All of it is bounded by counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from grader.judge.cells import Cells, cells_of
from grader.judge.diagnosis import Cause, Setting
from grader.judge.effects import Alone, Effects, Together, how_wrong
from grader.judge.neighbours import NotFollowed
from grader.judge.numbers import all_whole
from grader.judge.open_numbers import OpenNumbers
from grader.judge.replay import Thread
from grader.judge.versions import OPEN, Made, Version, Versions
from grader.pset.variants import Variant
from grader.student import Call

__all__ = ["MAX_STEPS", "Search"]

MAX_STEPS = {"numbers": 12_000, "sets": 6_000, "numbers in pairs": 1_200}
"""Lines of the solution for what is tried after single mistakes, for one function of one submission."""
STEPS_TO_PUT_TOGETHER = 20
"""Lines that take about as long as putting a version together."""
STEPS_OF_EFFECTS = 20_000
"""Lines for finding out what each mistake changes alone."""
STEPS_OF_A_FORM = 1_000
"""Lines for finding out whether an alternative gives other results."""
MIN_COMPARED, MAX_COMPARED = 3, 10
"""Threads that are compared part by part at least, and calls at most."""
FIRST_CALLS = 4
"""Calls of a thread with a memory that are compared part by part."""

Sets = Callable[[Effects], list[Together]]
"""Which sets of mistakes to try."""


class Search:
    """The search for what gives the results of one function.

    Args:
        versions: All versions of functions.
        function: The function.
        threads: What the tests did with it.
        settings: What may be wrong elsewhere, fewest mistakes first; the first one is that nothing is.
        left: The lines that are left, which go down; `MAX_STEPS` if nothing else is given.
    """

    def __init__(
        self,
        versions: Versions,
        function: str,
        threads: Sequence[Thread],
        settings: Sequence[Setting],
        left: dict[str, int] | None = None,
    ) -> None:
        self._versions, self._function, self._settings = versions, function, settings
        self._outcomes: dict[tuple[Setting, Version], list[list[Call]]] = {}
        self._threads = list(threads)
        self._steps: list[int] = []
        """How many lines each thread takes with the solution, once that is measured."""
        self._left = dict(MAX_STEPS) if left is None else left
        self._known_effects: dict[tuple[Setting, Version], Effects] = {}
        self._usual = versions.usual(function)

    @cached_property
    def _numbers(self) -> dict[str, OpenNumbers]:
        """The searches for free numbers, by what their lines are taken from."""
        return {
            what: OpenNumbers(self._threads, self._right, self._steps, partial(self._takes, what))
            for what in self._left
        }

    def _measure(self) -> None:
        """Make the calls with the solution, and sort threads that tell as much by the effort that they take."""
        if self._steps:
            return
        right = self._versions.right(self._function)[0]
        found: list[tuple[bool, bool, int, int, Thread, list[Call]]] = []
        for thread in self._threads:
            outcomes, steps = self._settings[0].measured(thread, right)
            wrong = not all(thread.same(*pair) for pair in zip(thread.calls, outcomes, strict=True))
            tells = wrong and any(call.error is None for call in thread.calls)
            found.append((not tells, not wrong, steps, len(found), thread, outcomes))
        found.sort(key=lambda one: one[:4])
        self._steps = [one[2] for one in found]
        self._threads = [one[4] for one in found]
        self._outcomes[self._settings[0], right] = [one[5] for one in found]

    def _takes(self, what: str, steps: int) -> bool:
        """Whether there are so many lines left for it; they are then used."""
        if self._left[what] < steps:
            return False
        self._left[what] -= steps
        return True

    def inherited(self) -> list[Cause]:
        """What is wrong elsewhere, if that alone gives all results; empty if nothing or several things do."""
        right = self._versions.right(self._function)
        found = (
            Cause(setting, right[0])
            for setting in self._settings
            if setting.causes and any(self._reproduces(setting, version) for version in right)
        )
        return self._the_one(_once(found))

    def as_it_is(self) -> bool:
        """Whether a right version gives all results in the first setting.

        Raises:
            NotFollowed: A function of the student's that is asked gives no answer.
        """
        self._measure()
        return any(self._reproduces(self._settings[0], one) for one in self._versions.right(self._function))

    def own(self, *, several: bool = True) -> list[Cause]:
        """The function's own mistakes, with what is wrong elsewhere; empty if none or several sets give all results.

        Without ``several``, only single mistakes with usual numbers are looked for.
        """
        self._measure()
        for stage in itertools.islice(self._stages(), None if several else 1):
            if found := list(stage):
                return [replace(one, alike=_alike(one, found)) for one in self._the_one(_once(found))]
        return []

    def _stages(self) -> Iterator[Iterator[Cause]]:
        """Ever more mistakes."""
        first = [self._versions.right(self._function)[0]]
        yield self._single(first, self._usual)
        hopeful = [setting for setting in self._settings if not self._effects(setting, first[0]).hopeless]
        yield self._numbered(hopeful, first[0])
        yield self._single(self._other_forms, self._usual)
        yield self._several(hopeful, first[0], Effects.pairs)
        yield self._opened(hopeful, first[0])
        yield self._several(hopeful, first[0], Effects.triples)

    def _the_one(self, found: Iterable[Cause]) -> list[Cause]:
        """The cause with the fewest mistakes of the function's own, if there is one.

        What is known to be wrong elsewhere costs nothing here: it is there. Infinities and nan decide between several.
        What several of as few have in common is sure: then it is the first one, which says what is not.
        """
        causes = _fewest(found, lambda cause: len(cause.version.mistakes))
        if len({cause.own for cause in causes}) > 1:
            causes = [cause for cause in causes if self._exactly(cause)]
        if len({cause.own for cause in causes}) == 1:
            causes = _fewest(causes, lambda cause: len(cause.names))
            if len(causes) > 1:
                causes = [cause for cause in causes if self._exactly(cause)]
        if len(causes) < 2:
            return causes
        common = frozenset.intersection(*(cause.names for cause in causes))
        sure = any(mistake.name in common for mistake in causes[0].version.mistakes)
        return [replace(causes[0], unsure=causes[0].names - common)] if sure else []

    # One mistake --------------------------------------------------------------------------------------------

    def _single(self, bases: Sequence[Version], usual: Sequence[Made]) -> Iterator[Cause]:
        """Causes of one mistake on top of right forms."""
        for setting in self._settings:
            for base in bases:
                for made in usual:
                    yield from self._causes(setting, base, [made])

    def _numbered(self, settings: Sequence[Setting], base: Version) -> Iterator[Cause]:
        """Causes of one mistake with another value of its free number."""
        # What lies between usual numbers is looked for first, since it takes fewest tries.
        found = False
        free = {id(one.mistake): one.mistake for one in self._usual if one.mistake.free}.values()
        for far, setting in itertools.product((False, True), settings):
            effects = self._effects(setting, base)
            for mistake in sorted(free, key=lambda one: (all_whole(one.usual), -effects.share_in_reach(one))):
                if effects.may_be(mistake) and not (far and (found or all_whole(mistake.usual))):
                    number = self._number("numbers", setting, base, mistake, far=far)
                    if number is not None:
                        found = True
                        yield from self._causes(setting, base, [Made(mistake, number)])

    def _causes(self, setting: Setting, base: Version, made: Sequence[Made]) -> Iterator[Cause]:
        versions = self._versions.together(base, made)
        found = (Cause(setting, one) for one in versions if self._reproduces(setting, one))
        yield from itertools.islice(found, 1)

    @cached_property
    def _other_forms(self) -> list[Version]:
        """The alternatives that give other results than the solution."""
        return [one for one in self._versions.right(self._function)[1:] if self._is_another(one)]

    def _is_another(self, version: Version) -> bool:
        """Whether a right version gives other results than the solution, as far as a bounded effort shows."""
        left = STEPS_OF_A_FORM
        for thread, right, steps in zip(self._threads, self._right, self._steps, strict=True):
            again = (one for _, one in self._settings[0].replay(thread, version))
            if not all(map(thread.same, right, again)):
                return True
            left -= steps
            if left < 0:
                break
        return False

    # Free numbers -------------------------------------------------------------------------------------------

    def _number(
        self,
        what: str,
        setting: Setting,
        base: Version,
        mistake: Variant,
        beside: Sequence[Made] = (),
        *,
        far: bool = True,
    ) -> float | None:
        """A value of a mistake's number with which it gives the student's results, with other mistakes beside it."""
        for version in self._versions.together(base, [Made(mistake, OPEN), *beside]):
            if not version.is_open:
                continue  # this way of making the mistake has no number
            key, namespace, file = (setting, version), setting.namespace(version), version.solution.file
            with suppress(NotFollowed):
                number = self._numbers[what].found(key, namespace, mistake.usual, file, far=far)
                if number is not None:
                    return number
        return None

    # Several mistakes ---------------------------------------------------------------------------------------

    def _several(self, settings: Sequence[Setting], base: Version, sets: Sets) -> Iterator[Cause]:
        # Ways of making the same mistakes mostly give the same: the others are tried only after all sets.
        for later in (False, True):
            for setting in settings:
                for one in sets(self._effects(setting, base)):
                    ways = self._versions.ways(base, one.made)
                    for version in itertools.islice(ways, 1, None) if later else itertools.islice(ways, 1):
                        if not self._takes("sets", STEPS_TO_PUT_TOGETHER + self._steps[0]):
                            return
                        if self._reproduces(setting, version):
                            yield Cause(setting, version)

    def _opened(self, settings: Sequence[Setting], base: Version) -> Iterator[Cause]:
        """Causes of two mistakes with another value of one free number, which shows only in both of them together."""
        for setting in settings:
            tried: set[tuple[str, ...]] = set()
            for pair in self._effects(setting, base).pairs():
                names = tuple(one.mistake.name for one in pair.made)
                if not pair.fits or names in tried:
                    continue
                tried.add(names)
                for one in pair.made:
                    if one.mistake.free:
                        if not self._takes("numbers in pairs", STEPS_TO_PUT_TOGETHER):
                            return
                        beside = [other for other in pair.made if other is not one]
                        number = self._number("numbers in pairs", setting, base, one.mistake, beside)
                        if number is not None:
                            made = [
                                Made(one.mistake, number) if other is one else other for other in pair.made
                            ]
                            yield from self._causes(setting, base, made)

    def _effects(self, setting: Setting, base: Version) -> Effects:
        """What each mistake changes alone, beside the student's results."""
        key = (setting, base)
        if key not in self._known_effects:
            self._known_effects[key] = Effects(self._alone(setting, base), self._theirs)
        return self._known_effects[key]

    def _alone(self, setting: Setting, base: Version) -> Alone:
        """What each mistake makes of the calls alone; the same for all submissions that get the same calls."""
        key = self._key(setting, base)
        if key is None or key not in self._versions.alone:
            made, cells = [], []
            for one in self._usual:
                for version in self._versions.together(base, [one]):
                    with suppress(NotFollowed):
                        cells.append(self._cells(setting, version))
                        made.append(one)
            found = Alone(self._cells(setting, base), made, cells)
            if key is None:
                return found
            self._versions.keep_alone(key, found)
        return self._versions.alone[key]

    def _key(self, setting: Setting, base: Version) -> Any:
        """What decides the effects; None if that is no data, or is wrong in a way of the student's own."""
        keys = [self._threads[number].key for number in self._chosen]
        if setting.own or None in keys:
            return None
        return (self._function, base, setting.causes, tuple(keys))

    @cached_property
    def _chosen(self) -> list[int]:
        """The threads that are compared part by part."""
        # One for each way in which they went wrong comes first, so that all that is wrong somewhere is compared.
        kinds: dict[Any, int] = {}
        for number, (thread, right) in enumerate(zip(self._threads, self._right, strict=True)):
            ours = cells_of(list(map(thread.without_memory, right, thread.calls)))
            theirs = cells_of(list(map(thread.without_memory, thread.calls, right)))
            kinds.setdefault(how_wrong(ours, theirs), number)
        found: list[int] = []
        steps = calls = 0
        for number in dict.fromkeys((*kinds.values(), *range(len(self._threads)))):
            steps += self._steps[number] * len(self._usual)
            calls += self._many(number)
            if len(found) >= MIN_COMPARED and (calls > MAX_COMPARED or steps > STEPS_OF_EFFECTS):
                break
            found.append(number)
        return found

    def _many(self, number: int) -> int:
        """How many calls of a thread are compared part by part: what is wrong with a state shows soon."""
        thread = self._threads[number]
        return min(len(thread.calls), FIRST_CALLS) if thread.memory else len(thread.calls)

    @cached_property
    def _calls(self) -> list[tuple[int, int]]:
        """For each call that is compared, the thread and the call's number in it."""
        return [(number, call) for number in self._chosen for call in range(self._many(number))]

    @cached_property
    def _theirs(self) -> Cells:
        """The parts of what the student's calls gave."""
        found: list[Call] = []
        for number in self._chosen:
            thread, many = self._threads[number], self._many(number)
            found += map(thread.without_memory, thread.calls[:many], self._right[number][:many])
        return cells_of(found)

    def _cells(self, setting: Setting, version: Version) -> Cells:
        """The parts of what a version gives."""
        found: list[Call] = []
        for number in self._chosen:
            thread = self._threads[number]
            pairs = itertools.islice(setting.replay(thread, version), self._many(number))
            found += [thread.without_memory(again, call) for call, again in pairs]
        return cells_of(found)

    # Comparing ----------------------------------------------------------------------------------------------

    @property
    def _right(self) -> list[list[Call]]:
        """What each thread gives with the solution."""
        return self._outcomes_of(self._settings[0], self._versions.right(self._function)[0])

    def _outcomes_of(self, setting: Setting, version: Version) -> list[list[Call]]:
        """What each thread gives there."""
        key = (setting, version)
        if key not in self._outcomes:
            self._outcomes[key] = [[again for _, again in setting.replay(t, version)] for t in self._threads]
        return self._outcomes[key]

    def _reproduces(self, setting: Setting, version: Version) -> bool:
        with suppress(NotFollowed):
            return all(
                thread.reproduced_by(setting.replay(thread, version), right)
                for thread, right in zip(self._threads, self._right, strict=True)
            )
        return False

    def _exactly(self, cause: Cause) -> bool:
        """Whether the cause also gives the same infinities and nan."""
        again = cause.setting.replay
        return all(thread.reproduced_by(again(thread, cause.version)) for thread in self._threads)


def _alike(cause: Cause, found: Iterable[Cause]) -> tuple[Version, ...]:
    """The other versions that make the same mistakes there."""
    return tuple(
        other.version
        for other in found
        if other.version is not cause.version
        and other.setting is cause.setting
        and other.names == cause.names
    )


def _fewest(causes: Iterable[Cause], many: Callable[[Cause], int]) -> list[Cause]:
    """Those with the smallest number."""
    found = list(causes)
    fewest = min(map(many, found), default=0)
    return [cause for cause in found if many(cause) == fewest]


def _once(causes: Iterable[Cause]) -> Iterator[Cause]:
    """Each set of mistakes once."""
    seen: set[frozenset[str]] = set()
    for cause in causes:
        if cause.names not in seen:
            seen.add(cause.names)
            yield cause
