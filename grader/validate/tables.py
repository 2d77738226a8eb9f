"""The tables of a validation's report."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from msgspec import UNSET

from grader.points import total
from grader.validate.cheaters import REMEMBERED
from grader.validate.outcomes import TrialOutcomes
from grader.validate.report import CheatRow, Cost, QuestionRow, Remembered, Survivor, TestRow

__all__ = ["cheat_rows", "costs", "question_rows", "remembered", "survivors", "test_rows"]


def cheat_rows(outcomes: TrialOutcomes) -> list[CheatRow]:
    """What each kind of answer that knows nothing earned."""
    if not outcomes.cheated:
        return []
    called = {test.key: test.called for test in outcomes.bench.tests}
    return [
        CheatRow(name=cheat.name, says=cheat.says, passed=sorted(called[t] for t in outcomes.earned(cheat)))
        for cheat in outcomes.plan.cheats
        if cheat.beside != cheat.name
    ]


def remembered(outcomes: TrialOutcomes) -> Remembered | None:
    """The points for public tests that remembered answers earn on every seed, and all points."""
    on_seeds = outcomes.cheated[REMEMBERED].values()
    if not on_seeds:
        return None
    plan, earned = outcomes.plan, set.intersection(*on_seeds)
    counted = {q.id for q in plan.problem_set.questions if not q.bonus} & set(plan.questions)
    tests = [t for t in outcomes.bench.tests if t.mark.question in counted and not t.mark.bonus]
    return Remembered(
        points=total(test.mark.points for test in tests if test.mark.public and test.key in earned),
        of=total(test.mark.points for test in tests),
    )


def costs(outcomes: TrialOutcomes) -> list[Cost]:
    """What each single mistake costs in questions other than its own, because failures there are not inherited."""
    marks = {test.key: test.mark for test in outcomes.bench.tests}
    points: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, planted in outcomes.singles:
        here: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for test, why in (planted.costs or {}).items():
            key = planted.mistakes[0], marks[test].question
            here[key] += marks[test].points
            reasons[key].add(why)
        for key, lost in here.items():
            points[key] = max(points[key], lost)
    return [
        Cost(mistake=mistake, question=question, points=lost, reasons=sorted(reasons[mistake, question]))
        for (mistake, question), lost in points.items()
    ]


def survivors(outcomes: TrialOutcomes) -> list[Survivor]:
    """Mutants that no test of their question caught."""
    return [
        Survivor(
            question=outcomes.bench.own_questions(mutant.function)[0],
            function=mutant.function,
            kind=mutant.kind,
            was=mutant.was,
            becomes=mutant.becomes,
            because=next((one.because for one in outcomes.plan.equivalents if one.covers(mutant)), None),
        )
        for mutant in outcomes.surviving
    ]


def test_rows(outcomes: TrialOutcomes) -> list[TestRow]:
    """What each test costs, and how many mistakes it catches."""
    caught = Counter[str]()
    for trial, planted in outcomes.singles:
        if trial.seed == outcomes.plan.seeds[0] and trial.kind == "one mistake":
            for question in outcomes.own(planted.mistakes[0]):
                caught.update(planted.failed.get(question, ()))
    return [
        TestRow(
            name=test.called,
            question=test.mark.question,
            milliseconds=round(outcomes.milliseconds.get(test.key, 0.0), 3),
            mistakes_caught=caught[test.key],
            points=test.mark.points,
        )
        for test in outcomes.bench.tests
        if test.mark.question in outcomes.plan.questions
    ]


def question_rows(outcomes: TrialOutcomes, tests: list[TestRow], alive: list[Survivor]) -> list[QuestionRow]:
    """How sharp each question's tests are."""
    plan = outcomes.plan
    mistakes: dict[str, set[str]] = defaultdict(set)
    missed: dict[str, set[str]] = defaultdict(set)
    for trial, planted in outcomes.singles:
        (name,) = planted.mistakes
        if outcomes.unseen(trial, planted):
            continue
        for question in outcomes.own(name):
            mistakes[question].add(name)
            if question not in planted.failed:
                missed[question].add(name)
    made = Counter(outcomes.bench.own_questions(mutant.function)[0] for mutant in plan.mutants)
    surviving = Counter(one.question for one in alive)
    return [
        QuestionRow(
            id=question.id,
            tests=sum(test.question == question.id for test in tests),
            points=question.points,
            bonus=question.bonus or UNSET,
            milliseconds=round(sum(t.milliseconds for t in tests if t.question == question.id), 3),
            mistakes=len(mistakes[question.id]),
            mistakes_caught=len(mistakes[question.id] - missed[question.id]),
            mutants=made[question.id],
            mutants_caught=made[question.id] - surviving[question.id],
            equivalent=sum(one.question == question.id and bool(one.because) for one in alive),
        )
        for question in plan.problem_set.questions
        if question.id in plan.questions
    ]
