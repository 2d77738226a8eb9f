"""Attempts on their way into a batch: which of them are graded, and under which names."""

from __future__ import annotations

import functools
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.intake.found import Attempts, Found
from grader.intake.handed import Handed
from grader.intake.names import safe_name, short_name
from grader.intake.tree import Tree, Unused
from grader.text import first_few, short_digest

__all__ = ["Taken", "choose", "named"]


@dataclass(frozen=True)
class Taken:
    """What a layout read, and where it came from."""

    tree: Tree
    layout: str
    handed: Handed
    submitted: datetime | None = None
    unread: str = ""
    attempt: int = 1
    attempts: int = 1

    @property
    def place(self) -> Path:
        return self.tree.place(self.handed.where)

    @property
    def path(self) -> str:
        """The same for one file however it was named."""
        return os.path.abspath(self.place)

    @property
    def above(self) -> str:
        """The folder that holds it."""
        folder = self.handed.where.rpartition("/")[0].rpartition("/")[2]
        return folder or self.tree.name

    @property
    def essence(self) -> str:
        """What identifies it wherever the files lie and whoever else hands in: its student, or else its path."""
        return self.handed.who or f"{self.tree.name}/{self.handed.where}"

    def when(self, *, timed: bool) -> tuple[float, tuple[str, int], str]:
        """Sorts one student's attempts: by time if all of them have one, and then by the layout's own order."""
        moment = self.submitted.timestamp() if timed and self.submitted else 0.0
        return (moment, self.handed.order, self.path)


def choose(taken: Iterable[Taken], attempts: Attempts, unused: list[Unused]) -> list[Taken]:
    """The attempts to grade, each with its number; the others are added to ``unused``."""
    by_student: dict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        by_student[one.handed.who or f"\0{len(by_student)}"].append(one)
    chosen = []
    for several in by_student.values():
        timed = all(one.submitted for one in several)
        several.sort(key=functools.partial(Taken.when, timed=timed))
        last = len(several)
        wanted = {"latest": {last}, "first": {1}, "all": set(range(1, last + 1))}[attempts]
        for number, one in enumerate(several, 1):
            if number in wanted:
                chosen.append(replace(one, attempt=number, attempts=last))
            else:
                what = f"is attempt {number} of {last} by {one.handed.label}"
                unused.append(Unused(one.place, f"{what}; only the {attempts} is graded (see --attempt)"))
    return chosen


def named(taken: list[Taken], attempts: Attempts) -> tuple[list[Found], list[str]]:
    """The submissions, sorted by their unique names, and sentences about those that would have shared a name.

    A name that lost part of what tells the submission apart ends with a digest, whoever else is there. If several share
    a name, all of them get a digest, so that a decision about one never reaches another. If names differ in capitals
    only, the one without capitals keeps its name.
    """
    taken = sorted(taken, key=lambda one: one.path)
    # With all attempts each name holds its number, so that no later attempt takes over a name.
    ends = [f"-attempt{one.attempt}" * (attempts == "all" and one.attempts > 1) for one in taken]
    plain = [_own_name(one) + end for one, end in zip(taken, ends, strict=True)]
    counts, alike = Counter(plain), Counter(name.casefold() for name in plain)
    names: set[str] = set()
    found = []
    shared: dict[str, list[str]] = defaultdict(list)
    for one, name in zip(taken, plain, strict=True):
        unique = name
        contested = counts[name] > 1 or (alike[name.casefold()] > 1 and name != name.casefold())
        if contested:
            above = f"{safe_name(one.above)}-" * (not one.handed.who)
            unique = f"{above}{name}-{short_digest(one.essence)}"
        unique = short_name(unique)
        if unique.casefold() in names:  # two paths that end alike
            unique = short_name(f"{unique}-{short_digest(one.path)}")
        names.add(unique.casefold())
        if counts[name] > 1:
            shared[name].append(unique)
        handed = one.handed
        when = (one.attempt, one.submitted, one.unread, handed.late)
        found.append(Found(unique, one.place, handed.files, handed.students, *when, one.layout))
    doubts = [
        f"{len(several)} submissions would share the name {name}; they are called {first_few(several, 3)} instead, and "
        f"earlier decisions about {name} stay with that name"
        for name, several in shared.items()
    ]
    return sorted(found, key=lambda one: one.name), doubts


def _own_name(one: Taken) -> str:
    """The label as a name, with ``_`` for blanks; with a digest if the name lost what tells the submission apart."""
    name, own = safe_name(one.handed.label), one.handed.own or one.handed.label
    tells = safe_name(own) == own.replace(" ", "_") and name.endswith(safe_name(own))
    return name if tells else f"{name}-{short_digest(one.essence)}"
