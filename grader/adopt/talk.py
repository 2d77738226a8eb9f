"""What the tests of one submission ask of it, and how they see what it answers.

A call comes back with what it printed, what it changed in place and the exception that it raised. What would leave the
verdict to the submission itself ends the test.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from grader.adopt.inplace import changed_in_place, may_change
from grader.adopt.seeds import SEEDED
from grader.adopt.standins import FUNCTIONS, OPERATORS, StandIn, reference_of, set_reference, stand_in_for
from grader.errors import CourseError, StudentFault
from grader.sandbox.outside.adopted import AdoptedSession, GlobalName, Observed, Reference, Role

__all__ = ["Stopped", "Talk", "Undecided"]

MOST_PRINTED = 200_000
"""Characters of what one call printed."""


class Stopped(BaseException):
    """Ends a test whose submission gave no answer; ``except Exception`` does not catch it."""

    def __init__(self, fault: StudentFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Undecided(BaseException):
    """Ends a test that would leave its verdict to the submission, or asks what cannot be asked outside."""


class Talk:
    """One submission as its tests see it.

    Args:
        classes: Those that the author asks for. Of the objects that a test makes from them, it wants to know what they
            do; any other object stands where a value was asked for, and its word counts for nothing.
    """

    def __init__(self, classes: Collection[str] = ()) -> None:
        self._classes = classes
        self._asking: Callable[[Reference], Reference] | None = None
        self.session: AdoptedSession | None = None
        self.raised: StudentFault | None = None
        """The last exception that the submission raised in the present test."""
        self._said = ""
        self.fault: StudentFault | None = None
        """Why the submission gave no answer, if that is how the present test ended."""
        self._globals: dict[int, tuple[int, str, Any]] = {}
        self.undecided = ""
        """What the present test would have left to the submission."""
        self.acts = 0
        """How often something was done, which may have changed any value."""

    def begin(self) -> None:
        """Another test begins."""
        self.fault = self.raised = None
        self.undecided = ""
        self.acts += 1
        self._globals.clear()

    def hold(self, reference: Reference) -> StandIn:
        """What a test gets for an object."""
        if self._asking is not None:
            reference = self._asking(reference)
        changes = type(reference.stands_for) in (list, dict, np.ndarray)
        if reference.role == "object" and changes:  # its methods change it
            reference = replace(reference, stands_for=None, has_data=False)
        return stand_in_for(reference, self)

    def fetch(self, names: Sequence[str]) -> dict[str, Any]:
        """The values that global names have."""
        assert self.session is not None
        with self._answering():
            found = self.session.fetch(names)
        for name, value in found.items():
            reference = reference_of(value)
            if reference is not None:
                role: Role = "class" if name in self._classes else ""
                set_reference(value, replace(reference, role=role), name)
            elif may_change(value):
                self._globals[id(value)] = (self.acts, name, value)
        return found

    def _passed(self, value: Any) -> Any:
        """What goes into the sandbox for an argument: the name of a global that the test has just been given."""
        acts, name, known = self._globals.get(id(value), (-1, "", None))
        return GlobalName(name) if known is value and acts == self.acts else value

    def act(
        self,
        what: str,
        target: Reference,
        shown: str,
        arguments: Sequence[Any] = (),
        keywords: Mapping[str, Any] | None = None,
        name: str = "",
    ) -> Any:
        """Do something, and let the test see all that it did."""
        assert self.session is not None
        given = dict(keywords or {})
        sent = [self._passed(value) for value in arguments]
        words = {key: self._passed(value) for key, value in given.items()}
        self.acts += 1
        with self._answering(lambda found: _as_result(found, what, target)):
            seen = self.session.act(
                what, target, shown=shown, name=name, arguments=sent, keywords=words, random=SEEDED.state()
            )  # fmt: skip
        sys.stdout.write(seen.printed[:MOST_PRINTED])
        sys.stderr.write(seen.errors[:MOST_PRINTED])
        for key, now in seen.after.items():
            changed_in_place(given[key] if key in given else arguments[int(key)], now)
        if seen.error is not None:
            self.raised = seen.error
            error = _exception(seen)
            self._said = "".join(traceback.format_exception_only(type(error), error)).partition("\n")[0]
            raise error
        says = what == "attribute" if target.role == "" else what == "call" and target.role == "part"
        if (says or (what == "attribute" and target.role == "part")) and type(seen.value) in (bool, np.bool_):
            self.leave_undecided(f"what `{shown}` says of itself")
        if (result := reference_of(seen.value)) is not None:
            set_reference(seen.value, result, f"{shown}(...)" if what == "call" else shown)
        return seen.value

    @contextlib.contextmanager
    def _answering(self, as_result: Callable[[Reference], Reference] = lambda found: found) -> Iterator[None]:
        if self._asking is not None:
            self.leave_undecided("a question to the submission from a function that it calls back")
        self._asking = as_result
        try:
            yield
        except StudentFault as fault:
            self.fault = self.fault or fault
            raise Stopped(fault) from None
        except CourseError as error:
            self.leave_undecided(str(error))
        finally:
            self._asking = None

    def ended(self, output: str) -> StudentFault | None:
        """The submission's exception that ended the present test, by what it printed; one that it caught did not."""
        return self.raised if self._said and self._said in output else None

    def leave_undecided(self, what: str) -> NoReturn:
        """End the test, which would leave its verdict to the submission."""
        self.undecided = self.undecided or what
        raise Undecided(what)


def _as_result(found: Reference, what: str, target: Reference) -> Reference:
    """An object that came of something done to another."""
    method = found.kind in FUNCTIONS
    role: Role = "part"
    match target.role, what:
        case ("class", "call") | ("object", "enter"):
            role = "object"
        case "class", "attribute" if method:  # such as a constructor by another name
            role = "class"
        case "object", "attribute" if method:
            role = "method"
        case "object", name if name in OPERATORS:
            role = "object"
        case ("method" | "", "call"):
            role = ""
    return replace(found, role=role, told=target.told)


def _exception(seen: Observed) -> Exception:
    """The exception of a call, as the builtin or library class that it was or derives from."""
    base = next((kind for kind in map(_exception_class, (seen.exception, *seen.bases)) if kind), Exception)
    if issubclass(
        base, StopIteration | StopAsyncIteration
    ):  # which would end a loop of the test's, such as map's
        base = RuntimeError
    name = seen.exception if seen.exception.isidentifier() and len(seen.exception) <= 100 else base.__name__
    said = seen.message
    parts = {"__str__": lambda _: said, "__module__": "builtins"}
    made: Any = type(name, (base,), parts)
    try:
        error: Exception = made.__new__(made, said)
    except TypeError:  # a group of exceptions is not made of a text
        made = type(name, (Exception,), parts)
        error = made(said)
    error.args = (said,)
    return error


def _exception_class(name: str) -> type[Exception] | None:
    kind = getattr(builtins, name, None) or getattr(np.linalg, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None
