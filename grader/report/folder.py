"""What a graded folder and its gradebook say, one submission at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from grader.batch.store import ResultStore
from grader.gradebook import AttemptScore, PsetScores, StudentScore
from grader.results import SubmissionResult

__all__ = ["Handed", "Owner", "handed_in", "page_link"]


@dataclass(frozen=True)
class Owner:
    """Someone who handed a submission in, and the attempt as theirs."""

    student: StudentScore
    attempt: AttemptScore

    @property
    def counts(self) -> bool:
        """Whether this is the attempt that counts for them."""
        return self.student.attempt is not None and self.student.attempt.number == self.attempt.number

    @property
    def score(self) -> float | None:
        """Points after lateness and overrides; None after an error of ours."""
        return self.student.score if self.counts else self.attempt.score


@dataclass
class Handed:
    """A submission's result, with what people decided about it."""

    result: SubmissionResult
    owners: list[Owner] = field(default_factory=list)
    due: datetime | None = None

    @property
    def names(self) -> list[str]:
        """Of the students as far as they are known."""
        known = [owner.student.name or owner.student.sid or owner.student.email for owner in self.owners]
        if not any(known) and (student := self.result.student):
            known = [student.name or student.id or student.email]
        return [name for name in known if name]

    @property
    def points(self) -> dict[str, float | None]:
        """By question, with those that a person gave; None where a person has still to give them."""
        if self.owners:
            return self.owners[0].attempt.questions
        return {question.id: float(question.score) for question in self.result.questions}

    @property
    def comments(self) -> dict[str, str]:
        """What a person wrote about a question."""
        return self.owners[0].attempt.comments if self.owners else {}

    @property
    def score(self) -> float | None:
        """Points in all, with those that a person gave, before lateness; None after an error of ours."""
        if self.result.status == "grader_error":
            return None
        return round(sum(points or 0.0 for points in self.points.values()), 9)


def handed_in(store: ResultStore, scores: PsetScores) -> Iterator[Handed]:
    """Every result of the problem set that the folder holds, by submission; files that cannot be read are left out."""
    owners: dict[str, list[Owner]] = {}
    for student in scores.students:
        for attempt in student.latest:
            owners.setdefault(attempt.submission, []).append(Owner(student, attempt))
    for name in sorted(path.stem for path in store.results.glob("*.json")):
        result = store.read(name)
        if result is not None and result.pset == scores.name:
            mine = owners.get(name, [])
            dates = [owner.student.due for owner in mine] or [scores.due]
            # Members of a group read the same page: what one may not see yet, none does.
            due = None if None in dates else max(date for date in dates if date is not None)
            yield Handed(result, mine, due)


def page_link(submission: str) -> str:
    """A student's page, as a link from report.html."""
    return f"feedback/{quote(submission)}.html"
