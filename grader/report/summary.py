"""What a class's results say together: the numbers behind report.html."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.gradebook import PsetScores
from grader.points import number
from grader.report.folder import Handed
from grader.results import SubmissionBehaviour, SubmissionResult, TestResult
from grader.sandbox.text import clean

__all__ = ["Example", "MistakeGroup", "QuestionStats", "Row", "Summary", "TestStats", "Trouble", "summarise"]

MAX_NAMES = 12
"""Submissions that are linked as examples of one thing."""
MAX_CODE = 1_200
"""Characters of an example's code."""
MAX_GROUPS = 12
"""Groups of submissions that fail alike for a reason nobody has named."""
MAX_SLOW = 10


@dataclass
class QuestionStats:
    """One question in the whole class."""

    id: str
    title: str
    most: float
    manual: bool
    points: list[float] = field(default_factory=list)
    """Of each graded submission; of a manual question, of those that have been graded."""
    waiting: int = 0
    """Answers that a person has still to grade."""

    @property
    def mean(self) -> float:
        return statistics.fmean(self.points) if self.points else 0.0

    @property
    def full(self) -> int:
        return sum(points >= self.most for points in self.points)

    @property
    def none(self) -> int:
        return sum(points <= 0 < self.most for points in self.points)


@dataclass(frozen=True)
class Example:
    """A student's code that shows a mistake, and what it returned."""

    submission: str
    source: str
    outputs: list[str]


@dataclass
class MistakeGroup:
    """Submissions in which the same thing is wrong."""

    name: str
    """The mistake's, or for one without a name its group's."""
    sentence: str
    questions: list[str] = field(default_factory=list)
    """In which it showed."""
    submissions: list[str] = field(default_factory=list)
    example: Example | None = None

    @property
    def some(self) -> list[str]:
        return self.submissions[:MAX_NAMES]

    def add(self, question: str, submission: str) -> None:
        """It showed in this question of this submission; submissions come one after another."""
        if question not in self.questions:
            self.questions.append(question)
        if not self.submissions or self.submissions[-1] != submission:
            self.submissions.append(submission)


@dataclass
class TestStats:
    """One test in the whole class."""

    __test__ = False  # a name pytest would take for its own

    question: str
    name: str
    visibility: str
    passed: int = 0
    failed: int = 0
    slow: int = 0
    """Timeouts and crashes among the failures."""
    seconds: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        return 1000 * statistics.median(self.seconds) if self.seconds else 0.0


@dataclass(frozen=True)
class Trouble:
    """A submission that could not be graded, or only in part, and why."""

    submission: str
    what: str
    why: str


@dataclass
class Row:
    """A line of the table."""

    submission: str
    names: list[str]
    status: str
    score: float | None
    points: list[float | None]
    seconds: float
    remarks: list[str]
    mistakes: list[int] = field(default_factory=list)
    """Numbers of the mistakes, in the order of `Summary.mistakes`."""
    person: bool = False
    """Something in it waits for a person, written answers apart."""


@dataclass
class Summary:
    """Everything that report.html shows."""

    pset: str
    title: str
    most: float
    questions: list[QuestionStats]
    rows: list[Row] = field(default_factory=list)
    mistakes: list[MistakeGroup] = field(default_factory=list)
    unnamed: list[MistakeGroup] = field(default_factory=list)
    unnamed_rest: int = 0
    """Further groups that are not listed."""
    tests: list[TestStats] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    """Rejected, not run, and errors of ours."""
    interrupted: list[Trouble] = field(default_factory=list)
    """Graded, with tests that timed out or crashed."""

    @property
    def graded(self) -> list[float]:
        return [row.score for row in self.rows if row.status == "graded" and row.score is not None]

    @property
    def full(self) -> int:
        """Graded submissions with all the points that there are so far."""
        return sum(score >= self.reachable for score in self.graded)

    @property
    def reachable(self) -> float:
        """Points that anybody can have by now: without written questions that nobody has graded yet."""
        return sum(q.most for q in self.questions if not q.manual or q.points)

    @property
    def slowest(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: -row.seconds)[:MAX_SLOW]

    @property
    def nobody_passes(self) -> list[TestStats]:
        return [test for test in self.tests if test.failed and not test.passed]

    @property
    def nobody_fails(self) -> list[TestStats]:
        return [test for test in self.tests if test.passed and not test.failed]

    @property
    def waiting(self) -> list[QuestionStats]:
        return [question for question in self.questions if question.waiting]

    @property
    def errors_of_ours(self) -> int:
        return sum(row.status == "grader_error" for row in self.rows)

    @property
    def for_a_person(self) -> int:
        """Submissions and questions that wait for somebody."""
        return len(self.troubles) + len(self.waiting)


