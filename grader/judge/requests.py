"""Requests to a judge in a process of its own, and its answer."""

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
"""Exit code of a judge that ran out of the memory it may take outside of any test."""


@dataclass(frozen=True)
class Setup:
    """What a judge is told first."""

    problem_set: ProblemSet | Path
    plan: Plan | None
    unsafe: bool
    alone: bool


@dataclass(frozen=True)
class Task:
    """A submission to judge, and the steps to leave out because they brought a judge down before."""

    submission: Submission
    omitted: dict[str, Omitted] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """A submission whose result is to be made without running it."""

    submission: Submission
    status: Status
    reason: str


@dataclass(frozen=True)
class Trial:
    """One test, by its key, to run against the reference solution; the answer is whether it passes."""

    test: str


@dataclass(frozen=True)
class Judged:
    """The answer to a `Task` or a `Refusal`."""

    result: SubmissionResult
    behaviour: SubmissionBehaviour | None
    problems: list[str]
