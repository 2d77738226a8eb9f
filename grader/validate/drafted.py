"""Looks at a drafted problem set: what its files get wrong, and on which tests its solution or a blank one errs."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.adopt.draft import Seen
from grader.build.notebooks import notebook_bytes, solution_notebook
from grader.draws import GRADED
from grader.errors import CourseError, SandboxError, UnsafeHost
from grader.judge.watched import Grader
from grader.pset import ProblemSet, load_problem_set
from grader.pset.valuecheck import faulty_values
from grader.submission import Submission
from grader.validate.pool import run_all
from grader.validate.quick import examine
from grader.validate.run import TRIAL_SECONDS
from grader.validate.trials import AcceptTrial, StubTrial, Trials

__all__ = ["look_at_draft"]


def look_at_draft(path: Path) -> Seen:
    """What is to be corrected in a draft.

    Args:
        path: The problem set's folder.
    """
    errors = examine(path)
    if errors:
        return Seen(tuple(map(str, errors)), _faulty(path))
    failing, passing = set[str](), set[str]()
    jobs = [AcceptTrial(GRADED), StubTrial("blank", GRADED), StubTrial("starter", GRADED)]
    try:
        results = list(run_all(jobs, _Silent(path), workers=1, seconds=TRIAL_SECONDS))
    except Exception as error:  # what the author's code raises where it is not run as a notebook
        values = load_problem_set(path).values
        return Seen(() if values else (f"It cannot be tried out: {type(error).__name__}: {error}",), values)
    for job, runs in results:
        for run in runs if isinstance(runs, list) else ():
            if isinstance(job, AcceptTrial) and not run.passed:
                failing.add(run.name)
            elif isinstance(job, StubTrial) and run.passed:
                passing.add(run.name)
    return Seen(
        failing=frozenset(failing | _failing_in_sandbox(load_problem_set(path))), passing=frozenset(passing)
    )


class _Silent(Trials):
    """Runs trials without what the author's code prints."""

    def __call__(self) -> Callable[[Any], Any]:
        with contextlib.redirect_stdout(io.StringIO()):
            return super().__call__()

    def run(self, trial: Any) -> Any:
        with contextlib.redirect_stdout(io.StringIO()):
            return super().run(trial)


def _faulty(path: Path) -> frozenset[str]:
    try:
        return frozenset(faulty_values(load_problem_set(path)))
    except CourseError:
        return frozenset()


def _failing_in_sandbox(pset: ProblemSet) -> set[str]:
    """The tests that the solved handout fails as a submission; none where this machine has no sandbox."""
    files = {f"{pset.name}.ipynb": notebook_bytes(solution_notebook(pset))}
    try:
        with Grader(pset, unsafe=True) as grader:
            result = grader.grade(Submission("the solved handout", files))
    except (SandboxError, UnsafeHost):
        return set()
    return {test.name for one in result.questions for test in one.tests if test.status != "passed"}
