"""Values of Python's and numpy's further types, made again from the parts that came out of a sandbox.

Every part is of exactly the type that the encoder sends: what would convert a text, walk through a range or hash what
was not counted could take any time or memory.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import importlib
import math
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = [
    "FACTORIES", "INTO", "IN_PANDAS", "MADE", "MADE_OF_ONE", "MAX_EXPONENT", "OF_KEYS", "TYPES", "exactly", "is_key",
]  # fmt: skip

MAX_EXPONENT = 1_000
"""Of a Decimal, with its digits: a larger one turns into an integer that takes any amount of memory."""
MAX_RANGE = 2**62

TYPES = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and not issubclass(kind, BaseException) and not name.startswith("_")
}
TYPES |= {f"numpy.{kind.__name__}": kind for kind in {*np.sctypeDict.values(), np.ndarray, np.generic}}
FACTORIES = {name: TYPES[name] for name in ("int", "float", "str", "list", "dict", "set", "tuple", "bool")}
IN_PANDAS = frozenset({"Timestamp", "Timedelta", "NaTType", "NAType"})
"""Its scalars that are carried."""


def exactly(kind: type | tuple[type, ...], *parts: Any) -> None:
    """Refuse parts of any other type, and of types that derive from it."""
    if not all(type(part) in (kind if isinstance(kind, tuple) else (kind,)) for part in parts):
        raise ValueError("parts of another type")


def _shape(parts: Any, count: int) -> tuple[int, ...]:
    exactly(list, parts)
    exactly(int, *parts)
    if len(parts) > 32 or not all(0 <= side < MAX_RANGE for side in parts) or math.prod(parts) != count:
        raise ValueError("a shape that does not fit")
    return tuple(parts)


def _objects(shape: Any, items: Any) -> np.ndarray[Any, Any]:
    exactly(list, items)
    made = np.empty(len(items), object)
    for place, item in enumerate(items):
        made[place] = item
    return made.reshape(_shape(shape, len(items)))


def _text(shape: Any, items: Any) -> np.ndarray[Any, Any]:
    exactly(list, shape, items)
    exactly(str, *items)
    if shape or len(items) != 1:  # all others cross as the codec's own texts
        raise ValueError("more than one text")
    return np.array(items[0])


def _bytes_array(shape: Any, width: int, data: bytes) -> np.ndarray[Any, Any]:
    exactly(int, width)
    exactly(bytes, data)
    if not 0 < width <= 1 << 20 or len(data) % width:
        raise ValueError("bytes of another width")
    return np.frombuffer(data, f"S{width}").reshape(_shape(shape, len(data) // width)).copy()


def _decimal(text: str) -> decimal.Decimal:
    exactly(str, text)
    if len(text) >= MAX_EXPONENT:
        raise ValueError("too many digits")
    made = decimal.Decimal(text)
    exponent = made.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) + len(text) >= MAX_EXPONENT:
        raise ValueError("too large an exponent")
    return made


def _range(start: int, stop: int, step: int) -> range:
    exactly(int, start, stop, step)
    if not all(abs(part) < MAX_RANGE for part in (start, stop, step)):
        raise ValueError("a range beyond all numbers")
    return range(start, stop, step)


def _fraction(above: int, below: int) -> fractions.Fraction:
    exactly(int, above, below)  # a text such as 1e999999999 would become an integer first
    return fractions.Fraction(above, below)


def _timedelta(days: int, seconds: int, microseconds: int) -> datetime.timedelta:
    exactly(int, days, seconds, microseconds)
    return datetime.timedelta(days, seconds, microseconds)


def _pandas() -> Any:
    return importlib.import_module("pandas")  # only where a value of it came


def _timestamp(value: int, unit: str, zone: str | None) -> Any:
    exactly(int, value)
    if unit not in _UNITS or zone not in (None, "UTC"):
        raise ValueError("a time of another kind")
    made = _pandas().Timestamp(value, unit=unit).as_unit(unit)
    return made if zone is None else made.tz_localize("UTC")


def _timedelta_of_pandas(value: int, unit: str) -> Any:
    exactly(int, value)
    if unit not in _UNITS:
        raise ValueError("a duration of another kind")
    return _pandas().Timedelta(value, unit=unit).as_unit(unit)


def _deque(items: Any, most: int | None) -> collections.deque[Any]:
    exactly(list, items)
    exactly((int, type(None)), most)
    return collections.deque(items, most)


def _default(factory: str | None, items: Any) -> collections.defaultdict[Any, Any]:
    exactly(dict, items)
    return collections.defaultdict(None if factory is None else FACTORIES[factory], items)


def _of(kind: type, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What makes a value of one part, which must be of exactly that type."""

    def made(part: Any) -> Any:
        exactly(kind, part)
        return make(part)

    return made


def _slice(start: Any, stop: Any, step: Any) -> slice:
    return slice(start, stop, step)


_UNITS = frozenset({"s", "ms", "us", "ns"})
_NOTHING = type(None)
MADE: dict[str, Callable[..., Any]] = {
    "range": _range,
    "slice": _slice,
    "defaultdict": _default,
    "deque": _deque,
    "timedelta": _timedelta,
    "Fraction": _fraction,
    "objects": _objects,
    "texts": _text,
    "bytes_array": _bytes_array,
    "Timestamp": _timestamp,
    "Timedelta": _timedelta_of_pandas,
}
"""Kinds made from several parts."""
MADE_OF_ONE: dict[str, Callable[[Any], Any]] = {
    "Ellipsis": _of(_NOTHING, lambda part: Ellipsis),
    "bytearray": _of(bytes, bytearray),
    "OrderedDict": _of(dict, collections.OrderedDict),
    "Counter": _of(dict, collections.Counter),
    "dict_items": _of(dict, dict.items),
    "dict_values": _of(list, lambda part: dict(enumerate(part)).values()),
    "date": _of(str, datetime.date.fromisoformat),
    "datetime": _of(str, datetime.datetime.fromisoformat),
    "time": _of(str, datetime.time.fromisoformat),
    "Decimal": _decimal,
    "str_": _of(str, np.str_),
    "bytes_": _of(bytes, np.bytes_),
    "type": _of(str, TYPES.__getitem__),
    "NaTType": _of(_NOTHING, lambda part: _pandas().NaT),
    "NAType": _of(_NOTHING, lambda part: _pandas().NA),
}
INTO: dict[str, Callable[[Any], Any]] = {"iterator": _of(list, iter)}
"""Kinds that only go into the sandbox."""
OF_KEYS: dict[str, Callable[[list[Any]], Any]] = {
    "set": set,
    "frozenset": frozenset,
    "dict_keys": lambda keys: dict.fromkeys(keys).keys(),
}
"""Kinds whose parts are hashed."""
_HASHABLE = (
    datetime.date, datetime.time, datetime.timedelta, fractions.Fraction, decimal.Decimal, frozenset, np.generic, type,
    range, type(Ellipsis),
)  # fmt: skip


def is_key(part: Any) -> bool:
    """Whether it is of one of these types, and may be a key."""
    kind = type(part)
    return isinstance(part, _HASHABLE) or (
        kind.__name__ in IN_PANDAS and kind.__module__.startswith("pandas.")
    )
