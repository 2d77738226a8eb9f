"""What stands in a test for the functions, classes and objects of a submission, which stay in the sandbox.

A function becomes a call, with what it prints, what it changes in place and the exception that it raises. Of an object,
attributes and results are values like those of a function. What would leave the verdict to the object itself, such as a
comparison or its truth, ends the test: nobody can forge what is never asked.
"""

from __future__ import annotations

import builtins
import contextlib
import operator
import sys
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from grader.adopt.inplace import changed_in_place, may_change
from grader.adopt.seeds import SEEDED
from grader.errors import CourseError, StudentFault
from grader.sandbox.outside.adopted import AdoptedSession, GlobalName, Observed, Reference

__all__ = ["MOST_STEPS", "StandIn", "Stopped", "Talk", "Undecided"]

MOST_STEPS = 200_000
"""Values that a test takes from one object of a submission."""
MOST_PRINTED = 200_000
"""Characters of what one call printed."""
_FUNCTIONS = frozenset(
    {"function", "builtin_function_or_method", "method", "numpy.ufunc", "numpy._ArrayFunctionDispatcher"}
)
_ITERATORS: dict[str, type] = {"generator": types.GeneratorType} | {
    kind.__name__: kind for kind in (map, filter, zip, enumerate, reversed)
}
"""Python's own types that a test may ask for, of what it then reads value by value."""
_FORBIDDEN = frozenset(
    {"__reduce_ex__", "__reduce__", "__getstate__", "__setstate__", "__deepcopy__", "__copy__"}
)


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
        self._made = self._part = False
        self._asking = False
        self.session: AdoptedSession | None = None
        self.raised: StudentFault | None = None
        """The last exception that the submission raised in the present test."""
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
        reference = replace(reference, made=self._made, part=self._part)
        changes = type(reference.stands_for) in (list, dict, np.ndarray)
        if reference.made and changes:  # its methods change it
            reference = replace(reference, stands_for=None, has_data=False)
        kind = _StandInForClass if reference.kind == "type" else StandIn
        made = object.__new__(kind)
        for name, value in (("_talk", self), ("_reference", reference), ("_shown", "the object")):
            object.__setattr__(made, f"_gradmark{name}", value)
        return made

    @staticmethod
    def refer(value: Any) -> Reference | None:
        """The reference of what `hold` made."""
        if StandIn in type(value).__mro__:
            found: Reference = object.__getattribute__(value, "_gradmark_reference")
            return found
        return None

    def fetch(self, names: Sequence[str]) -> dict[str, Any]:
        """The values that global names have."""
        assert self.session is not None
        with self._answering():
            found = self.session.fetch(names)
        for name, value in found.items():
            reference = self.refer(value)
            if reference is not None:
                object.__setattr__(value, "_gradmark_shown", name)
                if name in self._classes:
                    object.__setattr__(value, "_gradmark_reference", replace(reference, made=True))
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
        part = not target.made and (what != "call" or target.part)
        with self._answering(made=target.made, part=part):
            seen = self.session.act(
                what, target, shown=shown, name=name, arguments=sent, keywords=words, random=SEEDED.state()
            )  # fmt: skip
        sys.stdout.write(seen.printed[:MOST_PRINTED])
        sys.stderr.write(seen.errors[:MOST_PRINTED])
        for key, now in seen.after.items():
            changed_in_place(given[key] if key in given else arguments[int(key)], now)
        if seen.error is not None:
            self.raised = seen.error
            raise _exception(seen)
        if part and what in ("attribute", "call") and type(seen.value) in (bool, np.bool_):
            self.leave_undecided(f"what `{shown}` says of itself")
        if self.refer(seen.value) is not None:
            object.__setattr__(seen.value, "_gradmark_shown", f"{shown}(...)" if what == "call" else shown)
        return seen.value

    @contextlib.contextmanager
    def _answering(self, *, made: bool = False, part: bool = False) -> Iterator[None]:
        if self._asking:
            self.leave_undecided("a question to the submission from a function that it calls back")
        self._asking, self._made, self._part = True, made, part
        try:
            yield
        except StudentFault as fault:
            self.fault = self.fault or fault
            raise Stopped(fault) from None
        except CourseError as error:
            self.leave_undecided(str(error))
        finally:
            self._asking = self._made = self._part = False

    def leave_undecided(self, what: str) -> NoReturn:
        """End the test, which would leave its verdict to the submission."""
        self.undecided = self.undecided or what
        raise Undecided(what)


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


def _parts(stand_in: Any) -> tuple[Talk, Reference, str]:
    of = object.__getattribute__
    return (
        of(stand_in, "_gradmark_talk"),
        of(stand_in, "_gradmark_reference"),
        of(stand_in, "_gradmark_shown"),
    )


def _do(self: Any, what: str, *operands: Any) -> Any:
    """An operator: applied where the object is if the test made that, otherwise to the object's data.

    What a submission's own subtraction gives for an expected value would be a comparison that it decides.
    """
    talk, reference, shown = _parts(self)
    if operands[0] is self and (reference.made or (not reference.has_data and what in _HARMLESS)):
        return talk.act(what, reference, shown, operands[1:])
    if reference.has_data:
        done = reversed if what == "reversed" else getattr(operator, what, None) or getattr(builtins, what)
        return done(*map(_data_of, operands))
    return talk.leave_undecided(f"an operation with `{shown}`")


_HARMLESS = frozenset(
    {"getitem", "delitem", "neg", "pos", "invert", "abs", "reversed", "float", "int", "complex"}
)
"""Operators that tell an object nothing that a test expects."""


def _data_of(value: Any) -> Any:
    reference = Talk.refer(value)
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
        if reference.kind in _FUNCTIONS:
            return types.FunctionType
        return _ITERATORS.get(reference.kind) or _of_library(reference.kind) or StandIn

    def __getattribute__(self, name: str) -> Any:
        talk, reference, shown = _parts(self)
        if name == "__array__" and reference.has_data:
            return object.__getattribute__(self, name)
        if name.startswith("__array_") or name in _FORBIDDEN:
            raise AttributeError(name)
        if name in _OWN:
            return object.__getattribute__(self, name)
        data = type(reference.stands_for)
        if reference.has_data and not reference.made and data is not tuple and hasattr(data, name):
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
        inner = Talk.refer(iterator)
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
        if reference.kind in _FUNCTIONS or reference.kind == "type":
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
        if reference.kind in _FUNCTIONS or reference.kind == "type":
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
        if reference.has_data and not reference.made:
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


for _name in (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "matmul",
    "pow",
    "and_",
    "or_",
    "xor",
    "lshift",
    "rshift",
):
    setattr(StandIn, f"__{_name.rstrip('_')}__", _two(_name))
    setattr(StandIn, f"__r{_name.rstrip('_')}__", _right(_name))
for _name in ("iadd", "isub", "imul", "itruediv", "ior", "iand"):
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
        return Talk.refer(value) is not None and talk.act("has_instance", reference, shown, (value,)) is True

    def __subclasscheck__(self, kind: Any) -> bool:
        talk, reference, shown = _parts(self)
        return Talk.refer(kind) is not None and talk.act("has_subclass", reference, shown, (kind,)) is True


_OWN = frozenset(
    name
    for name in (*vars(StandIn), *vars(_StandInForClass))
    if name.startswith("__") and name.endswith("__")
) - {"__doc__", "__module__", "__slots__", "__array__"}
"""What a test asks of Python, also where it does so by name, as in ``x.__eq__(y)``."""
