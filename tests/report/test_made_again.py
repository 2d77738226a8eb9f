"""The graded folder is made from the gradebook: whole, for each person, and to the same bytes whenever it is made."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.gradebook import (
    Delivery,
    ManualGrade,
    Recorder,
    extend,
    grade_by_hand,
    open_gradebook,
    override_points,
    publish,
)
from grader.report import GradedFolder, site, write_folder
from grader.simulate import write_class
from tests.gradebook.course import DUE, HandedIn, course, handed_in, record_results, result, who
from tests.gradebook.test_class import ADA, BEN, CLASS, CY, DEE, EVE, MEAN, WEIGHTED, gradmark, write_roster
from tests.notebooks import notebook

DAY = timedelta(days=1)
COMPLETE = "Your work is complete, and no points were lost."


def made(folder: Path) -> dict[str, bytes]:
    """Everything in a graded folder but the gradebook."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("gradebook.db")
    }


def remove_made(folder: Path) -> None:
    for name in ("results", "feedback"):
        shutil.rmtree(folder / name)
    for name in ("scores.csv", "report.html"):
        (folder / name).unlink()


@pytest.fixture
def engine(tmp_path):
    engine = open_gradebook(tmp_path / "gradebook.db")
    yield engine
    engine.dispose()


@pytest.fixture
def write(engine, tmp_path):
    """Makes the folder, and gives a student's page."""

    def page_of(name: str, now: datetime = DUE) -> str:
        write_folder(engine, GradedFolder(tmp_path), "tiny", now)
        return (tmp_path / "feedback" / f"{name}.html").read_text(encoding="utf-8")

    return page_of


# Made again ---------------------------------------------------------------------------------------------------


def test_what_is_deleted_is_made_again_to_the_same_bytes_whenever(tmp_path):
    graded = tmp_path / "graded"
    exported = write_class(CLASS, "tiny", "gradescope", tmp_path)
    write_roster(tmp_path, ADA, BEN, CY, DEE, EVE)
    grade = (
        "grade",
        course(tmp_path).path,
        exported,
        "--roster",
        tmp_path / "roster.csv",
        "--jobs",
        1,
        "--out",
        graded,
    )
    gradmark(*grade)
    gradmark("gradebook", "override", graded, EVE.id, 3, "--why", "oral")
    gradmark("report", graded, "--publish")
    first = made(graded)
    assert {name.partition("/")[0] for name in first} == {
        "results", "scores.csv", "report.html", "feedback", "folder.json",
    }  # fmt: skip
    remove_made(graded)
    gradmark("report", graded)
    assert made(graded) == first
    gradmark(*grade)
    assert made(graded) == first, "a run in which nothing is new changes nothing"
    engine = open_gradebook(graded / "gradebook.db")
    for earlier, later in ((DUE - 60 * DAY, DUE - DAY), (DUE + DAY, DUE + 900 * DAY)):
        told = []
        for now in (earlier, later):
            remove_made(graded)
            write_folder(engine, GradedFolder(graded), "tiny", now)
            told.append(made(graded))
        assert told[0] == told[1], "the time of making is in no page"
    engine.dispose()


def test_a_page_carries_the_time_of_the_last_fact_it_rests_on(engine, tmp_path, write):
    moment = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
    recorder = Recorder(engine, course(tmp_path), by="ta", now=lambda: moment)
    recorder.enrol([who(1)])
    one = handed_in("ada", 1)
    number, _ = recorder.hand_in(Delivery("ada", "1" * 64, one.students, one.submitted_at))
    recorder.record(number, one.result)
    assert "05 January 2027, 10:30" in write("ada", DUE - DAY)
    assert "05 January 2027, 10:30" in (tmp_path / "report.html").read_text()
    passed = write("ada", DUE + DAY)
    assert "22 February 2027, 04:59" in passed, "the due date has passed, which may show more"


def test_pages_and_results_that_nothing_stands_behind_are_removed(engine, tmp_path, write):
    record_results(engine, course(tmp_path), [handed_in("ada", 1)])
    write("ada")
    first = made(tmp_path)
    for name in ("results/ghost.json", "feedback/ghost.html"):
        (tmp_path / name).write_text("of somebody else")
    write("ada")
    assert made(tmp_path) == first


# Which attempt counts, and for whom ---------------------------------------------------------------------------


