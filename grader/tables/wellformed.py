"""What a table out of the sandbox may be made of: each part is looked at before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args
from zoneinfo import available_timezones

import numpy as np

__all__ = [
    "KINDS",
    "MAX_LEVELS",
    "Kind",
    "Malformed",
    "Texts",
    "flavor_of",
    "how_of",
    "is_label",
    "values_of",
    "zone_of",
]

Array = np.ndarray[Any, Any]
Kind = Literal["numbers", "texts", "objects", "times", "durations", "categories", "periods", "intervals"]
KINDS = frozenset(get_args(Kind))
MAX_LEVELS = 32
"""Of an index."""
_FLAVORS = {
    "numbers": frozenset({"", "object", "range"}),
    "texts": frozenset({"", "str", "string", "object"}),
    "times": frozenset({"", "object"}),
    "durations": frozenset({"", "object"}),
}
_PLAIN = frozenset({""})
_FREQUENCY = re.compile(r"\d{0,4}[A-Za-z]{1,3}(-[A-Z]{3})?", re.ASCII)
_OFFSET = re.compile(r"UTC[+-]\d\d:\d\d", re.ASCII)
_CLOSED = frozenset({"left", "right", "both", "neither"})


class Malformed(ValueError):
    """A table's plain form is not one that `Table.plain` gives."""


@dataclass(frozen=True)
class Texts:
    """Many texts, as the codec carries them: all of them in one, and where each ends."""

    values: Array
    """Python's strings, in an array of objects."""


def is_label(value: Any) -> bool:
    """Whether a value may be the name of a column or of a level."""
    if isinstance(value, tuple):
        return len(value) <= MAX_LEVELS and all(
            is_label(part) and not isinstance(part, tuple) for part in value
        )
    return value is None or isinstance(value, str | bool | int | float | np.generic)


def values_of(kind: Kind, given: Any) -> Array:
    """The values of a column of that kind.

    Raises:
        Malformed: They are something else.
    """
    if kind == "intervals":
        return np.zeros(0)
    if kind == "texts":
        if not isinstance(given, Texts) or given.values.ndim != 1:
            raise Malformed("a column of texts holds something else")
        return given.values
    if kind == "objects":
        if not isinstance(given, list) or not all(map(_is_cell, given)):
            raise Malformed("a column of objects holds something that no column can")
        made = np.empty(len(given), object)
        for place, one in enumerate(given):  # one by one, since numpy would look into lists
            made[place] = one
        return made
    letters = {"numbers": "biufc", "times": "M", "durations": "m"}.get(kind, "i")
    if not isinstance(given, np.ndarray) or given.ndim != 1 or given.dtype.kind not in letters:
        raise Malformed(f"a column of {kind} holds something else")
    if kind == "periods" and given.dtype != np.int64:
        raise Malformed("a column of periods holds something else")
    return given


def _is_cell(value: Any) -> bool:
    """Whether a value may be an entry of a column of objects."""
    if isinstance(value, list | tuple):
        return all(map(_is_cell, value))
    if isinstance(value, dict):
        return all(map(_is_cell, value.values()))
    return value is None or isinstance(
        value, bool | int | float | complex | str | bytes | np.generic | np.ndarray
    )


def flavor_of(kind: Kind, given: Mapping[Any, Any]) -> str:
    """The flavor of a column of that kind; raises `Malformed` if it has no such flavor."""
    found = given.get("flavor", "")
    if not isinstance(found, str) or found not in _FLAVORS.get(kind, _PLAIN):
        raise Malformed("a column has an unknown flavor")
    return found


def zone_of(kind: Kind, given: Mapping[Any, Any]) -> str:
    """The time zone of a column of times; raises `Malformed` if nobody knows it."""
    found = given.get("zone", "")
    known = isinstance(found, str) and (found in ("", "UTC") or _OFFSET.fullmatch(found) or found in _zones())
    if not known or (found and kind != "times"):
        raise Malformed("a column has an unknown time zone")
    return str(found)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def how_of(kind: Kind, given: Mapping[Any, Any]) -> str:
    """The frequency of periods, or which ends belong to intervals; raises `Malformed` if it is unknown."""
    found = given.get("how", "")
    if kind == "intervals":
        known = isinstance(found, str) and found in _CLOSED
    elif kind == "periods":
        known = isinstance(found, str) and _FREQUENCY.fullmatch(found) is not None
    else:
        known = found == ""
    if not known:
        raise Malformed("a column has an unknown form")
    return str(found)
