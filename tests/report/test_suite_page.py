"""The page about suites: what passed, what to fix, and what survived."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction
from html import unescape

import pytest

from grader.report import suite_page
from grader.validate.report import (
    CheatRow,
    Confusion,
    Naming,
    QuestionRow,
    Remembered,
    Report,
    SuiteProblem,
    Survivor,
    TestRow,
)

MADE = datetime(2027, 2, 21, 12, 0, tzinfo=UTC)
QUESTION = QuestionRow(
    id="q1", tests=2, points=Fraction(1, 3), milliseconds=1.5, mistakes=4, mistakes_caught=3, mutants=10,
    mutants_caught=8, equivalent=1,
)  # fmt: skip


def report(**more) -> Report:
    return Report(**{"pset": "tiny", "seeds": [1], "questions": [QUESTION]} | more)


def text_of(*reports: Report) -> str:
    body = re.sub(r"<[^>]+>", " ", suite_page(reports, made=MADE).partition("</head>")[2])
    return " ".join(unescape(body).split())


def test_a_suite_that_holds():
    text = text_of(report(naming=[Naming(kind="another form", trials=8, right=6, wrong=1)]))
    for said in (
        "1 problem set, 21 February 2027, 12:00 UTC", "tiny all checks passed",
        "known mistakes caught 75% 3 of 4", "mutants caught 89% 8 of 10; 1 equal in effect",
        "named rightly: another form 75% 6 of 8, 1 wrongly",
        "q1 2 0.33 1.5 3/4 8/9 1",
        "None: the reference and every accepted alternative passed on every seed",
        "0 mutants of the reference that pass every test of their question.",
    ):  # fmt: skip
        assert said in text
    assert "To fix" not in text


def test_what_is_wrong_is_listed_and_flaky_problems_are_counted():
    problems = [
        SuiteProblem("flaky test", "test_a fails on seed 3"), SuiteProblem("points", "q1 adds up to <2>"),
    ]  # fmt: skip
    text = text_of(report(problems=problems))
    assert "tiny 2 to fix" in text
    assert "flaky test : test_a fails on seed 3" in text
    assert "q1 adds up to <2>" in text
    assert "1 of the problems above: a correct answer fails, always or on some draws." in text


def test_survivors_without_a_reason_come_first_and_code_is_escaped():
    kept = {"question": "q1", "function": "f", "kind": "operator"}
    survivors = [
        Survivor(**kept, was="a + b", becomes="b + a", because="the order does not matter"),
        Survivor(**kept, was="if a < b:", becomes=""),
    ]
    text = text_of(report(survivors=survivors))
    assert "1 mutant of the reference that pass" in text
    assert text.index("- if a < b: + (nothing)") < text.index("equal in effect: the order does not matter")
    assert "and 1 that are equal in effect, with the reason" in text


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        ([], "None passes a test that it should fail."),
        (["test_a"], "1 of them pass tests that they should fail"),
    ],
)
def test_answers_that_know_nothing(passed, said):
    assert said in text_of(report(cheats=[CheatRow(name="zeros", says="Zeros.", passed=passed)]))


def test_the_verdict_is_the_same_above_and_beside_a_problem_set():
    problem = SuiteProblem("flaky test", "test_mean fails the reference", ("q1",))
    text = text_of(report(pset="one"), report(pset="two", problems=[problem]))
    assert "one all checks passed two 1 to fix" in text
    assert text.count("one all checks passed") == text.count("two 1 to fix") == 2


def test_what_was_left_out_or_not_tried_is_said():
    text = text_of(
        report(
            unchanged=["q2", "q3"], untried="This machine has no sandbox.",
            remembered=Remembered(Fraction(1, 2), Fraction(2)),
            naming=[
                Naming(kind="one mistake", trials=2, right=2),
                Naming(kind="two in one function", trials=2, silent=2, confusions=[
                    Confusion(planted="a + b", mistakes=["a", "b"], seeds=2, outcomes={"silent": 2}),
                ]),
            ],
            tests=[TestRow(name="test_f.py::test_of_one_row", question="q1", milliseconds=0.5, mistakes_caught=0)],
        )
    )  # fmt: skip
    for said in (
        "Skipped, because they passed before and have not changed: q2, q3.",
        "correct answers were not graded in a sandbox. This machine has no sandbox.",
        "earned by remembering public tests 0.5 of 2 points",
        "a + b : 2 silent; named: nothing",
        "q1 Of one row 0.5 0",
    ):
        assert said in text
