"""Where a suite asks for what students can guess: a choice, or a short answer in words. Read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

__all__ = ["guesses_in", "knows_right", "literal_keyword"]

_CHECKS = {"check_choice", "check_choices", "check_text"}


def guesses_in(test: ast.FunctionDef, tree: ast.Module) -> Iterator[ast.Call]:
    """The calls of `check_choice`, `check_choices` and `check_text` in a test and the functions of its file it uses."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    pending, seen = [test], {test.name}
    while pending:
        for node in ast.walk(pending.pop()):
            if isinstance(node, ast.Call) and _called(node) in _CHECKS:
                yield node
            elif isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                seen.add(node.id)
                pending.append(functions[node.id])


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def knows_right(call: ast.Call, *, public: bool) -> bool:
    """Whether a call tells right from wrong. In a public test, a pattern is the form of an answer and no secret."""
    if any(keyword.arg is None for keyword in call.keywords) or any(
        isinstance(a, ast.Starred) for a in call.args
    ):
        return True
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    right = call.args[1] if len(call.args) > 1 else given.get("right")
    known = right is not None and not (isinstance(right, ast.Constant) and right.value is None)
    return known or "accepts" in given or ("pattern" in given and not public)


def literal_keyword(call: ast.Call, name: str) -> str | None:
    """A keyword argument that is a text in the source."""
    value = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
