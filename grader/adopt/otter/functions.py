"""otter's exception-based test files: each decorated function is a test, which fails if it raises."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from grader.adopt.assignment import Question, Test
from grader.adopt.otter.literals import NotLiteral, constants, literal
from grader.adopt.otter.points import BadPoints, each_points
from grader.points import total

__all__ = ["is_exception_based", "read_functions"]

_OPTIONS = ("name", "points", "hidden", "success_message", "failure_message")
"""Of the decorator, in order."""
_SETTINGS = {"OK_FORMAT", "name", "points", "all_or_nothing"}
"""Names of the file that are for otter alone."""


def is_exception_based(tree: ast.Module) -> bool:
    """Whether a test file holds functions and no dictionary."""
    names = constants(tree)
    if "OK_FORMAT" in names:
        return not names["OK_FORMAT"]
    return any(_decorator(statement, _decorators(tree)) is not None for statement in tree.body)


def read_functions(
    tree: ast.Module, text: str, key: str, label: str
) -> tuple[Question | None, tuple[str, ...]]:
    """The question of a file, and doubts about it.

    Args:
        tree: The file's statements.
        text: The file.
        key: Its name without suffix.
        label: What to call it in doubts.
    """
    names, called = constants(tree), _decorators(tree)
    doubts: list[str] = []
    functions: dict[str, ast.FunctionDef] = {}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and _decorator(statement, called) is not None:
            functions[statement.name] = statement  # a second one of a name takes the first one's place
    if any(_decorator(node, called) is not None for node in ast.walk(tree) if node not in tree.body):
        doubts.append(f"{label} has a test inside another statement; it is left out.")
    if not functions:
        doubts.append(f"{label} has no function that is a test, so it is left out.")
        return None, tuple(doubts)
    if not isinstance(name := names.get("name"), str):
        name = key
        doubts.append(
            f"{label} does not say its name, without which otter refuses it; it is called {key} here."
        )
    shared = _shared(tree, text, functions.values(), called)
    options = [_options(function, names, called, label, doubts) for function in functions.values()]
    points = _points(names.get("points"), options, label, doubts)
    tests = []
    for number, (function, option, worth) in enumerate(
        zip(functions.values(), options, points, strict=True), 1
    ):
        own = option.get("name")
        tests.append(
            Test(
                own if isinstance(own, str) else f"{name} - {number}",
                "function",
                "\n\n".join(part for part in (shared, _undecorated(function, text, called)) if part) + "\n",
                worth,
                hidden=bool(option.get("hidden", False)),
                function=function.name,
                success=str(option.get("success_message") or ""),
                failure=str(option.get("failure_message") or ""),
            )
        )
    whole = bool(names.get("all_or_nothing", False))
    return Question(name, total(points), tuple(tests), all_or_nothing=whole), tuple(doubts)


def _points(whole: Any, options: list[dict[str, Any]], label: str, doubts: list[str]) -> list[Fraction]:
    try:
        return each_points(whole, [option.get("points") for option in options])
    except BadPoints as error:
        points = each_points(1, [None for _ in options])
        doubts.append(f"The points of {label} {error}; its tests count the same here, and 1 together.")
        return points


def _decorators(tree: ast.Module) -> set[str]:
    """The names under which the file has otter's decorator."""
    found = {"test_case"}
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("otter"):
            found |= {alias.asname for alias in statement.names if alias.name == "test_case" and alias.asname}
    return found


def _decorator(node: ast.AST, called: set[str]) -> ast.Call | ast.expr | None:
    """A function's decorator that makes it a test; None if it has none."""
    for decorator in getattr(node, "decorator_list", []):
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in called:
            return decorator
    return None


def _options(
    function: ast.FunctionDef, names: Mapping[str, Any], called: set[str], label: str, doubts: list[str]
) -> dict[str, Any]:
    decorator = _decorator(function, called)
    found: dict[str, Any] = {}
    if not isinstance(decorator, ast.Call):
        return found
    given = [
        *zip(_OPTIONS, decorator.args, strict=False),
        *((k.arg or "", k.value) for k in decorator.keywords),
    ]
    for option, value in given:
        try:
            found[option] = literal(value, names)
        except NotLiteral:
            doubts.append(
                f"{function.name} of {label} gets its {option or 'settings'} by running code; otter's default is used."
            )
    return found


def _undecorated(function: ast.FunctionDef, text: str, called: set[str]) -> str:
    """The function as it stands in the file, but without the decorator that makes it a test."""
    kept = [one for one in function.decorator_list if one is not _decorator(function, called)]
    lines = text.splitlines()
    above = [line for one in kept for line in lines[one.lineno - 1 : one.end_lineno]]
    return "\n".join([*above, *lines[function.lineno - 1 : function.end_lineno]])


def _shared(tree: ast.Module, text: str, tests: Iterable[ast.FunctionDef], called: set[str]) -> str:
    """The file's imports, constants and helpers: all that is no test and not for otter alone."""
    lines = text.splitlines()
    used = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    parts = []
    for statement in tree.body:
        if _decorator(statement, called) is not None or _is_for_otter(statement, used):
            continue
        decorators = [one.lineno for one in getattr(statement, "decorator_list", [])]
        first = min([statement.lineno, *decorators])
        parts.append("\n".join(lines[first - 1 : statement.end_lineno]))
    return "\n".join(dict.fromkeys(parts))  # statements that share a line come once


def _is_for_otter(statement: ast.stmt, used: set[str]) -> bool:
    match statement:
        case ast.ImportFrom(module=str(module)):
            return module.partition(".")[0] == "otter"
        case ast.Import(names=[ast.alias(name=module)]):
            return module.partition(".")[0] == "otter"
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _SETTINGS and name not in used
    return False
