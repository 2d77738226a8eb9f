"""A user number that nobody has, drawn at random, so that two graders on one machine practically never share one.

Two submissions with the same user could signal each other, and would count towards each other's limit of threads.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["draw_user"]

Span = tuple[int, int]
"""Numbers from the first up to, but not including, the second."""

# Where to draw from, the best first: numbers that no distribution, directory or container manager hands out; any number
# above the 16 bits of old programs; and, if a container has only those, numbers above the system's own.
_RANGES: tuple[Span, ...] = ((0x7000_0000, 0x7FFE_0000), (65_536, 0x7FFF_FFFF), (1_000, 65_534), (1, 65_534))
_PLENTY = 1_024


def draw_user() -> int:
    """A number that this container has for users and for groups, and that nobody seems to use.

    Raises:
        OSError: None is left.
    """
    mapped = _overlap(_mapped("uid_map"), _mapped("gid_map"))
    taken = [*_listed("/etc/passwd"), *_listed("/etc/group"), *_running()]
    lent = [*_lent("/etc/subuid"), *_lent("/etc/subgid")]
    free = _choices(mapped, taken, lent)
    at = secrets.randbelow(_size(free)) if free else 0
    for first, end in free:
        if at < end - first:
            return first + at
        at -= end - first
    raise OSError("no user number is free here")


def _choices(mapped: list[Span], taken: list[Span], lent: list[Span]) -> list[Span]:
    """What to draw from. Numbers lent to users for their own containers are avoided as long as others are left."""
    open_to_us = [
        [_without(_overlap(mapped, [one]), [*taken, *kept]) for one in _RANGES] for kept in (lent, [])
    ]
    for of_each_range in open_to_us:
        for spans in of_each_range:
            if _size(spans) >= _PLENTY:
                return spans
    return max(open_to_us[1], key=_size)


def _size(spans: Iterable[Span]) -> int:
    return sum(end - first for first, end in spans)


def _overlap(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    others = list(others)
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(first, end) for first, end in both if first < end]


def _without(spans: list[Span], taken: Iterable[Span]) -> list[Span]:
    for first, end in taken:
        spans = [
            (low, high)
            for a, b in spans
            for low, high in ((a, min(b, first)), (max(a, end), b))
            if low < high
        ]
    return spans


def _mapped(name: str) -> list[Span]:
    """The numbers that exist in this user namespace."""
    lines = (line.split() for line in _map_file(name).splitlines())
    return [(int(first), int(first) + int(count)) for first, _, count in lines]


def _map_file(name: str) -> str:
    return Path(f"/proc/self/{name}").read_text()


def _listed(path: str) -> Iterator[Span]:
    """The numbers of users or groups in a file such as /etc/passwd."""
    for fields in _lines(path):
        with contextlib.suppress(ValueError, IndexError):
            yield int(fields[2]), int(fields[2]) + 1


def _lent(path: str) -> Iterator[Span]:
    for fields in _lines(path):
        with contextlib.suppress(ValueError, IndexError):
            yield int(fields[1]), int(fields[1]) + int(fields[2])


def _lines(path: str) -> list[list[str]]:
    try:
        return [line.split(":") for line in Path(path).read_text(errors="replace").splitlines()]
    except OSError:
        return []


def _running() -> Iterator[Span]:
    """The users of all visible processes."""
    users = set()
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, StopIteration):  # it has ended
                text = Path(f"/proc/{entry}/status").read_text()
                users.update(next(line for line in text.splitlines() if line.startswith("Uid:")).split()[1:])
    return ((int(user), int(user) + 1) for user in users)
