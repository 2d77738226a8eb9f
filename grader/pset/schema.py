"""What pset.yaml and course.yaml may contain: one struct per mapping, and every default."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

import msgspec

from grader.limits import Limits
from grader.points import number, stored

__all__ = ["CourseFile", "Drawn", "Late", "Limits", "PsetFile", "Question", "Verdict", "Visibility"]

Visibility = Literal["hidden", "after_due_date", "after_published"]

Verdict = Literal["at_once", "after_due_date"]

Name = Annotated[str, msgspec.Meta(min_length=1)]
# It must be impossible to guess: `gradmark new` writes 32 random digits.
Seed = Annotated[str, msgspec.Meta(min_length=16)]
# A question's id is a column of scores.csv, a file name (tests/q1.py) and an argument of grader.check.
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


def _check(name: str, value: Fraction, most: int | None = None) -> None:
    """The check that msgspec's own bounds make for a float; raises `ValueError`."""
    if value < 0:
        raise ValueError(f"{name} must be at least 0")
    if most is not None and value > most:
        raise ValueError(f"{name} must be at most {most}")


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question. Its tests earn its points, or a person awards them if it is ``manual``."""

    id: Identifier
    title: Name
    points: Fraction
    functions: tuple[Name, ...] = ()
    """Functions and classes that students write for this question."""
    values: tuple[Name, ...] = ()
    """Variables that students give a value."""
    manual: bool = False
    bonus: bool = False
    """Whether its points are added on top of the problem set's."""
    verdict: Verdict | None = None
    """When students learn at the earliest whether they are right; by default, after the due date where they can
    guess."""

    def __post_init__(self) -> None:
        _check("points", self.points)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that students write for this question."""
        return (*self.functions, *self.values)

    def unlike(self, reached: Fraction) -> str:
        """The error if its tests, without bonus tests, do not add up to its points; empty if they do."""
        if self.manual or reached == self.points:
            return ""
        # Rounded, 0.33 points and a third would look the same.
        write = number if number(reached) != number(self.points) else stored
        return (
            f"question {self.id!r} has {write(self.points)} point{'s' * (self.points != 1)} but its tests add up to "
            f"{write(reached)}; change one of them"
        )


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What handing in after the due date costs, in percent of the points earned."""

    percent_per_day: Fraction
    """For every day, or part of a day, since the due date."""
    grace_minutes: Annotated[float, msgspec.Meta(ge=0)] = 0
    """How long after the due date still counts as on time."""
    cap_percent: Fraction = Fraction(100)
    """The most that lateness can cost."""
    budget_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Late days that cost a student nothing, over all problem sets of the course."""
    budget_days_each: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """The most of them that count for one problem set."""

    def covered(self, days: int, left: int) -> int:
        """How many of ``days`` late days the budget covers if ``left`` of it is left."""
        most = left if self.budget_days_each is None else min(left, self.budget_days_each)
        return max(0, min(days, most))

    def __post_init__(self) -> None:
        _check("percent_per_day", self.percent_per_day, most=100)
        _check("cap_percent", self.cap_percent, most=100)


class CourseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """psets/course.yaml: settings for every problem set that has none of its own."""

    timezone: Name | None = None
    late: Late | None = None


class Drawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one name of a variant stands for: exactly one of the kinds below, drawn for each student."""

    choose: tuple[Any, ...] | None = None
    """Numbers or texts, one of which is drawn."""
    integer: tuple[int, int] | None = None
    """The least and the greatest of the whole numbers."""
    number: tuple[Fraction, Fraction] | None = None
    """The least and the greatest of the numbers that are ``step`` apart."""
    step: Fraction | None = None
    words: tuple[str, ...] | None = None
    """Wordings, one of which is drawn."""
    data: str | None = None
    """A function of the reference that makes a data file, such as ``reference.spring.readings``."""


class PsetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """pset.yaml."""

    title: Name
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    seed: Seed | None = None
    """The secret that hidden tests draw from; by default, a digest of the suite."""
    handout: str | None = None
    """A file beside pset.yaml; by default, the folder's name with ``.md``."""
    expected_hours: Annotated[float, msgspec.Meta(gt=0)] | None = None
    due: str | None = None
    """The text as written; `ProblemSet.due` is the moment."""
    timezone: Name | None = None
    """The time zone of ``due`` and every page, as an IANA name; by default, the course's."""
    late: Late | None = None
    """By default, the course's; without either, lateness is shown but costs nothing."""
    counts: Literal["latest", "best"] = "latest"
    """Which attempt counts if nobody has chosen one."""
    visibility: Visibility = "hidden"
    """When students see hidden tests, in Gradescope's terms."""
    inherited: Literal["full", "half", "none"] = "full"
    """What a failed test earns if its functions are right, given what wrong functions of other questions return."""
    fresh: Literal["submission", "question"] = "submission"
    """Whether each submission or each question runs in its own process."""
    preload: tuple[Name, ...] = ("numpy", "matplotlib.pyplot")
    """Modules the sandbox imports before any submission arrives."""
    data: str | None = None
    """A folder whose files are beside the notebook when it runs."""
    limits: Limits = Limits()
    variants: dict[Identifier, Drawn | int] | None = None
    """What is drawn for each student, by name, and ``groups``, how many variants there are."""
