"""Fill the handout's solution cells from the reference, by name.

A marker becomes the body of the reference function it names, between otter-assign's solution markers. What
that body needs from the reference module and the student is not asked to write (helpers, constants,
imports) is put in front of the cell, once a handout, where otter-assign removes it without a trace.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.handout import MARKER, Cell
from grader.pset.reference import (
    Definition,
    ReferenceModule,
    bound_names,
    find_definition,
    free_names,
    module_file,
    parameter_names,
    without_annotations,
)

__all__ = ["SolutionFiller"]


class SolutionFiller:
    """Fills one handout; ``asked`` are the names students write, which are never put in front."""

    def __init__(self, course: Path, name: str, asked: frozenset[str]) -> None:
        self._course, self._name, self._asked = course, name, asked
        self._modules: dict[str, ReferenceModule] = {}
        self._given: set[str] = set()
        """Names that earlier cells already brought in."""

    def find(self, target: str, where: str) -> Definition:
        """The reference function of that dotted name; raises `CourseError` where there is none."""
        return find_definition(self._course, target, where, self._modules)

    def fill(self, cells: list[Cell]) -> list[Cell]:
        """The solved handout's cells, in order."""
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
            definition = self.find(found["target"], where)
            self._same_parameters(cell, lines[:offset], definition, where)
            front += self._front(definition.module, definition.node, where)
            indent = found["indent"]
            filled.append(f"{indent}# BEGIN SOLUTION")
            filled += [f"{indent}{text}".rstrip() for text in definition.body_lines()]
            filled.append(f"{indent}# END SOLUTION")
        if front:
            filled = ["# BEGIN SOLUTION NO PROMPT", *front, "# END SOLUTION", *filled]
        return replace(cell, source="\n".join(filled))

    def _same_parameters(self, cell: Cell, above: list[str], definition: Definition, where: str) -> None:
        """The function whose body the marker is must take what the reference takes, by the same names."""
        tree = ast.parse("\n".join([*above, ""]) + _closing_pass(above))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        if not functions:
            raise CourseError(f"{where}: the marker stands in no function; indent it below a def")
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
                self._given.add(name)  # and no other name of the same statement: each comes by itself
                lines += self._from_other_module(needed, name, where)
                continue
            self._given |= {name, *bound_names(needed)}
            if isinstance(needed, ast.Import | ast.ImportFrom):
                lines.append(ast.unparse(needed))
                continue
            lines += self._front(module, needed, where)
            lines += [*ast.unparse(_short(without_annotations(needed))).splitlines(), ""]
        return lines

    def _from_other_module(self, node: ast.ImportFrom, name: str, where: str) -> list[str]:
        """A helper that the reference module itself imports from another one."""
        dotted = node.module or ""
        original = next(a.name for a in node.names if (a.asname or a.name) == name)
        if original != name:
            raise CourseError(f"{where}: {dotted}.{original} is imported as {name}; import it as {original}")
        file = module_file(self._course, dotted)
        if file is None:
            raise CourseError(f"{where}: the reference imports {dotted}, which does not exist")
        if dotted not in self._modules:
            shown = file.relative_to(self._course).as_posix()
            self._modules[dotted] = ReferenceModule(file, dotted, shown)
        other = self._modules[dotted]
        needed = other.names.get(name)
        if needed is None:
            raise CourseError(f"{where}: {other.shown} has no {name!r}, which the reference imports")
        return [
            *self._front(other, needed, where),
            *ast.unparse(_short(without_annotations(needed))).splitlines(),
            "",
        ]


def _closing_pass(above: list[str]) -> str:
    """Enough of a body for the lines above a marker to parse, whether or not a docstring stands there."""
    last = next((line for line in reversed(above) if line.strip()), "")
    indent = len(last) - len(last.lstrip()) + (4 if last.rstrip().endswith(":") else 0)
    return " " * indent + "pass\n"


def _short(node: ast.stmt) -> ast.stmt:
    """A helper's docstring cut to its first line: the notebook is not the place for its examples."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and (doc := ast.get_docstring(node)):
        node.body[0] = ast.Expr(ast.Constant(doc.splitlines()[0]))
    return ast.fix_missing_locations(node)


def _names_given(source: str) -> set[str]:
    """Names that a cell's own top-level statements bring in, such as ``np``."""
    try:
        tree = parsed(source)
    except SyntaxError:
        return set()  # a cell whose def has only a marker for a body; its imports come in cells before it
    return {name for node in tree.body for name in bound_names(node)}
