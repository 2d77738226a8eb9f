"""The values of an expression at points, where the student's code runs."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.expressions.texts import Unreadable, unknown_names, value_of
from grader.kinds import plain
from grader.libraries import kind_of

__all__ = ["ADDED", "CONSTANTS", "REASONS", "values_at"]

REASONS = ("unknown", "unreadable", "undone", "cut", "set", "kind", "parts")
"""Why an answer has no values: it has names that are no variables (they follow), it cannot be read as a formula, it
holds an integral or a derivative that is not carried out, it holds an O(…), it is a set, it is no expression, or its
parts do not belong together."""
ADDED = "+"
"""Begins the name of a constant among the variables, which a formula may hold and no function is called with."""
CONSTANTS = frozenset({"C", "c", "K", "k", *(f"{letter}{mark}1" for letter in "CcKk" for mark in ("", "_"))})
"""What the constant of an antiderivative is called."""
MOST_NAMES = 5
LONGEST_NAME = 20
MOST_PARTS = 100

Points = Mapping[str, np.ndarray]


def values_at(expression: Any, points: Points) -> Any:
    """The values as an array, nan where there is none, a row for each part; or one of `REASONS` and names.

    >>> values_at("x^2 + 2x", {"x": np.array([1.0, 3.0])})
    array([ 3., 15.])
    >>> values_at("x + t", {"x": np.array([1.0, 3.0])})
    ('unknown', ['t'])
    >>> values_at("x + C", {"x": np.array([1.0, 3.0]), "+C": np.array([0.0, 1.0])})
    array([1., 4.])
    """
    with np.errstate(all="ignore"):
        try:
            found = _values(expression, points)
        except _Told as told:
            return told.args
    return found


class _Told(Exception):
    """There are no values; the arguments say why."""


def _values(expression: Any, points: Points) -> np.ndarray:
    if isinstance(expression, str):
        return _of_text(expression, points)
    if kind_of(expression) == "sympy.Basic" and not _is_matrix(expression):
        return _of_sympy(expression, points)
    if callable(expression) and not isinstance(expression, type):
        return _of_function(expression, points)
    stands_for = expression if _is_matrix(expression) else plain(expression)
    if isinstance(stands_for, bool | int | float | complex | np.generic):
        return _filled(stands_for, points)
    if isinstance(stands_for, np.ndarray) and stands_for.ndim == 0:
        return _values(stands_for.item(), points)
    if isinstance(stands_for, list | tuple | np.ndarray) or _is_matrix(stands_for):
        return _of_parts(stands_for, points)
    if isinstance(expression, set | frozenset):
        return _of_set(list(expression), points)
    raise _Told("kind", [])


def _is_matrix(value: Any) -> bool:
    return kind_of(value) == "sympy.Basic" and hasattr(type(value), "shape")


def _of_parts(parts: Any, points: Points) -> np.ndarray:
    """A row for each part, such as the entries of a gradient; those of a matrix in C order."""
    listed = list(parts.ravel()) if isinstance(parts, np.ndarray) else list(parts)
    if not 0 < len(listed) <= MOST_PARTS:
        raise _Told("parts", [])
    found = np.concatenate([np.atleast_2d(_values(part, points)) for part in listed])
    if len(found) > MOST_PARTS:
        raise _Told("parts", [])
    return found


def _of_set(members: Sequence[Any], points: Points) -> np.ndarray:
    """Of one; more have no order."""
    if len(members) != 1:
        raise _Told("set", [])
    return _of_parts(members, points)


def _named(points: Points) -> Points:
    """Variables and constants, by the names that a formula has for them."""
    return {name.removeprefix(ADDED): values for name, values in points.items()}


def _arguments(points: Points) -> list[np.ndarray]:
    """What a function is called with."""
    return [values for name, values in points.items() if not name.startswith(ADDED)]


def _filled(value: Any, points: Points) -> np.ndarray:
    """What an evaluation gave, as one number for each point."""
    count = len(next(iter(points.values())))
    array = np.asarray(value)
    if array.dtype.kind == "O":
        array = np.array([plain(one) for one in array.ravel()]).reshape(array.shape)
    if array.dtype.kind not in "biufc":
        raise _Told("kind", [])
    if array.ndim == 0:
        return np.full(count, array, np.result_type(array.dtype, float))
    if array.shape != (count,):
        raise _Told("parts", [])
    return array.astype(np.result_type(array.dtype, float))


def _unknown(names: Sequence[str]) -> _Told:
    short = sorted(name[:LONGEST_NAME] for name in names if name.isidentifier())
    return _Told("unknown", short[:MOST_NAMES])


# A text ------------------------------------------------------------------------------------------------------


def _of_text(text: str, points: Points) -> np.ndarray:
    named = _named(points)
    try:
        if names := unknown_names(text, named):
            raise _unknown(names)
        return _filled(value_of(text, named), points)
    except Unreadable:
        raise _Told("unreadable", []) from None


# sympy's -----------------------------------------------------------------------------------------------------


def _of_sympy(expression: Any, points: Points) -> np.ndarray:
    sympy = sys.modules["sympy"]
    if isinstance(expression, sympy.Equality):  # y = x**2, or f(x) = x**2
        return _values(expression.rhs, points)
    if isinstance(expression, sympy.Poly):
        expression = expression.as_expr()
    if isinstance(expression, sympy.Lambda):
        return _values(_applied(expression, points), points)
    if isinstance(expression, sympy.Tuple):
        return _of_parts(tuple(expression), points)
    if isinstance(expression, sympy.FiniteSet):
        return _of_set(expression.args, points)
    if not isinstance(expression, sympy.Expr):
        raise _Told("kind", [])
    if expression.has(sympy.Integral, sympy.Derivative, sympy.Limit, sympy.Sum, sympy.Product):
        raise _Told("undone", [])
    if expression.has(sympy.Order):
        raise _Told("cut", [])
    points = _named(points)
    symbols = {symbol.name: symbol for symbol in expression.free_symbols}
    unknown = [name for name in symbols if name not in points]
    unknown += [type(one).__name__ for one in expression.atoms(sympy.core.function.AppliedUndef)]
    if unknown:
        raise _unknown(unknown)
    taken = [name for name in points if name in symbols]
    given = [points[name] for name in taken]
    try:
        function = sympy.lambdify([symbols[name] for name in taken], expression, "numpy")
        return _filled(function(*given), points)
    except _Told:
        raise
    except Exception:  # a function that numpy has not
        return _filled([_evaluated(expression, symbols, points, at) for at in _each(points)], points)


def _applied(function: Any, points: Points) -> Any:
    """What sympy's function of symbols is: of the variables in their order, or of those that it names."""
    sympy = sys.modules["sympy"]
    variables = [name for name in points if not name.startswith(ADDED)]
    own = [getattr(one, "name", "") for one in function.signature]
    if len(own) == len(variables):
        return function(*map(sympy.Symbol, variables))
    if not set(own) <= set(variables):
        raise _Told("kind", [])
    return function.expr


