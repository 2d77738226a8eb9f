"""What stands in a test for the functions, classes and objects of a submission, which stay in the sandbox.

A function becomes a call, with what it prints, what it changes in place and the exception that it raises. Of an object,
attributes and results are values like those of a function. What would leave the verdict to the object itself, such as a
comparison or its truth, ends the test: nobody can forge what is never asked.
"""

from __future__ import annotations

import builtins
import operator
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, Protocol

import numpy as np

from grader.sandbox.outside.adopted import Reference

__all__ = ["FUNCTIONS", "MOST_STEPS", "OPERATORS", "StandIn", "reference_of", "set_reference", "stand_in_for"]

MOST_STEPS = 200_000
"""Values that a test takes from one object of a submission."""
_BOTH_SIDES = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "matmul", "pow", "and_", "or_", "xor", "lshift", "rshift",
)  # fmt: skip
_IN_PLACE = ("iadd", "isub", "imul", "itruediv", "ior", "iand")
OPERATORS = frozenset({*_BOTH_SIDES, *_IN_PLACE, "neg", "pos", "abs", "invert"})
"""Operators whose result may be another object of the same class."""
FUNCTIONS = frozenset(
    {"function", "builtin_function_or_method", "method", "numpy.ufunc", "numpy._ArrayFunctionDispatcher"}
)
_ITERATORS: dict[str, type] = {"generator": types.GeneratorType} | {
    kind.__name__: kind for kind in (map, filter, zip, enumerate, reversed)
}
"""Python's own types that a test may ask for, of what it then reads value by value."""
_FORBIDDEN = frozenset(
    {"__reduce_ex__", "__reduce__", "__getstate__", "__setstate__", "__deepcopy__", "__copy__"}
)


class Asked(Protocol):
    """What asks the submission."""

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

    def leave_undecided(self, what: str) -> NoReturn:
        """End the test, which would leave its verdict to the submission."""


def stand_in_for(reference: Reference, asked: Asked) -> StandIn:
    """What a test gets for an object."""
    made = object.__new__(_StandInForClass if reference.kind == "type" else StandIn)
    for name, value in (("talk", asked), ("reference", reference), ("shown", "the object")):
        object.__setattr__(made, f"_gradmark_{name}", value)
    return made


def reference_of(value: Any) -> Reference | None:
    """The reference of what stands for an object; None for anything else."""
    if StandIn in type(value).__mro__:
        found: Reference = object.__getattribute__(value, "_gradmark_reference")
        return found
    return None


def set_reference(stand_in: Any, reference: Reference, shown: str) -> None:
    """Let it stand for this, which messages call so."""
    object.__setattr__(stand_in, "_gradmark_reference", reference)
    object.__setattr__(stand_in, "_gradmark_shown", shown)


def _of_library(name: str) -> type | None:
    """The judge's own class of that name, from a module of the course or a library whose objects do not cross.

    A submission that claims it for some other object could as well have made one.
    """
    module, _, name = name.rpartition(".")
    if not module or module.partition(".")[0] in _CROSSING:
        return None
    found = vars(sys.modules[module]).get(name) if module in sys.modules else None
    return found if isinstance(found, type) else None


_CROSSING = ("builtins", "numpy", "pandas", "datascience", "collections", "datetime", "decimal", "fractions")
"""Modules whose objects are here themselves; of any that is not, none of their classes is claimed."""


def _one(what: str) -> Callable[[Any], Any]:
    return lambda self: _do(self, what, self)


def _two(what: str) -> Callable[[Any, Any], Any]:
    return lambda self, other: _do(self, what, self, other)


def _right(what: str) -> Callable[[Any, Any], Any]:
    return lambda self, other: _do(self, what, other, self)


def _parts(stand_in: Any) -> tuple[Asked, Reference, str]:
    of = object.__getattribute__
    return (
        of(stand_in, "_gradmark_talk"),
        of(stand_in, "_gradmark_reference"),
        of(stand_in, "_gradmark_shown"),
    )


