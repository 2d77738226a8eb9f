"""The results of a whole class: the numbers behind report.html."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.gradebook import PsetScores, StudentScore, standing
from grader.points import is_full, number, total
from grader.pset.recorded import WAITS_FOR_STAFF
from grader.report.words import STATUS_WORDS
from grader.results import NUMBERS_WORDS, SubmissionBehaviour, SubmissionResult, TestResult, Trust
from grader.text import clean, clean_name, listed, many
from grader.wording import UNFOLLOWED_FOR_STAFF, sentence_of

__all__ = [
    "Example",
    "MistakeGroup",
    "QuestionStats",
    "Row",
    "Summarising",
    "Summary",
    "TestStats",
    "Trouble",
]

MAX_NAMES = 12
"""Submissions linked as examples of one mistake."""
MAX_CODE = 1_200
"""Characters of an example's code."""
MAX_MESSAGE = 300
"""Characters of what a group's first failed test says."""
MAX_GROUPS = 12
"""Groups listed that fail alike for no named reason."""
MAX_SLOW = 10


@dataclass
class QuestionStats:
    """One question in the whole class."""

    id: str
    title: str
    most: Fraction
    manual: bool
    bonus: bool = False
    points: list[Fraction] = field(default_factory=list)
    """Of every graded student; for a manual question, of those whose answer has been graded."""
    inherited: int = 0
    """Students who have all points although a failure is inherited."""
    waiting: int = 0
    """Answers that a person still has to grade."""

    @property
    def mean(self) -> Fraction:
        return statistics.mean(self.points) if self.points else Fraction(0)

    @property
    def all_points(self) -> int:
        """Students who lost no points; those whose failures are inherited are among them."""
        return sum(is_full(points, self.most) for points in self.points)

    @property
    def full(self) -> int:
        return self.all_points - self.inherited

    @property
    def none(self) -> int:
        return sum(points <= 0 < self.most for points in self.points)


@dataclass(frozen=True)
class Example:
    """A student's code with a mistake, and what it returned."""

    submission: str
    source: str
    outputs: list[str]


@dataclass
class MistakeGroup:
    """Submissions with the same mistake, named or not."""

    name: str
    """The mistake's name, or the group's if the mistake has none."""
    sentence: str
    """The mistake's, or what the first test that the group fails says."""
    questions: list[str] = field(default_factory=list)
    """The questions where it shows, in the problem set's order once all are counted."""
    submissions: list[str] = field(default_factory=list)
    example: Example | None = None

    @property
    def some(self) -> list[str]:
        return self.submissions[:MAX_NAMES]

    def add(self, question: str, submission: str) -> None:
        """Count it for this question of this submission; submissions must come one after another."""
        if question not in self.questions:
            self.questions.append(question)
        if not self.submissions or self.submissions[-1] != submission:
            self.submissions.append(submission)


@dataclass
class TestStats:
    """One test in the whole class."""

    __test__ = False  # pytest would collect it by its name

    question: str
    name: str
    visibility: str
    passed: int = 0
    failed: int = 0
    inherited: int = 0
    """How many of the failures are inherited."""
    slow: int = 0
    """How many of the failures are timeouts and crashes."""
    trust: Trust = "outside"
    """Where it was judged; inside a student's process if it ever was."""
    seconds: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        return 1000 * statistics.median(self.seconds) if self.seconds else 0.0


@dataclass(frozen=True)
class Trouble:
    """A submission that could not be graded, or not completely, and why."""

    submission: str
    what: str
    why: str


@dataclass
class Row:
    """One student's row of the table."""

    page: str
    """The name of their page; empty if they have none."""
    submission: str
    name: str
    status: str
    score: Fraction | None
    points: list[Fraction | None]
    seconds: float
    remarks: list[str]
    inherited: frozenset[str] = frozenset()
    """Questions with inherited failures."""
    mistakes: list[int] = field(default_factory=list)
    """Their mistakes, as places in `Summary.mistakes`."""
    person: bool = False
    """Whether the submission needs a person, apart from written answers."""
    inside: Fraction = Fraction(0)
    """The points that rest on tests inside their process."""


