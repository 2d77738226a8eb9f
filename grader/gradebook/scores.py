"""What everyone's points are: the attempt that counts, points given by hand, lateness, overrides.

The order is fixed. An attempt's questions have their tests' points, or a person's; an override of a question takes
their place; lateness takes its percentage of the sum; an override of everything has the last word. Every page, table
and export takes its points from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Engine, func, select

from grader.encoding import dec_hook
from grader.gradebook.attempts import attempts_of, in_order, members_of, same_answers
from grader.gradebook.database import reading
from grader.gradebook.decisions import find_pset, zone_of
from grader.gradebook.lateness import Lateness, Untimed, deadline, lateness
from grader.gradebook.models import (
    AttemptRow,
    Choice,
    Event,
    Extension,
    GroupMember,
    ManualScore,
    Override,
    PsetRow,
    Publication,
    QuestionScore,
    ResultRow,
    StaffSentence,
    SubmissionRow,
)
from grader.gradebook.personal import Enrolled, Identity, PersonalText
from grader.points import exact, is_full, total
from grader.pset.schema import Late
from grader.results import StudentIdentity

__all__ = [
    "AttemptScore",
    "PsetScores",
    "QuestionInfo",
    "StudentScore",
    "complete",
    "pset_names",
    "scores_of",
]

Counts = Literal["latest", "best"]
_READ = ("graded", "failed_to_run")
"""What could be read: there are answers in it, whatever else there is."""


@dataclass(frozen=True)
class QuestionInfo:
    """A question as the last run knew it."""

    id: str
    title: str
    points: Fraction
    manual: bool
    bonus: bool = False
    """Its points come on top of the problem set's."""


@dataclass
class AttemptScore:
    """An attempt as a student's: their extension and their overrides are in it."""

    number: int
    """Of the attempt in the gradebook."""
    result: int
    """Of its last result."""
    submission: str
    sha256: str
    received_at: datetime
    submitted_at: datetime | None
    graded_at: datetime
    status: str
    reason: str
    marked_late: bool = False
    untimed: Untimed = ""
    questions: dict[str, Fraction | None] = field(default_factory=dict)
    """Points by question; None where nobody has given any: not yet, or because there was nothing to grade."""
    manual: dict[str, Fraction | None] = field(default_factory=dict)
    """Points that a person gave, whatever overrides say."""
    comments: dict[str, str] = field(default_factory=dict)
    lateness: Lateness = field(default_factory=Lateness)
    score: Fraction | None = None
    """After lateness; None where there was nothing to grade, or after an error on our side: nobody's zero."""
    open: list[str] = field(default_factory=list)
    """Questions that a person has still to give points for; they add nothing until then."""
    group: int = 0
    members: int = 1


@dataclass
class StudentScore:
    """A student's points for a problem set, and what they rest on."""

    number: int
    sid: str
    name: str
    email: str
    attempt: AttemptScore | None
    """The one that counts; None for a student of the roster, or with overrides, who handed in nothing."""
    attempts: int
    chosen: bool
    """A person chose the attempt."""
    overridden: list[str]
    """Questions with overridden points; ``""`` stands for everything."""
    score: Fraction | None
    latest: list[AttemptScore] = field(default_factory=list)
    """The last attempt under each submission's name, in the order of handing in."""
    due: datetime | None = None
    """Their own due date: the problem set's, or that of their extension."""
    extended: bool = False
    """They have an extension."""
    given: dict[str, Fraction | None] = field(default_factory=dict)
    """Points for questions that staff set, whatever was handed in."""

    @property
    def known(self) -> bool:
        """Whether they are known by more than what they handed in."""
        return bool(self.sid or self.name or self.email)

    @property
    def identity(self) -> StudentIdentity | None:
        return StudentIdentity(self.sid, self.name, self.email) if self.known else None

    @property
    def status(self) -> str:
        """In a word, as scores.csv has it."""
        return self.attempt.status if self.attempt else "not handed in"

    @property
    def open(self) -> list[str]:
        """Questions that a person has still to grade, where that can change anything."""
        return self.attempt.open if self.attempt and "" not in self.overridden else []


