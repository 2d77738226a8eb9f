"""Expressions of sympy out of a text, of which nothing runs: sympy itself would evaluate it as Python.

A text that a test passes on may come from a student, and the process that judges makes the same expression when it
follows a mistake. So a text has numbers, symbols, operators and elementary functions, and what it asks for is bounded.
"""

from __future__ import annotations

import ast
import importlib
from typing import Any

__all__ = ["expression_of"]

LONGEST = 1_000
"""Characters of a text."""
DEEPEST = 100
MOST_BITS = 10_000
"""Of an exact number, which a power of a power would otherwise make as large as it likes."""
_CONSTANTS = ("pi", "E", "I", "oo", "nan", "GoldenRatio", "EulerGamma")
_FUNCTIONS = (
    "Abs", "acos", "acosh", "acot", "asin", "asinh", "atan", "atanh", "cbrt", "conjugate", "cos", "cosh", "cot", "coth",
    "csc", "erf", "exp", "ln", "log", "sec", "sin", "sinh", "sqrt", "tan", "tanh",
)  # fmt: skip


def expression_of(text: str) -> Any:
    """The expression that a text such as ``"a*x**2 + sin(x)"`` stands for; every other name is a symbol.

    Raises:
        ImportError: sympy is not installed here.
        ValueError: The text holds something else, or asks for too much.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text for sympy has more than {LONGEST:,} characters")
    sympy = importlib.import_module("sympy")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except (SyntaxError, MemoryError, RecursionError):
        raise ValueError("a text for sympy is no expression") from None
    return _made(tree, sympy, 0)


def _made(node: ast.expr, sympy: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError("a text for sympy is nested too deeply")
    match node:
        case ast.Constant(value=int() as number) if not isinstance(number, bool):
            return sympy.Integer(number)
        case ast.Constant(value=float() as number):
            return sympy.Float(number)
        case ast.Name(id=name):
            return getattr(sympy, name) if name in _CONSTANTS else sympy.Symbol(name)
        case ast.UnaryOp(op=ast.UAdd() | ast.USub() as sign, operand=operand):
            made = _made(operand, sympy, depth + 1)
            return -made if isinstance(sign, ast.USub) else made
        case ast.BinOp(left=left, op=sign, right=right):
            return _joined(sign, _made(left, sympy, depth + 1), _made(right, sympy, depth + 1))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            try:
                return getattr(sympy, name)(*(_made(one, sympy, depth + 1) for one in arguments))
            except TypeError:
                raise ValueError(f"a text for sympy gives {name} too few or too many arguments") from None
    raise ValueError("a text for sympy may hold numbers, symbols, operators and elementary functions only")


def _joined(sign: ast.operator, one: Any, other: Any) -> Any:
    match sign:
        case ast.Add():
            return one + other
        case ast.Sub():
            return one - other
        case ast.Mult():
            return one * other
        case ast.Div():
            return one / other
        case ast.Pow():
            if other.is_Rational and _bits(one) * (abs(int(other)) + 1) > MOST_BITS:
                raise ValueError("a text for sympy asks for a power that is too large")
            return one**other
    raise ValueError("a text for sympy has an operator that is none of + - * / **")


def _bits(expression: Any) -> int:
    """How long the longest exact number in an expression is; the whole may be made into one."""
    numbers = [one for one in (expression, *expression.atoms()) if one.is_Rational]
    return max((max(int(one.p).bit_length(), int(one.q).bit_length()) for one in numbers), default=1)
