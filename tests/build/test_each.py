"""`gradmark build --roster`: a zip for each student, proven, the same each time, and a record that only grows."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from grader.build import build, build_for_each
from grader.build.each import assign
from grader.errors import CourseError, GradmarkError
from grader.intake import load_roster
from grader.local import check_notebook
from grader.notebook import variant_mark
from grader.pset import load_problem_set
from grader.pset.recorded import write_record
from grader.results import StudentIdentity
from tests.asking.answering import COURSE

ROSTER = """id,name,email,login
1001,Ada Lovelace,ada@uni.example,ada1
1002,李明,li@uni.example,liming
0042,"O'Brien, Bob",bob@uni.example,bob
"""


@pytest.fixture
def course(tmp_path) -> Path:
    shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return tmp_path / "course"


def pset_of(course: Path):
    return load_problem_set(course / "psets" / "variants")


def built(course: Path, roster: str, out: str = "out"):
    file = course.parent / "roster.csv"
    file.write_text(roster, encoding="utf-8")
    return build_for_each(pset_of(course), load_roster(file), course.parent / out)


def given(course: Path, roster: str):
    """What `built` records, without building anything."""
    file = course.parent / "roster.csv"
    file.write_text(roster, encoding="utf-8")
    pset = pset_of(course)
    record, assigned = assign(pset, load_roster(file))
    write_record(pset.path, record)
    return assigned


def record(course: Path) -> dict[str, dict]:
    text = (course / "psets" / "variants" / "variants.json").read_text(encoding="utf-8")
    return {row["id"]: row for row in json.loads(text)}


def table(course: Path, out: str = "out") -> dict[str, dict[str, str]]:
    with (course.parent / out / "who-has-what.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def unpacked(course: Path, student: str) -> Path:
    target = course.parent / "home" / student
    with zipfile.ZipFile(course.parent / "out" / table(course)[student]["file"]) as archive:
        archive.extractall(target)
    return target / "variants"


def test_each_student_gets_a_zip_with_numbers_of_their_own(course):
    assigned = built(course, ROSTER).assigned
    assert [(one.student.id, one.new) for one in assigned] == [("1001", True), ("1002", True), ("0042", True)]
    for student, row in table(course).items():
        folder = unpacked(course, student)
        text = (folder / "variants.ipynb").read_text(encoding="utf-8")
        numbers = record(course)[student]["numbers"]
        assert f"stiffness = {numbers['stiffness']!r}  # N/m" in text
        assert f"yours carries {numbers['thing']}" in text
        assert "{{" not in text
        assert variant_mark(text.encode()) == row["variant"] == record(course)[student]["variant"]
        test = (folder / "tests" / "q1.py").read_text(encoding="utf-8")
        assert f"variant = {{'stiffness': {numbers['stiffness']!r}, " in test
        own = pset_of(course)
        drawing = own.drawing_of(StudentIdentity(student))
        assert (folder / "readings.csv").read_bytes() == own.with_drawing(drawing).drawn_files["readings.csv"]


def test_the_record_and_the_answers_stay_at_home(course):
    built(course, ROSTER)
    folder = unpacked(course, "1001")
    names = {file.name for file in folder.rglob("*")}
    assert names.isdisjoint({"variants.json", "pset.yaml", "mistakes.py", "reference"})
    for file in folder.rglob("*.[ip][py]*"):
        text = file.read_text(encoding="utf-8")
        assert not any(secret in text for secret in ("1002", "-stiffness * x", "7c1f0e5b9d3a4826"))


def test_building_again_gives_the_same_bytes(course):
    built(course, ROSTER)
    built(course, ROSTER, "again")
    for file in (course.parent / "out" / "students").iterdir():
        assert file.read_bytes() == (course.parent / "again" / "students" / file.name).read_bytes()


def test_public_tests_know_the_students_own_numbers(course):
    built(course, ROSTER)
    pset = pset_of(course)
    for student in ("1001", "1002"):
        folder = unpacked(course, student)
        assert [q.passed for q in check_notebook(solved(pset, folder, student)).questions] == [True, True]
    other = solved(pset, folder, "1001")  # another's answers, with the tests of 1002
    assert [q.passed for q in check_notebook(other).questions] == [False, True]


def solved(pset, folder: Path, student: str) -> Path:
    """A student's handout with its answers, put into a folder."""
    notebook = json.loads((folder / "variants.ipynb").read_text(encoding="utf-8"))
    own = pset.with_drawing(pset.drawing_of(StudentIdentity(student)))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    answered = {source.split("\n")[0]: source for source in own.solution_cells()}
    for cell in code:
        first = "".join(cell["source"]).split("\n")[0]
        key = next((line for line in answered if line and line.split("=")[0] == first.split("=")[0]), None)
        cell["source"] = answered.get(first, answered.get(key, "".join(cell["source"])))
    (folder / "solved.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder / "solved.ipynb"


# The record ------------------------------------------------------------------------------------------------------


def test_late_students_are_added_and_nobody_else_changes(course):
    given(course, ROSTER)
    before = record(course)
    again = given(course, f"{ROSTER}1099,Zoë Late,zoe@uni.example,zoe\n")
    assert [one.student.id for one in again if one.new] == ["1099"]
    after = record(course)
    assert {student: after[student] for student in before} == before
    assert set(after) == {*before, "1099"}


def test_students_who_left_stay_in_the_record(course):
    given(course, ROSTER)
    before = record(course)
    given(course, "id,name\n1001,Ada Lovelace\n")
    assert record(course) == before


def test_another_id_or_name_in_the_roster_changes_nothing(course):
    given(course, ROSTER)
    before = record(course)
    again = given(course, "id,name,email\nS-7001,Ada King,ADA@uni.example\n1002,Li Ming,new@uni.example\n")
    assert not any(one.new for one in again)
    after = record(course)
    assert {one: row["numbers"] for one, row in after.items()} == {
        one: row["numbers"] for one, row in before.items()
    }
    pset = pset_of(course)
    by_new_id, by_old = (pset.drawing_of(StudentIdentity(one)) for one in ("S-7001", "1001"))
    assert by_new_id == by_old
    assert pset.drawing_of(StudentIdentity("", email="new@uni.example")).variant == before["1002"]["variant"]


def test_other_ranges_change_only_new_students(course):
    given(course, ROSTER)
    before = record(course)
    yaml = course / "psets" / "variants" / "pset.yaml"
    yaml.write_text(yaml.read_text().replace("[20, 60]", "[100, 120]"))
    given(course, f"{ROSTER}1099,Zoë Late,zoe@uni.example,zoe\n")
    after = record(course)
    assert {student: after[student] for student in before} == before
    assert after["1099"]["numbers"]["stiffness"] >= 100
    drawing = pset_of(course).drawing_of(StudentIdentity("1001"))
    assert drawing.values["stiffness"] == before["1001"]["numbers"]["stiffness"]


def test_a_name_that_is_drawn_later_changes_no_other(course):
    before = pset_of(course).drawing_for("1001").values
    folder = course / "psets" / "variants"
    yaml, handout = folder / "pset.yaml", folder / "variants.md"
    yaml.write_text(yaml.read_text().replace("variants:\n", "variants:\n  extra: {integer: [1, 9]}\n"))
    handout.write_text(handout.read_text().replace("mass = {{mass}}", "extra = {{extra}}\nmass = {{mass}}"))
    after = pset_of(course).drawing_for("1001").values
    assert {name: after[name] for name in before} == before
    assert 1 <= after["extra"] <= 9


def test_groups_share_variants(course):
    yaml = course / "psets" / "variants" / "pset.yaml"
    yaml.write_text(yaml.read_text().replace("variants:\n", "variants:\n  groups: 3\n"))
    rows = "".join(f"{3000 + number},Student {number}\n" for number in range(30))
    result = built(course, f"id,name\n{rows}")
    assert result.variants == 3
    assert len(list((course.parent / "out" / "students").iterdir())) == 3
    assert len({row["file"] for row in table(course).values()}) == 3


def test_what_differs_between_students_counts_as_given(course):
    given(course, ROSTER)
    cells = pset_of(course).cells_of_all()
    numbers = [row["numbers"] for row in record(course).values()]
    assert len(cells) == 3
    for own, cell in zip(numbers, cells, strict=True):
        assert f"stiffness = {own['stiffness']!r}  # N/m" in cell


# Odd rosters ----------------------------------------------------------------------------------------------------


def test_the_same_student_twice_is_one_student(course):
    assert len(given(course, f"{ROSTER}1001,Ada Lovelace,ada@uni.example,ada1\n")) == 3


@pytest.mark.parametrize("row", ["1001,Eve Else,eve@uni.example,eve", "1003,Eve Else,ADA@uni.example,eve"])
def test_two_students_with_one_id_or_address_are_refused(course, row):
    with pytest.raises(
        GradmarkError, match=r"Ada Lovelace \(1001\) and Eve Else \(100[13]\) share an id, address or"
    ):
        given(course, f"{ROSTER}{row}\n")
    assert not (course / "psets" / "variants" / "variants.json").exists()


def test_a_student_called_like_two_recorded_ones_is_refused(course):
    given(course, ROSTER)
    with pytest.raises(
        GradmarkError, match="called like the recorded students 1001 and 1002, so nobody knows"
    ):
        given(course, "id,name,email\n1001,Ada Lovelace,li@uni.example\n")


def test_strange_ids_make_files_that_every_system_takes(course):
    ids = ["../../etc/passwd", "a/b", "a_b", "CON", "学生", "=1+1", "x" * 300]
    result = built(course, "id,name\n" + "".join(f'"{one}",Student\n' for one in ids))
    files = sorted((course.parent / "out" / "students").iterdir())
    assert len(files) == len(result.assigned) == 7
    assert all(len(file.name.encode()) < 220 for file in files)
    assert "'=1+1" in (course.parent / "out" / "who-has-what.csv").read_text(encoding="utf-8")


# What is refused -------------------------------------------------------------------------------------------------


def test_an_answer_that_only_some_values_reveal_is_found(course):
    handout = course / "psets" / "variants" / "variants.md"
    text = handout.read_text(encoding="utf-8")
    handout.write_text(
        text.replace("Write `force`", "(As code: `-np.sum(x * F) / np.sum(x**2)`.) Write `force`")
    )
    with pytest.raises(CourseError, match="expression of the reference"):
        built(course, ROSTER)
    assert not (course / "psets" / "variants" / "variants.json").exists()


def test_without_a_roster_a_sample_is_built(course):
    folder, _ = build(pset_of(course), course.parent / "sample")
    text = (folder / "variants.ipynb").read_text(encoding="utf-8")
    assert f"stiffness = {pset_of(course).drawing.values['stiffness']!r}" in text
    assert "{{" not in text
    assert variant_mark(text.encode()) == ""
    assert (folder / "readings.csv").is_file()
    assert not (course / "psets" / "variants" / "variants.json").exists()
