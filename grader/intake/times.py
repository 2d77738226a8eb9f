"""When something was handed in, as the system recorded it, and what staff read if that is unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

from grader.intake.handed import Handed
from grader.intake.names import printable
from grader.text import first_few, many
from grader.times import read_moment

__all__ = ["time_of", "unread_times"]

MAX_SHOWN = 60
"""Characters of a time."""
MAX_REASONS = 5


def time_of(handed: Handed, zone: tzinfo | None) -> tuple[datetime | None, str]:
    """The moment of handing in, or None and why there is none: empty if the system says nothing.

    ``zone`` is the course's. A time without a zone is in UTC, as the systems that write such times mean it.
    """
    if handed.time is None:
        return None, ""
    if not handed.time.strip():
        return None, "it is empty"
    try:
        return read_moment(handed.time, zone, bare=UTC), ""
    except ValueError as error:
        shown = printable(handed.time.strip())
        return None, f"{shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + '…'!r}: {error}"


def unread_times(unread: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Sentences for staff about times that could not be read, from names and reasons: one sentence a reason."""
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for name, why in unread:
        by_reason.setdefault(why.rpartition(": ")[2], []).append((name, why))
    several = sorted(by_reason.values(), key=lambda some: -len(some))
    for some in several[:MAX_REASONS]:
        names, why = [name for name, _ in some], some[0][1]
        example = "for example, " if len(some) > 1 and ": " in why else ""
        yield (
            f"the time of {first_few(names)} could not be read ({example}{why}), so nothing is taken off for lateness; "
            "write it with an offset from UTC, such as 2027-02-21 23:59:00 -0500, and grade again"
        )
    if rest := sum(map(len, several[MAX_REASONS:])):
        yield f"{many(rest, 'more time')} could not be read, for other reasons: see time_note in scores.csv"
