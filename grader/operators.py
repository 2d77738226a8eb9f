"""What stands for an object of a submission: the operators that it has, and its place within data.

A test's operators are passed on to where the object is. What comes back is what the student's code gave: a value to be
judged, never a verdict. So a comparison of objects gives a `Said`, which a check takes as a value and Python not as a
truth value; a length must be a whole number; an iteration has an end; and nothing that a context manager says
silences a test.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from grader.actions import act, weight_of
from grader.errors import CheckFailed, GradmarkError, StudentError, StudentFault
from grader.kinds import ITERATORS, NOTHING, Held, exchanged, plain

__all__ = [
    "MOST_VALUES", "Operators", "Originated", "Said", "as_expected", "bare", "done_to",
]  # fmt: skip

MOST_VALUES = 20_000
"""That a test takes from one iterator."""
MOST_WEIGHT = 64 << 20
"""Bytes of texts, lists and numbers that it takes."""


def _both(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    """An operator of two operands, and the same for the one on the right."""
    return (
        lambda self, other: self._do(name, self, other),
        lambda self, other: self._do(name, other, self),
    )


def _one(name: str) -> Callable[[Any], Any]:
    return lambda self: self._do(name, self)


_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_UFUNCS = {
    "add": "add", "subtract": "sub", "multiply": "mul", "divide": "truediv", "floor_divide": "floordiv",
    "remainder": "mod", "power": "pow", "matmul": "matmul", "negative": "neg", "positive": "pos", "absolute": "abs",
    "bitwise_and": "and_", "bitwise_or": "or_", "bitwise_xor": "xor", "invert": "invert", "equal": "eq",
    "not_equal": "ne", "less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge",
}  # fmt: skip
"""numpy's functions that are operators, which an array on the left asks for."""
_READ = ITERATORS | {"set", "frozenset", "set_iterator"}
"""Types of Python's own whose values can be read one by one, whatever function they come from."""
_OF_MODULES = ("parameters", "set_parameters", "gradients", "shapes")
"""Also done to a module that a function has put together from a library's parts: what comes back is data."""


# What stands for an object -----------------------------------------------------------------------------------


class Said(Held):
    """What an object of a submission answered to a comparison: a value like any other, but no verdict.

    ``check_close(a == b, True)`` asks for it as an answer. ``assert a == b`` would leave the verdict to the submission.
    """

    def __init__(self, value: Any, sign: str) -> None:
        self._stands_for, self._sign = value, sign
        self._kind = value._kind if isinstance(value, Held) else type(value).__name__

    def __repr__(self) -> str:
        return f"<what your object says to `{self._sign}`>"

    def _no_verdict(self, *_: Any, **__: Any) -> NoReturn:
        raise StudentError(
            f"an object of your own is compared by `{self._sign}`, but a number or an array was expected"
        )

    __bool__ = __array__ = __eq__ = __ne__ = __invert__ = __and__ = __or__ = _no_verdict
    __rand__ = __ror__ = __int__ = __float__ = __index__ = _no_verdict
    __array_ufunc__ = None
    __hash__ = object.__hash__


