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


TEXT = "id;name;email\n1001;Zoë O'Brien;zoe@u.example\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + TEXT.replace(";", "\t").encode("utf-16-be"),
        ("sep=;\r\n" + TEXT).encode("utf-8-sig"),
        ('"sep=,"\n' + TEXT.replace(";", ",")).encode(),
        ("SEP=|\n" + TEXT.replace(";", "|")).encode(),
        b"\n;;\nClass of 2027;;\n" + TEXT.encode(),
        "Matrikelnummer;Name;Vorname;E-Mail-Adresse\n1001;O'Brien;Zoë;zoe@u.example\n".encode("cp1252"),
        "Numéro d'étudiant,Nom,Prénom,Courriel\n1001,O'Brien,Zoë,zoe@u.example\n".encode(),
        "Matrícula;Apellidos;Nombre;Correo electrónico\n1001;O'Brien;Zoë;zoe@u.example\n".encode(),
        "Studentnummer;Achternaam;Voornaam;E-mailadres\n1001;O'Brien;Zoë;zoe@u.example\n".encode(),
    ],
)
def test_what_excel_writes_is_read_in_several_languages(content, tmp_path):
    (tmp_path / "roster.csv").write_bytes(content)
    roster = load_roster(tmp_path / "roster.csv")
    assert roster.students == (StudentIdentity("1001", "Zoë O'Brien", "zoe@u.example"),)


def test_bytes_that_are_no_text_are_one_sentence(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"PK\x03\x04\0\0id,name")
    with pytest.raises(GradmarkError, match="not readable text; save it as CSV in UTF-8"):
        load_roster(tmp_path / "roster.csv")


PEOPLE = """id,name,email,login
1001,Jane Doe,jane@u.example,jdoe
1002,Max Roe,max@u.example,mroe
7,Wei Chen,w@u.example,w
"""


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["Jane Doe/hw/ps1.ipynb", "Max Roe/a.ipynb", "Max Roe/data/x.csv"], {"1001": 1, "1002": 2}),
        (["section 1/doe, jane/a.ipynb", "section 2/Roe Max/work/b.ipynb"], {"1001": 1, "1002": 1}),
        (["1001 - Jane Doe/x/y/z.ipynb", "1002_Max_Roe/z.py"], {"1001": 1, "1002": 1}),
        (["jdoe/hw/solution.py", "handed-in/mroe/ps1/ps1.ipynb"], {"1001": 1, "1002": 1}),
        (["ps1_jdoe.ipynb", "Max Roe ps1 final.ipynb"], {"1001": 1, "1002": 1}),
        (["Jane Doe/draft.ipynb", "Jane Doe/final/ps1.ipynb"], {"1001": 2}),
        (["Jane Doe/ps1/a.ipynb", "Jane Doe/ps2/a.ipynb"], {"1001": 1}),
        (["problem 7/a.ipynb", "problem 7/b.ipynb"], {}),
        (["Jane Doe and Max Roe/a.ipynb"], {}),
    ],
)
def test_a_roster_decides_whose_a_folder_is_however_deep(paths, ids, tmp_path):
    (tmp_path / "roster.csv").write_text(PEOPLE, encoding="utf-8")
    intake = take_in([tree(tmp_path / "class", *paths)], "ps1", roster=load_roster(tmp_path / "roster.csv"))
    assert {one.student.id: len(one.files) for one in intake.found if one.student and one.student.id} == ids


def test_a_roster_that_matches_nobody_is_said_once(tmp_path):
    (tmp_path / "roster.csv").write_text(PEOPLE, encoding="utf-8")
    class_ = tree(tmp_path / "class", "x17.ipynb", "x18.ipynb", "x19.ipynb", "x20.ipynb")
    intake = take_in([class_], "ps1", roster=load_roster(tmp_path / "roster.csv"))
    assert intake.doubts == [
        "no submission matches the roster: submissions are called x17, x18, x19 and 1 more, and the roster's first "
        "student is 1001, Jane Doe, jane@u.example; add a column that holds what submissions are called, such as "
        "login, or give the roster of this class"
    ]
