"""Objects of a submission as a test holds them, with a note of everything that is done with them.

An object stays where its class is: in the sandbox, where a test has a handle on it, or in this process for the course's
own code. Both are wrapped in an `ObservedObject`, which notes each operator, each attribute that is read and each call
as a `Call` of the function or class that the object came from. From these notes, the same can be done again with
objects of another class.
"""

from __future__ import annotations

import copy
import operator
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grader.kinds import Held
from grader.operators import Operators, bare, exchanged
from grader.student import Call, LocalFunction, LocalStudent

__all__ = ["UNANSWERED", "ObservedFunction", "ObservedObject", "ObservedStudent", "Observer"]

UNANSWERED = "no answer"
"""The error of a recorded call that neither returned nor raised a known exception: a timeout, a missing name."""


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
            self._kind, self._stands_for = inner._kind, inner._stands_for

    def __repr__(self) -> str:
        return f"<an object of {self._watch.function}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> ObservedObject:
        return self  # it stands for the one object, as a handle does

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._note(f".{name}", lambda inner: getattr(inner, name), self)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        given = copy.deepcopy(keywords) if self._watch.copies else keywords
        return self._note(
            "()", lambda inner, *rest: inner(*rest, **bare(given)), self, *arguments, **keywords
        )

    def _operate(self, name: str, *operands: Any) -> Any:
        return self._note(name, getattr(operator, name), *operands)

    def _note(self, on: str, act: Callable[..., Any], *operands: Any, **keywords: Any) -> Any:
        watch, value, error = self._watch, None, UNANSWERED
        given = copy.deepcopy(operands) if watch.copies else operands
        try:
            value, error = watch.held(act(*bare(given))), ""
        finally:
            watch.record(Call(watch.function, operands, keywords, value, "", error=error or None, on=on))
        return value


# In this process ---------------------------------------------------------------------------------------------


class ObservedFunction(LocalFunction):
    """A function or class in a namespace of this process, whose objects are observed."""

    def __init__(self, name: str, namespace: Mapping[str, Any], record: Callable[[Call], None]) -> None:
        super().__init__(name, namespace, record)
        module = namespace.get("__name__")

        def is_object(value: Any) -> bool:
            if isinstance(value, types.FunctionType | types.MethodType):
                return True
            return type(value).__module__ == module and not isinstance(value, tuple | list | dict)

        self._watch = Observer(name, record, is_object, copies=True)

    def _answer(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return self._watch.held(super()._answer(bare(arguments), bare(keywords)))


class ObservedStudent(LocalStudent):
    """The functions of a namespace in this process, with a note of what is done with the objects they make."""

    def __init__(self, namespace: Mapping[str, Any], record: Callable[[Call], None]) -> None:
        super().__init__(namespace, record)
        self._noted = record

    def _function(self, name: str) -> LocalFunction:
        return ObservedFunction(name, self._namespace, self._noted)
