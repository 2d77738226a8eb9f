"""Everything that can be said about a problem set's files without running a student's code."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import Any

from grader.errors import CourseError
from grader.pset.problemset import ProblemSet
from grader.pset.public import public_tests
from grader.pset.reference import parameter_names
from grader.pset.variants import Variant

__all__ = ["check_course"]


def check_course(pset: ProblemSet) -> list[CourseError]:
    """What is wrong beyond what loading finds: solutions, public tests, mistakes and alternatives.

    Goes on after the first finding; an empty list means all is well.
    """
    findings: list[CourseError] = []

    def attempt(step: Callable[[], Any]) -> Any:
        try:
            return step()
        except CourseError as error:
            findings.append(error)
            return None

    cells = attempt(pset.solution_cells) or []
    for cell in cells:
        attempt(partial(_compiles, cell, pset))
    attempt(lambda: public_tests(pset))
    for file, load in (("mistakes.py", pset.mistakes), ("alternatives.py", pset.alternatives)):
        for variant in attempt(load) or []:
            attempt(partial(_same_parameters, variant, file, pset))
    attempt(lambda: _questions_hold_their_functions(pset))
    return findings


def _plain(source: str) -> str:
    """A cell without IPython's own lines (magics, shell), which are not Python; everything else must be."""
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in source.split("\n"))


def _compiles(source: str, pset: ProblemSet) -> None:
    try:
        compile(_plain(source), "cell", "exec", dont_inherit=True)
    except SyntaxError as error:
        line = source.split("\n")[(error.lineno or 1) - 1]
        problem = f"{line.strip()!r} is not Python ({error.msg})"
        raise CourseError(f"{pset.shown(pset.handout_path)}: in a solved cell {problem}; mend it") from None


def _function(source: str, name: str) -> ast.FunctionDef | None:
    try:
        body = ast.parse(_plain(source)).body
    except SyntaxError:
        return None  # said by _compiles
    return next((n for n in body if isinstance(n, ast.FunctionDef) and n.name == name), None)


def _same_parameters(variant: Variant, file: str, pset: ProblemSet) -> None:
    """A variant is called as the student's function is, so it takes the same arguments."""
    asked = next((f for c in pset.solution_cells() if (f := _function(c, variant.function))), None)
    given = _function(variant.source, variant.function)
    if asked is None or given is None:
        return  # a class
    if parameter_names(asked) != parameter_names(given):
        raise CourseError(
            f"{pset.shown(pset.path / file)}:{variant.line}: {variant.name} takes "
            f"({', '.join(parameter_names(given))}) but {variant.function} takes "
            f"({', '.join(parameter_names(asked))}); use the same names in the same order"
        )


def _questions_hold_their_functions(pset: ProblemSet) -> None:
    owner = {name: q.id for q in pset.questions for name in q.functions}
    for cell in pset.handout_cells:
        for name, question in owner.items():
            if (
                cell.kind == "code"
                and f"def {name}(" in cell.source
                and cell.question not in (None, question)
            ):
                raise CourseError(
                    f"{pset.shown(pset.handout_path)}:{cell.line}: {name} stands in question {cell.question} "
                    f"but pset.yaml gives it to {question}; move one of them"
                )
