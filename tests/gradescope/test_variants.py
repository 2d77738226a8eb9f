"""Gradescope's container knows who was given which numbers, by the address or the student id."""

from __future__ import annotations

import json

import pytest

from grader.gradescope import Places, grade_here
from grader.results import StudentIdentity
from grader.sandbox.isolation import choose_plan
from tests.asking.variants_class import write_class
from tests.gradescope.schema import problems, shown_to_students
from tests.gradescope.test_metadata import EXAMPLE
from tests.notebooks import notebook

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")


@pytest.fixture
def places(tmp_path):
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    return Places(root), write_class(root / "source")


def graded(places, notebook_of, *users):
    folder, pset = places
    own = pset.with_drawing(pset.drawing_of(StudentIdentity(notebook_of)))
    (folder.submission / "variants.ipynb").write_bytes(notebook(own.solution_cells()))
    metadata = EXAMPLE | {"users": list(users), "previous_submissions": []}
    folder.metadata.write_text(json.dumps(metadata), encoding="utf-8")
    grade_here(folder)
    content = folder.results.read_bytes()
    assert problems(content) == []
    return json.loads(content)


def user(address, number=77, **more):
    return {"email": address, "id": number, "name": "Somebody"} | more


def test_the_address_says_whose_numbers_count(places):
    assert graded(places, "1002", user("1002@uni.example"))["score"] == 7
    assert graded(places, "学生五", user("学生五@uni.example"))["score"] == 7


def test_another_students_numbers_are_told(places):
    got = graded(places, "1002", user("1001@uni.example"))
    assert got["score"] == 3
    assert "These are another student's numbers" in got["output"]
    (staff,) = [test for test in got["tests"] if test["name"] == "For staff only"]
    assert "another student's numbers" in staff["output"]


def test_the_first_member_of_a_group_counts(places):
    assert graded(places, "1001", user("1001@uni.example"), user("1002@uni.example"))["score"] == 7
    assert graded(places, "1002", user("1001@uni.example"), user("1002@uni.example"))["score"] == 3


def test_gradescopes_own_number_is_no_students_id(places):
    got = graded(places, "1001", user("eve@uni.example", number=1001))
    assert got["score"] == 0
    assert "**Your submission waits for a person.**" in got["output"]
    assert graded(places, "1001", user("eve@uni.example", sid="1001"))["score"] == 7


def test_who_is_on_no_list_waits_for_a_person(places):
    for users in ((), (user("eve@uni.example"),), ({},)):
        got = graded(places, "1001", *users)
        assert got["score"] == 0
        assert "Nothing is lost; a person will find out." in shown_to_students(got)
        (staff,) = [test for test in got["tests"] if test["name"] == "For staff only"]
        assert "no recorded variant is this student's" in staff["output"]
