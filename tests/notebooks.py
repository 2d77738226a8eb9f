"""Notebooks for tests: the solution of a problem set with some functions exchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from grader.pset import ProblemSet
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
    """The solution's cells, those that define a changed function replaced."""
    cells = []
    for source in problem_set.solution_cells():
        mine = [changed[name] for name in defined(source) if name in changed]
        cells.append("\n\n".join(mine) or source)
    return cells
