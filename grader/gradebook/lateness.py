"""What lateness costs.

Up to the due date and the grace, nothing. After that, every begun day since the due date costs ``percent_per_day``
of the points earned, up to ``cap_percent``; the grace then shortens nothing. A day ends at the due date's time of day
by the clocks of the course's zone, however many hours that takes when clocks are changed. Days that are left of a
budget come off first. A student's extension moves the due date. Canvas by comparison takes its percentage of the points
possible; of the points earned nobody falls below 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
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
"""Why nobody knows whether an attempt is late: its time cannot be read, or there is none; empty where it is known."""


@dataclass(frozen=True)
class Lateness:
    """How late an attempt is, and the percentage of its points that this takes."""

    days: int = 0
    percent: Fraction = Fraction(0)
    note: str = ""
    """What a person should know: where the time is not known."""
    covered: int = 0
    """Days of it that the budget of late days pays for."""
    budget: int = 0
    """Late days that a student has for the whole course; 0 where there are none to have."""
    left: int = 0
    """Days of the budget that are left after this."""
    known: bool = True
    """False where nobody knows how late it is; nothing is taken then."""

    def left_of(self, points: Fraction) -> Fraction:
        """The points without what lateness takes."""
        return points * (1 - self.percent / 100)

    @property
    def in_words(self) -> str:
        """What it costs, as the beginning or the whole of a sentence; empty where it is not late."""
        if not self.days:
            return ""
        said = f"{many(self.days, 'day')} late"
        takes = f"takes {number(self.percent)} % of the points earned" if self.percent else "takes nothing"
        if not self.budget:
            return f"{said}, which {takes}"
        over = self.days - self.covered
        left = f"{self.left} of {self.budget} late days {'is' if self.left == 1 else 'are'} left" if self.left else (
            f"none of {self.budget} late days is left"
        )  # fmt: skip
        if not self.covered:
            return f"{said}, which {takes}; {left}"
        if not over:
            return f"{said}, which your late days cover; {left}"
        return f"{said}; your late days cover {self.covered}, and the rest {takes}; {left}"


def deadline(due: datetime | None, extension: datetime | None) -> datetime | None:
    """A student's own due date; one that is put off for everybody shortens no extension, nor the other way round."""
    # In UTC: moments of one zone are compared by what its clocks show, as if none were ever changed.
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

    Where its time is not known, being marked as late counts as one day, unless the student has an extension, which
    the mark knows nothing of.

    Args:
        policy: What lateness costs.
        due: When it was due.
        submitted_at: When it was handed in, if that is known.
        zone: Whose clocks say when a day is over; without one a day has 24 hours.
        extension: A due date of the student's own.
        marked_late: Where it came from said that it was late.
        untimed: Why its time is not known, where nothing else tells whether it is late.
        used: Days of the budget that the student has used for other problem sets.

    >>> from datetime import UTC
    >>> due = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
    >>> policy = Late(grace_minutes=15, percent_per_day=Fraction(100, 3))
    >>> lateness(policy, due, due + timedelta(minutes=15)).percent
    Fraction(0, 1)
    >>> lateness(policy, due, due + timedelta(hours=25)).percent
    Fraction(200, 3)
    """
    budget = policy.budget_days if policy else 0
    left = max(0, budget - used)
    on_time = Lateness(budget=budget, left=left)
    until, note = deadline(due, extension), ""
    submitted_at = submitted_at and submitted_at.astimezone(UTC)
    if submitted_at is None and marked_late:
        if extension is not None:
            note = "marked late at an unknown time; not deducted, because of the extension"
            return Lateness(note=note, budget=budget, left=left)
        days, note = 1, "marked late at an unknown time; counted as one day"
    elif until is None:
        return on_time
    elif submitted_at is None:
        return on_time if not untimed else _not_known(untimed, budget, left)
    elif submitted_at - until <= timedelta(minutes=policy.grace_minutes if policy else 0.0):
        return on_time
    else:
        days = _days_begun(until, submitted_at, zone)
    if policy is None:
        return Lateness(days, note=note)
    covered = policy.covered(days, left)
    percent = min((days - covered) * policy.percent_per_day, policy.cap_percent)
    return Lateness(days, percent, note, covered, budget, left - covered)


def _not_known(untimed: Untimed, budget: int, left: int) -> Lateness:
    why = "cannot be read" if untimed == "unread" else "is not known"
    note = f"the time of handing in {why}, so nothing is taken off for lateness"
    return Lateness(note=note, budget=budget, left=left, known=False)


def _days_begun(until: datetime, submitted_at: datetime, zone: tzinfo | None) -> int:
    # A zone's clocks may be ahead of 24 hours a day by now, or behind them, and by less than a day.
    days = max(1, math.ceil((submitted_at - until) / DAY) - 1)
    while submitted_at > later_by(until, (days, 0), zone):
        days += 1
    return days
