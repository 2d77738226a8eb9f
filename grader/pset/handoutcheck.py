"""Slips in the handout: tags, solutions, functions and data out of place, and cells that are not Python."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.definitions import READERS
from grader.pset.handout import Cell, code_cells
from grader.pset.otter import holds_solution, starter_source, tag_of
from grader.pset.problemset import ProblemSet

__all__ = ["handout_slips", "statements_of"]

_DATA_ENDINGS = (".csv", ".tsv", ".txt", ".npy", ".npz", ".json", ".dat", ".png")


def handout_slips(pset: ProblemSet) -> Iterator[CourseError]:
    """Everything wrong with the handout's code, its solutions included."""
    solved = code_cells(pset.solved_cells)
    for check in (
        _tags_in_text,
        _outside_questions,
        _not_python,
        _unsolved,
        _in_other_questions,
        _missing_data,
    ):
        yield from check(solved, pset)


def statements_of(source: str) -> list[ast.stmt]:
    """The statements of a code cell; none if it is not Python, which `handout_slips` reports."""
    try:
        return parsed(source).body
    except SyntaxError:
        return []


def _place(pset: ProblemSet, cell: Cell, line: str) -> str:
    """Where a line of a solved cell is in the handout; the cell's beginning if the line comes from the reference."""
    lines = pset.handout_text.splitlines()
    found = (
        n for n in range(cell.line, len(lines) + 1) if cell.line and lines[n - 1].strip() == line.strip()
    )
    return f"{pset.shown(pset.handout_path)}:{next(found, cell.line)}"


def _tags_in_text(_: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """Tags that students would read as text."""
    for cell in pset.handout_cells:
        for offset, line in enumerate(cell.source.split("\n") if cell.kind == "markdown" else ()):
            if (tag := tag_of(line)) and tag.upper() in line:
                yield CourseError(
                    f"{pset.shown(pset.handout_path)}:{cell.line + offset}: # {tag.upper()} is ordinary text here; "
                    "put it between the lines ```otter and ```"
                )


def _outside_questions(solved: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    for cell in solved:
        if cell.question is None and holds_solution(cell.source):
            yield CourseError(
                f"{pset.shown(pset.handout_path)}:{cell.line}: this solution is outside any question; move it between "
                "# BEGIN QUESTION and # END QUESTION"
            )


def _not_python(solved: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    for cell in solved:
        try:
            compile(parsed(cell.source), "cell", "exec", dont_inherit=True)
        except SyntaxError as error:
            line = cell.source.split("\n")[(error.lineno or 1) - 1]
            yield CourseError(
                f"{_place(pset, cell, line)}: {line.strip()!r}, in a solved cell, is not Python: {error.msg}"
            )


def _unsolved(solved: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """Functions that students get complete, because none of their lines is a solution."""
    for cell in solved:
        starter = {ast.dump(node) for node in statements_of(starter_source(cell.source))}
        for node in statements_of(cell.source):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name not in pset.functions:
                continue
            if ast.dump(node) in starter:
                where = _place(pset, cell, cell.source.split("\n")[node.lineno - 1])
                yield CourseError(
                    f"{where}: students get {node.name} as it is here, because it has no solution marker; write "
                    f"'# SOLUTION: reference.MODULE.{node.name}' as its body"
                )


def _in_other_questions(_: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    owner = {name: q.id for q in pset.questions for name in q.names}
    for cell in code_cells(pset.handout_cells):
        for name, question in owner.items():
            if f"def {name}(" in cell.source and cell.question not in (None, question):
                yield CourseError(
                    f"{pset.shown(pset.handout_path)}:{cell.line}: {name} is in question {cell.question}, "
                    f"but pset.yaml lists it under {question}; move one of them"
                )


def _missing_data(solved: Iterable[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """Files that the handout reads by a name written out, and that the data folder lacks."""
    if pset.data_dir is not None and not pset.data_dir.is_dir():
        return
    files = set(pset.data_files())
    for cell in solved:
        for node in (n for statement in statements_of(cell.source) for n in ast.walk(statement)):
            if isinstance(node, ast.Call) and (name := _file_read(node)) and name not in files:
                where = _place(pset, cell, cell.source.split("\n")[node.lineno - 1])
                folder = (
                    pset.shown(pset.data_dir) if pset.data_dir else "a folder that pset.yaml names with data:"
                )
                yield CourseError(
                    f"{where}: the handout reads {name}, which is missing; put it into {folder}"
                )


def _file_read(call: ast.Call) -> str:
    """The data file that a call such as ``np.loadtxt("samples.csv")`` reads; empty for any other call."""
    reader = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    name, *modes = [a.value if isinstance(a, ast.Constant) else None for a in call.args] or [None]
    if reader not in READERS or not isinstance(name, str) or any("w" in str(mode) for mode in modes):
        return ""
    return name if name.endswith(_DATA_ENDINGS) else ""
