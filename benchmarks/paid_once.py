"""Whether a class pays for each mistake once: what submissions lose outside the questions of their own mistakes.

python -m benchmarks.paid_once [--psets ps1] [--count 1000] [--seed 0] [--jobs 2]
... --write     also write the table into docs/naming.md
... --list      also list which exceptions were met, and what was not expected

A class is drawn first. Each known mistake is planted alone, and its errors are followed: the tests of other questions
that fail then without being inherited are its exceptions. Where a submission has more than one mistake, or right
answers in another style beside one, these answers are planted together as well: in the world of both, other tests may
keep no power. Then the class is simulated and graded as any other. In every submission with known mistakes, and nothing
else that is wrong, the tests of other questions that lose points should be just the listed exceptions.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.measure import table
from benchmarks.performance import fill
from grader.points import is_full
from grader.pset import ProblemSet, load_problem_set
from grader.results import SubmissionResult
from grader.simulate import Classroom, matched
from grader.validate import costs_of

COURSE = Path(__file__).resolve().parents[1]
PAGE = COURSE / "docs" / "naming.md"
KINDS = ("mistake", "two mistakes")
"""Of submissions whose known mistakes are all that is wrong."""
HEAD = (
    "problem set",
    "submissions",
    "with known mistakes",
    "failed elsewhere",
    "inherited",
    "exceptions of one mistake",
    "of answers together",
    "not listed",
    "listed, not lost",
)


@dataclass
class Losses:
    """What submissions lost in other questions than those of their mistakes, in tests."""

    submissions: int = 0
    wrong: int = 0
    """Submissions with known mistakes."""
    failed: int = 0
    inherited: int = 0
    listed: int = 0
    """Losses that one of the mistakes has alone."""
    together: int = 0
    """Other losses that the submission's answers have together."""
    met: Counter[str] = field(default_factory=Counter)
    """The exceptions, with how often they were met."""
    unexpected: list[str] = field(default_factory=list)
    """Losses that are no listed exceptions."""
    kept: list[str] = field(default_factory=list)
    """Exceptions that lost nothing."""

    @property
    def row(self) -> list[str]:
        counts = (self.submissions, self.wrong, self.failed, self.inherited, self.listed, self.together)
        return [*map(str, counts), str(len(self.unexpected)), str(len(self.kept))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--psets", default="ps1", help="problem sets, separated by commas")
    parser.add_argument("--count", type=int, default=1000, help="submissions to each")
    parser.add_argument("--seed", type=int, default=0, help="which class")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    parser.add_argument("--list", action="store_true", help="list exceptions, and what was not expected")
    given = parser.parse_args()
    rows, lists, unexpected = [], [], 0
    for pset in given.psets.split(","):
        problem_set = load_problem_set(COURSE / "psets" / pset)
        answers = _answers(problem_set, given.count, given.seed)
        costs = costs_of(problem_set, answers.values(), workers=given.jobs)
        with tempfile.TemporaryDirectory(prefix="paid-once-") as scratch:
            made, graded = Path(scratch, "class"), Path(scratch, "graded")
            _gradmark("simulate", pset, "--count", given.count, "--seed", given.seed, "--out", made)
            roster = ("--roster", made / "roster.csv", "--no-feedback", "--jobs", given.jobs)
            _gradmark("grade", pset, made / "submissions", "--out", graded, *roster)
            results = (
                (result, answers.get((row["ids"], row["attempt"])))
                for result, row in matched(made / "truth.csv", graded)
            )
            losses = compared(problem_set, costs, results)
        rows.append([pset, *losses.row])
        unexpected += len(losses.unexpected) + len(losses.kept)
        lists += [f"{pset}: {count} times: {what}" for what, count in losses.met.most_common()]
        lists += [f"{pset}: not listed: {what}" for what in losses.unexpected]
        lists += [f"{pset}: listed, not lost: {what}" for what in losses.kept]
    caption = f"{date.today().isoformat()}; seed {given.seed}; failures and exceptions are counted in tests"
    text = f"{caption}\n\n{table(HEAD, rows)}"
    print(text)
    if given.list:
        print("\n".join(["", *lists]))
    if given.write:
        fill("paid once", text, PAGE)
    return 1 if unexpected else 0


def _gradmark(*arguments: object) -> None:
    command = [sys.executable, "-m", "grader.cli", *map(str, arguments), "--course", str(COURSE)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # 1 if some submissions cannot be graded, as in every made-up class
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def _answers(problem_set: ProblemSet, count: int, seed: int) -> dict[tuple[str, str], frozenset[str]]:
    """By students and attempt, the mistakes and styles among the answers where nothing else is wrong."""
    with contextlib.closing(Classroom(problem_set)) as classroom:
        return {
            (";".join(person.id for person in handin.people), str(number)): frozenset(
                (*attempt.mistakes, *attempt.styles)
            )
            for handin in classroom.draw(count, seed)
            for number, attempt in enumerate(handin.attempts, 1)
            if attempt.kind in KINDS
        }


def compared(
    problem_set: ProblemSet,
    costs: Mapping[frozenset[str], Mapping[str, str]],
    results: Iterable[tuple[SubmissionResult, frozenset[str] | None]],
) -> Losses:
    """What submissions lost, beside what their answers cost when they are planted.

    Args:
        problem_set: What they answer.
        costs: By the names of mistakes and styles, the tests of other questions that they cost points in, with reasons.
        results: Results, each with the names of its answers; None where something else is wrong.
    """
    losses = Losses()
    asked = {name: one.id for one in problem_set.questions for name in one.functions}
    functions = {one.name: one.function for one in problem_set.mistakes()}
    for result, names in results:
        losses.submissions += 1
        if names is None:
            continue
        losses.wrong += 1
        mistakes = sorted(names & functions.keys())
        own = {asked[functions[name]] for name in mistakes}
        alone = {key: name for name in mistakes for key in costs.get(frozenset([name]), {})}
        listed = costs.get(names, {})
        for question in result.questions:
            if question.id in own:
                continue
            for test in question.tests:
                where = f"{result.submission} ({', '.join(sorted(names))}), {question.id}: {test.key}"
                kept = is_full(test.score, test.max_score)
                losses.failed += test.status != "passed"
                losses.inherited += kept and bool(test.inherited)
                if not kept and test.key in listed:
                    losses.listed += test.key in alone
                    losses.together += test.key not in alone
                    of = alone.get(test.key) or " + ".join(sorted(names))
                    losses.met[f"{question.id}, {test.key}: {of}: {listed[test.key]}"] += 1
                elif not kept:
                    losses.unexpected.append(where)
                elif test.key in listed:
                    losses.kept.append(where)
    return losses


if __name__ == "__main__":
    sys.exit(main())
