"""The small course, built once for tests that only read it."""

from pathlib import Path

import pytest

from grader.build import build
from grader.pset import ProblemSet, load_problem_set
from tests.pset.tiny import SEEDED, write_tiny_course


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> ProblemSet:
    return load_problem_set(write_tiny_course(tmp_path_factory.mktemp("course"), pset=SEEDED))


@pytest.fixture(scope="session")
def built(tiny, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    build(tiny, out)
    return out
