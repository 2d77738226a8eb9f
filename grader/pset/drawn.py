"""Drawn numbers: what pset.yaml's ``variants:`` draws for each student, and its places in the handout.

A drawing follows from the problem set's seed, the variant's name and the name of what is drawn, so that another name
changes nothing about it. (Versions of functions, which `grader.pset.variants` reads, have nothing to do with this.)
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from inspect import signature
from itertools import islice
from typing import Any

import numpy as np

from grader.draws import Draws
from grader.errors import CourseError
from grader.pset.schema import Drawn, PsetFile

__all__ = [
    "GROUPS",
    "PLACEHOLDER",
    "SAMPLE",
    "TEMPLATE",
    "Drawing",
    "Value",
    "csv_of",
    "data_name",
    "draw",
    "drawn_in",
    "extremes",
    "filled",
    "groups_of",
    "made_data",
    "options",
    "placeholders",
    "shown",
]

Value = int | float | str
GROUPS = "groups"
"""The key of ``variants:`` that says how many there are."""
SAMPLE = ""
"""Whom the variant is drawn for that is shown where no student is named."""
PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z]\w*)\s*\}\}")
MOST_OPTIONS = 1_000_000


@dataclass(frozen=True)
class Drawing:
    """What was drawn for one variant: a value for each name, which for data is the name of its file."""

    variant: str
    """The variant's name, from which nobody can tell whose it is."""
    values: Mapping[str, Value]

    @property
    def digest(self) -> str:
        """Tells drawings apart."""
        text = json.dumps([self.variant, dict(self.values)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


TEMPLATE = Drawing("", {})
"""Nothing is drawn: the handout keeps its placeholders."""


def drawn_in(file: PsetFile) -> dict[str, Drawn]:
    """What a problem set draws, by name; empty if everybody gets the same."""
    return {name: one for name, one in (file.variants or {}).items() if isinstance(one, Drawn)}


def groups_of(file: PsetFile) -> int | None:
    """How many variants there are; None for one for each student."""
    groups = (file.variants or {}).get(GROUPS)
    return groups if isinstance(groups, int) else None


def data_name(name: str) -> str:
    """The data file that a name stands for."""
    return f"{name}.csv"


# Drawing -----------------------------------------------------------------------------------------------------


def options(one: Drawn) -> tuple[int, Callable[[int], Value]]:
    """How many values there are to draw from, and the value with each number.

    >>> count, value = options(Drawn(number=(Fraction(1, 2), Fraction(2)), step=Fraction(1, 10)))
    >>> count, [value(place) for place in (0, 2, 15)]
    (16, [0.5, 0.7, 2.0])
    """
    if one.integer is not None:
        low, high = one.integer
        return high - low + 1, lambda place: low + place
    if one.number is not None and one.step:
        least, most, step = *one.number, one.step
        return int((most - least) / step) + 1, lambda place: float(least + place * step)
    listed = one.choose if one.choose is not None else one.words or ()
    return len(listed), lambda place: _plain(listed[place])


def _plain(value: Any) -> Value:
    return float(value) if isinstance(value, Decimal | Fraction) else value


def draw(drawn: Mapping[str, Drawn], draws: Draws, variant: str) -> Drawing:
    """What a variant, by its name, stands for."""
    values: dict[str, Value] = {}
    for name, one in drawn.items():
        if one.data is not None:
            values[name] = data_name(name)
            continue
        count, value = options(one)
        if count > 0:  # otherwise the check of the settings says what is wrong
            values[name] = value(int(draws.number(variant, name).integers(count)))
    return Drawing(variant, values)


def extremes(drawn: Mapping[str, Drawn], sample: Drawing) -> Iterator[Drawing]:
    """Drawings to try a suite on: each name at its first and its last value, alone and all together."""
    ends: dict[str, list[Value]] = {}
    for name, one in drawn.items():
        if one.data is None:
            count, value = options(one)
            ends[name] = [value(0), value(count - 1)]
    tried = [{name: both[end] for name, both in ends.items()} for end in (0, 1)]
    tried += [{name: both[end]} for name, both in ends.items() for end in (0, 1)] if len(ends) > 1 else []
    for number, values in enumerate(tried):
        yield Drawing(f"{sample.variant}-{number}", {**sample.values, **values})


# Data --------------------------------------------------------------------------------------------------------


def made_data(function: str, where: str, values: Mapping[str, Value], rng: np.random.Generator) -> Any:
    """What a function of the reference makes; it gets the generator, and drawn values by its parameters' names.

    Raises:
        CourseError: There is no such function, or it fails.
    """
    module, _, name = function.rpartition(".")
    try:
        make = getattr(importlib.import_module(module), name)
        rest = islice(signature(make).parameters, 1, None)
        return make(rng, **{one: values[one] for one in rest if one in values})
    except Exception as error:
        raise CourseError(
            f"{where}: {function} cannot make data ({type(error).__name__}: {error}); it should take a random "
            "generator first, and then names of this problem set's variants"
        ) from error


def csv_of(value: Any, where: str) -> bytes:
    """An array, a table or a dictionary of columns as a CSV file, with every digit.

    >>> csv_of({"t": np.arange(2), "x": np.array([0.5, 0.1])}, "")
    b't,x\\n0,0.5\\n1,0.1\\n'
    """
    if hasattr(value, "to_csv"):
        return str(value.to_csv(index=False, lineterminator="\n")).encode()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if isinstance(value, Mapping):
        columns = [np.asarray(column).tolist() for column in value.values()]
        rows: list[Any] = [list(value), *zip(*columns, strict=True)]
    else:
        array = np.asarray(value)
        if array.dtype.kind not in "biufUS" or array.ndim not in (1, 2):
            raise CourseError(
                f"{where}: data should be an array with one or two axes, a table, or a dictionary of columns"
            )
        rows = array.reshape(len(array), -1).tolist()
    writer.writerows(rows)
    return text.getvalue().encode()


# The handout -------------------------------------------------------------------------------------------------


def shown(value: Value) -> str:
    """A value as the handout has it, in text and in code."""
    return value if isinstance(value, str) else repr(value)


def filled(text: str, drawing: Drawing) -> str:
    """A text with values in the places of its placeholders; those without a value stay.

    >>> filled("slope = {{slope}}", Drawing("v", {"slope": 3}))
    'slope = 3'
    """
    values = drawing.values
    return PLACEHOLDER.sub(lambda found: shown(values[found[1]]) if found[1] in values else found[0], text)


def placeholders(text: str) -> Iterator[tuple[str, int]]:
    """The name and line of every placeholder of a text."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((found[1], number) for found in PLACEHOLDER.finditer(line))
