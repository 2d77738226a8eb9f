"""What follows from a validation's trials: the report, and above all the problems to fix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from grader.validate import tables
from grader.validate.equivalents import FILE
from grader.validate.outcomes import TrialOutcomes
from grader.validate.report import MIN_PAIRS_NAMED, Confusion, Naming, Report, SuiteProblem, Survivor

__all__ = ["conclude"]


def conclude(outcomes: TrialOutcomes) -> Report:
    """The report on what the trials gave."""
    survivors = tables.survivors(outcomes)
    tests = tables.test_rows(outcomes)
    singles, pairs = outcomes.naming(1), outcomes.naming(2)
    return Report(
        pset=outcomes.plan.problem_set.name,
        seeds=outcomes.plan.seeds,
        questions=tables.question_rows(outcomes, tests, survivors),
        tests=tests,
        survivors=survivors,
        singles=singles,
        pairs=pairs,
        costs=tables.costs(outcomes),
        cheats=tables.cheat_rows(outcomes),
        remembered=tables.remembered(outcomes),
        problems=[
            *_reference(outcomes),
            *_stubs(outcomes),
            *_cheats(outcomes),
            *_alternatives(outcomes),
            *_mistakes(outcomes),
            *_mutants(outcomes, survivors),
            *_names(outcomes, singles, pairs),
        ],
    )


def _reference(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    many = len(outcomes.plan.reference_seeds)
    for (_, test), failures in outcomes.rejections(alternative=False).items():
        seed, run = failures[0]
        asked = (run.question,) if run.question else ()
        if len(failures) < many:
            on = f"on {len(failures)} of {many} seeds (such as {seed})"
            yield SuiteProblem("flaky test", f"{test} fails the reference {on}: {run.error}", asked)
        else:
            yield SuiteProblem("reference fails", f"{test}: {run.error}", asked)


def _stubs(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    for kind, run in outcomes.passed_by_stubs():
        what = (
            f"{run.name} passes for a {kind} notebook; let it check a value that only a correct answer gives"
        )
        yield SuiteProblem("passes without an answer", what, (run.question,))


def _cheats(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    """One problem per test; the first cheat that passes it says what to do."""
    cheats = outcomes.plan.cheats
    earned = {cheat.name: outcomes.earned(cheat) for cheat in cheats} if outcomes.cheated else {}
    for test in outcomes.bench.tests:
        passing = [cheat for cheat in cheats if test.key in earned.get(cheat.name, ())]
        if passing:
            listed = "; ".join(cheat.says for cheat in passing[:3])
            listed += f"; and {len(passing) - 3} more" if len(passing) > 3 else ""
            what = f"{test.called} passes for {listed}: {passing[0].advice}"
            yield SuiteProblem("passes for a cheat", what, (test.mark.question,))


def _alternatives(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    bench = outcomes.bench
    for (name, test), failures in outcomes.rejections(alternative=True).items():
        seed, run = failures[0]
        concerned = (run.question, *bench.own_questions(bench.alternatives[name].function))
        what = f"{name} fails {test} (seed {seed}): {run.error}"
        yield SuiteProblem("right answer fails", what, tuple(filter(None, concerned)))


def _mistakes(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    missed: dict[str, list[int]] = defaultdict(list)
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for trial, planted in outcomes.planted(1):
        (name,) = trial.mistakes
        if not set(outcomes.own(name)) & set(planted.failed):
            missed[name].append(trial.seed)
        dependent = outcomes.bench.dependent_questions(outcomes.bench.mistakes[name].function)
        elsewhere[name] |= set(planted.failed) - dependent
    many = len(outcomes.plan.seeds)
    for name, seeds in missed.items():
        what = f"{name} passes its question on {len(seeds)} of {many} seeds; add a test that it fails"
        yield SuiteProblem("mistake not caught", what, tuple(outcomes.own(name)))
    for name, questions in elsewhere.items():
        if questions:
            others = sorted(questions)
            what = f"{name} also fails {', '.join(others)}, which should not depend on it"
            yield SuiteProblem("mistake fails other questions", what, (*outcomes.own(name), *others))


def _mutants(outcomes: TrialOutcomes, survivors: list[Survivor]) -> Iterator[SuiteProblem]:
    own = outcomes.bench.own_questions
    for one in survivors:
        if one.because is None:
            change = f"{one.function}: {one.was!r} → {one.becomes!r}"
            what = f"{change}; add a test that it fails, or say in {FILE} why it is correct"
            yield SuiteProblem("mutant survives", what, tuple(own(one.function)))
    for entry in outcomes.plan.equivalents:
        if not any(entry.covers(mutant) for mutant in outcomes.surviving):
            what = f"{FILE} lists a mutant of {entry.function} that does not survive: {entry.was!r}; remove the entry"
            yield SuiteProblem("stale entry", what, tuple(own(entry.function)))


def _names(outcomes: TrialOutcomes, singles: Naming, pairs: Naming) -> Iterator[SuiteProblem]:
    def concerned(row: Confusion) -> tuple[str, ...]:
        return tuple({question for name in row.planted.split(" + ") for question in outcomes.own(name)})

    for row in (*singles.confusions, *pairs.confusions):
        if "wrong" in row.outcomes:
            yield SuiteProblem("wrong name", f"{row.planted} is named {'; '.join(row.named)}", concerned(row))
    for row in singles.confusions:
        if set(row.outcomes) <= {"silent"}:
            yield SuiteProblem(
                "mistake never named", f"{row.planted} is caught, but never explained", concerned(row)
            )
    if pairs.trials and pairs.right < MIN_PAIRS_NAMED * pairs.trials:
        share = (
            f"{pairs.right / pairs.trials:.0%} of pairs are named; at least {MIN_PAIRS_NAMED:.0%} should be"
        )
        questions = {question for row in pairs.confusions for question in concerned(row)}
        yield SuiteProblem("pairs not named", share, tuple(sorted(questions)))
