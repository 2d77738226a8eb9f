"""What a submission may give to a function of ours that a test passed to it.

The function was written for a handful of numbers. Text can be multiplied, integers of any size too, and two long arrays
make a square one: so only numbers of 64 bits and arrays of numbers go in, and no more of them than a few times what
went out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, NotNumbers, one_array
from grader.sandbox.crossing.codec import ArrayHeader

__all__ = ["UnfitArgument", "fit", "most_entries"]

LEAST_ENTRIES = 1_024
_INT64 = range(-(2**63), 2**63)


class UnfitArgument(Exception):
    """An argument is not for a function of ours; says what it should be."""


def most_entries(sent: Iterable[ArrayHeader]) -> int:
    """How many numbers a call back may bring, by the arrays that went out with the call."""
    return LEAST_ENTRIES + 2 * sum(math.prod(header.shape) for header in sent)


def fit(
    positional: Sequence[Any], keywords: Mapping[str, Any], most: int
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments as our function gets them: numbers as they are, lists of numbers as arrays.

    Raises:
        UnfitArgument: They are something else, or more than ``most`` numbers in all.
    """
    given = [_number(value) for value in positional], {key: _number(value) for key, value in keywords.items()}
    if sum(np.size(value) for value in (*given[0], *given[1].values())) > most:
        raise UnfitArgument("the function you were given got far more numbers than it was made for")
    return given


def _number(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in NUMERIC:
        return value
    if isinstance(value, float | complex) or (isinstance(value, int) and value in _INT64):
        return value
    if isinstance(value, list | tuple):
        try:
            return one_array(value)
        except NotNumbers:
            pass
    raise UnfitArgument(
        "the function you were given takes numbers and arrays of numbers, and got something else"
    )
