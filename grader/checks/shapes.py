"""Checks on the form of an answer: its shape, how many values it has, whether it is one number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail, failed, one_number, shaped
from grader.checks.values import as_numbers
from grader.kinds import plain
from grader.text import counted

__all__ = ["check_outputs", "check_scalar", "check_shape"]


def check_shape(got: Any, shape: int | Sequence[int | None], *, name: str = "result") -> np.ndarray:
    """Fail unless ``got`` is an array of numbers of this shape, where None stands for any length; returns the array.

    Lists of numbers count as arrays, numbers as arrays of shape ().

    Examples:
        >>> check_shape([[1, 2, 3]], (None, 3)).shape
        (1, 3)
    """
    __tracebackhide__ = True
    wanted = (shape,) if isinstance(shape, int) else tuple(shape)
    array = as_numbers(got, name)
    if len(array.shape) == len(wanted) and all(
        want is None or have == want for have, want in zip(array.shape, wanted, strict=True)
    ):
        return array
    if not wanted:
        one_number(array, name)
    text = ", ".join("any" if n is None else str(n) for n in wanted) + ("," if len(wanted) == 1 else "")
    hint = ""
    if None not in wanted and array.ndim == 2 and array.shape[::-1] == wanted:
        hint = " It is transposed."
    elif None not in wanted and array.size == math.prod(n for n in wanted if n is not None):
        hint = " It has the right number of entries."
    raise failed(f"{name} {shaped(array)}, but shape ({text}) was expected.{hint}")


def check_outputs(value: Any, names: Sequence[str], *, name: str = "the function") -> tuple[Any, ...]:
    """Fail unless a function returned one value for each name, as a tuple or list; returns them as a tuple.

    Examples:
        >>> dW, db = check_outputs((1.0, 2.0), ("dW", "db"))
    """
    __tracebackhide__ = True
    wanted = f"should return {counted(len(names), 'value')} ({', '.join(names)})"
    given, value = value, plain(value)
    if value is None:
        fail(f"{name} returned None, but {wanted}. Is there a return statement?")
    if isinstance(value, dict):
        fail(f"{name} returned a dictionary, but {wanted} as a tuple.")
    if not isinstance(value, list | tuple):
        fail(f"{name} returned {describe(given)}, but {wanted}.")
    if len(value) != len(names):
        fail(f"{name} returned {counted(len(value), 'value')}, but {wanted}.")
    return tuple(value)


def check_scalar(value: Any, *, name: str = "result", finite: bool = True) -> float:
    """Fail unless ``value`` is one real number, finite unless ``finite=False``; returns it as a float.

    A numpy number or an array of shape () will do; an array of shape (1,) or (1, 1) and a truth value will not.

    Examples:
        >>> check_scalar(np.float64(0.5))
        0.5
    """
    __tracebackhide__ = True
    array = as_numbers(value, name)
    one_number(array, name)
    if array.dtype.kind == "b":
        fail(f"{name} is a truth value (bool), but a number was expected.")
    if array.dtype.kind == "c":
        fail(f"{name} is complex, but a real number was expected.")
    number = float(array)
    if finite and not math.isfinite(number):
        fail(f"{name} is {'nan' if math.isnan(number) else 'infinite'}. An overflow, or a division by 0?")
    return number
