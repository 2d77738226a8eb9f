"""What a test holds in its hand: the student's functions.

A test is written once and runs in two places. Hidden suites run in the grading worker, where ``student``
speaks to a sandbox; public tests also run on a student's own machine, where ``student`` is a
`LocalStudent` over the notebook's namespace. Both follow the protocols below.
"""

from __future__ import annotations

import builtins
import collections
import copy
import itertools
import re
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from grader.errors import Raised, StudentError, StudentMissing
from grader.kinds import plain, type_name
from grader.wording import missing, raised_error

__all__ = [
    "ASKED",
    "MAX_BASES",
    "Asked",
    "Asking",
    "Call",
    "Kept",
    "LocalFunction",
    "LocalStudent",
    "Student",
    "StudentFunction",
    "changes",
    "copied",
    "error_of",
    "library_bases",
    "unchanged",
]

MAX_BASES = 16


@dataclass(frozen=True)
class Call:
    """One call of a student's function: what went in, what came out and what it did to its arguments."""

    function: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    value: Any
    type_name: str
    """Type of the value before it was normalised, such as ``"list"`` or ``"numpy.matrix"``."""
    changed: tuple[str, ...] = ()
    """Positions (``"0"``, ``"1"``) and keywords of the arguments that the call changed in place."""
    seconds: float = 0.0
    error: str | None = field(default=None)
    """Name of the exception that the call ended with; None where it returned."""
    on: str = ""
    """What was done with an object, the first of the arguments: an operator's name, ``.attribute`` or ``()``."""


class Kept(ABC):
    """An argument that stays where the student's code runs: each call that it is passed to gets this very object.

    What one call does to it, the next one sees. Calls with such an argument are not recorded, since what they were
    given is known only as far as it was left alone.
    """

    @abstractmethod
    def unchanged(self) -> bool:
        """Whether it is bit by bit what it was when it was put there, as far as those say who have it."""


@dataclass(frozen=True)
class Asking:
    """A call that was made, and where in its value something stands."""

    call: Call
    again: Callable[[Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]], list[Any]]
    """Values of the same function for other arguments and keywords; noted nowhere."""
    path: tuple[Any, ...]
    """Indices and keys that lead from a value of the call to the part."""

    def part_of(self, value: Any) -> Any:
        """What stands at the same place of another value."""
        for step in self.path:
            value = plain(value)[step]
        return value


class Asked:
    """The latest calls of a submission's functions, so that a check can ask a function once more.

    They are known by the very objects that came back, and forgotten after `MOST_ASKED` others.
    """

    def __init__(self) -> None:
        self._calls: collections.deque[tuple[Call, Any]] = collections.deque(maxlen=MOST_ASKED)

    def note(self, call: Call, again: Any) -> None:
        """Remember a call that gave a value, and how its function is called again."""
        if _nbytes((call.arguments, *call.keywords.values(), call.value)) <= MOST_ASKED_BYTES:
            self._calls.append((call, again))

    def forget(self) -> None:
        """Let go of all of them."""
        self._calls.clear()

    def about(self, value: Any) -> Asking | None:
        """The latest call that gave this very object, by itself or as a part of what it gave."""
        for call, again in reversed(self._calls):
            path = _path(call.value, value)
            if path is not None:
                return Asking(call, again, path)
        return None

    def others(self, asking: Asking) -> Iterator[Asking]:
        """Other calls of the same function, the latest first, for the same part of their values."""
        for call, again in reversed(self._calls):
            if call.function == asking.call.function and call is not asking.call:
                yield Asking(call, again, asking.path)


MOST_ASKED = 128
MOST_ASKED_BYTES = 1 << 18
"""Of the arrays of a call that is remembered."""
MOST_PARTS = 100
"""Of a value that is looked through."""


def _nbytes(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, list | tuple):
        return 8 * len(value) + sum(map(_nbytes, value[:MOST_PARTS]))
    return sum(map(_nbytes, value.values())) if isinstance(value, dict) else 8


def _path(whole: Any, part: Any) -> tuple[Any, ...] | None:
    if whole is part:
        return ()
    whole = plain(whole)
    steps: Iterable[tuple[Any, Any]] = ()
    if isinstance(whole, list | tuple):
        steps = enumerate(whole[:MOST_PARTS])
    elif isinstance(whole, dict):
        steps = itertools.islice(whole.items(), MOST_PARTS)
    for step, inner in steps:
        if inner is part or isinstance(inner, list | tuple | dict):
            path = _path(inner, part)
            if path is not None:
                return (step, *path)
    return None


ASKED = Asked()
"""Of the submission that is judged in this process: there is one at a time."""


class StudentFunction(Protocol):
    """A function of the student's; arguments are copied on the way in, so a test's arrays stay its own."""

    name: str

    @property
    def stopped(self) -> bool:
        """Whether a call of it was seen to take too long, or to end the process."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """The value returned; raises a `StudentFault` where there is none."""

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        """The values for many tuples of positional arguments, sent in one round trip."""

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        """The same call with everything that was observed about it."""

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        """Data to be passed to several calls of the student's functions; what was kept before is let go."""


class Student(Protocol):
    """The names a submission defined, as attributes."""

    def __getattr__(self, name: str) -> StudentFunction:
        """The function of that name; a missing name fails when it is called."""

    def value(self, name: str) -> Any:
        """The value of a global variable of the submission."""


def copied(value: Any) -> Any:
    """A copy of data, down through lists, tuples and dictionaries; any other object stays the one it is.

    An object of the student's own lives on between calls, wherever it lives, and may be linked to thousands more.
    """
    kind = type(value)
    if kind is list or kind is tuple:
        return kind(map(copied, value))
    if kind is dict:
        return {copied(key): copied(item) for key, item in value.items()}
    if isinstance(value, _COPIED) or hasattr(kind, "__array__"):
        return copy.deepcopy(value)
    return value


