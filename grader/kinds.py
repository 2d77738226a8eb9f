"""What kind of thing a value is, and the plain value that it stands for.

Students return deques, Fractions, masked arrays and dictionary views where a list, a number or an array is meant. These
count as what they stand for, in the same way wherever the student's code runs: the sandbox sends the plain value, and
keeps the object, since a later call may be given it again.
"""

from __future__ import annotations

import array
import builtins
import collections
import datetime
import decimal
import fractions
import io
import itertools
import numbers
import random
import types
from collections.abc import Iterable, Mapping, MappingView, Sequence
from typing import Any

import numpy as np

__all__ = ["ITERATORS", "NOTHING", "Held", "known_type", "parts", "plain", "type_name"]

NOTHING: Any = object()
"""The plain value of an object that stands for nothing but itself."""
ITERATORS = frozenset({"generator", "map", "zip", "filter", "enumerate", "reversed"})
"""Types that give their values one by one, and only once."""
LONGEST_RANGE = 1_000_000
"""A longer range is not turned into an array, which unlike the range takes memory."""
_AS_THEY_ARE = frozenset({np.ndarray, bool, int, float, complex, str, bytes, list, tuple, dict, type(None)})
_MODULES = (builtins, collections, fractions, decimal, array, datetime, itertools, random, io, types)


class Held:
    """An object of a submission as a test holds it, wherever the object itself is."""

    _kind = "object"
    """The name of its type if that is a library's; otherwise ``object``."""
    _stands_for: Any = NOTHING
    """Its plain value at the time when the test got it."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if self._stands_for is not NOTHING:
            return np.array(self._stands_for, dtype=dtype)
        alone = np.empty((), dtype=object)
        alone[()] = self
        return alone if dtype is None else alone.astype(dtype)


def type_name(value: object) -> str:
    """The type as a student would recognise it: ``"list"``, ``"numpy.ndarray"``."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _named_types() -> frozenset[str]:
    """Names of types of Python and of the usual libraries, which no student has made up."""
    found = {
        f"{kind.__module__}.{kind.__qualname__}" if kind.__module__ != "builtins" else kind.__qualname__
        for module in _MODULES
        for kind in vars(module).values()
        if isinstance(kind, type)
    }
    found |= {"dict_items", "dict_keys", "dict_values"}
    found |= {f"numpy.{name}" for name in dir(np)}
    return frozenset(found) | {
        "_random.Random", "_thread.RLock", "_thread.lock", "numpy.ma.MaskedArray", "numpy.ma.core.MaskedArray",
        "numpy.random._generator.Generator", "pandas.DataFrame", "pandas.Series", "pandas.core.frame.DataFrame",
        "pandas.core.series.Series", "torch.Tensor",
    }  # fmt: skip


_KNOWN_TYPES = _named_types()


def known_type(name: str) -> str:
    """A type's name as `type_name` gives it, or ``object`` if no library has such a type."""
    return name if name in _KNOWN_TYPES else "object"


def parts(value: Any) -> Iterable[Any]:
    """What a list, a tuple, a set or a dictionary holds; nothing for any other value."""
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple | set | frozenset) else ()


def plain(value: Any) -> Any:
    """The number, string, array, list or dictionary that a value stands for; the value itself if there is none.

    What a container holds stays as it is. A Fraction and a Decimal become the nearest float, masked entries nan, and a
    sequence such as a deque a list.

    >>> plain(fractions.Fraction(3, 4)), plain(collections.deque([1, 2])), plain({"a": 1}.keys())
    (0.75, [1, 2], ['a'])
    >>> plain(np.ma.masked_greater([1, 5], 3))
    array([ 1., nan])
    """
    kind = type(value)
    if kind in _AS_THEY_ARE and not (kind is np.ndarray and value.dtype.kind == "O"):
        return value
    if isinstance(value, Held):
        return value if value._stands_for is NOTHING else value._stands_for
    try:
        return _plain(value)
    except Exception:  # a student's class may raise anything
        return value


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _plain_array(value)
    if isinstance(value, np.str_ | np.bytes_):
        return value.item()
    if isinstance(value, np.generic | bool | int | float | complex | str | bytes | list | tuple | dict):
        return value
    if isinstance(value, numbers.Number):
        return _nearest(value)
    if isinstance(value, range) and len(value) <= LONGEST_RANGE:
        return np.arange(value.start, value.stop, value.step)
    if isinstance(value, array.array | memoryview):
        return np.array(value)
    if isinstance(value, bytearray):
        return bytes(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence | MappingView) and not isinstance(value, range):
        return list(value)  # type: ignore[arg-type]  # views of all libraries are iterable
    if hasattr(type(value), "__array__") and not isinstance(value, type):
        return plain(np.asarray(value))
    return value


def _plain_array(value: Any) -> Any:
    if isinstance(value, np.ma.MaskedArray):
        if not np.ma.is_masked(value):
            return np.asarray(value.data)
        wide: Any = (
            value.astype(np.result_type(value.dtype, np.float16)) if value.dtype.kind in "biu" else value
        )
        return np.asarray(wide.filled(np.nan))
    bare = np.asarray(value)
    if bare.dtype.kind != "O":
        return bare
    try:  # numpy makes arrays of objects by accident; often they hold plain numbers
        numeric = np.array(bare.tolist())
    except ValueError:
        numeric = bare
    return numeric if numeric.dtype.kind in "biufc" else bare.tolist()


def _nearest(value: Any) -> Any:
    """The nearest float, infinite beyond the largest one; for a number that is not real, the nearest complex one."""
    if isinstance(value, numbers.Complex) and not isinstance(value, numbers.Real):
        return complex(value)
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
