"""Due dates in a named zone, and a course's settings for all its problem sets."""

from __future__ import annotations

import zipfile
from datetime import UTC
from fractions import Fraction

import pytest

from grader.batch.bundle import pack_course, unpacked
from grader.build import build_autograder
from grader.errors import CourseError
from grader.pset import ProblemSet, load_problem_set
from grader.pset.problemset import COURSE_FILE
from tests.pset.tiny import write_tiny_course


def pset(folder, settings: str, course: str | None = None) -> ProblemSet:
    path = write_tiny_course(folder, pset=("data: data", f"data: data\n{settings}"))
    if course is not None:
        (folder / COURSE_FILE).write_text(course, encoding="utf-8")
    return load_problem_set(path)


@pytest.mark.parametrize(
    ("settings", "moment"),
    [
        ("timezone: America/New_York\ndue: 2027-02-21 23:59", "2027-02-21T23:59:00-05:00"),
        ("timezone: America/New_York\ndue: 2027-07-21 23:59", "2027-07-21T23:59:00-04:00"),
        ("timezone: America/New_York\ndue: 2027-02-21 23:59:30", "2027-02-21T23:59:30-05:00"),
        ("timezone: America/New_York\ndue: '2027-02-21T23:59'", "2027-02-21T23:59:00-05:00"),
        ("timezone: America/New_York\ndue: 2027-02-22 04:59 UTC", "2027-02-21T23:59:00-05:00"),
        ("timezone: America/New_York\ndue: 2027-02-22T05:59:00+01:00", "2027-02-21T23:59:00-05:00"),
        # The second time if clocks show it twice; moved on if they skip it.
        ("timezone: America/New_York\ndue: 2027-11-07 01:30", "2027-11-07T01:30:00-05:00"),
        ("timezone: America/New_York\ndue: 2027-03-14 02:30", "2027-03-14T03:30:00-04:00"),
        ("due: 2027-02-21T23:59:00-05:00", "2027-02-21T23:59:00-05:00"),
        ("due: 2027-02-21 23:59 -0500", "2027-02-21T23:59:00-05:00"),
        ("due: 2027-02-21T23:59:00Z", "2027-02-21T23:59:00+00:00"),
    ],
)
def test_a_due_date_is_a_moment(tmp_path, settings, moment):
    assert pset(tmp_path, settings).due.isoformat() == moment


def test_a_course_says_it_for_all_and_a_problem_set_for_itself(tmp_path):
    course = "timezone: Europe/Berlin\nlate: {percent_per_day: 10, budget_days: 5}\n"
    first = pset(tmp_path / "1", "due: 2027-02-21 23:59", course)
    assert first.due.astimezone(UTC).isoformat() == "2027-02-21T22:59:00+00:00"
    assert (first.late.percent_per_day, first.late.budget_days) == (10, 5)
    own = "timezone: Asia/Tokyo\ndue: 2027-02-21 23:59\nlate: {percent_per_day: 1/3}"
    second = pset(tmp_path / "2", own, course)
    assert second.due.astimezone(UTC).isoformat() == "2027-02-21T14:59:00+00:00"
    assert (second.late.percent_per_day, second.late.budget_days) == (Fraction(1, 3), 0)
    assert pset(tmp_path / "3", "counts: best", course).due is None, "late of a course asks for no due date"
    assert (
        first.digest
        == load_problem_set(first.path).digest
        == pset(tmp_path / "4", "due: 2027-03-01 23:59 Z").digest
    )


@pytest.mark.parametrize(
    ("course", "sentence"),
    [
        (
            "timezone: Berlin",
            "psets/course.yaml:1: there is no time zone 'Berlin'; did you mean Europe/Berlin?",
        ),
        (
            "# nothing\ntimezon: Europe/Berlin",
            "psets/course.yaml:2: unknown key 'timezon'; did you mean 'timezone'?",
        ),
        ("late: {budget_days: 5}", "psets/course.yaml:1: late has no 'percent_per_day'; add it"),
        ("", "psets/course.yaml is empty"),
        ("timezone: [\n", "psets/course.yaml:2: this is not YAML"),
    ],
)
def test_a_spoilt_course_file_is_refused_in_one_sentence(tmp_path, course, sentence):
    with pytest.raises(CourseError) as raised:
        pset(tmp_path, "due: 2027-02-21 23:59", course)
    assert str(raised.value).startswith(sentence)


def test_the_course_s_file_travels_with_the_problem_set(tmp_path):
    made = pset(tmp_path / "course", "due: 2027-02-21 23:59", "timezone: Europe/Berlin")
    assert load_problem_set(unpacked(pack_course(made))).due == made.due
    with zipfile.ZipFile(build_autograder(made, tmp_path / "out")) as archive:
        archive.extractall(tmp_path / "source")
    assert load_problem_set(tmp_path / "source/psets/tiny").due == made.due
