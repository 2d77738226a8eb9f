"""What every gradebook must do with times: lateness, extensions, late days, and times that nobody knows."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from grader.errors import GradmarkError
from grader.gradebook import (
    Delivery,
    Recorder,
    everyone,
    extend,
    history_of,
    override_points,
    scores_csv,
    scores_of,
)
from tests.gradebook.course import DAY, DUE, HandedIn, course, handed_in, record_results, result, score, who


def lateness_and_extensions(engine: Engine, folder: Path) -> None:
    record_results(
        engine,
        course(folder),
        [
            handed_in("in-time", 1),
            handed_in("in-grace", 2, late=timedelta(minutes=15)),
            handed_in("late", 3, late=timedelta(minutes=16)),
            handed_in("later", 4, late=DAY + timedelta(seconds=1)),
            handed_in("much-later", 5, late=30 * DAY),
            handed_in("extended", 6, late=2 * DAY),
            HandedIn(result("marked"), (who(7),), None, True),
        ],
    )
    assert [score(engine, f"s{n}") for n in range(1, 8)] == [5.0, 5.0, 4.5, 4.0, 2.5, 4.0, 4.5]
    extend(engine, "tiny", ["s6@school.edu"], DUE + 3 * DAY, why="ill", by="ta")
    extend(engine, "tiny", ["s7"], DUE + 3 * DAY, why="ill", by="ta")
    assert (score(engine, "s6"), score(engine, "s7")) == (5.0, 5.0)
    extend(engine, "tiny", ["s6"], DUE + DAY, why="was well again", by="ta")
    assert score(engine, "s6") == 4.5, "the last word holds"
    extend(engine, "tiny", ["s6"], None, why="a mistake", by="ta")
    assert score(engine, "s6") == 4.0
    with pytest.raises(GradmarkError, match="no offset from UTC"):
        extend(engine, "tiny", ["s6"], (DUE + DAY).replace(tzinfo=None), why="ill", by="ta")


BUDGET = "late: {percent_per_day: 20, budget_days: 3, budget_days_each: 2}"


def a_budget_of_late_days_over_a_course(engine: Engine, folder: Path) -> None:
    """Used up in the order of the due dates, whatever was recorded first."""
    third = course(folder / "3", f"data: data\ndue: 2027-03-07T23:59:00-05:00\n{BUDGET}", name="third")
    second = course(folder / "2", f"data: data\ndue: 2027-02-28T23:59:00-05:00\n{BUDGET}", name="second")
    first = course(folder / "1", f"data: data\ndue: 2027-02-21T23:59:00-05:00\n{BUDGET}", name="first")
    no_budget = course(folder / "0", name="none")
    late = {"ada": 3, "ben": 1, "cy": 0}
    for week, pset in ((2, third), (1, second), (0, first), (0, no_budget)):
        attempts = [
            handed_in(name, n, late=7 * week * DAY + days * DAY)
            for n, (name, days) in enumerate(late.items())
        ]
        record_results(engine, pset, attempts)

    def days(pset: str) -> dict[str, tuple[int, int, int, float]]:
        found = {one.attempt.submission: one.attempt for one in scores_of(engine, pset).students}
        return {
            name: (one.lateness.days, one.lateness.covered, one.lateness.left, float(one.lateness.percent))
            for name, one in found.items()
        }

    assert days("first") == {"ada": (3, 2, 1, 20.0), "ben": (1, 1, 2, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("second") == {"ada": (3, 1, 0, 40.0), "ben": (1, 1, 1, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("third") == {"ada": (3, 0, 0, 60.0), "ben": (1, 1, 0, 0.0), "cy": (0, 0, 3, 0.0)}
    assert days("none") == {"ada": (3, 0, 0, 30.0), "ben": (1, 0, 0, 10.0), "cy": (0, 0, 0, 0.0)}
    assert [scores_of(engine, name).later for name in ("first", "second", "third", "none")] == [
        ("second", "third"), ("third",), (), (),
    ]  # fmt: skip
    # What costs nothing uses nothing, and what is decided later is counted again.
    override_points(engine, "first", "s0", 4.0, why="w", by="ta")
    extend(engine, "second", ["s1"], "+1d", why="ill", by="ta")
    assert days("second")["ada"] == (3, 2, 1, 20.0)
    assert days("third") == {"ada": (3, 1, 0, 40.0), "ben": (1, 1, 1, 0.0), "cy": (0, 0, 3, 0.0)}
    said = {
        one.attempt.submission: one.attempt.lateness.in_words for one in scores_of(engine, "third").students
    }
    assert said == {
        "ada": "3 days late; your late days cover 1, and the rest costs 40% of the points earned; none of your 3 late "
        "days is left",
        "ben": "1 day late, which your late days cover; 1 of your 3 late days is left",
        "cy": "",
    }


ZONE = "data: data\ntimezone: America/New_York\ndue: 2027-03-13 23:59\nlate: {percent_per_day: 10}"


def extensions_by_the_calendar_for_many(engine: Engine, folder: Path) -> None:
    record_results(engine, course(folder, ZONE), [handed_in(f"n{n}", n, late=21 * DAY) for n in range(1, 4)])
    before = len(history_of(engine))
    done = extend(engine, "tiny", ["s1", "s2@school.edu", "Student 1"], "+1d", why="storm", by="ta")
    assert [(one.student, one.until.isoformat(), one.new) for one in done] == [
        # 23 hours later: clocks are put forward in that night.
        ("s1", "2027-03-14T23:59:00-04:00", True), ("s2@school.edu", "2027-03-14T23:59:00-04:00", True),
    ]  # fmt: skip
    again = extend(engine, "tiny", everyone(engine, "tiny"), "2027-03-14 23:59", why="storm", by="ta")
    assert [one.new for one in again] == [False, False, True]
    lines = history_of(engine)[before:]
    assert [(one.student, one.detail["until"]) for one in lines] == [
        (f"Student {n}", "2027-03-14T23:59:00-04:00") for n in (1, 2, 3)
    ]
    extend(engine, "tiny", ["s3"], "+1d12h", why="w", by="ta")
    (third,) = (one for one in scores_of(engine, "tiny").students if one.sid == "s3")
    assert (third.due.isoformat(), third.extended) == ("2027-03-15T15:59:00+00:00", True)
    with pytest.raises(GradmarkError, match=r"no extension was given: .*'x1'.*'x2'"):
        extend(engine, "tiny", ["s1", "x1", "x2"], "+2d", why="w", by="ta")
    with pytest.raises(
        GradmarkError, match="12 March 2027, 23:59 EST is before the due date, 13 March 2027, 23:59 EST"
    ):
        extend(engine, "tiny", ["s1"], "2027-03-12 23:59", why="w", by="ta")
    with pytest.raises(GradmarkError, match="'soon' cannot be read: it is not a date and time"):
        extend(engine, "tiny", ["s1"], "soon", why="w", by="ta")
    assert len(history_of(engine)) == before + 4, "what was refused left nothing behind"


def an_extension_into_the_repeated_hour_is_given_once(engine: Engine, folder: Path) -> None:
    policy = ZONE.replace("2027-03-13 23:59", "2027-11-07 01:30")
    for _ in range(2):
        record_results(engine, course(folder, policy), [handed_in("ada", 1)])
    assert scores_of(engine, "tiny").due.isoformat() == "2027-11-07T01:30:00-05:00", "the second 01:30"
    given = [extend(engine, "tiny", ["s1"], "+0d", why="w", by="ta")[0].new for _ in range(2)]
    assert given == [True, False]
    assert "problem set changed" not in {line.what for line in history_of(engine)}


def a_time_that_is_not_known_is_no_time_in_time(engine: Engine, folder: Path) -> None:
    pset = course(folder)
    untimed = {"unread": "unread", "none": "none", "marked": "", "canvas": ""}

    def hand_in(**more: object) -> None:
        recorder = Recorder(engine, pset, by="ta")
        for n, (name, why) in enumerate(untimed.items()):
            delivery = Delivery(name, f"{n}" * 64, (who(n),), late=name == "marked", untimed=why, **more)
            attempt, _ = recorder.hand_in(delivery)
            recorder.record(attempt, result(name))

    def rows() -> dict[str, tuple[str, ...]]:
        table = csv.DictReader(io.StringIO(scores_csv(scores_of(engine, "tiny"))))
        return {row["submission"]: (row["late_days"], row["late_percent"], row["time_note"]) for row in table}

    hand_in()
    assert rows() == {
        "unread": ("", "", "the submission time cannot be read, so nothing is taken off for lateness"),
        "none": ("", "", "the submission time is not known, so nothing is taken off for lateness"),
        "marked": ("1", "10", "marked late at an unknown time; counted as one day"),
        "canvas": ("0", "0", ""),
    }
    hand_in()
    assert len(scores_of(engine, "tiny").students) == 4
    # The same content with its time read is the same attempt, corrected.
    untimed["unread"] = ""
    hand_in(handed_in_at=DUE + DAY)
    assert rows()["unread"] == ("1", "10", "")
    assert {one.attempts for one in scores_of(engine, "tiny").students} == {1}
