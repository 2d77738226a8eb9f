"""Values that keep their very type when they cross: sets, ranges, dates, arrays of objects, pandas' own times.

A gradmark suite asks what a value stands for. A test that was written for another grader asks for more: whether a
value is a ``set``, what a ``range`` prints, what is in an array of objects. Such conversations use the encoder and the
decoder of this module, which know one more node, ``[KIND, "name", node]``: what a value of that kind is made of. Only
the kinds that are listed here are ever made, each from plain parts within bounds.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.kinds import plain
from grader.sandbox.crossing.codec import (
    GENERATOR,
    HANDLE,
    LIST,
    MAX_KEY_PARTS,
    SPARSE,
    TABLE,
    TEXTS,
    Decoder,
    Encoder,
)
from grader.sandbox.crossing.remade import (
    FACTORIES,
    INTO,
    MADE,
    MADE_OF_ONE,
    MAX_EXPONENT,
    OF_KEYS,
    TYPES,
    exactly,
    is_key,
)
from grader.tables import Texts, is_table

__all__ = ["DATA", "KIND", "THERE", "FaithfulDecoder", "FaithfulEncoder"]

THERE = frozenset({"global", "named"})
"""Kinds that stand for something where the submission runs, by its name: a global variable, a library's function."""
KIND = 17
"""The tag of a node; the other tags are the codec's."""
MAX_TAKEN = 10_000
"""Values of an iterator that a test passes on."""

_PLAIN = frozenset({type(None), bool, int, float, complex, str, bytes, list, tuple, dict})
_TYPE_NAMES = {kind: name for name, kind in TYPES.items()}
_NO_ANSWER: Any = object()


# What values are made of ------------------------------------------------------------------------------------------


def _of_default(value: collections.defaultdict[Any, Any]) -> Any:
    factory = next((name for name, kind in FACTORIES.items() if kind is value.default_factory), None)
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

    def _as_key(self, key: Any) -> Any:
        return key if type(key) in _PARTS or isinstance(key, np.generic) else super()._as_key(key)

    def _kind(self, name: str, parts: Any, depth: int) -> Any:
        return [KIND, name, self.node(parts, depth + 1)]

    def _reference(self, value: Any, depth: int) -> Any:
        """An object by reference, with its data if its class derives from a type of data."""
        reference = self._refer(value)
        if reference[0] == GENERATOR:
            return [*reference[:2], self.node(reference[2], depth + 1)]
        if reference[0] != HANDLE or not isinstance(value, DATA):
            return reference
        try:
            return [*reference[:3], self.node(_as_data(value), depth + 1)]
        except (TypeError, ValueError, RecursionError):
            return reference


DATA: tuple[Any, ...] = (str, bytes, bool, int, float, complex, list, tuple, dict, np.ndarray)


def _as_data(value: Any) -> Any:
    """What an object stands for whose class derives from a type of data."""
    if isinstance(value, np.ndarray):
        return plain(value)
    return next(kind(value) for kind in DATA if isinstance(value, kind))


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


class FaithfulDecoder(Decoder):
    """A decoder of what `FaithfulEncoder` made."""

    _tables = 0
    """How many tables the present node is in; only there do texts have no shape."""

    def value(self, node: Any, depth: int = 0) -> Any:
        if type(node) is not list or not node or node[0] != KIND:
            return self._of_codec(node, depth)
        if len(node) != 3 or type(node[1]) is not str:
            raise WireError("a value out of the sandbox is malformed")
        self._count(depth)
        name, inner = node[1], node[2]
        if self._into and name in THERE:
            return self._resolve(node)
        try:
            if name in OF_KEYS:
                if type(inner) is not list or inner[:1] != [LIST]:
                    raise ValueError("no list of keys")
                return OF_KEYS[name]([self._key(part, depth + 1) for part in inner[1:]])
            parts = self.value(inner, depth + 1)
            made = self._made(name, parts)
        except WireError:
            raise
        except Exception as error:  # parts that the maker does not take, or a library that is not here
            raise WireError(f"a {name[:40]!r} out of the sandbox is malformed: {error!r}"[:300]) from None
        # Where the parts were bytes of the message, these are copied.
        return self._copied(made, made.nbytes) if name in ("bytes_array", "texts") else made

    def _of_codec(self, node: Any, depth: int) -> Any:
        """The value of one of the codec's own nodes, if `FaithfulEncoder` sends such."""
        tag = node[0] if type(node) is list and node else None
        if tag == SPARSE or (tag == TEXTS and len(node) == 3 and not self._tables):
            raise WireError("a value out of the sandbox is of a kind that is not sent")
        if tag != TABLE:
            return super().value(node, depth)
        self._tables += 1
        try:
            return super().value(node, depth)
        finally:
            self._tables -= 1

    def _made(self, name: str, parts: Any) -> Any:
        if name in MADE:
            exactly(list, parts)
            return MADE[name](*parts)
        if name in MADE_OF_ONE:
            return MADE_OF_ONE[name](parts)
        if self._into and name in INTO:
            return INTO[name](parts)
        raise WireError("a value out of the sandbox is of an unknown kind")

    def _key(self, node: Any, depth: int) -> Any:
        try:
            return super()._key(node, depth)
        except TypeError:  # a Decimal that signals, or an object that stands for a list
            raise WireError("a dictionary out of the sandbox has a key without a hash") from None

    def _is_hashed(self, part: Any) -> bool:
        return (
            super()._is_hashed(part)
            or is_key(part)
            or (isinstance(part, tuple) and len(part) <= MAX_KEY_PARTS and all(map(self._is_hashed, part)))
        )