class Operators:
    """Passes each operator on to `_operate`, by its name as `act` knows it, with the operands in their order."""

    _inner: Any
    """The object itself, where it is in this process."""
    _stands_for: Any
    _live = False
    """Whether operators are the object's own, although it stands for a plain value."""

    def _operate(self, name: str, *operands: Any) -> Any:
        """Do something where the object is; raises StudentFault where that gives nothing."""
        raise NotImplementedError

    def _is_data(self) -> bool:
        return not self._live and getattr(self, "_stands_for", NOTHING) is not NOTHING

    def _do(self, name: str, *operands: Any) -> Any:
        """The same; what stands for a plain value is that value."""
        operands = tuple(part._stands_for if isinstance(part, Said) else part for part in operands)
        if not self._is_data():
            return self._operate(name, *operands)
        return act(name, [plain(operand) for operand in operands])

    __add__, __radd__ = _both("add")
    __sub__, __rsub__ = _both("sub")
    __mul__, __rmul__ = _both("mul")
    __truediv__, __rtruediv__ = _both("truediv")
    __floordiv__, __rfloordiv__ = _both("floordiv")
    __mod__, __rmod__ = _both("mod")
    __matmul__, __rmatmul__ = _both("matmul")
    __pow__, __rpow__ = _both("pow")
    __and__, __rand__ = _both("and_")
    __or__, __ror__ = _both("or_")
    __xor__, __rxor__ = _both("xor")
    __lshift__, __rlshift__ = _both("lshift")
    __rshift__, __rrshift__ = _both("rshift")
    __iadd__, __isub__, __imul__, __itruediv__, __ior__, __iand__ = (
        _both(name)[0] for name in ("iadd", "isub", "imul", "itruediv", "ior", "iand")
    )
    __getitem__ = _both("getitem")[0]
    __neg__, __pos__, __abs__, __invert__ = map(_one, ("neg", "pos", "abs", "invert"))

    def __setitem__(self, key: Any, value: Any) -> None:
        self._do("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._do("delitem", self, key)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            self._operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._operate("delattr", self, name)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **named: Any) -> Any:
        """An operator with an array on the left is the object's own as well, and not one for each entry."""
        held = [part for part in inputs if isinstance(part, Operators)]
        if all(part._is_data() for part in held):
            return getattr(ufunc, method)(*map(plain, inputs), **named)
        name = _UFUNCS.get(ufunc.__name__) if method == "__call__" and not named else None
        if name is None:
            raise StudentError("an object of your own was returned, but a number or an array was expected")
        return self._said(name, *inputs) if name in _SIGNS else self._do(name, *inputs)

    # Comparisons: values that the submission gave.

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> Any:
        return self._said("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return self._said("ne", self, other)

    def __lt__(self, other: Any) -> Any:
        return self._said("lt", self, other)

    def __le__(self, other: Any) -> Any:
        return self._said("le", self, other)

    def __gt__(self, other: Any) -> Any:
        return self._said("gt", self, other)

    def __ge__(self, other: Any) -> Any:
        return self._said("ge", self, other)

    def _said(self, name: str, *operands: Any) -> Any:
        found = self._do(name, *operands)
        if self._is_data():
            return found
        return Said(found._stands_for if isinstance(found, Said) else found, _SIGNS[name])

    # What Python itself expects of an answer: a length is a whole number, an end is an end.

    def __bool__(self) -> bool:
        if self._is_data():
            return bool(self._stands_for)
        raise StudentError(
            "an object of your own was returned, but a number, an array or a truth value was expected"
        )

    def __len__(self) -> int:
        found = plain(self._do("len", self))
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= sys.maxsize:
            raise StudentError("`len` of your object gives no whole number")
        return int(found)

    def __iter__(self) -> Iterator[Any]:
        if self._is_data():
            return iter(self._stands_for)
        return self._values(self._do("iter", self))

    def __reversed__(self) -> Iterator[Any]:
        if self._is_data():
            return reversed(self._stands_for)
        return self._values(self._do("reversed", self))

    def _values(self, iterator: Any) -> Iterator[Any]:
        weight = 0
        for _ in range(MOST_VALUES):
            there, value = self._taken(iterator)
            if not there:
                return
            weight += weight_of(value)
            if weight > MOST_WEIGHT:
                raise StudentError("iterating over your object gives more than a test can hold")
            yield value
        raise StudentError(f"iterating over your object has not ended after {MOST_VALUES:,} values")

    def __next__(self) -> Any:
        there, value = self._taken(self)
        if not there:
            raise StopIteration
        return value

    def _taken(self, iterator: Any) -> tuple[bool, Any]:
        """Whether an iterator gave another value, and the value."""
        found = self._operate("next", iterator)
        if not (isinstance(found, tuple) and len(found) == 2 and isinstance(found[0], bool)):
            raise StudentError("iterating over your object gives something that cannot be read")
        return found

    def __contains__(self, wanted: Any) -> bool:
        return self._truth(self._do("contains", self, wanted))

    def _truth(self, found: Any) -> bool:
        found = plain(found)
        if not isinstance(found, bool):
            raise StudentError("`in` your object gives no truth value")
        return found

    def _among(self, wanted: Any) -> bool:
        """Whether iterating gives a value, which is compared here."""
        return any(value is wanted or _same(value, wanted) for value in self)

    def __enter__(self) -> Any:
        return self._do("enter", self)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Leaves it; whatever it answers, an exception goes on. What a check found is none of its business."""
        if error is None:
            self._do("leave", self)
            return
        ours = isinstance(error, CheckFailed | StudentFault | GradmarkError | AssertionError)
        try:
            self._do("leave", self, "" if ours or kind is None else kind.__name__)
        except StudentFault:
            if not ours:
                raise

    def __dir__(self) -> list[str]:
        found = plain(self._do("dir", self))
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def __float__(self) -> float:
        return self._as("float", float, "number")

    def __int__(self) -> int:
        return self._as("int", int, "number")

    def __complex__(self) -> complex:
        return self._as("complex", complex, "number")

    def __str__(self) -> str:
        return self._as("str", str, "text")

    def __repr__(self) -> str:
        return self._as("repr", str, "text")

    def _as(self, name: str, kind: type, noun: str) -> Any:
        found = plain(self._do(name, self))
        if not isinstance(found, kind) or (kind is not str and isinstance(found, bool)):
            raise StudentError(f"`{name}` of your object gives no {noun}")
        return found


def _same(value: Any, wanted: Any) -> bool:
    """Whether two values are equal, where neither is an object; an object is equal to none."""
    value, wanted = plain(value), plain(wanted)
    if isinstance(value, Held) or isinstance(wanted, Held):
        return False
    try:
        if isinstance(value, np.ndarray) or isinstance(wanted, np.ndarray):
            return bool(np.array_equal(value, wanted))
        return bool(value == wanted)
    except (TypeError, ValueError):
        return False


class _NoAttribute(StudentError, AttributeError):
    """So that `hasattr` is False, and `getattr` gives its default."""


class _NotOfThisType(StudentError, TypeError):
    """So that `list` goes on without a length."""


_AS_PYTHON_EXPECTS = {
    ("", "AttributeError"): _NoAttribute,
    ("len", "TypeError"): _NotOfThisType,
}


def as_expected(action: str, fault: StudentError) -> StudentError:
    """The same fault as Python expects it of this action, or of reading an attribute."""
    kind = _AS_PYTHON_EXPECTS.get((action, fault.raised.name if fault.raised else ""))
    if kind is None:
        return fault
    return kind(fault.summary, fault.detail, cause=fault.cause, raised=fault.raised, limit=fault.limit)


_MADE = re.compile(r"\w+(\.\w+)?\(\.\.\.\)")
"""What a class made itself, or a class method of it: ``Interval(...)``."""


class Originated(Operators, Held):
    """One that is named after the test's own words (``Adam(...).step``).

    On an object that an ordinary function returned in place of a number, ``got - expected`` would hand the expected
    value to the student's code and leave the difference to it. So only what comes from a class, whose name has a
    capital, has operators; and an iterator gives its values, since that hands out nothing.
    """

    _origin: str

    def _act(self, name: str, operands: Sequence[Any]) -> Any:
        """Do something where the object is."""
        raise NotImplementedError

    def _is_from_class(self) -> bool:
        return self._origin[:1].isupper()

    @property
    def _live(self) -> bool:  # type: ignore[override]
        return self._kind == "object" and self._is_from_class()

    def _operate(self, name: str, *operands: Any) -> Any:
        free = name in _OF_MODULES or (self._kind in _READ and name in ("iter", "next"))
        if not self._is_from_class() and not free:
            kind = _NotOfThisType if self._kind in ITERATORS and name == "len" else StudentError
            raise kind(f"`{self._origin}` is an object, but a number or an array was expected")
        if name == "contains" and not _MADE.fullmatch(self._origin):
            # What a method returned in place of a list would otherwise decide what is in it.
            return self._among(operands[1])
        try:
            return self._act(name, operands)
        except StudentError as fault:
            raise as_expected(name, fault) from fault.__cause__

    def __repr__(self) -> str:
        return super().__repr__() if self._is_from_class() else f"<{self._origin}>"

    def __format__(self, how: str) -> str:
        return format(f"<{self._origin}>", how)  # in our own sentences


def done_to(name: str, operands: Sequence[Any]) -> Any:
    """What it gives to do something to objects, or to what stands for them, without what Python makes of it."""
    for part in operands:
        if isinstance(part, Operators):
            return part._do(name, *operands)
    return act(name, operands)


def bare(value: Any) -> Any:
    """The value with the objects themselves in place of what stands for them in this process."""

    def one(part: Any) -> Any:
        if isinstance(part, Said):
            return part._stands_for
        return getattr(part, "_inner", part) if isinstance(part, Operators) else part

    return exchanged(value, one)
