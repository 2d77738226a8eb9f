"""Turn what a student's function returned into an array of numbers, or say why that cannot be done."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, NotNumbers, TooLarge, array_of, one_array
from grader.checks.messages import describe, fail, failed
from grader.kinds import ITERATORS, Held, plain

__all__ = ["as_numbers", "is_number"]


def is_number(value: object) -> bool:
    """Whether a value is one Python or numpy number, or an array of shape () that holds one."""
    if isinstance(value, np.ndarray | np.generic):
        return value.ndim == 0 and value.dtype.kind in NUMERIC
    return isinstance(value, bool | int | float | complex)


def _from_int(value: int) -> np.ndarray:
    """An int of any size: exact where 64 bits hold it, else the nearest float or ±inf."""
    if -(2**63) <= value < 2**63:
        return np.asarray(value, dtype=np.int64)
    try:
        return np.asarray(float(value))
    except OverflowError:
        return np.asarray(np.inf if value > 0 else -np.inf)


def as_numbers(value: Any, name: str = "result") -> np.ndarray:
    """The value as a numeric or boolean array; lists and tuples of numbers count as arrays.

    Raises `CheckFailed` for None, strings, dictionaries, ragged lists, objects and empty returns.
    """
    __tracebackhide__ = True
    given, value = value, plain(value)
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind not in NUMERIC:
            fail(f"{name} is an array of {array.dtype.name}, not of numbers.")
        return array
    if isinstance(value, bool | float | complex):
        return np.asarray(value)
    if isinstance(value, int):
        return _from_int(value)
    if value is None:
        fail(f"{name} is None. Does the function return its result?")
    if value is Ellipsis or (isinstance(value, Held) and value._kind == "ellipsis"):
        fail(f"{name} is `...`: replace the starter code with your own.")
    if not isinstance(value, list | tuple):
        remedy = " Turn it into a list." if describe(given).partition(" ")[2] in ITERATORS else ""
        fail(f"{name} is {describe(given)}, not an array of numbers.{remedy}")
    try:
        return one_array(value)
    except TooLarge as large:
        raise failed(f"{name} holds {large}, far more than can be compared.") from None
    except NotNumbers:
        raise failed(f"{name} is {_why_not(value)}, not an array of numbers.") from None


def _why_not(value: list[Any] | tuple[Any, ...]) -> str:
    noun = "list" if isinstance(value, list) else "tuple"
    for item in value:
        if item is None:
            return f"a {noun} that holds None"
        if isinstance(item, str | bytes):
            return f"a {noun} that holds strings"
        stands_for = plain(item)
        if array_of(stands_for) is None and not isinstance(stands_for, list | tuple | np.ndarray):
            return f"a {noun} that holds {describe(item)}"
    if any(isinstance(item, list | tuple | np.ndarray) for item in value):
        if any(isinstance(item, np.ndarray) for item in value):
            return f"a {noun} of {len(value)} arrays"
        return f"a {noun} of lists that differ in length or hold something other than numbers"
    return describe(value)
