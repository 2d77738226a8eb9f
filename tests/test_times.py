"""Moments as people and systems write them, through changes of clocks."""

from __future__ import annotations

import doctest
import re
import zoneinfo
from datetime import UTC, datetime

import pytest

import grader.times
from grader.times import date_and_time, in_zone, later_by, read_moment, read_shift, stamp, zone_named

NEW_YORK = zone_named("America/New_York")


def test_examples_in_docstrings():
    assert doctest.testmod(grader.times).failed == 0


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-02-28 12:00:00.000000 UTC", "2027-02-28T12:00:00+00:00"),
        ("2027-02-28 12:00:00.000000 GMT", "2027-02-28T12:00:00+00:00"),
        ("2027-02-28T12:00:00Z", "2027-02-28T12:00:00+00:00"),
        ("2027-02-28 12:00:00 utc", "2027-02-28T12:00:00+00:00"),
        ("2027-02-28 12:00:00.948203 -0500", "2027-02-28T17:00:00.948203+00:00"),
        ("2027-02-28 12:00:00.948203-05:00", "2027-02-28T17:00:00.948203+00:00"),
        ("2027-02-28 12:00:00,94820312 -05", "2027-02-28T17:00:00.948203+00:00"),
        ("2027-02-28 12:00 +0545", "2027-02-28T06:15:00+00:00"),
        ("2027-02-28 12:00 UTC+05:30", "2027-02-28T06:30:00+00:00"),
        ("2027-02-28 12:00:00 Asia/Tokyo", "2027-02-28T03:00:00+00:00"),
        ("  2027-02-28 12:00\n", "2027-02-28T12:00:00+00:00"),
        # What the course's own clocks show at that time, and nothing else.
        ("2027-02-28 12:00:00.000000 EST", "2027-02-28T17:00:00+00:00"),
        ("2027-07-28 12:00:00.000000 EDT", "2027-07-28T16:00:00+00:00"),
        ("2027-11-07 01:30 EDT", "2027-11-07T05:30:00+00:00"),
        ("2027-11-07 01:30 EST", "2027-11-07T06:30:00+00:00"),
    ],
)
def test_a_moment_is_read(text, moment):
    assert read_moment(text, NEW_YORK, bare=UTC).astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "2027-02-28 12:00 EDT",
            "EDT can mean more than one time zone, and America/New_York does not use it",
        ),
        ("2027-07-28 12:00 EST", "EST can mean more than one time zone"),
        ("2027-02-28 12:00 JST", "JST can mean more than one time zone"),
        ("2027-02-28 12:00 CST", "CST can mean more than one time zone"),
        ("2027-03-14 02:30 EST", "EST can mean more than one time zone"),
        ("2027-02-28 12:00 Nowhere/At_All", "Nowhere/At_All is not a time zone"),
        ("2027-02-28 12:00 ../../etc/passwd", "../../etc/passwd is not a time zone"),
        ("2027-02-28 12:00 +1500", "no time zone is +1500 from UTC"),
        ("2027-02-28 12:00 +0260", "no time zone is +0260 from UTC"),
        ("2027-02-30 12:00 UTC", "there is no such date and time"),
        ("2027-02-28 24:30 UTC", "there is no such date and time"),
        ("1969-12-31 23:59 UTC", "its year is not between 1970 and 2199"),
        ("9999-12-31 23:59 -0500", "its year is not between 1970 and 2199"),
        ("28/02/2027 12:00 UTC", "it is not a date and time such as 2027-02-21 23:59"),
        ("Sun Feb 28 12:00:00 2027", "it is not a date and time such as 2027-02-21 23:59"),
        ("2027-02-28 12:00 pm", "it is not a date and time such as 2027-02-21 23:59"),
        ("2027-02-28", "it is not a date and time such as 2027-02-21 23:59"),
        ("٢٠٢٧-02-28 12:00", "it is not a date and time such as 2027-02-21 23:59"),
        ("", "it is not a date and time such as 2027-02-21 23:59"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text, why):
    with pytest.raises(ValueError, match=f"^{re.escape(why)}"):
        read_moment(text, NEW_YORK, bare=UTC)