@dataclass
class Summary:
    """Everything that report.html shows."""

    pset: str
    title: str
    most: Fraction
    questions: list[QuestionStats]
    pages: Mapping[str, str] = field(default_factory=dict)
    """The name of the page of each submission's first student."""
    rows: list[Row] = field(default_factory=list)
    mistakes: list[MistakeGroup] = field(default_factory=list)
    unnamed: list[MistakeGroup] = field(default_factory=list)
    unnamed_rest: int = 0
    """How many more groups there are."""
    tests: list[TestStats] = field(default_factory=list)
    unanswered: list[MistakeGroup] = field(default_factory=list)
    """The submissions without an answer, by question."""
    troubles: list[Trouble] = field(default_factory=list)
    """Rejected, not run, an error on our side, or graded without knowing which failures are inherited."""
    interrupted: list[Trouble] = field(default_factory=list)
    """Graded, but with tests that timed out or crashed."""
    inside: Fraction = Fraction(0)
    """The points by tests that ran inside the students' processes, of those ``by_tests``."""
    by_tests: Fraction = Fraction(0)

    @property
    def graded(self) -> list[Fraction]:
        return [row.score for row in self.rows if row.status == "graded" and row.score is not None]

    @property
    def handed_in(self) -> list[Row]:
        return [row for row in self.rows if row.submission]

    @property
    def full(self) -> int:
        """Students with all the points that can be had so far, and no inherited failures."""
        most = self.reachable
        return sum(
            standing(row.score, most, inherited=bool(row.inherited)) == "full"
            for row in self.rows
            if row.status == "graded"
        )

    @property
    def reachable(self) -> Fraction:
        """The points that can be had so far: without written questions for which nobody has a grade yet."""
        return total(q.most for q in self.questions if not q.bonus and (not q.manual or q.points))

    @property
    def slowest(self) -> list[Row]:
        each = {row.submission: row for row in self.handed_in}  # a group's submission once
        return sorted(each.values(), key=lambda row: -row.seconds)[:MAX_SLOW]

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
        """Submissions and questions that need a person."""
        return len(self.troubles) + len(self.waiting)


