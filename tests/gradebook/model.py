"""The rules of docs/gradebook.md, once more and as plainly as they can be written."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.gradebook.course import DAY, DUE

BY_HAND = ("q3", "q4")
QUESTIONS = ("q1", "q2", "q3", "q4", "q5")
"""Of 3, 2 and 4 points, and two bonus questions of 1."""
EXPECTED = (1, 2, 3)
"""The students of the roster."""

Points = Fraction | None


@dataclass
class Work:
    """One attempt, as the model knows it."""

    number: int
    name: str
    content: str
    by: tuple[int, ...]
    received: datetime
    time: datetime | None
    late: bool
    graded: tuple[str, dict[str, Fraction]] | None = None


@dataclass
class Model:
    """What happened to a class, and what everyone has for it."""

    works: list[Work] = field(default_factory=list)
    by_hand: list[tuple[Work, str, Points]] = field(default_factory=list)
    """In the order they were given."""
    overrides: dict[tuple[int, str | None], Points] = field(default_factory=dict)
    extensions: dict[int, datetime | None] = field(default_factory=dict)
    choices: dict[int, int | None] = field(default_factory=dict)
    published: bool = False

    def hand_in(self, new: Work) -> Work:
        """The attempt that this is: a new one, or one that is known already."""
        under = [one for one in self.works if one.name == new.name]
        for one in reversed(under):
            last_without_time = one is under[-1] and None in (one.time, new.time)
            if one.content == new.content and (last_without_time or (new.time and one.time == new.time)):
                one.by = new.by
                if new.time:
                    one.time, one.late = new.time, new.late
                else:
                    one.late = one.late or new.late
                return one
        self.works.append(new)
        return new

    @staticmethod
    def latest_last(works: list[Work]) -> list[Work]:
        moments: dict[int, datetime] = {}
        for one in works:
            moments[one.number] = one.time or max([one.received, *moments.values()])
        return sorted(works, key=lambda one: (moments[one.number], one.number))

    def of(self, student: int) -> list[Work]:
        return self.latest_last([one for one in self.works if one.graded and student in one.by])

    def last_under(self, name: str) -> Work | None:
        return next(reversed(self.latest_last([w for w in self.works if w.graded and w.name == name])), None)

    def counting(self, student: int) -> Work | None:
        mine = self.of(student)
        chosen = [one for one in mine if one.number == self.choices.get(student)]
        return next(iter(chosen), mine[-1] if mine else None)

    def points(self, student: int) -> dict[str, Points]:
        """By question, before lateness."""
        work = self.counting(student)
        found: dict[str, Points] = dict.fromkeys(QUESTIONS)
        if work and work.graded:
            status, earned = work.graded
            if status == "graded":
                found |= earned
            if status == "failed_to_run":
                found |= {"q1": Fraction(0), "q2": Fraction(0), "q5": Fraction(0)}
            found |= {q: self.given(work, q) for q in BY_HAND}
        given = {q: self.overrides.get((student, q)) for q in QUESTIONS}
        return found | {q: points for q, points in given.items() if points is not None}

    def give(self, work: Work, question: str, points: Points) -> None:
        if points != self.given(work, question):
            self.by_hand.append((work, question, points))

    def given(self, work: Work, question: str) -> Points:
        """The last points by hand for this content, by people who overlap, directly or through further attempts."""
        people, before = set(work.by), set()
        while people != before:
            before = people
            same = [one for one in self.works if one.graded and one.content == work.content]
            people = people.union(*(one.by for one in same if people & set(one.by)))
        points = None
        for one, about, given in self.by_hand:
            if about == question and one.content == work.content and people & set(one.by):
                points = given
        return points

    def score(self, student: int) -> Points:
        whole = self.overrides.get((student, None))
        if whole is not None:
            return whole
        work, points = self.counting(student), [p for p in self.points(student).values() if p is not None]
        if not points or (work and work.graded and work.graded[0] == "grader_error"):
            return None
        percent = min(10 * self.days_late(student, work), 50) if work else 0
        return sum(points, Fraction(0)) * (100 - percent) / 100

    def days_late(self, student: int, work: Work) -> int:
        extension = self.extensions.get(student)
        if work.time is None:
            return int(work.late and extension is None)
        over = work.time - (extension or DUE)
        return 0 if over <= timedelta(minutes=15) else math.ceil(over / DAY)

    def students(self) -> set[int]:
        return {*EXPECTED, *(one for work in self.works if work.graded for one in work.by)}


def shown(points: Points, none: str = "") -> str:
    """To two decimals, half up, as a person writes it."""
    if points is None:
        return none
    exactly = Decimal(points.numerator) / Decimal(points.denominator)
    return f"{exactly.quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
