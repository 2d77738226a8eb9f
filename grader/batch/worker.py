"""What runs in a worker process: one grader for each problem set, kept for the next submission.

A worker imports the suite's side, pytest with it, only when the sandbox's template is on its way: the two get ready
side by side.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.bundle import CourseBundle, unpacked
from grader.errors import GradmarkError
from grader.pset import ProblemSet, load_problem_set
from grader.results import Status, StudentIdentity, SubmissionBehaviour, SubmissionResult
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.suite import Grader

__all__ = ["Graded", "Job", "grade", "prepare", "start"]

LAST_SECONDS = 90
"""For starting the sandbox, beyond a submission's time; that counts twice, since all may be done again."""


@dataclass(frozen=True)
class Job:
    """One submission to grade, as bytes: a worker needs nothing of the submission's disk."""

    pset: Path
    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    student: StudentIdentity | None = None
    refused: tuple[Status, str] | None = None
    """Status and reason of a submission that is not to be run."""
    unsafe: bool = False
    alone: bool = False
    """Whether nobody else's work is on this machine, nor will be."""

    def refuse(self, status: Status, reason: str) -> Job:
        """The same submission, not to be run."""
        return replace(self, files={}, refused=(status, reason))


# A cluster's worker may have several threads; a grader serves one submission at a time.
_lock = threading.Lock()
_graders: dict[tuple[Path, bool, bool], Grader] = {}


def start() -> None:
    """Prepare this process: Ctrl-C is the parent's business, and nobody may read our memory."""
    from grader.sandbox.isolation.identity import forbid_inspection

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forbid_inspection()
    atexit.register(_close)


@dataclass(frozen=True)
class Graded:
    """What a worker sends back."""

    result: SubmissionResult
    behaviour: SubmissionBehaviour | None = None
    problems: tuple[str, ...] = ()
    """What staff should know beside it; the same sentence for every submission that it concerns."""


def prepare(pset: Path, unsafe: bool, alone: bool) -> None:
    """Get ready for submissions to a problem set; what is wrong with it is said when one is graded."""
    with _lock, contextlib.suppress(GradmarkError):
        _grader(pset, unsafe, alone, runs=True)


def grade(job: Job, course: CourseBundle | None = None) -> Graded:
    """Grade a submission; raises GradmarkError only where no submission of this problem set can be graded.

    Args:
        job: The submission.
        course: The course, where this process does not share the disk it lies on.
    """
    with _lock:
        pset = unpacked(course) if course else job.pset
        grader = _grader(pset, job.unsafe, job.alone, runs=not job.refused)
        submission = Submission(job.name, job.files, job.student)
        if job.refused:
            return Graded(grader.refuse(submission, *job.refused))
        with _alarm(2 * grader.problem_set.limits.submission_seconds + LAST_SECONDS):
            result = grader.grade(submission)
        return Graded(result, grader.behaviour, tuple(grader.problems))


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer: a test may be inside one call into C, where nothing else reaches it.

    Another worker tries the submission then, and the signal says what happened if it ends that one too.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _grader(pset: Path, unsafe: bool, alone: bool, *, runs: bool) -> Grader:
    key = (pset, unsafe, alone)
    if key not in _graders:
        try:
            _graders[key] = _new_grader(load_problem_set(pset), unsafe, alone, runs)
        except GradmarkError:
            raise
        except Exception as error:
            raise GradmarkError(
                f"the grader of {pset.name} cannot start: {type(error).__name__}: {error}"
            ) from error
        # What a suite and its libraries made lives as long as the worker: never walk through it again.
        gc.collect()
        gc.freeze()
    return _graders[key]


def _new_grader(problem_set: ProblemSet, unsafe: bool, alone: bool, runs: bool) -> Grader:
    from grader.sandbox.outside.host import Sandbox

    sandbox = Sandbox(**problem_set.sandbox_needs(), unsafe=unsafe, alone=alone)
    try:
        if runs:
            sandbox.launch()
        from grader.suite import Grader

        grader = Grader(problem_set, sandbox=sandbox)
        if runs:
            grader.get_ready()
        return grader
    except BaseException:
        sandbox.close()
        raise


def _close() -> None:
    for grader in _graders.values():
        grader.close()
