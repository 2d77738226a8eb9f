"""The solved handout's functions, as Python objects of this process."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from types import CodeType
from typing import Any

from grader.errors import CourseError
from grader.pset.definitions import definitions_of
from grader.pset.problemset import ProblemSet
from grader.pset.variants import course_imports

__all__ = ["SolutionCode", "definitions_in", "solution_namespace"]


class SolutionCode:
    """The solved handout, compiled once, to be run with some of its functions replaced.

    Every namespace is new. Its functions call one another, so its ``train`` uses a ``softmax`` that was replaced.
    """

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self.file = f"<solution of {problem_set.name}>"
        """The name of the file that its code, and every replacement, seems to be in."""
        self.modules = [ast.Module(definitions_of(source), []) for source in problem_set.solution_cells()]
        """The part of each cell that is run."""
        self._cells = [compile(module, self.file, "exec") for module in self.modules]
        self.definitions = {
            node.name: node
            for module in self.modules
            for node in module.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        """The solution's functions and classes by name, helpers included."""

    def compile(self, source: str | ast.Module) -> CodeType:
        """Compile a replacement's source, such as `Variant.source` or `Form.module`, for `namespace`."""
        return compile(source, self.file, "exec")

    def namespace(self, replacements: Iterable[CodeType] = ()) -> dict[str, Any]:
        """The solution's names, with the replacements defined over them."""
        namespace: dict[str, Any] = {"__name__": f"{self._problem_set.name}_solution"}
        with course_imports(self._problem_set.course):
            for code in (*self._cells, *replacements):
                exec(code, namespace)
        return namespace


def definitions_in(cells: Iterable[str]) -> dict[str, Any]:
    """What a notebook, such as a starter, defines when only its definitions and imports are run."""
    namespace: dict[str, Any] = {"__name__": "starter"}
    for source in cells:
        exec(compile(ast.Module(definitions_of(source), []), "<notebook>", "exec"), namespace)
    return namespace


def solution_namespace(problem_set: ProblemSet) -> dict[str, Any]:
    """The reference's answers under the names that students give them."""
    namespace = SolutionCode(problem_set).namespace()
    for name in problem_set.functions:
        if name not in namespace:
            raise CourseError(f"the solved handout of {problem_set.name} does not define {name}")
    return namespace
