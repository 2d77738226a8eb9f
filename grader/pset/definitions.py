"""What grading runs of a handout's cells."""

from __future__ import annotations

import ast

from grader.notebook.magics import parsed
from grader.pset.otter import holds_solution

__all__ = ["READERS", "definitions_of", "is_for_notebooks"]

READERS = frozenset(
    {"open", "load", "loadtxt", "genfromtxt", "read_csv", "read_table", "read_text", "imread"}
)
"""Functions and methods by which a notebook reads data files."""


def definitions_of(source: str) -> list[ast.stmt]:
    """What grading runs of a cell: definitions, imports, and constants beside a solution; no plots, no data."""
    kinds: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    if holds_solution(source):
        kinds += (ast.Assign, ast.AnnAssign)
    kept = [node for node in parsed(source).body if isinstance(node, kinds)]
    return [node for node in kept if not is_for_notebooks(node)]


def is_for_notebooks(node: ast.stmt) -> bool:
    """Whether a statement imports what only a notebook needs: otter, or what draws."""
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in ("otter", "matplotlib") for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("otter", "matplotlib")
