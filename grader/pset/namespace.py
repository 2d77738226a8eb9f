"""The solved handout's functions, as Python objects of this process."""

from __future__ import annotations

import ast
from typing import Any

from grader.errors import CourseError
from grader.pset.problemset import ProblemSet
from grader.pset.variants import course_imports

__all__ = ["solution_namespace"]


def solution_namespace(problem_set: ProblemSet) -> dict[str, Any]:
    """The reference's answers under the names students write them.

    Only definitions and imports of the solved handout are executed, and the constants that stand in its solution
    cells: none of its plots, and nothing that reads data.
    """
    namespace: dict[str, Any] = {"__name__": f"{problem_set.name}_solution"}
    with course_imports(problem_set.course):
        for source in problem_set.solution_cells():
            module = ast.Module(_definitions(source), [])
            code = compile(module, f"<solution of {problem_set.name}>", "exec")
            exec(code, namespace)
    for name in problem_set.functions:
        if name not in namespace:
            raise CourseError(f"the solved handout of {problem_set.name} does not define {name}")
    return namespace


def _definitions(source: str) -> list[ast.stmt]:
    plain = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    kinds: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    if "# BEGIN SOLUTION" in source:
        kinds += (ast.Assign, ast.AnnAssign)
    kept = [node for node in ast.parse(plain).body if isinstance(node, kinds)]
    return [node for node in kept if not _is_for_notebooks(node)]


def _is_for_notebooks(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in ("otter", "matplotlib") for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("otter", "matplotlib")
