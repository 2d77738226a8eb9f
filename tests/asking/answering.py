"""Answers to the questions of ``examples/asking``, graded by its hidden suites in the real sandbox."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from grader.judge import Judge, Submission
from grader.pset import load_problem_set
from grader.pset.values import bound_in
from grader.results import SubmissionResult, TestResult
from tests.notebooks import notebook

__all__ = ["COURSE", "failed", "graded", "told"]

COURSE = Path(__file__).resolve().parents[2] / "examples" / "asking"


@cache
def judge_of(pset: str) -> Judge:
    """One judge for all tests of this process; its sandbox ends with the process."""
    return Judge(load_problem_set(COURSE / "psets" / pset))


def graded(pset: str, *answers: str, files: Mapping[str, bytes] | None = None) -> SubmissionResult:
    """The result of a notebook that is the solution, but for these cells.

    Each cell of the solution goes that binds a name which one of ``answers`` binds, and the answer takes the place of
    the first of them.
    """
    judge = judge_of(pset)
    cells = list(judge.problem_set.solution_cells())
    for answer in answers:
        mine = names(answer)
        places = [place for place, cell in enumerate(cells) if names(cell) & mine]
        assert places, f"no cell of the solution has a name of:\n{answer}"
        cells[places[0]] = answer
        for place in places[1:]:
            cells[place] = ""
    return judge.grade(Submission("someone", {f"{pset}.ipynb": notebook(cells), **(files or {})}))


def names(cell: str) -> set[str]:
    """What a cell binds, without what it imports."""
    body = [one for one in ast.parse(cell).body if not isinstance(one, ast.Import | ast.ImportFrom)]
    return {name for statement in body for name in bound_in(statement)}


def failed(result: SubmissionResult, question: str | None = None) -> list[TestResult]:
    """The tests that did not pass."""
    assert result.status == "graded", result
    return [
        test
        for one in result.questions
        for test in one.tests
        if question in (None, one.id) and test.status != "passed"
    ]


def told(result: SubmissionResult, question: str | None = None) -> str:
    """All that a student reads of the tests that did not pass."""
    return "\n".join(test.message for test in failed(result, question))
