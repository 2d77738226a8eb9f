"""A validation: all trials of a problem set, run in parallel, and what follows from them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from grader.errors import SandboxError
from grader.pset import ProblemSet
from grader.sandbox.outside.host import Sandbox
from grader.validate.bench import Bench
from grader.validate.changes import Validated
from grader.validate.conclusions import Conclusions
from grader.validate.plan import TrialPlan
from grader.validate.pool import run_all
from grader.validate.report import Report, SuiteProblem
from grader.validate.trials import Trials

__all__ = ["SEEDS", "validate"]

SEEDS = 1
"""Seeds that mistakes are planted on, unless told."""
TRIAL_SECONDS = 40.0
"""After which a trial's process is killed."""

Progress = Callable[[int, int], None]


def validate(
    problem_set: ProblemSet,
    *,
    seeds: int = SEEDS,
    workers: int = 2,
    progress: Progress | None = None,
    changed: bool = False,
) -> Report:
    """Whether a problem set's suite deserves trust.

    Args:
        problem_set: What to validate.
        seeds: How many seeds to plant mistakes on; the first is the one that submissions are graded with.
        workers: Processes.
        progress: Told of trials done and trials in all.
        changed: Leave out the questions that held before and that nothing changed since can concern.

    Raises:
        CourseError: The suite, or a file of the course, cannot be used at all.
    """
    started = time.monotonic()
    bench = Bench(problem_set)
    try:
        validated = Validated(bench, seeds)
        asked = [question.id for question in problem_set.questions if not question.manual]
        concerned = [question for question in asked if not (changed and validated.holds(question))]
        plan = TrialPlan(bench, seeds, concerned)
        trials = plan.trials()
        results: dict[Any, Any] = {}
        for trial, result in run_all(
            trials, Trials(problem_set.path), workers=workers, seconds=TRIAL_SECONDS
        ):
            results[trial] = result
            if progress:
                progress(len(results), len(trials))
        report = Conclusions(plan, results).report()
        report.problems += _failing_imports(problem_set)
        report.unchanged = [question for question in asked if question not in concerned]
        validated.keep(report, concerned)
    finally:
        bench.close()
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _failing_imports(problem_set: ProblemSet) -> list[SuiteProblem]:
    """Modules of ``preload`` that are installed, and that a sandbox cannot import all the same."""
    try:
        # No submission runs in it.
        with Sandbox(**problem_set.sandbox_needs(), unsafe=True) as sandbox:
            sandbox.start()
            where = problem_set.place("$", "preload")
            return [
                SuiteProblem("preload fails", f"{where}: {module}: {said}")
                for module, said in sandbox.problems.items()
            ]
    except SandboxError:
        return []  # a suite is judged on machines that cannot grade, too
