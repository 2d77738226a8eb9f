"""What a class's points say by themselves: the maximum, what waits, who is complete, and who is known."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.gradebook import Lateness, complete
from grader.results import StudentIdentity
from tests.gradebook.in_memory import FULL, a_student, an_attempt, the_class


@pytest.mark.parametrize(
    ("one", "score", "whole"),
    [
        (an_attempt(questions=FULL), 5, True),
        (an_attempt(questions=FULL | {"q3": Fraction(1)}), 6, True),
        (an_attempt(questions=FULL), 4, False),  # staff set the points
        (an_attempt(questions=FULL, lateness=Lateness(1, Fraction(10))), 5, False),
        (an_attempt(questions=FULL, lateness=Lateness(1, covered=1)), 5, True),
        (an_attempt(questions=FULL | {"q2": None}), 5, False),
        (an_attempt(questions=FULL | {"q1": Fraction(2), "q3": Fraction(1)}), 5, False),
        (an_attempt(questions={}), 5, False),
        (an_attempt(questions=FULL, inherited=frozenset({"q1"})), 5, False),
        (an_attempt(questions=FULL, inherited=frozenset({"q3"})), 5, True),  # a bonus
        (an_attempt(questions=FULL), None, False),
        (None, 5, False),
    ],
)
def test_work_is_complete_when_nothing_is_lost_and_nothing_is_to_come(one, score, whole):
    assert complete(a_student(one, score), the_class()) is whole


def test_the_maximum_is_that_of_questions_that_are_no_bonus():
    assert the_class().max_score == 5
    assert [question.id for question in the_class().by_hand] == ["q2"]


def test_a_group_s_answer_waits_once_and_an_overridden_student_s_not_at_all():
    together = an_attempt(1, open=["q2"])
    alone, settled = an_attempt(2, open=["q2"]), an_attempt(3, open=["q2"])
    several = the_class(
        a_student(together, 3),
        a_student(together, 3, 2),
        a_student(alone, 3, 3),
        a_student(settled, 3, 4, overridden=[""]),
        a_student(None, None, 5),
    )
    assert several.open_answers == 2
    assert [one.open for one in several.students] == [["q2"], ["q2"], ["q2"], [], []]


def test_a_submission_is_listed_once_with_its_first_student():
    one, other = an_attempt(1), an_attempt(2, submission="B")
    several = the_class(a_student(one, 3, 2, latest=[one, other]), a_student(one, 3, 1, latest=[one]))
    assert [(who_.number, found) for who_, found in several.submissions] == [(2, other), (1, one)]


def test_a_student_is_known_by_a_number_a_name_or_an_address():
    known = a_student(None, None)
    assert (known.known, known.identity, known.status) == (
        True,
        StudentIdentity("s1", "", ""),
        "not handed in",
    )
    for one in (replace(known, sid="", name="Ada"), replace(known, sid="", email="a@x.org")):
        assert (one.known, one.identity) == (True, StudentIdentity("", one.name, one.email))
    assert (replace(known, sid="").known, replace(known, sid="").identity) == (False, None)
    assert a_student(an_attempt(status="rejected"), None).status == "rejected"
