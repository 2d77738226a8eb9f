"""A made-up class in which everybody has numbers of their own, and the course that knows them."""

from __future__ import annotations

import pytest

from grader.judge import Judge, Submission
from grader.pset import load_problem_set
from grader.results import StudentIdentity
from grader.sandbox.isolation import choose_plan
from grader.simulate import Classroom, recorded, write_course, write_roster
from tests.asking.variants_class import write_class


@pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
def test_a_made_up_class(tmp_path):
    pset = write_class(tmp_path / "course")
    before = (pset.path / "variants.json").read_bytes()
    rows: list[dict[str, str]] = []
    classroom = Classroom(pset)
    try:
        handins = list(recorded(classroom.draw(80, 2), rows))
    finally:
        classroom.close()
    write_roster(rows, tmp_path / "roster.csv")
    course = write_course(pset, tmp_path / "roster.csv", tmp_path / "made")
    assert (pset.path / "variants.json").read_bytes() == before
    made = load_problem_set(course / "psets" / "variants")
    assert len(made.record.students) == sum(len(handin.people) for handin in handins)
    borrowed = [handin for handin in handins if "another's numbers" in handin.attempts[-1].kind]
    right = [handin for handin in handins if handin.attempts[-1].kind == "right"]
    assert borrowed
    with Judge(made) as judge:

        def graded(handin):
            content = handin.attempts[-1].content
            student = StudentIdentity(handin.people[0].id, handin.people[0].name, handin.people[0].email)
            return judge.grade(Submission("someone", {"variants.ipynb": content}, student))

        for handin in right[:6]:
            assert graded(handin).score == 7
        for handin in borrowed:
            result = graded(handin)
            if result.status == "graded" and result.own_numbers.found == "own":
                assert result.score < 7 or "blank" in handin.attempts[-1].kind
            else:
                assert result.status != "graded" or result.score < 7
