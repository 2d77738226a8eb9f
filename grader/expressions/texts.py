"""Formulas written as text, such as ``2x^2 + sin(x)``: read with Python's own grammar, and computed in floats."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

__all__ = ["Unreadable", "unknown_names", "value_of"]

LONGEST = 5_000
"""Characters of a formula."""
DEEPEST = 200

_CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e, "E": np.e, "inf": np.inf, "i": 1j, "I": 1j, "j": 1j}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(np, name)
        for name in (
            "sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "log2", "log10", "log1p", "expm1", "sqrt",
            "cbrt", "abs", "sign", "floor", "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh",
        )
    },
    "ln": np.log, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "asinh": np.arcsinh, "acosh": np.arccosh,
    "atanh": np.arctanh, "sec": lambda x: 1 / np.cos(x), "csc": lambda x: 1 / np.sin(x), "cot": lambda x: 1 / np.tan(x),
    "sgn": np.sign, "Abs": np.abs,
}  # fmt: skip
_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_SIGNS: dict[type, Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
# "2x", "2(x + 1)", ")(" and ")x": a product that is not written out. A letter before "(" calls a function.
_PRODUCT = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?|\.\d+)(?!\d*[eE][+-]?\d)\s*(?=[^\W\d_]|\()|(\))\s*(?=\w|\()")
# "x sin(x)", but not "sin (x)".
_SPACE = re.compile(r"(\w+)\s+(?=[\w(])")
_SPELT = str.maketrans({"^": "**", "·": "*", "×": "*", "−": "-", "–": "-", "÷": "/"})


class Unreadable(ValueError):
    """A text that is no formula."""


def _tree(text: str) -> ast.expr:
    """The formula as Python reads it; an equation's right side."""
    if len(text) > LONGEST:
        raise Unreadable
    written = text.translate(_SPELT).strip().strip("$").strip()
    if "=" in written:
        written = written.rpartition("=")[2].strip()
    written = _PRODUCT.sub(lambda found: f"{found[1] or found[2]}*", written)
    written = _SPACE.sub(lambda found: found[0] if found[1] in _FUNCTIONS else f"{found[1]}*", written)
    try:
        return ast.parse(written, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Unreadable from None


def unknown_names(text: str, variables: Collection[str]) -> list[str]:
    """The names in a formula that are neither variables nor known constants and functions.

    Raises:
        Unreadable: It is no formula.
    """
    names = {node.id for node in ast.walk(_tree(text)) if isinstance(node, ast.Name)}
    return sorted(names - {*variables, *_CONSTANTS, *_FUNCTIONS, "np", "math", "sympy", "sp"})


def value_of(text: str, points: Mapping[str, np.ndarray]) -> Any:
    """The value of a formula at points, of the variables' own shape or a number.

    >>> value_of("2 (x - 1)^2 exp (-1)", {"x": np.array([1.0, 2.0])})
    array([0.        , 0.73575888])

    Raises:
        Unreadable: It is no formula.
    """
    return _value(_tree(text), points, 0)


def _value(node: ast.expr, points: Mapping[str, np.ndarray], depth: int) -> Any:
    if depth > DEEPEST:
        raise Unreadable
    inner = depth + 1
    match node:
        case ast.Constant(value=int() | float() | complex() as number) if not isinstance(number, bool):
            try:
                return np.complex128(number) if isinstance(number, complex) else np.float64(number)
            except OverflowError:
                return np.float64(np.inf)
        case ast.Name(id=name):
            if name in points:
                return points[name]
            if name in _CONSTANTS:
                return np.asarray(_CONSTANTS[name])[()]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, points, inner), _value(right, points, inner))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
            return _SIGNS[type(sign)](_value(operand, points, inner))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in points:  # x(x + 1)
            return points[name] * _value(argument, points, inner)
        case ast.Call(func=function, args=[argument], keywords=[]):
            if (name := _function_name(function)) in _FUNCTIONS:
                return _FUNCTIONS[name](_value(argument, points, inner))
        case ast.Attribute():  # np.pi
            if (name := _function_name(node)) in _CONSTANTS:
                return np.asarray(_CONSTANTS[name])[()]
    raise Unreadable


def _function_name(node: ast.expr) -> str:
    """``sin`` of ``sin``, ``np.sin`` and ``math.sin``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="np" | "math" | "sympy" | "sp"), attr=name):
            return name
    return ""
