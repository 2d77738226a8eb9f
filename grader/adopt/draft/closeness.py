"""Comparisons of numbers, as gradmark's checks say them."""

from __future__ import annotations

import ast
from collections.abc import Callable

__all__ = ["as_check", "is_numbers"]

Concerns = Callable[[ast.AST], bool]
_CLOSE = {"isclose": ("rtol", "atol"), "allclose": ("rtol", "atol"), "assert_allclose": ("rtol", "atol")}
_OF_NUMPY = {"isclose": (1e-5, 1e-8), "allclose": (1e-5, 1e-8), "assert_allclose": (1e-7, 0.0)}
_EXACT = {"array_equal", "assert_array_equal", "assert_equal"}


def is_numbers(node: ast.expr) -> bool:
    """Whether an expression is a number, or a list, tuple or array of numbers, written out."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float | complex) and not isinstance(value, bool)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return is_numbers(inner)
        case ast.BinOp(left=left, right=right):
            return is_numbers(left) and is_numbers(right) and not isinstance(left, ast.List | ast.Tuple)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return bool(parts) and all(map(is_numbers, parts))
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="array"), args=[inner], keywords=[]
        ):
            return is_numbers(inner)
    return False


def as_check(node: ast.AST, concerns: Concerns) -> ast.Call | None:
    """The check that says what a comparison or an assertion of numpy's does; None if there is none."""
    if isinstance(node, ast.Expr):
        node = node.value
        if not (isinstance(node, ast.Call) and _name(node.func).startswith("assert_")):
            return None
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            if is_numbers(right) and concerns(left):
                return _check(left, right)
            if is_numbers(left) and concerns(right):
                return _check(right, left)
        case ast.Call(func=ast.Attribute(value=owner), args=[left, right, *more], keywords=keywords):
            return _of_call(node, ast.unparse(owner), left, right, more, keywords, concerns)
    return None


def _of_call(
    call: ast.Call, owner: str, left: ast.expr, right: ast.expr, more: list[ast.expr],
    keywords: list[ast.keyword], concerns: Concerns,
) -> ast.Call | None:  # fmt: skip
    name = _name(call.func)
    got, expected = (left, right) if concerns(left) else (right, left)
    if not concerns(got) or concerns(expected):
        return None
    if owner not in ("np", "numpy", "np.testing", "numpy.testing", "math"):
        return None
    if name in _EXACT and not more and not keywords:
        return _check(got, expected) if is_numbers(expected) else None
    if name not in _CLOSE or (
        name != "isclose" and not isinstance(expected, ast.List | ast.Tuple | ast.Call)
    ):
        return None  # a single number is compared with each entry, which check_close does not do
    names = ("rel_tol", "abs_tol") if owner == "math" else _CLOSE[name]
    given = {word.arg: word.value for word in keywords} | dict(zip(names, more, strict=False))
    if set(given) - set(names):
        return None
    rtol, atol = (1e-9, 0.0) if owner == "math" else _OF_NUMPY[name]
    return _check(
        got,
        expected,
        rtol=given.get(names[0], ast.Constant(rtol)),
        atol=given.get(names[1], ast.Constant(atol)),
    )


def _check(got: ast.expr, expected: ast.expr, **options: ast.expr) -> ast.Call:
    words = [ast.keyword("name", ast.Constant(ast.unparse(got)))]
    words += [ast.keyword(word, value) for word, value in options.items()]
    return ast.Call(ast.Name("check_close", ast.Load()), [got, expected], words)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
