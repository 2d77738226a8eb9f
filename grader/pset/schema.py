"""What may stand in pset.yaml: one struct a mapping, every default written here and nowhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from grader.limits import Limits

__all__ = ["Late", "Limits", "PsetFile", "Question", "Visibility"]

Visibility = Literal["hidden", "after_due_date", "after_published"]

Name = Annotated[str, msgspec.Meta(min_length=1)]
# What cannot be guessed: `gradmark new` writes 32 random digits.
Seed = Annotated[str, msgspec.Meta(min_length=16)]
# A question's id is a column of scores.csv, a file name (tests/q1.py) and an argument of grader.check.
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question: its points are the sum of its tests' points, or a person's to give if ``manual``."""

    id: Identifier
    title: Name
    points: Annotated[float, msgspec.Meta(ge=0)]
    functions: tuple[Name, ...] = ()
    """Names the student writes for this question."""
    manual: bool = False
    bonus: bool = False


Percentage = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What handing in after the due date costs, in per cent of the points earned."""

    percent_per_day: Percentage
    """For every day that has begun since the due date."""
    grace_minutes: Annotated[float, msgspec.Meta(ge=0)] = 0
    """How late is not late yet."""
    cap_percent: Percentage = 100
    """The most that lateness takes."""


class PsetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of pset.yaml."""

    title: Name
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    seed: Seed | None = None
    """The secret that hidden tests draw from; without it, one follows from the suite's content."""
    handout: str | None = None
    """File beside pset.yaml; by default the folder's name with ``.md``."""
    expected_hours: Annotated[float, msgspec.Meta(gt=0)] | None = None
    due: datetime | None = None
    late: Late | None = None
    """Without it, lateness is shown and costs nothing."""
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