_COPIED = (list, tuple, dict, set, frozenset, bytearray, np.random.Generator, np.random.RandomState)


def library_bases(error: BaseException) -> tuple[str, ...]:
    """Names of the classes of Python and numpy that an exception's class derives from, the nearest first."""
    names = (
        kind.__name__
        for kind in type(error).__mro__[1:-1]  # without object
        if getattr(builtins, kind.__name__, None) is kind or kind.__module__.partition(".")[0] == "numpy"
    )
    return tuple(itertools.islice(names, MAX_BASES))


def unchanged(before: object, after: object) -> bool:
    """Whether an argument is bit by bit what it was; what is not data (a random generator) may change."""
    if isinstance(before, np.ndarray):
        return (
            isinstance(after, np.ndarray)
            and before.dtype == after.dtype
            and before.shape == after.shape
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(unchanged(before[key], after[key]) for key in before)
        )
    if isinstance(before, list | tuple):
        return (
            type(before) is type(after) and len(before) == len(after) and all(map(unchanged, before, after))
        )
    if isinstance(before, str | bytes | int | float | complex | bool):
        # nan, which is not equal to itself, is still the same.
        return type(before) is type(after) and (before == after or before != before)
    return before is after or isinstance(before, _COPIED) or hasattr(type(before), "__array__")


def _where(error: BaseException, namespace: Mapping[str, Any]) -> tuple[int, int]:
    """The cell, as far as known, and the innermost line of the student's own code that an exception came through."""
    own = [frame for frame in traceback.walk_tb(error.__traceback__) if frame[0].f_globals is namespace]
    if not own:
        return 0, 0
    frame, line = own[-1]
    # Cells that we ran ourselves are named by their number, others by what Jupyter makes up.
    cell = re.match(r"<(?:ipython-input-|cell )(\d+)\b", frame.f_code.co_filename)
    return int(cell[1]) if cell else 0, line


def changes(
    before: tuple[Any, ...], words: Mapping[str, Any], after: tuple[Any, ...], words_after: Mapping[str, Any]
) -> tuple[str, ...]:
    """Positions and keywords of the arguments that are not what they were."""
    positional = zip(before, after, strict=True)
    changed = [str(position) for position, pair in enumerate(positional) if not unchanged(*pair)]
    return (*changed, *(key for key in words if not unchanged(words[key], words_after[key])))


class LocalKept(Kept):
    """An argument of functions in this process."""

    def __init__(self, value: Any) -> None:
        self._given = value
        self.value = copied(value)

    def unchanged(self) -> bool:
        return unchanged(self._given, self.value)


def _given(argument: Any) -> Any:
    """What the function gets for an argument."""
    return argument.value if isinstance(argument, LocalKept) else copied(argument)


def _before(argument: Any) -> Any:
    """The same as it is before the call, to be compared with afterwards."""
    return copied(argument.value) if isinstance(argument, LocalKept) else argument


def _each(
    of: Callable[[Any], Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return tuple(map(of, arguments)), {key: of(item) for key, item in keywords.items()}


def error_of(name: str, error: BaseException, namespace: Mapping[str, Any]) -> StudentError:
    """What a test is told of an exception that a function of a namespace raised."""
    kind = type(error).__name__
    raised = Raised(kind, library_bases(error), *_where(error, namespace))
    return StudentError(raised_error(name, raised), f"{kind}: {error}", raised=raised)


class LocalFunction:
    """A function in a namespace of this process."""

    stopped = False

    def __init__(self, name: str, namespace: Mapping[str, Any], record: Callable[[Call], None] | None = None):
        self.name = name
        self._namespace = namespace
        self._record = record

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        if self.name not in self._namespace:
            raise StudentMissing(missing(self.name))
        record = None if any(isinstance(a, Kept) for a in (*arguments, *keywords.values())) else self._record
        before, words_before = _each(_before, arguments, keywords)
        given, words = _each(_given, arguments, keywords)
        started = time.perf_counter()
        try:
            value = self._answer(given, words)
        except (Exception, SystemExit) as error:
            if record:
                record(Call(self.name, arguments, keywords, None, "", error=type(error).__name__))
            raise error_of(self.name, error, self._namespace) from error
        seconds = time.perf_counter() - started
        changed = changes(before, words_before, given, words)
        done = Call(self.name, arguments, keywords, value, type_name(value), changed, seconds)
        if record:
            record(done)
        if not any(isinstance(a, Kept) for a in (*arguments, *keywords.values())):
            ASKED.note(done, self._again)
        return done

    def _again(self, batch: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Any]:
        return [self._answer(*_each(_given, arguments, keywords)) for arguments, keywords in batch]

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        return [LocalKept(value) for value in values]

    def _answer(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return self._namespace[self.name](*arguments, **keywords)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.call(*arguments, **keywords).value

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [self.call(*arguments).value for arguments in batch]


class LocalStudent:
    """The functions of a namespace in this process: a student's own notebook, or our reference solution."""

    def __init__(self, namespace: Mapping[str, Any], record: Callable[[Call], None] | None = None) -> None:
        self._namespace = namespace
        self._record = record
        ASKED.forget()

    def __getattr__(self, name: str) -> LocalFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return LocalFunction(name, self._namespace, self._record)

    def value(self, name: str) -> Any:
        if name not in self._namespace:
            raise StudentMissing(missing(name))
        return self._namespace[name]
