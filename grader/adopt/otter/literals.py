"""Values that a test file spells out, read without running it."""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.notebook.magics import parsed

__all__ = ["NotLiteral", "constants", "literal", "read_python"]

LONGEST = 1_000_000
"""Characters or items that a multiplication may make."""
_METHODS: dict[str, Callable[[str], str]] = {
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "dedent": textwrap.dedent,
    "cleandoc": lambda text: textwrap.dedent(text).strip(),
}


class NotLiteral(Exception):
    """An expression whose value shows only when it runs."""


def read_python(text: str) -> ast.Module:
    """The file's statements, without the warnings about its backslashes.

    Raises:
        SyntaxError: It is no Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parsed(text)
        except (ValueError, RecursionError, MemoryError):
            raise SyntaxError("it cannot be parsed") from None


def constants(tree: ast.Module) -> dict[str, Any]:
    """The names that the file gives a plain value, as they are at its end."""
    found: dict[str, Any] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                names = [name]
            case _:
                continue
        try:
            made = literal(value, found)
        except (NotLiteral, RecursionError):
            for name in names:
                found.pop(name, None)
        else:
            found |= dict.fromkeys(names, made)
    return found


def literal(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of an expression of constants, containers of them, sums, f-strings and names already known.

    >>> literal(ast.parse("[f'{n}a', 'b' 'c' + n, -1 / 4]", mode="eval").body, {"n": "x"})
    ['xa', 'bcx', -0.25]

    Raises:
        NotLiteral: It holds anything else.
    """
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Dict(keys=keys, values=values):
            return _dictionary(keys, values, names)
        case ast.List(elts=parts):
            return [literal(part, names) for part in parts]
        case ast.Tuple(elts=parts):
            return tuple(literal(part, names) for part in parts)
        case ast.JoinedStr(values=parts):
            return "".join(_formatted(part, names) for part in parts)
        case ast.UnaryOp(op=operator, operand=operand):
            return _signed(operator, literal(operand, names))
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(operator, literal(left, names), literal(right, names))
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords) if all(k.arg for k in keywords):
            return {keyword.arg: literal(keyword.value, names) for keyword in keywords}
        case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[], keywords=[]) if (
            method in _METHODS
        ):
            return _text_method(method, literal(owner, names))
        case ast.Call(func=ast.Attribute(attr=function) | ast.Name(id=function), args=[one], keywords=[]) if (
            function in {"dedent", "cleandoc"}
        ):
            return _text_method(function, literal(one, names))
    raise NotLiteral


def _dictionary(
    keys: Sequence[ast.expr | None], values: Sequence[ast.expr], names: Mapping[str, Any]
) -> dict[Any, Any]:
    made = {}
    for key, value in zip(keys, values, strict=True):
        named = literal(key, names) if key is not None else None
        if not isinstance(named, str | int | float | bool):  # no `**other`, and nothing that has no hash
            raise NotLiteral
        made[named] = literal(value, names)
    return made


def _formatted(part: ast.expr, names: Mapping[str, Any]) -> str:
    if isinstance(part, ast.FormattedValue):
        value = literal(part.value, names)
        if part.format_spec is not None or not isinstance(value, str | int | float):
            raise NotLiteral
        return repr(value) if part.conversion == ord("r") else str(value)
    return str(literal(part, names))


def _signed(operator: ast.unaryop, value: Any) -> Any:
    if isinstance(operator, ast.Not):
        return not value
    if not isinstance(value, int | float):
        raise NotLiteral
    match operator:
        case ast.USub():
            return -value
        case ast.UAdd():
            return +value
    raise NotLiteral


def _combined(operator: ast.operator, left: Any, right: Any) -> Any:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    match operator:
        case ast.Add() if numbers or (type(left) is type(right) and isinstance(left, str | list | tuple)):
            return left + right
        case ast.Sub() if numbers:
            return left - right
        case ast.Div() if numbers and right:
            return left / right
        case ast.Mult() if numbers:
            return left * right
        case ast.Mult() if (
            isinstance(left, str | list) and isinstance(right, int) and right * len(left) <= LONGEST
        ):
            return left * right
    raise NotLiteral


def _text_method(method: str, value: Any) -> str:
    if not isinstance(value, str):
        raise NotLiteral
    return _METHODS[method](value)
