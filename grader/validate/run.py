"""A validation: all trials of a problem set, run in parallel, and what follows from them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from grader.pset import ProblemSet
from grader.validate.bench import Bench
from grader.validate.changes import Validated
from grader.validate.conclusions import Conclusions
from grader.validate.plan import TrialPlan
from grader.validate.pool import run_all
from grader.validate.report import Report
from grader.validate.sandboxed import NotTried, in_the_sandbox
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
        graded = len(plan.alternatives) + 1 if concerned else 0
        results: dict[Any, Any] = {}
        for trial, result in run_all(
            trials, Trials(problem_set.path), workers=workers, seconds=TRIAL_SECONDS
        ):
            results[trial] = result
            if progress:
                progress(len(results), len(trials) + graded)
        report = Conclusions(plan, results).report()
        if graded:
            asking = bench.dependent_questions
            try:
                tried = in_the_sandbox(problem_set, plan.alternatives, concerned, asking)
                for done, problems in enumerate(tried, 1):
                    report.problems += problems
                    if progress:
                        progress(len(results) + done, len(trials) + graded)
            except NotTried as reason:
                report.untried = str(reason)
        report.unchanged = [question for question in asked if question not in concerned]
        validated.keep(report, concerned)
    finally:
        bench.close()
    report.seconds = round(time.monotonic() - started, 3)
    return report
