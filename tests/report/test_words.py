"""What students may see: visibility to the letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.report.words import Release, findings
from grader.results import Explained, NamedMistake, QuestionResult, Showing, TestResult

DUE = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)


def a_test(
    visibility="visible",
    status="passed",
    summary="",
    mistake="",
    name="test_a",
    convention="",
    inherited=None,
):
    explanation = None
    if mistake:
        named = NamedMistake(name=mistake, says="You sum.", function="mean")
        explanation = Explained(mistakes=[named], shown=[Showing(function="mean", wrong=1, calls=1)])
    return TestResult(
        name=name, status=status, score=Fraction(1), max_score=Fraction(1), visibility=visibility, summary=summary,
        explanation=explanation, convention=convention, inherited=inherited,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("visibility", "late", "published", "shown"),
    [
        ("visible", False, False, True),
        ("hidden", True, True, False),
        ("after_due_date", False, False, False),
        ("after_due_date", False, True, False),
        ("after_due_date", True, False, True),
        ("after_published", True, False, False),
        ("after_published", False, True, True),
    ],
)
def test_what_is_shown_when(visibility, late, published, shown):
    now = DUE + timedelta(seconds=1 if late else -1)
    assert Release(now, published).shows(a_test(visibility), DUE) is shown


@pytest.mark.parametrize("visibility", ["hidden", "after_due_date", "after_published"])
def test_what_can_be_guessed_waits_for_the_due_date_even_when_grades_are_published(visibility):
    test, other = a_test(visibility, "failed"), a_test("visible")
    test.held = True
    question, all_of_it = ([QuestionResult(id="q", title="", score=1, max_score=2, tests=each)]
                           for each in ([test], [other, test]))  # fmt: skip
    early, late = (Release(DUE + timedelta(seconds=shift), published=True) for shift in (-1, 1))
    assert not early.shows(test, DUE)
    assert not early.shows_score(question, DUE)
    assert not early.shows_score(all_of_it, DUE)
    assert early.shows(other, DUE)
    assert late.shows(test, DUE) is (visibility != "hidden")
    assert late.shows_score(all_of_it, DUE)
    # Of a student with an extension, their own due date counts; without any, it is for staff to publish in time.
    assert not late.shows(test, DUE + timedelta(days=3))
    assert early.shows(test, None) is (visibility == "after_published")


def test_without_a_due_date_it_never_passes():
    assert not Release(DUE, True).shows(a_test("after_due_date"), None)


@pytest.mark.parametrize(
    ("visibility", "shown"), [("visible", True), ("hidden", False), ("after_published", False)]
)
def test_points_are_kept_back_with_the_tests_they_rest_on(visibility, shown):
    question = QuestionResult(id="q", title="", score=1, max_score=2, tests=[a_test(), a_test(visibility)])
    assert Release(DUE).shows_score([question], DUE) is shown
    assert Release(DUE, published=True).shows_score([question], DUE)


def test_tests_that_say_the_same_are_one_finding_and_named_mistakes_come_first():
    tests = [
        a_test(status="failed", summary="wrong shape"),
        a_test(status="failed", summary="worst at [0]", mistake="summed", name="test_b"),
        a_test(status="failed", summary="worst at [1]", mistake="summed", name="test_c"),
        a_test(convention="You follow another convention."),
    ]
    named, other = findings(tests)
    assert [test.name for test in named.tests] == ["test_b", "test_c"]
    assert named.sentence == "You sum."
    where = "This shows in `mean`, in every call that this test makes."
    assert named.rest(named.tests[1]) == f"{where}\nworst at [1]"
    assert other.sentence == "wrong shape"
    assert other.rest(other.tests[0]) == ""


def test_inherited_failures_are_findings_of_their_own_and_come_last():
    tests = [
        a_test(status="failed", inherited=["q2"], mistake="summed", summary="worst at [0]"),
        a_test(status="failed", inherited=["q2"], mistake="summed", summary="worst at [1]", name="test_b"),
        a_test(status="failed", summary="wrong shape"),
        a_test(status="failed", mistake="summed"),
        a_test(status="failed", inherited=["q2"], summary="worst at [2]"),
    ]
    named, other, inherited, unnamed = findings(tests)
    assert [one.inherited for one in (named, other, inherited, unnamed)] == [False, False, True, True]
    assert inherited.sentence == "Right, given your `mean`: mend that first (q2)."
    assert [test.name for test in inherited.tests] == ["test_a", "test_b"]
    assert inherited.causes == ["You sum."], "told once, not in each test"
    assert inherited.rest(inherited.tests[1]) == "It earns its full point.\nworst at [1]"
    assert (named.causes, unnamed.causes) == ([], [])


def test_inherited_failures_of_different_causes_are_told_apart():
    one, other = findings(
        a_test(status="failed", inherited=["q2"], mistake=mistake) for mistake in ("summed", "squared")
    )
    assert one.sentence == other.sentence
    assert [len(finding.tests) for finding in (one, other)] == [1, 1]
