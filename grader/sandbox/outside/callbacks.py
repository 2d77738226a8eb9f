"""A test's function, called back by the submission that it was passed to.

The function was written for a handful of numbers, but text and integers can grow to any size by multiplication, and two
long arrays can make a square one. So only 64-bit numbers and arrays of numbers go in, and no more of them than a few
times what the call sent out. One such function may also take what another returned: a model is often several arrays,
or a dictionary of them.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, NotNumbers, TooLarge, one_array
from grader.errors import WireError
from grader.sandbox.crossing.arrays import ArrayHeader
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.sandbox.crossing.messages import CallBack, CallBackAnswer

__all__ = ["answered", "most_entries"]

LEAST_ENTRIES = 1_024
LONGEST_KEY = 100
"""Characters of a name in a dictionary."""
_INT64 = range(-(2**63), 2**63)


class _Unfit(Exception):
    """An argument does not suit a test's function; says what it should be."""


def answered(
    message: CallBack, decoder: Decoder, functions: Sequence[Callable[..., Any]], most: int, encoder: Encoder
) -> tuple[CallBackAnswer, list[bytes | memoryview]]:
    """Call the function: the answer, and the buffers of its arrays.

    Args:
        message: The call.
        decoder: Of the message.
        functions: Those that were passed in.
        most: How many numbers the call may bring.
        encoder: For the answer.

    Raises:
        WireError: There is no such function, or no arguments that any call could have.
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
        # Only the exception's name, since its text may reveal what the test knows.
        text = f"the function you were given raised {type(error).__name__} for these arguments"
        return CallBackAnswer(error=text), []


def most_entries(sent: Iterable[ArrayHeader]) -> int:
    """How many numbers a call-back may bring, given the arrays that went out with the call."""
    return LEAST_ENTRIES + 2 * sum(math.prod(header.shape) for header in sent)


class _Several(tuple[Any, ...]):
    """Things of different kinds, such as a model's weights and biases. Repeating them could take any memory."""

    def __mul__(self, _: Any) -> Any:
        raise TypeError("several things cannot be multiplied like a number")

    __rmul__ = __mul__


def _fit(
    positional: Sequence[Any], keywords: Mapping[str, Any], most: int
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments as the test's function gets them: numbers as they are, lists of numbers as arrays.

    Raises:
        _Unfit: They are something else, or more than ``most`` numbers in all.
    """
    given = [_part(value) for value in positional], {key: _part(value) for key, value in keywords.items()}
    if sum(map(_entries, (*given[0], *given[1].values()))) > most:
        raise _Unfit("the function you were given got far more numbers than it is made for")
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
    raise _Unfit("the function you were given takes numbers and arrays of numbers, but got something else")


def _entries(part: Any) -> int:
    """How many numbers it holds, or sums of its parts could; the parts of `_Several` and of a dictionary count too."""
    if isinstance(part, dict | _Several):
        parts = part.values() if isinstance(part, dict) else part
        return len(part) + sum(map(_entries, parts))
    return math.prod(max(side, 1) for side in np.shape(part))
