"""What follows from the trials of a validation: problems to mend, and the tables of the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import UNSET

from grader.points import total
from grader.validate.bench import TestRun
from grader.validate.cheaters import REMEMBERED, Cheat
from grader.validate.equivalents import FILE
from grader.validate.plan import TrialPlan
from grader.validate.pool import Lost
from grader.validate.report import (
    MIN_PAIRS_NAMED,
    CheatRow,
    Confusion,
    Naming,
    QuestionRow,
    Remembered,
    Report,
    SuiteProblem,
    Survivor,
    TestRow,
)
from grader.validate.trials import (
    AcceptTrial,
    CheatTrial,
    MutantTrial,
    Planted,
    PlantTrial,
    StubTrial,
    planted_outcome,
)

__all__ = ["Conclusions"]


class Conclusions:
    """Drawn from a plan and the result of each of its trials."""

    def __init__(self, plan: TrialPlan, results: Mapping[Any, Any]) -> None:
        self._plan = plan
        self._results = results

    def report(self) -> Report:
        """What all the results together say."""
        report = Report(pset=self._plan.problem_set.name, seeds=self._plan.seeds)
        problems = [
            *self._reference_problems(),
            *self._stub_problems(),
            *self._cheat_problems(),
            *self._alternative_problems(),
            *self._mistake_problems(),
        ]
        survivors, mutant_problems = self._survivors()
        report.survivors = survivors
        report.singles = self._naming(1)
        report.pairs = self._naming(2)
        report.problems = [*problems, *mutant_problems, *self._naming_problems(report)]
        report.cheats = self._cheat_rows()
        report.remembered = self._remembered()
        report.tests = self._test_rows()
        report.questions = self._question_rows(report)
        return report

    def _of(self, kind: type) -> Iterable[tuple[Any, Any]]:
        return [(trial, result) for trial, result in self._results.items() if isinstance(trial, kind)]

    def _accepted(self, alternative: bool) -> dict[str, dict[str, list[tuple[int, str]]]]:
        """For each version that should be accepted: the tests that failed, with seeds and errors."""
        failed: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for trial, result in self._of(AcceptTrial):
            if bool(trial.alternative) != alternative:
                continue
            runs = [TestRun("every test", "", False, 0.0, "its process hung or died")]
            for run in runs if isinstance(result, Lost) else result:
                if not run.passed:
                    failed[trial.alternative][run.name].append((trial.seed, run.error))
        return failed

    def _reference_problems(self) -> list[SuiteProblem]:
        problems = []
        for test, failures in self._accepted(False).get("", {}).items():
            seed, error = failures[0]
            many = len(self._plan.reference_seeds)
            if len(failures) < many:
                what = (
                    f"{test} fails the reference on {len(failures)} of {many} seeds (such as {seed}): {error}"
                )
                problems.append(SuiteProblem("flaky test", what, self._asked_by(test)))
            else:
                problems.append(SuiteProblem("reference fails", f"{test}: {error}", self._asked_by(test)))
        return problems

    def _asked_by(self, test: str) -> tuple[str, ...]:
        return tuple(one.mark.question for one in self._plan.bench.tests if one.name == test)

    def _own_of(self, mistake: str) -> tuple[str, ...]:
        return tuple(self._plan.bench.own_questions(self._plan.bench.mistakes[mistake].function))

    def _alternative_problems(self) -> list[SuiteProblem]:
        problems = [
            SuiteProblem(
                "right answer fails",
                f"{name} fails {test} (seed {failures[0][0]}): {failures[0][1]}",
                (
                    *self._asked_by(test),
                    *self._plan.bench.own_questions(self._plan.bench.alternatives[name].function),
                ),
            )
            for name, tests in self._accepted(True).items()
            for test, failures in tests.items()
        ]
        return problems + self._unusable(self._plan.alternatives, "alternative")

    def _unusable(self, variants: Iterable[Any], kind: str) -> list[SuiteProblem]:
        return [
            SuiteProblem(
                f"{kind} not as a student would write it",
                f"{variant.name} uses {', '.join(missing)}, which no notebook of this problem set defines",
                tuple(self._plan.bench.own_questions(variant.function)),
            )
            for variant in variants
            if (missing := self._plan.bench.missing_names(variant))
        ]

    def _stub_problems(self) -> list[SuiteProblem]:
        passed = {
            (trial.kind, run.name)
            for trial, result in self._of(StubTrial)
            for run in ([] if isinstance(result, Lost) else result)
            if run.passed
        }
        return [
            SuiteProblem(
                "passes without an answer", f"{test} passes for a {kind} notebook", self._asked_by(test)
            )
            for kind, test in sorted(passed)
        ]

    @cached_property
    def _cheated(self) -> dict[str, dict[int, set[str]]]:
        """The tests that each cheat passed on each seed, by what tells a test from every other."""
        passed: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for trial, result in self._of(CheatTrial):
            runs = [] if isinstance(result, Lost) else result
            passed[trial.cheat][trial.seed] = {run.key for run in runs if run.passed}
        return passed

    def _earned(self, cheat: Cheat) -> set[str]:
        """The tests that a cheat passed and may not pass."""
        public = {test.key for test in self._plan.bench.tests if test.mark.public}
        return {
            test
            for seed, tests in self._cheated[cheat.name].items()
            for test in tests
            - (public if cheat.name == REMEMBERED else set())
            - (self._cheated[cheat.beside][seed] if cheat.beside else set())
        }

    def _cheat_rows(self) -> list[CheatRow]:
        if not self._cheated:
            return []
        called = {test.key: test.called for test in self._plan.bench.tests}
        return [
            CheatRow(name=cheat.name, says=cheat.says, passed=sorted(called[t] for t in self._earned(cheat)))
            for cheat in self._plan.cheats
            if cheat.beside != cheat.name
        ]

    def _cheat_problems(self) -> list[SuiteProblem]:
        """One for each test that any cheat passes; the first of them says what to do."""
        earned = {cheat.name: self._earned(cheat) for cheat in self._plan.cheats} if self._cheated else {}
        problems = []
        for test in self._plan.bench.tests:
            passing = [cheat for cheat in self._plan.cheats if test.key in earned.get(cheat.name, ())]
            if passing:
                listed = "; ".join(cheat.says for cheat in passing)
                what = f"{test.called} passes for {listed}: {passing[0].advice}"
                problems.append(SuiteProblem("passes for a cheat", what, (test.mark.question,)))
        return problems

    def _remembered(self) -> Remembered | None:
        """The public tests' points that remembered answers earn on every seed, of all that there are."""
        on_seeds = self._cheated[REMEMBERED].values()
        if not on_seeds:
            return None
        earned = set.intersection(*on_seeds)
        counted = {q.id for q in self._plan.problem_set.questions if not q.bonus} & set(self._plan.questions)
        tests = [t for t in self._plan.bench.tests if t.mark.question in counted and not t.mark.bonus]
        return Remembered(
            points=total(test.mark.points for test in tests if test.mark.public and test.key in earned),
            of=total(test.mark.points for test in tests),
        )

    def _planted(self, size: int) -> list[tuple[PlantTrial, Planted]]:
        """Planted mistakes; what hung failed its questions and named nothing."""
        return [
            (
                trial,
                Planted(dict.fromkeys(self._own(trial), ("it hung",)), {})
                if isinstance(result, Lost)
                else result,
            )
            for trial, result in self._of(PlantTrial)
            if len(trial.mistakes) == size
        ]

    def _own(self, trial: PlantTrial) -> list[str]:
        function = self._plan.bench.mistakes[trial.mistakes[0]].function
        return self._plan.bench.own_questions(function)

    def _mistake_problems(self) -> list[SuiteProblem]:
        missed: dict[str, list[int]] = defaultdict(list)
        elsewhere: dict[str, set[str]] = defaultdict(set)
        for trial, planted in self._planted(1):
            (name,) = trial.mistakes
            if not set(self._own(trial)) & set(planted.failed):
                missed[name].append(trial.seed)
            dependent = self._plan.bench.dependent_questions(self._plan.bench.mistakes[name].function)
            elsewhere[name] |= set(planted.failed) - dependent
        many = len(self._plan.seeds)
        problems = [
            SuiteProblem(
                "mistake not caught",
                f"{name} passes its question on {len(seeds)} of {many} seeds",
                self._own_of(name),
            )
            for name, seeds in missed.items()
        ]
        problems += [
            SuiteProblem(
                "mistake fails other questions",
                f"{name} also fails {', '.join(sorted(questions))}",
                (*self._own_of(name), *sorted(questions)),
            )
            for name, questions in elsewhere.items()
            if questions
        ]
        return problems + self._unusable(self._plan.mistakes, "mistake")

    def _survivors(self) -> tuple[list[Survivor], list[SuiteProblem]]:
        survivors, problems = [], []
        for trial, result in self._of(MutantTrial):
            if isinstance(result, Lost) or not all(run.passed for run in result):
                continue
            mutant = self._plan.mutants[trial.number]
            reason = next((one.because for one in self._plan.equivalents if one.covers(mutant)), None)
            survivors.append(
                Survivor(
                    question=self._plan.bench.own_questions(mutant.function)[0],
                    function=mutant.function,
                    kind=mutant.kind,
                    was=mutant.was,
                    becomes=mutant.becomes,
                    because=reason,
                )
            )
            if reason is None:
                what = (
                    f"{mutant.function}: {mutant.was!r} → {mutant.becomes!r}; strengthen the suite, or say in "
                    f"{FILE} why it is right"
                )
                own = tuple(self._plan.bench.own_questions(mutant.function))
                problems.append(SuiteProblem("mutant survives", what, own))
        surviving = [self._plan.mutants[t.number] for t, r in self._of(MutantTrial) if _survived(r)]
        problems += [
            SuiteProblem(
                "stale entry",
                f"{FILE} lists a mutant of {one.function} that is caught or is none: {one.was!r}",
                tuple(self._plan.bench.own_questions(one.function)),
            )
            for one in self._plan.equivalents
            if not any(one.covers(mutant) for mutant in surviving)
        ]
        return survivors, problems

    def _naming(self, size: int) -> Naming:
        naming = Naming()
        outcomes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for trial, planted in self._planted(size):
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

    def _naming_problems(self, report: Report) -> list[SuiteProblem]:
        problems = [
            SuiteProblem(
                "wrong name", f"{row.planted} is named {'; '.join(row.named)}", self._planted_in(row)
            )
            for naming in (report.singles, report.pairs)
            for row in naming.confusions
            if "wrong" in row.outcomes
        ]
        problems += [
            SuiteProblem(
                "mistake never named", f"{row.planted} is caught, but never explained", self._planted_in(row)
            )
            for row in report.singles.confusions
            if set(row.outcomes) <= {"silent"}
        ]
        pairs = report.pairs
        if pairs.trials and pairs.right < MIN_PAIRS_NAMED * pairs.trials:
            share = f"{pairs.right / pairs.trials:.0%} of pairs are named; {MIN_PAIRS_NAMED:.0%} is asked"
            concerned = {question for row in pairs.confusions for question in self._planted_in(row)}
            problems.append(SuiteProblem("pairs not named", share, tuple(sorted(concerned))))
        return problems

    def _planted_in(self, row: Confusion) -> tuple[str, ...]:
        return tuple({question for name in row.planted.split(" + ") for question in self._own_of(name)})

    # Tables -------------------------------------------------------------------------------------------------

    def _milliseconds(self) -> dict[str, float]:
        """Time of each test for the reference, the median over seeds."""
        times: dict[str, list[float]] = defaultdict(list)
        for trial, result in self._of(AcceptTrial):
            if not trial.alternative and not isinstance(result, Lost):
                for run in result:
                    times[run.key].append(1e3 * run.seconds)
        return {name: sorted(values)[len(values) // 2] for name, values in times.items()}

    def _test_rows(self) -> list[TestRow]:
        times, caught = self._milliseconds(), Counter[str]()
        for trial, planted in self._planted(1):
            if trial.seed == self._plan.seeds[0]:
                for question in self._own(trial):
                    caught.update(planted.failed.get(question, ()))
        return [
            TestRow(
                name=test.called,
                question=test.mark.question,
                milliseconds=round(times.get(test.key, 0.0), 3),
                mistakes_caught=caught[test.key],
            )
            for test in self._plan.bench.tests
            if test.mark.question in self._plan.questions
        ]

    def _question_rows(self, report: Report) -> list[QuestionRow]:
        mistakes: dict[str, set[str]] = defaultdict(set)
        missed: dict[str, set[str]] = defaultdict(set)
        for trial, planted in self._planted(1):
            for question in self._own(trial):
                mistakes[question].add(trial.mistakes[0])
                if question not in planted.failed:
                    missed[question].add(trial.mistakes[0])
        made = Counter(self._plan.bench.own_questions(mutant.function)[0] for mutant in self._plan.mutants)
        alive = Counter(survivor.question for survivor in report.survivors)
        right = Counter(survivor.question for survivor in report.survivors if survivor.because)
        return [
            QuestionRow(
                id=question.id,
                tests=sum(test.question == question.id for test in report.tests),
                points=question.points,
                bonus=question.bonus or UNSET,
                milliseconds=round(sum(t.milliseconds for t in report.tests if t.question == question.id), 3),
                mistakes=len(mistakes[question.id]),
                mistakes_caught=len(mistakes[question.id] - missed[question.id]),
                mutants=made[question.id],
                mutants_caught=made[question.id] - alive[question.id],
                equivalent=right[question.id],
            )
            for question in self._plan.problem_set.questions
            if question.id in self._plan.questions
        ]


def _survived(result: Any) -> bool:
    return not isinstance(result, Lost) and all(run.passed for run in result)
