"""Names that can be read in more than one way: two people never become one by a name that one of them chose."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from datetime import UTC
from pathlib import Path

import pytest
import yaml

from grader.errors import GradmarkError
from grader.intake import Intake, load_roster, take_in
from grader.intake.handed import Handed
from grader.intake.layouts import canvas
from grader.intake.layouts import gradescope as layout
from grader.intake.times import time_of
from grader.results import StudentIdentity
from tests.intake.test_find import tree

CLASS = ("obrienada_101_9000901_ps1.ipynb", "muellerben_102_9000902_ps1.ipynb", "xucy_103_9000903_ps1.ipynb")


def taken(folder: Path, *files: str, **options) -> Intake:
    return take_in([tree(folder, *files)], "ps1", **options)


def users(intake: Intake) -> dict[str, list[str]]:
    """The files by the user; of nobody's by the submission's name."""
    return {
        one.student.id if one.student else one.name: sorted(e.path for e in one.files.values())
        for one in intake.found
    }


HOSTILE = [
    "x_101_9999999_y_202_9000555_ps1.ipynb",  # called X 101 9999999 Y, or a file of user 101
    "obrienada_101_9999999_y_202_9000555_ps1.ipynb",
    "obrienada_101_9000901_ps1_202_9000555_ps1.ipynb",
    "obrienada_LATE_101_9999999_202_9000555_ps1.ipynb",
    "X.Y-Z_101_9999999_Y_202_9000555_ps1.ipynb",
    "obrienada_101_9999999_y_LATE_202_9000555_ps1.ipynb",
    "anon_101_9999999_202_9000555_ps1.ipynb",
    "LATE_anon_101_9999999_anon_202_9000555_ps1.ipynb",
    "anon_anon_101_9999999_202_9000555_ps1.ipynb",
    "a_101_9999999_102_9999998_103_9999997_202_9000555_ps1.ipynb",
    "obrienada_101_9999999_202_9000555.ipynb_202_9000555_ps1.ipynb",
    "obri\u0301enada_101_9999999_y_202_9000555_ps1.ipynb",
    "ОБРИЕН_101_9999999_y_202_9000555_ps1.ipynb",
]


@pytest.mark.parametrize("attempts", ["latest", "first", "all"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_canvas_name_with_two_readings_is_nobody_elses(hostile, attempts, tmp_path):
    intake = taken(tmp_path, *CLASS, hostile, attempts=attempts)
    found = users(intake)
    assert {user: found[user] for user in ("101", "102", "103")} == {
        user: [file] for user, file in zip(("101", "102", "103"), CLASS, strict=True)
    }
    assert [hostile] in found.values(), "it is graded, by itself or as the one user that it can be of"
    (own,) = (one for one in intake.found if hostile in {entry.path for entry in one.files.values()})
    assert {student.id for student in own.students} <= {"202"}
    assert own.students or hostile in intake.doubts[0]


AMBIGUOUS = [
    ["x_101_99999999999_y_202_9000555_ps1.ipynb"],
    ["x_101_99999999999_y_LATE_202_9000555_ps1.ipynb"],
    ["x_101_99999999999_y_202_9000555_ps1.ipynb", "z_101_99999999998_z_203_9000556_ps1.ipynb"],
    ["x_202_9000555_ps1_101_99999999999_y.ipynb", "x_101_9999999_y_203_9000556_ps1.ipynb"],
    ["anon_101_99999999999_202_9000555_ps1.ipynb"],
]


@pytest.mark.parametrize("files", AMBIGUOUS)
def test_a_download_in_which_no_name_is_certain_is_nobodys(files, tmp_path):
    intake = taken(tmp_path, *files)
    assert len(intake.found) == len(intake.doubts) == len(files)
    assert not any(one.students for one in intake.found)


def test_staff_are_told_which_file_and_what_to_do(tmp_path):
    (doubt,) = taken(tmp_path, *CLASS, HOSTILE[1], HOSTILE[1].replace("ps1.ipynb", "notes.txt")).doubts
    assert doubt == (
        f"{tmp_path / HOSTILE[1]} may belong to user 101 or 202 by its name, so it counts as nobody's; look up in "
        "Canvas whose it is, and rename what follows that student's two numbers"
    )


def test_the_victim_having_handed_in_nothing_changes_nothing(tmp_path):
    found = taken(tmp_path, *CLASS[1:], HOSTILE[1]).found
    assert not [one for one in found if "101" in {student.id for student in one.students}]


HONEST = {
    "obrienada_101_9000904_hw_1_2_final.ipynb": "101",
    "obrienada_101_9000904_ps1_2027_10_21T15_58_23_948203.zip": "101",
    "obrienada_101_9000904_2027_10_21_ps1.ipynb": "101",
    "obrienada_LATE_101_9000904_20_30_x.py": "101",
    "obrienada_101_9000904_a_0123_7000000_x.ipynb": "101",
    "obrienada_101_9000904_a_103_7000000_x.ipynb": "101",  # user 103 is called otherwise
    "obrienada_101_9000904_a_101_7000000_x.ipynb": "101",
    "x_5_zed_104_9000904_ps1.ipynb": "104",  # called X 5 Zed
    "zed2_104_9000904_1000_2_3.py": "104",
}


@pytest.mark.parametrize("file", HONEST)
def test_numbers_in_an_honest_name_are_no_second_reading(file, tmp_path):
    intake = taken(tmp_path, *CLASS, file)
    assert intake.doubts == []
    assert file in users(intake)[HONEST[file]]


def test_a_class_of_otters_exports_is_read_as_canvas_wrote_it(tmp_path):
    begun = ("obrienada_101", "muellerben_LATE_102", "muellerben_102", "xucy_103")
    files = [
        f"{name}_{9000900 + number}_ps1_2027_{10 + number % 3}_21T15_58_23_948203.zip"
        for number, name in enumerate(begun)
    ]
    intake = taken(tmp_path, *files, attempts="all")
    assert intake.doubts == []
    assert sorted(student.id for one in intake.found for student in one.students) == ["101", "102", "103"]
    assert sum(len(one.files) for one in intake.found) == 4


def test_a_user_with_two_names_is_nobody_known(tmp_path):
    intake = taken(tmp_path, *CLASS, "eve_101_9000999_ps1.ipynb")
    assert len(intake.found) == 4
    assert {one.name for one in intake.found if not one.students} == {"obrienada_101", "eve_101"}
    assert "user 101 has several names (eve, obrienada)" in intake.doubts[0]


def test_what_decides_is_found_in_a_bounded_number_of_readings():
    assert len(canvas._readings("a" + "_1" * 400 + "_x.py")) < 500
    assert canvas._readings("a" + "_1" * 50_000 + "_x.py") == []


def gradescope(folder: Path, *submitters: tuple[str, str, str]) -> Intake:
    """An export with a submission of each of them: number, name, address."""
    names = [f"submission_{number}" for number in range(1, len(submitters) + 1)]
    about = {
        name: {":submitters": [{":sid": sid, ":name": called, ":email": email}]}
        for name, (sid, called, email) in zip(names, submitters, strict=True)
    }
    tree(folder, *(f"{name}/ps1.ipynb" for name in names))
    (folder / "submission_metadata.yml").write_text(yaml.safe_dump(about), encoding="utf-8")
    return take_in([folder], "ps1")


def test_a_gradescope_number_that_two_claim_is_neithers(tmp_path):
    intake = gradescope(
        tmp_path, ("1001", "Ada", "ada@u.example"), ("1001", "Eve", "eve@u.example"), ("3", "Cy", "")
    )
    assert sorted((one.student.id, one.student.email) for one in intake.found) == [
        ("", "ada@u.example"),
        ("", "eve@u.example"),
        ("3", ""),
    ]
    assert "several people (ada@u.example, eve@u.example) have the student number 1001" in intake.doubts[0]


@pytest.mark.parametrize("also", ["ben@u.example", "mallory@u.example", ""])
def test_a_gradescope_number_that_two_exports_give_to_two_is_neithers(also, tmp_path):
    gradescope(tmp_path / "a", ("1001", "Ada", "ada@u.example"), ("2", "Ben", "ben@u.example"))
    gradescope(tmp_path / "b", ("1001", "Mallory", "mallory@u.example"), ("1001", "Cy", also))
    intake = take_in([tmp_path / "a", tmp_path / "b"], "ps1")
    assert {student.id for one in intake.found for student in one.students} <= {"", "2"}
    assert "have the student number 1001" in intake.doubts[0]


def test_one_address_in_two_exports_is_one_student(tmp_path):
    for name in ("a", "b"):
        gradescope(tmp_path / name, ("1001", "Ada", "ada@u.example"), ("2", "Ben", "ben@u.example"))
    intake = take_in([tmp_path / "a", tmp_path / "b"], "ps1")
    assert sorted((one.student.id, one.attempt) for one in intake.found) == [("1001", 2), ("2", 2)]
    assert intake.doubts == []


def test_a_gradescope_number_with_a_comma_is_no_group(tmp_path):
    intake = gradescope(tmp_path, ("1,2", "Eve", ""), ("1", "Ada", ""), ("2", "Ben", ""))
    assert len(intake.found) == 3
    assert intake.doubts == []


def test_attempts_of_one_address_are_one_students(tmp_path):
    intake = gradescope(tmp_path, ("1001", "Ada", "ada@u.example"), ("1001", "Ada", "Ada@u.example"))
    assert [one.attempt for one in intake.found] == [2]
    assert intake.doubts == []


ADA = StudentIdentity("1001", "Ada O'Brien", "ada@u.example")
ROSTER = (
    "id,name,email,github username\n1001,Ada O'Brien,ada@u.example,ada1\n1002,Ben Xu,ben@u.example,ben-x\n"
)


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return load_roster(tmp_path / "roster.csv")


def by_name(intake: Intake) -> dict[str, tuple[StudentIdentity, ...]]:
    return {one.name: one.students for one in intake.found}


@pytest.mark.parametrize("account", ["ada-1", "a-d-a1", "ada", "obrien-ada", "AdaOBrien"])
def test_an_account_called_alike_does_not_take_a_students_place(account, roster, tmp_path):
    folder = tmp_path / "ps1-submissions"
    intake = taken(folder, *(f"ps1-{who}/ps1.ipynb" for who in ("ada1", "ben-x", account)), roster=roster)
    found = by_name(intake)
    assert found["ada1"] == (ADA,)
    assert found[account] == (StudentIdentity(account),)
    assert "only the one with that student's own id or address counts as theirs" in intake.doubts[0]


def test_an_account_called_like_a_number_of_the_roster_is_nobody_and_so_is_whose_number_it_is(
    roster, tmp_path
):
    intake = taken(
        tmp_path / "ps1-submissions", *(f"ps1-{who}/ps1.ipynb" for who in ("ada1", "1001")), roster=roster
    )
    assert by_name(intake) == {"ada1": (StudentIdentity(),), "1001": (StudentIdentity(),)}
    assert intake.doubts[0].startswith(
        "1001, ada1 all match Ada O'Brien (1001) of the roster; none of them counts as theirs"
    )


def test_files_called_like_one_student_are_nobodys(roster, tmp_path):
    intake = taken(tmp_path / "in", "ada.ipynb", "O'Brien Ada.ipynb", "Ben Xu.py", roster=roster)
    assert by_name(intake) == {
        "ada": (),
        "O_Brien_Ada-ee3bca9f": (),
        "Ben_Xu": (StudentIdentity("1002", "Ben Xu", "ben@u.example"),),
    }
    assert intake.absent == [ADA]


def test_an_address_of_one_and_a_number_of_another_is_neithers(roster, tmp_path):
    folder = tmp_path / "export"
    gradescope(folder, ("1001", "Eve", "ben@u.example"))
    intake = take_in([folder], "ps1", roster=roster)
    assert [one.students for one in intake.found] == [(StudentIdentity(name="Eve"),)]
    assert "could belong to Ada O'Brien (1001) or Ben Xu (1002)" in intake.doubts[0]


def test_a_display_name_does_not_weigh_as_much_as_a_login(roster, tmp_path):
    folder = tmp_path / "export"
    gradescope(folder, ("7", "ada1", "eve@u.example"), ("1001", "Ada", "ada@u.example"))
    intake = take_in([folder], "ps1", roster=roster)
    assert {one.student.email: one.student for one in intake.found} == {
        "eve@u.example": StudentIdentity("7", "ada1", "eve@u.example"),
        "ada@u.example": ADA,
    }


def test_attempts_and_groups_of_one_student_are_no_contest(roster, tmp_path):
    folder = tmp_path / "export"
    tree(folder, *(f"submission_{number}/ps1.ipynb" for number in (1, 2, 3)))
    people = [{":sid": s, ":name": n, ":email": ""} for s, n in (("1001", "Ada"), ("1002", "Ben"))]
    about = {
        f"submission_{n}": {":submitters": of} for n, of in ((1, people[:1]), (2, people), (3, people[:1]))
    }
    (folder / "submission_metadata.yml").write_text(yaml.safe_dump(about), encoding="utf-8")
    intake = take_in([folder], "ps1", roster=roster, attempts="all")
    assert intake.doubts == []
    assert sorted(tuple(s.id for s in one.students) for one in intake.found) == [
        ("1001",),
        ("1001",),
        ("1001", "1002"),
    ]


@pytest.mark.parametrize(
    "stamp",
    ["0001-01-01 00:00:00 Asia/Tokyo", "9999-12-31 23:59:59 America/New_York", "0001-01-01 00:00:00+14:00"],
)
def test_a_moment_at_the_end_of_the_calendar_is_none(stamp):
    assert time_of(Handed("ada", "ada/ps1", {}, time=stamp), None)[0] is None


def test_metadata_of_more_parts_than_a_class_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MAX_EVENTS", 20)
    with pytest.raises(GradmarkError, match="it holds more than 20 parts"):
        gradescope(tmp_path, *((str(number), "Ada", "") for number in range(9)))


HASH = 2**61 - 1
COSTLY = {
    "keys of one hash": "".join(f"{number * HASH}: 1\n" for number in range(50_000)),
    "many values": "a: [" + "1," * 1_000_000 + "]\n",
    "values that double": "a: &a0 [x, x]\n"
    + "".join(f"a{n}: {{k: &a{n} [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60)),
    "one long number": "submission_1:\n  :submitters:\n  - :sid: " + "9" * 1_000_000 + "\n",
    "a long base": "a: 1" + ":59" * 100_000 + "\n",
    "tags": "".join(f"%TAG !a{number}! b\n" for number in range(50_000)) + "---\na: 1\n",
    "many names": "".join(f"s{number}: 1\n" for number in range(150_000)),
}


@pytest.mark.parametrize("costly", COSTLY)
def test_metadata_cost_little_time_and_memory_whatever_is_in_them(costly):
    content = COSTLY[costly].encode()
    tracemalloc.start()
    began = time.process_time()
    with contextlib.suppress(ValueError, yaml.YAMLError):
        layout._load(content)
    took, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 20
    assert most < 60 << 20


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2027-02-21 21:55:09.389690000 -05:00", "2027-02-22T02:55:09+00:00"),
        ("'2027-02-21 21:55:09 UTC'", "2027-02-21T21:55:09+00:00"),
        ("2027-02-21T21:55:09Z", "2027-02-21T21:55:09+00:00"),
        ("2027-02-21 21:55:09", "2027-02-21T21:55:09+00:00"),
        ("0001-01-01 00:00:00 +14:00", None),
        ("9999-12-31 23:59:59 -12:00", None),
        ("2027-02-31 00:00:00", None),
        ("tomorrow", None),
        ("[2027]", None),
        ("", None),
    ],
)
def test_a_moment_of_gradescopes_is_read_as_ruby_writes_it(given, moment):
    (about,) = layout._load(f"submission_1:\n  :created_at: {given}\n".encode()).values()
    read, why = time_of(Handed("ada", "submission_1", {}, time=about.time), None)
    assert (read and read.astimezone(UTC).isoformat()) == moment
    assert (read is None) == bool(why)


def test_of_metadata_only_who_and_when_are_kept_as_texts():
    text = (
        "submission_1:\n  :submitters:\n  - :sid: 0x1F\n    :name: yes\n    :email: ~\n    :more: {a: [b]}\n  - ada\n"
        "  :results: &r {tests: [*r , {submitters: [{sid: 5}]}]}\n1:\n? [2, 3]\n: {a: b}\n"
    )
    described = layout._load(text.encode())
    assert {name: about.students for name, about in described.items()} == {
        "submission_1": (StudentIdentity("0x1F", "yes", ""),),
        "1": (),
    }


@pytest.mark.parametrize(
    "text",
    ["a: &a {}\nb: *a\n", "a: {x: &x 1, submitters: [{sid: *x }]}\n", "a: {submitters: &a [*a ]}\n"],
)
def test_nobody_is_named_by_a_reference_to_something_else(text):
    with pytest.raises(ValueError, match=r"is not a submission|was not kept"):
        layout._load(text.encode())


def test_a_person_who_is_referred_to_is_no_list_of_people():
    text = "a: {submitters: [&b {sid: &c 1}]}\nd: {submitters: *b }\ne: {submitters: *c }\n"
    described = layout._load(text.encode())
    assert [about.students for about in described.values()] == [(StudentIdentity("1"),), (), ()]


def test_people_who_are_referred_to_are_counted_each_time():
    text = "a: {submitters: &a [&b {sid: &c 1, name: *c }, *b ]}\n"
    ada = StudentIdentity("1", "1")
    assert layout._load(text.encode())["a"].students == (ada, ada)
    many = "".join(f"s{number}: {{submitters: *a }}\n" for number in range(40_000))
    with pytest.raises(ValueError, match="more than 100,000 submissions and people"):
        layout._load((text + many).encode())
