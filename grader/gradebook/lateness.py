"""What lateness costs.

Up to the due date and the grace, nothing. After that, every begun day since the due date costs ``percent_per_day``
of the points earned, up to ``cap_percent``; the grace then shortens nothing. A student's extension moves the due
date. Canvas by comparison takes its percentage of the points possible; of the points earned nobody falls below 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from grader.pset.schema import Late

__all__ = ["Lateness", "lateness"]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """How late an attempt is, and the percentage of its points that this takes."""

    days: int = 0
    percent: Fraction = Fraction(0)
    note: str = ""
    """What a person should know: where the time is not known."""

    def left_of(self, points: Fraction) -> Fraction:
        """The points without what lateness takes."""
        return points * (1 - self.percent / 100)


def lateness(
    policy: Late | None,
    due: datetime | None,
    submitted_at: datetime | None,
    *,
    extension: datetime | None = None,
    marked_late: bool = False,
) -> Lateness:
    """The lateness of an attempt.

    Where its time is not known, being marked as late counts as one day, unless the student has an extension, which
    the mark knows nothing of.

    >>> from datetime import UTC
    >>> due = datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
    >>> policy = Late(grace_minutes=15, percent_per_day=Fraction(100, 3))
    >>> lateness(policy, due, due + timedelta(minutes=15)).percent
    Fraction(0, 1)
    >>> lateness(policy, due, due + timedelta(hours=25)).percent
    Fraction(200, 3)
    """
    deadline = extension or due
    if submitted_at is None:
        if not marked_late:
            return Lateness()
        if extension is not None:
            return Lateness(note="marked late at an unknown time; not deducted, because of the extension")
        days, note = 1, "marked late at an unknown time; counted as one day"
    else:
        if deadline is None:
            return Lateness()
        over = submitted_at - deadline
        if over <= timedelta(minutes=policy.grace_minutes if policy else 0.0):
            return Lateness()
        days, note = math.ceil(over / DAY), ""
    if policy is None:
        return Lateness(days, note=note)
    return Lateness(days, min(days * policy.percent_per_day, policy.cap_percent), note)
