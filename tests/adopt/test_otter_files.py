"""What a test file of otter's family says: points, names, suites, functions, and what is not understood."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from otter.test_files.abstract_test import TestCase as OtterCase
from otter.test_files.abstract_test import TestFile as OtterFile

from grader.adopt.otter.tests import Grader, read_dictionary, read_test_text


def spec(*cases: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """A dictionary with one suite of these cases."""
    made = [{"code": ">>> 1\n1", **case} for case in cases]
    return {"name": "q1", "suites": [{"cases": made, "type": "doctest"}], **rest}


@pytest.mark.parametrize(
    ("whole", "own", "expected"),
    [
        (1, [None] * 3, "1/3 1/3 1/3"),
        (None, [None, None], "1/2 1/2"),
        (None, [None, 2, 0], "0 2 0"),
        (None, [0, None, None], "0 1/2 1/2"),
        (None, [0, 0], "0 0"),
        (5, [2, None, None], "2 3/2 3/2"),
        ([1, 0.1, 2], [None] * 3, "1 1/10 2"),
        (0.7, [None, 0.1], "3/5 1/10"),
        (3, [1, 1], "1 1"),
    ],
)
def test_points_are_resolved_exactly(whole: Any, own: list[Any], expected: str) -> None:
    found = read_dictionary(
        spec(*({"points": points} for points in own), points=whole), "q1", "q1.py", "otter"
    )
    assert " ".join(str(test.points) for test in found.questions[0].tests) == expected
    cases = [OtterCase("", "", False, points, None, None) for points in own]
    resolved = OtterFile.resolve_test_file_points(whole, cases)
    assert [float(test.points) for test in found.questions[0].tests] == pytest.approx(
        [c.points for c in resolved]
    )


@pytest.mark.parametrize(
    ("grader", "points", "whole", "hidden"),
    [
        ("otter", [2, 1], False, True),
        ("okpy", [Fraction(3, 2)] * 2, True, False),
        ("gofer", [Fraction(1, 2)] * 2, True, False),
    ],
)
def test_each_grader_counts_in_its_way(grader: Grader, points: Any, whole: bool, hidden: bool) -> None:
    found = read_dictionary(spec({"points": 2}, {}, points=3), "q1", "q1.py", grader).questions[0]
    assert [test.points for test in found.tests] == points
    assert found.all_or_nothing == whole
    assert {test.hidden for test in found.tests} == {hidden}


TWO = {
    "name": "q1",
    "points": 4,
    "suites": [
        {
            "cases": [{"code": ">>> f(a)\n2"}, {"code": "  >>> a\n  1\n"}],
            "setup": "\n  >>> a = 1\n",
            "teardown": ">>> del a",
        },
        {"cases": [{"code": ">>> 3\n3"}], "scored": False},
        {"cases": [{"code": ">>> 4\n4"}], "type": "doctest"},
    ],
}


def test_several_suites_are_one_question_of_otter_and_several_of_okpy() -> None:
    (one,) = read_dictionary(TWO, "q1", "q1.py", "otter").questions
    assert [test.name for test in one.tests] == ["q1 - 1", "q1 - 2", "q1 - 3", "q1 - 4"]
    assert [test.points for test in one.tests] == [Fraction(4, 3)] * 2 + [0, Fraction(4, 3)]
    assert one.tests[1].source == ">>> a = 1\n>>> a\n1\n>>> del a\n"
    assert one.tests[2].source == ">>> 3\n3"
    suites = read_dictionary(TWO, "q1", "q1.py", "okpy").questions
    assert [(suite.name, suite.points) for suite in suites] == [
        ("q1 > Suite 1", 2),
        ("q1 > Suite 2", 0),
        ("q1 > Suite 3", 2),
    ]
    assert [test.name for suite in suites for test in suite.tests] == [test.name for test in one.tests]


DOUBTS = [
    ("test = {'name': 'q1'}", "has no list of suites"),
    ("test = {'name': 'q1', 'suites': [{'cases': []}]}", "has no cases"),
    ("test = {'name': 'q1', 'suites': [{'type': 'wwpp', 'cases': [{}]}]}", "of type 'wwpp', not doctest"),
    (
        f"test = {spec({'code': '>>> f(1)' + chr(10) + 'a1b2' + chr(10) + '# locked', 'locked': True})}",
        "is locked",
    ),
    (f"test = {spec({}, points=[1, 2])}", "are a list of 2 for 1 cases; q1 counts 1 here"),
    (
        f"test = {spec({'points': 2}, points=1)}",
        "are 1, and those of its cases add up to 2; q1 counts 2 here",
    ),
    (f"test = {spec({'points': 'two'})}", "are 'two', which is no number"),
    (f"test = {spec({'code': 'x == 1'})}", "has no prompt"),
    (f"test = {spec({'code': '>>>x'})}", "not written as doctest reads it"),
    (f"test = {spec({'code': '>>> x == 1'})}", "expects no output of `x == 1`"),
    ("import json\ntest = json.load(open('q1.json'))", "by running code, which is not done here"),
    (f"test = {spec({})}\ntest['suites'].append({{}})", "changes its dictionary after it is made"),
    ("def helper():\n    return 1", "holds no tests in a form of otter's"),
    ("test = {", "is no Python that can be read"),
    ("OK_FORMAT = False\nname = 'q1'", "has no function that is a test"),
    (
        "from otter.test_files import test_case\n@test_case(points=n())\ndef f(env): ...",
        "points by running code",
    ),
]


@pytest.mark.parametrize(("text", "says"), DOUBTS)
def test_what_is_not_understood_is_said(text: str, says: str) -> None:
    found = read_test_text(text, "q1", "tests/q1.py", "otter")
    assert any(says in doubt and doubt.endswith(".") for doubt in found.doubts), found.doubts


def test_a_dictionary_may_be_put_together_from_constants(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    text = f"""
import pathlib
pathlib.Path({str(trap)!r}).write_text("ran")
n: int = 3
code = ">>> f(" f"{{n}})\\n" + "9"
test = dict(name="q" + "1", points=1 / 3, suites=[{{"cases": [{{"code": code, "hidden": not True}}]}}])
"""
    (question,) = read_test_text(text, "q1", "q1.py", "otter").questions
    assert (question.points, question.tests[0].source) == (Fraction(1, 3), ">>> f(3)\n9")
    assert not trap.exists()


FUNCTIONS = """from otter.test_files import test_case as case
import numpy as np

OK_FORMAT = False
name = "q1"
points = 3
all_or_nothing = True
LIMIT = 5

def close(a, b):
    return np.isclose(a, b)

@case(points=1, hidden=True, success_message="Good.")
def first(env, f):
    assert close(f(1), LIMIT)

@case(name="the second", failure_message="No.")
def second(x):
    assert x
"""


def test_functions_are_tests_with_the_helpers_they_need() -> None:
    (question,) = read_test_text(FUNCTIONS, "q1", "q1.py", "otter").questions
    first, second = question.tests
    assert (question.points, question.all_or_nothing) == (3, True)
    assert (first.name, first.function, first.points, first.hidden, first.success) == (
        "q1 - 1",
        "first",
        1,
        True,
        "Good.",
    )
    assert (second.name, second.function, second.points, second.failure) == ("the second", "second", 2, "No.")
    namespace: dict[str, Any] = {}
    exec(first.source, namespace)
    namespace["first"]({}, lambda x: 5)
    assert "otter" not in first.source
    assert "second" not in first.source
