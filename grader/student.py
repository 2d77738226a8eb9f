"""The ``student`` of a test: the functions that a submission defines, and what is known of their calls.

A test is written once and runs in two places. Hidden suites run in the judge, where ``student`` talks to a sandbox;
public tests also run on a student's own machine, where ``student`` is a `LocalStudent` over the notebook's namespace.
Both follow the protocols below.
"""

from __future__ import annotations

import copy
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from grader.actions import act
from grader.arguments import changes, copied, is_generator, snapshot, unchanged
from grader.errors import StudentError, StudentMissing
from grader.expressions import At, Expression, answered_at
from grader.kinds import Held, made_here, type_name
from grader.libraries import in_graph
from grader.opened import opened
from grader.operators import bare
from grader.raising import error_of
from grader.recent import RECENT_CALLS
from grader.seeding import seed_of, seeded
from grader.tables import NotCarried, as_carried
from grader.traces import (
    Drawn,
    Form,
    Printed,
    Trace,
    Traceable,
    TraceableStudent,
    close_figures,
    traced,
)
from grader.wording import missing, no_value, not_called, not_checkable

__all__ = [
    "CELLS",
    "METHODS",
    "VALUES",
    "Call",
    "Kept",
    "LocalFunction",
    "LocalStudent",
    "Student",
    "StudentFunction",
    "answered",
    "any_kept",
    "changes",
    "copied",
    "is_generator",
    "snapshot",
    "unchanged",
]

CELLS = "__gradmark_cells__"
"""In a namespace of the course's own code: a function that gives what the cells of a question leave behind."""
METHODS = frozenset({"value", "expression", "printed", "drawn", "wrote"})
"""What ``student`` has besides the names that a submission defines."""
VALUES = "__gradmark_values__"
"""In a namespace of the course's own code: variables that a function of no arguments stands for."""


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
    trace: Trace | None = None
    """What is its value, if that is not what the function returned; ``type_name`` is of what it returned."""
    seed: int | None = None
    """Of the global random generators, if the call seeded them."""


class Kept(ABC):
    """An argument that stays where the student's code runs: each call that it is passed to gets this very object.

    If one call changes it, the next one sees that. Calls with such an argument are not recorded, since nobody can be
    sure what they were given.
    """

    @abstractmethod
    def unchanged(self) -> bool:
        """Whether it is still what it was, bit by bit, according to the process that holds it."""

    @abstractmethod
    def done(self, action: str, *operands: Any) -> Any:
        """What an action gives where it is, such as ``"parameters"`` of a module: see `grader.operators.act`."""


def any_kept(arguments: Iterable[Any], keywords: Mapping[str, Any]) -> bool:
    """Whether a call has an argument that is `Kept`."""
    return any(isinstance(argument, Kept) for argument in (*arguments, *keywords.values()))


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

    def printed(self, *arguments: Any, **keywords: Any) -> Printed:
        """What a call prints."""

    def drawn(self, *arguments: Any, **keywords: Any) -> Drawn:
        """The figures that a call draws."""

    def wrote(self, path: str, form: Form = "bytes") -> Callable[..., Any]:
        """A function that makes a call and gives what it wrote into a file."""

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        """Keep data for several calls of the submission's functions, in place of what was kept before."""

    def expression(self, *arguments: Any) -> Expression:
        """The expression that it returns for these arguments, for `grader.check_expression`."""

    def seeded(self, seed: int) -> StudentFunction:
        """The same function, each call of which begins with ``np.random.seed(seed)`` and ``random.seed(seed)``."""

    def __getattr__(self, name: str) -> Any:
        """An attribute or a class method of a class; those that have a name from above are in `Student.value`."""


class Student(Protocol):
    """The names a submission defined, as attributes."""

    def __getattr__(self, name: str) -> StudentFunction:
        """The function of that name; a missing name fails when it is called."""

    def value(self, name: str) -> Any:
        """The value of a global variable of the submission."""

    def expression(self, name: str) -> Expression:
        """The expression that a global variable or a function of the submission is, for `grader.check_expression`."""

    def printed(self, question: str) -> Printed:
        """What a question's cells printed."""

    def drawn(self, question: str) -> Drawn:
        """The figures that a question's cells drew."""

    def wrote(self, path: str, form: Form = "bytes") -> Any:
        """The content of a file that the notebook wrote."""


# Arguments before and after a call ---------------------------------------------------------------------------


class LocalKept(Kept):
    """An argument of functions in this process."""

    def __init__(self, value: Any) -> None:
        self._given = made_here(value)
        self.value = copied(self._given)

    def unchanged(self) -> bool:
        return unchanged(self._given, self.value)

    def done(self, action: str, *operands: Any) -> Any:
        return act(action, made_here(bare((self.value, *operands))))


