"""What kind of thing a value is, and the plain value that it stands for.

Students return deques, Fractions, masked arrays and dictionary views where a list, a number or an array is meant. These
count as what they stand for, in the same way wherever the student's code runs: the sandbox sends the plain value, and
keeps the object, since a later call may be given it again.
"""

from __future__ import annotations

import array
import builtins
import collections
import copy
import datetime
import decimal
import fractions
import io
import itertools
import numbers
import operator
import random
import types
from collections.abc import Callable, Iterable, Mapping, MappingView, Sequence
from typing import Any

import numpy as np

from grader.figures.reading import is_figure, said
from grader.libraries import IN_WORDS, kind_of, library_value, made_of
from grader.tables import is_table
from grader.units import is_quantity, plain_quantity

__all__ = [
    "ITERATORS",
    "NOTHING",
    "UNCHANGING",
    "AsLibrary",
    "Held",
    "as_library",
    "exchanged",
    "known_type",
    "made_here",
    "parts",
    "plain",
    "type_name",
]

NOTHING: Any = object()
"""The plain value of an object that stands for nothing but itself."""
ITERATORS = frozenset(
    {"generator", "map", "zip", "filter", "enumerate", "reversed"}
    | {f"{kind}_iterator" for kind in ("list", "tuple", "range", "set", "str", "bytes")}
    | {"list_reverseiterator", *(f"dict_{kind}iterator" for kind in ("key", "value", "item"))}
    | {f"itertools.{name}" for name, kind in vars(itertools).items() if isinstance(kind, type)}
)
"""Types that give their values one by one, and only once."""
UNCHANGING = (tuple, str, bytes, bool, int, float, complex)
"""What an object of a class that derives from one of these stands for never changes."""
LONGEST_RANGE = 1_000_000
"""A longer range is not turned into an array, which unlike the range takes memory."""
_AS_THEY_ARE = frozenset({np.ndarray, bool, int, float, complex, str, bytes, list, tuple, dict, type(None)})
_AS_DATA = {np.ndarray, bool, int, float, complex, str, bytes, type(None)}
"""Types that no object of a submission has."""
_MODULES = (builtins, collections, fractions, decimal, array, datetime, itertools, random, io, types)


class Held:
    """An object of a submission as a test holds it, wherever the object itself is."""

    _kind = "object"
    """The name of its type if that is a library's; otherwise ``object``."""
    _stands_for: Any = NOTHING
    """Its plain value at the time when the test got it."""
    _origin = "the object"
    """What the test did to get it, in messages."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if self._stands_for is not NOTHING:
            return np.array(self._stands_for, dtype=dtype)
        alone = np.empty((), dtype=object)
        alone[()] = self
        return alone if dtype is None else alone.astype(dtype)


class AsLibrary(Held):
    """Data that become a library's own where the student's code runs: see `as_library`."""

    def __init__(self, library: str, value: Any, options: Mapping[str, Any]) -> None:
        self.library, self.options = library, dict(options)
        self._stands_for = value

    @property
    def value(self) -> Any:
        """What they are made of."""
        return self._stands_for

    def made(self) -> Any:
        """The library's own, in this process; raises what `grader.libraries.made_of` raises."""
        return made_of(self.library, self.value, self.options)

    def __repr__(self) -> str:
        return f"as_library({self.library!r}, {self.value!r}, {self.options})"

    def __deepcopy__(self, memo: dict[int, Any]) -> AsLibrary:
        return AsLibrary(self.library, copy.deepcopy(self.value, memo), self.options)


def as_library(library: str, value: Any, **options: Any) -> AsLibrary:
    """Data that a test passes to a student's function as a library's own: a torch tensor, a jax array.

    They are made where the student's code runs, so the test itself needs no such library.

    Args:
        library: ``"torch"``, ``"torch.nn"``, ``"jax"``, ``"scipy.sparse"`` or ``"sympy"``.
        value: An array, a number or nested lists; for sympy also a text of
            numbers, symbols, operators and elementary functions; for torch.nn a list of layers, each the name
            of its class and its arguments, such as ``("Linear", 4, 3)``.
        options: For torch ``dtype`` by its name, such as ``"float32"`` (otherwise the array's own is kept), and
            ``requires_grad``; for torch.nn ``parameters``, arrays by name, and ``dtype``; for jax ``dtype`` (otherwise
            jax's default, float32); for scipy.sparse ``form``, such as ``"csr_matrix"`` (otherwise ``"csr_array"``).

    Example, in a hidden test:
        ``check_close(student.softmax(as_library("torch", z)), softmax(z))``
    """
    numbers = library != "torch.nn" and isinstance(value, list | tuple | np.generic)
    data = np.array(value) if numbers else value
    return AsLibrary(library, data, options)


