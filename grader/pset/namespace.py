"""The solved handout's functions, as Python objects of this process."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from types import CodeType
from typing import Any

from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.problemset import ProblemSet
from grader.pset.variants import course_imports

__all__ = ["SolutionCode", "definitions_in", "solution_namespace"]


class SolutionCode:
    """The solved handout, compiled once, to be run with some of its functions replaced.

    Every namespace is a fresh one: its functions call one another, so that a wrong ``softmax`` is also what its
    ``train`` uses.
    """

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self._name = f"<solution of {problem_set.name}>"
        self.modules = [ast.Module(_definitions(source), []) for source in problem_set.solution_cells()]
        """What of each cell is run."""
        self._cells = [compile(module, self._name, "exec") for module in self.modules]
        self.definitions = {
            node.name: node
            for module in self.modules
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        """The solution's functions and classes by name, helpers included."""

    def compile(self, source: str) -> CodeType:
        """A replacement's source, such as `Variant.source`, for `namespace`."""
        return compile(source, self._name, "exec")

    def namespace(self, replacements: Iterable[CodeType] = ()) -> dict[str, Any]:
        """The solution's names, after the replacements were defined over them."""
        namespace: dict[str, Any] = {"__name__": f"{self._problem_set.name}_solution"}
        with course_imports(self._problem_set.course):
            for code in (*self._cells, *replacements):
                exec(code, namespace)
        return namespace


def definitions_in(cells: Iterable[str]) -> dict[str, Any]:
    """What a notebook's definitions and imports alone define, such as a starter's."""
    namespace: dict[str, Any] = {"__name__": "starter"}
    for source in cells:
        exec(compile(ast.Module(_definitions(source), []), "<notebook>", "exec"), namespace)
    return namespace


def solution_namespace(problem_set: ProblemSet) -> dict[str, Any]:
    """The reference's answers under the names students write them.

    Only definitions and imports of the solved handout are executed, and the constants that stand in its solution
    cells: none of its plots, and nothing that reads data.
    """
    namespace = SolutionCode(problem_set).namespace()
    for name in problem_set.functions:
        if name not in namespace:
            raise CourseError(f"the solved handout of {problem_set.name} does not define {name}")
    return namespace


def _definitions(source: str) -> list[ast.stmt]:
    kinds: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    if "# BEGIN SOLUTION" in source:
        kinds += (ast.Assign, ast.AnnAssign)
    kept = [node for node in parsed(source).body if isinstance(node, kinds)]
    return [node for node in kept if not _is_for_notebooks(node)]


def _is_for_notebooks(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in ("otter", "matplotlib") for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("otter", "matplotlib")
