"""A small course for all tests in this folder."""

from pathlib import Path

import pytest

from grader.pset import ProblemSet, load_problem_set
from tests.pset.tiny import write_tiny_course


@pytest.fixture
def tiny(tmp_path: Path) -> ProblemSet:
    return load_problem_set(write_tiny_course(tmp_path))
