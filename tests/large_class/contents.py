"""The contents of a grading run's folder, in a form that is equal for equal runs."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from grader.gradebook import open_gradebook
from grader.gradebook.models import AttemptRow, GroupMember, QuestionScore, ResultRow
from grader.gradebook.personal import AttemptFile, Blob, Enrolled, Identity, ResultDocument, SubmissionName

__all__ = ["Contents"]

# The only difference that two equal runs may have. In a test's message the quotes would be escaped.
_SECONDS = re.compile(rb'(?<!\\)"seconds": [-+.0-9e]+')


@dataclass(frozen=True)
class Contents:
    """For each submission, digests of its result and of what the gradebook says, and its line of scores.csv."""

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
        engine = open_gradebook(out / "gradebook.db")
        with engine.connect() as connection:
            recorded = _recorded(connection)
        engine.dispose()
        return cls(results, {line.partition(",")[0]: line for line in lines}, recorded)


def _recorded(connection: Connection) -> dict[str, str]:
    """Everything about each submission except row numbers and times of recording; under "" who is enrolled."""
    said: dict[str, list[str]] = defaultdict(list)
    people = {
        row.student_id: f"{row.key} {row.name} {row.email}"
        for row in connection.execute(select(Identity.__table__))
    }
    said[""] = sorted(people[student] for student in connection.scalars(select(Enrolled.student_id)))
    members: dict[int, list[str]] = defaultdict(list)
    for group, student in connection.execute(select(GroupMember.group_id, GroupMember.student_id)):
        members[group].append(people[student])
    names = dict(connection.execute(select(SubmissionName.submission_id, SubmissionName.name)).all())
    attempts = {}
    for row in connection.execute(select(AttemptRow.__table__).order_by(AttemptRow.id)):
        name = attempts[row.id] = names[row.submission_id]
        said[name] += [
            row.sha256,
            str(row.handed_in_at),
            str(row.marked_late),
            *sorted(members[row.group_id]),
        ]
    for attempt, path, sha256 in connection.execute(
        select(AttemptFile.attempt_id, AttemptFile.path, Blob.sha256)
        .join(Blob, Blob.id == AttemptFile.blob_id)
        .order_by(AttemptFile.id)
    ):
        said[attempts[attempt]].append(f"{path} {sha256}")
    results = {}
    for row in connection.execute(select(ResultRow.__table__).order_by(ResultRow.id)):
        results[row.id] = attempts[row.attempt_id]
        said[results[row.id]].append(
            f"{row.status} {row.score} {row.max_score} {row.provenance} {row.digest}"
        )
    for row in connection.execute(select(ResultDocument.result_id, ResultDocument.reason)):
        said[results[row.result_id]].append(row.reason)
    for row in connection.execute(
        select(QuestionScore.__table__).order_by(QuestionScore.result_id, QuestionScore.question)
    ):
        said[results[row.result_id]].append(repr(row[1:]))
    return {name: hashlib.sha256("\n".join(lines).encode()).hexdigest() for name, lines in said.items()}
