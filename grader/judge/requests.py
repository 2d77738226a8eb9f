"""What a judge in a process of its own is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.pset import ProblemSet
from grader.results import Status, SubmissionBehaviour, SubmissionResult
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.judge.verdicts import Omitted
    from grader.sandbox.isolation import Plan

__all__ = ["OUT_OF_MEMORY", "Judged", "Refusal", "Setup", "Task", "Trial"]

OUT_OF_MEMORY = 77
"""Exit code of a judge that ran out of the memory it may take, outside of any test."""


@dataclass(frozen=True)
class Setup:
    """What a judge is told first."""

    problem_set: ProblemSet | Path
    plan: Plan | None
    unsafe: bool
    alone: bool


@dataclass(frozen=True)
class Task:
    """One submission to judge; what is omitted brought a judge down before."""

    submission: Submission
    omitted: dict[str, Omitted] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """A submission that is not to be run."""

    submission: Submission
    status: Status
    reason: str


@dataclass(frozen=True)
class Trial:
    """One test, by its key, to be run against the reference solution: whether it passes."""

    test: str


@dataclass(frozen=True)
class Judged:
    """What a judge answers to a `Task` or a `Refusal`."""

    result: SubmissionResult
    behaviour: SubmissionBehaviour | None
    problems: list[str]
