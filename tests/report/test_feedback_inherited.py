"""What a student's page says of failures that come from the student's answer to another question."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.results import Explained, NamedMistake, Showing, TestResult
from tests.gradebook.in_memory import DUE, a_student, an_attempt
from tests.report.pages import a_result, a_test, page, page_html, text_of


def inherited_test(name="test_inherited", earned=3, **more) -> TestResult:
    return a_test(
        name, "failed", score=Fraction(earned), inherited=["q9"], summary="the weights are wrong", **more
    )


def a_page_that_inherits(*tests: TestResult, **more) -> str:
    """The page of somebody with all points in q1 although a failure is inherited."""
    questions = {"q1": Fraction(3), "q2": Fraction(2), "q3": Fraction(1)}
    mine = an_attempt(submission="ada", questions=questions, score=Fraction(6), inherited=frozenset({"q1"}))
    student = a_student(mine, 6, name="Ada", due=DUE)
    return page_html(a_result(*tests or (inherited_test(),)), student=student, **more)


@pytest.mark.parametrize(("earned", "says"), [(3, "its full 3 points"), ("3/2", "half of its 3 points")])
def test_an_inherited_failure_says_what_to_mend_and_what_it_earns(earned, says):
    text = text_of(a_page_that_inherits(inherited_test(earned=earned)))
    assert "Right, given your answer to q9: mend that first." in text
    shown = "3" if earned == 3 else "1.5"
    assert f"Title of test_inherited (inherited failure, {shown} of 3 points) It earns {says}." in text
    assert "the weights are wrong" in text


@pytest.mark.parametrize("published", [True, False])
def test_a_question_with_all_points_and_an_inherited_failure_is_not_full(published):
    html = a_page_that_inherits(published=published)
    assert '<span class="tag inherited">3/3</span>' in html
    assert '<span class="tag inherited">3 of 3 points, with an inherited failure</span>' in html
    assert html.count('class="tag full"') == 2 + 2 * published, "q3, and q2 once its points are told"
    assert html.count("✓") == html.count('content: "✓"'), (
        "the mark of passed tests stands in the style sheet alone"
    )
    assert '<ul class="passed"><li>Title of test_inherited' not in html
    assert '<section class="finding inherited" aria-label="what is inherited">' in html


def test_full_points_with_an_inherited_failure_are_no_complete_work():
    assert "Your work is complete" not in text_of(a_page_that_inherits(published=True))
    assert "Every test passes" not in text_of(a_page_that_inherits())
    clean = a_student(an_attempt(questions={"q1": Fraction(3), "q2": Fraction(2)}, score=Fraction(5)), 5)
    assert "Your work is complete" in page(a_result(a_test()), student=clean, published=True)


def test_a_question_that_only_inherits_is_neither_passed_nor_where_to_start():
    result = a_result(inherited_test())
    result.questions[2].tests.append(a_test("test_own", "failed"))
    text = page(result)
    assert (
        "1 test passes. q1 only inherits failures. Start with q3, More: later questions may depend on it."
        in text
    )
    result.questions[2].tests.pop()
    text = page(result)
    assert "1 question passes every test shown here. q1 only inherits failures." in text
    assert "Start with" not in text
    assert "is left" not in text


def test_the_cause_of_inherited_failures_is_told_once_for_all_of_them():
    explained = Explained(
        mistakes=[NamedMistake(name="sum", says="You sum `x`.", function="mean")],
        shown=[Showing(function="train", through=["mean"], wrong=1, calls=1)],
    )
    tests = [inherited_test(f"test_{n}", explanation=explained) for n in "ab"]
    html = a_page_that_inherits(*tests)
    assert html.count("Right, given your <code>mean</code>: mend that first (q9).") == 1
    assert html.count('<p class="says">You sum <code>x</code>.</p>') == 1
    assert "It shows here" not in html
    assert "This shows in" not in html


def test_time_that_ran_out_before_failures_were_followed_is_told():
    said = "Time ran out before we could tell which failures come from another question"
    assert said in page(a_result(a_test(status="failed"), unfollowed=True))
    assert said not in page(a_result(a_test(status="failed")))
