"""Notebooks for tests: the solution of a problem set with some functions exchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from grader.notebook.magics import parsed
from grader.pset import ProblemSet
from grader.pset.values import bound_in
from grader.simulate.answers import defined

__all__ = ["notebook", "submission_cells"]


def notebook(cells: Sequence[str], **metadata: object) -> bytes:
    """An .ipynb of these code cells, as a student's Jupyter saves it but for the outputs."""
    code = [
        {"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None}
        for c in cells
    ]
    whole = {"cells": code, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole).encode()


def submission_cells(problem_set: ProblemSet, changed: Mapping[str, str]) -> list[str]:
    """The solution's cells; changed functions take the place of others, and changed variables follow."""
    cells = []
    for source in problem_set.solution_cells():
        mine = [changed[name] for name in defined(source) if name in changed]
        bound = {name for statement in parsed(source).body for name in bound_in(statement)}
        values = [changed[name] for name in bound & problem_set.values if name in changed]
        cells.append("\n\n".join([*(mine or [source]), *values]))
    return cells
