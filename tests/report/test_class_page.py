"""The class page: the numbers that staff read, and that nothing a student wrote breaks it."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape

import pytest

from grader.gradebook import Lateness, StudentScore
from grader.report.classpage import class_page
from grader.report.summary import Summarising, Summary
from grader.results import (
    Explained,
    NamedMistake,
    NotebookError,
    QuestionBehaviour,
    Showing,
    SubmissionBehaviour,
    SubmissionResult,
)
from tests.gradebook.in_memory import DUE, a_student, an_attempt, the_class
from tests.report.pages import HOSTILE, a_result, a_test


def graded(number: int, q1: float, *tests, name: str = "", **more) -> tuple[StudentScore, SubmissionResult]:
    """A student with these points for q1, nothing graded by hand, and a result with these tests in q1."""
    submission = f"sub{number}"
    points = {"q1": Fraction(q1), "q2": None, "q3": Fraction(0)}
    mine = an_attempt(
        number, submission=submission, questions=points, score=Fraction(q1), open=["q2"],
        **{key: more.pop(key) for key in ("lateness", "untimed", "members", "inherited") if key in more},
    )  # fmt: skip
    errors = more.pop("errors", [])
    result = a_result(*tests or (a_test(),), submission=submission, notebook_errors=errors)
    return a_student(mine, q1, number, name=name or f"Student {number}", **more), result


def failed(number: int, status: str, reason: str = "why") -> tuple[StudentScore, SubmissionResult]:
    mine = an_attempt(number, submission=f"sub{number}", status=status)
    result = a_result(submission=f"sub{number}", status=status, reason=reason)
    return a_student(mine, None, number, name=f"Student {number}"), result


def summary_of(*people, absent=(), behaviours=()) -> Summary:
    scores = the_class(*(student for student, _ in people), *absent)
    summing = Summarising(scores, {student.number: f"page{student.number}" for student in scores.students})
    together: dict[str, tuple[SubmissionResult, list[StudentScore]]] = {}
    for student, result in people:
        together.setdefault(result.submission, (result, []))[1].append(student)
    for result, students in together.values():
        summing.add(result, students)
    for student in absent:
        summing.add_absent(student)
    return summing.done(behaviours)


def html_of(summary: Summary, *, published: bool = False) -> str:
    return class_page(summary, made=DUE, zone=None, published=published)


def text_of(summary: Summary, **more) -> str:
    body = re.sub(r"<[^>]+>", " ", html_of(summary, **more).partition("</head>")[2].partition("<script")[0])
    return " ".join(unescape(body).split())


# Numbers ------------------------------------------------------------------------------------------------------


def test_the_class_at_a_glance():
    people = [graded(1, 3), graded(2, 1), graded(3, 0), failed(4, "rejected"), failed(5, "grader_error")]
    summary = summary_of(*people, absent=[a_student(None, None, 6, name="Absent")])
    assert [float(score) for score in summary.graded] == [3, 1, 0]
    assert (len(summary.handed_in), summary.full, summary.reachable, summary.most) == (5, 1, 3, 5)
    text = text_of(summary)
    for said in (
        "tiny, 6 students, as of 21 February 2027, 23:59 UTC.",
        "graded 3 of 5", "median 1 of 3 points", "mean 1.33 of 3 points", "full marks 1 33%",
        "Grades are not published yet",
    ):  # fmt: skip
        assert said in text
    assert "Grades are published." in text_of(summary, published=True)


def test_an_empty_class_has_a_page():
    text = text_of(summary_of())
    assert "0 students" in text
    assert "median – of 3 points" in text
    assert "Nothing." in text


def test_each_question_s_points():
    summary = summary_of(graded(1, 3), graded(2, 1), graded(3, 0), failed(4, "rejected"))
    one, two, more = summary.questions
    assert (one.points, one.mean, one.full, one.none, one.waiting) == ([3, 1, 0], Fraction(4, 3), 1, 1, 0)
    assert (two.points, two.mean, two.waiting) == ([], 0, 3)
    assert (more.points, more.full, more.none) == ([0, 0, 0], 0, 3)
    text = text_of(summary)
    assert "mean 1.33 of 3; full marks 33%, none 33%" in text
    assert "2 points, by hand, not graded yet" in text


def test_written_answers_count_for_what_can_be_had_once_somebody_s_is_graded():
    student, result = graded(1, 3)
    student.attempt.questions["q2"] = Fraction(1)
    summary = summary_of((student, result), graded(2, 3))
    assert summary.reachable == 5
    assert summary.questions[1].points == [1]
    assert "q2: Two : 1 written answer to grade, 2 points each." in text_of(summary)


# What needs a person ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("rejected", "rejected"),
        ("failed_to_run", "failed to run"),
        ("grader_error", "error on our side"),
    ],
)
def test_a_submission_that_was_not_graded_is_listed_with_the_reason(status, what):
    summary = summary_of(failed(1, status, f"reason\x1b {HOSTILE}"))
    (trouble,) = summary.troubles
    assert (trouble.submission, trouble.what) == ("sub1", what)
    assert summary.rows[0].person
    assert summary.errors_of_ours == (status == "grader_error")
    html = html_of(summary)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "\x1b" not in html
    assert ("1 error on our side." in text_of(summary)) is (status == "grader_error")


def test_tests_that_took_too_long_or_crashed():
    slow = [
        a_test("a", "timeout", summary="It took too long."),
        a_test("b", "crashed", summary="It crashed."),
    ]
    summary = summary_of(
        graded(1, 0, *slow, a_test("c")), graded(2, 3, a_test("a"), a_test("b"), a_test("c"))
    )
    (one,) = summary.interrupted
    assert (one.submission, one.what, one.why) == (
        "sub1", "took too long and crashed", "2 tests: It took too long.",
    )  # fmt: skip
    counted = {test.name: (test.passed, test.failed, test.slow) for test in summary.tests}
    assert counted["Title of a"] == counted["Title of b"] == (1, 1, 1)
    assert counted["Title of c"] == (2, 0, 0)
    assert [test.name for test in summary.nobody_fails] == ["Title of c", "Title of test_bonus"]
    assert summary.nobody_passes == []


def test_time_is_that_of_tests_that_came_to_an_end():
    tests = [a_test("a", "timeout", seconds=9.0), a_test("b", seconds=0.25), a_test("c", seconds=0.5)]
    summary = summary_of(graded(1, 0, *tests))
    assert [test.median_ms for test in summary.tests] == [0.0, 250.0, 500.0, 0.0]
    assert summary.rows[0].seconds == 9.75


# Mistakes -----------------------------------------------------------------------------------------------------


def mistaken(name: str):
    named = NamedMistake(name=name, says=f"You {name}.", function="f")
    return Explained(mistakes=[named], shown=[Showing(function="f", wrong=1, calls=1)])


def behaved(
    number: int, digest: str, mistake: str | None = None, source: str = "def f(): ...", **more
) -> SubmissionBehaviour:
    values = {"question": "q1", "digest": digest, "mistake": mistake, "functions": ["f"], "source": source}
    question = QuestionBehaviour(**values | {"outputs": ["f() = 1"]} | more)
    return SubmissionBehaviour(submission=f"sub{number}", pset="tiny", questions=[question])


def test_named_mistakes_come_with_the_commonest_first_and_an_example():
    people = [
        graded(n, 0, a_test("a", "failed", explanation=mistaken("sum" if n > 1 else "square")), a_test("b"))
        for n in (1, 2, 3)
    ]
    summary = summary_of(*people, behaviours=[behaved(2, "d", "sum", f"def f(): '{HOSTILE}'")])
    assert [(one.name, one.sentence, one.submissions) for one in summary.mistakes] == [
        ("sum", "You sum.", ["sub2", "sub3"]), ("square", "You square.", ["sub1"]),
    ]  # fmt: skip
    assert summary.mistakes[0].example.submission == "sub2"
    assert summary.mistakes[1].example is None
    assert [row.mistakes for row in summary.rows] == [[1], [0], [0]]
    html = html_of(summary)
    assert "def f(): &#39;&lt;/p&gt;" in html
    assert "<script>alert" not in html


def test_a_mistake_s_questions_are_in_the_problem_sets_order():
    failed = a_test("a", "failed", explanation=mistaken("sum"))
    student, result = graded(1, 3, a_test("b"))
    result.questions[2].tests.append(failed)
    (group,) = summary_of((student, result), graded(2, 0, failed)).mistakes
    assert group.questions == ["q1", "q3"]


def test_submissions_that_fail_alike_without_a_named_mistake_are_a_group():
    people = [graded(n, 0, a_test("a", "failed")) for n in range(1, 17)]
    alike = [behaved(n, "together" if n < 4 else f"apart{n}") for n in range(1, 17)]
    summary = summary_of(*people, behaviours=[*alike, behaved(99, "of nobody's that counts")])
    assert summary.unnamed[0].submissions == ["sub1", "sub2", "sub3"]
    assert (len(summary.unnamed), summary.unnamed_rest) == (12, 2)
    assert "gradmark mistakes DIR lists 2 smaller groups too." in text_of(summary)


def test_a_group_shows_what_its_first_failed_test_says():
    people = [graded(n, 0, a_test("a", "failed")) for n in (1, 2)]
    alike = [behaved(n, "together", message=f"The mean is wrong {HOSTILE}") for n in (1, 2)]
    summary = summary_of(*people, behaviours=alike)
    (group,) = summary.unnamed
    assert group.sentence == f"The mean is wrong {HOSTILE}"
    assert "group q1-togeth : The mean is wrong" in text_of(summary)
    assert "<script>alert" not in html_of(summary)


def test_who_did_not_answer_is_in_no_group_but_counted():
    people = [graded(n, 0, a_test("a", "missing")) for n in (1, 2, 3)]
    blank = [behaved(n, "blank", answered=False, message="not answered yet") for n in (1, 2)]
    summary = summary_of(*people, behaviours=[*blank, behaved(3, "blank")])
    assert [group.submissions for group in summary.unnamed] == [["sub3"]]
    assert [(group.name, group.submissions) for group in summary.unanswered] == [("q1", ["sub1", "sub2"])]
    text = text_of(summary)
    assert "Not answered q1 : 2 submissions" in text
    assert "not answered yet" not in text
    assert "Not answered" not in text_of(summary_of(*people))


# Inherited failures -------------------------------------------------------------------------------------------


def inheriting(number: int, **more) -> tuple[StudentScore, SubmissionResult]:
    test = a_test("a", "failed", score=Fraction(3), inherited=["q9"], **more)
    return graded(number, 3, test, inherited=frozenset({"q1"}))


def test_full_points_with_an_inherited_failure_are_not_counted_as_full_marks():
    summary = summary_of(inheriting(1), graded(2, 3, a_test("a")), graded(3, 1, a_test("a", "failed")))
    assert summary.full == 1
    question = summary.questions[0]
    assert (question.full, question.inherited, question.all_points) == (1, 1, 2)
    test = summary.tests[0]
    assert (test.passed, test.failed, test.inherited) == (1, 2, 1)
    assert summary.rows[0].remarks == ["inherited failures in q1"]
    html = html_of(summary)
    assert html.count('<td class="n inherited">3</td>') == 2, "its score, and its points in q1"
    assert html.count('<td class="n full">3</td>') == 2
    assert "full marks 33%, none 0%, all points with inherited failures 33%" in text_of(summary)


def test_a_mistake_s_group_has_its_own_sentence_where_only_inherited_failures_show_it():
    people = [
        inheriting(1, explanation=mistaken("sum")),
        graded(2, 0, a_test("a", "failed", explanation=mistaken("sum"))),
    ]
    (group,) = summary_of(*people).mistakes
    assert (group.sentence, group.submissions) == ("You sum.", ["sub1", "sub2"])


def test_a_submission_whose_failures_could_not_be_followed_needs_a_person():
    student, result = graded(1, 1, a_test("a", "failed"))
    result.unfollowed = True
    summary = summary_of((student, result), graded(2, 1, a_test("a", "failed")))
    (trouble,) = summary.troubles
    assert (trouble.submission, trouble.what) == ("sub1", "not followed")
    assert "time ran out before we could tell which failures come from another question" in trouble.why
    assert [row.person for row in summary.rows] == [True, False]
    assert summary.for_a_person == 2, "and q2, whose answers a person grades"
    assert len(summary.graded) == 2


# Students -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "remarks"),
    [
        ({}, []),
        ({"members": 2}, ["in a group"]),
        ({"lateness": Lateness(1, Fraction(10))}, ["1 day late, −10%"]),
        (
            {"lateness": Lateness(3, Fraction(10), covered=2, budget=2)},
            ["3 days late, 2 from the budget, −10%"],
        ),
        ({"untimed": "unread"}, ["time could not be read"]),
        ({"untimed": "none"}, []),
        ({"overridden": ["q1"]}, ["points set by staff"]),
        ({"chosen": True}, ["attempt chosen by staff"]),
        ({"errors": [NotebookError(cell=1)]}, ["1 cell error"]),
        ({"errors": [NotebookError(cell=1), NotebookError(cell=2)]}, ["2 cell errors"]),
    ],
)
def test_remarks_say_what_is_special_about_a_submission(more, remarks):
    (row,) = summary_of(graded(1, 3, **more)).rows
    assert row.remarks == remarks


def test_the_table_has_everyone_those_who_handed_in_nothing_last():
    one, result = graded(2, 1)
    other = a_student(one.attempt, 3, 1, name=f"Group {HOSTILE}")
    absent = a_student(None, 2, 3, name="", given={"q1": Fraction(2)})
    summary = summary_of((one, result), (other, result), graded(4, 1 / 3), absent=[absent])
    assert [(row.submission, row.page, row.name, row.status, row.score) for row in summary.rows] == [
        ("sub2", "page1", f"Group {HOSTILE}", "graded", 3),
        ("sub2", "page2", "Student 2", "graded", 1),
        ("sub4", "page4", "Student 4", "graded", Fraction(1 / 3)),
        ("", "page3", "s3", "not handed in", 2),
    ]
    assert summary.rows[3].points == [2, None, None]
    assert [row.submission for row in summary.slowest] == ["sub2", "sub4"], "a group's submission once"
    html = html_of(summary)
    assert '<td class="n part">0.33</td>' in html
    assert '<td class="n full">3</td>' in html
    assert '<td class="n soft">–</td>' in html
    assert '<a href="feedback/page4.html">' in html
    assert "<script>alert" not in html
