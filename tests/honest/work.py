"""A student's notebook, answered right, to be given habits: cells before, between and after the handout's."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from inspect import cleandoc
from typing import Any

from grader.pset import ProblemSet
from grader.simulate.answers import Notebook, defined, filled_in, solutions

__all__ = ["Cell", "Work", "code", "markdown", "text_of"]

Cell = dict[str, Any]
_MARKS = re.compile(r"(?m)^ *# (BEGIN|END) SOLUTION.*\n?")


def code(source: str, *tags: str, **metadata: Any) -> Cell:
    """A code cell as Jupyter saves it before it is run; a block of lines is freed of its indentation."""
    metadata |= {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code", "source": _block(source), "metadata": metadata, "outputs": [], "execution_count": None,
    }  # fmt: skip


def markdown(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "source": source, "metadata": metadata}


def text_of(cell: Cell) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


class Work:
    """The handout that a student got, with the reference's answers, cell by cell.

    Args:
        problem_set: What was asked.
        handout: The notebook of the student's folder.
    """

    def __init__(self, problem_set: ProblemSet, handout: Notebook) -> None:
        self.problem_set = problem_set
        self.answers = solutions(problem_set)
        self.handout = copy.deepcopy(handout)
        solved = filled_in(handout, self.answers)
        self.cells: list[Cell] = solved["cells"]
        self.metadata: dict[str, Any] = solved["metadata"]
        for cell in self.cells:
            # What marks an answer in the course's own files is not in a student's.
            cell["source"] = _MARKS.sub("", text_of(cell)).strip("\n")
        self.files: dict[str, bytes] = {}
        """What is handed in beside it."""

    # Where habits go ------------------------------------------------------------------------------------------

    @property
    def functions(self) -> list[str]:
        """Every name that is asked for, in the handout's order."""
        return [name for cell in self.cells for name in self._names(cell)]

    @property
    def last_question(self) -> str:
        """The last one with tests; no other needs its functions."""
        return [question for question in self.problem_set.questions if question.functions][-1].id

    @property
    def last_function(self) -> str:
        return self.functions[-1]

    def answer(self, name: str) -> Cell:
        """The cell that answers for this function."""
        return next(cell for cell in self.cells if name in self._names(cell))

    def answered_cells(self) -> list[Cell]:
        return [cell for cell in self.cells if self._names(cell)]

    @property
    def imports(self) -> Cell:
        """The handout's own cell of imports."""
        return next(
            cell for cell in self.cells
            if cell["cell_type"] == "code" and "import numpy as np" in cell["source"].splitlines()
        )  # fmt: skip

    def above_the_imports(self, lines: str) -> None:
        """In the very cell that imports numpy, where most people put what a machine of theirs needs."""
        self.imports["source"] = f"{cleandoc(lines)}\n{self.imports['source']}"

    def below_the_imports(self, lines: str) -> None:
        self.imports["source"] += f"\n{cleandoc(lines)}"

    def first(self, *cells: Cell | str) -> None:
        self.cells[:0] = map(_cell, cells)

    def last(self, *cells: Cell | str) -> None:
        self.cells += map(_cell, cells)

    def between(self, *cells: Cell | str) -> None:
        """One after each of as many answers, the later of them where there are more answers."""
        answers = self.answered_cells()[-len(cells) :]
        for answer, cell in zip(answers, cells, strict=True):
            self.cells.insert(1 + next(k for k, one in enumerate(self.cells) if one is answer), _cell(cell))

    def in_every_answer(self, change: Callable[[str], str]) -> None:
        for cell in self.answered_cells():
            cell["source"] = change(cell["source"])

    def unanswered(self, name: str) -> str:
        """The handout's cell for a function, with its ``...``."""
        return next(
            text_of(cell) for cell in self.handout["cells"]
            if cell["cell_type"] == "code" and name in defined(text_of(cell))
        )  # fmt: skip

    def _names(self, cell: Cell) -> list[str]:
        if cell["cell_type"] != "code":
            return []
        return [name for name in defined(cell["source"]) if name in self.problem_set.functions]

    # What is handed in ----------------------------------------------------------------------------------------

    @property
    def notebook(self) -> str:
        """The name under which the notebook is handed in."""
        return f"{self.problem_set.name}.ipynb"

    @property
    def script(self) -> str:
        return f"{self.problem_set.name}.py"

    def stored(self) -> bytes:
        """The notebook as a file."""
        whole = {"cells": self.cells, "metadata": self.metadata, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(whole, indent=1, ensure_ascii=False).encode()

    def exported(
        self, between: Callable[[int, Cell], str], change: Callable[[str], str] = str, head: str = ""
    ) -> str:
        """A script of the notebook: what ``between`` gives for each cell, then its text, prose as comments."""
        parts = [cleandoc(head)]
        for number, cell in enumerate(self.cells, start=1):
            is_code = cell["cell_type"] == "code"
            said = "\n".join(f"# {line}".rstrip() for line in text_of(cell).splitlines())
            parts.append(between(number, cell) + (change(text_of(cell)) if is_code else said))
        return "\n\n".join(part for part in parts if part) + "\n"

    def plain(self, head: str = "", tail: str = "") -> str:
        """A program with the answers alone, as somebody writes it who uses no notebook."""
        sources = [text_of(cell) for cell in self.answered_cells()]
        parts = (cleandoc(head), self.imports["source"], *sources, cleandoc(tail))
        return "\n\n\n".join(filter(None, parts)) + "\n"


def _block(source: str) -> str:
    return cleandoc(source) if "\n" in source else source


def _cell(given: Cell | str) -> Cell:
    return code(given) if isinstance(given, str) else given


def as_files(name: str, content: bytes | str, beside: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is handed in, the file to run first."""
    return {name: content.encode() if isinstance(content, str) else content, **beside}
