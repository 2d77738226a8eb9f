"""A class from the export it comes in to the scores that go out, by the commands that a TA types."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.simulate import Attempt, Handin, Person, write_class
from tests.gradebook.course import DUE, course
from tests.notebooks import notebook

MEAN = "def mean(x):\n    return x.sum() / len(x)"
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"
ADA, BEN, CY, DEE, EVE = (
    Person(f"10{number}", first, "Lee", first.lower())
    for number, first in enumerate(("Ada", "Ben", "Cy", "Dee", "Eve"))
)


def attempt(hours: float, *cells: str) -> Attempt:
    """Handed in so many hours after the due date."""
    content = notebook(["import numpy as np", *cells])
    return Attempt("right", content, DUE + timedelta(hours=hours), hours > 0)


CLASS = [
    Handin((ADA,), (attempt(-30, MEAN), attempt(-1, MEAN, WEIGHTED))),
    Handin((BEN, CY), (attempt(25, MEAN, WEIGHTED),)),
    Handin((DEE,), (attempt(2, MEAN),)),
]


def gradmark(*arguments: object) -> str:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def rows_of(text: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A class of five in groups and alone, graded; the fifth handed in nothing."""
    folder = tmp_path_factory.mktemp("class")
    pset = course(folder).path
    exported = write_class(CLASS, "tiny", "gradescope", folder, archive="zip")
    write_roster(folder, ADA, BEN, CY, DEE, EVE)
    grade = (
        "grade",
        pset,
        exported,
        "--roster",
        folder / "roster.csv",
        "--jobs",
        1,
        "--out",
        folder / "graded",
    )
    gradmark(*grade)
    return folder, grade


def write_roster(folder, *people: Person) -> None:
    lines = ["id,name,email", *(f"{p.id},{p.name},{p.email}" for p in people)]
    (folder / "roster.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_group_s_points_are_each_member_s_and_lateness_is_of_the_export_s_times(place):
    folder, _ = place
    rows = rows_of(gradmark("scores", folder / "graded"), "student_id")
    told = {sid: (row["score"], row["late_days"], row["status"]) for sid, row in rows.items()}
    assert told == {
        "100": ("5", "0", "graded"),
        "101": ("4", "2", "graded"),
        "102": ("4", "2", "graded"),
        "103": ("2.7", "1", "graded"),
        "104": ("", "", "not handed in"),
    }
    assert rows["101"]["submission"] == rows["102"]["submission"]
    assert datetime.fromisoformat(rows["101"]["submitted_at"]) == DUE + timedelta(hours=25)
    assert (rows["104"]["name"], rows["104"]["max_score"], rows["104"]["attempts"]) == ("Eve Lee", "9", "0")


def test_an_extension_is_one_member_s_own(place):
    folder, _ = place
    until = (DUE + timedelta(days=2)).isoformat()
    gradmark("gradebook", "extend", folder / "graded", CY.id, until, "--why", "ill")
    rows = rows_of(gradmark("scores", folder / "graded"), "student_id")
    assert (rows["101"]["score"], rows["102"]["score"]) == ("4", "5")
    gradmark("gradebook", "extend", folder / "graded", CY.id, "none", "--why", "not ill")


def test_who_handed_in_nothing_has_no_score_and_keeps_canvas_s(place):
    folder, _ = place
    rows = rows_of(gradmark("scores", folder / "graded", "--to", "canvas"), "SIS User ID")
    assert rows["104"]["Student"] == "Eve Lee"
    assert {sid: row["Tiny"] for sid, row in rows.items() if sid} == {
        "100": "5", "101": "4", "102": "4", "103": "2.7", "104": "",
    }  # fmt: skip
    exported = folder / "exported.csv"
    exported.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Tiny (81)\n    Points Possible,,,,,9\n"
        "Eve Lee,7,104,eve,01,3\nAda Lee,8,100,ada,01,1\n"
    )
    filled = rows_of(
        gradmark("scores", folder / "graded", "--to", "canvas", "--fill", exported), "SIS User ID"
    )
    assert (filled["104"]["Tiny (81)"], filled["100"]["Tiny (81)"]) == ("3", "5")


def test_gradescope_s_results_are_of_those_who_handed_in(place):
    folder, _ = place
    gradmark("scores", folder / "graded", "--to", "gradescope")
    written = [
        json.loads(path.read_text(encoding="utf-8")) for path in (folder / "graded" / "gradescope").iterdir()
    ]
    assert {one["extra_data"]["student"]["id"]: one["score"] for one in written} == {
        "100": 5.0, "101": 4.0, "102": 4.0, "103": 2.7,
    }  # fmt: skip
    assert all(len(one["tests"]) == 5 for one in written)


def test_points_may_be_given_to_who_handed_in_nothing_and_a_new_roster_takes_the_old_one_s_place(place):
    folder, grade = place
    gradmark("gradebook", "override", folder / "graded", EVE.id, 3, "--why", "oral examination")
    assert rows_of(gradmark("scores", folder / "graded"), "student_id")["104"]["score"] == "3"
    gradmark("gradebook", "override", folder / "graded", EVE.id, "none", "--why", "withdrawn")
    new = Person("105", "Fay", "Lee", "fay")
    write_roster(folder, ADA, BEN, CY, DEE, new)
    gradmark(*grade)
    rows = rows_of(gradmark("scores", folder / "graded"), "student_id")
    assert (rows["105"]["status"], rows["100"]["score"]) == ("not handed in", "5")
    assert "104" not in rows
    assert "roster  tiny  students 5, left ['104']" in gradmark("gradebook", "history", folder / "graded")


@pytest.mark.parametrize(("layout", "days"), [("nbgrader", "2"), ("canvas", "1")])
def test_other_exports_times_and_marks_count_too(layout, days, tmp_path):
    """nbgrader knows the time; Canvas only that it was late, which counts as one day."""
    pset = course(tmp_path).path
    exported = write_class(CLASS[1:2], "tiny", layout, tmp_path)
    gradmark("grade", pset, exported, "--jobs", 1, "--out", tmp_path / "graded")
    (row,) = rows_of(gradmark("scores", tmp_path / "graded"), "student_id").values()
    assert (row["late_days"], float(row["score"])) == (days, 5 - 0.5 * int(days))