def type_name(value: object) -> str:
    """The type as a student would recognise it: ``"list"``, ``"numpy.ndarray"``."""
    kind = type(value)
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return kind_of(value) or f"{kind.__module__}.{kind.__qualname__}"


_PANDAS = (
    "DataFrame", "Series", "Index", "RangeIndex", "MultiIndex", "DatetimeIndex", "TimedeltaIndex", "PeriodIndex",
    "IntervalIndex", "CategoricalIndex", "Categorical", "Timestamp", "Timedelta", "Period", "Interval",
)  # fmt: skip
_GROUPED = (
    "DataFrameGroupBy", "SeriesGroupBy", "Rolling", "RollingGroupBy", "Expanding", "Resampler", "NAType", "NaTType",
)  # fmt: skip


def _named_types() -> frozenset[str]:
    """Names of types of Python and of the usual libraries, which no student has made up."""
    found = {
        f"{kind.__module__}.{kind.__qualname__}" if kind.__module__ != "builtins" else kind.__qualname__
        for module in _MODULES
        for kind in vars(module).values()
        if isinstance(kind, type)
    }
    found |= {"dict_items", "dict_keys", "dict_values", "set_iterator"} | ITERATORS
    found |= {f"numpy.{name}" for name in dir(np)}
    return frozenset(found) | {
        "_random.Random", "_thread.RLock", "_thread.lock", "numpy.ma.MaskedArray", "numpy.ma.core.MaskedArray",
        "numpy.random._generator.Generator", "pandas.core.frame.DataFrame", "pandas.core.series.Series",
        "pandas.core.groupby.generic.DataFrameGroupBy", "pandas.core.groupby.generic.SeriesGroupBy",
        "pandas.io.formats.style.Styler", "datascience.tables.Table", "polars.dataframe.frame.DataFrame",
        "polars.series.series.Series", "polars.lazyframe.frame.LazyFrame", "pyarrow.lib.Table",
        *(f"pandas.{name}" for name in _PANDAS), *(f"pandas.api.typing.{name}" for name in _GROUPED),
        "pint.Quantity", "pint.registry.Quantity", "astropy.units.quantity.Quantity", *IN_WORDS,
    }  # fmt: skip


_KNOWN_TYPES = _named_types()


def known_type(name: str) -> str:
    """A type's name as `type_name` gives it, or ``object`` if no library has such a type."""
    return name if name in _KNOWN_TYPES else "object"


def parts(value: Any) -> Iterable[Any]:
    """What a list, a tuple, a set or a dictionary holds; nothing for any other value."""
    if isinstance(value, Mapping) and not is_table(value):
        return value.values()
    return value if isinstance(value, list | tuple | set | frozenset) else ()


def plain(value: Any) -> Any:
    """The number, string, array, list or dictionary that a value stands for; the value itself if there is none.

    What a container holds stays as it is. A Fraction and a Decimal become the nearest float, masked entries nan, and a
    sequence such as a deque a list. A quantity of pint or astropy becomes a number and the text of its unit.

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
    if is_quantity(value):
        return plain_quantity(value)
    if isinstance(value, np.ndarray):
        return _plain_array(value)
    if kind_of(value):
        found = library_value(value)
        return value if found is None else found
    if isinstance(value, np.str_ | np.bytes_):
        return value.item()
    if is_table(value):
        return value
    if is_figure(value):
        return said(value)
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


def exchanged(value: Any, other: Callable[[Any], Any]) -> Any:
    """The value with its parts exchanged, down through lists, tuples and dictionaries; itself where none is."""
    kind = type(value)
    if kind in _AS_DATA or ((kind is tuple or kind is list) and _AS_DATA.issuperset(map(type, value))):
        return value  # as nearly always, and cheap to find out
    if not isinstance(value, list | tuple | dict):
        return other(value)
    changed = other(value)
    if changed is not value:
        return changed
    if isinstance(value, dict):
        if _AS_DATA.issuperset(map(type, value.values())):
            return value
        items = {key: exchanged(part, other) for key, part in value.items()}
        return value if all(items[key] is value[key] for key in items) else items
    parts = [exchanged(part, other) for part in value]
    if all(map(operator.is_, parts, value)):
        return value
    return parts if isinstance(value, list) else tuple(parts)


def made_here(value: Any) -> Any:
    """The value with what a library should make of its parts, in this process; itself where there is none."""
    return exchanged(value, lambda part: part.made() if isinstance(part, AsLibrary) else part)
