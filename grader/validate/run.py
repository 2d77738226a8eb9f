"""Validate a problem set: run all trials in parallel, and report what follows from them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

from grader.draws import GRADED
from grader.pset import ProblemSet
from grader.validate.alike import tell_trials
from grader.validate.bench import Bench
from grader.validate.changes import Validated
from grader.validate.conclusions import conclude
from grader.validate.drawn import DrawnTrials, drawn_trials
from grader.validate.outcomes import TrialOutcomes
from grader.validate.plan import TrialPlan
from grader.validate.plantings import KINDS
from grader.validate.pool import Lost, run_all
from grader.validate.report import Naming, Report
from grader.validate.sandboxed import NotTried, in_the_sandbox, rounds
from grader.validate.trials import Planted, PlantTrial, Trials

__all__ = ["SEEDS", "costs_of", "naming_of", "validate"]

SEEDS = 1
"""Seeds that mistakes are planted on by default."""
TRIAL_SECONDS = 40.0
"""After this, a trial's process is killed."""

Progress = Callable[[int, int], None]


def validate(
    problem_set: ProblemSet,
    *,
    seeds: int = SEEDS,
    workers: int = 2,
    progress: Progress | None = None,
    changed: bool = False,
    pairs: int | None = None,
) -> Report:
    """Whether a problem set's suite deserves trust.

    Args:
        problem_set: What to validate.
        seeds: How many seeds to plant mistakes on; the first is the one that grading uses.
        workers: How many processes to use.
        progress: Called with the number of finished trials and of all trials.
        changed: Skip questions that passed before and that no change since can affect.
        pairs: How many pairs of mistakes of each kind to plant; by default, a few on each seed.

    Raises:
        CourseError: The suite, or a file of the course, cannot be used.
    """
    started = time.monotonic()
    bench = Bench(problem_set)
    try:
        validated = Validated(bench, seeds, pairs)
        asked = [question.id for question in problem_set.questions if not question.manual]
        concerned = [question for question in asked if not (changed and validated.holds(question))]
        report = _validated(
            TrialPlan(bench, seeds, concerned, pairs), workers, progress or (lambda done, trials: None)
        )
        report.unchanged = [question for question in asked if question not in concerned]
        validated.keep(report, concerned)
    finally:
        bench.close()
    report.seconds = round(time.monotonic() - started, 3)
    return report


def naming_of(
    problem_set: ProblemSet,
    *,
    seeds: int,
    pairs: int | None = None,
    workers: int = 2,
    most: int | None = None,
) -> list[Naming]:
    """How often planted mistakes are named: the part of `validate` that shows it, with the same arguments.

    ``most`` leaves out what exceeds that number of plantings of a kind.
    """
    bench = Bench(problem_set)
    try:
        asked = [question.id for question in problem_set.questions if not question.manual]
        plan = TrialPlan(bench, seeds, asked, pairs)
        trials = plan.naming_trials()
        if most is not None:
            trials = [one for kind in KINDS for one in [t for t in trials if t.kind == kind][:most]]
        work = Trials(problem_set.path)
        results = dict(run_all(trials, work, workers=workers, seconds=TRIAL_SECONDS))
        return TrialOutcomes(plan, results).naming
    finally:
        bench.close()


def costs_of(
    problem_set: ProblemSet, together: Iterable[Collection[str]] = (), *, workers: int = 2
) -> dict[frozenset[str], dict[str, str]]:
    """What mistakes cost in other questions than their own when grading: tests with the reason.

    Each is planted alone, and its errors are followed; then so are answers that stand side by side. All are made in
    their first form.

    Args:
        problem_set: What they belong to.
        together: Names of mistakes and alternatives, each for another function.
        workers: How many processes to use.

    Returns:
        By the names of what was planted, what it costs.
    """
    bench = Bench(problem_set)
    try:
        plantings = bench.plantings(tuple(one.id for one in problem_set.questions))
        single = {
            plant.mistakes[0]: plant for kind, plant in plantings.singles(GRADED) if kind == "one mistake"
        }
        right = {plant.on: plant for plant in plantings.alternatives()}
        sets = dict.fromkeys([*(frozenset([name]) for name in single), *map(frozenset, together)])
        trials = {
            names: PlantTrial(
                tuple(
                    single.get(name) or right[name] for name in sorted(names, key=lambda one: one in right)
                ),
                GRADED,
                followed=True,
            )
            for names in sets
        }
        results = dict(
            run_all(list(trials.values()), Trials(problem_set.path), workers=workers, seconds=TRIAL_SECONDS)
        )
        found = {names: results.get(trial) for names, trial in trials.items()}
        return {
            names: planted.costs or {} for names, planted in found.items() if isinstance(planted, Planted)
        }
    finally:
        bench.close()


def _validated(plan: TrialPlan, workers: int, progress: Progress) -> Report:
    """Run a plan's trials here, then correct answers in the sandbox."""
    problem_set, trials = plan.problem_set, plan.trials()
    variants = drawn_trials(problem_set, plan.questions) if plan.questions else []
    total = len(trials) + len(variants)
    if plan.questions:
        total += 1 + len(plan.alternatives) + len(rounds(problem_set, plan.mistakes, plan.questions))
    results: dict[Any, Any] = {}
    work = Trials(problem_set.path)
    for trial, result in run_all(trials, work, workers=workers, seconds=TRIAL_SECONDS):
        results[trial] = result
        progress(len(results), total)
    results.update(run_all(tell_trials(results), work, workers=workers, seconds=TRIAL_SECONDS))
    report = conclude(TrialOutcomes(plan, results))
    report.variants = len(variants)
    of_variants = run_all(variants, DrawnTrials(problem_set.path), workers=workers, seconds=TRIAL_SECONDS)
    for done, (trial, problems) in enumerate(of_variants, len(trials) + 1):
        report.problems += [trial.lost] if isinstance(problems, Lost) else problems
        progress(done, total)
    if plan.questions:
        asking = plan.bench.dependent_questions
        try:
            given = (problem_set, plan.alternatives, plan.mistakes, plan.questions, asking)
            tried = in_the_sandbox(*given)
            for done, problems in enumerate(tried, len(trials) + len(variants) + 1):
                report.problems += problems
                progress(done, total)
        except NotTried as reason:
            report.untried = str(reason)
    return report
