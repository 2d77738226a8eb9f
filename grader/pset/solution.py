"""Fill the handout's solution cells from the reference, by name.

A marker becomes the body of the reference function it names, as a solution that otter-assign takes out; beside a
variable, it becomes what that function returns, in terms of variables that are called like its parameters. Helpers,
constants and imports that the body needs, and that students are not asked to write, go in front of the cell, once
per handout, where otter-assign removes them without a trace.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.handout import MARKER, Cell
from grader.pset.otter import as_solution
from grader.pset.reference import (
    Definition,
    Reference,
    ReferenceModule,
    bound_names,
    free_names,
    parameter_names,
    without_annotations,
)
from grader.pset.values import bound_in

__all__ = ["SolutionFiller"]


class SolutionFiller:
    """Fills one handout; ``asked`` holds the names students write, which never go in front of a cell."""

    def __init__(self, course: Path, name: str, asked: frozenset[str]) -> None:
        self._name, self._asked = name, asked
        self._reference = Reference(course)
        self._given: set[str] = set()
        """Names that earlier cells defined."""

    def fill(self, cells: list[Cell]) -> list[Cell]:
        """The cells of the solved handout, in order."""
        return [self._fill_cell(cell) if cell.kind == "code" else cell for cell in cells]

    def _fill_cell(self, cell: Cell) -> Cell:
        lines, front, filled = cell.source.split("\n"), [], []
        self._given |= _names_given(cell.source)
        for offset, line in enumerate(lines):
            found = MARKER.match(line)
            if found is None:
                filled.append(line)
                continue
            where = f"{self._name}:{cell.line + offset}"
            definition = self._reference.find(found["target"], where)
            if found["answer"]:
                filled += self._answer(definition, found["answer"], found["indent"], where)
            else:
                self._same_parameters(cell, lines[:offset], definition, where)
                filled += as_solution(definition.body_lines(), found["indent"])
            front += self._front(definition.module, definition.node, where)
        if front:
            filled = [*as_solution(front, prompt=False), *filled]
        return replace(cell, source="\n".join(filled))

    def _answer(self, definition: Definition, answer: str, indent: str, where: str) -> list[str]:
        """What gives a variable the value that a function of the reference returns."""
        steps, result = definition.steps_and_result(where)
        lacking = [name for name in definition.parameters if name not in self._given | self._asked]
        if lacking:
            raise CourseError(
                f"{where}: {definition.name} takes {lacking[0]}, which the handout does not define before; call its "
                "parameters as the notebook calls what they stand for"
            )
        bound = {name for step in definition.node.body for name in bound_in(step)}
        if taken := sorted(bound & (self._given | self._asked)):
            raise CourseError(
                f"{where}: {definition.name} binds {taken[0]}, which is a variable of the notebook, too; rename it in "
                "the reference"
            )
        before = as_solution(steps, indent, prompt=False) if steps else []
        return [*before, f"{indent}{answer} = {result}  # SOLUTION"]

    def _same_parameters(self, cell: Cell, above: list[str], definition: Definition, where: str) -> None:
        """Check that the function around the marker has the reference's parameters."""
        tree = ast.parse("\n".join([*above, ""]) + _closing_pass(above))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        if not functions:
            raise CourseError(
                f"{where}: the marker is outside any function; indent it below a def, or write name = ... before it"
            )
        asked = max(functions, key=lambda n: n.lineno)
        if parameter_names(asked) != definition.parameters:
            raise CourseError(
                f"{where}: {asked.name} takes ({', '.join(parameter_names(asked))}) but {definition.name} "
                f"takes ({', '.join(definition.parameters)}); use the same names in the same order"
            )

    def _front(self, module: ReferenceModule, node: ast.stmt, where: str) -> list[str]:
        """Source of what ``node`` needs from its module, dependencies first."""
        lines: list[str] = []
        for name in sorted(free_names(node), key=lambda n: getattr(module.names.get(n), "lineno", 0)):
            needed = module.names.get(name)
            if needed is None or name in self._asked or name in self._given or needed is node:
                continue
            if isinstance(needed, ast.ImportFrom) and (needed.module or "").split(".")[0] == "reference":
                self._given.add(name)  # the statement's other names follow one by one, if needed
                lines += self._from_other_module(needed, name, where)
                continue
            self._given |= {name, *bound_names(needed)}
            if isinstance(needed, ast.Import | ast.ImportFrom):
                lines.append(ast.unparse(needed))
            else:
                lines += self._with_needs(module, needed, where)
        return lines

    def _with_needs(self, module: ReferenceModule, node: ast.stmt, where: str) -> list[str]:
        return [
            *self._front(module, node, where),
            *ast.unparse(_short(without_annotations(node))).splitlines(),
            "",
        ]

    def _from_other_module(self, node: ast.ImportFrom, name: str, where: str) -> list[str]:
        """A helper that the reference module imports from another one."""
        dotted = node.module or ""
        original = next(a.name for a in node.names if (a.asname or a.name) == name)
        if original != name:
            raise CourseError(
                f"{where}: {dotted}.{original} is imported as {name}; import it under its own name"
            )
        other = self._reference.module(dotted)
        if other is None:
            raise CourseError(
                f"{where}: the reference imports {dotted}, which does not exist; correct the name"
            )
        needed = other.names.get(name)
        if needed is None:
            raise CourseError(f"{where}: the reference imports {name!r}, which {other.shown} does not define")
        return self._with_needs(other, needed, where)


def _closing_pass(above: list[str]) -> str:
    """Enough of a body to make the lines above a marker parse, with or without a docstring."""
    last = next((line for line in reversed(above) if line.strip()), "")
    indent = len(last) - len(last.lstrip()) + (4 if last.rstrip().endswith(":") else 0)
    return " " * indent + "pass\n"


def _short(node: ast.stmt) -> ast.stmt:
    """The helper with only the first line of its docstring: a notebook has no use for its examples."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and (doc := ast.get_docstring(node)):
        node.body[0] = ast.Expr(ast.Constant(doc.splitlines()[0]))
    return ast.fix_missing_locations(node)


def _names_given(source: str) -> set[str]:
    """Names that a cell's top-level statements define, such as ``np``."""
    try:
        tree = parsed(source)
    except SyntaxError:
        return set()  # a def whose only body is a marker; imports come in earlier cells
    return {name for node in tree.body for name in bound_names(node)}