def test_an_earlier_content_handed_in_again_counts_everywhere(tmp_path):
    graded, file = tmp_path / "graded", tmp_path / "ada.ipynb"
    pset = course(tmp_path).path
    contents = {"A": (MEAN, WEIGHTED), "B": (MEAN,)}
    told = []
    for letter in "ABA":
        file.write_bytes(notebook(["import numpy as np", *contents[letter]]))
        said = gradmark("grade", pset, file, "--jobs", 1, "--out", graded)
        gradmark("report", graded, "--publish")
        gradmark("scores", graded, "--to", "gradescope")
        (row,) = csv.DictReader((graded / "scores.csv").open())
        page = (graded / "feedback" / "ada.html").read_text()
        told.append(
            (
                row["score"],
                str(json.loads((graded / "results" / "ada.json").read_text())["score"]),
                str(json.loads((graded / "gradescope" / "ada.json").read_text())["score"]),
                re.search(r'class="points"[^>]*>(\S+) <', page)[1],
                re.search(r"(?m)^ada +(\S+)", said)[1],
                re.findall(r'<td class="n \w+">(\S+)</td>', (graded / "report.html").read_text())[0],
            )
        )
    five, three = (("5", "5.0", "5.0", "5", "5", "5"), ("3", "3.0", "3.0", "3", "3", "3"))
    assert told == [five, three, five]


def test_a_file_without_a_time_graded_after_one_with_a_time_is_the_later(engine, tmp_path, write):
    problem_set = course(tmp_path)
    record_results(engine, problem_set, [handed_in("export", 1, 3.0, 2.0, late=900 * DAY)])
    record_results(engine, problem_set, [HandedIn(result("file", 1.0, 0.0), (who(1),))])
    write("file")
    (row,) = csv.DictReader((tmp_path / "scores.csv").open())
    assert (row["submission"], row["score"]) == ("file", "1")


def test_scores_csv_has_everyone_of_the_problem_set_not_only_the_last_call_s(tmp_path):
    pset, graded = course(tmp_path).path, tmp_path / "graded"
    write_roster(tmp_path, ADA, BEN, CY)
    for person in (ADA, BEN):
        file = tmp_path / f"{person.id}.ipynb"
        file.write_bytes(notebook(["import numpy as np", MEAN]))
        gradmark(
            "grade",
            pset,
            file,
            "--roster",
            tmp_path / "roster.csv",
            "--jobs",
            1,
            "--out",
            graded,
            "--no-feedback",
        )
    rows = csv.DictReader((graded / "scores.csv").open())
    assert [(row["student_id"], row["status"], row["score"]) for row in rows] == [
        ("100", "graded", "3"), ("101", "graded", "3"), ("102", "not handed in", ""),
    ]  # fmt: skip
    assert sorted(path.name for path in (graded / "results").iterdir()) == ["100.json", "101.json"]


def test_what_has_no_points_is_empty_in_scores_csv_and_says_why(engine, tmp_path, write):
    rejected = result("bad", 0.0, 0.0, status="rejected", reason="no notebook", questions=[])
    record_results(
        engine, course(tmp_path), [handed_in("ada", 1), HandedIn(rejected, (who(2),))], roster=[who(3)]
    )
    write("ada")
    rows = csv.DictReader((tmp_path / "scores.csv").open())
    assert [(r["status"], r["score"], r["q1"], r["q3"], r["to_grade_by_hand"]) for r in rows] == [
        ("graded", "5", "3", "", "q3"), ("rejected", "", "", "", ""), ("not handed in", "", "", "", ""),
    ]  # fmt: skip


# One folder, one problem set ----------------------------------------------------------------------------------


def another(pset: Path) -> Path:
    """The same problem set under another name."""
    other = pset.parent / "other"
    shutil.copytree(pset, other)
    (other / "tiny.md").rename(other / "other.md")
    return other


