"""When something was handed in, from what the system wrote down; and what is said where that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

from grader.intake.handed import Handed
from grader.intake.names import printable
from grader.times import read_moment

__all__ = ["time_of", "unread_times"]

MAX_SHOWN = 60
"""Characters of a time."""
MAX_NAMES = 5
MAX_REASONS = 5


def time_of(handed: Handed, zone: tzinfo | None) -> tuple[datetime | None, str]:
    """The moment of handing in, or None with the reason why there is none: empty where the system says nothing.

    Args:
        handed: The attempt.
        zone: The course's time zone. A time that names none is UTC's, as the systems that write one mean it.
    """
    if handed.time is None:
        return None, ""
    if not handed.time.strip():
        return None, "nothing that can be read stands there"
    try:
        return read_moment(handed.time, zone, bare=UTC), ""
    except ValueError as error:
        shown = printable(handed.time.strip())
        return None, f"{shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + '…'!r}: {error}"


def unread_times(unread: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Sentences for staff about times that could not be read, from names and reasons; a class has few.

    What has the same reason, whatever the time is, stands in one sentence.
    """
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for name, why in unread:
        by_reason.setdefault(why.rpartition(": ")[2], []).append((name, why))
    several = sorted(by_reason.values(), key=lambda some: -len(some))
    for some in several[:MAX_REASONS]:
        names = ", ".join(name for name, _ in some[:MAX_NAMES])
        more = f" and {len(some) - MAX_NAMES} more" if len(some) > MAX_NAMES else ""
        such = "as " if len(some) > 1 else ""
        yield (
            f"the time of {names}{more} was not read ({such}{some[0][1]}), so that nobody knows whether it is late and "
            "nothing is taken off; write it with an offset from UTC, such as 2027-02-21 23:59:00 -0500, and grade again"
        )
    if rest := sum(map(len, several[MAX_REASONS:])):
        yield f"{rest} more times were not read, each for a reason of its own; time_note in scores.csv names them"
