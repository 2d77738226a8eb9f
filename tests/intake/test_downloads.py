"""Downloads of Moodle, Blackboard, Brightspace and ILIAS: whose each file is, and which attempt."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake import Intake, load_roster, take_in
from tests.intake.test_find import tree


def taken(folder: Path, *paths: str, roster: str = "", **texts: str) -> Intake:
    tree(folder / "in", *paths)
    for path, text in texts.items():
        (folder / "in" / path).write_text(text, encoding="utf-8")
    if not roster:
        return take_in([folder / "in"], "ps1")
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    return take_in([folder / "in"], "ps1", roster=load_roster(folder / "roster.csv"))


def people(intake: Intake) -> dict[str, list[str]]:
    return {one.name: [student.id or student.name for student in one.students] for one in intake.found}


@pytest.mark.parametrize("after", ["/", "_/", "_"])
def test_moodles_folders_and_flat_files_are_everyones_own(after, tmp_path):
    intake = taken(
        tmp_path,
        f"Jane Doe_4711_assignsubmission_file{after}ps1.ipynb",
        f"Jane Doe_4711_assignsubmission_file{after}x.csv",
        f"Jane Doe_4712_assignsubmission_file{after}ps1.ipynb",
        f"Default group_assignsubmission_file{after}ps1.ipynb",
        f"Max Roe_4713_assignsubmission_onlinetext{after}onlinetext.html",
    )
    assert "a Moodle download, 3 submissions" in intake.recognised[0]
    assert {one.name: sorted(one.files) for one in intake.found} == {
        "Default_group": ["ps1.ipynb"],
        "Jane_Doe_4711": ["ps1.ipynb", "x.csv"],
        "Jane_Doe_4712": ["ps1.ipynb"],
    }
    assert ["typed into Moodle" in one.reason for one in intake.unused] == [True]


def test_moodles_participants_are_found_by_its_grading_worksheet(tmp_path):
    intake = taken(
        tmp_path,
        "Participant_7_assignsubmission_file/ps1.ipynb",
        "Participant_8_assignsubmission_file/ps1.ipynb",
        roster="Identifier,Full name,ID number\nParticipant 7,Jane Doe,11\nParticipant 8,Max Roe,12\n",
    )
    assert people(intake) == {"Participant_7": ["11"], "Participant_8": ["12"]}


def test_moodles_anonymous_participants_have_no_name(tmp_path):
    paths = [f"Participant_{number}_assignsubmission_file/ps1.ipynb" for number in (7, 8)]
    assert people(taken(tmp_path, *paths)) == {"Participant_7": [], "Participant_8": []}


def test_blackboards_attempts_are_told_apart_by_time(tmp_path):
    name = "Problem Set 1_{}_attempt_2027-02-{}-10-00-00"
    intake = taken(
        tmp_path,
        f"{name.format('jdoe', '21')}.txt",
        f"{name.format('jdoe', '21')}_ps1.ipynb",
        f"{name.format('jdoe', '22')}_ps1.ipynb",
        f"{name.format('jdoe', '22')}_helpers.py",
        f"{name.format('max_roe', '21')}_x_attempt_2030-01-01-00-00-00_ps1.ipynb",
        f"{name.format('sam', '21')}.txt",
    )
    assert "a Blackboard download" in intake.recognised[0]
    assert {one.name: sorted(one.files) for one in intake.found} == {
        "jdoe": ["helpers.py", "ps1.ipynb"],
        "max_roe": ["x_attempt_2030-01-01-00-00-00_ps1.ipynb"],
    }
    assert people(intake) == {"jdoe": ["jdoe"], "max_roe": ["max_roe"]}
    assert any("an attempt without a file" in one.reason for one in intake.unused)


def test_blackboards_text_says_who_it_is_and_nothing_that_a_student_typed(tmp_path):
    tree(
        tmp_path / "in", *(f"ps1_{user}_attempt_2027-02-21-10-00-00_ps1.ipynb" for user in ("a_doe", "a_roe"))
    )
    for user, name in (("a_doe", "Jane (eve) Doe"), ("a_roe", "Max Roe")):
        (tmp_path / "in" / f"ps1_{user}_attempt_2027-02-21-10-00-00.txt").write_text(
            f"Name: {name} ({user})\nAssignment: ps1\n\nSubmission Field:\nName: Other (eve)\n"
        )
    found = take_in([tmp_path / "in"], "ps1").found
    assert [(one.student.id, one.student.name) for one in found] == [
        ("a_doe", "Jane (eve) Doe"),
        ("a_roe", "Max Roe"),
    ]


@pytest.mark.parametrize("joined", ["/", " - "])
def test_brightspaces_attempts_are_told_apart_by_time(joined, tmp_path):
    intake = taken(
        tmp_path,
        "index.html",
        f"39786-640693 - Jane Doe - Oct 10, 2027 959 AM{joined}ps1.ipynb",
        f"39786-640693 - Jane Doe - Oct 10, 2027 102 PM{joined}ps1.ipynb",
        f"39787-640693 - Jane Doe - Oct 10, 2027 1022 AM{joined}ps1.ipynb",
    )
    assert "a Brightspace download" in intake.recognised[0]
    assert [one.name for one in intake.found] == ["Jane_Doe_39786", "Jane_Doe_39787"]
    assert " 102 PM" in str(intake.found[0].where)
    assert [one.reason.split(";")[0] for one in intake.unused] == ["is attempt 1 of 2 by Jane Doe_39786"]


def test_brightspaces_other_number_is_the_students_where_the_first_is_everyones(tmp_path):
    paths = [f"5-{n} - {name} - Oct 10, 2027 959 AM/ps1.ipynb" for n, name in ((71, "A B"), (72, "C D"))]
    assert list(people(taken(tmp_path, *paths))) == ["A_B_71", "C_D_72"]


def test_ilias_names_its_people_and_teams(tmp_path):
    intake = taken(
        tmp_path,
        "Doe_Jane_jdoe_4711/ps1.ipynb",
        "Doe_Jane_jdoe_4711/ps1 (2).ipynb",
        "von_der_Roe_Max_m_roe_4712/Late Submission - ps1.ipynb",
        "Team 3/Fox_Ann_afox_4713/ps1.ipynb",
        "Team 3/Hu_Li_lihu_4714/x.csv",
        roster="id,name,login\n1,Jane Doe,jdoe\n2,Max Roe,m_roe\n3,Ann Fox,afox\n4,Li Hu,lihu\n",
    )
    assert "an ILIAS download, 3 submissions" in intake.recognised[0]
    by_id = {tuple(student.id for student in one.students): one for one in intake.found}
    assert set(by_id) == {("1",), ("2",), ("3", "4")}
    assert [by_id[who].late for who in (("1",), ("2",))] == [False, True]
    assert sorted(by_id[("3", "4")].files) == ["ps1.ipynb", "x.csv"]
    assert by_id[("1",)].read()["ps1.ipynb"].endswith(b"ps1 (2).ipynb")
    assert ["handed in again" in one.reason for one in intake.unused] == [True]


def test_folders_that_only_look_like_those_of_ilias_are_folders(tmp_path):
    intake = taken(
        tmp_path,
        "jane_doe_hw_1/ps1.ipynb",
        "max_roe_hw_1/ps1.ipynb",
        "x_y_z_100/a.ipynb",
        "p_q_r_100/a.ipynb",
    )
    assert "files and folders, 4 submissions" in intake.recognised[0]


@pytest.mark.parametrize(
    "made",
    [
        "mallory/Ada_1_assignsubmission_file/ps1.ipynb",
        "mallory/ps1_ada_attempt_2027-01-01-00-00-00_ps1.ipynb",
        "mallory/1-2 - Ada - Oct 10, 2027 959 AM/ps1.ipynb",
        "mallory/Ada_Ada_ada_1001/ps1.ipynb",
    ],
)
def test_one_student_cannot_choose_any_of_these_layouts_for_all(made, tmp_path):
    intake = taken(tmp_path, "ada/ps1.ipynb", "ben/ps1.ipynb", made)
    assert "files and folders" in intake.recognised[0]
    assert all(one.students == () for one in intake.found)
