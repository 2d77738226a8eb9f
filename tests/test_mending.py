"""What to look at first: the mistake whose mending earns most points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.mending import first_thing, first_to_mend, for_all_to_see, mend_first
from grader.results import (
    Explained,
    NamedMistake,
    Provenance,
    QuestionResult,
    Showing,
    SubmissionResult,
    TestResult,
)
from grader.wording import UNFOLLOWED


def explained(*functions: str, shown: str = "") -> Explained:
    """One mistake in each function, which show in ``shown`` or in the first of them."""
    named = [
        NamedMistake(name=f"{name}_wrong", says=f"You spoil {name}.", function=name) for name in functions
    ]
    return Explained(mistakes=named, shown=[Showing(function=shown or functions[0], wrong=1, calls=1)])


def a_test(lost: float = 1, explanation: Explained | None = None, **more) -> TestResult:
    values = {
        "name": "test_one", "status": "failed", "score": Fraction(3) - Fraction(lost), "max_score": Fraction(3),
        "visibility": "visible", "explanation": explanation, "summary": "it is wrong",
    }  # fmt: skip
    return TestResult(**values | more)


def a_result(*questions: list[TestResult], **more) -> SubmissionResult:
    """Questions q1, q2 and so on with these tests."""
    made = [
        QuestionResult(id=f"q{n}", title="", score=Fraction(0), max_score=Fraction(9), tests=tests)
        for n, tests in enumerate(questions, 1)
    ]
    where = Provenance(
        submission_sha256="", pset_sha256="", gradmark="", python="", numpy="", seed="", isolation=[]
    )
    values = {
        "submission": "ada", "pset": "tiny", "student": None, "status": "graded", "reason": "", "score": Fraction(0),
        "max_score": Fraction(9), "questions": made, "notebook_errors": [], "provenance": where,
    }  # fmt: skip
    return SubmissionResult(**values | more)


def first_of(*questions: list[TestResult]) -> str:
    mending = mend_first(a_result(*questions).questions)
    return mending.mistake.function if mending else ""


F, G, BOTH = explained("f"), explained("g"), explained("f", "g")


@pytest.mark.parametrize(
    ("tests", "first"),
    [
        ([], ""),
        ([a_test(3)], ""),
        ([a_test(0, F, status="passed")], ""),
        ([a_test(1, F), a_test(2, G)], "g"),
        ([a_test(1, F), a_test(1, F), a_test("3/2", G)], "f"),
        ([a_test(1, F), a_test(1, G)], "f"),
        ([a_test(3, BOTH), a_test(3, BOTH), a_test(1, G)], "g"),
        ([a_test(3, explained("g", "h")), a_test(1, F)], "f"),
        ([a_test(1, F), a_test(1, G), a_test(3, explained("g", "h"))], "g"),
        ([a_test(3, explained("f", "g")), a_test(2, explained("g", "h"))], "g"),
        ([a_test(1, F), a_test(0, G, inherited=["q9"]), a_test(0, G, inherited=["q9"])], "f"),
        ([a_test(0, F), a_test(3, G, inherited=["q9"])], "g"),
    ],
    ids=[
        "no tests", "no names", "a passed test", "more points", "a sum", "the first of equals",
        "more with others", "alone before together", "ties by what is lost together", "only together",
        "inherited in full costs nothing", "inherited for nothing costs all",
    ],
)  # fmt: skip
def test_the_mistake_that_costs_most_comes_first(tests, first):
    assert first_of(tests) == first
    assert first_of(*[[test] for test in tests]) == first, "in whichever questions"


def test_two_mistakes_of_one_function_are_two():
    one, other = (
        Explained(mistakes=[NamedMistake(name=name, says=f"You {name}.", function="f")], shown=[])
        for name in ("add", "double")
    )
    mending = mend_first(a_result([a_test(1, one), a_test(2, other)]).questions)
    assert (mending.mistake.name, mending.alone) == ("double", 2)


def test_it_is_told_where_its_own_function_is_wrong():
    through = a_test(3, explained("f", shown="user"))
    inherited = a_test(0, F, inherited=["q3"])
    own = a_test(1, F)
    assert mend_first(a_result([through], [inherited], [own], [own]).questions).question == "q3"
    assert mend_first(a_result([through]).questions).question == "q1"


def test_the_first_thing_is_the_costliest_mistake_with_its_function_and_points():
    unnamed = a_test(3, summary="unnamed")
    assert (
        first_thing(a_result([unnamed], [a_test(1, F)], [a_test(2, G)])) == "q3: You spoil g. (`g`, 2 points)"
    )
    assert first_thing(a_result([unnamed], [a_test(1, F)])) == "q2: You spoil f. (`f`, 1 point)"
    assert first_thing(a_result([a_test(2, BOTH)])) == "q1: You spoil f. (`f`)"


def test_without_a_name_the_first_thing_is_the_first_failure_of_its_own():
    inherited = a_test(0, inherited=["q2"])
    assert first_thing(a_result([inherited], [a_test()])) == "q2: it is wrong"
    assert first_thing(a_result([inherited])) == "q1: Right, given your answer to q2: mend that first."
    assert first_thing(a_result([a_test(status="passed", summary="")])) == ""
    assert first_thing(a_result(status="rejected", reason="no notebook")) == "no notebook"


def test_only_tests_that_are_shown_count_and_it_says_that_there_are_more():
    secret = a_test(3, G, visibility="hidden")
    result = a_result([a_test(1, F), secret])
    told = "Mend this first: it is in `f` (q1) and costs 1 point"
    assert first_to_mend(result, lambda test: test.visibility == "visible") == (
        "You spoil f.",
        f"{told} in the tests shown here.",
    )
    assert first_to_mend(result, lambda _: True)[0] == "You spoil g."
    assert first_to_mend(a_result([secret]), lambda test: test.visibility == "visible") is None
    assert for_all_to_see(result) == f"You spoil f.\n{told} in the tests shown here."
    assert for_all_to_see(a_result([a_test(1, F)])) == f"You spoil f.\n{told}."
    assert for_all_to_see(a_result([secret], unfollowed=True)) == UNFOLLOWED
    assert for_all_to_see(a_result([secret])) == ""


def test_what_only_several_mistakes_explain_is_said_to_cost_with_the_others():
    assert first_to_mend(a_result([a_test(2, BOTH)]), lambda _: True)[1] == (
        "Mend this first: it is in `f` (q1) and, with the other mistakes named, costs 2 points."
    )
    assert first_to_mend(a_result([a_test(0, F)]), lambda _: True)[1] == "Mend this first: it is in `f` (q1)."
