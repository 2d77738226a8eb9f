"""When something was handed in: read rightly, or said."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from grader.intake import Intake, take_in, without_times
from grader.intake.handed import Handed
from grader.intake.times import time_of, unread_times
from grader.times import zone_named
from tests.intake.test_find import tree

NEW_YORK = zone_named("America/New_York")


def nbgrader(folder: Path, stamps: dict[str, bytes | None], **options: object) -> Intake:
    for name, stamp in stamps.items():
        tree(folder, f"submitted/{name}/ps1/ps1.ipynb")
        if stamp is not None:
            (folder / f"submitted/{name}/ps1/timestamp.txt").write_bytes(stamp)
    return take_in([folder], "ps1", **options)


def test_nbgraders_times_are_read_or_said(tmp_path):
    stamps = {
        "ann": b"2027-02-20 12:00:00.000000 UTC",
        "ben": b"2027-02-20 12:00:00.000000 -0500",
        "cy": b"2027-02-20 12:00:00.000000 EST\n",
        "dee": b"\xef\xbb\xbf2027-02-20 12:00:00.000000 Asia/Tokyo",
        "eve": b"2027-02-20 12:00:00",
        "fay": b"2027-02-20 12:00:00.000000 EDT",
        "gus": b"2027-02-20 12:00:00.000000 JST",
        "hal": b"\xff\xfe\x00",
        "ida": b"",
        "jo": b"2027-02-20 " * 500,
        "kim": None,
    }
    intake = nbgrader(tmp_path, stamps, zone=NEW_YORK)
    found = {one.name: one for one in intake.found}
    hours = {name: one.submitted.astimezone(UTC).hour for name, one in found.items() if one.submitted}
    assert hours == {"ann": 12, "ben": 17, "cy": 17, "dee": 3, "eve": 12}
    assert {name for name, one in found.items() if one.untimed == "unread"} == {
        "fay",
        "gus",
        "hal",
        "ida",
        "jo",
    }
    assert {name for name, one in found.items() if one.untimed == "none"} == {"kim"}
    said = " ".join(intake.doubts)
    assert all(name in said for name in ("fay", "gus", "hal", "ida, jo"))
    assert "EDT can mean more than one time zone, and America/New_York does not use it at that time" in said
    assert "nothing says when kim came in" in without_times(intake.found)


def test_without_a_course_s_zone_no_abbreviation_is_read(tmp_path):
    intake = nbgrader(tmp_path, {"ann": b"2027-02-20 12:00:00 EST"})
    assert (intake.found[0].submitted, intake.found[0].untimed) == (None, "unread")
    assert "the course does not name its own (timezone:)" in intake.doubts[0]


def test_gradescopes_times_are_read_or_said(tmp_path):
    lines = {1: "2027-02-20 12:00:00.5 -05:00", 2: "2027-02-20 12:00:00.5 Z", 3: "Feb 20th", 4: "~", 5: None}
    metadata = ""
    for number, time in lines.items():
        tree(tmp_path, f"submission_{number}/ps1.ipynb")
        metadata += f"submission_{number}:\n  :submitters:\n  - :email: s{number}@x.org\n"
        metadata += "" if time is None else f"  :created_at: {time}\n"
    (tmp_path / "submission_metadata.yml").write_text(metadata, encoding="utf-8")
    intake = take_in([tmp_path], "ps1")
    by_number = {one.where.name[-1]: one for one in intake.found}
    assert [by_number[n].untimed for n in "12345"] == ["", "", "unread", "unread", "none"]
    assert by_number["1"].submitted.astimezone(UTC).isoformat() == "2027-02-20T17:00:00+00:00"
    assert "Feb 20th" in " ".join(intake.doubts)


def test_of_canvas_a_mark_is_enough_and_of_files_nothing_is_known(tmp_path):
    canvas = tree(tmp_path / "canvas", "lee_LATE_7_9000001_ps1.ipynb", "roy_8_9000002_ps1.ipynb")
    assert [one.untimed for one in take_in([canvas], "ps1").found] == ["", ""]
    files = take_in([tree(tmp_path / "files", "ada.ipynb", "ben.py")], "ps1")
    assert {one.untimed for one in files.found} == {"none"}
    assert files.doubts == []
    assert without_times(files.found).startswith("nothing says when any of these submissions came in")


def test_a_time_that_is_not_read_decides_no_order(tmp_path):
    """Of two attempts, one of them with such a time, the number that Gradescope counts up says which is later."""
    metadata = ""
    for number, time in ((8, "2027-02-20 12:00:00 Z"), (9, "later")):
        tree(tmp_path, f"submission_{number}/ps1.ipynb")
        metadata += f"submission_{number}:\n  :created_at: {time}\n  :submitters:\n  - :email: ada@x.org\n"
    (tmp_path / "submission_metadata.yml").write_text(metadata, encoding="utf-8")
    intake = take_in([tmp_path], "ps1")
    assert [one.where.name for one in intake.found] == ["submission_9"]
    first = take_in([tmp_path], "ps1", attempts="first")
    assert [one.where.name for one in first.found] == ["submission_8"]
    assert "later" in first.doubts[0], "said of the attempt that is not graded too"


def test_of_a_time_that_clocks_show_twice_the_earlier_one_is_a_student_s():
    moment, _ = time_of(Handed("ada", "ada", {}, time="2027-11-07 01:30:00 America/New_York"), None)
    assert moment.isoformat() == "2027-11-07T01:30:00-04:00"


def test_what_is_said_of_many_times_is_short():
    every = [(f"s{n}", f"'2027-02-20 12:{n % 60:02d} JST': JST can mean more") for n in range(150)]
    (sentence,) = unread_times(every)
    assert sentence.startswith(
        "the time of s0, s1, s2, s3, s4 and 145 more could not be read (for example, '2027-02-20 12:00 JST'"
    )
    assert len(sentence) < 400
    each = [(f"s{n}", f"'x': X{n}/Y is not a time zone") for n in range(150)]
    sentences = list(unread_times(each))
    assert len(sentences) == 6
    assert sentences[-1].startswith("145 more times could not be read")


def test_a_hostile_time_is_shown_as_one_short_line(tmp_path):
    intake = nbgrader(tmp_path, {"ann": b"\x1b[2J\r\nWarning: all is well " * 6})
    assert "\x1b" not in intake.doubts[0]
    assert "\n" not in intake.doubts[0]
    assert len(intake.doubts[0]) < 400
