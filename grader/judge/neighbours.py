"""A submission's own functions, asked again so that an error can be followed.

They are asked in a fresh run of the notebook, and cannot be sure what for: calls that the suite made before are mixed
in, in an order that follows from the problem set's secret. A function that answers one of these differently now is not
believed in anything.
"""

from __future__ import annotations

import contextlib
import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np

from grader.errors import CourseError, StudentCrashed, StudentFault, StudentTimeout
from grader.judge.bounded import TooLong
from grader.judge.calls import CallLog, same_outcome
from grader.judge.likeness import NotData, key_of, nbytes
from grader.judge.objects import UNANSWERED
from grader.judge.together import Together, side_by_side
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
ONE_IN = 3
"""New calls of which one has a repeated call beside it; the first one of each function always has."""
AT_ONCE = 64
"""New calls in one message."""
MOST_MISSED = 2
"""Calls of one function without an answer, after which it is not asked any more."""


Given = tuple[Sequence[Any], Mapping[str, Any]]
"""Arguments and keywords of a call."""


class NotFollowed(BaseException):
    """An error cannot be followed any further; says why. Code that catches every ``Exception`` does not stop it."""


class Stopped(NotFollowed):
    """What is run would not end as it did with the submission's functions, whatever these answer from here on."""


class OutOfCounts(NotFollowed):
    """All that may be done for one submission has been done."""


class Neighbours(Protocol):
    """The submission's functions, wherever they are."""

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        """What calls of a function gave, with `UNANSWERED` as the error of one that neither returned nor raised.

        Raises:
            TooLong: The submission's time is over.
        """


class RemoteNeighbours:
    """Those of a submission in its sandbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        pairs = [(bare(tuple(arguments)), bare(dict(keywords))) for arguments, keywords in batch]
        done: list[Call] = []
        together = len(pairs)
        while len(done) < len(pairs):
            seen: list[Call] = []
            try:
                self._session.calls(function, pairs[len(done) : len(done) + together], seen.append)
            except (StudentTimeout, StudentCrashed, CourseError):
                if self._session.remaining() <= 0:
                    raise TooLong from None
                if together == 1:
                    seen.append(_unanswered(function))
                together = 1  # it is not known which of the calls it was
            except StudentFault:
                if not seen or seen[-1].error is None:
                    seen.append(_unanswered(function))
            done += seen
        return done


def _unanswered(function: str) -> Call:
    return Call(function, (), {}, None, "", error=UNANSWERED)


class LocalNeighbours:
    """Those of a namespace in this process."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        return [self._call(function, *given) for given in batch]

    def _call(self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Call:
        seen: list[Call] = []
        try:
            return LocalFunction(function, self._namespace, seen.append).call(*arguments, **keywords)
        except StudentFault:
            return seen[0] if seen else _unanswered(function)


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


@dataclass(frozen=True)
class _Question:
    """A new call that somebody needs."""

    function: str
    given: Given
    key: tuple[str, bytes] | None


CONTRADICTED = "it answered a call differently when it was made again"
Result = TypeVar("Result")


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
        self._together = Together()
        self._asked: set[str] = set()
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
        if function in self.contradicted:
            raise NotFollowed(CONTRADICTED)
        if key is not None and key in self._known:
            return self._known[key]
        if not self._recorded.get(function):
            raise NotFollowed("no test shows what it answers")
        question = _Question(function, (arguments, keywords), key)
        if self._together.here:
            answer: Call = self._together.asks(question)
            return answer
        (found,) = self._answered([question])
        if isinstance(found, NotFollowed):
            raise found
        return found

    def side_by_side(self, tasks: Sequence[Callable[[], Result]]) -> list[Result | BaseException]:
        """Run tasks so that what they ask at one time is one message; their results, or what they raised."""
        return side_by_side(tasks, self._together, self._answered)

    def _answered(self, questions: Sequence[_Question]) -> list[Call | NotFollowed]:
        """The answers to several questions, or why there is none."""
        found: dict[int, Call | NotFollowed] = {}
        for function in dict.fromkeys(question.function for question in questions):
            wanted = {
                question.key or number: (number, question)
                for number, question in reversed(list(enumerate(questions)))
                if question.function == function
            }
            asked = sorted(wanted.values(), key=operator.itemgetter(0))
            for start in range(0, len(asked), AT_ONCE):
                found |= self._asked_now(function, asked[start : start + AT_ONCE])
        answers: list[Call | NotFollowed] = []
        for number, question in enumerate(questions):
            answer = self._known.get(question.key) if question.key is not None else None
            answers.append(found.get(number) or answer or NotFollowed("it did not answer"))
        return answers

    def _asked_now(
        self, function: str, questions: Sequence[tuple[int, _Question]]
    ) -> dict[int, Call | NotFollowed]:
        """Ask some new questions of a function, with repeats between them; the answers by number."""
        batch: list[tuple[int, Given, Call | None]] = []
        for number, question in questions:
            repeats = [(-1, (call.arguments, call.keywords), call) for call in self._repeats(function)]
            place = int(self._generator.integers(len(repeats) + 1))
            batch += [*repeats[:place], (number, question.given, None), *repeats[place:]]
        try:
            calls = self._calls(function, [given for _, given, _ in batch])
        except NotFollowed as why:
            return {number: why for number, _ in questions}
        found: dict[int, Call | NotFollowed] = {}
        keys = {number: question.key for number, question in questions}
        for (number, _, recorded), call in zip(batch, calls, strict=True):
            if recorded is not None:
                self._compare(recorded, call)
                continue
            found[number] = call
            key = keys[number]
            if key is not None:
                self._known[key] = call
        if function in self.contradicted:
            return {number: NotFollowed(CONTRADICTED) for number, _ in questions}
        return found

    def repeat_once_more(self) -> None:
        """Repeat a call of each function that was asked, so that none can lie at the end."""
        for function in sorted(self._asked - self.contradicted):
            recorded = self._recorded[function]
            one = recorded[int(self._generator.integers(len(recorded)))]
            with contextlib.suppress(NotFollowed):
                self._compare(one, *self._calls(function, [(one.arguments, one.keywords)]))

    def _compare(self, recorded: Call, again: Call) -> None:
        if not same_outcome(recorded, again):
            self.contradicted.add(recorded.function)

    def _repeats(self, function: str) -> list[Call]:
        """Recorded calls to make beside a new one; the first time, there is at least one."""
        recorded, first = self._recorded[function], function not in self._asked
        self._asked.add(function)
        count = int(first) + int(self._generator.integers(ONE_IN) == 0)
        return [recorded[i] for i in self._generator.integers(len(recorded), size=count)]

    def _calls(self, function: str, batch: Sequence[Given]) -> list[Call]:
        if self._missed[function] >= MOST_MISSED:
            raise NotFollowed("it did not answer")
        self.budget.spend(calls=len(batch), bytes=sum(nbytes(list(given)) for given in batch))
        calls = self._neighbours.calls(function, batch)
        self.budget.spend(bytes=sum(nbytes(call.value) for call in calls))
        self._missed[function] += sum(call.error == UNANSWERED for call in calls)
        return [replace(call, arguments=(), keywords={}) for call in calls]


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
    if (
        call.on
        or call.trace
        or call.seed is not None
        or call.error == UNANSWERED
        or not _is_data(call.arguments, call.keywords)
    ):
        return False
    try:
        key_of(plain(call.value))
    except NotData:
        return False
    return True