def test_without_a_zone_nobody_confirms_an_abbreviation():
    with pytest.raises(ValueError, match="the course does not name its own"):
        read_moment("2027-02-28 12:00 EST", None, bare=UTC)
    with pytest.raises(ValueError, match="it has no time zone"):
        read_moment("2027-02-28 12:00", NEW_YORK, bare=None)


def test_a_time_that_clocks_show_twice_or_never_is_what_favours_students():
    twice, never = datetime(2027, 11, 7, 1, 30), datetime(2027, 3, 14, 2, 30)
    assert in_zone(twice, NEW_YORK).isoformat() == "2027-11-07T01:30:00-05:00"
    assert in_zone(twice, NEW_YORK, "earlier").isoformat() == "2027-11-07T01:30:00-04:00"
    assert in_zone(never, NEW_YORK).isoformat() == "2027-03-14T03:30:00-04:00"
    assert in_zone(never, NEW_YORK, "earlier").isoformat() == "2027-03-14T01:30:00-05:00"


@pytest.mark.parametrize(
    ("zone", "begin", "shift", "end"),
    [
        ("America/New_York", "2027-03-13T23:59:00-05:00", (1, 0), "2027-03-14T23:59:00-04:00"),
        ("America/New_York", "2027-03-13T23:59:00-05:00", (0, 24), "2027-03-15T00:59:00-04:00"),
        ("America/New_York", "2027-11-06T23:59:00-04:00", (1, 0), "2027-11-07T23:59:00-05:00"),
        ("America/New_York", "2027-03-13T02:30:00-05:00", (1, 0), "2027-03-14T03:30:00-04:00"),
        ("America/New_York", "2027-11-06T01:30:00-04:00", (1, 0), "2027-11-07T01:30:00-05:00"),
        ("Australia/Lord_Howe", "2027-04-03T23:59:00+11:00", (1, 12), "2027-04-05T11:59:00+10:30"),
        # Samoa went without 30 December 2011, and Kiritimati without the last day of 1994.
        ("Pacific/Apia", "2011-12-29T23:59:00-10:00", (1, 0), "2011-12-31T23:59:00+14:00"),
        (None, "2027-03-13T23:59:00-05:00", (1, 0), "2027-03-15T04:59:00+00:00"),
    ],
)
def test_days_later_are_the_calendar_s_and_hours_the_clock_hand_s(zone, begin, shift, end):
    moment = later_by(datetime.fromisoformat(begin), shift, zone_named(zone) if zone else None)
    assert moment.isoformat() == end


@pytest.mark.parametrize(
    "text", ["", "+", "3d", "+d", "+3", "+3w", "+-3d", "+3d 12h", "+3h2d", "-3d", "+1234d"]
)
def test_what_is_no_shift(text):
    assert read_shift(text) is None


def test_a_zone_of_every_name_is_found_again_and_shown():
    moment = datetime(2027, 2, 22, 4, 59, tzinfo=UTC)
    for name in zoneinfo.available_timezones() - {"EST", "MST", "HST"}:
        assert date_and_time(moment, zone_named(name)).count(" ") == 4
    assert stamp(moment, zone_named("America/Sao_Paulo")) == "2027-02-22 01:59:00 UTC-03:00"
    assert date_and_time(moment, None) == "22 February 2027, 04:59 UTC"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("america/new_york", "did you mean America/New_York?"),
        ("New York", "did you mean America/New_York?"),
        ("Berlin", "did you mean Europe/Berlin?"),
        ("PDT8", "there is no time zone 'PDT8'"),
        ("EST", "name a place instead, such as America/New_York"),
        ("../zone", "there is no time zone '../zone'"),
        ("America", "there is no time zone 'America'"),
        ("", "there is no time zone ''"),
        ("a\0b", "there is no time zone 'a\\x00b'"),
    ],
)
def test_a_name_of_no_zone_is_refused_with_the_one_that_is_meant(name, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        zone_named(name)
