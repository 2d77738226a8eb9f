"""A suite tried on several variants: the extremes of what pset.yaml draws, and some drawn ones.

A mistake may make no difference to some numbers (a factor of 1, a mass of 0), and a tolerance may suit some only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.draws import GRADED
from grader.errors import CourseError
from grader.pset import ProblemSet, load_problem_set
from grader.pset.drawn import Drawing, Value, extremes, shown
from grader.validate.bench import Bench
from grader.validate.report import SuiteProblem

__all__ = ["DrawnTrial", "DrawnTrials", "drawn_trials"]

DRAWN = 6
"""Variants drawn as for students."""
MOST_EXTREMES = 24


@dataclass(frozen=True)
class DrawnTrial:
    """The reference, each alternative and each mistake with the numbers of one variant."""

    variant: str
    values: tuple[tuple[str, Value], ...]
    questions: tuple[str, ...]
    """The questions whose tests to run."""

    @property
    def drawing(self) -> Drawing:
        return Drawing(self.variant, dict(self.values))

    @property
    def lost(self) -> SuiteProblem:
        """What is said if trying it took too long, or brought the process down."""
        return SuiteProblem("variant", f"with {_numbers(self.values)}, the suite took too long")


def drawn_trials(problem_set: ProblemSet, questions: tuple[str, ...]) -> list[DrawnTrial]:
    """The variants to try; none if the problem set has none."""
    if problem_set.drawing is None:
        return []
    ends = islice(extremes(problem_set.drawn, problem_set.drawing), MOST_EXTREMES)
    others = (problem_set.drawing_for(f"tried {number}") for number in range(DRAWN))
    return [DrawnTrial(one.variant, tuple(one.values.items()), questions) for one in (*ends, *others)]


@dataclass(frozen=True)
class DrawnTrials:
    """Makes the worker for a problem set's folder."""

    folder: Path

    def __call__(self) -> _Worker:
        return _Worker(load_problem_set(self.folder))


class _Worker:
    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set

    def __call__(self, trial: DrawnTrial) -> list[SuiteProblem]:
        """What is wrong with the suite for one variant."""
        bench = None
        try:
            bench = Bench(self._problem_set.with_drawing(trial.drawing))
            return list(_problems(bench, trial))
        except CourseError as error:
            why = str(error)
        except Exception as error:  # the course's own code, run with these numbers
            why = f"the answer cannot be run ({type(error).__name__}: {error})"
        finally:
            if bench is not None:
                bench.close()
        return [SuiteProblem("variant", f"with {_numbers(trial.values)}, {why}")]


def _problems(bench: Bench, trial: DrawnTrial) -> Iterator[SuiteProblem]:
    numbers = _numbers(trial.values)
    asked = set(trial.questions)
    for run in bench.run(bench.namespace(()), GRADED, questions=asked):
        if not run.passed:
            what = f"with {numbers}, the reference fails {run.name}: {run.error}"
            yield SuiteProblem("variant", what, (run.question,))
    for one in bench.alternatives.values():
        own = asked & bench.dependent_questions(one.function)
        for run in bench.run(bench.namespace([one.source]), GRADED, questions=own):
            if not run.passed:
                what = f"with {numbers}, {one.name} fails {run.name}: {run.error}"
                yield SuiteProblem("variant", what, (run.question,))
    for one in bench.mistakes.values():
        own = asked & set(bench.own_questions(one.function))
        runs = bench.run(bench.namespace([one.source]), GRADED, questions=own)
        if runs and all(run.passed for run in runs):
            what = f"with {numbers}, {one.name} passes its question; leave these out, or add a test that it fails"
            yield SuiteProblem("variant", what, tuple(sorted(own)))


def _numbers(values: tuple[tuple[str, Value], ...] | Mapping[str, Value]) -> str:
    return ", ".join(f"{name} = {shown(value)}" for name, value in dict(values).items())
