"""The cells of a handout's questions: how a submission's are found, and what the solution's leave behind."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.notebook.magics import parsed
from grader.notebook.regions import Region
from grader.notebook.traces import CellTraces
from grader.pset.datafolder import in_folder_with
from grader.pset.handout import Cell
from grader.pset.otter import starter_source
from grader.pset.problemset import ProblemSet
from grader.pset.values import bound_in, changed_by, read_by
from grader.student import VALUES
from grader.traces import Trace, printing, read_file

__all__ = ["SolutionCells", "first_line", "given_texts", "is_given", "regions_of"]

_ASKS = re.compile(r"\.(?:printed|drawn)\(")


def given_texts(problem_set: ProblemSet) -> dict[str, list[str]]:
    """By question, the sources of its cells as students get them."""
    given: dict[str, list[str]] = {}
    for cell in problem_set.solved_cells:
        if cell.question and is_given(cell):
            source = starter_source(cell.source) if cell.kind == "code" else cell.source
            given.setdefault(cell.question, []).append(source)
    return given


def is_given(cell: Cell) -> bool:
    """Whether students get a cell, if only with a gap in it."""
    return cell.kind in ("markdown", "code") and cell.block != "solution"


def first_line(sources: list[str]) -> str:
    """The first line with something in it."""
    return next((line.strip() for source in sources for line in source.split("\n") if line.strip()), "")


def regions_of(problem_set: ProblemSet) -> list[Region]:
    """Every question that tests earn points for; none where no test asks what anything prints or draws."""
    files = problem_set.suite_dir.rglob("*.py")
    if not any(_ASKS.search(file.read_text(encoding="utf-8", errors="replace")) for file in files):
        return []
    begins = {question: first_line(sources) for question, sources in given_texts(problem_set).items()}
    by_tests = [question.id for question in problem_set.questions if not question.manual]
    return [
        Region(one, begins[one], tuple(line for other, line in begins.items() if other != one and line))
        for one in by_tests
        if begins.get(one)
    ]


class SolutionCells:
    """The solved handout's cells, to be run with any version of its functions in their place."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self._cells = [
            (cell.question, parsed(cell.source).body)
            for cell in problem_set.solved_cells
            if cell.kind == "code" and cell.block != "prompt"
        ]

    def left(self, trace: Trace, question: str, namespace: Mapping[str, Any]) -> Any:
        """What a question's cells print or draw, or what is in a file after all cells.

        Definitions and answers in variables are those of ``namespace``; of the cells before, only what the question's
        cells use is run.
        """
        scope = dict(namespace)
        for name in namespace.get(VALUES, ()):
            with contextlib.suppress(Exception):
                scope[name] = namespace[name]()
        skipped = {*(name for name in self._problem_set.functions if name in namespace)}
        traces = CellTraces(range(len(self._cells)))
        with in_folder_with(self._problem_set.data_files()), printing():
            for number, statements in self._needed(question, skipped | self._defined(namespace)):
                if self._cells[number][0] == question:
                    with traces.cell(number) as drawn:
                        value = _run(statements, scope)
                        if drawn is not None:
                            drawn.add(value)
                else:
                    _run(statements, scope)
            if trace.kind == "file":
                return read_file(trace.path, trace.form)
        asked = [number for number, (owner, _) in enumerate(self._cells) if owner == question]
        return traces.of(trace, asked)

    def _defined(self, namespace: Mapping[str, Any]) -> set[str]:
        """The functions and classes of the solution, which may be replaced in the namespace."""
        kinds = (ast.FunctionDef, ast.ClassDef)
        found = {one.name for _, body in self._cells for one in body if isinstance(one, kinds)}
        return found & namespace.keys()

    def _needed(self, question: str, skipped: set[str]) -> Iterator[tuple[int, list[ast.stmt]]]:
        """What is run of each cell, in order."""
        last = max((i for i, (owner, _) in enumerate(self._cells) if owner == question), default=None)
        cells = self._cells if last is None else self._cells[: last + 1]
        needed: set[str] = set()
        taken: list[tuple[int, list[ast.stmt]]] = []
        for number, (owner, body) in reversed(list(enumerate(cells))):
            kept: list[ast.stmt] = []
            for statement in reversed(body):
                bound = bound_in(statement)
                if bound and bound <= skipped:
                    continue
                if not question or owner == question or changed_by(statement) & needed:
                    kept.insert(0, statement)
                    needed |= read_by(statement)
            taken.insert(0, (number, kept))
        yield from taken


def _run(statements: list[ast.stmt], scope: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: the value of its last line is shown, and after an error the next cell is run."""
    *steps, last = statements or [ast.Pass(lineno=1, col_offset=0)]
    with contextlib.suppress(Exception):
        shown = isinstance(last, ast.Expr)
        body = ast.Module(steps if shown else [*steps, last], [])
        exec(compile(ast.fix_missing_locations(body), "<cell of the solution>", "exec"), scope)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell of the solution>", "eval"), scope)
            if value is not None:
                print(repr(value))
            return value
    return None
