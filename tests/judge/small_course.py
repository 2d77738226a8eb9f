"""As much of a problem set as explaining needs, made of texts."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from grader.pset.forms import Solution
from grader.pset.values import solution_modules
from grader.pset.variants import load_variants

__all__ = ["small_problem_set"]


def small_problem_set(
    folder: Path, functions: Sequence[str], solution: str, mistakes: str, alternatives: str = ""
) -> SimpleNamespace:
    """A problem set that asks for these functions of a solution; mistakes and alternatives are as files say them."""
    (folder / "mistakes.py").write_text(mistakes)
    (folder / "alternatives.py").write_text(alternatives)
    definitions = {n.name: n for n in ast.parse(solution).body if isinstance(n, ast.FunctionDef)}
    of = Solution(definitions, functions)
    loaded = {kind: load_variants(folder, folder, kind, of) for kind in ("mistake", "alternative")}
    cells = [f"# BEGIN SOLUTION{solution}# END SOLUTION"]
    return SimpleNamespace(
        name="p",
        course=folder,
        data_dir=None,
        functions=functions,
        values=of.values,
        solution=of,
        solution_cells=lambda: cells,
        solution_modules=lambda: solution_modules(cells, of.values),
        mistakes=lambda: loaded["mistake"],
        alternatives=lambda: loaded["alternative"],
        symptoms=lambda: [],
    )
