"""Two files of a suite share a module beside them; each course has its own, and no line of it reaches a student."""

from pathlib import Path

import pytest

from grader.build import build
from grader.errors import CourseError
from grader.judge.runner import SuiteRunner
from grader.pset import load_problem_set
from grader.student import LocalStudent
from tests.pset.tiny import SEEDED, write_tiny_course

HELPER = '''"""What the tests share."""

import numpy as np

from grader import CheckFailed


def secret_case(rng):
    """A sample that nobody may know."""
    unforeseen_sample = rng.normal(size=17) + {shift}
    return unforeseen_sample


def shift_of_this_course():
    return {shift}
'''


def course(folder: Path, shift: int):
    path = write_tiny_course(
        folder,
        pset=SEEDED,
        test_means=(
            "    secret_sample = rng.normal(size=17)\n",
            "    secret_sample = cases.secret_case(rng)\n",
        ),
    )
    (path / "suite" / "cases.py").write_text(HELPER.format(shift=shift))
    suite = path / "suite" / "test_means.py"
    suite.write_text(
        suite.read_text().replace(
            "import reference.means", "import psets.tiny.suite.cases as cases\nimport reference.means"
        )
    )
    return load_problem_set(path)


def drawn(problem_set) -> float:
    """The mean that the student is asked for, less what the same draw has without a shift."""
    runner = SuiteRunner(problem_set)
    try:
        test = next(t for t in runner.tests if t.name == "test_mean_secretly")
        asked = []
        student = LocalStudent({"mean": lambda x: asked.append(float(x.mean())) or 0.0})
        runner.submit(lambda plugin: plugin.run(test, student, 0, None))
        return asked[0]
    finally:
        runner.close()


def test_each_course_uses_its_own(tmp_path):
    one, other = course(tmp_path / "a", 0), course(tmp_path / "b", 100)
    assert drawn(other) - drawn(one) == pytest.approx(100)
    assert drawn(other) - drawn(one) == pytest.approx(100)


def test_a_line_of_it_is_a_hidden_tests(tmp_path):
    problem_set = course(tmp_path, 0)
    build(problem_set, tmp_path / "out")
    handout = problem_set.handout_path
    handout.write_text(
        handout.read_text().replace(
            "Thanks.",
            "Hint: `unforeseen_sample = rng.normal(size=17) + 0`\n\n    unforeseen_sample = rng.normal(size=17) + 0\n",
        )
    )
    with pytest.raises(CourseError, match=r"line of a hidden test \(psets/tiny/suite/cases.py:10\)"):
        build(load_problem_set(problem_set.path), tmp_path / "out2")
