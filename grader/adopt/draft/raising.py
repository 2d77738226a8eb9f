"""Statements that expect an exception of a student's function, as ``check_raises`` says them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable

__all__ = ["raising"]

Asks = Callable[[str], bool]
_CONTEXTS = ("raises", "assert_raises", "assertRaises")


def raising(statement: ast.stmt, asks: Asks) -> ast.Call | None:
    """The check for an exception, where a statement expects one of a single call; else None."""
    match statement:
        case ast.Try(body=body, handlers=[ast.ExceptHandler(type=kind)], orelse=[*_]):
            fails = [*body[1:], *statement.orelse]
            if kind is not None and fails and all(map(_is_failure, fails)):
                return _check(body[0], kind, asks)
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=function, args=[kind]))], body=[only]):
            if _last(function) in _CONTEXTS:
                return _check(only, kind, asks)
        case ast.Expr(value=ast.Call(func=function, args=[kind, called, *given], keywords=words)):
            if _last(function) in _CONTEXTS:
                return _check(ast.Expr(ast.Call(called, given, words)), kind, asks)
    return None


def _last(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_failure(statement: ast.stmt) -> bool:
    match statement:
        case ast.Raise():
            return True
        case ast.Assert(test=ast.Constant(value=value)):
            return not value
    return False


def _check(statement: ast.stmt, kind: ast.expr, asks: Asks) -> ast.Call | None:
    called = getattr(statement, "value", None)
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    if not all(isinstance(one, ast.Name) and hasattr(builtins, one.id) for one in kinds):
        return None
    if not isinstance(called, ast.Call):
        return None
    words = [ast.keyword("error", kind)]
    simple = isinstance(called.func, ast.Name) and asks(called.func.id)
    if simple and not any(word.arg in ("error", None) for word in called.keywords):
        return ast.Call(
            ast.Name("check_raises", ast.Load()), [called.func, *called.args], [*words, *called.keywords]
        )
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.Call(ast.Name("check_raises", ast.Load()), [ast.Lambda(nothing, called)], words)
