"""What may stand in pset.yaml: one struct a mapping, every default written here and nowhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

__all__ = ["Limits", "PsetFile", "Question", "Visibility"]

Visibility = Literal["hidden", "after_due_date", "after_published"]

Seconds = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Name = Annotated[str, msgspec.Meta(min_length=1)]
# A question's id is a column of scores.csv, a file name (tests/q1.py) and an argument of grader.check.
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one submission may use before it is stopped."""

    cell_seconds: Seconds = 30
    """Wall time of one notebook cell."""
    call_seconds: Seconds = 10
    """Wall time of one call a test makes."""
    submission_seconds: Seconds = 180
    """Wall time of everything, cells and calls together."""
    cpu_seconds: Count = 180
    memory_mb: Count = 1024
    processes: Count = 64
    file_mb: Count = 64
    """Size of the largest single file."""
    scratch_mb: Count = 256
    """Size of all files a submission may write."""
    output_kb: Count = 256
    """Printed text that is kept."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question: its points are the sum of its tests' points, or a person's to give if ``manual``."""

    id: Identifier
    title: Name
    points: Annotated[float, msgspec.Meta(ge=0)]
    functions: tuple[Name, ...] = ()
    """Names the student writes for this question."""
    manual: bool = False


class PsetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of pset.yaml."""

    title: Name
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    handout: str | None = None
    """File beside pset.yaml; by default the folder's name with ``.md``."""
    expected_hours: Annotated[float, msgspec.Meta(gt=0)] | None = None
    due: datetime | None = None
    visibility: Visibility = "hidden"
    """Of hidden tests, in Gradescope's words."""
    fresh: Literal["submission", "question"] = "submission"
    """What runs in a process of its own."""
    preload: tuple[Name, ...] = ("numpy", "matplotlib.pyplot")
    """Modules the sandbox imports before any submission arrives."""
    data: str | None = None
    """Folder whose files lie beside the notebook when it runs."""
    limits: Limits = Limits()