def _do(self: Any, what: str, *operands: Any) -> Any:
    """An operator: applied where the object is if that tells it nothing or the test made it, otherwise to its data.

    What a submission's own subtraction gives for an expected value would be a comparison that it decides. So what comes
    of an operation with a value is no number, and no further operator is applied to it.
    """
    talk, reference, shown = _parts(self)
    others = [one for one in operands[1:] if reference_of(one) is None] if what not in _HARMLESS else []
    is_object = reference.role == "object"
    if operands[0] is self and not reference.told and (is_object or not (reference.has_data or others)):
        found = talk.act(what, reference, shown, operands[1:])
        if not others:
            return found
        if (result := reference_of(found)) is None:
            talk.leave_undecided(f"an operation with `{shown}`")
        set_reference(found, replace(result, told=True), shown)
        return found
    if reference.has_data and not is_object:
        done = reversed if what == "reversed" else getattr(operator, what, None) or getattr(builtins, what)
        return done(*map(_data_of, operands))
    return talk.leave_undecided(f"an operation with `{shown}`")


_HARMLESS = frozenset(
    {"getitem", "delitem", "neg", "pos", "invert", "abs", "reversed", "float", "int", "complex"}
)
"""Operators that tell an object nothing that a test expects."""


def _data_of(value: Any) -> Any:
    reference = reference_of(value)
    return reference.stands_for if reference is not None and reference.has_data else value


def _compared(what: str) -> Callable[[Any, Any], Any]:
    compare = getattr(operator, what)

    def of_data(self: Any, other: Any) -> Any:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return compare(reference.stands_for, _data_of(other))
        return talk.leave_undecided(f"a comparison of `{shown}`")

    return of_data


class StandIn:
    """An object that stays in the sandbox."""

    __slots__ = ("_gradmark_reference", "_gradmark_shown", "_gradmark_talk")

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # what isinstance asks
        _, reference, _ = _parts(self)
        if reference.has_data:
            return type(reference.stands_for)
        if reference.kind in FUNCTIONS:
            return types.FunctionType
        return _ITERATORS.get(reference.kind) or _of_library(reference.kind) or StandIn

    def __getattribute__(self, name: str) -> Any:
        talk, reference, shown = _parts(self)
        if name == "__array__" and reference.has_data:
            return object.__getattribute__(self, name)
        if name.startswith("__array_") or name in _FORBIDDEN:
            raise AttributeError(name)
        if name == "__bases__" and reference.kind != "type":  # what isinstance asks of what is no class
            raise AttributeError(name)
        if name in _OWN:
            return object.__getattribute__(self, name)
        data = type(reference.stands_for)
        if reference.has_data and reference.role != "object" and data is not tuple and hasattr(data, name):
            return getattr(reference.stands_for, name)
        return talk.act("attribute", reference, f"{shown}.{name}", name=name)

    def __setattr__(self, name: str, value: Any) -> None:
        talk, reference, shown = _parts(self)
        talk.act("setattr", reference, f"{shown}.{name}", (name, value))

    def __delattr__(self, name: str) -> None:
        talk, reference, shown = _parts(self)
        talk.act("delattr", reference, f"{shown}.{name}", (name,))

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        talk, reference, shown = _parts(self)
        return talk.act("call", reference, shown, arguments, keywords)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return np.array(reference.stands_for, dtype=dtype)
        return talk.leave_undecided(f"`{shown}` as an array")

    def __iter__(self) -> Iterator[Any]:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            yield from reference.stands_for
            return
        iterator = talk.act("iter", reference, shown)
        inner = reference_of(iterator)
        if inner is None:
            yield from iterator
            return
        for _ in range(MOST_STEPS):
            more = talk.act("next", inner, shown)
            if type(more) is not tuple or len(more) != 2 or more[0] is not True:
                return
            yield more[1]
        talk.leave_undecided(f"more than {MOST_STEPS:,} values of `{shown}`")

    def __next__(self) -> Any:
        talk, reference, shown = _parts(self)
        more = talk.act("next", reference, shown)
        if type(more) is not tuple or len(more) != 2 or more[0] is not True:
            raise StopIteration
        return more[1]

    def __dir__(self) -> list[str]:
        talk, reference, shown = _parts(self)
        found = talk.act("attributes", reference, shown)
        return [name for name in found if type(name) is str] if type(found) is list else []

    def __len__(self) -> int:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return len(reference.stands_for)
        found = talk.act("len", reference, shown)
        return (
            found
            if type(found) is int and 0 <= found <= sys.maxsize
            else talk.leave_undecided(f"the length of `{shown}`")
        )

    def __bool__(self) -> bool:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return bool(reference.stands_for)
        if reference.kind in FUNCTIONS or reference.kind == "type":
            return True
        return talk.leave_undecided(f"the truth of `{shown}`")

    def __contains__(self, part: Any) -> bool:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return part in reference.stands_for
        return talk.leave_undecided(f"what is in `{shown}`")

    def __hash__(self) -> int:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return hash(reference.stands_for)
        if reference.kind in FUNCTIONS or reference.kind == "type":
            return hash((reference.generation, reference.number))
        return talk.leave_undecided(f"whether `{shown}` is the same as another object")

    def __str__(self) -> str:
        return self._text("str")

    def __repr__(self) -> str:
        return self._text("repr")

    def _text(self, what: str) -> str:
        raise NotImplementedError

    def __format__(self, form: str) -> str:
        _, reference, _ = _parts(self)
        return format(reference.stands_for, form) if reference.has_data else format(str(self), form)

    def __enter__(self) -> Any:
        talk, reference, shown = _parts(self)
        return talk.act("enter", reference, shown)

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        talk, reference, shown = _parts(self)
        talk.act("leave", reference, shown, (kind.__name__,) if kind else ())

    __eq__, __ne__ = _compared("eq"), _compared("ne")
    __lt__, __le__, __gt__, __ge__ = (_compared(name) for name in ("lt", "le", "gt", "ge"))
    __getitem__, __delitem__ = _two("getitem"), _two("delitem")
    __neg__, __pos__, __invert__, __abs__, __reversed__ = map(
        _one, ("neg", "pos", "invert", "abs", "reversed")
    )
    __float__, __int__, __complex__ = _one("float"), _one("int"), _one("complex")

    def __index__(self) -> int:
        _, reference, _ = _parts(self)
        if reference.has_data and isinstance(reference.stands_for, int):
            return int(reference.stands_for)
        raise TypeError("an object cannot be interpreted as an integer")

    def __round__(self, digits: int | None = None) -> Any:
        talk, reference, shown = _parts(self)
        if reference.has_data:
            return round(reference.stands_for, digits)
        return talk.leave_undecided(f"`{shown}`, rounded")

    def __setitem__(self, key: Any, value: Any) -> None:
        talk, reference, shown = _parts(self)
        if reference.has_data and reference.role != "object":
            reference.stands_for[key] = value
        else:
            talk.act("setitem", reference, shown, (key, value))

    def __mro_entries__(self, _: Any) -> NoReturn:
        talk, _, shown = _parts(self)
        talk.leave_undecided(f"a class that derives from `{shown}`")


