"""Each problem set's student folder and its judge, made once for all tests of a process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from grader.build import build
from grader.judge import Judge
from grader.pset import ProblemSet, load_problem_set
from grader.simulate.answers import Notebook
from tests.honest.case import handout_in

COURSE = Path(__file__).resolve().parents[2]
PLACES = {
    **{folder.parent.name: folder.parent for folder in sorted(COURSE.glob("psets/*/pset.yaml"))},
    "la1": COURSE / "examples" / "linear-algebra" / "psets" / "la1",
}


@pytest.fixture(scope="session")
def problem_set() -> Callable[[str], ProblemSet]:
    return cache(lambda name: load_problem_set(PLACES[name]))


@pytest.fixture(scope="session")
def _built(problem_set, tmp_path_factory) -> Callable[[str], Path]:
    @cache
    def built(name: str) -> Path:
        out = tmp_path_factory.mktemp(name)
        build(problem_set(name), out)
        return out / "student"

    return built


@pytest.fixture(scope="session")
def handout(_built) -> Callable[[str], Notebook]:
    """The notebook that a problem set's students are given."""
    return cache(lambda name: handout_in(_built(name)))


@pytest.fixture
def student_folder(_built, tmp_path) -> Callable[[str], Path]:
    """A copy of what a problem set's students are given."""
    return lambda name: Path(shutil.copytree(_built(name), tmp_path / "downloads" / name))


@pytest.fixture(scope="session")
def judge(problem_set) -> Iterator[Callable[[str], Judge]]:
    with ExitStack() as opened:
        yield cache(lambda name: opened.enter_context(Judge(problem_set(name))))
