"""Rosters of several systems, and how a submission's student is found in them."""

from __future__ import annotations

import pytest

from grader.errors import GradmarkError
from grader.intake import load_roster, take_in
from grader.results import StudentIdentity
from tests.intake.test_find import tree

ADA = StudentIdentity("1001", "Ada O'Brien", "ada@u.example")


@pytest.mark.parametrize(
    "text",
    [
        "id,name,email\n1001,Ada O'Brien,ada@u.example\n",
        "\ufeffStudent ID;Name;E-mail address\n1001;Ada O'Brien;ada@u.example\n",
        "Email\tLast name\tFirst name\tSID\nada@u.example\tO'Brien\tAda\t1001\n",
    ],
)
def test_headers_of_several_systems_are_understood(text, tmp_path):
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    roster = load_roster(tmp_path / "roster.csv")
    assert roster.students == (ADA,)
    for called in ("1001", "ada", "ADA@U.example", "obrienada", "Ada O'Brien", "O'Brien, Ada"):
        assert roster.find(called) == ADA, called
    assert roster.find("ben", "") is None


def test_two_students_of_one_name_are_not_mixed_up(tmp_path):
    (tmp_path / "roster.csv").write_text("id,name\n1,Wei Chen\n2,Wei Chen\n3,Zoë Xu\n", encoding="utf-8")
    roster = load_roster(tmp_path / "roster.csv")
    assert roster.find("Wei Chen") is None
    assert roster.find("2").id == "2"


@pytest.mark.parametrize("text", ["", "colour,size\n", "name\nAda\n"])
def test_a_roster_that_identifies_nobody_is_refused(text, tmp_path):
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    with pytest.raises(GradmarkError, match="id,name,email"):
        load_roster(tmp_path / "roster.csv")


def test_who_handed_in_nothing_is_known(tmp_path):
    (tmp_path / "roster.csv").write_text(
        "id,name,email\n1001,Ada O'Brien,ada@u.example\n2,Ben,\n", encoding="utf-8"
    )
    intake = take_in(
        [tree(tmp_path / "class", "ada/ps1.ipynb", "x.ipynb")],
        "ps1",
        roster=load_roster(tmp_path / "roster.csv"),
    )
    assert {one.name: one.student for one in intake.found} == {"ada": ADA, "x": None}
    assert [student.id for student in intake.absent] == ["2"]