def _said(what: str) -> Callable[[Any], str]:
    def text(self: Any) -> str:
        talk, reference, shown = _parts(self)
        found = talk.act(what, reference, shown)
        return found if type(found) is str else talk.leave_undecided(f"the text of `{shown}`")

    return text


for _name in _BOTH_SIDES:
    setattr(StandIn, f"__{_name.rstrip('_')}__", _two(_name))
    setattr(StandIn, f"__r{_name.rstrip('_')}__", _right(_name))
for _name in _IN_PLACE:
    setattr(StandIn, f"__{_name}__", _two(_name))
for _name in ("str", "repr"):
    setattr(StandIn, f"__{_name}__", _said(_name))
del StandIn._text


class _StandInForClass(StandIn):
    """A class of the submission's.

    Whether something is an instance of it, the submission says: whoever lies could as well have made it one.
    """

    __slots__ = ()

    def __instancecheck__(self, value: Any) -> bool:
        talk, reference, shown = _parts(self)
        return (
            reference_of(value) is not None and talk.act("has_instance", reference, shown, (value,)) is True
        )

    def __subclasscheck__(self, kind: Any) -> bool:
        talk, reference, shown = _parts(self)
        return reference_of(kind) is not None and talk.act("has_subclass", reference, shown, (kind,)) is True


_OWN = frozenset(
    name
    for name in (*vars(StandIn), *vars(_StandInForClass))
    if name.startswith("__") and name.endswith("__")
) - {"__doc__", "__module__", "__slots__", "__array__"}
"""What a test asks of Python, also where it does so by name, as in ``x.__eq__(y)``."""
