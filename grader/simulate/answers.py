"""Notebooks with some answers filled in, for tests and made-up classes."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Mapping
from typing import Any

from grader.pset import ProblemSet
from grader.pset.values import bound_in

__all__ = ["Notebook", "defined", "filled_in", "solutions"]

Notebook = dict[str, Any]


def solutions(problem_set: ProblemSet) -> dict[str, str]:
    """The solution cell of each function and variable: its reference source, and what stands before it."""
    found: dict[str, str] = {}
    for source in problem_set.solution_cells():
        for name in defined(source, problem_set.values):
            if name in problem_set.functions:
                found[name] = source
    return found


def filled_in(handout: Notebook, answers: Mapping[str, str]) -> Notebook:
    """The handout with the cells of some functions and variables replaced."""
    notebook = copy.deepcopy(handout)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        mine = [answers[name] for name in defined("".join(cell["source"]), answers) if name in answers]
        if mine:
            cell["source"] = "\n\n".join(dict.fromkeys(mine)).strip()
    return notebook


def defined(source: str, values: Collection[str] = ()) -> list[str]:
    """Names of the functions and classes that a cell defines, and of some variables to which it gives values."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return []
    found: list[str] = []
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif values:
            found += sorted(bound_in(node) & set(values))
    return list(dict.fromkeys(found))
