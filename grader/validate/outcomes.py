"""The results of a validation's trials, by the question that each of them answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from grader.validate.bench import TestRun
from grader.validate.cheaters import REMEMBERED, Cheat
from grader.validate.mutants import Mutant
from grader.validate.plan import TrialPlan
from grader.validate.pool import Lost
from grader.validate.report import Confusion, Naming
from grader.validate.trials import (
    AcceptTrial,
    CheatTrial,
    MutantTrial,
    Planted,
    PlantTrial,
    StubTrial,
    planted_outcome,
)

__all__ = ["TrialOutcomes"]


class TrialOutcomes:
    """What the trials of a plan gave."""

    def __init__(self, plan: TrialPlan, results: Mapping[Any, Any]) -> None:
        self.plan, self.bench, self._results = plan, plan.bench, results

    def _of(self, kind: type) -> list[tuple[Any, Any]]:
        return [(trial, result) for trial, result in self._results.items() if isinstance(trial, kind)]

    def _runs_of(self, kind: type) -> list[tuple[Any, list[TestRun]]]:
        """Trials with their runs of tests; none for a trial whose process hung or died."""
        return [(trial, [] if isinstance(result, Lost) else result) for trial, result in self._of(kind)]

    def rejections(self, *, alternative: bool) -> dict[tuple[str, str], list[tuple[int, TestRun]]]:
        """The tests that the reference, or alternatives, failed, by version and test, with the seeds."""
        failed: dict[tuple[str, str], list[tuple[int, TestRun]]] = defaultdict(list)
        for trial, result in self._of(AcceptTrial):
            if bool(trial.alternative) == alternative:
                lost = [TestRun("every test", "", False, 0.0, "its process hung or died")]
                for run in lost if isinstance(result, Lost) else result:
                    if not run.passed:
                        failed[trial.alternative, run.name].append((trial.seed, run))
        return failed

    @cached_property
    def milliseconds(self) -> dict[str, float]:
        """The time that each test takes with the reference: the median over seeds."""
        times: dict[str, list[float]] = defaultdict(list)
        for trial, runs in self._runs_of(AcceptTrial):
            if not trial.alternative:
                for run in runs:
                    times[run.key].append(1e3 * run.seconds)
        return {key: sorted(values)[len(values) // 2] for key, values in times.items()}

    def passed_by_stubs(self) -> list[tuple[str, TestRun]]:
        """The kinds of notebooks without answers, and the tests that each passed on any seed."""
        passed = {
            (trial.kind, run.name): run
            for trial, runs in self._runs_of(StubTrial)
            for run in runs
            if run.passed
        }
        return [(kind, run) for (kind, _), run in sorted(passed.items(), key=lambda item: item[0])]

    # Cheats -------------------------------------------------------------------------------------------------

    @cached_property
    def cheated(self) -> dict[str, dict[int, set[str]]]:
        """The keys of the tests that each cheat passed on each seed."""
        passed: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for trial, runs in self._runs_of(CheatTrial):
            passed[trial.cheat][trial.seed] = {run.key for run in runs if run.passed}
        return passed

    def earned(self, cheat: Cheat) -> set[str]:
        """The keys of the tests that a cheat passed but should not pass."""
        public = {test.key for test in self.bench.tests if test.mark.public}
        allowed = public if cheat.name == REMEMBERED else set()
        return {
            test
            for seed, tests in self.cheated[cheat.name].items()
            for test in tests - allowed - (self.cheated[cheat.beside][seed] if cheat.beside else set())
        }

    # Mistakes -----------------------------------------------------------------------------------------------

    def own(self, mistake: str) -> list[str]:
        """The questions that ask for a mistake's function."""
        return self.bench.own_questions(self.bench.mistakes[mistake].function)

    def planted(self, size: int) -> list[tuple[PlantTrial, Planted]]:
        """Trials with that many mistakes; one that hung counts as caught, but not named."""
        return [
            (trial, Planted(dict.fromkeys(self.own(trial.mistakes[0]), ("it hung",)), {}))
            if isinstance(result, Lost)
            else (trial, result)
            for trial, result in self._of(PlantTrial)
            if len(trial.mistakes) == size
        ]

    def naming(self, size: int) -> Naming:
        """How often that many mistakes at a time were named."""
        naming = Naming()
        outcomes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for trial, planted in self.planted(size):
            outcome = planted_outcome(trial.mistakes, planted.names)
            naming.add(outcome)
            outcomes[trial.mistakes][outcome] += 1
            named[trial.mistakes] |= set(planted.names.values())
        naming.confusions = [
            Confusion(
                planted=" + ".join(mistakes),
                seeds=counts.total(),
                outcomes=dict(counts),
                named=sorted(named[mistakes]),
            )
            for mistakes, counts in outcomes.items()
            if set(counts) != {"right"}
        ]
        return naming

    # Mutants ------------------------------------------------------------------------------------------------

    @cached_property
    def surviving(self) -> Sequence[Mutant]:
        """Mutants that passed every test of their question; one that hung did not."""
        return [
            self.plan.mutants[trial.number]
            for trial, result in self._of(MutantTrial)
            if not isinstance(result, Lost) and all(run.passed for run in result)
        ]
