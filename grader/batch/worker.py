"""One submission as work that can be done anywhere, and what a cluster's worker does with it."""

from __future__ import annotations

import atexit
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.batch.bundle import CourseBundle, unpacked
from grader.judge.watched import Grader
from grader.results import Status, StudentIdentity, SubmissionBehaviour, SubmissionResult
from grader.submission import Submission

__all__ = ["Graded", "Job", "grade_here", "grade_with"]


@dataclass(frozen=True)
class Job:
    """One submission to grade, as bytes: a worker needs no access to its files."""

    pset: Path
    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    student: StudentIdentity | None = None
    refused: tuple[Status, str] | None = None
    """Status and reason of a submission that must not be run."""
    unsafe: bool = False
    alone: bool = False
    """Whether no other student's work is or will be on this machine."""

    def refuse(self, status: Status, reason: str) -> Job:
        """The same submission, which must not be run."""
        return replace(self, files={}, refused=(status, reason))


@dataclass(frozen=True)
class Graded:
    """What came of a job."""

    result: SubmissionResult
    behaviour: SubmissionBehaviour | None = None
    problems: tuple[str, ...] = ()
    """What else staff should know; the same sentence for every submission it concerns."""


def grade_with(grader: Grader, job: Job) -> Graded:
    """Grade a submission; raises GradmarkError only if no submission of this problem set can be graded."""
    submission = Submission(job.name, job.files, job.student)
    if job.refused:
        return Graded(grader.refuse(submission, *job.refused))
    return Graded(grader.grade(submission), grader.behaviour, tuple(grader.problems))


# On a cluster ------------------------------------------------------------------------------------------------

# A worker may have several threads; a grader serves one submission at a time.
_lock = threading.Lock()
_graders: dict[tuple[str, bool], Grader] = {}


def grade_here(job: Job, course: CourseBundle) -> Graded:
    """Grade a submission in this process's own copy of the course, and keep the grader for the next one."""
    with _lock:
        key = (course.sha256, job.unsafe)
        if key not in _graders:
            _graders[key] = Grader(unpacked(course), unsafe=job.unsafe)
            atexit.register(_graders[key].close)
        return grade_with(_graders[key], job)
