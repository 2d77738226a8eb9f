"""Changes of a recorded call that may show what the suite's own calls do not."""

from __future__ import annotations

import inspect
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.student import Call

__all__ = ["Parameters", "variations"]

MAX_TOGETHER = 200
"""Changes of two arguments at once that are tried for one call."""
MAX_OTHERS = 6
"""Other calls whose values of an argument are tried."""


@dataclass(frozen=True)
class Parameters:
    """What a function's parameters are called, and the numbers that some have by default."""

    names: tuple[str, ...]
    defaults: Mapping[str, Any]

    @classmethod
    def of(cls, function: Any) -> Parameters:
        """Those of a function or class; none if they cannot be known."""
        try:
            listed = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):
            return cls((), {})
        numbers = {p.name: p.default for p in listed if isinstance(p.default, bool | int | float)}
        return cls(tuple(p.name for p in listed), numbers)

    def name(self, key: int | str) -> str:
        """The name of an argument that is given by its position or by name."""
        if isinstance(key, str):
            return key
        return self.names[key] if key < len(self.names) else f"argument {key + 1}"


Change = tuple[int | str, str, dict[int | str, Any]]
"""The argument that is changed, in which words, and new arguments by position or name."""


def variations(call: Call, parameters: Parameters, others: Sequence[Call]) -> Iterator[tuple[str, Call]]:
    """The call with one argument changed, then with two; each with words for the change, such as ``x times 1000``.

    Args:
        call: A recorded call.
        parameters: The function's parameters.
        others: Other calls of the function, whose values of an argument are tried.
    """
    changes = list(_changes(call, parameters, others))
    for _, words, new in changes:
        yield words, _with(call, new)
    two = [
        (one, other)
        for one, other in itertools.combinations(changes, 2)
        if not one[2].keys() & other[2].keys()
    ]
    for one, other in random.Random(0).sample(two, min(len(two), MAX_TOGETHER)):
        yield f"{one[1]} and {other[1]}", _with(call, {**one[2], **other[2]})


def _with(call: Call, new: Mapping[int | str, Any]) -> Call:
    keywords = dict(call.keywords)
    keywords.update((key, value) for key, value in new.items() if isinstance(key, str))
    arguments = tuple(new.get(number, value) for number, value in enumerate(call.arguments))
    return replace(call, arguments=arguments, keywords=keywords)


def _changes(call: Call, parameters: Parameters, others: Sequence[Call]) -> Iterator[Change]:
    given = _given(call)
    for key, value in given.items():
        name = parameters.name(key)
        for words, changed in _changed(value):
            yield key, f"{name} {words}", {key: changed}
        if isinstance(value, np.ndarray) and value.ndim and len(value) > 1:
            for count, words in ((1, "only the first example"), (2, "only two examples")):
                alike = {
                    k: v[:count]
                    for k, v in given.items()
                    if isinstance(v, np.ndarray) and v.ndim and len(v) == len(value) > count
                }
                if alike and next(iter(alike)) == key:
                    yield key, f"{words} of {' and '.join(map(parameters.name, alike))}", alike
        for other in others[:MAX_OTHERS]:
            theirs = _given(other).get(key)
            if (
                isinstance(value, bool | int | float | str)
                and type(theirs) is type(value)
                and theirs != value
            ):
                yield key, f"{name} = {theirs!r}", {key: theirs}
    positions = {parameters.name(number) for number in range(len(call.arguments))}
    for name, default in parameters.defaults.items():
        if name not in positions and name not in call.keywords:
            for words, changed in _changed(default):
                yield name, f"{name} given as its default {words}", {name: changed}


def _given(call: Call) -> dict[int | str, Any]:
    """Its arguments, by position or name."""
    given: dict[int | str, Any] = dict(enumerate(call.arguments))
    given.update(call.keywords)
    return given


def _changed(value: Any) -> Iterator[tuple[str, Any]]:
    """Other values of an argument, each in words that follow its name."""
    if isinstance(value, bool):
        yield f"= {not value}", not value
    elif isinstance(value, int):
        yield from ((f"= {other}", other) for other in (1, 2, value + 1, 2 * value, 0, -1) if other != value)
    elif isinstance(value, float):
        for words, factor in (
            ("times 1000", 1e3),
            ("times 10", 10.0),
            ("divided by 10", 0.1),
            ("negated", -1.0),
        ):
            yield words, value * factor
        yield from ((f"= {other:g}", other) for other in (0.0, 1.0, 0.5) if other != value)
    elif isinstance(value, np.ndarray) and value.size and value.dtype.kind in "biuf":
        yield from _changed_array(value)


def _changed_array(value: np.ndarray[Any, Any]) -> Iterator[tuple[str, Any]]:
    first = value.ravel()[0]
    if value.dtype.kind == "f":
        for words, factor in (
            ("times 1000", 1e3),
            ("times 10", 10.0),
            ("divided by 1000", 1e-3),
            ("negated", -1.0),
        ):
            yield words, value * factor
        yield "plus 100", value + 100.0
        yield "with ties: rounded to whole numbers", np.round(value)
        yield "as whole numbers of an integer type", np.round(np.nan_to_num(value)).astype(np.int64)
        for words, shift in (("far below", -1e3), ("far above", 1e3)):
            shifted = value.copy()
            shifted[0] += shift
            yield f"with its first {'row' if value.ndim > 1 else 'entry'} {words} the others", shifted
    yield "with all entries equal", np.full_like(value, first)
    yield "all zeros", np.zeros_like(value)
    yield "all ones", np.ones_like(value)
    if value.ndim:
        yield "in reverse order", value[::-1].copy()
        zeroed = value.copy()
        zeroed[0] = 0
        yield f"with zeros in its first {'row' if value.ndim > 1 else 'entry'}", zeroed
