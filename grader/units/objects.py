"""Quantities of pint and astropy as a plain number, or array, and a unit that `grader.units.reading` reads.

An object is looked at where it was made: in the sandbox, or on a student's own machine. Neither library is imported.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.units.reading import unit_of
from grader.units.table import UnknownUnit

__all__ = ["is_quantity", "plain_quantity"]

LONGEST_NAME = 200


def is_quantity(value: object) -> bool:
    """Whether a value is a quantity of pint or astropy."""
    return any(
        kind.__name__ in ("Quantity", "PlainQuantity")
        and kind.__module__.partition(".")[0] in ("pint", "astropy")
        for kind in type(value).__mro__
    )


def plain_quantity(value: Any) -> Any:
    """A quantity's number and the text of its unit; the number alone if it has none.

    A unit that is not known here becomes SI units, as its own library converts it.
    """
    number, unit = _parts(value)
    try:
        unit_of(unit)
    except UnknownUnit:
        number, unit = _parts(value.to_base_units() if hasattr(value, "to_base_units") else value.si)
    number = number if isinstance(number, int | float) else np.asarray(number)
    if isinstance(number, np.ndarray) and not number.shape:
        number = number[()]
    return (number, unit[:LONGEST_NAME]) if unit else number


def _parts(value: Any) -> tuple[Any, str]:
    """The number and the unit; pint writes ``meter / second ** 2`` and astropy ``m / s2``."""
    if hasattr(value, "magnitude"):
        unit = str(value.units)
        return value.magnitude, "" if unit == "dimensionless" else unit
    return value.value, value.unit.to_string()
