"""Objects of a submission as a test holds them, with a note of everything that is done with them.

An object stays where its class is: in the sandbox, where a test has a handle on it, or in this process for the course's
own code. Both are wrapped in an `ObservedObject`, which notes each operator, each attribute that is read and each call
as a `Call` of the function or class that the object came from. From these notes, the same can be done again with
objects of another class.

A class itself can be asked for as well, for its class methods: that is noted as a call that gave the class.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.errors import StudentFault
from grader.kinds import Held, exchanged, known_type, made_here, type_name
from grader.libraries import is_module
from grader.operators import Operators, bare, done_to
from grader.student import Call, LocalFunction, LocalStudent, copied

__all__ = ["ITSELF", "UNANSWERED", "ObservedFunction", "ObservedObject", "ObservedStudent", "Observer"]

UNANSWERED = "no answer"
"""The error of a recorded call that neither returned nor raised a known exception: a timeout, a missing name."""

ITSELF = "itself"
"""In place of what was done with an object: the class was asked for, and not called."""


@dataclass(frozen=True)
class Observer:
    """How objects are told from data, and where to note what is done with them."""

    function: str
    """The student's function or class that they come from."""
    record: Callable[[Call], None]
    is_object: Callable[[Any], bool]
    copies: bool
    """Whether calls get copies of their arguments, as they do in the sandbox anyway."""

    def held(self, value: Any) -> Any:
        """The value with every object in it wrapped in an `ObservedObject`; the value itself if it has none."""
        return exchanged(value, lambda part: ObservedObject(part, self) if self.is_object(part) else part)


class ObservedObject(Operators, Held):
    """An object and the notes on it."""

    def __init__(self, inner: Any, watch: Observer) -> None:
        self._inner = inner
        self._watch = watch
        if isinstance(inner, Held):
            self._kind, self._stands_for, self._origin = inner._kind, inner._stands_for, inner._origin
            self._live = getattr(inner, "_live", False)
        else:
            self._kind, self._origin = known_type(type_name(inner)), watch.function

    def __format__(self, how: str) -> str:
        return format(f"<an object of {self._watch.function}>", how)  # in our own sentences

    def __deepcopy__(self, memo: dict[int, Any]) -> ObservedObject:
        return self  # it stands for the one object, as a handle does

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._note(f".{name}", lambda inner: getattr(inner, name), self)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        given = made_here(bare(copied(keywords))) if self._watch.copies else bare(keywords)
        return self._note("()", lambda inner, *rest: inner(*rest, **given), self, *arguments, **keywords)

    def _operate(self, name: str, *operands: Any) -> Any:
        return self._note(name, lambda *given: done_to(name, given), *operands)

    def _note(self, on: str, act: Callable[..., Any], *operands: Any, **keywords: Any) -> Any:
        watch, value = self._watch, None
        error: str | None = UNANSWERED
        try:
            given = made_here(bare(copied(operands))) if watch.copies else bare(operands)
            value, error = watch.held(bare(act(*given))), None
        except StudentFault as fault:
            error = "TypeError" if isinstance(fault, TypeError) else UNANSWERED
            error = fault.raised.name if fault.raised else error
            raise
        except Exception as raised:
            error = type(raised).__name__
            raise
        finally:
            watch.record(Call(watch.function, operands, keywords, value, "", error=error, on=on))
        return value


# In this process ---------------------------------------------------------------------------------------------


class ObservedFunction(LocalFunction):
    """A function or class in a namespace of this process, whose objects are observed."""

    def __init__(self, name: str, namespace: Mapping[str, Any], record: Callable[[Call], None]) -> None:
        super().__init__(name, namespace, record)
        module, made = namespace.get("__name__"), namespace.get(name)

        def is_object(value: Any) -> bool:
            if is_module(value) or (isinstance(made, type) and (value is made or isinstance(value, made))):
                return True
            if isinstance(value, types.FunctionType | types.MethodType | Iterator):
                return not isinstance(value, Held)
            return type(value).__module__ == module and not isinstance(value, tuple | list | dict)

        self._watch = Observer(name, record, is_object, copies=True)

    def _answer(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return self._watch.held(super()._answer(made_here(bare(arguments)), made_here(bare(keywords))))

    def itself(self) -> Any:
        """The class, which is observed like an object."""
        value = self._watch.held(self._own())
        self._watch.record(Call(self.name, (), {}, value, "", on=ITSELF))
        return value


class ObservedStudent(LocalStudent):
    """The functions of a namespace in this process, with a note of what is done with the objects they make."""

    def __init__(self, namespace: Mapping[str, Any], record: Callable[[Call], None]) -> None:
        super().__init__(namespace, record)
        self._noted = record

    def _function(self, name: str) -> LocalFunction:
        return ObservedFunction(name, self._namespace, self._noted)

    def value(self, name: str) -> Any:
        if isinstance(self._namespace.get(name), type):
            return ObservedFunction(name, self._namespace, self._noted).itself()
        return super().value(name)