@dataclass
class PsetScores:
    """Everyone's points for one problem set, by name and id."""

    number: int
    name: str
    title: str
    questions: list[QuestionInfo]
    students: list[StudentScore]
    due: datetime | None = None
    zone: ZoneInfo | None = None
    """Whose clocks times are shown by; UTC's where None."""
    budget: int = 0
    """Late days that a student has for the whole course."""
    later: tuple[str, ...] = ()
    """Problem sets for which less of the budget is left where more is used for this one."""
    published: bool = False
    last_fact: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When the gradebook last learned anything about it."""

    @property
    def max_score(self) -> Fraction:
        """Of all questions but those for a bonus."""
        return total(question.points for question in self.questions if not question.bonus)

    @property
    def by_hand(self) -> list[QuestionInfo]:
        """Questions that a person grades."""
        return [question for question in self.questions if question.manual]

    @property
    def submissions(self) -> list[tuple[StudentScore, AttemptScore]]:
        """The last attempt under every submission's name, by that name, with its first student."""
        found: dict[str, tuple[StudentScore, AttemptScore]] = {}
        for student in sorted(self.students, key=lambda one: one.number):
            for attempt in student.latest:
                found.setdefault(attempt.submission, (student, attempt))
        return [found[name] for name in sorted(found)]

    @property
    def open_answers(self) -> int:
        """Written answers that count for somebody and that nobody has graded."""
        waiting = {(one.attempt.number, q) for one in self.students if one.attempt for q in one.open}
        return len(waiting)


def pset_names(engine: Engine) -> list[str]:
    """Every problem set in the gradebook."""
    with reading(engine) as connection:
        return list(connection.scalars(select(PsetRow.name).order_by(PsetRow.name)))


def scores_of(engine: Engine, pset: str, counts: Counts | None = None) -> PsetScores:
    """Everyone's points for a problem set.

    Args:
        counts: Which attempt counts where nobody has chosen one; as pset.yaml says where not given.

    Raises:
        GradmarkError: It was never graded.
    """
    with reading(engine) as connection:
        row = find_pset(connection, pset)
        scores = _Sums(connection, row, counts or row.counts, _Used.before(connection, row)).all()
        return replace(scores, later=tuple(one.name for one in _sharing(connection, row, after=True)))


def _policy_of(row: Any) -> Late | None:
    return None if row.late is None else msgspec.convert(row.late, Late, dec_hook=dec_hook)


def _sharing(connection: Connection, row: Any, *, after: bool = False) -> list[Any]:
    """The problem sets that share a budget of late days with this one and are due before it, or after it, in order."""
    if not _budget_of(row):
        return []
    rows = connection.execute(select(PsetRow.__table__).where(PsetRow.due.is_not(None))).all()
    shared = sorted((one for one in rows if _budget_of(one)), key=lambda one: (one.due, one.name))
    place = [one.id for one in shared].index(row.id) if row.due else len(shared)
    return shared[place + 1 :] if after else shared[:place]


def _budget_of(row: Any) -> int:
    policy = _policy_of(row)
    return policy.budget_days if policy else 0


class _Used:
    """What is used of the budget of late days, problem set by problem set in the order of their due dates.

    It is used up by what counts, so that an earlier problem set's points come first. Where everything is set by
    staff, or there are no points, lateness costs nothing and no day is used.
    """

    def __init__(self) -> None:
        self.days: Counter[int] = Counter()
        self.last_fact = PsetScores.last_fact

    @classmethod
    def before(cls, connection: Connection, row: Any) -> _Used:
        """By students' numbers, for problem sets that are due before this one."""
        used = cls()
        for one in _sharing(connection, row):
            used.add(_Sums(connection, one, one.counts, used).all())
        return used

    def add(self, scores: PsetScores) -> None:
        self.last_fact = max(self.last_fact, scores.last_fact)
        for student in scores.students:
            if student.attempt and student.attempt.score is not None and "" not in student.overridden:
                self.days[student.number] += student.attempt.lateness.covered


