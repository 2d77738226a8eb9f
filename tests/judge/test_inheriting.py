"""Which questions an inherited failure names: those where it begins, not those that it comes through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import SimpleNamespace

import pytest

from grader.judge.following import Followed
from grader.judge.inheriting import inherit
from grader.results import QuestionResult, TestResult

HALF = SimpleNamespace(inherited_share=Fraction(1, 2))


def outcome(name: str, status: str) -> TestResult:
    return TestResult(
        name=name, status=status, score=Fraction(0), max_score=Fraction(2), visibility="visible"
    )


def named(failed: Mapping[str, Sequence[str]], passed: Sequence[str] = ()) -> dict[str, list[str]]:
    """What each question's failures name in the end, given what each of them comes from; "" is one of its own."""
    inherited: dict[str, list[str]] = {}
    questions = []
    for question, origins in failed.items():
        tests = [outcome(f"test_{question}_{number}", "failed") for number in range(len(origins))]
        inherited |= {test.key: origin.split() for test, origin in zip(tests, origins, strict=True) if origin}
        tests += [outcome(f"test_{question}_passed", "passed")] * (question in passed)
        most = Fraction(2 * len(tests))
        questions.append(
            QuestionResult(id=question, title=question, score=Fraction(0), max_score=most, tests=tests)
        )
    inherit(questions, Followed(inherited=inherited), HALF)
    failures = [
        (question.id, test) for question in questions for test in question.tests if test.status == "failed"
    ]
    assert all(test.score == (1 if test.inherited else 0) for _, test in failures)
    return {one: [" ".join(test.inherited or ()) for name, test in failures if name == one] for one in failed}


@pytest.mark.parametrize(
    ("failed", "found"),
    [
        ({"q1": [""], "q2": ["q1"]}, {"q1": [""], "q2": ["q1"]}),
        ({"q1": [""], "q2": ["q1"], "q3": ["q2"]}, {"q1": [""], "q2": ["q1"], "q3": ["q1"]}),
        ({"q2": ["q1"], "q3": ["q2"], "q4": ["q3"], "q1": [""]},
         {"q2": ["q1"], "q3": ["q1"], "q4": ["q1"], "q1": [""]}),
        ({"q1": [""], "q2": ["q1", ""], "q3": ["q2"]}, {"q1": [""], "q2": ["q1", ""], "q3": ["q2"]}),
        ({"q1": [""], "q2": ["q4"], "q3": ["q2 q1"], "q4": [""]},
         {"q1": [""], "q2": ["q4"], "q3": ["q1 q4"], "q4": [""]}),
        ({"q1": ["q2"], "q2": ["q1"]}, {"q1": ["q2"], "q2": ["q1"]}),
    ],
)  # fmt: skip
def test_a_question_that_only_inherits_passes_on_where_its_failures_come_from(failed, found):
    assert named(failed) == found


def test_tests_that_pass_change_nothing():
    assert named({"q1": [""], "q2": ["q1"], "q3": ["q2"]}, passed=["q1", "q2"])["q3"] == ["q1"]
