"""What a validation found, as it goes into JSON, and as text."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec
from msgspec import UNSET

from grader.points import number, total
from grader.results import Bonus
from grader.text import listed, many
from grader.validate.plantings import Kind

__all__ = [
    "CheatRow",
    "Confusion",
    "Cost",
    "GuessRow",
    "NamedAs",
    "Naming",
    "QuestionRow",
    "Remembered",
    "Report",
    "SuiteProblem",
    "Survivor",
    "TestRow",
]

NamedAs = Literal["right", "part", "silent", "wrong"]
MUCH_GUESSED = Fraction(1, 5)
"""Of a problem set's points, random choices should earn at most so many."""
MIN_NAMED = 0.95
"""Of the planted mistakes of each kind, at least so many must be named rightly."""


class SuiteProblem(msgspec.Struct, frozen=True):
    """Something to fix before the suite deserves trust."""

    kind: str
    what: str
    questions: tuple[str, ...] = ()
    """The questions it concerns; empty if it may be any."""


class QuestionRow(msgspec.Struct, kw_only=True):
    """How sharp a question's tests are, and what they cost."""

    id: str
    tests: int
    points: Fraction
    milliseconds: float
    """The time that all its tests take with the reference."""
    mistakes: int
    mistakes_caught: int
    mutants: int
    mutants_caught: int
    equivalent: int
    """Mutants that survive for a reason given in equivalents.yaml."""
    bonus: Bonus = UNSET
    """Whether it is a bonus; its points are in no sum."""


class TestRow(msgspec.Struct, kw_only=True):
    """What one test contributes."""

    __test__ = False

    name: str
    question: str
    milliseconds: float
    mistakes_caught: int
    """How many of its question's mistakes it catches, on the seed that grading uses."""
    points: Fraction = Fraction(1)


class Survivor(msgspec.Struct, kw_only=True):
    """A mutant that its question's tests do not catch."""

    question: str
    function: str
    kind: str
    was: str
    becomes: str
    because: str | None = None
    """Why that is correct, if equivalents.yaml says so."""


class Confusion(msgspec.Struct, kw_only=True):
    """Planted mistakes that were not always named correctly, and what was named."""

    planted: str
    """The mistakes, and in what form."""
    mistakes: list[str]
    seeds: int = 0
    outcomes: dict[str, int] = {}
    named: list[str] = []


class Cost(msgspec.Struct, kw_only=True):
    """What a planted mistake costs in another question than its own, although errors are followed."""

    mistake: str
    question: str
    points: Fraction
    """The most on any seed."""
    reasons: list[str]
    """Why the failures are not inherited."""


class Naming(msgspec.Struct, kw_only=True):
    """How often planted mistakes of one kind were named."""

    kind: Kind
    trials: int = 0
    right: int = 0
    part: int = 0
    silent: int = 0
    wrong: int = 0
    unseen: int = 0
    """Planted, but not among the trials, since no call shows it: as few other mistakes give the same, or a constant is
    too small to change anything."""
    confusions: list[Confusion] = []

    def add(self, outcome: NamedAs) -> None:
        self.trials += 1
        setattr(self, outcome, getattr(self, outcome) + 1)


class CheatRow(msgspec.Struct, kw_only=True):
    """What a kind of answer that knows nothing earned, on any seed."""

    name: str
    says: str
    """What it answers."""
    passed: list[str]
    """The tests that it passed but should not have."""


class Remembered(msgspec.Struct, frozen=True):
    """What answers remembered from public tests earn, which are correct nowhere else."""

    points: Fraction
    of: Fraction
    """The points of all validated questions; neither number includes bonuses."""


class GuessRow(msgspec.Struct, kw_only=True):
    """What a student earns on average who chooses at random."""

    question: str
    points: Fraction
    of: Fraction
    advice: str = ""
    """What to do, if that is much."""
    bonus: bool = False


