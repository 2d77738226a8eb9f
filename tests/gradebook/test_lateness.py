"""Days late by the calendar, whatever clocks do, and what they cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.gradebook import Lateness, lateness
from grader.pset.schema import Late
from grader.times import zone_named

POLICY = Late(percent_per_day=Fraction(10), grace_minutes=15)
NEW_YORK, LONDON = zone_named("America/New_York"), zone_named("Europe/London")
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "due", "ends"),
    [
        # A day of 23 hours, one of 25, and one as long as any.
        (NEW_YORK, "2027-03-13T23:59:00-05:00", ["2027-03-14T23:59:00-04:00", "2027-03-15T23:59:00-04:00"]),
        (NEW_YORK, "2027-11-06T23:59:00-04:00", ["2027-11-07T23:59:00-05:00", "2027-11-08T23:59:00-05:00"]),
        (NEW_YORK, "2027-02-21T23:59:00-05:00", ["2027-02-22T23:59:00-05:00", "2027-02-23T23:59:00-05:00"]),
        (LONDON, "2027-10-30T23:59:00+01:00", ["2027-10-31T23:59:00+00:00", "2027-11-01T23:59:00+00:00"]),
        # At a time that the next day does not have, or has twice: the later one.
        (NEW_YORK, "2027-03-13T02:30:00-05:00", ["2027-03-14T03:30:00-04:00", "2027-03-15T02:30:00-04:00"]),
        (NEW_YORK, "2027-11-06T01:30:00-04:00", ["2027-11-07T01:30:00-05:00", "2027-11-08T01:30:00-05:00"]),
        (None, "2027-03-13T23:59:00-05:00", ["2027-03-14T23:59:00-05:00", "2027-03-15T23:59:00-05:00"]),
    ],
)
def test_a_day_late_ends_at_the_due_date_s_time_of_day(zone, due, ends):
    for days, end in enumerate(ends, 1):
        assert lateness(POLICY, at(due), at(end), zone=zone).days == days
        assert lateness(POLICY, at(due), at(end) + SECOND, zone=zone).days == days + 1


def test_moments_of_the_course_s_own_zone_are_compared_as_moments():
    """Python compares those by what clocks show: the hour that comes twice would be one."""
    due = datetime(2027, 11, 7, 1, 30, tzinfo=NEW_YORK)
    again = due.replace(fold=1)
    assert lateness(POLICY, due, again, zone=NEW_YORK).days == 1
    assert lateness(POLICY, again, due, zone=NEW_YORK).days == 0
    assert lateness(POLICY, due, again, zone=NEW_YORK, extension=again).days == 0


def test_an_extension_never_takes_time_away():
    due = at("2027-02-28T23:59:00-05:00")
    earlier = due - timedelta(days=3)
    assert lateness(POLICY, due, due, extension=earlier).days == 0
    assert lateness(POLICY, due, due + timedelta(days=3), extension=due + timedelta(days=2)).days == 1


def test_the_slow_way_gives_the_same_days():
    due = at("2027-03-10T23:59:00-05:00").astimezone(NEW_YORK)
    ends = [due.replace(tzinfo=None) + timedelta(days=n) for n in range(40)]
    moments = [end.replace(tzinfo=NEW_YORK).astimezone(UTC) for end in ends]
    for hours in range(1, 24 * 38):
        submitted = due.astimezone(UTC) + timedelta(hours=hours)
        late = lateness(POLICY, due, submitted, zone=NEW_YORK)
        assert late.days == sum(moment < submitted for moment in moments)


@pytest.mark.parametrize(
    ("used", "each", "days", "covered", "left", "percent"),
    [
        (0, None, 2, 2, 3, 0),
        (0, None, 7, 5, 0, 20),
        (4, None, 2, 1, 0, 10),
        (5, None, 2, 0, 0, 20),
        (9, None, 2, 0, 0, 20),  # the budget was made smaller since
        (0, 2, 4, 2, 3, 20),
        (0, 0, 1, 0, 5, 10),
        (3, None, 0, 0, 2, 0),
    ],
)
def test_a_budget_pays_for_the_first_days(used, each, days, covered, left, percent):
    due = at("2027-02-21T23:59:00-05:00")
    policy = Late(percent_per_day=Fraction(10), budget_days=5, budget_days_each=each)
    late = lateness(policy, due, due + timedelta(days=days), zone=NEW_YORK, used=used)
    assert (late.covered, late.left, late.percent) == (covered, left, percent)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (Lateness(), ""),
        (Lateness(1, Fraction(10)), "1 day late, which takes 10 % of the points earned"),
        (Lateness(2), "2 days late, which takes nothing"),
        (
            Lateness(2, covered=2, budget=5, left=3),
            "2 days late, which your late days cover; 3 of 5 late days are left",
        ),
        (
            Lateness(2, Fraction(10), covered=1, budget=5),
            "2 days late; your late days cover 1, and the rest takes 10 % of the points earned; none of 5 late days is "
            "left",
        ),
        (
            Lateness(2, Fraction(20), budget=5),
            "2 days late, which takes 20 % of the points earned; none of 5 late days is left",
        ),
    ],
)
def test_what_it_costs_in_words(late, words):
    assert late.in_words == words
