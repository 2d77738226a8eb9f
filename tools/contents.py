"""What a grading run gave, in a form that is equal for equal runs."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from grader.gradebook import open_engine
from grader.gradebook.models import (
    Attempt,
    Enrolled,
    GroupMember,
    QuestionScore,
    Result,
    Student,
    TestScore,
)

__all__ = ["Contents"]

# All that two equal runs may differ in; in a message of a test the quotes would be escaped.
_SECONDS = re.compile(rb'(?<!\\)"seconds": [-+.0-9e]+')


@dataclass(frozen=True)
class Contents:
    """Digests of a run's results and of what its gradebook says, and the lines of scores.csv; by submission."""

    results: dict[str, str]
    scores: dict[str, str]
    recorded: dict[str, str]

    @classmethod
    def of(cls, out: Path) -> Contents:
        """Read them from ``DIR`` of ``gradmark grade --out DIR``."""
        results = {
            path.stem: hashlib.sha256(_SECONDS.sub(b'"seconds": 0', path.read_bytes())).hexdigest()
            for path in (out / "results").iterdir()
        }
        lines = (out / "scores.csv").read_text(encoding="utf-8").splitlines()
        engine = open_engine(out / "gradebook.db")
        with engine.connect() as connection:
            recorded = _recorded(connection)
        engine.dispose()
        return cls(results, {line.partition(",")[0]: line for line in lines}, recorded)


def _recorded(connection: Connection) -> dict[str, str]:
    """Everything of each submission but the numbers of rows and the times of recording; under "" who is enrolled."""
    said: dict[str, list[str]] = defaultdict(list)

    people = dict(
        connection.execute(select(Student.id, Student.key + " " + Student.name + " " + Student.email)).all()
    )
    enrolled = connection.scalars(select(Enrolled.student_id))
    said[""] = sorted(people[student] for student in enrolled)
    members: dict[int, list[str]] = defaultdict(list)
    for group, student in connection.execute(select(GroupMember.group_id, GroupMember.student_id)):
        members[group].append(people[student])
    attempts = {}
    for row in connection.execute(select(Attempt.__table__)):
        attempts[row.id] = row.submission
        said[row.submission] += [
            row.sha256, str(row.submitted_at), str(row.marked_late), *sorted(members[row.group_id]),
        ]  # fmt: skip
    results = {}
    for row in connection.execute(select(Result.__table__).order_by(Result.id)):
        results[row.id] = attempts[row.attempt_id]
        said[results[row.id]].append(
            f"{row.status} {row.reason} {row.score} {row.max_score} {row.provenance} {row.digest}"
        )
    for table, order in ((QuestionScore, QuestionScore.question), (TestScore, TestScore.position)):
        for row in connection.execute(select(table.__table__).order_by(table.result_id, order)):
            said[results[row.result_id]].append(repr(row[1:]))
    return {name: hashlib.sha256("\n".join(lines).encode()).hexdigest() for name, lines in said.items()}
