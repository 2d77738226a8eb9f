"""The results of a validation's trials, by the question that each of them answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from grader.validate.bench import TestRun
from grader.validate.cheaters import REMEMBERED, Cheat
from grader.validate.mutants import Mutant
from grader.validate.plan import TrialPlan
from grader.validate.plantings import KINDS, Kind
from grader.validate.pool import Lost
from grader.validate.report import Confusion, Naming
from grader.validate.trials import (
    AcceptTrial,
    CheatTrial,
    DrawTrial,
    MutantTrial,
    Planted,
    PlantTrial,
    StubTrial,
)

__all__ = ["TrialOutcomes"]


class TrialOutcomes:
    """What the trials of a plan gave."""

    def __init__(self, plan: TrialPlan, results: Mapping[Any, Any]) -> None:
        self.plan, self.bench, self.results = plan, plan.bench, results

    def _of(self, kind: type | tuple[type, ...]) -> list[tuple[Any, Any]]:
        return [(trial, result) for trial, result in self.results.items() if isinstance(trial, kind)]

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
        """The keys of the tests that a cheat passed but should not pass.

        A public test of a variable can only look at its form; where it is worth nothing, it gives nothing away.
        Whether choices can be guessed is measured elsewhere.
        """
        of_values = {question.id for question in self.bench.problem_set.questions if question.values}
        free = {
            test.key
            for test in self.bench.tests
            if test.mark.public and not test.mark.points and test.mark.question in of_values
        }
        public = {test.key for test in self.bench.tests if test.mark.public}
        allowed = free | set(public if cheat.name == REMEMBERED else self.plan.guessing.tests)
        return {
            test
            for seed, tests in self.cheated[cheat.name].items()
            for test in tests - allowed - (self.cheated[cheat.beside][seed] if cheat.beside else set())
        }

    # Mistakes -----------------------------------------------------------------------------------------------

    def own(self, mistake: str) -> list[str]:
        """The questions that ask for a mistake's function."""
        return self.bench.own_questions(self.bench.mistakes[mistake].function)

    @cached_property
    def planted(self) -> list[tuple[PlantTrial | DrawTrial, Planted]]:
        """What became of each planting; one that hung counts as caught, but not named."""
        found: list[tuple[PlantTrial | DrawTrial, Planted]] = []
        for trial, result in self._of((PlantTrial, DrawTrial)):
            if isinstance(trial, PlantTrial) and isinstance(result, Lost):
                own = self.own(trial.plants[0].mistakes[0])
                caught: dict[str, tuple[str, ...]] = dict.fromkeys(own, ("it hung",))
                found.append((trial, Planted(trial.plants, caught)))
            elif result is not None:  # of a sample there may be fewer than were asked for
                found.append((trial, Planted() if isinstance(result, Lost) else result))
        return found

    @property
    def singles(self) -> list[tuple[PlantTrial, Planted]]:
        """Those of one mistake, in whichever form."""
        return [(trial, planted) for trial, planted in self.planted if isinstance(trial, PlantTrial)]

    @cached_property
    def naming(self) -> list[Naming]:
        """How often planted mistakes were named, by the kind of planting."""
        found = [self._naming(kind) for kind in KINDS]
        return [naming for naming in found if naming.trials]

    def unseen(self, trial: PlantTrial | DrawTrial, planted: Planted) -> bool:
        """Whether what was planted shows in no call: as few others give the same, or a constant changes nothing."""
        if planted.alike:
            return True
        return trial.kind == "any constant" and not set(self.own(planted.mistakes[0])) & set(planted.failed)

    def _naming(self, kind: Kind) -> Naming:
        naming = Naming(kind=kind)
        rows: dict[str, Confusion] = {}
        for trial, planted in self.planted:
            if trial.kind == kind and planted.outcome != "wrong" and self.unseen(trial, planted):
                naming.unseen += 1
            elif trial.kind == kind:
                naming.add(planted.outcome)
                row = rows.setdefault(
                    planted.label, Confusion(planted=planted.label, mistakes=list(planted.mistakes))
                )
                row.seeds += 1
                row.outcomes[planted.outcome] = row.outcomes.get(planted.outcome, 0) + 1
                row.named = sorted({*row.named, *planted.names.values()})
        naming.confusions = [row for row in rows.values() if set(row.outcomes) != {"right"}]
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
