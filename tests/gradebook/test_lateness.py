"""Days late by the calendar, whatever clocks do, and what they cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from grader.gradebook import Lateness, lateness
from grader.gradebook.lateness import deadline
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
        (Lateness(1, Fraction(10)), "1 day late, which costs 10% of the points earned"),
        (Lateness(1, Fraction(100, 3)), "1 day late, which costs 33.33% of the points earned"),
        (Lateness(2), "2 days late, which costs nothing"),
        (
            Lateness(1, covered=1, budget=5, left=1),
            "1 day late, which your late days cover; 1 of your 5 late days is left",
        ),
        (
            Lateness(1, covered=1, budget=5, left=2),
            "1 day late, which your late days cover; 2 of your 5 late days are left",
        ),
        (
            Lateness(2, covered=2, budget=5, left=3),
            "2 days late, which your late days cover; 3 of your 5 late days are left",
        ),
        (
            Lateness(2, Fraction(10), covered=1, budget=5),
            "2 days late; your late days cover 1, and the rest costs 10% of the points earned; none of your 5 late "
            "days is left",
        ),
        (
            Lateness(2, Fraction(20), budget=5),
            "2 days late, which costs 20% of the points earned; none of your 5 late days is left",
        ),
    ],
)
def test_what_it_costs_in_words(late, words):
    assert late.in_words == words


DUE = at("2027-02-21T23:59:00-05:00")
DAY = timedelta(days=1)


def test_a_time_on_the_course_s_clocks_is_compared_as_a_moment_with_the_end_of_a_day():
    """The day ends at the second 01:30 of that night, so the first 01:45 still belongs to it."""
    due = datetime(2027, 11, 6, 1, 30, tzinfo=NEW_YORK)
    first = datetime(2027, 11, 7, 1, 45, tzinfo=NEW_YORK)
    assert lateness(POLICY, due, first, zone=NEW_YORK).days == 1
    assert lateness(POLICY, due, first.replace(fold=1), zone=NEW_YORK).days == 2


def test_a_student_s_due_date_is_the_later_one_of_those_there_are():
    assert deadline(None, None) is None
    assert deadline(DUE, None) == deadline(None, DUE) == DUE
    assert deadline(DUE, DUE + DAY) == deadline(DUE + DAY, DUE) == DUE + DAY


@pytest.mark.parametrize(
    ("percent", "points", "left"),
    [("0", "5", "5"), ("10", "5", "4.5"), ("100", "5", "0"), ("100/3", "3", "2"), ("50", "0", "0")],
)
def test_lateness_takes_its_percentage_of_the_points_exactly(percent, points, left):
    assert Lateness(1, Fraction(percent)).left_of(Fraction(points)) == Fraction(left)


def test_a_submission_on_time_is_known_to_be_and_costs_nothing():
    assert lateness(POLICY, DUE, DUE) == Lateness()
    assert lateness(BUDGET, DUE, DUE) == Lateness(budget=3, left=3)
    assert Lateness().known
    assert isinstance(Lateness().percent, Fraction)


def test_the_grace_counts_from_the_due_date_and_puts_no_day_off():
    end = DUE + timedelta(minutes=15)
    assert lateness(POLICY, DUE, end).days == 0
    assert lateness(POLICY, DUE, end + SECOND).days == 1
    assert lateness(POLICY, DUE, DUE + DAY).days == 1
    assert lateness(POLICY, DUE, DUE + DAY + SECOND).days == 2
    assert lateness(Late(percent_per_day=Fraction(10)), DUE, DUE + SECOND).days == 1


def test_lateness_costs_so_much_a_day_up_to_the_cap():
    policy = Late(percent_per_day=Fraction(20), cap_percent=Fraction(50))
    costs = [lateness(policy, DUE, DUE + days * DAY).percent for days in range(5)]
    assert costs == [0, 20, 40, 50, 50]


def test_without_a_policy_lateness_is_told_and_costs_nothing():
    assert lateness(None, DUE, DUE + 2 * DAY) == Lateness(2)
    assert lateness(None, DUE, DUE) == lateness(None, None, DUE) == Lateness()
    assert lateness(None, DUE, None, marked_late=True) == Lateness(
        1, note="marked late at an unknown time; counted as one day"
    )


def test_without_a_due_date_nothing_is_late():
    assert lateness(POLICY, None, DUE) == lateness(POLICY, None, None, untimed="none") == Lateness()
    assert lateness(POLICY, None, DUE, extension=DUE - DAY).days == 1


BUDGET = Late(percent_per_day=Fraction(10), budget_days=3)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, Lateness(budget=3, left=2)),
        (
            {"untimed": "unread"},
            Lateness(
                note="the submission time cannot be read, so nothing is taken off for lateness",
                budget=3, left=2, known=False,
            ),
        ),
        (
            {"untimed": "none"},
            Lateness(
                note="the submission time is not known, so nothing is taken off for lateness",
                budget=3, left=2, known=False,
            ),
        ),
        (
            {"marked_late": True},
            Lateness(
                1, note="marked late at an unknown time; counted as one day", covered=1, budget=3, left=1
            ),
        ),
        (
            {"marked_late": True, "extension": DUE + DAY},
            Lateness(
                note="marked late at an unknown time; nothing is taken off, because of the extension",
                budget=3, left=2,
            ),
        ),
    ],
)  # fmt: skip
def test_a_time_that_is_not_known(given, expected):
    assert lateness(BUDGET, DUE, None, used=1, **given) == expected


def test_a_known_time_counts_more_than_a_mark():
    assert lateness(POLICY, DUE, DUE, marked_late=True, untimed="none") == Lateness()
    assert lateness(POLICY, DUE, DUE + 2 * DAY, marked_late=True, untimed="none").days == 2
