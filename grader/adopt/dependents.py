"""Test cells that need what another test cell binds: where that one runs inside, so do they."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from grader.adopt.assignment import Assignment
from grader.adopt.plan import Key, keyed
from grader.adopt.roles import names_bound
from grader.foreign import python_of
from grader.notebook.magics import tree

__all__ = ["with_dependents"]


def with_dependents(assignment: Assignment, reasons: Mapping[Key, str]) -> dict[Key, str]:
    """The reasons, with one for each test cell that reads what a cell binds that runs inside."""
    found = dict(reasons)
    bound: dict[str, str] = {}
    for key, _, test in keyed(assignment):
        if test.kind != "cell":
            continue
        module = tree(python_of(test.source))
        if module is None:
            continue
        first = next(iter(sorted(_needed(module) & bound.keys())), None)
        if first and not found[key]:
            found[key] = f"it uses `{first}` of the test {bound[first]}, which runs inside"
        for name in names_bound(module):
            bound.pop(name, None)
            if found[key]:
                bound[name] = test.name
    return found


def _needed(module: ast.Module) -> set[str]:
    """Names that a cell reads before any of its statements has bound them."""
    needed: set[str] = set()
    bound: set[str] = set()
    for statement in module.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                needed |= {node.id} - bound
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                needed |= {node.target.id} - bound
        bound |= names_bound(statement)
    return needed
