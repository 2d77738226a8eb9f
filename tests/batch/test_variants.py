"""A class in which everybody has numbers of their own: graded by the record, told and listed where they differ."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import pytest

from grader.batch.classes import Onlooker, grade_class
from grader.batch.engines import LocalProcesses
from grader.pset.recorded import Record, read_record, write_record
from grader.results import StudentIdentity
from grader.sandbox.isolation import choose_plan
from tests.asking.variants_class import STUDENTS, write_class
from tests.notebooks import notebook

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")
ROSTER = "id,name,email\n" + "".join(f"{one},Name of {one},{one}@uni.example\n" for one in STUDENTS)
WRONG = "def force(x):\n    return stiffness * x"


class Told(Onlooker):
    def __init__(self):
        self.warnings: list[str] = []

    def warns(self, sentence):
        self.warnings.append(sentence)


class Class:
    def __init__(self, root: Path) -> None:
        self.root, self.pset = root, write_class(root / "course")
        self.handed_in = root / "handed-in"
        self.handed_in.mkdir()
        (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
        self.told = Told()

    def cells(self, student: str) -> list[str]:
        own = self.pset.with_drawing(self.pset.drawing_of(StudentIdentity(student)))
        return list(own.solution_cells())

    def hand_in(self, name: str, cells: list[str], **metadata: object) -> None:
        (self.handed_in / f"{name}.ipynb").write_bytes(notebook(cells, **metadata))

    def grade(self, roster: bool = True, paths: list[Path] | None = None):
        self.told = Told()
        return grade_class(
            self.pset.path,
            paths or [self.handed_in],
            self.root / "graded",
            engine=LocalProcesses(1),
            roster=self.root / "roster.csv" if roster else None,
            watch=self.told,
        )

    def scores(self) -> dict[str, dict[str, str]]:
        with (self.root / "graded" / "scores.csv").open(encoding="utf-8", newline="") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    def result(self, name: str) -> dict:
        return json.loads((self.root / "graded" / "results" / f"{name}.json").read_text(encoding="utf-8"))

    def page(self, name: str) -> str:
        return (self.root / "graded" / "feedback" / f"{name}.html").read_text(encoding="utf-8")

    def report(self) -> str:
        return (self.root / "graded" / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    return Class(tmp_path)


def test_a_class(own):
    own.hand_in("1001", own.cells("1001"))
    own.hand_in("1002", [WRONG if "def force" in cell else cell for cell in own.cells("1002")])
    own.hand_in("1003", own.cells("1004"))
    own.hand_in("学生五", own.cells("学生五"), gradmark={"variant": own.pset.record.students[0].variant})
    own.hand_in("9999", own.cells("1001"))
    own.grade()
    scores = own.scores()
    assert {name: row["score"] for name, row in scores.items() if name} == {
        "1001": "7", "1002": "5", "1003": "3", "学生五": "7", "9999": "",
    }  # fmt: skip
    assert (scores["9999"]["status"], own.result("9999")["reason"][:20]) == (
        "rejected",
        "everybody has number",
    )
    warned = [one for one in own.told.warnings if "other numbers" in one]
    assert warned == [
        "1003, 学生五 work with other numbers than their students were given, by which they are judged; the report "
        "says which"
    ]
    assert "These are another student&#39;s numbers: in your notebook stiffness = " in own.page("1003")
    assert "1004" not in own.page("1003")
    assert "Judged by your own numbers: stiffness = " in own.page("1001")
    assert "This notebook was made for another student." in own.page("学生五")
    assert "Your submission waits for a person." in own.page("9999")
    assert "Fix this" not in own.page("9999")
    report = own.report()
    for words in ("another student&#39;s numbers", "another student&#39;s notebook", "whose numbers?"):
        assert words in report
    assert own.result("1002")["questions"][0]["tests"][0]["mistake"] == "force_without_sign"


def test_who_is_added_to_the_record_later_is_graded_then_and_nobody_else_again(own):
    own.hand_in("1001", own.cells("1001"))
    own.hand_in("1002", own.cells("1002"))
    everybody = read_record(own.pset.path, "")
    write_record(own.pset.path, Record([one for one in everybody.students if one.id != "1002"]))
    assert own.grade().batch.statuses == {"1001": "graded", "1002": "rejected"}
    assert own.grade().batch.fresh == set()
    write_record(own.pset.path, everybody)
    again = own.grade()
    assert (again.batch.fresh, again.batch.statuses["1002"]) == ({"1002"}, "graded")
    assert own.scores()["1002"]["score"] == "7"


def test_a_changed_record_regrades_only_whom_it_concerns(own):
    for student in ("1001", "1002"):
        own.hand_in(student, own.cells(student))
    own.grade()
    first, second, *rest = read_record(own.pset.path, "").students
    write_record(
        own.pset.path, Record([first, msgspec.structs.replace(second, numbers=first.numbers), *rest])
    )
    again = own.grade()
    assert again.batch.fresh == {"1002"}
    assert own.scores()["1002"]["score"] == "3"


def test_without_a_roster_ids_in_the_names_of_files_are_nobodys(own):
    own.hand_in("1001", own.cells("1001"))
    own.hand_in("1002", own.cells("1002"))
    own.grade(roster=False)
    assert {row["status"] for row in own.scores().values()} == {"rejected"}


def test_staff_are_told_what_to_do_about_who_waits_and_about_a_record_that_is_gone(own):
    own.hand_in("1001", own.cells("1001"))
    own.hand_in("9999", own.cells("1001"))
    own.grade()
    assert [
        one
        for one in own.told.warnings
        if one.startswith("9999: no recorded variant is this student's; name")
    ]
    (own.pset.path / "variants.json").unlink()
    own.grade()
    assert [
        one for one in own.told.warnings if one.startswith("nobody is recorded to have numbers of their own")
    ]
    assert own.result("1001")["own_numbers"]["variant"] == own.pset.drawing.variant


def test_the_roster_finds_students_by_their_names(own):
    own.hand_in("Name of 1001", own.cells("1001"))
    own.grade()
    assert own.result("Name_of_1001")["score"] == 7


def test_a_group_has_its_first_members_numbers(own):
    export = own.root / "assignment_1_export"
    metadata = []
    for number, (members, cells) in enumerate(
        [(("1001", "1002"), own.cells("1001")), (("1003", "1004"), own.cells("1004"))], 1
    ):
        folder = export / f"submission_{number}"
        folder.mkdir(parents=True)
        (folder / "variants.ipynb").write_bytes(notebook(cells))
        submitters = "".join(
            f"  - :name: Name of {one}\n    :sid: '{one}'\n    :email: {one}@uni.example\n" for one in members
        )
        metadata.append(
            f"submission_{number}:\n  :submitters:\n{submitters}  :created_at: 2026-11-20 10:00:00.000000000 Z\n"
        )
    (export / "submission_metadata.yml").write_text("---\n" + "".join(metadata), encoding="utf-8")
    own.grade(paths=[export])
    by_first = {row["student_id"]: row for row in own.scores().values()}
    with (own.root / "graded" / "scores.csv").open(encoding="utf-8", newline="") as file:
        points = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert by_first
    assert {one: points[one] for one in STUDENTS[:4]} == {"1001": "7", "1002": "7", "1003": "3", "1004": "3"}
    name = by_first["1003"]["submission"] if "1003" in by_first else by_first["1004"]["submission"]
    assert own.result(name)["own_numbers"]["found"] == "others"