def exactly(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """All that is in a folder and when it last changed, the folders too."""
    everything = [folder, *folder.rglob("*")]
    return {p: (p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"") for p in everything}


def test_another_problem_set_is_refused_before_anything_is_touched(tmp_path):
    tiny, graded, file = course(tmp_path).path, tmp_path / "graded", tmp_path / "ada.ipynb"
    other = another(tiny)
    file.write_bytes(notebook(["import numpy as np", MEAN]))
    both = ("--db", f"sqlite:///{tmp_path / 'both.db'}")
    grade = ("grade", "--jobs", 1, "--no-feedback", *both)
    gradmark(*grade, tiny, file, "--out", graded)
    before = exactly(graded) | exactly(tmp_path / "both.db")
    for db in ((), both):
        arguments = ("grade", other, file, "--out", graded, "--jobs", 1, *db)
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == 1
        assert f"{graded} holds problem set tiny; name another --out for other" in done.output
        done = CliRunner().invoke(main, ["report", str(graded), "--pset", "other", *db])
        assert done.exit_code == 1
    assert exactly(graded) | exactly(tmp_path / "both.db") == before
    gradmark(*grade, other, file, "--out", tmp_path / "second")
    for folder, name in ((graded, "tiny"), (tmp_path / "second", "other")):
        gradmark("report", folder, *both)
        assert f'<p class="soft">{name}, 1 student' in (folder / "report.html").read_text()
        assert json.loads((folder / "results" / "ada.json").read_text())["pset"] == name


# A page for a person ------------------------------------------------------------------------------------------


def test_a_group_s_members_each_have_a_page_with_nothing_of_the_other_s(engine, tmp_path, write):
    record_results(engine, course(tmp_path), [handed_in("together", (1, 2), 3.0, 1.25, late=DAY)])
    override_points(engine, "tiny", "s1", 0.4, question="q1", why="w", by="ta")
    extend(engine, "tiny", ["s2"], DUE + 2 * DAY, why="w", by="ta")
    publish(engine, "tiny", True, by="ta")
    write("s1")
    pages = {path.stem: path.read_text() for path in (tmp_path / "feedback").iterdir()}
    assert set(pages) == {"s1", "s2"}
    points = {name: re.search(r'class="points"[^>]*>(\S+) <', page)[1] for name, page in pages.items()}
    assert points == {"s1": "1.49", "s2": "4.25"}
    for mine, other in (("1", "2"), ("2", "1")):
        page = pages[f"s{mine}"]
        assert f"Student {mine}" in page
        for word in (f"Student {other}", f"s{other}@school.edu", points[f"s{other}"], "together"):
            assert word not in page
    assert "set by staff" in pages["s1"]
    assert "set by staff" not in pages["s2"]
    assert "10% of the points" in pages["s1"]
    assert "10% of the points" not in pages["s2"]


@pytest.mark.parametrize(
    ("what", "complete"),
    [
        ("nothing", True),
        ("an open answer", False),
        ("an answer with fewer points", False),
        ("a late attempt", False),
        ("an extended late attempt", True),
        ("a test that fails", False),
        ("points taken by staff", False),
        ("points given by staff for what fails", False),
        ("a bonus that makes up for what is lost", False),
        ("not published", False),
    ],
)
def test_complete_is_said_only_where_nothing_was_lost(what, complete, engine, tmp_path, write):
    late = DAY if "late attempt" in what else -DAY
    q1 = 2.0 if what in ("a test that fails", "points given by staff for what fails") else 3.0
    record_results(engine, course(tmp_path), [handed_in("ada", 1, q1, 2.0, late=late)])
    if what != "an open answer":
        points = 3.5 if what == "an answer with fewer points" else 4
        grade_by_hand(engine, "tiny", [ManualGrade("ada", "q3", points)], by="ta")
    if "extended" in what:
        extend(engine, "tiny", ["s1"], DUE + 2 * DAY, why="w", by="ta")
    if what == "points taken by staff":
        override_points(engine, "tiny", "s1", 1, question="q2", why="w", by="ta")
    if what == "points given by staff for what fails":
        override_points(engine, "tiny", "s1", 9, why="w", by="ta")
    if what == "a bonus that makes up for what is lost":
        override_points(engine, "tiny", "s1", 2, question="q1", why="w", by="ta")
        override_points(engine, "tiny", "s1", 5, question="q3", why="w", by="ta", bonus=True)
    publish(engine, "tiny", what != "not published", by="ta")
    assert (COMPLETE in write("ada")) == complete


def test_a_page_that_cannot_be_made_stops_no_other(tmp_path, monkeypatch):
    engine = open_gradebook(tmp_path / "gradebook.db")
    record_results(engine, course(tmp_path), [handed_in("ada", 1), handed_in("bob", 2)])
    make = site.feedback_page

    def fails_for_ada(student, *rest):
        if student.sid == "s1":
            raise ZeroDivisionError("a slip of ours")
        return make(student, *rest)

    monkeypatch.setattr(site, "feedback_page", fails_for_ada)
    written = site.write_folder(engine, GradedFolder(tmp_path / "out"), "tiny", DUE)
    engine.dispose()
    assert written.problems == {"ada": "ZeroDivisionError: a slip of ours"}
    assert [path.name for path in (tmp_path / "out" / "feedback").iterdir()] == ["bob.html"]
    assert (tmp_path / "out" / "scores.csv").read_text().count("\n") == 3
