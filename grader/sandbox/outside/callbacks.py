"""A function of ours, called back by the submission that a test passed it to.

The function was written for a handful of numbers. Text can be multiplied, integers of any size too, and two long arrays
make a square one: so only numbers of 64 bits and arrays of numbers go in, and no more of them than a few times what
went out. What one function of ours returned, another may take: a model is often several arrays, or a dictionary.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, NotNumbers, TooLarge, one_array
from grader.errors import WireError
from grader.sandbox.crossing.codec import ArrayHeader, Decoder, Encoder
from grader.sandbox.crossing.messages import CallBack, CallBackAnswer

__all__ = ["answered", "most_entries"]

LEAST_ENTRIES = 1_024
LONGEST_KEY = 100
"""Characters of a name in a dictionary."""
_INT64 = range(-(2**63), 2**63)


class _Unfit(Exception):
    """An argument is not for a function of ours; says what it should be."""


def answered(
    message: CallBack, decoder: Decoder, functions: Sequence[Callable[..., Any]], most: int, encoder: Encoder
) -> tuple[CallBackAnswer, list[bytes | memoryview]]:
    """Call the function that is meant: the answer, and the buffers of its arrays.

    Args:
        message: The call.
        decoder: Of the message.
        functions: Those that were passed in.
        most: How many numbers the call may bring.
        encoder: For the answer.

    Raises:
        WireError: There is no such function, or its arguments are none.
    """
    positional, keywords = decoder.value(message.positional), decoder.value(message.keywords)
    if (
        not 0 <= message.function < len(functions)
        or not isinstance(positional, tuple)
        or not isinstance(keywords, dict)
        or not all(isinstance(key, str) for key in keywords)
    ):
        raise WireError("it called a function that was not passed in")
    try:
        given, named = _fit(positional, keywords, most)
        # A submission may pass what a function of ours warns of, such as ``where`` without ``out``.
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            value = encoder.node(functions[message.function](*given, **named))
        return CallBackAnswer(arrays=encoder.headers, value=value), encoder.buffers
    except _Unfit as error:
        return CallBackAnswer(error=str(error)), []
    except Exception as error:
        # Only the kind of the exception: its text may speak of what the test knows.
        text = f"the function you were given raised {type(error).__name__} for these arguments"
        return CallBackAnswer(error=text), []


def most_entries(sent: Iterable[ArrayHeader]) -> int:
    """How many numbers a call back may bring, by the arrays that went out with the call."""
    return LEAST_ENTRIES + 2 * sum(math.prod(header.shape) for header in sent)


class _Several(tuple[Any, ...]):
    """Unlike things together, such as a model's weights and biases; repeating them could take any memory."""

    def __mul__(self, _: Any) -> Any:
        raise TypeError("it is several things, and no number")

    __rmul__ = __mul__


def _fit(
    positional: Sequence[Any], keywords: Mapping[str, Any], most: int
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments as our function gets them: numbers as they are, lists of numbers as arrays.

    Raises:
        _Unfit: They are something else, or more than ``most`` numbers in all.
    """
    given = [_part(value) for value in positional], {key: _part(value) for key, value in keywords.items()}
    if sum(map(_entries, (*given[0], *given[1].values()))) > most:
        raise _Unfit("the function you were given got far more numbers than it was made for")
    return given


def _part(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in NUMERIC:
        return value
    if isinstance(value, float | complex) or (isinstance(value, int) and value in _INT64):
        return value
    if isinstance(value, dict) and all(isinstance(key, str) and len(key) <= LONGEST_KEY for key in value):
        return {key: _part(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        try:
            return one_array(value)
        except TooLarge:
            pass
        except NotNumbers:
            return _Several(map(_part, value))
    raise _Unfit("the function you were given takes numbers and arrays of numbers, and got something else")


def _entries(part: Any) -> int:
    """How many numbers it holds, or its sums could; things of several and names in a dictionary count besides."""
    if isinstance(part, dict | _Several):
        parts = part.values() if isinstance(part, dict) else part
        return len(part) + sum(map(_entries, parts))
    return math.prod(max(side, 1) for side in np.shape(part))