class _Sums:
    def __init__(self, connection: Connection, row: Any, counts: str, used: _Used) -> None:
        self._connection, self._row, self._counts = connection, row, counts
        self._policy, self._zone = _policy_of(row), zone_of(row)
        self._used, self._earlier = dict(used.days), used.last_fact
        self._questions = [
            QuestionInfo(q["id"], q["title"], exact(q["points"]), q["manual"], q["bonus"])
            for q in row.questions
        ]
        self._overrides: dict[int, dict[str | None, Fraction | None]] = {}
        for student, question, points in self._decisions(Override, Override.question, Override.points):
            self._overrides.setdefault(student, {})[question] = points
        self._extensions: dict[int, datetime | None] = dict(self._decisions(Extension, Extension.until))
        self._choices: dict[int, int | None] = dict(self._decisions(Choice, Choice.attempt_id))

    def _decisions(self, table: Any, *columns: Any) -> Iterable[Any]:
        """In their order, so that in a dictionary the last one stays."""
        ours = select(table.student_id, *columns).where(table.pset_id == self._row.id).order_by(table.id)
        return self._connection.execute(ours).all()

    def all(self) -> PsetScores:
        attempts = self._attempts()
        members = self._connection.execute(select(GroupMember.group_id, GroupMember.student_id)).all()
        by_group: dict[int, list[int]] = {}
        for group, student in members:
            by_group.setdefault(group, []).append(student)
        enrolled = self._connection.scalars(
            select(Enrolled.student_id).where(Enrolled.pset_id == self._row.id)
        )
        given = [
            one for one, points in self._overrides.items() if any(p is not None for p in points.values())
        ]
        mine: dict[int, list[AttemptScore]] = {student: [] for student in (*given, *enrolled)}
        for attempt in attempts:
            attempt.members = len(by_group[attempt.group])
            for student in by_group[attempt.group]:
                mine.setdefault(student, []).append(attempt)
        students = self._connection.execute(select(Identity.__table__))
        found = [self._student(s, mine[s.student_id]) for s in students if s.student_id in mine]
        found.sort(
            key=lambda s: (
                s.name.casefold(),
                s.sid,
                s.email,
                s.attempt.submission if s.attempt else "",
                s.number,
            )
        )
        published = self._connection.scalar(
            select(Publication.published)
            .where(Publication.pset_id == self._row.id)
            .order_by(Publication.id.desc())
            .limit(1)
        )
        row = self._row
        return PsetScores(
            row.id,
            row.name,
            row.title,
            self._questions,
            found,
            row.due if self._zone is None or row.due is None else row.due.astimezone(self._zone),
            self._zone,
            _budget_of(row),
            published=bool(published),
            last_fact=self._last_fact(attempts),
        )

    def _last_fact(self, attempts: list[AttemptScore]) -> datetime:
        told: list[datetime | None] = [self._earlier]
        told += [moment for one in attempts for moment in (one.received_at, one.graded_at)]
        told += [
            self._connection.scalar(select(func.max(table.at)).where(table.pset_id == self._row.id))
            for table in (Event, StaffSentence, Publication)
        ]
        return max((moment for moment in told if moment is not None), default=PsetScores.last_fact)

    def _attempts(self) -> list[AttemptScore]:
        """Every attempt that has a result, in the order of receiving, with tests' points and points by hand."""
        found: dict[int, AttemptScore] = {}
        by_result: dict[int, AttemptScore] = {}
        for row in attempts_of(self._connection, self._row.id):
            attempt = AttemptScore(
                row.number, row.result, row.submission, row.sha256, row.received_at, row.submitted_at, row.graded_at,
                row.status, row.reason, row.marked_late, row.untimed, group=row.group,
            )  # fmt: skip
            # What ran and gave nothing has no points; what never ran has none that anybody gave.
            zero = Fraction(0) if row.status in _READ else None
            attempt.questions = {q.id: None if q.manual else zero for q in self._questions}
            found[attempt.number] = by_result[attempt.result] = attempt
        self._add_tests(by_result)
        self._add_manual(found)
        for attempt in found.values():
            by_hand = [q.id for q in self._questions if q.manual]
            attempt.open = [q for q in by_hand if attempt.questions[q] is None and attempt.status in _READ]
        return list(found.values())

    def _add_tests(self, by_result: dict[int, AttemptScore]) -> None:
        tested = {q.id for q in self._questions if not q.manual}
        rows = self._connection.execute(
            select(QuestionScore.result_id, QuestionScore.question, QuestionScore.score)
            .join(ResultRow, ResultRow.id == QuestionScore.result_id)
            .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
            .join(SubmissionRow, SubmissionRow.id == AttemptRow.submission_id)
            .where(SubmissionRow.pset_id == self._row.id)
        )
        for result, question, score in rows:
            attempt = by_result.get(result)
            if attempt and question in tested and attempt.status == "graded":
                attempt.questions[question] = score

    def _add_manual(self, found: dict[int, AttemptScore]) -> None:
        """Points by hand hold for an answer: also where the same people hand in the same content again."""
        manual = {q.id for q in self._questions if q.manual}
        same = same_answers(found.values(), members_of(self._connection))
        rows = self._connection.execute(
            select(ManualScore.attempt_id, ManualScore.question, ManualScore.points, PersonalText.text)
            .join(PersonalText, PersonalText.id == ManualScore.comment, isouter=True)
            .order_by(ManualScore.id)
        )
        for number, question, points, comment in rows:
            if number in found and question in manual:
                for attempt in same[number]:
                    attempt.questions[question] = attempt.manual[question] = points
                    attempt.comments[question] = comment or ""

    def _student(self, student: Any, attempts: list[AttemptScore]) -> StudentScore:
        number = student.student_id
        overrides = {q: p for q, p in self._overrides.get(number, {}).items() if p is not None}
        mine = in_order([self._as_theirs(one, number, overrides) for one in attempts])
        chosen = [one for one in mine if one.number == self._choices.get(number)]
        attempt = chosen[0] if chosen else self._counting(mine)
        return StudentScore(
            number,
            student.sid,
            student.name,
            student.email,
            attempt,
            attempts=len(mine),
            chosen=bool(chosen),
            overridden=sorted(question or "" for question in overrides),
            score=overrides.get(None, self._score(attempt, overrides)),
            latest=list({one.submission: one for one in mine}.values()),
            due=deadline(self._row.due, self._extensions.get(number)),
            extended=self._extensions.get(number) is not None,
            given={question: points for question, points in overrides.items() if question is not None},
        )

    @staticmethod
    def _score(attempt: AttemptScore | None, overrides: dict[str | None, Fraction]) -> Fraction | None:
        if attempt is not None:
            return attempt.score
        given = [points for question, points in overrides.items() if question is not None]
        return total(given) if given else None

    def _as_theirs(
        self, one: AttemptScore, student: int, overrides: dict[str | None, Fraction]
    ) -> AttemptScore:
        """The attempt of a group is each member's own, with their own extension and overrides."""
        questions = {question: overrides.get(question, points) for question, points in one.questions.items()}
        late = lateness(
            self._policy,
            self._row.due,
            one.submitted_at,
            zone=self._zone,
            extension=self._extensions.get(student),
            marked_late=one.marked_late,
            untimed=one.untimed,
            used=self._used.get(student, 0),
        )
        score = None
        if one.status != "grader_error" and any(points is not None for points in questions.values()):
            score = late.left_of(total(questions.values()))
        still_open = [question for question in one.open if question not in overrides]
        return replace(one, questions=questions, lateness=late, score=score, open=still_open)

    def _counting(self, mine: list[AttemptScore]) -> AttemptScore | None:
        """The last attempt, or the best, and of equally good ones the last."""
        if self._counts == "best":
            best: AttemptScore | None = None
            for one in mine:
                if best is None or best.score is None or (one.score is not None and one.score >= best.score):
                    best = one
            return best
        return mine[-1] if mine else None


def complete(student: StudentScore, scores: PsetScores) -> bool:
    """Whether nothing is lost anywhere and nothing is still to come; a bonus makes up for points, not for this."""
    attempt = student.attempt
    if attempt is None or attempt.lateness.percent or not is_full(student.score, scores.max_score):
        return False
    return all(is_full(attempt.questions.get(q.id), q.points) for q in scores.questions if not q.bonus)
