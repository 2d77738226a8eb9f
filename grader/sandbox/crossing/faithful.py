"""Values that keep their very type when they cross: sets, ranges, dates, arrays of objects, pandas' own times.

A gradmark suite asks what a value stands for. A test that was written for another grader asks for more: whether a
value is a ``set``, what a ``range`` prints, what is in an array of objects. Such conversations use the encoder and the
decoder of this module, which know one more node, ``[KIND, "name", node]``: what a value of that kind is made of. Only
the kinds that are listed here are ever made, each from plain parts within bounds.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import importlib
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.kinds import plain
from grader.sandbox.crossing.codec import GENERATOR, HANDLE, Decoder, Encoder
from grader.tables import Texts, is_table

__all__ = ["KIND", "THERE", "FaithfulDecoder", "FaithfulEncoder"]

THERE = frozenset({"global", "named"})
"""Kinds that stand for something where the submission runs, by its name: a global variable, a library's function."""
KIND = 17
"""The tag of a node; the other tags are the codec's."""
MAX_EXPONENT = 1_000
"""Of a Decimal: a larger one turns into an integer that takes any amount of memory."""
MAX_TEXT = 2_000
MAX_RANGE = 2**62
MAX_TAKEN = 10_000
"""Values of an iterator that a test passes on."""

_PLAIN = frozenset({type(None), bool, int, float, complex, str, bytes, list, tuple, dict})
_TYPES = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and not issubclass(kind, BaseException)
}
_TYPES |= {f"numpy.{kind.__name__}": kind for kind in {*np.sctypeDict.values(), np.ndarray, np.generic}}
_TYPE_NAMES = {kind: name for name, kind in _TYPES.items()}
_FACTORIES = {name: _TYPES[name] for name in ("int", "float", "str", "list", "dict", "set", "tuple", "bool")}
_NO_ANSWER: Any = object()


# What values are made of ------------------------------------------------------------------------------------------


def _of_default(value: collections.defaultdict[Any, Any]) -> Any:
    factory = next((name for name, kind in _FACTORIES.items() if kind is value.default_factory), None)
    return _NO_ANSWER if factory is None and value.default_factory is not None else [factory, dict(value)]


def _of_decimal(value: decimal.Decimal) -> Any:
    exponent = value.as_tuple().exponent
    return (
        str(value)
        if not isinstance(exponent, int) or abs(exponent) + len(str(value)) < MAX_EXPONENT
        else _NO_ANSWER
    )


_PARTS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    set: ("set", list),
    frozenset: ("frozenset", list),
    range: ("range", lambda value: [value.start, value.stop, value.step]),
    slice: ("slice", lambda value: [value.start, value.stop, value.step]),
    type(Ellipsis): ("Ellipsis", lambda value: None),
    bytearray: ("bytearray", bytes),
    collections.Counter: ("Counter", dict),
    collections.OrderedDict: ("OrderedDict", dict),
    collections.defaultdict: ("defaultdict", _of_default),
    collections.deque: ("deque", lambda value: [list(value), value.maxlen]),
    type({}.keys()): ("dict_keys", list),
    type({}.values()): ("dict_values", list),
    type({}.items()): ("dict_items", dict),
    datetime.date: ("date", lambda value: value.isoformat()),
    datetime.datetime: (
        "datetime",
        lambda value: value.isoformat() if value.tzinfo in (None, datetime.UTC) else _NO_ANSWER,
    ),
    datetime.time: ("time", lambda value: value.isoformat() if value.tzinfo is None else _NO_ANSWER),
    datetime.timedelta: ("timedelta", lambda value: [value.days, value.seconds, value.microseconds]),
    fractions.Fraction: ("Fraction", lambda value: [value.numerator, value.denominator]),
    decimal.Decimal: ("Decimal", _of_decimal),
    np.str_: ("str_", str),
    np.bytes_: ("bytes_", bytes),
}
"""The kinds of Python's own and numpy's: their names, and what each is made of."""


def _of_pandas(value: Any, kind: type) -> tuple[str, Any] | None:
    """The name and the parts of one of pandas' scalars."""
    name = kind.__name__
    if name == "Timestamp":
        zone = None if value.tz is None else str(value.tz)
        return None if zone not in (None, "UTC") else (name, [int(value._value), value.unit, zone])
    if name == "Timedelta":
        return name, [int(value._value), value.unit]
    return (name, None) if name in ("NaTType", "NAType") else None


