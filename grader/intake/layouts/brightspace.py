"""Brightspace's download of an assignment: a folder an attempt, ``<number>-<number> - <name> - <time>``.

Or each file's name begins so. An ``index.html`` lies beside them. Brightspace does not document this: it is what
several tools that read such downloads agree on. None of them says which number is the student's; here it is the one
that always comes with the same name. The time has no zone: it orders attempts, but is no time of submission.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from grader.intake.handed import Handed
from grader.intake.tree import Entry, Tree
from grader.results import StudentIdentity

__all__ = ["read"]

# The first name and time that fit count: students choose their names, but also all that follows the time.
_NAME = re.compile(
    r"(?P<first>\d+)-(?P<second>\d+) - (?P<name>.+?) - "
    r"(?P<time>(?:\d{4}-\d\d-\d\d|[^-]*\b20\d\d\b)[^-]*?)(?: - (?P<file>.+))?",
    re.DOTALL,
)
_TIME = re.compile(
    r"(?P<day>[A-Z][a-z]{2})[a-z]*\.? (?P<rest>\d{1,2}, \d{4}) (?P<hour>\d{1,2}?)(?P<minute>\d\d) ?(?P<half>[AP]M)"
)
_Key = tuple[str, str, str, str]
"""Both numbers, the name and the time."""


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The students' attempts, if at least half of what lies at the top has Brightspace's names."""
    for top in (tree.top, tree.unwrapped):
        listed = [*top.folders, *(name for name in top.files if name != "index.html")]
        fits = [match for name in listed if (match := _NAME.fullmatch(name))]
        if fits and 2 * len(fits) >= len(listed):
            break
    else:
        return None
    attempts: dict[_Key, dict[str, Entry]] = defaultdict(dict)
    where: dict[_Key, str] = {}
    for name in sorted({*top.folders, *top.files}):
        match = _NAME.fullmatch(name)
        key = (match["first"], match["second"], match["name"], match["time"]) if match else ("",) * 4
        if folder := top.folders.get(name):
            if match and not match["file"]:
                attempts[key] |= folder.contents()
                where.setdefault(key, folder.path)
            else:
                tree.leave_all(folder, "has no name that Brightspace gives")
        if entry := top.files.get(name):
            if match and match["file"]:
                attempts[key][match["file"]] = entry
                where.setdefault(key, entry.path)
            elif name != "index.html":
                tree.leave(entry, "has no name that Brightspace gives")
    place = _place_of_number(attempts)
    return [_handed(key, files, where[key], place) for key, files in sorted(attempts.items())]


def _handed(key: _Key, files: dict[str, Entry], where: str, place: int | None) -> Handed:
    first, second, name, time = key
    number = f"{first}-{second}" if place is None else key[place]
    return Handed(
        label=f"{name}_{number}",
        where=where,
        files=files,
        who=f"brightspace:{number}:{name}",
        order=(_sortable(time), 0),
        students=(StudentIdentity(name=name),),
        own=number,
    )


def _place_of_number(keys: Iterable[_Key]) -> int | None:
    """Which number is the student's; None if only both together tell students apart."""
    keys = list(keys)
    for place in (0, 1):
        names: dict[str, set[str]] = defaultdict(set)
        for key in keys:
            names[key[place]].add(key[2])
        if all(len(called) == 1 for called in names.values()):
            return place
    return None


def _sortable(time: str) -> str:
    """The time in a form that sorts; empty if it is written in another way."""
    match = _TIME.fullmatch(time.strip())
    if match is None:
        return time if time[:4].isdigit() else ""
    text = f"{match['day']} {match['rest']} {int(match['hour']):02}:{match['minute']} {match['half']}"
    try:
        return datetime.strptime(text, "%b %d, %Y %I:%M %p").isoformat()
    except ValueError:
        return ""
