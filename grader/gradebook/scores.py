"""What everyone's points are, as every page, table and export takes them from `grader.gradebook.scoring`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from grader.gradebook.attempts import GradedAttempt
from grader.gradebook.lateness import Lateness
from grader.points import is_full, total
from grader.results import StudentIdentity

__all__ = [
    "AttemptScore",
    "Inside",
    "PsetScores",
    "QuestionInfo",
    "Standing",
    "StudentScore",
    "complete",
    "headline",
    "standing",
]

Standing = Literal["", "full", "inherited", "part", "none"]
"""How a question stands: no points are known; all of them; all of them, though a failure is inherited; some; none."""


@dataclass(frozen=True)
class QuestionInfo:
    """A question as the last run knew it."""

    id: str
    title: str
    points: Fraction
    manual: bool
    bonus: bool = False
    """Its points come on top of the problem set's."""


class Inside(NamedTuple):
    """Points of a question whose tests ran inside the student's process."""

    earned: Fraction
    most: Fraction


@dataclass(frozen=True)
class AttemptScore(GradedAttempt):
    """An attempt with its points; a student's own has their extension and overrides worked in."""

    questions: dict[str, Fraction | None] = field(default_factory=dict)
    """Points by question; None if nobody has given any yet, or there was nothing to grade."""
    inherited: frozenset[str] = frozenset()
    """Questions with points by tests of which one failed only for what another question's functions return."""
    manual: dict[str, Fraction | None] = field(default_factory=dict)
    """Points that a person gave, whatever overrides say."""
    comments: dict[str, str] = field(default_factory=dict)
    lateness: Lateness = field(default_factory=Lateness)
    score: Fraction | None = None
    """After lateness; None if there was nothing to grade, or after an error on our side."""
    open: list[str] = field(default_factory=list)
    """Questions that a person still has to grade; they add nothing until then."""
    members: int = 1
    """Students who handed it in together."""
    inside: dict[str, Inside] = field(default_factory=dict)
    """Of questions with tests that ran inside the student's process: the points that rest on these."""


@dataclass
class StudentScore:
    """A student's points for a problem set, and where they come from."""

    number: int
    sid: str
    name: str
    email: str
    attempt: AttemptScore | None
    """The attempt that counts; None for someone on the roster, or with overrides, who handed in nothing."""
    attempts: int
    chosen: bool
    """Whether a person chose the attempt."""
    overridden: list[str]
    """Questions with overridden points; ``""`` stands for everything."""
    score: Fraction | None
    latest: list[AttemptScore] = field(default_factory=list)
    """The last attempt under each submission name, in the order of handing in."""
    due: datetime | None = None
    """Their own due date: the problem set's, or that of their extension."""
    extended: bool = False
    """Whether they have an extension."""
    given: dict[str, Fraction | None] = field(default_factory=dict)
    """Points that staff set for questions, whatever was handed in."""

    @property
    def known(self) -> bool:
        """Whether they are known by more than their submission."""
        return bool(self.sid or self.name or self.email)

    @property
    def identity(self) -> StudentIdentity | None:
        return StudentIdentity(self.sid, self.name, self.email) if self.known else None

    @property
    def status(self) -> str:
        """As scores.csv has it."""
        return self.attempt.status if self.attempt else "not handed in"

    @property
    def open(self) -> list[str]:
        """Questions that a person still has to grade, if they can change the score."""
        return self.attempt.open if self.attempt and "" not in self.overridden else []

    @property
    def inside(self) -> Fraction:
        """The points, before lateness, by tests that ran inside their process and that no person replaced."""
        if self.attempt is None or "" in self.overridden:
            return Fraction(0)
        return total(points.earned for points in self.attempt.inside.values())


@dataclass
class PsetScores:
    """Everyone's points for one problem set, students by name and id."""

    number: int
    name: str
    title: str
    questions: list[QuestionInfo]
    students: list[StudentScore]
    due: datetime | None = None
    zone: ZoneInfo | None = None
    """The time zone of times that are shown; None means UTC."""
    budget: int = 0
    """Late days that a student has for the whole course."""
    later: tuple[str, ...] = ()
    """Problem sets due later that share the budget, and so may change with this one."""
    published: bool = False
    last_fact: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When the gradebook last learned anything that matters for these scores."""

    @property
    def max_score(self) -> Fraction:
        """The points of all questions except bonus questions."""
        return total(question.points for question in self.questions if not question.bonus)

    @property
    def by_tests(self) -> Fraction:
        """The points that tests can give, except those of bonus questions."""
        return total(
            question.points for question in self.questions if not (question.manual or question.bonus)
        )

    @property
    def inside(self) -> Fraction:
        """How many of these come from tests that ran inside the students' processes."""
        most: dict[str, Fraction] = {}
        for student in self.students:
            for question, points in student.attempt.inside.items() if student.attempt else ():
                most[question] = max(points.most, most.get(question, Fraction(0)))
        return total(
            most[question.id] for question in self.questions if question.id in most and not question.bonus
        )

    @property
    def by_hand(self) -> list[QuestionInfo]:
        """Questions that a person grades."""
        return [question for question in self.questions if question.manual]

    @property
    def submissions(self) -> list[tuple[StudentScore, AttemptScore]]:
        """The last attempt under every submission name, with its first student, in the order of the names."""
        found: dict[str, tuple[StudentScore, AttemptScore]] = {}
        for student in sorted(self.students, key=lambda one: one.number):
            for attempt in student.latest:
                found.setdefault(attempt.submission, (student, attempt))
        return [found[name] for name in sorted(found)]

    @property
    def open_answers(self) -> int:
        """How many written answers that count for somebody are not graded yet."""
        waiting = {(one.attempt.number, q) for one in self.students if one.attempt for q in one.open}
        return len(waiting)


def headline(question: str, title: str) -> str:
    """A question's id and its title, which may be the same."""
    return question if title == question else f"{question}: {title}"


def standing(points: Fraction | None, most: Fraction, *, inherited: bool = False) -> Standing:
    """How a question or a submission stands; with inherited failures nothing is full, whatever they earn."""
    if points is None:
        return ""
    if is_full(points, most):
        return "inherited" if inherited else "full"
    return "part" if points > 0 else "none"


def complete(student: StudentScore, scores: PsetScores) -> bool:
    """Whether nothing failed, no points are lost and none are to come; a bonus does not make up for lost ones."""
    attempt = student.attempt
    if attempt is None or attempt.lateness.percent or not is_full(student.score, scores.max_score):
        return False
    return all(
        standing(attempt.questions.get(q.id), q.points, inherited=q.id in attempt.inherited) == "full"
        for q in scores.questions
        if not q.bonus
    )
