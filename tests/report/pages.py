"""Results of tests and questions, and the student's page made of them, for tests of pages."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from html import unescape

from grader.report.feedback import feedback_page
from grader.report.words import Release
from grader.results import Provenance, QuestionResult, SubmissionResult, TestResult
from tests.gradebook.in_memory import DUE, a_student, an_attempt, the_class

BEFORE, AFTER = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
HOSTILE = "</p><script>alert(1)</script>"


def a_test(name="test_one", status="passed", visibility="visible", score=None, **more) -> TestResult:
    most = more.pop("most", Fraction(3))
    earned = score if score is not None else most if status == "passed" else Fraction(0)
    return TestResult(
        name=name, title=f"Title of {name}", status=status, score=Fraction(earned), max_score=most,
        visibility=visibility, **more,
    )  # fmt: skip


def a_result(*tests: TestResult, status="graded", **more) -> SubmissionResult:
    """Questions as in `the_class`: the tests are those of q1, q2 is graded by hand, q3 has one that passes."""
    bonus = [a_test("test_bonus", most=Fraction(1))]
    questions = [
        QuestionResult(
            id=name, title="", score=sum((t.score for t in each), Fraction(0)), max_score=Fraction(3), tests=each
        )
        for name, each in (("q1", list(tests)), ("q2", []), ("q3", bonus))
    ]  # fmt: skip
    where = Provenance(
        submission_sha256="", pset_sha256="", gradmark="", python="", numpy="", seed="", isolation=[]
    )
    values = {
        "submission": "ada", "pset": "tiny", "student": None, "status": status, "reason": "", "score": Fraction(0),
        "max_score": Fraction(5), "questions": questions if status == "graded" else [], "notebook_errors": [],
        "provenance": where,
    }  # fmt: skip
    return SubmissionResult(**values | more)


def text_of(html: str) -> str:
    """What stands in a page's body, without the tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html.partition("</head>")[2])).split())


def page(result, *, student=None, now=BEFORE, published=False, cells=(), **points) -> str:
    """The text of a student's page."""
    return text_of(page_html(result, student=student, now=now, published=published, cells=cells, **points))


def page_html(result, *, student=None, now=BEFORE, published=False, cells=(), **points) -> str:
    if student is None:
        questions = {"q1": Fraction(3), "q2": None, "q3": Fraction(1)} | points
        mine = an_attempt(submission="ada", questions=questions, score=Fraction(4), open=["q2"])
        student = a_student(mine, 4, name="Ada Lovelace", due=DUE)
    scores = the_class(student, due=DUE)
    return feedback_page(student, result, scores, Release(now, published), list(cells))
