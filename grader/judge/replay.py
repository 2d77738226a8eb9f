"""What a test did with one of the student's functions, done again on the course's own code.

Most calls of a function have nothing to do with each other, and each can be made again by itself. Two kinds of calls
depend on earlier ones and are made again in their order, as a `Thread`:

- what is done with the objects of a class: the steps are repeated with the objects that are made on the way;
- calls that get a dictionary which an earlier call returned, such as an optimizer's state. Its layout is often up to
  the student. Then the dictionary is a *memory*: the student's calls and ours each get their own back, and only what
  else they return is compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from grader.checks.conversion import array_of
from grader.judge.calls import RTOL, CallLog, same_outcome, same_value
from grader.judge.likeness import NotData, key_of
from grader.judge.objects import ITSELF, UNANSWERED, ObservedFunction, ObservedObject
from grader.kinds import exchanged, made_here, parts
from grader.operators import done_to
from grader.sandbox.outside.handle import Handle
from grader.student import Call, changes, copied
from grader.traces import Trace

__all__ = ["Thread", "gives_back", "memory_hides_the_cause", "threads_of", "with_memory"]

MAX_KEYS = 4
"""Of a memory of which every set of keys is tried; of a larger one, only single keys and all of them are."""

Place = int | None
"""Where in a returned value a memory is: a position in the tuple, or None if it is the whole value."""


@dataclass(frozen=True)
class Thread:
    """Calls of one function, to be made again in this order."""

    calls: tuple[Call, ...]
    memory: frozenset[Place] = frozenset()
    """Where the returned values hold a memory; empty if dictionaries are ordinary data."""

    def reproduced_in(
        self,
        namespace: Mapping[str, Any],
        forget: Collection[Any] = (),
        right: Sequence[Call] = (),
    ) -> bool:
        """Whether every call ends there as it did, even if each memory loses some of its keys.

        For the ``right`` outcomes of the calls see `same_outcome`.
        """
        return self.reproduced_by(self.replay(namespace, forget), right)

    def reproduced_by(self, pairs: Iterable[tuple[Call, Call]], right: Sequence[Call] = ()) -> bool:
        """Whether every call ends as it did in these replays; for the ``right`` outcomes see `same_outcome`."""
        known = itertools.zip_longest(pairs, right)
        return all(self.same(call, again, right=one) for (call, again), one in known)

    def same(self, call: Call, again: Call, rtol: float = RTOL, *, right: Call | None = None) -> bool:
        """Whether a call and its replay ended alike, apart from memories; for ``right`` see `same_outcome`."""
        known = self.without_memory(right, call) if right else None
        return same_outcome(
            self.without_memory(call, again), self.without_memory(again, call), rtol, right=known
        )

    def replay(
        self, namespace: Mapping[str, Any], forget: Collection[Any] = ()
    ) -> Iterator[tuple[Call, Call]]:
        """Each call, and the same call made in that namespace."""
        ours: dict[int, Any] = {}
        theirs: dict[int, Any] = {}
        done: list[Call] = []
        function = _Again(self.calls[0].function, namespace, done.append)
        for call in self.calls:
            done.clear()
            again = _again(call, function, ours, theirs, done)
            if self.memory:
                _note_dictionaries(call.value, (), theirs)
            if again.error is None:
                _pair(call.value, again.value, ours, forget if self.memory else None)
            yield call, again

    @cached_property
    def key(self) -> bytes | None:
        """What decides the replay in any namespace, as a digest; None if that is not only data."""
        returned: dict[int, Any] = {}
        given: list[Any] = []
        try:
            for number, call in enumerate(self.calls):
                if call.on:
                    return None
                everything = [list(call.arguments), dict(call.keywords), list(call.trace or ()), call.seed]
                given.append(exchanged(everything, partial(_ours, returned)))
                if self.memory:
                    _note_dictionaries(call.value, ("memory", number), returned)
            return key_of(self.calls[0].function, bool(self.memory), given)
        except NotData:
            return None

    def without_memory(self, call: Call, other: Call) -> Call:
        """What is compared of a call with another one: all but memories."""
        value = call.value
        if None in self.memory and isinstance(value, Mapping) and isinstance(other.value, Mapping):
            return replace(call, value=None)
        if not (isinstance(value, list | tuple) and isinstance(other.value, list | tuple)):
            return call
        both = range(min(len(value), len(other.value)))
        hidden = [i for i in both if i in self.memory and _mappings(value[i], other.value[i])]
        return (
            replace(call, value=[None if i in hidden else v for i, v in enumerate(value)]) if hidden else call
        )


def threads_of(log: CallLog, function: str) -> list[Thread]:
    """What the tests did with a function: a thread for each call, or for each test if there are objects."""
    by_test = _by_test(log, function)
    if any(call.on or _has_objects(call.value) for calls in by_test for call in calls):
        return [Thread(tuple(calls)) for calls in by_test]
    return [Thread((call,)) for calls in by_test for call in calls]


def with_memory(log: CallLog, function: str) -> list[Thread]:
    """The same if dictionaries that come back as arguments are memories; empty if there are none."""
    by_test = _by_test(log, function)
    places = frozenset().union(*map(_places, by_test))
    return [Thread(tuple(calls), places) for calls in by_test] if places else []


def _by_test(log: CallLog, function: str) -> list[list[Call]]:
    found = ([call for call in calls if call.function == function] for calls in log.by_test.values())
    return [calls for calls in found if calls]


def _places(calls: Sequence[Call]) -> frozenset[Place]:
    """Where returned values hold a dictionary that a later call of the same test gets."""
    returned: dict[int, Place] = {}
    found: set[Place] = set()
    for call in calls:
        given = (*call.arguments, *call.keywords.values())
        found |= {returned[id(value)] for value in given if id(value) in returned}
        returned.update(_dictionaries(call.value))
    return frozenset(found)


def _dictionaries(value: Any) -> Iterable[tuple[int, Place]]:
    if isinstance(value, dict):
        yield id(value), None
    elif isinstance(value, list | tuple):
        yield from ((id(part), i) for i, part in enumerate(value) if isinstance(part, dict))


def _mappings(one: Any, other: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(other, Mapping)


def _has_objects(value: Any) -> bool:
    return isinstance(value, ObservedObject) or any(map(_has_objects, parts(value)))


# One call ----------------------------------------------------------------------------------------------------


class _Again(ObservedFunction):
    """A function whose calls no check looks at: without the time that they take, or a sentence for what they raise."""

    remembered = False

    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        copies, words = tuple(map(copied, arguments)), {key: copied(item) for key, item in keywords.items()}
        given, words = made_here(copies), made_here(words)
        try:
            value, _ = self._traced(trace, given, words)
        except (Exception, SystemExit) as error:
            kind = type(error).__name__
            done = Call(self.name, arguments, keywords, None, "", error=kind, trace=trace, seed=self.seed)
        else:
            before, words_before = (
                (arguments, keywords) if given is copies else (made_here(arguments), made_here(keywords))
            )
            changed = changes(before, words_before, given, words)
            done = Call(self.name, arguments, keywords, value, "", changed, trace=trace, seed=self.seed)
        if self._record:
            self._record(done)
        return done


class _Unknown(Exception):
    """An object or a memory has nothing of ours to be put in its place."""


def _again(
    call: Call,
    function: ObservedFunction,
    ours: Mapping[int, Any],
    theirs: Mapping[int, Any],
    done: Sequence[Call],
) -> Call:
    """The call made again; the function and its objects note what they did in ``done``."""

    def our(part: Any) -> Any:
        if isinstance(part, Handle) or (
            id(part) not in ours and (isinstance(part, ObservedObject) or id(part) in theirs)
        ):
            raise _Unknown
        return ours.get(id(part), part) if isinstance(part, ObservedObject | dict) else part

    with suppress(Exception):  # an exception that the function raises has been noted as its outcome
        arguments, keywords = exchanged(call.arguments, our), exchanged(dict(call.keywords), our)
        _act(function if call.seed is None else function.seeded(call.seed), call, arguments, keywords)
    return done[-1] if done else replace(call, value=None, error=UNANSWERED)


def _act(function: ObservedFunction, call: Call, arguments: Any, keywords: dict[str, Any]) -> None:
    on = call.on
    if not on:
        function.made(call.trace, tuple(arguments), keywords)
    elif on == ITSELF:
        function.itself()
    elif on.startswith("."):
        getattr(arguments[0], on[1:])
    elif on == "()":
        arguments[0](*arguments[1:], **keywords)
    else:
        done_to(on, arguments)


def _pair(value: Any, again: Any, ours: dict[int, Any], forget: Collection[Any] | None) -> None:
    """Note which of our objects and memories corresponds to which of the student's.

    If there are memories, ``forget`` holds the keys that ours lose.
    """
    if isinstance(value, ObservedObject):
        ours[id(value)] = again
    elif isinstance(value, dict) and forget is not None:
        lost = isinstance(again, Mapping) and forget
        ours[id(value)] = {key: again[key] for key in again if key not in forget} if lost else again
    elif isinstance(value, dict) and isinstance(again, Mapping):
        for key in value.keys() & again.keys():
            _pair(value[key], again[key], ours, forget)
    elif isinstance(value, list | tuple) and isinstance(again, list | tuple):
        for one, other in zip(value, again, strict=False):
            _pair(one, other, ours, forget)


def _ours(returned: Mapping[int, Any], part: Any) -> Any:
    """What stands for a dictionary that an earlier call returned; other parts as they are."""
    return returned.get(id(part), part) if isinstance(part, dict) else part


def _note_dictionaries(value: Any, place: tuple[Any, ...], returned: dict[int, Any]) -> None:
    """Note the places of those dictionaries in a value that are exchanged for ours, as `_pair` does it."""
    if isinstance(value, dict):
        returned[id(value)] = place
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            _note_dictionaries(part, (*place, number), returned)


# What a memory hides -----------------------------------------------------------------------------------------


def memory_hides_the_cause(threads: Sequence[Thread], solution: Mapping[str, Any]) -> bool:
    """Whether what calls return besides their memories leaves the cause open.

    It does if the solution gives the same results once its memory loses some keys: these may never have been kept, or
    were overwritten or never read. Only if the student's memory holds nothing but what it was given, is it clear that
    nothing is kept. It also does if every call returns what it was given.
    """
    if all(map(gives_back, threads)):
        return True
    if all(map(_keeps_nothing, threads)) and any(len(thread.calls) > 1 for thread in threads):
        return False
    keys = {
        key
        for thread in threads
        for _, again in thread.replay(solution)
        for part in (again.value if isinstance(again.value, list | tuple) else [again.value])
        if isinstance(part, Mapping)
        for key in part
    }
    sizes = range(1, len(keys) + 1) if len(keys) <= MAX_KEYS else (1, len(keys))
    lost = itertools.chain.from_iterable(itertools.combinations(keys, size) for size in sizes)
    return any(all(thread.reproduced_in(solution, forget) for thread in threads) for forget in lost)


def _keeps_nothing(thread: Thread) -> bool:
    """Whether each memory that a call returned is the one that it was given, or holds only zeros."""
    for call in thread.calls:
        given = [one for one in (*call.arguments, *call.keywords.values()) if isinstance(one, Mapping)]
        returned = call.value if isinstance(call.value, list | tuple) else [call.value]
        for memory in (part for part in returned if isinstance(part, Mapping)):
            if not any(same_value(memory, one) for one in given) and not all(map(_is_zero, memory.values())):
                return False
    return True


def _is_zero(value: Any) -> bool:
    made = array_of(value)
    return made is not None and not made.any()


def gives_back(thread: Thread) -> bool:
    """Whether each call returned only arguments of its own, apart from memories."""
    for call in thread.calls:
        parts = list(call.value) if isinstance(call.value, list | tuple) else [call.value]
        seen = [part for part in parts if not isinstance(part, Mapping)]
        if not all(any(same_value(part, argument) for argument in call.arguments) for part in seen):
            return False
    return True