def _evaluated(expression: Any, symbols: Mapping[str, Any], points: Points, at: int) -> Any:
    """The value at one point, by sympy's own arithmetic."""
    try:
        number = complex(expression.evalf(subs={symbols[name]: points[name][at] for name in symbols}))
    except Exception:  # whatever a library says of what has no value
        return float("nan")
    return number if abs(number.imag) > 1e-12 * abs(number) else number.real


def _each(points: Points) -> range:
    return range(len(next(iter(points.values()))))


# A function of Python's --------------------------------------------------------------------------------------


def _of_function(function: Callable[..., Any], points: Points) -> np.ndarray:
    """Of arrays if it takes them, as one of numpy does; otherwise point by point, nan where it raises."""
    if _takes_nothing(function):
        return _values(function(), points)
    try:
        found = function(*(value.copy() for value in _arguments(points)))
        if kind_of(found) != "sympy.Basic" and not isinstance(found, str | list | tuple):
            return _filled(plain(found), points)
    except Exception:
        pass
    constants = {name: values for name, values in points.items() if name.startswith(ADDED)}
    rows = [
        _called(
            function,
            [values[at].item() for values in _arguments(points)],
            {name: values[at : at + 1] for name, values in constants.items()},
        )
        for at in _each(points)
    ]
    if all(isinstance(row, Exception) for row in rows):
        raise rows[0]
    wide = max(len(row) for row in rows if not isinstance(row, Exception))
    table = [np.full(wide, np.nan) if isinstance(row, Exception) else row for row in rows]
    if any(len(row) != wide for row in table):
        raise _Told("parts", [])
    turned = np.array(table).T
    return turned[0] if wide == 1 else turned


def _takes_nothing(function: Callable[..., Any]) -> bool:
    try:
        return not inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False


def _called(function: Callable[..., Any], arguments: Sequence[Any], constants: Points) -> Any:
    """What a function gives for one point, as an array; or the exception that it raises."""
    try:
        found = function(*arguments)
        if _is_formula(found):
            return _with_constants(found, constants)
        found = plain(found)
        listed = [plain(one) for one in found] if isinstance(found, list | tuple) else np.ravel(found)
        array = np.asarray(listed)
    except _Told:
        raise
    except Exception as error:
        return error
    if array.ndim != 1 or not 0 < array.size <= MOST_PARTS or array.dtype.kind not in "biufc":
        raise _Told("kind", [])
    return array.astype(np.result_type(array.dtype, float))


def _is_formula(value: Any) -> bool:
    """Whether it is sympy's, with symbols."""
    return kind_of(value) == "sympy.Basic" and not _is_matrix(value) and bool(value.free_symbols)


def _with_constants(found: Any, constants: Points) -> np.ndarray:
    """What a function gives whose constant is a symbol, as in ``x**2 + C``; no other symbol may be left."""
    names = {symbol.name for symbol in found.free_symbols}
    if not names <= CONSTANTS:
        raise _Told("kind", [])
    if not names <= set(_named(constants)):
        raise _unknown(sorted(names))
    return _of_sympy(found, constants)