class Summarising:
    """Goes through the class once, keeping only a few numbers of each submission."""

    def __init__(self, scores: PsetScores, pages: Mapping[int, str]) -> None:
        questions = [QuestionStats(q.id, q.title, q.points, q.manual, q.bonus) for q in scores.questions]
        self._pages = pages
        self._links: dict[str, str] = {}
        self.summary = Summary(scores.name, scores.title, scores.max_score, questions, self._links)
        self.summary.inside, self.summary.by_tests = scores.inside, scores.by_tests
        self._tests: dict[tuple[str, str, str], TestStats] = {}
        self._named: dict[str, MistakeGroup] = {}
        self._rows: dict[str, list[Row]] = {}

    def add(self, result: SubmissionResult, students: Sequence[StudentScore]) -> None:
        """Add an attempt with the students for whom it counts."""
        graded = result.status == "graded"
        seconds = sum(test.seconds for question in result.questions for test in question.tests)
        for student in students:
            row = self._row(student, result.status, seconds, _remarks(student, result))
            other = result.own_numbers is not None and result.own_numbers.found != "own"
            row.person = not graded or result.unfollowed or other
            self._rows.setdefault(result.submission, []).append(row)
            if graded:
                self._count_points(student, row)
        self._links.setdefault(result.submission, self._pages[students[0].number])
        if graded:
            self._count_tests(result)
            if result.unfollowed:
                self.summary.troubles.append(Trouble(result.submission, "not followed", UNFOLLOWED_FOR_STAFF))
            if (numbers := result.own_numbers) and numbers.found != "own":
                self.summary.troubles.append(
                    Trouble(result.submission, NUMBERS_WORDS[numbers.found], clean(numbers.notice, 400))
                )
        elif result.waits:
            self.summary.troubles.append(Trouble(result.submission, NUMBERS_WORDS["waits"], WAITS_FOR_STAFF))
        else:
            what = STATUS_WORDS[result.status]
            self.summary.troubles.append(Trouble(result.submission, what, clean(result.reason, 400)))

    def add_absent(self, student: StudentScore) -> None:
        """Add a student who handed in nothing."""
        self._row(student, "not handed in", 0.0, _remarks(student, None))

    def _row(self, student: StudentScore, status: str, seconds: float, remarks: list[str]) -> Row:
        attempt = student.attempt
        points = attempt.questions if attempt else student.given
        row = Row(
            page=self._pages.get(student.number, ""),
            submission=attempt.submission if attempt else "",
            name=clean_name(student.name or student.sid or student.email),
            status=status,
            score=student.score,
            points=[points.get(q.id) for q in self.summary.questions],
            seconds=seconds,
            remarks=remarks,
            inherited=attempt.inherited if attempt else frozenset(),
            inside=student.inside,
        )
        self.summary.rows.append(row)
        return row

    def _count_points(self, student: StudentScore, row: Row) -> None:
        for stats, points in zip(self.summary.questions, row.points, strict=True):
            if points is not None:
                stats.points.append(points)
                stats.inherited += stats.id in row.inherited and is_full(points, stats.most)
            elif stats.id in student.open:
                stats.waiting += 1

    def _count_tests(self, result: SubmissionResult) -> None:
        broken: list[TestResult] = []
        for question in result.questions:
            for test in question.tests:
                key = question.id, test.file, test.name
                stats = self._tests.setdefault(key, TestStats(question.id, test.title, test.visibility))
                stats.passed += test.status == "passed"
                stats.failed += test.status != "passed"
                stats.inherited += bool(test.inherited)
                if test.trust == "inside":
                    stats.trust = "inside"
                if test.status in ("timeout", "crashed"):
                    stats.slow += 1
                    broken.append(test)
                else:
                    stats.seconds.append(test.seconds)
                if test.mistake and test.explanation:
                    says = " ".join(mistake.says for mistake in test.explanation.mistakes)
                    named = self._named.setdefault(test.mistake, MistakeGroup(test.mistake, says))
                    named.add(question.id, result.submission)
        if broken:
            kinds = {test.status for test in broken}
            what = " and ".join(
                word for kind, word in (("timeout", "took too long"), ("crashed", "crashed")) if kind in kinds
            )
            why = f"{many(len(broken), 'test')}: {clean(sentence_of(broken[0]), 200)}"
            self.summary.interrupted.append(Trouble(result.submission, what, why))

    def done(self, behaviours: Iterable[SubmissionBehaviour]) -> Summary:
        summary = self.summary
        unnamed: dict[tuple[str, str], MistakeGroup] = {}
        unanswered: dict[str, MistakeGroup] = {}
        for one in behaviours:
            if one.submission not in self._rows:
                continue
            for question in one.questions:
                example = Example(
                    one.submission, clean(question.source, MAX_CODE), [*map(clean, question.outputs)]
                )
                key = question.question, question.digest
                if question.mistake:
                    group = self._named.get(question.mistake)
                elif not question.answered:
                    group = unanswered.setdefault(question.question, MistakeGroup(question.question, ""))
                    group.add(question.question, one.submission)
                else:
                    said = clean(question.message, MAX_MESSAGE)
                    group = unnamed.setdefault(key, MistakeGroup(question.group, said))
                    group.add(question.question, one.submission)
                if group and group.example is None and question.source:
                    group.example = example
        places = {question.id: place for place, question in enumerate(summary.questions)}
        for group in self._named.values():
            group.questions.sort(key=lambda question: places.get(question, len(places)))
        summary.mistakes = sorted(self._named.values(), key=lambda group: -len(group.submissions))
        several = sorted(unnamed.values(), key=lambda group: -len(group.submissions))
        summary.unnamed, rest = several[:MAX_GROUPS], several[MAX_GROUPS:]
        summary.unnamed_rest = len(rest)
        summary.unanswered = [unanswered[q.id] for q in summary.questions if q.id in unanswered]
        for place, group in enumerate(summary.mistakes):
            for submission in group.submissions:
                for row in self._rows[submission]:
                    row.mistakes.append(place)
        summary.rows.sort(key=lambda row: (not row.submission, row.submission, row.page, row.name))
        summary.troubles.sort(key=lambda one: one.submission)
        summary.interrupted.sort(key=lambda one: one.submission)
        summary.tests = list(self._tests.values())
        return summary


def _remarks(student: StudentScore, result: SubmissionResult | None) -> list[str]:
    """What is special about a student's submission, in a few words each."""
    remarks = []
    if student.attempt is not None:
        if student.attempt.members > 1:
            remarks.append("in a group")
        late = student.attempt.lateness
        if late.days:
            takes = f", −{number(late.percent)}%" if late.percent else ""
            covered = f", {late.covered} from the budget" if late.covered else ""
            remarks.append(f"{many(late.days, 'day')} late{covered}{takes}")
        if student.attempt.untimed == "unread":
            remarks.append("time could not be read")
    if student.overridden:
        remarks.append("points set by staff")
    if student.chosen:
        remarks.append("attempt chosen by staff")
    if student.attempt is not None and student.attempt.inherited:
        remarks.append(f"inherited failures in {listed(sorted(student.attempt.inherited))}")
    if result is not None and (errors := len(result.notebook_errors)):
        remarks.append(many(errors, "cell error"))
    return remarks
