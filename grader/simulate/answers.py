"""Notebooks with some answers filled in, for tests and made-up classes."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Mapping, Sequence
from typing import Any

from grader.pset import ProblemSet

__all__ = ["Notebook", "defined", "filled_in", "notebook_of", "solutions"]

Notebook = dict[str, Any]


def solutions(problem_set: ProblemSet) -> dict[str, str]:
    """Each function's solution cell: its reference source, and what stands before it."""
    found: dict[str, str] = {}
    for source in problem_set.solution_cells():
        for name in defined(source):
            if name in problem_set.functions:
                found[name] = source
    return found


def filled_in(handout: Notebook, answers: Mapping[str, str]) -> Notebook:
    """The handout with the cells of some functions replaced."""
    notebook = copy.deepcopy(handout)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        mine = [answers[name] for name in defined("".join(cell["source"])) if name in answers]
        if mine:
            cell["source"] = "\n\n".join(dict.fromkeys(mine)).strip()
    return notebook


def notebook_of(cells: Sequence[str]) -> bytes:
    """An .ipynb of these code cells, as Jupyter saves it, but without outputs."""
    code: list[dict[str, Any]] = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in cells
    ]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def defined(source: str) -> list[str]:
    """Names of the functions and classes that a cell defines."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return []
    return [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
