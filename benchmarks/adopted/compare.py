"""Where two graders differ about the same class: test by test, and score by score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from benchmarks.adopted.originals import Graded, Verdict
from benchmarks.measure import table

__all__ = ["Comparison", "Difference", "compare", "listed", "summary"]

ROUNDED = 0.005 + 1e-9
"""Ours are written in hundredths, a test's points and a question's; otter's and nbgrader's are not."""


@dataclass(frozen=True)
class Difference:
    """One test of one submission, or with ``test`` empty its score."""

    submission: str
    test: str
    theirs: str
    ours: str
    message: str = ""
    """Of ours, or theirs if we have none."""


@dataclass(frozen=True)
class Comparison:
    """Two graders on one assignment."""

    assignment: str
    original: Literal["otter", "nbgrader"]
    submissions: int
    tests: int
    """Verdicts that either of them gave on the submissions that the original graded."""
    differences: Sequence[Difference] = ()
    """Of verdicts."""
    scores: Sequence[Difference] = ()
    """Of scores."""
    outside: int = 0
    """Our verdicts of tests judged outside the student's process."""
    judged: int = 0
    """All of our verdicts."""
    unjudged: Mapping[str, str] = field(default_factory=dict)
    """Submissions of which the original says nothing, and why; they count nowhere else."""
    their_seconds: float = 0.0
    our_seconds: float = 0.0
    """Of wall time for the whole class."""
    error: str = ""
    """Why one of the two graded nothing."""

    @property
    def equal(self) -> float:
        """The share of equal verdicts."""
        return 1 - len(self.differences) / self.tests if self.tests else math.nan

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "equal": None if math.isnan(self.equal) else self.equal}


def compare(
    assignment: str,
    original: Literal["otter", "nbgrader"],
    theirs: Mapping[str, Graded],
    ours: Mapping[str, Graded],
    *,
    our_seconds: float = 0.0,
) -> Comparison:
    """Tests are matched by name. One that only one side has is a difference, like a submission that only we lack."""
    judged = {name: graded for name, graded in theirs.items() if not graded.error}
    differences: list[Difference] = []
    scores: list[Difference] = []
    count = 0
    for name, their in judged.items():
        our = ours.get(name, Graded(error="not graded"))
        tests = [
            test
            for test in dict.fromkeys((*their.tests, *our.tests))
            if not _says_nothing(original, their.tests.get(test))
        ]
        count += len(tests)
        for test in tests:
            one, two = their.tests.get(test), our.tests.get(test)
            if not _same(one, two):
                message = two.message if two else our.error or (one.message if one else "")
                differences.append(Difference(name, test, _said(one), _said(two), message))
        if abs(their.score - our.score) > ROUNDED * max(1, len(our.questions)):
            scores.append(
                Difference(name, "", f"{their.score:.5g} of {their.max_score:.5g}", _score(our), our.error)
            )
    verdicts = [test for name in judged if name in ours for test in ours[name].tests.values()]
    return Comparison(
        assignment,
        original,
        len(theirs),
        count,
        differences,
        scores,
        outside=sum(test.trust == "outside" for test in verdicts),
        judged=len(verdicts),
        unjudged={name: graded.error for name, graded in theirs.items() if graded.error},
        their_seconds=sum(graded.seconds for graded in theirs.values()),
        our_seconds=our_seconds,
    )


def _says_nothing(original: str, verdict: Verdict | None) -> bool:
    """Whether it is no verdict: of a cell without points, nbgrader's gradebook has the score and not how it ended."""
    return original == "nbgrader" and verdict is not None and not verdict.possible


def _same(one: Verdict | None, two: Verdict | None) -> bool:
    """Of partial credit, the points must be equal."""
    if one is None or two is None or one.passed != two.passed:
        return False
    return one.passed or abs(one.points - two.points) <= ROUNDED


def _said(verdict: Verdict | None) -> str:
    if verdict is None:
        return "absent"
    if verdict.passed or not verdict.points:
        return "passed" if verdict.passed else "failed"
    return f"{verdict.points:.5g} of {verdict.possible:.5g}"


def _score(graded: Graded) -> str:
    return f"{graded.score:.5g} of {graded.max_score:.5g}"


def summary(found: Iterable[Comparison]) -> str:
    """A table with a row for each assignment and one for all."""
    found = list(found)
    head = (
        "assignment", "original", "submissions", "verdicts", "equal", "scores that differ", "outside",
        "original: s each", "gradmark: s each",
    )  # fmt: skip
    rows = [_row(one.assignment, [one]) for one in found]
    return table(head, [*rows, _row("all", found)] if len(found) > 1 else rows)


def _row(name: str, found: Sequence[Comparison]) -> list[str]:
    submissions = sum(one.submissions for one in found)
    tests = sum(one.tests for one in found)
    differing = sum(len(one.differences) for one in found)
    judged = sum(one.judged for one in found)
    return [
        name,
        "/".join(sorted({one.original for one in found})),
        f"{submissions}",
        f"{tests}",
        f"{100 * (1 - differing / tests):.2f} %" if tests else "-",
        f"{sum(len(one.scores) for one in found)}",
        f"{100 * sum(one.outside for one in found) / judged:.1f} %" if judged else "-",
        f"{sum(one.their_seconds for one in found) / submissions:.2f}" if submissions else "-",
        f"{sum(one.our_seconds for one in found) / submissions:.2f}" if submissions else "-",
    ]


def listed(found: Comparison, most: int = 40) -> str:
    """What differs and what could not be compared, a line each."""
    lines = [f"{found.assignment}: {found.error}"] if found.error else []
    lines += [
        f"{found.assignment} {name}: no verdict of {found.original}: {why}"
        for name, why in found.unjudged.items()
    ]
    differing = [*found.differences, *found.scores]
    for one in differing[:most]:
        what = f"{one.submission}, {one.test or 'score'}: {found.original} {one.theirs}, gradmark {one.ours}"
        message = " ".join(one.message.split())[:200]
        lines.append(f"{found.assignment} {what}" + (f" ({message})" if message else ""))
    if len(differing) > most:
        lines.append(f"{found.assignment}: {len(differing) - most} more")
    return "\n".join(lines)