def summarise(
    scores: PsetScores, handed: Iterable[Handed], behaviours: Iterable[SubmissionBehaviour]
) -> Summary:
    """Go through the class once; only a few numbers of each submission are kept."""
    work = _Work(scores)
    for one in handed:
        work.add(one)
    return work.done(behaviours)


class _Work:
    def __init__(self, scores: PsetScores) -> None:
        questions = [QuestionStats(q.id, q.title, q.points, q.manual) for q in scores.questions]
        self.summary = Summary(scores.name, scores.title, scores.max_score, questions)
        self._tests: dict[tuple[str, str], TestStats] = {}
        self._named: dict[str, MistakeGroup] = {}
        self._rows: dict[str, Row] = {}

    def add(self, handed: Handed) -> None:
        result, points = handed.result, handed.points
        graded = result.status == "graded"
        row = Row(
            submission=result.submission,
            names=handed.names,
            status=result.status,
            score=handed.score if graded else None,
            points=[points.get(q.id) for q in self.summary.questions],
            seconds=sum(test.seconds for question in result.questions for test in question.tests),
            remarks=_remarks(handed),
            person=not graded,
        )
        self._rows[result.submission] = row
        self.summary.rows.append(row)
        if not graded:
            words = {"rejected": "cannot be read", "failed_to_run": "did not run"}
            what = words.get(result.status, "our error")
            self.summary.troubles.append(Trouble(result.submission, what, clean(result.reason, 400)))
            return
        for stats in self.summary.questions:
            mine = points.get(stats.id)
            if mine is not None:
                stats.points.append(mine)
            elif stats.manual:
                stats.waiting += 1
        self._count_tests(result)

    def _count_tests(self, result: SubmissionResult) -> None:
        broken: list[TestResult] = []
        for question in result.questions:
            for test in question.tests:
                key = question.id, test.name
                stats = self._tests.setdefault(key, TestStats(question.id, test.name, test.visibility))
                stats.passed += test.status == "passed"
                stats.failed += test.status != "passed"
                if test.status in ("timeout", "crashed"):
                    stats.slow += 1
                    broken.append(test)
                else:
                    stats.seconds.append(test.seconds)
                if test.mistake:
                    sentence = test.message.split("\n", 1)[0]
                    named = self._named.setdefault(test.mistake, MistakeGroup(test.mistake, sentence))
                    named.add(question.id, result.submission)
        if broken:
            kinds = {test.status for test in broken}
            what = " and ".join(
                word for kind, word in (("timeout", "took too long"), ("crashed", "crashed")) if kind in kinds
            )
            why = f"{len(broken)} tests: {clean(broken[0].message.split(chr(10), 1)[0], 200)}"
            self.summary.interrupted.append(Trouble(result.submission, what, why))

    def done(self, behaviours: Iterable[SubmissionBehaviour]) -> Summary:
        summary = self.summary
        unnamed: dict[tuple[str, str], MistakeGroup] = {}
        for one in behaviours:
            if one.submission not in self._rows:
                continue
            for question in one.questions:
                example = Example(one.submission, clean(question.source, MAX_CODE), question.outputs)
                if question.mistake:
                    group = self._named.get(question.mistake)
                else:
                    key = question.question, question.digest
                    group = unnamed.setdefault(key, MistakeGroup(question.group, ""))
                    group.add(question.question, one.submission)
                if group and group.example is None and question.source:
                    group.example = example
        summary.mistakes = sorted(self._named.values(), key=lambda group: -len(group.submissions))
        several = sorted(unnamed.values(), key=lambda group: -len(group.submissions))
        summary.unnamed, rest = several[:MAX_GROUPS], several[MAX_GROUPS:]
        summary.unnamed_rest = len(rest)
        for place, group in enumerate(summary.mistakes):
            for submission in group.submissions:
                self._rows[submission].mistakes.append(place)
        summary.tests = list(self._tests.values())
        return summary


def _remarks(handed: Handed) -> list[str]:
    """What is special about a submission, in a few words each."""
    remarks = []
    if handed.owners and not any(owner.counts for owner in handed.owners):
        remarks.append("earlier attempt")
    for owner in handed.owners:
        late = owner.attempt.lateness
        if late.days:
            remarks.append(f"late {late.days} d" + (f", −{number(late.percent)} %" if late.percent else ""))
        if owner.student.overridden:
            remarks.append("points set by staff")
    if errors := len(handed.result.notebook_errors):
        remarks.append(f"{errors} cell error{'s' if errors > 1 else ''}")
    return list(dict.fromkeys(remarks))
