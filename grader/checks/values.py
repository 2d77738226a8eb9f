"""Turn what a student's function returned into an array of numbers, or say why that cannot be done."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.conversion import NUMERIC, NotNumbers, TooLarge, array_of, one_array
from grader.checks.messages import describe, fail, failed
from grader.kinds import ITERATORS, Held, plain, type_name
from grader.libraries import Sparse
from grader.tables import NotCarried, TooWide, is_table, numbers_of, table_of
from grader.units import is_quantity

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
    if isinstance(value, Sparse):
        whole = value.dense()
        if whole is None:
            fail(f"{name} is {describe(given)} of shape {value.shape}, too large to be compared as a whole.")
        return whole
    if is_table(value):
        return _of_table(value, name)
    if isinstance(value, bool | float | complex):
        return np.asarray(value)
    if isinstance(value, int):
        return _from_int(value)
    if value is None:
        fail(f"{name} is None. Does the function return its result?")
    if value is Ellipsis or (isinstance(value, Held) and value._kind == "ellipsis"):
        fail(f"{name} is `...`: replace the starter code with your own.")
    if value is not given and _has_unit(given):
        fail(f"{name} has a unit, but a number was expected: give its .magnitude (pint) or .value (astropy).")
    if not isinstance(value, list | tuple):
        remedy = " Turn it into a list." if describe(given).partition(" ")[2] in ITERATORS else ""
        fail(f"{name} is {describe(given)}, not an array of numbers.{remedy}")
    try:
        return one_array(value)
    except TooLarge as large:
        raise failed(f"{name} holds {large}, far more than can be compared.") from None
    except NotNumbers:
        raise failed(f"{name} is {_why_not(value)}, not an array of numbers.") from None


def _has_unit(given: Any) -> bool:
    """Whether a value is a quantity of pint or astropy, here or in the sandbox."""
    kind = given._kind if isinstance(given, Held) else type_name(given)
    return is_quantity(given) or kind.rpartition(".")[2] == "Quantity"


def _of_table(value: Any, name: str) -> np.ndarray:
    """The numbers of a table that holds nothing else."""
    __tracebackhide__ = True
    try:
        found = numbers_of(table_of(value))
    except TooWide as large:
        raise failed(f"{name} holds {large}, far more than can be compared.") from None
    except NotCarried:
        found = None
    if found is None:
        fail(f"{name} is {describe(value)} that holds something other than numbers.")
    return found


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
