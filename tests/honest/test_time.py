"""A notebook that takes longer than it may, and functions that take nearly as long: what is right keeps its points."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from grader.build import build
from grader.judge import Judge
from grader.pset import ProblemSet, load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.honest.case import Case, handout_in
from tests.honest.comparing import problems
from tests.honest.runs import Outcome, checked, graded, outcomes
from tests.honest.work import Work
from tests.pset.tiny import write_tiny_course

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")

SECRET = '@question("q1", points={})\ndef test_mean_secretly'
MAPPED = '''@question("q1", points=0.5, public=True)
def test_many_means(student):
    """Means of five samples"""
    cases = [(np.full(3, float(k)),) for k in range(5)]
    for case, got in zip(cases, student.mean.map(cases), strict=True):
        close(got, case[0][0])


'''
WITH_MANY_MEANS = (SECRET.format(1), MAPPED + SECRET.format(0.5))
"""The tiny suite with one more public test."""


class Tiny:
    """The small course with limits that are soon reached, graded and checked."""

    def __init__(self, folder: Path, limits: str, suite: tuple[str, str] = ("", "")) -> None:
        place = write_tiny_course(
            folder / "course", pset=("data: data", f"data: data\nlimits: {{{limits}}}"), test_means=suite
        )
        self.problem_set: ProblemSet = load_problem_set(place)
        build(self.problem_set, folder)
        self._student = folder / "student"

    def work(self) -> Work:
        return Work(self.problem_set, handout_in(self._student))

    def both(self, work: Work) -> tuple[list[str], list[Outcome], list[Outcome]]:
        """What work that deserves all points came to: what is wrong with it, and the outcomes here and there."""
        files = {work.notebook: work.stored()}
        with Judge(self.problem_set) as judge:
            result = graded(judge, files)
        here = checked(self._student, files)
        return (
            problems(Case("right", "", lambda _: None), self.problem_set, result, here),
            here,
            outcomes(result),
        )


@pytest.fixture(scope="module")
def many_means(tmp_path_factory) -> Tiny:
    limits = "cell_seconds: 9, call_seconds: 1, submission_seconds: 90"
    return Tiny(tmp_path_factory.mktemp("many"), limits, WITH_MANY_MEANS)


@pytest.mark.parametrize("place", ["after the answers", "one cell that does not end"])
def test_cells_beyond_the_whole_notebooks_time_are_not_run_and_what_is_defined_is_judged(place, tmp_path):
    tiny = Tiny(tmp_path, "cell_seconds: 2, call_seconds: 2, submission_seconds: 16")
    work = tiny.work()
    work.first("import time")
    if place == "after the answers":
        work.last(*(f"time.sleep(1.6)  # experiment {number}" for number in range(14)), "del np, mean")
    else:
        work.last(*["while True:\n    pass"] * 10)
    started = time.monotonic()
    found, *_ = tiny.both(work)
    assert not found, "\n".join(found)
    assert time.monotonic() - started < 120


def test_each_of_many_calls_has_its_own_time(many_means):
    work = many_means.work()
    work.answer("mean")["source"] = "import time\ndef mean(x):\n    time.sleep(0.4)\n    return x.mean()"
    found, *_ = many_means.both(work)
    assert not found, "\n".join(found)


def test_one_of_many_calls_that_takes_too_long_is_told_so(many_means):
    work = many_means.work()
    work.answer("mean")["source"] = (
        "import time\ndef mean(x):\n    time.sleep(3 if x[0] == 4 else 0)\n    return x.mean()"
    )
    _, here, there = many_means.both(work)
    for told in (here, there):
        assert [one.message for one in told if not one.passed] == ["`mean` took longer than 1 second"]
