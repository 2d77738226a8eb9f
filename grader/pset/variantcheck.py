"""Slips in mistakes and alternatives: versions that no student's notebook could contain."""

from __future__ import annotations

import ast
import builtins
import dis
from collections.abc import Iterator, Sequence
from types import CodeType

from grader.errors import CourseError
from grader.pset.problemset import ProblemSet
from grader.pset.reference import parameter_names
from grader.pset.values import bound_in
from grader.pset.variants import Variant

__all__ = ["variant_slips"]


def variant_slips(pset: ProblemSet, variants: Sequence[Variant]) -> Iterator[CourseError]:
    """Versions with different parameters, versions that need a helper from outside, the same code twice."""
    defined = {
        name: node
        for module in pset.solution_modules(readable=True)
        for node in module.body
        for name in bound_in(node)
    }
    known = {*defined, *dir(builtins)}
    alike: dict[str, Variant] = {}
    for variant in variants:
        where = variant.where
        tree = ast.parse(variant.source)
        yield from _other_parameters(variant, defined.get(variant.function), tree.body[-1], where)
        for name in sorted(_global_names(compile(tree, "variant", "exec")) - known):
            yield CourseError(
                f"{where}: {variant.name} uses {name}, which no student's notebook defines, so it would always "
                f"fail; move {name} into the function"
            )
        first = alike.setdefault(ast.dump(tree), variant)
        if first is not variant:
            yield CourseError(
                f"{where}: {variant.name} is the same code as {first.name} in {first.where}; remove one"
            )


def _other_parameters(
    variant: Variant, asked: ast.stmt | None, given: ast.stmt, where: str
) -> Iterator[CourseError]:
    """A variant is called like the student's function, so it needs the same parameters; classes are not checked."""
    if not isinstance(asked, ast.FunctionDef) or not isinstance(given, ast.FunctionDef):
        return
    if parameter_names(asked) != parameter_names(given):
        yield CourseError(
            f"{where}: {variant.name} takes ({', '.join(parameter_names(given))}) but {variant.function} takes "
            f"({', '.join(parameter_names(asked))}); use the same names in the same order"
        )


def _global_names(code: CodeType) -> set[str]:
    """Names that code, including functions within it, looks up in its module."""
    loads = {"LOAD_GLOBAL", "LOAD_NAME"}
    found = {str(i.argval) for i in dis.get_instructions(code) if i.opname in loads}
    defined = {str(i.argval) for i in dis.get_instructions(code) if i.opname == "STORE_NAME"}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _global_names(constant)
    return found - defined - {"__name__", "__module__", "__qualname__"}
