"""From results to the gradebook: attempts, runs, results, questions and tests, some hundred at a time."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from grader.encoding import enc_hook_exact
from grader.gradebook.database import transaction
from grader.gradebook.models import (
    Attempt,
    Enrolled,
    Event,
    Pset,
    QuestionScore,
    Result,
    Run,
    Student,
    TestScore,
)
from grader.gradebook.people import People, storable
from grader.pset import ProblemSet
from grader.results import StudentIdentity, SubmissionResult
from grader.version import version

__all__ = ["HandedIn", "record_results", "whoami"]

AT_ONCE = 250
"""Results in one transaction: memory stays flat, and SQLite writes to disk once for all of them."""


@dataclass(frozen=True)
class HandedIn:
    """A result, with what its intake knew of the submission."""

    result: SubmissionResult
    students: tuple[StudentIdentity, ...] = ()
    """Everyone who handed it in together; the result's own student where empty."""
    submitted_at: datetime | None = None
    """With an offset from UTC."""
    late: bool = False
    """Where it came from marked it as late."""


def whoami() -> str:
    """Whose name stands beside a decision where none is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def record_results(
    engine: Engine,
    problem_set: ProblemSet,
    submissions: Iterable[HandedIn],
    *,
    roster: Sequence[StudentIdentity] | None = None,
    moved: Callable[[str, float, float], None] | None = None,
    by: str = "",
) -> int:
    """Record every result that the gradebook does not have yet; how many those were.

    A result equal to the attempt's last one, times apart, adds nothing, so that recording twice is recording once.

    Args:
        roster: Everyone of whom a submission is expected, in place of an earlier roster; None leaves that one.
        moved: Called with each submission whose recorded score becomes another, that one and the new one.
    """
    recorder = _Recorder(problem_set, by or whoami(), moved)
    remaining = iter(submissions)
    while batch := list(islice(remaining, AT_ONCE)):
        with transaction(engine) as connection:
            recorder.record(connection, batch)
    if roster is not None:
        with transaction(engine) as connection:
            recorder.enrol(connection, roster)
    return recorder.count


def result_digest(result: SubmissionResult) -> str:
    """SHA-256 of everything in a result but its times, and who it is about, which the attempt knows better."""
    plain = msgspec.to_builtins(result, enc_hook=enc_hook_exact)
    del plain["student"]
    for question in plain["questions"]:
        for test in question["tests"]:
            del test["seconds"]
    return hashlib.sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


class _Recorder:
    def __init__(
        self, problem_set: ProblemSet, by: str, moved: Callable[[str, float, float], None] | None
    ) -> None:
        self._problem_set, self._by, self._moved = problem_set, by, moved
        self._run: int | None = None
        self.count = 0

    def record(self, connection: Connection, batch: list[HandedIn]) -> None:
        now = datetime.now(UTC)
        pset = self._pset(connection, now)
        people = People(connection, now, self._by)
        attempts = [self._attempt(connection, people, pset, one, now) for one in batch]
        last = select(func.max(Result.id)).where(Result.attempt_id.in_(attempts)).group_by(Result.attempt_id)
        recorded = select(Result.attempt_id, Result.digest, Result.score).where(Result.id.in_(last))
        known = {attempt: (digest, score) for attempt, digest, score in connection.execute(recorded)}
        new: dict[int, tuple[SubmissionResult, str]] = {}
        for attempt, one in zip(attempts, batch, strict=True):
            digest, (before, score) = (
                result_digest(one.result),
                known.get(attempt, ("", float(one.result.score))),
            )
            if before != digest:
                new[attempt] = one.result, digest
                if self._moved and score != (now_ := float(one.result.score)):
                    self._moved(one.result.submission, score, now_)
        if not new:
            return
        run = self._begin(connection, pset, now)
        connection.execute(
            insert(Result),
            [
                {"run_id": run, "attempt_id": attempt, "digest": digest, **_result_row(result)}
                for attempt, (result, digest) in new.items()
            ],
        )
        # Facts are never removed and this transaction is the only writer, so the newest row is ours.
        newest = (
            select(func.max(Result.id))
            .where(Result.run_id == run, Result.attempt_id.in_(new))
            .group_by(Result.attempt_id)
        )
        numbers = {
            attempt: number
            for number, attempt in connection.execute(
                select(Result.id, Result.attempt_id).where(Result.id.in_(newest))
            )
        }
        questions, tests = [], []
        for attempt, (result, _) in new.items():
            questions += _question_rows(numbers[attempt], result)
            tests += list(_test_rows(numbers[attempt], result))
        for table, rows in ((QuestionScore, questions), (TestScore, tests)):
            if rows:
                connection.execute(insert(table), rows)
        self.count += len(new)

    def enrol(self, connection: Connection, roster: Sequence[StudentIdentity]) -> None:
        """Make these students the ones who are expected to hand in."""
        now = datetime.now(UTC)
        pset = self._pset(connection, now)
        people = People(connection, now, self._by)
        expected = {people.student(identity) for identity in roster}
        ours = Enrolled.pset_id == pset
        rows = select(Student.id, Student.sid, Student.email).join(Enrolled).where(ours)
        before = {number: sid or email for number, sid, email in connection.execute(rows)}
        added, left = expected - set(before), set(before) - expected
        if added:
            links = [{"pset_id": pset, "student_id": student} for student in sorted(added)]
            connection.execute(insert(Enrolled), links)
        if left:
            gone = delete(Enrolled).where(ours, Enrolled.student_id == bindparam("gone"))
            connection.execute(gone, [{"gone": student} for student in sorted(left)])
        if added or left:
            detail = {"students": len(expected), "left": sorted(before[student] for student in left)}
            self._remember(connection, now, "roster", pset, detail)

    def _pset(self, connection: Connection, now: datetime) -> int:
        """The problem set's number; its row says what this run knows."""
        pset, late = self._problem_set, self._problem_set.file.late
        values: dict[str, Any] = {
            "title": storable(pset.title),
            "questions": [
                {"id": q.id, "title": storable(q.title), "points": float(q.points), "manual": q.manual}
                for q in pset.questions
            ],
            "due": pset.due,
            "late": None if late is None else msgspec.to_builtins(late, enc_hook=enc_hook_exact),
            "counts": pset.file.counts,
        }
        row = connection.execute(
            select(Pset.id, Pset.title, Pset.questions, Pset.due, Pset.late, Pset.counts).where(
                Pset.name == pset.name
            )
        ).one_or_none()
        if row is None:
            key = connection.execute(insert(Pset).values(name=pset.name, **values)).inserted_primary_key
            assert key is not None
            return int(key[0])
        before = row._mapping
        changed = {
            name: [_plain(before[name]), _plain(value)]
            for name, value in values.items()
            if before[name] != value
        }
        if changed:
            connection.execute(update(Pset).where(Pset.id == row.id).values(values))
            self._remember(connection, now, "problem set changed", row.id, changed)
        return int(row.id)

    def _attempt(
        self, connection: Connection, people: People, pset: int, one: HandedIn, now: datetime
    ) -> int:
        result = one.result
        students = one.students or ((result.student,) if result.student else ())
        values: dict[str, Any] = {
            "group_id": people.group(storable(result.submission, 380), students),
            "submitted_at": one.submitted_at,
            "marked_late": one.late,
        }
        same = {
            "pset_id": pset,
            "submission": storable(result.submission, 400),
            "sha256": result.provenance.submission_sha256,
        }
        row = connection.execute(
            select(Attempt.id, Attempt.group_id, Attempt.submitted_at, Attempt.marked_late).filter_by(**same)
        ).one_or_none()
        if row is None:
            key = connection.execute(insert(Attempt).values(**same, **values)).inserted_primary_key
            assert key is not None
            return int(key[0])
        if one.submitted_at is None:  # not known this time is no reason to forget it
            del values["submitted_at"], values["marked_late"]
        before = row._mapping
        changed = {name: [_plain(before[name]), _plain(v)] for name, v in values.items() if before[name] != v}
        if changed:
            connection.execute(update(Attempt).where(Attempt.id == row.id).values(values))
            self._remember(
                connection, now, "attempt corrected", pset, {"submission": result.submission, **changed}
            )
        return int(row.id)

    def _begin(self, connection: Connection, pset: int, now: datetime) -> int:
        if self._run is None:
            row = {
                "pset_id": pset,
                "at": now,
                "by": storable(self._by),
                "gradmark": version(),
                "pset_sha256": self._problem_set.sha256,
            }
            key = connection.execute(insert(Run).values(row)).inserted_primary_key
            assert key is not None
            self._run = int(key[0])
            self._remember(connection, now, "run", pset, {"run": self._run})
        return self._run

    def _remember(
        self, connection: Connection, now: datetime, what: str, pset: int, detail: dict[str, Any]
    ) -> None:
        connection.execute(
            insert(Event).values(at=now, by=self._by, what=what, pset_id=pset, student_id=None, detail=detail)
        )


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _result_row(result: SubmissionResult) -> dict[str, Any]:
    return {
        "status": result.status,
        "reason": storable(result.reason),
        "score": float(result.score),
        "max_score": float(result.max_score),
        "provenance": msgspec.to_builtins(result.provenance),
    }


def _question_rows(number: int, result: SubmissionResult) -> list[dict[str, Any]]:
    return [
        {
            "result_id": number,
            "question": question.id,
            "score": float(question.score),
            "max_score": float(question.max_score),
        }
        for question in result.questions
    ]


def _test_rows(number: int, result: SubmissionResult) -> Iterator[dict[str, Any]]:
    everything = [(question.id, test) for question in result.questions for test in question.tests]
    for position, (question, test) in enumerate(everything):
        yield {
            "result_id": number,
            "position": position,
            "question": question,
            "name": storable(test.name),
            "status": test.status,
            "score": float(test.score),
            "max_score": float(test.max_score),
            "visibility": test.visibility,
            "message": storable(test.message),
            "mistake": test.mistake,
        }