def _given(argument: Any) -> Any:
    """What the function gets for an argument."""
    if isinstance(argument, LocalKept):
        return argument.value
    return made_here(copied(argument))


def _before(argument: Any) -> Any:
    """An argument as it is before the call, to compare with afterwards."""
    if isinstance(argument, LocalKept):
        return snapshot(argument.value)
    return snapshot(argument) if in_graph(argument) else made_here(argument)


def _each(
    of: Callable[[Any], Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return tuple(map(of, arguments)), {key: of(item) for key, item in keywords.items()}


def answered(name: str, value: Any) -> Any:
    """The value of a variable that a test asks for.

    Raises:
        StudentMissing: It is None, or a function, so that there is no answer yet.
    """
    if value is None:
        raise StudentMissing(no_value(name))
    kind = value._kind if isinstance(value, Held) else type_name(value)
    if kind in _FUNCTIONS:
        raise StudentMissing(not_called(name))
    return value


_FUNCTIONS = {"function", "builtin_function_or_method", "method"}


# In this process ---------------------------------------------------------------------------------------------


def _carried(name: str, value: Any) -> Any:
    """A value as it would come out of a sandbox, as far as tables are concerned."""
    try:
        return as_carried(value)
    except NotCarried as error:
        raise StudentError(not_checkable(name, type_name(value)), str(error)) from error


class LocalFunction(Traceable):
    """A function in a namespace of this process."""

    stopped = False
    remembered = True
    """Whether checks may call it once more."""
    apart = True
    """Whether a call that writes a file does so in a new folder."""
    seed: int | None = None

    def __init__(self, name: str, namespace: Mapping[str, Any], record: Callable[[Call], None] | None = None):
        self.name = name
        self._namespace = namespace
        self._record = record

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        return self.made(None, arguments, keywords)

    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        if self.name not in self._namespace:
            raise StudentMissing(missing(self.name))
        kept = any_kept(arguments, keywords)
        record = None if kept else self._record
        before, words_before = _each(_before, arguments, keywords)
        given, words = _each(_given, arguments, keywords)
        started = time.perf_counter()
        try:
            value, returned = self._traced(trace, given, words)
        except (Exception, SystemExit) as error:
            if record:
                kind = type(error).__name__
                none = Call(self.name, arguments, keywords, None, "", error=kind, trace=trace, seed=self.seed)
                record(none)
            raise error_of(self.name, error, self._namespace) from error
        seconds = time.perf_counter() - started
        changed = changes(before, words_before, given, words)
        value, kind = opened(value), type_name(returned)
        done = Call(
            self.name, arguments, keywords, value, kind, changed, seconds, trace=trace, seed=self.seed
        )
        if record:
            record(done)
        if self.remembered and not kept and trace is None:
            RECENT_CALLS.note(done, self._again)
        return done

    def _again(self, batch: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Any]:
        return [self._answer(*_each(_given, arguments, keywords)) for arguments, keywords in batch]

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        return [LocalKept(value) for value in values]

    def _traced(
        self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> tuple[Any, Any]:
        """A call's value, and what it returned."""
        if trace is not None:
            return traced(trace, lambda: self._answer(arguments, keywords), apart=self.apart)
        value = self._answer(arguments, keywords)
        close_figures()
        return value, value

    def _answer(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        with seeded(self.seed):
            found = self._namespace[self.name]
            if arguments and isinstance(arguments[-1], At):
                return answered_at(
                    found() if self.name in self._namespace.get(VALUES, ()) else found, arguments
                )
            return _carried(self.name, found(*arguments, **keywords))

    def expression(self, *arguments: Any) -> Expression:
        return Expression(self.name, self, arguments)

    def seeded(self, seed: int) -> Self:
        made = copy.copy(self)
        made.seed = seed_of(seed)
        return made

    def _own(self) -> Any:
        """The function or class itself."""
        if self.name not in self._namespace:
            raise StudentMissing(missing(self.name))
        return self._namespace[self.name]

    def itself(self) -> Any:
        """What stands for the class, for its class methods and attributes."""
        return self._own()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.itself(), name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.call(*arguments, **keywords).value

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [self.call(*arguments).value for arguments in batch]


class LocalStudent(TraceableStudent):
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
        if name in self._namespace.get(VALUES, ()):
            return self._function(name)()
        if name not in self._namespace:
            raise StudentMissing(missing(name))
        return answered(name, _carried(name, self._namespace[name]))

    def left(self, trace: Trace, question: str = "") -> Any:
        if CELLS in self._namespace:
            return self._namespace[CELLS](trace, question, self._namespace)
        return {"output": "", "figures": [], "file": {"state": "missing"}}[trace.kind]

    def expression(self, name: str) -> Expression:
        return Expression(name, self._function(name))
