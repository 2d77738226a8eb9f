"""Everything that can be said about a problem set's files without running a student's code."""

from __future__ import annotations

import builtins
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import PathFinder
from typing import Any

from grader.draws import new_seed
from grader.errors import CourseError
from grader.pset.handout import Cell, code_cells
from grader.pset.handoutcheck import DEFINITIONS, handout_slips, statements_of
from grader.pset.namespace import definitions_of
from grader.pset.problemset import ProblemSet
from grader.pset.public import public_tests
from grader.pset.reference import bound_names
from grader.pset.suitecheck import suite_slips
from grader.pset.variantcheck import variant_slips

__all__ = ["check_course", "is_installed", "missing_modules", "suggestions"]


def check_course(pset: ProblemSet) -> list[CourseError]:
    """Errors that loading does not find: in solutions, tests, mistakes, alternatives and data.

    It goes on after the first finding; an empty list means that all is well.
    """
    findings: list[CourseError] = []

    def attempt(step: Callable[[], Any]) -> Any:
        try:
            return step()
        except CourseError as error:
            findings.append(error)
            return None

    def gather(found: Iterable[CourseError]) -> None:
        attempt(lambda: findings.extend(found))

    cells: list[Cell] = attempt(lambda: code_cells(pset.solved_cells)) or []
    if cells:
        gather(handout_slips(pset, cells))
        gather(
            suite_slips(
                pset, {name for c in cells for node in statements_of(c) for name in bound_names(node)}
            )
        )
    attempt(lambda: public_tests(pset))
    statements = [node for cell in cells if statements_of(cell) for node in definitions_of(cell.source)]
    asked = {node.name: node for node in statements if isinstance(node, DEFINITIONS)}
    usable = {name for node in statements for name in bound_names(node)} | set(dir(builtins))
    for file, load in (("mistakes.py", pset.mistakes), ("alternatives.py", pset.alternatives)):
        variants = attempt(load) or []
        if cells:
            gather(variant_slips(pset, file, variants, asked, usable))
    gather(missing_modules(pset))
    return findings


def suggestions(pset: ProblemSet) -> list[str]:
    """What is not wrong but could be better."""
    if pset.file.seed is not None:
        return []
    return [
        f"{pset.shown(pset.path / 'pset.yaml')}: a suggestion: add a seed, so that a change to one test does not "
        f'change the numbers that others draw; you can use this line\nseed: "{new_seed()}"'
    ]


def missing_modules(pset: ProblemSet) -> Iterator[CourseError]:
    """Modules of ``preload`` that this machine lacks."""
    for index, name in enumerate(pset.preload):
        if not is_installed(name):
            yield CourseError(
                f"{pset.place(f'$.preload[{index}]')}: {name} is not installed here, so no sandbox can import it; "
                "install it or correct the name"
            )


def is_installed(name: str) -> bool:
    """Whether this machine has a module; finding out imports nothing."""
    package, _, rest = name.partition(".")
    if not package or (spec := importlib.util.find_spec(package)) is None:
        return False
    for part in rest.split(".") if rest else ():
        if spec.submodule_search_locations is None:
            return True  # not a package: only importing it shows what it adds, as os adds os.path
        inner = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
        if inner is None:
            return False
        spec = inner
    return True
