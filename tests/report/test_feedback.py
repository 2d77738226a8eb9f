"""A student's page: what it says, in which words, and what it must not show."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.gradebook import Lateness
from grader.results import Explained, NamedMistake, NotebookError, Showing
from grader.sandbox.outside.rendering import ShownCell
from tests.gradebook.in_memory import DUE, a_student, an_attempt
from tests.report.pages import AFTER, BEFORE, HOSTILE, a_result, a_test, page, page_html

# What is shown when -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visibility", "now", "published", "shown"),
    [
        ("visible", BEFORE, False, True),
        ("hidden", AFTER, True, False),
        ("after_due_date", BEFORE, True, False),
        ("after_due_date", AFTER, False, True),
        ("after_published", AFTER, False, False),
        ("after_published", BEFORE, True, True),
    ],
)
@pytest.mark.parametrize("status", ["passed", "failed"])
def test_a_test_that_is_not_shown_leaves_no_trace(visibility, now, published, shown, status):
    secret = a_test("test_secret", status, visibility, summary="what it found", convention="a convention")
    said = page_html(a_result(a_test(), secret), now=now, published=published)
    for word in ("test_secret", "what it found", "a convention"):
        assert (word in said) is shown


@pytest.mark.parametrize(
    ("visibility", "note"),
    [
        ("after_due_date", "Other tests count too. You will see their results after the due date."),
        ("after_published", "Other tests count too. You will see their results when grades are published."),
        ("hidden", "Other tests stay hidden."),
    ],
)
def test_the_page_says_what_is_held_back_and_until_when(visibility, note):
    assert note in page(a_result(a_test(), a_test("test_secret", visibility=visibility)))


@pytest.mark.parametrize(
    ("visibility", "note"),
    [
        ("after_published", "You will see this question's test results when grades are published."),
        ("hidden", "The tests of this question stay hidden."),
    ],
)
def test_a_question_of_which_nothing_is_shown_says_so(visibility, note):
    said = page(a_result(a_test("test_secret", visibility=visibility)))
    assert note in said
    assert "q1: One 3 points" in said, "only what there is to earn"


def test_points_are_held_back_with_the_tests_they_rest_on():
    result = a_result(a_test(), a_test("test_secret", "failed", "hidden"))
    before = page(result)
    assert "Points are shown when grades are published." in before
    assert "3/3" not in before
    assert "3 of 3 points" not in before
    assert "q3 1/1" in before, "all tests of q3 are shown, and so are its points"
    after = page(result, published=True)
    assert "4 of 5 points" in after
    assert "Other tests stay hidden; you earned 0 of their 3 points." in after


def test_before_publication_the_points_are_those_of_the_tests_when_all_are_shown():
    said = page(a_result(a_test("test_half", "failed", score=Fraction(1, 3))))
    assert "1.33 of 3 points by tests" in said, "with the bonus, which is in no maximum"
    assert "q1 0.33/3" in said


# Written answers ----------------------------------------------------------------------------------------------


def test_a_written_answer_s_points_and_comment_come_with_publication():
    mine = an_attempt(
        submission="ada", questions={"q1": Fraction(3), "q2": Fraction(3, 2), "q3": Fraction(0)},
        score=Fraction(9, 2), comments={"q2": f"Nearly.\n{HOSTILE}"},
    )  # fmt: skip
    student = a_student(mine, 4.5, name="Ada")
    result = a_result(a_test())
    before = page(result, student=student)
    assert (
        "A person grades this answer; you will see points and comments when grades are published." in before
    )
    assert "Nearly" not in before
    assert "1.5" not in before
    after = page_html(result, student=student, published=True)
    assert "<b>Comment:</b> Nearly.\n&lt;/p&gt;&lt;script&gt;" in after
    assert "1.5 of 2 points" in page(result, student=student, published=True)


def test_an_answer_that_nobody_has_graded_yet_is_named():
    said = page(a_result(a_test()), published=True)
    assert "Not included yet: q2, which a person grades." in said
    assert "This answer has not been graded yet." in said


# What went wrong ----------------------------------------------------------------------------------------------


def test_a_named_mistake_is_told_once_for_all_tests_it_shows_in():
    explained = Explained(
        mistakes=[NamedMistake(name="sum", says="You sum `x` where the mean is asked for.", function="mean")],
        shown=[Showing(function="mean", wrong=1, calls=1)],
    )
    tests = [a_test(f"test_{n}", "failed", explanation=explained) for n in "ab"]
    html = page_html(a_result(*tests))
    assert html.count('class="says"><b>You sum <code>x</code> where the mean is asked for.</b>') == 1
    assert html.count("Title of test_") == 3


@pytest.mark.parametrize("where", ["summary", "detail", "said"])
def test_what_comes_from_a_student_is_escaped(where):
    html = page_html(a_result(a_test(status="failed", **{where: f"`{HOSTILE}`"})))
    assert "<script>alert" not in html
    assert "<code>&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code>" in html


def test_names_and_errors_and_cells_are_escaped():
    errors = [NotebookError(cell=1, exception=HOSTILE, text=HOSTILE)]
    mine = an_attempt(submission=HOSTILE, questions={"q1": Fraction(3)}, score=Fraction(3))
    html = page_html(
        a_result(a_test(), notebook_errors=errors),
        student=a_student(mine, 3, name=HOSTILE),
        cells=[ShownCell("code", HOSTILE)],
    )
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4


def test_a_cell_with_an_error_is_linked_where_the_notebook_is_shown():
    result = a_result(a_test(), notebook_errors=[NotebookError(cell=2, exception="NameError", text="no x")])
    cells = [ShownCell("code", "a"), ShownCell("markdown", "words"), ShownCell("code", "b", "<pre>b</pre>")]
    html = page_html(result, cells=cells)
    assert '<a href="#cell-2">The 2nd code cell</a>:' in html
    assert 'id="cell-2"' in html
    assert "The 2nd code cell, which has an error" in html
    assert "<pre>b</pre>" in html, "markup that the sandbox made"
    assert "NameError: no x" in page(result)
    assert '<a href="#cell-2">' not in page_html(result), "there is no notebook to link to"


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ([a_test()], "Every test passes."),
        ([a_test(), a_test("test_secret", visibility="hidden")], "All the tests shown here pass."),
        ([a_test("test_secret", visibility="hidden")], "All the tests shown here pass."),  # those of q3
        ([a_test(status="failed")], "1 question passes every test shown here. Only q1 is left."),
        ([a_test(), a_test("b", "failed")], "1 question passes every test shown here. Only q1 is left."),
    ],
)
def test_the_first_sentence_says_how_things_stand_and_what_to_do(tests, said):
    assert said in page(a_result(*tests))


def test_the_first_sentence_when_no_question_passes():
    result = a_result(a_test(status="failed"))
    result.questions[2].tests[0].status = "failed"
    start = "Start with q1, One: later questions may depend on it."
    assert f"No test passes yet; each one says below what went wrong. {start}" in page(result)
    result.questions[0].tests.append(a_test())
    assert f"1 test passes. {start}" in page(result)


def test_complete_work_is_praised_once_grades_are_published():
    whole = {"q1": Fraction(3), "q2": Fraction(2), "q3": Fraction(0)}
    student = a_student(an_attempt(questions=whole, score=Fraction(5)), 5)
    praise = "Your work is complete, and no points were lost."
    assert praise in page(a_result(a_test()), student=student, published=True)
    assert praise not in page(a_result(a_test()), student=student)


# What costs most ----------------------------------------------------------------------------------------------


def explained_by(name: str) -> Explained:
    named = NamedMistake(name=name, says=f"You {name} `x`.", function="mean")
    return Explained(mistakes=[named], shown=[Showing(function="mean", wrong=1, calls=1)])


def test_the_mistake_that_costs_most_comes_first_of_all_sentences():
    tests = [
        a_test("test_unnamed", "failed", summary="unnamed"),
        a_test("test_little", "failed", most=Fraction(1), explanation=explained_by("square")),
        a_test("test_much", "failed", most=Fraction(2), explanation=explained_by("sum")),
    ]
    text = page(a_result(*tests))
    first = text.partition("by tests")[2].strip()
    assert first.startswith("You sum x. Mend this first: it is in mean (q1) and costs 2 points.")
    assert "Start with" not in text
    assert text.index("You sum x.", text.index("q1: One")) < text.index("unnamed"), (
        "which stays after the named"
    )


def test_a_mistake_that_the_student_may_not_see_is_not_the_first_sentence():
    tests = [
        a_test("test_little", "failed", most=Fraction(1), explanation=explained_by("square")),
        a_test("test_much", "failed", "after_published", most=Fraction(2), explanation=explained_by("sum")),
    ]
    before = page(a_result(*tests))
    assert (
        "You square x. Mend this first: it is in mean (q1) and costs 1 point in the tests shown here."
        in before
    )
    assert "sum" not in before
    assert "You sum x. Mend this first: it is in mean (q1) and costs 2 points." in page(
        a_result(*tests), published=True
    )


# Not graded ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (
            "failed_to_run",
            "the notebook ran out of time",
            "Your notebook could not be run. The notebook ran out of",
        ),
        ("rejected", "it is `no notebook`!", "Your submission could not be read. It is no notebook!"),
    ],
)
def test_a_submission_that_was_not_graded_says_why_and_what_to_do(status, reason, said):
    mine = an_attempt(submission="ada", status=status, score=None)
    text = page(a_result(status=status, reason=reason), student=a_student(mine, None))
    assert said in text
    assert "Fix this, run the notebook from top to bottom with Restart and Run All" in text
    assert "points" not in text


def test_an_error_on_our_side_costs_nothing_and_its_cause_is_not_told():
    mine = an_attempt(submission="ada", status="grader_error", score=None)
    text = page(
        a_result(status="grader_error", reason="Traceback: secret path"),
        student=a_student(mine, None),
        published=True,
    )
    assert "Something went wrong on our side while grading this. It costs you nothing" in text
    assert "secret path" not in text
    assert "Fix this" not in text


def test_someone_who_handed_in_nothing_reads_so_and_sees_points_that_staff_gave():
    student = a_student(None, 2, name="Ada", overridden=[""], given={})
    assert "Nothing was handed in." in page(None, student=student)
    assert "2 of 5 points" not in page(None, student=student)
    text = page(None, student=student, published=True)
    assert "2 of 5 points" in text
    assert "The points were set by staff." in text


# About one person ---------------------------------------------------------------------------------------------


def test_lateness_and_decisions_are_told_once_grades_are_published():
    late = Lateness(2, Fraction(100, 3))
    mine = an_attempt(questions={"q1": Fraction(3)}, score=Fraction(2), lateness=late)
    student = a_student(mine, 2, overridden=["q1", "q3"], chosen=True)
    told = (
        "2 days late, which costs 33.33% of the points earned.",
        "The points for q1, q3 were set by staff.",
        "Staff chose which of your attempts counts.",
    )
    before, after = (page(a_result(a_test()), student=student, published=when) for when in (False, True))
    for sentence in told:
        assert sentence in after
        assert sentence not in before


@pytest.mark.parametrize(("untimed", "told"), [("unread", True), ("none", False)])
def test_a_time_that_is_not_known_is_told_only_if_the_student_can_do_something(untimed, told):
    late = Lateness(note="the submission time cannot be read", known=False)
    mine = an_attempt(questions={"q1": Fraction(3)}, score=Fraction(3), lateness=late, untimed=untimed)
    text = page(a_result(a_test()), student=a_student(mine, 3, due=DUE), published=True)
    assert ("The submission time cannot be read." in text) is told
    assert ("The submission time could not be read; due 21 February 2027" in text) is told


def test_when_it_was_handed_in_and_due():
    mine = an_attempt(questions={}, score=None, submitted_at=BEFORE)
    text = page(a_result(a_test()), student=a_student(mine, None, due=AFTER, extended=True))
    assert "Handed in 21 February 2027, 22:59 UTC; due for you 22 February 2027, 00:59 UTC." in text


def test_a_member_of_a_group_does_not_read_the_submission_s_name():
    def about(members: int) -> str:
        mine = an_attempt(submission="ben_and_ada", questions={}, score=None, members=members)
        return page(a_result(a_test()), student=a_student(mine, None, name="Ada"))

    assert "Ada, submission ben_and_ada" in about(1)
    assert "ben_and_ada" not in about(2)


def test_a_page_of_published_grades_keeps_what_can_be_guessed_until_the_due_date():
    choice = a_test(
        "test_choice", "failed", visibility="after_published", summary="q1 is not the right choice."
    )
    choice.held = True
    early = page(a_result(a_test("test_mean"), choice), published=True)
    assert "Whether your answer is right is not shown before the due date" in early
    assert "Points are shown after the due date." in early
    assert "not the right choice" not in early
    assert "Title of test_choice" not in early
    assert "Title of test_mean" in early
    assert "4 of" not in early
    late = page(a_result(a_test("test_mean"), choice), published=True, now=AFTER)
    assert "q1 is not the right choice." in late
    assert "not shown before the due date" not in late


def test_a_right_guess_cannot_be_told_from_a_wrong_one_before_the_due_date():
    pages = set()
    for status, points in (("passed", 3), ("failed", 0)):
        choice = a_test("test_choice", status, visibility="hidden", summary="q1 is not the right choice.")
        choice.held = True
        pages |= {page(a_result(choice), published=on, q1=Fraction(points)) for on in (True, False)}
    assert len(pages) == 2  # one before publication, one after
