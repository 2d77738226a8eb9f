"""A submission's own functions, asked again so that an error can be followed.

They are asked in a fresh run of the notebook, and cannot be sure what for: calls that the suite made before are mixed
in, in an order that follows from the problem set's secret. A function that answers one of these differently now is not
believed in anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from grader.errors import CourseError, StudentFault
from grader.judge.bounded import TooLong
from grader.judge.calls import CallLog, same_outcome
from grader.judge.likeness import NotData, key_of, nbytes
from grader.judge.objects import UNANSWERED
from grader.kinds import Held, plain
from grader.operators import bare
from grader.sandbox.outside.session import Session
from grader.student import Call, LocalFunction

__all__ = [
    "Answers",
    "Budget",
    "LocalNeighbours",
    "Neighbours",
    "NotFollowed",
    "OutOfCounts",
    "RemoteNeighbours",
    "Stopped",
]

MOST_CALLS = 20_000
"""Into the sandbox, to follow the errors of one submission."""
MOST_BYTES = 64 << 20
"""Sent and returned by these."""
MOST_STEPS = 20_000_000
"""Lines of the course's own code that are run for it."""
MOST_REPEATS = 2
"""Of recorded calls, beside each new one."""
MOST_MISSED = 2
"""Calls of one function without an answer, after which it is not asked any more."""


class NotFollowed(BaseException):
    """An error cannot be followed any further; says why. Code that catches every ``Exception`` does not stop it."""


class Stopped(NotFollowed):
    """What is run would not end as it did with the submission's functions, whatever these answer from here on."""


class OutOfCounts(NotFollowed):
    """All that may be done for one submission has been done."""


class Neighbours(Protocol):
    """The submission's functions, wherever they are."""

    def call(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        """What the call gave; its ``error`` is `UNANSWERED` if it neither returned nor raised an exception.

        Raises:
            TooLong: The submission's time is over.
        """


class RemoteNeighbours:
    """Those of a submission in its sandbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def call(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        seen: list[Call] = []
        try:
            self._session.calls(function, [(bare(tuple(arguments)), bare(dict(keywords)))], seen.append)
        except (StudentFault, CourseError):
            if self._session.remaining() <= 0:
                raise TooLong from None
        return seen[0] if seen else Call(function, tuple(arguments), keywords, None, "", error=UNANSWERED)


class LocalNeighbours:
    """Those of a namespace in this process."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def call(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        seen: list[Call] = []
        try:
            return LocalFunction(function, self._namespace, seen.append).call(*arguments, **keywords)
        except StudentFault:
            return seen[0] if seen else Call(function, tuple(arguments), keywords, None, "", error=UNANSWERED)


@dataclass
class Budget:
    """What may still be done for one submission, in counts: these decide points, so no clock may."""

    calls: int = MOST_CALLS
    bytes: int = MOST_BYTES
    steps: int = MOST_STEPS

    def spend(self, *, calls: int = 0, bytes: int = 0, steps: int = 0) -> None:
        """Take this away; raises `OutOfCounts` where nothing is left."""
        self.calls, self.bytes, self.steps = self.calls - calls, self.bytes - bytes, self.steps - steps
        if min(self.calls, self.bytes, self.steps) < 0:
            raise OutOfCounts("it took more calls, bytes or steps than are allowed for one submission")


class Answers:
    """What the submission's functions answer, each question asked once.

    Args:
        neighbours: The functions.
        log: The calls that the suite made of them, all in the same state of the notebook.
        generator: Draws where repeats are mixed in.
        budget: What may be done.
    """

    def __init__(
        self, neighbours: Neighbours, log: CallLog, generator: np.random.Generator, budget: Budget
    ) -> None:
        self._neighbours, self._generator, self.budget = neighbours, generator, budget
        self._recorded = {name: list(filter(_repeatable, calls)) for name, calls in log.functions().items()}
        self._known: dict[tuple[str, bytes], Call] = {}
        self._asked: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()
        self.contradicted: set[str] = set()
        """Functions that answered a recorded call differently."""

    def ask(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        """The function's answer, which is not to be changed.

        Raises:
            NotFollowed: It cannot be asked, or did not answer, or is not believed.
            TooLong: The submission's time is over.
        """
        key = _key(function, arguments, keywords)
        if key is not None and key in self._known:
            return self._known[key]
        if not self._recorded.get(function):
            raise NotFollowed("no test shows what it answers")
        found = None
        for recorded in self._mixed(function):
            if recorded is None:
                found = self._call(function, arguments, keywords)
            else:
                again = self._call(function, recorded.arguments, recorded.keywords)
                if not same_outcome(recorded, again):
                    self.contradicted.add(function)
            if function in self.contradicted:
                raise NotFollowed("it answered a call differently when it was made again")
        assert found is not None
        if key is not None:
            self._known[key] = found
        return found

    def _mixed(self, function: str) -> Iterator[Call | None]:
        """Recorded calls to repeat, with None for the new one; the first time, there is at least one."""
        least = 0 if self._asked[function] else 1
        self._asked[function] += 1
        count = int(self._generator.integers(least, MOST_REPEATS + least + 1))
        recorded = self._recorded[function]
        repeats: list[Call | None] = [
            recorded[i] for i in self._generator.integers(len(recorded), size=count)
        ]
        repeats.insert(int(self._generator.integers(count + 1)), None)
        yield from repeats

    def _call(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        if self._missed[function] >= MOST_MISSED:
            raise NotFollowed("it did not answer")
        self.budget.spend(calls=1, bytes=nbytes(arguments) + nbytes(keywords))
        call = self._neighbours.call(function, arguments, keywords)
        self.budget.spend(bytes=nbytes(call.value))
        if call.error == UNANSWERED:
            self._missed[function] += 1
        return replace(call, arguments=(), keywords={})


def _key(function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> tuple[str, bytes] | None:
    """What identifies a call; None if it has a function among its arguments, which may be another one each time."""
    try:
        return function, key_of(tuple(arguments), dict(keywords))
    except NotData:
        if _is_data(arguments, keywords):
            return None
        raise NotFollowed("it cannot be asked with such arguments") from None


def _is_data(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> bool:
    """Whether a call can be made again with these arguments: data, and functions of a test's."""
    try:
        key_of(*(None if _is_function(one) else one for one in (*arguments, *keywords.values())))
    except NotData:
        return False
    return True


def _is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, Held)


def _repeatable(call: Call) -> bool:
    if call.on or call.error == UNANSWERED or not _is_data(call.arguments, call.keywords):
        return False
    try:
        key_of(plain(call.value))
    except NotData:
        return False
    return True