class Report(msgspec.Struct, kw_only=True):
    """Everything that `gradmark validate` found about one problem set."""

    pset: str
    seeds: list[int]
    seconds: float = 0.0
    questions: list[QuestionRow] = []
    tests: list[TestRow] = []
    survivors: list[Survivor] = []
    naming: list[Naming] = []
    followed: int = 0
    """How many single mistakes were planted with their errors followed."""
    costs: list[Cost] = []
    """What single mistakes cost in other questions."""
    cheats: list[CheatRow] = []
    remembered: Remembered | None = None
    variants: int = 0
    """How many variants the suite was tried on, if every student gets one."""
    guesses: list[GuessRow] = []
    """The questions that have choices."""
    problems: list[SuiteProblem] = []
    untried: str = ""
    """Why no correct answer was graded in a sandbox, if this machine has none."""
    unchanged: list[str] = []
    """Questions skipped, because they passed before and nothing that they depend on has changed."""

    @property
    def ok(self) -> bool:
        """Whether the suite deserves trust."""
        return not self.problems

    @property
    def mutants(self) -> tuple[int, int, int]:
        """The numbers of mutants, of those caught, and of those that survive for a given reason."""
        rows = self.questions
        return (
            sum(row.mutants for row in rows),
            sum(row.mutants_caught for row in rows),
            sum(row.equivalent for row in rows),
        )

    def text(self) -> str:
        """The report for a terminal."""
        skipped = [f"skipped, because they passed before and have not changed: {', '.join(self.unchanged)}"]
        if self.unchanged and not self.questions:
            return "\n".join([f"{self.pset}: nothing to validate", *skipped, "", "all checks passed"])
        lines = [
            f"{self.pset}: validated on {many(len(self.seeds), 'seed')} in {self.seconds:.0f} s",
            *(skipped if self.unchanged else []),
            "",
            *self._question_table(),
            "",
            *self._naming_lines(),
            *self._cost_lines(),
            *self._cheat_lines(),
            *([f"variants: {self.variants} tried, the extremes among them"] if self.variants else []),
            *self._guess_lines(),
            *self._survivor_lines(),
            *self._idle_lines(),
        ]
        if self.untried:
            lines += ["", f"NOT TRIED: no correct answer was graded in a sandbox. {self.untried}"]
        if self.problems:
            lines += ["", f"{many(len(self.problems), 'problem')} to fix:"]
            lines += [
                f"  {problem.kind}: {problem.what}".replace("\n", "\n    ") for problem in self.problems
            ]
        return "\n".join([*lines, "", "all checks passed" if self.ok else "not all checks passed"])

    def _question_table(self) -> list[str]:
        heads = ("question", "tests", "points", "ms", "mistakes caught", "mutants caught", "equivalent")
        rows = [
            (
                f"{row.id} (bonus)" if row.bonus else row.id, str(row.tests), number(row.points),
                f"{row.milliseconds:.1f}",
                f"{row.mistakes_caught}/{row.mistakes}", f"{row.mutants_caught}/{row.mutants}", str(row.equivalent),
            )
            for row in self.questions
        ]  # fmt: skip
        mutants, caught, equivalent = self.mutants
        last = (
            "all", str(sum(r.tests for r in self.questions)),
            number(total(r.points for r in self.questions if not r.bonus)),
            f"{sum(r.milliseconds for r in self.questions):.1f}",
            f"{sum(r.mistakes_caught for r in self.questions)}/{sum(r.mistakes for r in self.questions)}",
            f"{caught}/{mutants}", str(equivalent),
        )  # fmt: skip
        widths = [max(map(len, column)) for column in zip(heads, *rows, last, strict=True)]
        table = [heads, *rows, last]
        return [
            "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in table
        ]

    def _naming_lines(self) -> list[str]:
        lines = []
        for naming in self.naming:
            part = f" {naming.part} in part," if naming.part else ""
            share = f"{naming.right / naming.trials:.1%}"
            lines.append(
                f"{naming.kind}: {naming.trials} planted, {naming.right} named rightly ({share}),{part} "
                f"{naming.silent} not named, {naming.wrong} named wrongly"
            )
            for row in naming.confusions:
                counts = ", ".join(f"{n} {outcome}" for outcome, n in sorted(row.outcomes.items()))
                lines.append(f"  {row.planted}: {counts}; named: {'; '.join(row.named) or 'nothing'}")
        return lines

    def _cost_lines(self) -> list[str]:
        if not self.followed:
            return []
        looked = f"errors of {many(self.followed, 'mistake')} were followed: "
        if not self.costs:
            return [f"{looked}each costs points in its own question only"]
        count = len({row.mistake for row in self.costs})
        lines = [f"{looked}{count} also cost{'s' * (count == 1)} points in other questions:"]
        return lines + [
            f"  {row.mistake}: {number(row.points)} in {row.question} ({'; '.join(row.reasons)})"
            for row in self.costs
        ]

    def _cheat_lines(self) -> list[str]:
        lines = []
        if self.cheats:
            earning = sum(bool(row.passed) for row in self.cheats)
            earn = {0: "none earns", 1: "1 earns"}.get(earning, f"{earning} earn")
            lines.append(f"answers that know nothing: {len(self.cheats)} kinds tried, {earn} points")
        if self.remembered:
            points, of = number(self.remembered.points), number(self.remembered.of)
            lines.append(f"answers remembered from public tests earn {points} of {of} points")
        return lines

    @property
    def guessed(self) -> Remembered | None:
        """What random choices earn, of all validated questions; None if there are no choices."""
        of = total(row.points for row in self.questions if not row.bonus)
        earned = total(row.points for row in self.guesses if not row.bonus)
        return Remembered(earned, of) if self.guesses and of else None

    def _guess_lines(self) -> list[str]:
        if self.guessed is None:
            return []
        earned, of = self.guessed.points, self.guessed.of
        each = listed([f"{number(row.points)} of {number(row.of)} in {row.question}" for row in self.guesses])
        lines = [
            f"who chooses at random earns {number(earned)} of {number(of)} points ({float(earned / of):.0%}): {each}"
        ]
        lines += [
            f"  {row.question}: that is much for guessing; {row.advice}" for row in self.guesses if row.advice
        ]
        if earned > MUCH_GUESSED * of:
            lines.append(
                "  all in all: that is much for guessing; ask for several choices, for words or for computed answers"
            )
        return lines

    def _survivor_lines(self) -> list[str]:
        lines = []
        for survivor in self.survivors:
            reason = f"equivalent: {survivor.because}" if survivor.because else "survives"
            lines += ["", f"mutant of {survivor.function} ({survivor.question}, {survivor.kind}) {reason}"]
            lines += [f"  - {line}" for line in survivor.was.splitlines()]
            lines += [f"  + {line}" for line in survivor.becomes.splitlines() or ["(nothing)"]]
        return lines

    def _idle_lines(self) -> list[str]:
        concerned = {row.id for row in self.questions if row.mistakes}
        idle = [t.name for t in self.tests if not t.mistakes_caught and t.points and t.question in concerned]
        return ["", "tests that no known mistake fails: " + ", ".join(idle)] if idle else []
