"""What lateness costs.

Until the due date, and for the grace minutes after it, nothing. After that, every day begun since the due date (not
since the end of the grace) costs ``percent_per_day`` of the points earned, up to ``cap_percent``. A day ends at the
due date's time of day by the clocks of the course's zone, however many hours that takes when the clocks change. Days
left in a student's budget are used first. An extension moves the due date. Canvas, by contrast, deducts a percentage
of the points possible; a percentage of the points earned never takes anyone below 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Literal

from grader.points import number
from grader.pset.schema import Late
from grader.text import many
from grader.times import later_by

__all__ = ["Lateness", "Untimed", "deadline", "lateness"]

DAY = timedelta(days=1)
Untimed = Literal["", "unread", "none"]
"""Why nobody knows whether an attempt is late: its time cannot be read, or it has none. Empty if this is known."""

_NOT_KNOWN = {
    "unread": "the submission time cannot be read, so nothing is taken off for lateness",
    "none": "the submission time is not known, so nothing is taken off for lateness",
}
_COSTS_NOTHING = Late(percent_per_day=Fraction(0))


@dataclass(frozen=True)
class Lateness:
    """How late an attempt is, and the percentage of its points that this costs."""

    days: int = 0
    percent: Fraction = Fraction(0)
    note: str = ""
    """What a person should know when the time is not known."""
    covered: int = 0
    """Of these days, how many the budget of late days covers."""
    budget: int = 0
    """Late days that a student has for the whole course; 0 if the course has no budget."""
    left: int = 0
    """Days of the budget left after this attempt."""
    known: bool = True
    """False if nobody knows how late it is; nothing is taken off then."""

    def left_of(self, points: Fraction) -> Fraction:
        """The points that are left after lateness."""
        return points * (1 - self.percent / 100)

    @property
    def cost(self) -> str:
        """``costs 10% of the points earned``, or that lateness costs nothing."""
        return f"costs {number(self.percent)}% of the points earned" if self.percent else "costs nothing"

    @property
    def in_words(self) -> str:
        """What lateness costs, as a sentence without its full stop; empty if the attempt is not late."""
        if not self.days:
            return ""
        said = f"{many(self.days, 'day')} late"
        if not self.budget:
            return f"{said}, which {self.cost}"
        over = self.days - self.covered
        is_ = "are" if self.left > 1 else "is"
        left = f"{self.left or 'none'} of your {self.budget} late days {is_} left"
        if not self.covered:
            return f"{said}, which {self.cost}; {left}"
        if not over:
            return f"{said}, which your late days cover; {left}"
        return f"{said}; your late days cover {self.covered}, and the rest {self.cost}; {left}"


def deadline(due: datetime | None, extension: datetime | None) -> datetime | None:
    """A student's own due date: the later of the due date and the extension."""
    # In UTC, because Python compares two moments of one zone by what its clocks show, even when the clocks change.
    given = [moment.astimezone(UTC) for moment in (due, extension) if moment is not None]
    return max(given, default=None)


def lateness(
    policy: Late | None,
    due: datetime | None,
    submitted_at: datetime | None,
    *,
    zone: tzinfo | None = None,
    extension: datetime | None = None,
    marked_late: bool = False,
    untimed: Untimed = "",
    used: int = 0,
) -> Lateness:
    """The lateness of an attempt.

    An attempt that is only marked as late, without a time, counts as one day late, unless the student has an
    extension: whoever set the mark may not have known of it.

    Args:
        policy: What lateness costs; None if it costs nothing.
        due: When it was due.
        submitted_at: When it was handed in; None if that is not known.
        zone: The time zone whose clocks end a day; without one a day has 24 hours.
        extension: The student's own due date.
        marked_late: Whether its source marked it as late.
        untimed: Why its time is not known, if nothing else tells whether it is late.
        used: Days of the budget that the student has used for other problem sets.

    >>> from datetime import UTC
    >>> due = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
    >>> policy = Late(grace_minutes=15, percent_per_day=Fraction(100, 3))
    >>> lateness(policy, due, due + timedelta(minutes=15)).percent
    Fraction(0, 1)
    >>> lateness(policy, due, due + timedelta(hours=25)).percent
    Fraction(200, 3)
    """
    policy = policy or _COSTS_NOTHING
    left = max(0, policy.budget_days - used)
    on_time = Lateness(budget=policy.budget_days, left=left)
    until, note = deadline(due, extension), ""
    submitted_at = submitted_at and submitted_at.astimezone(UTC)
    if submitted_at is None and marked_late:
        if extension is not None:
            note = "marked late at an unknown time; nothing is taken off, because of the extension"
            return replace(on_time, note=note)
        days, note = 1, "marked late at an unknown time; counted as one day"
    elif until is None:
        return on_time
    elif submitted_at is None:
        return replace(on_time, note=_NOT_KNOWN[untimed], known=False) if untimed else on_time
    elif submitted_at - until <= timedelta(minutes=policy.grace_minutes):
        return on_time
    else:
        days = _days_begun(until, submitted_at, zone)
    covered = policy.covered(days, left)
    percent = min((days - covered) * policy.percent_per_day, policy.cap_percent)
    return Lateness(days, percent, note, covered, policy.budget_days, left - covered)


def _days_begun(until: datetime, submitted_at: datetime, zone: tzinfo | None) -> int:
    # Days of 24 hours are at most one day off the calendar's, because clocks change by less than a day in all.
    days = max(1, math.ceil((submitted_at - until) / DAY) - 1)
    while submitted_at > later_by(until, (days, 0), zone):
        days += 1
    return days
