"""Everything that can be said about a problem set's files without running a student's code."""

from __future__ import annotations

import ast
import builtins
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import PathFinder
from typing import Any

from grader.draws import new_seed
from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.handout import Cell, code_cells, starter_source
from grader.pset.problemset import ProblemSet
from grader.pset.public import public_tests
from grader.pset.reference import bound_names
from grader.pset.suitecheck import suite_slips
from grader.pset.variantcheck import variant_slips

__all__ = ["check_course", "is_installed", "missing_modules", "suggestions"]

_READERS = {"open", "load", "loadtxt", "genfromtxt", "read_csv", "imread"}
_DATA_ENDINGS = (".csv", ".tsv", ".txt", ".npy", ".npz", ".json", ".dat", ".png")


def check_course(pset: ProblemSet) -> list[CourseError]:
    """What is wrong beyond what loading finds: solutions, tests, mistakes, alternatives, data.

    Goes on after the first finding; an empty list means all is well.
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
    gather(_not_python(cells, pset))
    definitions = {n.name: n for c in cells for n in _body(c.source) if isinstance(n, _DEFINITIONS)}
    defined = {name for cell in cells for node in _body(cell.source) for name in bound_names(node)}
    if cells:
        gather(_unsolved(cells, pset))
        gather(suite_slips(pset, defined))
    attempt(lambda: public_tests(pset))
    for load in (pset.mistakes, pset.alternatives):
        gather(variant_slips(attempt(load) or [], definitions, defined | set(dir(builtins))))
    attempt(lambda: findings.extend(_in_other_questions(pset)))
    gather(_missing_data(cells, pset))
    gather(missing_modules(pset))
    return findings


def suggestions(pset: ProblemSet) -> list[str]:
    """What is not wrong and could be better."""
    if pset.file.seed is not None:
        return []
    return [
        f"{pset.shown(pset.path / 'pset.yaml')}: a suggestion: write a seed down, so that changing one test leaves "
        f'what others draw as it is; this line will do\nseed: "{new_seed()}"'
    ]


_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def _body(source: str) -> list[ast.stmt]:
    try:
        return parsed(source).body
    except SyntaxError:
        return []  # said by _not_python


def _place(pset: ProblemSet, cell: Cell, line: str) -> str:
    """Where a line of a solved cell stands in the handout; where the cell begins, if the line is the reference's."""
    lines = pset.handout_text.splitlines()
    found = (
        n for n in range(cell.line, len(lines) + 1) if cell.line and lines[n - 1].strip() == line.strip()
    )
    return f"{pset.shown(pset.handout_path)}:{next(found, cell.line)}"


def _not_python(cells: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    for cell in cells:
        try:
            compile(parsed(cell.source), "cell", "exec", dont_inherit=True)
        except SyntaxError as error:
            line = cell.source.split("\n")[(error.lineno or 1) - 1]
            problem = f"{line.strip()!r} is not Python ({error.msg})"
            yield CourseError(f"{_place(pset, cell, line)}: in a solved cell {problem}; mend it")


def _unsolved(cells: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """Functions that students get as they stand, because nothing in them is a solution."""
    for cell in cells:
        starter = {n.name: n for n in _body(starter_source(cell.source)) if isinstance(n, _DEFINITIONS)}
        for node in _body(cell.source):
            if isinstance(node, _DEFINITIONS) and node.name in pset.functions:
                given = starter.get(node.name)
                if given is not None and ast.dump(given) == ast.dump(node):
                    where = _place(pset, cell, cell.source.split("\n")[node.lineno - 1])
                    yield CourseError(
                        f"{where}: {node.name} has no solution, so students get it as it stands; write "
                        f"'# SOLUTION: reference.MODULE.{node.name}' for its body"
                    )


def _in_other_questions(pset: ProblemSet) -> Iterator[CourseError]:
    owner = {name: q.id for q in pset.questions for name in q.functions}
    for cell in code_cells(pset.handout_cells):
        for name, question in owner.items():
            if f"def {name}(" in cell.source and cell.question not in (None, question):
                yield CourseError(
                    f"{pset.shown(pset.handout_path)}:{cell.line}: {name} stands in question {cell.question} "
                    f"but pset.yaml gives it to {question}; move one of them"
                )


def _missing_data(cells: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """Files that the handout reads, by a name written out, and that do not lie beside it."""
    if pset.data_dir is not None and not pset.data_dir.is_dir():
        return
    files = set(pset.data_files())
    for cell in cells:
        for node in (n for statement in _body(cell.source) for n in ast.walk(statement)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            reader = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name, modes = node.args[0].value, [a.value for a in node.args[1:] if isinstance(a, ast.Constant)]
            if not isinstance(name, str) or reader not in _READERS or not name.endswith(_DATA_ENDINGS):
                continue
            if name not in files and not any("w" in str(mode) for mode in modes):
                where = _place(pset, cell, cell.source.split("\n")[node.lineno - 1])
                folder = (
                    pset.shown(pset.data_dir) if pset.data_dir else "a folder that pset.yaml names with data:"
                )
                yield CourseError(
                    f"{where}: the handout reads {name}, which is missing; put it into {folder}"
                )


def missing_modules(pset: ProblemSet) -> Iterator[CourseError]:
    """Modules of ``preload`` that this machine lacks; nothing is imported to find out."""
    for index, name in enumerate(pset.preload):
        if not is_installed(name):
            yield CourseError(
                f"{pset.place(f'$.preload[{index}]')}: {name} is not installed here, so no sandbox can import it; "
                "install it or mend the name"
            )


def is_installed(name: str) -> bool:
    """Whether this machine has a module; it is not imported to find out."""
    package, _, rest = name.partition(".")
    if not package or (spec := importlib.util.find_spec(package)) is None:
        return False
    for part in rest.split(".") if rest else ():
        if spec.submodule_search_locations is None:
            return True  # no package: only importing it tells what else it makes, as os makes os.path
        inner = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
        if inner is None:
            return False
        spec = inner
    return True
