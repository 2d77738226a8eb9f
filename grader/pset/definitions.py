"""What grading runs of a handout's cells."""

from __future__ import annotations

import ast

from grader.notebook.magics import parsed
from grader.pset.otter import holds_solution

__all__ = ["definitions_of"]


def definitions_of(source: str) -> list[ast.stmt]:
    """What grading runs of a cell: definitions, imports, and constants beside a solution; no plots, no data."""
    kinds: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    if holds_solution(source):
        kinds += (ast.Assign, ast.AnnAssign)
    kept = [node for node in parsed(source).body if isinstance(node, kinds)]
    return [node for node in kept if not _is_for_notebooks(node)]


def _is_for_notebooks(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in ("otter", "matplotlib") for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("otter", "matplotlib")
