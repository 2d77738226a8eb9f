"""What follows from a validation's trials: the report, and above all the problems to fix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from grader.validate import tables
from grader.validate.alike import not_told_apart
from grader.validate.equivalents import FILE
from grader.validate.outcomes import TrialOutcomes
from grader.validate.plantings import EACH
from grader.validate.report import MIN_NAMED, Confusion, Report, SuiteProblem, Survivor

__all__ = ["conclude", "conclude_names"]


def conclude(outcomes: TrialOutcomes) -> Report:
    """The report on what the trials gave."""
    survivors = tables.survivors(outcomes)
    tests = tables.test_rows(outcomes)
    return Report(
        pset=outcomes.plan.problem_set.name,
        seeds=outcomes.plan.seeds,
        questions=tables.question_rows(outcomes, tests, survivors),
        tests=tests,
        survivors=survivors,
        naming=outcomes.naming,
        followed=sum(planted.costs is not None for _, planted in outcomes.singles),
        costs=tables.costs(outcomes),
        cheats=tables.cheat_rows(outcomes),
        remembered=tables.remembered(outcomes),
        guesses=outcomes.plan.guessing.rows,
        problems=[
            *_reference(outcomes),
            *_stubs(outcomes),
            *_cheats(outcomes),
            *outcomes.plan.guessing.problems(),
            *_alternatives(outcomes),
            *_mistakes(outcomes),
            *_mutants(outcomes, survivors),
            *conclude_names(outcomes),
            *not_told_apart(outcomes.bench, outcomes.results),
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
    forms = {planted.label: planted.mistakes[0] for _, planted in outcomes.singles}
    for trial, planted in outcomes.singles:
        (name,) = planted.mistakes
        if not set(outcomes.own(name)) & set(planted.failed) and not outcomes.unseen(trial, planted):
            missed[planted.label].append(trial.seed)
        dependent = outcomes.bench.dependent_questions(outcomes.bench.mistakes[name].function)
        elsewhere[name] |= set(planted.failed) - dependent
    many = len(outcomes.plan.seeds)
    for label, seeds in missed.items():
        what = f"{label} passes its question on {len(seeds)} of {many} seeds; add a test that it fails"
        yield SuiteProblem("mistake not caught", what, tuple(outcomes.own(forms[label])))
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


def conclude_names(outcomes: TrialOutcomes) -> Iterator[SuiteProblem]:
    """What is wrong with the names of planted mistakes."""

    def concerned(row: Confusion) -> tuple[str, ...]:
        return tuple({question: None for name in row.mistakes for question in outcomes.own(name)})

    for naming in outcomes.naming:
        for row in naming.confusions:
            if "wrong" in row.outcomes:
                what = f"{row.planted} is named {'; '.join(row.named)}"
                yield SuiteProblem("wrong name", what, concerned(row))
            elif naming.kind in EACH and set(row.outcomes) <= {"silent"}:
                what = f"{row.planted} is caught, but never explained"
                yield SuiteProblem("mistake never named", what, concerned(row))
        # In a small sample, a single one says little.
        if naming.trials - naming.right > max(1.0, (1 - MIN_NAMED) * naming.trials):
            share = (
                f"{naming.kind}: {naming.right} of {naming.trials} planted are named rightly; at least "
                f"{MIN_NAMED:.0%} should be"
            )
            questions = {question for row in naming.confusions for question in concerned(row)}
            yield SuiteProblem("too few named", share, tuple(sorted(questions)))
