"""The ``student`` of a test: the functions that a submission defines, and what is known of their calls.

A test is written once and runs in two places. Hidden suites run in the judge, where ``student`` talks to a sandbox;
public tests also run on a student's own machine, where ``student`` is a `LocalStudent` over the notebook's namespace.
Both follow the protocols below.
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
    "MAX_BASES",
    "RECENT_CALLS",
    "Call",
    "Kept",
    "LocalFunction",
    "LocalStudent",
    "Origin",
    "Student",
    "StudentFunction",
    "any_kept",
    "changes",
    "copied",
    "error_of",
    "library_bases",
    "unchanged",
]

MAX_BASES = 16


@dataclass(frozen=True)
class Call:
    """One call of a student's function: its arguments, what it returned and what it did to the arguments."""

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

    If one call changes it, the next one sees that. Calls with such an argument are not recorded, since nobody can be
    sure what they were given.
    """

    @abstractmethod
    def unchanged(self) -> bool:
        """Whether it is still what it was, bit by bit, according to the process that holds it."""


def any_kept(arguments: Iterable[Any], keywords: Mapping[str, Any]) -> bool:
    """Whether a call has an argument that is `Kept`."""
    return any(isinstance(argument, Kept) for argument in (*arguments, *keywords.values()))


# Recent calls ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """The call that a value came from, and where in the call's value it was."""

    call: Call
    again: Callable[[Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]], list[Any]]
    """Gives the function's values for other arguments and keywords; such calls are recorded nowhere."""
    path: tuple[Any, ...]
    """Indices and keys that lead from the call's value to the part."""

    def part_of(self, value: Any) -> Any:
        """The same part of another value."""
        for step in self.path:
            value = plain(value)[step]
        return value


class _RecentCalls:
    """The latest calls of a submission's functions, so that a check can call a function once more.

    A call is found by the very objects that it returned, and forgotten after `MOST_CALLS` others.
    """

    def __init__(self) -> None:
        self._calls: collections.deque[tuple[Call, Any]] = collections.deque(maxlen=MOST_CALLS)

    def note(self, call: Call, again: Any) -> None:
        """Remember a call that returned, and how to call its function again."""
        if _nbytes((call.arguments, *call.keywords.values(), call.value)) <= MOST_BYTES:
            self._calls.append((call, again))

    def forget(self) -> None:
        """Forget all of them."""
        self._calls.clear()

    def origin_of(self, value: Any) -> Origin | None:
        """The latest call that returned this very object, alone or as a part."""
        for call, again in reversed(self._calls):
            path = _path(call.value, value)
            if path is not None:
                return Origin(call, again, path)
        return None

    def others(self, origin: Origin) -> Iterator[Origin]:
        """The same part of the function's other calls, the latest first."""
        for call, again in reversed(self._calls):
            if call.function == origin.call.function and call is not origin.call:
                yield Origin(call, again, origin.path)


MOST_CALLS = 128
MOST_BYTES = 1 << 18
"""Of the arrays of a call that is remembered."""
MOST_PARTS = 100
"""Of a value that is searched."""


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


RECENT_CALLS = _RecentCalls()
"""Those of the submission that is being judged: there is one at a time in a process."""


# What a test sees --------------------------------------------------------------------------------------------


class StudentFunction(Protocol):
    """A function of the student's; arguments are copied on the way in, so a test's arrays stay its own."""

    name: str

    @property
    def stopped(self) -> bool:
        """Whether a call of it took too long or ended the process."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """The value returned; raises a `StudentFault` where there is none."""

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        """The values for many tuples of positional arguments, sent in one round trip."""

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        """The same call with everything that was observed about it."""

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        """Keep data for several calls of the submission's functions, in place of what was kept before."""


class Student(Protocol):
    """The names a submission defined, as attributes."""

    def __getattr__(self, name: str) -> StudentFunction:
        """The function of that name; a missing name fails when it is called."""

    def value(self, name: str) -> Any:
        """The value of a global variable of the submission."""


# Arguments before and after a call ---------------------------------------------------------------------------


def copied(value: Any) -> Any:
    """A copy of data, down through lists, tuples and dictionaries; any other object stays the same.

    A student's own object lives on between calls, and may be linked to thousands more.
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype.kind != "O":
        return value.copy(order="K")  # as a deep copy, in a fraction of its time
    if kind in _SCALARS:
        return value
    if kind is list or kind is tuple:
        return kind(map(copied, value))
    if kind is dict:
        return {copied(key): copied(item) for key, item in value.items()}
    if isinstance(value, _COPIED) or hasattr(kind, "__array__"):
        return copy.deepcopy(value)
    return value


_SCALARS = {float, int, bool, str, type(None)}
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
    """Whether an argument is what it was, bit by bit; what is not data, such as a random generator, may change."""
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
        # nan is not equal to itself, but still the same.
        return type(before) is type(after) and (before == after or before != before)
    return before is after or isinstance(before, _COPIED) or hasattr(type(before), "__array__")


def changes(
    before: tuple[Any, ...], words: Mapping[str, Any], after: tuple[Any, ...], words_after: Mapping[str, Any]
) -> tuple[str, ...]:
    """Positions and keywords of the arguments that changed."""
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
    """An argument as it is before the call, to compare with afterwards."""
    return copied(argument.value) if isinstance(argument, LocalKept) else argument


def _each(
    of: Callable[[Any], Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return tuple(map(of, arguments)), {key: of(item) for key, item in keywords.items()}


# In this process ---------------------------------------------------------------------------------------------


def error_of(name: str, error: BaseException, namespace: Mapping[str, Any]) -> StudentError:
    """The error that a test gets for an exception that a function of a namespace raised."""
    kind = type(error).__name__
    raised = Raised(kind, library_bases(error), *_where(error, namespace))
    return StudentError(raised_error(name, raised), f"{kind}: {error}", raised=raised)


def _where(error: BaseException, namespace: Mapping[str, Any]) -> tuple[int, int]:
    """The cell, if known, and the innermost line of the student's own code that an exception came through."""
    own = [frame for frame in traceback.walk_tb(error.__traceback__) if frame[0].f_globals is namespace]
    if not own:
        return 0, 0
    frame, line = own[-1]
    # Cells that we ran are named by their number, other cells by whatever Jupyter calls them.
    cell = re.match(r"<(?:ipython-input-|cell )(\d+)\b", frame.f_code.co_filename)
    return int(cell[1]) if cell else 0, line


class LocalFunction:
    """A function in a namespace of this process."""

    stopped = False
    remembered = True
    """Whether checks may call it once more."""

    def __init__(self, name: str, namespace: Mapping[str, Any], record: Callable[[Call], None] | None = None):
        self.name = name
        self._namespace = namespace
        self._record = record

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        if self.name not in self._namespace:
            raise StudentMissing(missing(self.name))
        kept = any_kept(arguments, keywords)
        record = None if kept else self._record
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
        if self.remembered and not kept:
            RECENT_CALLS.note(done, self._again)
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
    """The functions of a namespace in this process: a student's own notebook, or the reference solution."""

    def __init__(self, namespace: Mapping[str, Any], record: Callable[[Call], None] | None = None) -> None:
        self._namespace = namespace
        self._record = record
        RECENT_CALLS.forget()

    def __getattr__(self, name: str) -> LocalFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._function(name)

    def _function(self, name: str) -> LocalFunction:
        return LocalFunction(name, self._namespace, self._record)

    def value(self, name: str) -> Any:
        if name not in self._namespace:
            raise StudentMissing(missing(name))
        return self._namespace[name]
