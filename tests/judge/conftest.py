"""Problem set 1 with its grader, opened once for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from grader.judge import Judge, Submission
from grader.pset import ProblemSet, load_problem_set
from grader.results import SubmissionResult
from tests.notebooks import notebook, submission_cells


@pytest.fixture(scope="session")
def ps1() -> ProblemSet:
    return load_problem_set("psets/ps1")


@pytest.fixture(scope="session")
def ps1_grader(ps1: ProblemSet) -> Iterator[Judge]:
    with Judge(ps1) as grader:
        yield grader


@pytest.fixture
def grade(ps1: ProblemSet, ps1_grader: Judge) -> Callable[[Mapping[str, str]], SubmissionResult]:
    """Grade the solution with some of its functions exchanged."""

    def graded(changed: Mapping[str, str]) -> SubmissionResult:
        cells = submission_cells(ps1, changed)
        return ps1_grader.grade(Submission("someone", {"ps1.ipynb": notebook(cells)}))

    return graded
