"""What may stand in pset.yaml and course.yaml: one struct a mapping, every default written here and nowhere else."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from grader.limits import Limits
from grader.points import number, stored

__all__ = ["CourseFile", "Late", "Limits", "PsetFile", "Question", "Visibility"]

Visibility = Literal["hidden", "after_due_date", "after_published"]

Name = Annotated[str, msgspec.Meta(min_length=1)]
# What cannot be guessed: `gradmark new` writes 32 random digits.
Seed = Annotated[str, msgspec.Meta(min_length=16)]
# A question's id is a column of scores.csv, a file name (tests/q1.py) and an argument of grader.check.
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


def _check(name: str, value: Fraction, most: int | None = None) -> None:
    """What msgspec's own bounds do for a float; raises `ValueError`."""
    if value < 0:
        raise ValueError(f"{name} must be at least 0")
    if most is not None and value > most:
        raise ValueError(f"{name} must be at most {most}")


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question: its points are the sum of its tests' points, or a person's to give if ``manual``."""

    id: Identifier
    title: Name
    points: Fraction
    functions: tuple[Name, ...] = ()
    """Names the student writes for this question."""
    manual: bool = False
    bonus: bool = False
    """Its points come on top of the problem set's."""

    def __post_init__(self) -> None:
        _check("points", self.points)

    def unlike(self, reached: Fraction) -> str:
        """What is wrong where the tests, bonus ones apart, add up to so much; nothing where they should."""
        if self.manual or reached == self.points:
            return ""
        # 0.33 points beside a third would be shown alike.
        write = number if number(reached) != number(self.points) else stored
        return (
            f"question {self.id!r} has {write(self.points)} points but its tests add up to {write(reached)}; "
            "change one of them"
        )


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What handing in after the due date costs, in per cent of the points earned."""

    percent_per_day: Fraction
    """For every day that has begun since the due date."""
    grace_minutes: Annotated[float, msgspec.Meta(ge=0)] = 0
    """How late is not late yet."""
    cap_percent: Fraction = Fraction(100)
    """The most that lateness takes."""
    budget_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Late days that cost a student nothing, counted over all problem sets of a course."""
    budget_days_each: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """The most of them for one problem set."""

    def covered(self, days: int, left: int) -> int:
        """How many of so many late days the budget covers of which so much is left."""
        most = left if self.budget_days_each is None else min(left, self.budget_days_each)
        return max(0, min(days, most))

    def __post_init__(self) -> None:
        _check("percent_per_day", self.percent_per_day, most=100)
        _check("cap_percent", self.cap_percent, most=100)


class CourseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of psets/course.yaml: what holds for every problem set that says nothing else."""

    timezone: Name | None = None
    late: Late | None = None


class PsetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of pset.yaml."""

    title: Name
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    seed: Seed | None = None
    """The secret that hidden tests draw from; without it, one follows from the suite's content."""
    handout: str | None = None
    """File beside pset.yaml; by default the folder's name with ``.md``."""
    expected_hours: Annotated[float, msgspec.Meta(gt=0)] | None = None
    due: str | None = None
    """As it is written; `ProblemSet.due` is the moment."""
    timezone: Name | None = None
    """Whose clocks ``due`` and every page go by, in place of the course's; an IANA name."""
    late: Late | None = None
    """In place of the course's; without either, lateness is shown and costs nothing."""
    counts: Literal["latest", "best"] = "latest"
    """Which of several attempts counts, where nobody has chosen one."""
    visibility: Visibility = "hidden"
    """Of hidden tests, in Gradescope's words."""
    fresh: Literal["submission", "question"] = "submission"
    """What runs in a process of its own."""
    preload: tuple[Name, ...] = ("numpy", "matplotlib.pyplot")
    """Modules the sandbox imports before any submission arrives."""
    data: str | None = None
    """Folder whose files lie beside the notebook when it runs."""
    limits: Limits = Limits()
