"""Times as people and systems write them, and days by the calendar of a time zone.

A time without an offset from UTC is what a clock shows, and when clocks change they show some times twice and skip
others. Of the two moments that such a time could mean, a due date is the later and a submission time the earlier:
whichever is better for the student.
"""

from __future__ import annotations

import difflib
import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal

__all__ = [
    "Shift",
    "date_and_time",
    "in_zone",
    "later_by",
    "read_moment",
    "read_shift",
    "stamp",
    "zone_named",
]

_WRITTEN = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)[T ]+(?P<hour>\d\d?):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?[ ]*(?P<zone>\S{1,60})?",
    re.ASCII,
)
# Python names a zone with a fixed offset ``UTC-05:00``.
_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?", re.ASCII)
_UTC = {"Z", "UTC", "GMT", "UT"}
_ABBREVIATION = re.compile(r"[A-Za-z]{2,6}", re.ASCII)
# Zones that never change their clocks, often named by people who mean a place that does.
_MISLEADING = {"EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu"}
_SHIFT = re.compile(r"\+(?=\d)(?:(\d{1,3})d)?(?:(\d{1,4})h)?", re.ASCII)
# At the ends of the calendar, a moment may not exist in another zone.
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
EXAMPLE = "2027-02-21 23:59"

Shift = tuple[int, int]
"""Calendar days and elapsed hours, as in ``+1d12h``."""


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of that name in the IANA database.

    Raises:
        ValueError: There is none, or its name is misleading; the message says what to write.
    """
    if name in _MISLEADING:
        raise ValueError(
            f"{name!r} never changes its clocks; name a place instead, such as {_MISLEADING[name]}"
        )
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = {zone.casefold(): zone for zone in zoneinfo.available_timezones()}
        asked = name.strip().replace(" ", "_").casefold()
        places = {zone.rpartition("/")[2]: zone for zone in sorted(known) if "/" in zone}
        close = difflib.get_close_matches(asked, known, n=1) or [
            places[place] for place in difflib.get_close_matches(asked, places, n=1)
        ]
        meant = f"did you mean {known[close[0]]}?" if close else "write a name such as America/New_York"
        raise ValueError(f"there is no time zone {name!r}; {meant}") from None


def in_zone(clock: datetime, zone: tzinfo, which: Literal["earlier", "later"] = "later") -> datetime:
    """The moment at which clocks in a zone show this time.

    If they show it twice, or skip it when they go forward, ``which`` decides between the two moments it could be:
    02:30 on a day that skips it is 01:30 or 03:30.
    """
    both = [clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return (min(both) if which == "earlier" else max(both)).astimezone(zone)


def later_by(moment: datetime, shift: Shift, zone: tzinfo | None) -> datetime:
    """So many days later at the same time of day by the zone's clocks (without one, UTC's), then so many hours."""
    days, hours = shift
    local = moment.astimezone(zone or UTC)
    if days:
        local = in_zone(local.replace(tzinfo=None) + timedelta(days=days), zone or UTC)
    return (local.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone or UTC)


def read_shift(text: str) -> Shift | None:
    """``+3d``, ``+12h`` or ``+1d12h``; None for any other text.

    >>> read_shift("+1d12h"), read_shift("+12h"), read_shift("2027-02-21 23:59")
    ((1, 12), (0, 12), None)
    """
    match = _SHIFT.fullmatch(text.strip())
    return (int(match[1] or 0), int(match[2] or 0)) if match else None


def read_moment(
    text: str,
    zone: tzinfo | None,
    *,
    bare: tzinfo | None,
    which: Literal["earlier", "later"] = "earlier",
) -> datetime:
    """The moment in a text such as ``2027-02-21 23:59:00.948203 -0500``.

    It may end in an offset from UTC, ``Z``, ``UTC``, ``GMT`` or a name from the IANA database. An abbreviation such as
    EST means different things in different places, so it is read only if the course's own zone uses it at that time.

    Args:
        text: The text.
        zone: The course's time zone, which confirms abbreviations.
        bare: The time zone if the text names none; None if nobody knows.
        which: Which of two moments it is, if clocks show the time twice or skip it.

    Raises:
        ValueError: It cannot be read; the message says why, as the end of a sentence.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None or (match["zone"] or "").upper() in ("AM", "PM"):
        raise ValueError(f"it is not a date and time such as {EXAMPLE}")
    parts = {name: int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    fraction = (match["fraction"] or "")[:6].ljust(6, "0")
    try:
        clock = datetime(**parts, microsecond=int(fraction))  # type: ignore[arg-type]
    except ValueError:
        raise ValueError("there is no such date and time") from None
    if not _FIRST_YEAR <= clock.year <= _LAST_YEAR:
        raise ValueError(f"its year is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    named = match["zone"]
    if named is None:
        if bare is None:
            raise ValueError("it has no time zone")
        return in_zone(clock, bare, which)
    if named.upper() in _UTC:
        return clock.replace(tzinfo=UTC)
    if offset := _OFFSET.fullmatch(named):
        return clock.replace(tzinfo=_fixed(offset))
    if _ABBREVIATION.fullmatch(named):
        return _abbreviated(clock, named, zone)
    try:
        return in_zone(clock, zone_named(named), which)
    except ValueError:
        raise ValueError(f"{named} is not a time zone") from None


def _fixed(offset: re.Match[str]) -> timezone:
    hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
    if minutes > 59 or hours * 60 + minutes > 14 * 60:  # Kiribati is the farthest
        raise ValueError(f"no time zone is {offset[0]} from UTC")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if offset["sign"] == "-" else ahead)


def _abbreviated(clock: datetime, name: str, zone: tzinfo | None) -> datetime:
    if zone is None:
        raise ValueError(
            f"{name} can mean more than one time zone, and the course does not name its own (timezone:)"
        )
    for fold in (0, 1):
        moment = clock.replace(tzinfo=zone, fold=fold)
        there = moment.astimezone(UTC).astimezone(zone)
        # A time that clocks skip comes back as another time.
        if moment.tzname() == name and there.replace(tzinfo=None) == clock:
            return moment
    raise ValueError(f"{name} can mean more than one time zone, and {zone} does not use it at that time")


def date_and_time(moment: datetime, zone: tzinfo | None) -> str:
    """A moment as people read it, with the name of the zone whose clocks it goes by; without one, UTC.

    >>> date_and_time(datetime(2027, 2, 22, 4, 59, tzinfo=UTC), zone_named("America/New_York"))
    '21 February 2027, 23:59 EST'
    """
    local = moment.astimezone(zone or UTC)
    return f"{local:%d %B %Y, %H:%M} {_called(local)}"


def stamp(moment: datetime, zone: tzinfo | None) -> str:
    """A moment to the second, for lines and columns, with the name of its zone; without one, UTC.

    >>> stamp(datetime(2027, 2, 22, 4, 59, tzinfo=UTC), None)
    '2027-02-22 04:59:00 UTC'
    """
    local = moment.astimezone(zone or UTC)
    return f"{local:%Y-%m-%d %H:%M:%S} {_called(local)}"


def _called(local: datetime) -> str:
    """The zone's abbreviation, or its offset from UTC if it has only digits for one."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"