def _of_array(value: np.ndarray[Any, Any]) -> tuple[str, Any] | None:
    """The name and the parts of an array whose entries are no numbers, times or texts."""
    if value.dtype.kind == "O":
        return "objects", [list(value.shape), value.ravel().tolist()]
    if value.dtype.kind == "S":
        return "bytes_array", [list(value.shape), value.dtype.itemsize, np.ascontiguousarray(value).tobytes()]
    if value.dtype.kind == "U" and not value.ndim:
        return "texts", [list(value.shape), value.ravel().tolist()]
    return None


class FaithfulEncoder(Encoder):
    """An encoder that keeps types; anything that is no data goes by reference."""

    def node(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return super().node(value, depth)
        if kind is np.ndarray:
            made = _of_array(value)
            return super().node(value, depth) if made is None else self._kind(*made, depth)
        if kind in _PARTS:
            name, parts = _PARTS[kind]
            found = parts(value)
            return self._refer(value) if found is _NO_ANSWER else self._kind(name, found, depth)
        if issubclass(kind, np.generic) and value.dtype.kind in "biufcMm":
            return super().node(value, depth)
        if self._into and kind.__module__ in ("builtins", "itertools") and hasattr(kind, "__next__"):
            return self._kind("iterator", _taken(value), depth)
        if kind is Texts:  # of a table's column
            return super().node(value, depth)
        if kind.__module__.partition(".")[0] == "pandas":
            made = _of_pandas(value, kind)
            if made is not None:
                return self._kind(*made, depth)
        if isinstance(value, type):
            known = _TYPE_NAMES.get(value) if type(value) is type else None
            return self._refer(value) if known is None else [KIND, "type", known]
        if _is_exactly_a_table(value, kind):
            try:
                return super().node(value, depth)
            except (TypeError, ValueError):  # one of its columns holds what no column can
                return self._refer(value)
        return self._reference(value, depth)

    def _kind(self, name: str, parts: Any, depth: int) -> Any:
        return [KIND, name, self.node(parts, depth + 1)]

    def _reference(self, value: Any, depth: int) -> Any:
        """An object by reference, with its data if its class derives from a type of data."""
        reference = self._refer(value)
        if reference[0] == GENERATOR:
            return [*reference[:2], self.node(reference[2], depth + 1)]
        if reference[0] != HANDLE or not isinstance(value, _DATA):
            return reference
        try:
            return [*reference[:3], self.node(_as_data(value), depth + 1)]
        except (TypeError, ValueError, RecursionError):
            return reference


_DATA: tuple[Any, ...] = (str, bytes, bool, int, float, complex, list, tuple, dict, np.ndarray)


def _as_data(value: Any) -> Any:
    """What an object stands for whose class derives from a type of data."""
    if isinstance(value, np.ndarray):
        return plain(value)
    return next(kind(value) for kind in _DATA if isinstance(value, kind))


def _taken(iterator: Any) -> list[Any]:
    """What an iterator of a test gives, which then is used up here."""
    found = list(itertools.islice(iterator, MAX_TAKEN + 1))
    if len(found) > MAX_TAKEN:
        raise ValueError(f"an iterator gives more than {MAX_TAKEN:,} values")
    return found


def _is_exactly_a_table(value: Any, kind: type) -> bool:
    root = kind.__module__.partition(".")[0]
    return root in ("pandas", "datascience") and is_table(value)


# And how they are made again --------------------------------------------------------------------------------------


def _shape(parts: Any, count: int) -> tuple[int, ...]:
    if (
        not isinstance(parts, list)
        or len(parts) > 32
        or not all(type(side) is int and side >= 0 for side in parts)
        or math.prod(parts) != count
    ):
        raise ValueError("a shape that does not fit")
    return tuple(parts)


def _objects(shape: Any, items: list[Any]) -> np.ndarray[Any, Any]:
    made = np.empty(len(items), object)
    for place, item in enumerate(items):
        made[place] = item
    return made.reshape(_shape(shape, len(items)))


def _texts(shape: Any, items: list[str]) -> np.ndarray[Any, Any]:
    return np.array(items).reshape(_shape(shape, len(items)))


def _bytes_array(shape: Any, width: int, data: bytes) -> np.ndarray[Any, Any]:
    if not 0 < width <= 1 << 20 or len(data) % width:
        raise ValueError("bytes of another width")
    return np.frombuffer(data, f"S{width}").reshape(_shape(shape, len(data) // width)).copy()


def _decimal(text: str) -> decimal.Decimal:
    made = decimal.Decimal(text) if len(text) < MAX_TEXT else decimal.Decimal("NaN")
    exponent = made.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) + len(text) >= MAX_EXPONENT:
        raise ValueError("too large an exponent")
    return made


def _range(start: int, stop: int, step: int) -> range:
    if not all(type(part) is int and abs(part) < MAX_RANGE for part in (start, stop, step)):
        raise ValueError("a range of something else")
    return range(start, stop, step)


def _pandas() -> Any:
    return importlib.import_module("pandas")  # only where a value of it came


def _is_of_pandas(value: Any) -> bool:
    return type(value).__name__ in ("Timestamp", "Timedelta", "NaTType", "NAType")


def _timestamp(value: int, unit: str, zone: str | None) -> Any:
    made = _pandas().Timestamp(value, unit=unit).as_unit(unit)
    return made if zone is None else made.tz_localize("UTC")


def _deque(items: list[Any], most: int | None) -> collections.deque[Any]:
    return collections.deque(items, most)


def _default(factory: str | None, items: dict[Any, Any]) -> collections.defaultdict[Any, Any]:
    return collections.defaultdict(None if factory is None else _FACTORIES[factory], items)


_MADE: dict[str, Callable[..., Any]] = {
    "range": _range,
    "slice": slice,
    "defaultdict": _default,
    "deque": _deque,
    "timedelta": lambda days, seconds, micro: datetime.timedelta(days, seconds, micro),
    "Fraction": lambda above, below: fractions.Fraction(above, below),
    "objects": _objects,
    "texts": _texts,
    "bytes_array": _bytes_array,
    "Timestamp": _timestamp,
    "Timedelta": lambda value, unit: _pandas().Timedelta(value, unit=unit).as_unit(unit),
}
"""Kinds made from several parts."""
_MADE_OF_ONE: dict[str, Callable[[Any], Any]] = {
    "iterator": lambda parts: iter(parts if isinstance(parts, list) else []),
    "Ellipsis": lambda part: Ellipsis,
    "bytearray": bytearray,
    "OrderedDict": collections.OrderedDict,
    "Counter": lambda part: collections.Counter(part) if isinstance(part, dict) else None,
    "dict_items": lambda part: dict.items(part),
    "dict_values": lambda part: dict(enumerate(part)).values(),
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "Decimal": _decimal,
    "str_": np.str_,
    "bytes_": np.bytes_,
    "type": _TYPES.__getitem__,
    "NaTType": lambda part: _pandas().NaT,
    "NAType": lambda part: _pandas().NA,
}
_OF_KEYS: dict[str, Callable[[list[Any]], Any]] = {
    "set": set,
    "frozenset": frozenset,
    "dict_keys": lambda keys: dict.fromkeys(keys).keys(),
}
"""Kinds whose parts are hashed."""
_HASHABLE = (
    datetime.date, datetime.time, datetime.timedelta, fractions.Fraction, decimal.Decimal, frozenset, np.generic, type,
    range, type(Ellipsis),
)  # fmt: skip


class FaithfulDecoder(Decoder):
    """A decoder of what `FaithfulEncoder` made."""

    def value(self, node: Any, depth: int = 0) -> Any:
        if type(node) is not list or not node or node[0] != KIND:
            return super().value(node, depth)
        if len(node) != 3 or type(node[1]) is not str:
            raise WireError("a value out of the sandbox is malformed")
        self._count(depth)
        name = node[1]
        if name in THERE:
            return self._resolve(node)
        try:
            if name in _OF_KEYS and type(node[2]) is list:
                return _OF_KEYS[name]([self._key(part, depth + 1) for part in node[2][1:]])
            parts = self.value(node[2], depth + 1)
            if name in _MADE and type(parts) is list:
                return _MADE[name](*parts)
            if name in _MADE_OF_ONE:
                return _MADE_OF_ONE[name](parts)
        except WireError:
            raise
        except Exception as error:  # parts of another kind than the maker takes
            raise WireError(f"a {name[:40]!r} out of the sandbox is malformed: {error!r}"[:300]) from None
        raise WireError("a value out of the sandbox is of an unknown kind")

    def _is_hashed(self, part: Any) -> bool:
        return (
            super()._is_hashed(part)
            or isinstance(part, _HASHABLE)
            or type(part).__module__.startswith("pandas.")
        )
