"""Right answers in other clothes: wrappers that make a right function compute, or return, in another type.

Each takes a function of a problem set's solution. `STYLES` change the type that it computes in or the form of what it
returns, and never what is right.
"""

from __future__ import annotations

import functools
from array import array
from collections import deque
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

__all__ = ["FORMS", "PRECISIONS", "answered_in", "computed_in", "in_style"]

Function = Callable[..., Any]


def deep(change: Callable[[Any], Any], value: Any) -> Any:
    """The value with each array and number in it changed, down through lists, tuples and dictionaries."""
    if isinstance(value, list | tuple):
        return type(value)(deep(change, part) for part in value)
    if isinstance(value, dict):
        return {key: deep(change, part) for key, part in value.items()}
    return change(value)


def is_real(value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind == "f"
    return isinstance(value, float)


def cast(kind: Any) -> Callable[[Any], Any]:
    """Real numbers as others; whole numbers, labels and functions stay what they are."""
    return lambda value: np.asarray(value).astype(kind)[()] if is_real(value) else value


def computed_in(kind: Any, *, widened: bool = False) -> Callable[[Function], Function]:
    """A function that computes in another type than float64, and gives the result in that type, or in float64 again."""

    def style(function: Function) -> Function:
        @functools.wraps(function)
        def styled(*arguments: Any, **keywords: Any) -> Any:
            given, words = deep(cast(kind), arguments), deep(cast(kind), keywords)
            value = deep(cast(kind), function(*given, **words))
            return deep(cast(np.float64), value) if widened else value

        return styled

    return style


def answered_in(change: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """A function whose result is put into another form at the end."""

    def style(function: Function) -> Function:
        @functools.wraps(function)
        def styled(*arguments: Any, **keywords: Any) -> Any:
            return change(function(*arguments, **keywords))

        return styled

    return style


def halves(value: Any) -> Any:
    """Half of it in float32 and half in float64: float64, with the rounding of float32."""
    if not is_real(value):
        return value
    half = np.asarray(value) / 2
    return (half.astype(np.float32) + half)[()]


def one_axis(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change arrays of real numbers along one axis."""
    return lambda value: (
        made(value)
        if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind == "f"
        else value
    )


def number(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change single real numbers that are finite."""
    return lambda value: (
        made(value) if is_real(value) and not np.ndim(value) and np.isfinite(value) else value
    )


def array_to(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: made(value) if isinstance(value, np.ndarray) else value


PRECISIONS: Mapping[str, Callable[[Function], Function]] = {
    "float32 throughout": computed_in(np.float32),
    "float32, widened at the end": computed_in(np.float32, widened=True),
    "float32 at the end": answered_in(functools.partial(deep, cast(np.float32))),
    "half of it through float32": answered_in(functools.partial(deep, halves)),
    "long double": computed_in(np.longdouble),
    "Fortran order": answered_in(functools.partial(deep, array_to(np.asfortranarray))),
}

FORMS: Mapping[str, Callable[[Function], Function]] = {
    "lists": answered_in(functools.partial(deep, array_to(np.ndarray.tolist))),
    "deques": answered_in(functools.partial(deep, one_axis(deque))),
    "array.array": answered_in(functools.partial(deep, one_axis(lambda value: array("d", value)))),
    "masked arrays": answered_in(functools.partial(deep, array_to(np.ma.array))),
    "arrays of objects": answered_in(functools.partial(deep, array_to(lambda value: value.astype(object)))),
    "Fractions": answered_in(functools.partial(deep, number(lambda value: Fraction(float(value))))),
    "Decimals": answered_in(functools.partial(deep, number(lambda value: Decimal(float(value))))),
    "arrays without an axis": answered_in(functools.partial(deep, number(np.asarray))),
    "Python's floats": answered_in(functools.partial(deep, number(float))),
    "lists for tuples": answered_in(lambda value: list(value) if isinstance(value, tuple) else value),
    "views of dictionaries": answered_in(
        functools.partial(deep, one_axis(lambda value: dict(enumerate(value.tolist())).values()))
    ),
}


def in_style(
    namespace: dict[str, Any], names: Any, style: Callable[[Function], Function], *, throughout: bool
) -> dict[str, Any]:
    """A solution's names, with each function of the problem set in a style; classes stay what they are.

    ``throughout`` puts them in each other's place too; else only what they give to a test is in that style.
    """
    styled = {name: style(namespace[name]) for name in names if not isinstance(namespace[name], type)}
    if throughout:
        namespace.update(styled)
    return {**namespace, **styled}
