"""Slips in mistakes and alternatives: versions that could not stand in a student's notebook."""

from __future__ import annotations

import ast
import dis
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType

from grader.errors import CourseError
from grader.pset.reference import parameter_names
from grader.pset.variants import Variant

__all__ = ["global_names", "variant_slips"]


def variant_slips(
    variants: Sequence[Variant], asked: Mapping[str, ast.stmt], names: set[str]
) -> Iterator[CourseError]:
    """Other parameters than the student's function, a helper that stays behind, the same code twice.

    ``asked`` holds the solved handout's definitions, ``names`` all that it defines, built-in names included.
    """
    alike: dict[str, Variant] = {}
    for variant in variants:
        where = variant.where
        tree = ast.parse(variant.source)
        yield from _other_parameters(variant, asked.get(variant.function), tree.body[0], where)
        for name in sorted(global_names(compile(tree, "variant", "exec")) - names):
            yield CourseError(
                f"{where}: {variant.name} uses {name}, which no student's notebook defines, so it would fail of "
                f"that alone; move {name} into the function"
            )
        first = alike.setdefault(ast.dump(tree), variant)
        if first is not variant:
            yield CourseError(
                f"{where}: {variant.name} is the same code as {first.name} in {first.where}; drop one"
            )


def _other_parameters(
    variant: Variant, asked: ast.stmt | None, given: ast.stmt, where: str
) -> Iterator[CourseError]:
    """A variant is called as the student's function is, so it takes the same arguments; classes go unread."""
    if not isinstance(asked, ast.FunctionDef) or not isinstance(given, ast.FunctionDef):
        return
    if parameter_names(asked) != parameter_names(given):
        yield CourseError(
            f"{where}: {variant.name} takes ({', '.join(parameter_names(given))}) but {variant.function} takes "
            f"({', '.join(parameter_names(asked))}); use the same names in the same order"
        )


def global_names(code: CodeType) -> set[str]:
    """Names that code looks up in its module, functions within it included."""
    loads = {"LOAD_GLOBAL", "LOAD_NAME"}
    found = {str(i.argval) for i in dis.get_instructions(code) if i.opname in loads}
    defined = {str(i.argval) for i in dis.get_instructions(code) if i.opname == "STORE_NAME"}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= global_names(constant)
    return found - defined - {"__name__", "__module__", "__qualname__"}
