"""A class handed in through nbgrader, by the commands that a TA types: no late work passes for work in time unsaid."""

from __future__ import annotations

import csv
import io
import shutil

import pytest
from click.testing import CliRunner

from grader.cli import main
from tests.gradebook.course import course
from tests.notebooks import notebook

ANSWERS = notebook(
    ["import numpy as np", "def mean(x):\n    return x.sum() / len(x)",
     "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"]
)  # fmt: skip
SETTINGS = "data: data\ndue: 2027-02-21 23:59\nlate: {percent_per_day: 10, budget_days: 2}"
STAMPS = {
    "kim": "2027-02-20 12:00:00.000000 UTC",
    "lou": "2027-02-23 12:00:00.000000 EST",
    "max": "2027-02-28 12:00:00.000000 -0500",
    "sol": "2027-02-28 12:00:00.000000 EDT",
}


def gradmark(*arguments: object, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("times")
    pset = course(folder, SETTINGS + "\ntimezone: America/New_York").path
    for name, stamp in STAMPS.items():
        one = folder / "class" / "submitted" / name / "tiny"
        one.mkdir(parents=True)
        (one / "tiny.ipynb").write_bytes(ANSWERS)
        (one / "timestamp.txt").write_text(stamp, encoding="ascii")
    grade = ("grade", pset, folder / "class", "--jobs", 1, "--out", folder / "graded")
    return folder, grade, gradmark(*grade)


def scores(folder) -> dict[str, dict[str, str]]:
    return {
        row["submission"]: row
        for row in csv.DictReader(io.StringIO(gradmark("scores", folder / "graded")[0]))
    }


def test_every_time_is_read_or_said(place):
    folder, _, (told, warned) = place
    rows = scores(folder)
    assert {name: (row["late_days"], row["late_percent"], row["score"]) for name, row in rows.items()} == {
        "kim": ("0", "0", "5"), "lou": ("2", "0", "5"), "max": ("7", "50", "2.5"), "sol": ("", "", "5"),
    }  # fmt: skip
    assert "the time of sol could not be read ('2027-02-28 12:00:00.000000 EDT'" in warned
    assert "The time of sol could not be read" in " ".join(told.split())
    assert (
        rows["sol"]["time_note"] == "the submission time cannot be read, so nothing is taken off for lateness"
    )
    assert rows["lou"]["submitted_at"] == "2027-02-23T12:00:00-05:00"
    assert [rows[name]["budget_days_left"] for name in ("kim", "lou", "max", "sol")] == ["2", "0", "0", "2"]


def test_pages_say_when_by_the_course_s_clocks(place):
    folder, _, _ = place
    gradmark("report", folder / "graded", "--publish")
    pages = {name: (folder / "graded/feedback" / f"{name}.html").read_text("utf-8") for name in STAMPS}
    assert "Handed in 20 February 2027, 07:00 EST; due 21 February 2027, 23:59 EST." in pages["kim"]
    assert "2 days late, which your late days cover; none of your 2 late days is left." in pages["lou"]
    assert "The submission time could not be read; due 21 February 2027, 23:59 EST." in pages["sol"]
    assert "The submission time cannot be read, so nothing is taken off for lateness." in pages["sol"]
    assert all(" EST. Ask us if" in page or " EDT. Ask us if" in page for page in pages.values()), "As of …"
    report = (folder / "graded/report.html").read_text("utf-8")
    assert "time could not be read" in report
    assert "2 days late, 2 from the budget" in report


def test_extensions_for_many_and_a_time_that_is_mended(place, tmp_path):
    theirs, (command, pset, *_), _ = place
    folder = shutil.copytree(
        theirs, tmp_path / "a class of its own"
    )  # other tests look at the times as they were
    grade = (command, pset, folder / "class", "--jobs", 1, "--out", folder / "graded")
    roster = folder / "more time.csv"
    roster.write_text("id,name\nlou,Lou\nmax,Max\n", encoding="utf-8")
    extend = ("gradebook", "extend", folder / "graded")
    told, _ = gradmark(*extend, "--from", roster, "kim", "+7d", "--why", "storm")
    until = "until 28 February 2027, 23:59 EST"
    assert told.splitlines() == [f"kim: {until}", f"lou: {until}", f"max: {until}"]
    told, _ = gradmark(*extend, "--all", "2027-02-28T23:59", "--why", "storm")
    assert told.splitlines() == [
        f"kim: {until} (as before)", f"lou: {until} (as before)", f"max: {until} (as before)", f"sol: {until}",
    ]  # fmt: skip
    history, _ = gradmark("gradebook", "history", folder / "graded")
    assert history.count("until 2027-02-28T23:59:00-05:00") == 4
    assert {row["late_days"] for name, row in scores(folder).items() if name != "sol"} == {"0"}
    (folder / "class/submitted/sol/tiny/timestamp.txt").write_text(
        "2027-03-02 12:00:00 -0500", encoding="ascii"
    )
    _, warned = gradmark(*grade)
    assert "not read" not in warned
    assert (scores(folder)["sol"]["late_days"], scores(folder)["sol"]["attempts"]) == ("2", "1")
    gradmark(*extend, "+1d", "--why", "w", code=2)
    for wrong in (("ann", "+1d"), ("kim", "+1w"), ("kim", "2027-02-20T12:00")):
        gradmark(*extend, *wrong, "--why", "w", code=1)


def test_files_without_any_time_are_said_where_something_is_due(tmp_path):
    pset = course(tmp_path, "data: data\ndue: 2027-02-21T23:59:00Z").path
    (tmp_path / "ada.ipynb").write_bytes(ANSWERS)
    grade = ("grade", pset, tmp_path / "ada.ipynb", "--jobs", 1, "--out")
    _, warned = gradmark(*grade, tmp_path / "graded")
    assert "Warning: nothing says when any of these submissions came in" in warned
    (row,) = csv.DictReader(io.StringIO((tmp_path / "graded/scores.csv").read_text("utf-8")))
    assert (row["late_days"], row["score"]) == ("", "5")
    gradmark("report", tmp_path / "graded", "--publish")
    page = (tmp_path / "graded/feedback/ada.html").read_text("utf-8")
    assert "Due 21 February 2027, 23:59 UTC." in page
    assert "lateness" not in page, "which is for staff to mend"
    pset = course(tmp_path / "again", "data: data").path
    _, warned = gradmark("grade", pset, tmp_path / "ada.ipynb", "--jobs", 1, "--out", tmp_path / "other")
    assert "came in" not in warned


def test_late_days_are_counted_over_a_course_in_one_gradebook(tmp_path):
    book = ("--db", tmp_path / "course.db")
    for name, day in (("second", 28), ("first", 21)):
        settings = f"data: data\ndue: 2027-02-{day} 23:59\ntimezone: America/New_York\n"
        pset = course(tmp_path / name, f"{settings}late: {{percent_per_day: 20, budget_days: 3}}", name=name)
        one = tmp_path / name / "submitted" / "ada" / name
        one.mkdir(parents=True)
        (one / f"{name}.ipynb").write_bytes(ANSWERS)
        month, late = (3, 2) if day == 28 else (2, 23)
        (one / "timestamp.txt").write_text(f"2027-{month:02d}-{late:02d} 12:00:00 EST", encoding="ascii")
        grade = (
            "grade",
            pset.path,
            tmp_path / name / "submitted",
            "--jobs",
            1,
            "--out",
            tmp_path / f"{name}-graded",
        )
        told, _ = gradmark(*grade, *book)
    elsewhere = "also run gradmark report on the folders of second, which are due later."
    assert elsewhere in " ".join(told.split())
    second = (tmp_path / "second-graded", *book)
    gradmark("report", *second, "--publish")
    page = (tmp_path / "second-graded/feedback/ada.html").read_text("utf-8")
    assert (
        "2 days late; your late days cover 1, and the rest costs 20% of the points earned; none of your 3 late days"
        in page
    )
    extend = ("gradebook", "extend", tmp_path / "first-graded", "ada", "+2d", "--why", "ill", *book)
    _, told = gradmark(*extend)
    assert elsewhere in told
    gradmark("report", *second)
    page = (tmp_path / "second-graded/feedback/ada.html").read_text("utf-8")
    assert "2 days late, which your late days cover; 1 of your 3 late days is left." in page
