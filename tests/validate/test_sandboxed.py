"""Validation reports correct answers that pass in its own process but fail in the sandbox."""

import pytest

from grader.errors import UnsafeHost
from grader.judge import Grader
from grader.pset import load_problem_set
from grader.sandbox.linux import NEEDS_LINUX
from grader.sandbox.outside.host import Sandbox
from grader.validate import validate
from grader.validate.sandboxed import rounds
from tests.pset.tiny import write_tiny_course

FAILS = "fails in the sandbox"


@pytest.fixture
def course(tmp_path):
    return write_tiny_course(tmp_path)


def add(course, text):
    path = course / "suite" / "test_means.py"
    path.write_text(path.read_text() + text)


def found(course):
    report = validate(load_problem_set(course), workers=1)
    return [(p.what, p.questions) for p in report.problems if p.kind == FAILS], report


def test_an_argument_that_cannot_go_there_is_told(course):
    add(
        course,
        """
class Three:
    def __truediv__(self, other):
        return 3.0


@question("q1", points=0)
def test_mean_of_objects(student):
    close(student.mean([Three()]), 3)
""",
    )
    said, report = found(course)
    assert not report.ok
    assert [questions for _, questions in said] == [("q1",)] * 2
    assert said[0][0].startswith("the solved handout fails test_mean_of_objects: ")
    assert "Three" in said[0][0].split(": ", 1)[1]


def test_an_answer_that_cannot_come_back_is_told_of_the_alternative_that_gives_it(course):
    alternatives = course / "alternatives.py"
    alternatives.write_text(
        alternatives.read_text()
        + """

@alternative("mean")
def as_an_object(x):
    class Number:
        def __init__(self, value):
            self.value = value

        def __sub__(self, other):
            return self.value - other

    return Number(x.sum() / len(x))
"""
    )
    said, _ = found(course)
    assert {what.split(" fails ")[0] for what, _ in said} == {"as_an_object"}


def test_a_table_that_no_sandbox_carries_fails_in_every_process(course):
    add(
        course,
        """
@question("q1", points=0)
def test_mean_of_a_table(student):
    import pandas as pd
    from grader import check_table
    check_table(student.mean(pd.DataFrame({"a": [1.0, 2.0]})), pd.Series([1.5], index=["a"]))
""",
    )
    alternatives = course / "alternatives.py"
    alternatives.write_text(
        alternatives.read_text()
        + """

@alternative("mean")
def with_functions_beside(x):
    found = x.sum() / len(x)
    return found.map(lambda _: print) if hasattr(found, "map") else found
"""
    )
    _, report = found(course)
    assert not report.ok
    assert any(
        "with_functions_beside" in problem.what and "cannot be checked" in problem.what
        for problem in report.problems
    )


def test_nothing_is_said_where_all_is_well(course):
    said, report = found(course)
    assert (said, report.untried) == ([], "")


def test_a_machine_without_a_sandbox_is_told_loudly(course, monkeypatch):
    def nothing_here(*_, **__):
        raise UnsafeHost(NEEDS_LINUX)

    monkeypatch.setattr("grader.sandbox.outside.host.Sandbox.start", nothing_here)
    said, report = found(course)
    assert said == []
    assert report.untried == NEEDS_LINUX
    assert "NOT TRIED: no correct answer was graded in a sandbox. grading needs Linux" in report.text()


@pytest.mark.parametrize("start", [lambda course: Sandbox(), Grader])
def test_other_systems_are_told_to_use_the_container(course, monkeypatch, start):
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(UnsafeHost) as raised:
        start(course)
    assert str(raised.value) == NEEDS_LINUX


def test_a_mistake_that_passes_only_there_is_told(course):
    add(
        course,
        """
from fractions import Fraction


@question("q1", points=0)
def test_mean_is_no_fraction(student):
    assert not isinstance(student.mean(np.array([1.0, 2.0])), Fraction)
""",
    )
    mistakes = course / "mistakes.py"
    mistakes.write_text(
        mistakes.read_text()
        + """

@mistake("mean", says="You return a fraction.")
def mean_as_a_fraction(x):
    from fractions import Fraction

    return Fraction(float(x.sum() / len(x)))
"""
    )
    report = validate(load_problem_set(course), workers=1)
    assert [problem.what for problem in report.problems if problem.kind == "passes in the sandbox"] == [
        "mean_as_a_fraction passes q1 when it is graded, and not in this process; check what tells them apart"
    ]


def test_mistakes_of_several_questions_are_graded_together(course):
    problem_set = load_problem_set(course)
    mistakes = problem_set.mistakes()
    together = rounds(problem_set, mistakes, problem_set.ids)
    assert sorted(one.name for each in together for one in each.values()) == sorted(
        one.name for one in mistakes
    )
    assert max(len(each) for each in together) == 2
    assert all(one.function in problem_set.question(q).names for each in together for q, one in each.items())
