"""Records submissions and their results as facts in the gradebook, one submission at a time.

An attempt is recorded with its files before it is graded, and its result as soon as there is one. Each is a short
transaction of its own: whenever a run is killed, everything reported as recorded is there, and nothing only half.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from grader.encoding import enc_hook_exact, encode_exact
from grader.gradebook.content import keep_files
from grader.gradebook.database import Database, inserted, reading, transaction
from grader.gradebook.documents import kept_behaviour, kept_document
from grader.gradebook.lateness import Untimed
from grader.gradebook.models import (
    AttemptRow,
    CourseDigest,
    Event,
    PsetRow,
    QuestionScore,
    ResultRow,
    Run,
    SubmissionRow,
)
from grader.gradebook.moves import why_moved
from grader.gradebook.people import People
from grader.gradebook.personal import (
    AttemptOrigin,
    Behaviour,
    Enrolled,
    Identity,
    ResultDocument,
    SubmissionName,
)
from grader.gradebook.remember import plain, remember, storable
from grader.points import exact, stored, total
from grader.pset import GradingDigest, ProblemSet
from grader.results import QuestionResult, Status, StudentIdentity, SubmissionBehaviour, SubmissionResult
from grader.version import version

__all__ = ["Delivery", "LastResult", "Recorder", "whoami"]


@dataclass(frozen=True)
class Delivery:
    """What was handed in, as the intake knows it."""

    submission: str
    """Its name."""
    sha256: str
    """The digest of its files' paths and contents."""
    students: tuple[StudentIdentity, ...] = ()
    """Everyone who handed it in together."""
    handed_in_at: datetime | None = None
    """By the clock of the system that took it, with an offset from UTC."""
    late: bool = False
    """Whether its source marked it as late."""
    untimed: Untimed = ""
    """Why nobody knows whether it is late."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    place: str = ""
    """Where it was found."""
    layout: str = ""


@dataclass(frozen=True)
class LastResult:
    """What decided an attempt's last result, to tell whether grading again could give another."""

    status: Status
    reason: str
    passed: bool
    unfollowed: bool
    provenance: Mapping[str, Any]


def whoami() -> str:
    """The name recorded with a decision if none is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def result_digest(result: SubmissionResult) -> str:
    """SHA-256 of everything in a result except its times, pictures, name and student."""
    bare = msgspec.json.decode(encode_exact(result))
    bare["submission"] = bare["student"] = None
    bare.pop("pictures", None)  # drawn by another version of matplotlib, they differ
    for question in bare["questions"]:
        for test in question["tests"]:
            test["seconds"] = 0
            if test["trust"] == "outside":
                del test["trust"]  # so that a result has the digest that it had before there was such a key
    return hashlib.sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


class Recorder:
    """Records the submissions of one problem set.

    Args:
        database: The gradebook, as `open_gradebook` opens it.
        problem_set: The problem set.
        by: Who grades; by default, whoever is logged in.
        now: The clock.
        roster: Students whose numbers and addresses belong together, even if an address changed.
    """

    def __init__(
        self,
        database: Database,
        problem_set: ProblemSet,
        *,
        by: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        roster: Collection[StudentIdentity] = (),
    ) -> None:
        self._database, self._problem_set = database, problem_set
        self._by, self._now = by or whoami(), now
        self._roster = frozenset(roster)
        self.doubts: list[str] = []
        """Sentences for staff about submissions that were counted for nobody known."""
        self.why: dict[str, list[str]] = {}
        """By submission, what explains a score that moved; known once the run is finished."""
        self._run: int | None = None
        with transaction(database) as connection:
            self.pset = self._describe(connection)
            self._remember_digest(connection, problem_set.digest)

    def hand_in(self, delivery: Delivery) -> tuple[int, LastResult | None]:
        """Record an attempt unless it is known; returns its number, and its last result if there is one.

        An attempt is known if it is the submission's last one and has this content, or if it has this content and was
        handed in at exactly the same time. Earlier content handed in again is a new attempt.
        """
        with transaction(self._database) as connection:
            now = self._now()
            people = People(connection, now, self._by, self._roster)
            group = people.group(delivery.submission, delivery.students)
            self.doubts += people.doubts
            submission = self._submission(connection, delivery.submission)
            attempt = self._known(connection, submission, delivery)
            if attempt is None:
                row = {
                    "submission_id": submission, "group_id": group, "sha256": delivery.sha256, "received_at": now,
                    "handed_in_at": delivery.handed_in_at, "marked_late": delivery.late,
                    "untimed": delivery.untimed,
                }  # fmt: skip
                number = inserted(connection, AttemptRow, row)
                origin = {"place": storable(delivery.place), "layout": delivery.layout}
                connection.execute(insert(AttemptOrigin), {"attempt_id": number, **origin})
                keep_files(connection, number, delivery.files)
                return number, None
            self._correct(connection, attempt, group, delivery, now)
            return int(attempt.id), _last_result(connection, attempt.id)

    def record(
        self, attempt: int, result: SubmissionResult, behaviour: SubmissionBehaviour | None = None
    ) -> bool:
        """Record the result of an attempt; returns whether it was new.

        A result that equals the last one, apart from times, adds nothing, so recording it twice is safe.
        """
        digest = result_digest(result)
        with transaction(self._database) as connection:
            last = connection.scalar(
                select(ResultRow.digest)
                .where(ResultRow.attempt_id == attempt)
                .order_by(ResultRow.id.desc())
                .limit(1)
            )
            if last == digest:
                return False
            now = self._now()
            row = {
                "run_id": self._begin(connection, now), "attempt_id": attempt, "at": now, "status": result.status,
                "passed": all(test.status == "passed" for q in result.questions for test in q.tests),
                "unfollowed": result.unfollowed,
                "score": exact(result.score), "max_score": exact(result.max_score),
                "provenance": msgspec.to_builtins(result.provenance), "digest": digest,
            }  # fmt: skip
            number = inserted(connection, ResultRow, row)
            questions = [
                {
                    "result_id": number,
                    "question": q.id,
                    "score": exact(q.score),
                    "max_score": exact(q.max_score),
                    "inherited": any(test.inherited for test in q.tests),
                    **_inside(q),
                }
                for q in result.questions
            ]
            if questions:
                connection.execute(insert(QuestionScore), questions)
            connection.execute(insert(ResultDocument), {"result_id": number, **kept_document(result)})
            if behaviour is not None:
                connection.execute(
                    insert(Behaviour), {"result_id": number, "data": kept_behaviour(behaviour)}
                )
        return True

    def finish(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Record that a run is complete; returns the test scores that changed, before and after, by submission.

        They are compared with those after the last complete run, so that a killed run in between hides no change.
        """
        with transaction(self._database) as connection:
            last = connection.scalar(
                select(func.max(Event.id)).where(Event.pset_id == self.pset, Event.what == "run finished")
            )
            detail = connection.scalar(select(Event.detail).where(Event.id == last)) if last else None
            until = detail["last_result"] if detail else 0
            rows = connection.execute(
                select(ResultRow.id, ResultRow.attempt_id, ResultRow.score, SubmissionName.name)
                .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
                .join(SubmissionName, SubmissionName.submission_id == AttemptRow.submission_id)
                .where(SubmissionName.pset_id == self.pset)
                .order_by(ResultRow.id)
            ).all()
            before = {row.attempt_id: (row.score, row.id) for row in rows if row.id <= until}
            now = {row.attempt_id: (row.name, row.score, row.id) for row in rows}
            newest = max((row.id for row in rows), default=0)
            if newest > until:
                told = {"last_result": newest}
                remember(connection, self._now(), self._by, "run finished", pset=self.pset, detail=told)
            moved = {
                name: ((before[attempt][0], score), (before[attempt][1], result))
                for attempt, (name, score, result) in now.items()
                if attempt in before and before[attempt][0] != score
            }
            self.why = why_moved(connection, self.pset, {name: pair for name, (_, pair) in moved.items()})
        return {name: scores for name, (scores, _) in moved.items()}

    def digest_of(self, whole: str) -> GradingDigest | None:
        """The parts of an earlier digest of the problem set, which its results have as ``pset_sha256``."""
        with reading(self._database) as connection:
            parts = connection.scalar(select(CourseDigest.parts).where(CourseDigest.whole == whole))
        return None if parts is None else msgspec.convert(parts, GradingDigest)

    def enrol(self, roster: Sequence[StudentIdentity]) -> None:
        """Record who is expected to hand in; this roster replaces any earlier one."""
        with transaction(self._database) as connection:
            now = self._now()
            people = People(connection, now, self._by)
            expected = {people.student(identity) for identity in roster}
            ours = Enrolled.pset_id == self.pset
            rows = select(Enrolled.student_id, Identity.sid, Identity.email)
            rows = rows.join(Identity, Identity.student_id == Enrolled.student_id, isouter=True).where(ours)
            before = {number: sid or email or "" for number, sid, email in connection.execute(rows)}
            added, left = expected - set(before), set(before) - expected
            if added:
                links = [{"pset_id": self.pset, "student_id": student} for student in sorted(added)]
                connection.execute(insert(Enrolled), links)
            if left:
                gone = delete(Enrolled).where(ours, Enrolled.student_id == bindparam("gone"))
                connection.execute(gone, [{"gone": student} for student in sorted(left)])
            if added or left:
                detail = {"students": len(expected), "left": sorted(left)}
                remember(connection, now, self._by, "roster", pset=self.pset, detail=detail)

    # Inside a transaction -------------------------------------------------------------------------------------

    def _describe(self, connection: Connection) -> int:
        """The problem set's number, after its row is brought up to date."""
        pset, late = self._problem_set, self._problem_set.late
        values: dict[str, Any] = {
            "title": storable(pset.title),
            "questions": [
                {
                    "id": q.id,
                    "title": storable(q.title),
                    "points": stored(exact(q.points)),
                    "manual": q.manual,
                    "bonus": q.bonus,
                }
                for q in pset.questions
            ],
            "due": pset.due and pset.due.astimezone(UTC),
            "timezone": None if pset.timezone is None else pset.timezone.key,
            "late": None if late is None else msgspec.to_builtins(late, enc_hook=enc_hook_exact),
            "counts": pset.file.counts,
        }
        row = connection.execute(select(PsetRow.__table__).where(PsetRow.name == pset.name)).one_or_none()
        if row is None:
            return inserted(connection, PsetRow, {"name": pset.name, **values})
        before = row._mapping
        changed = {
            name: [plain(before[name]), plain(value)]
            for name, value in values.items()
            if before[name] != value
        }
        if changed:
            connection.execute(update(PsetRow).where(PsetRow.id == row.id).values(values))
            remember(connection, self._now(), self._by, "problem set changed", pset=row.id, detail=changed)
        return int(row.id)

    def _remember_digest(self, connection: Connection, digest: GradingDigest) -> None:
        known = select(CourseDigest.whole).where(CourseDigest.whole == digest.whole)
        if connection.scalar(known) is None:
            parts = msgspec.to_builtins(digest)
            connection.execute(insert(CourseDigest).values(whole=digest.whole, parts=parts))

    def _submission(self, connection: Connection, name: str) -> int:
        name = storable(name)
        found = connection.scalar(
            select(SubmissionName.submission_id).where(
                SubmissionName.pset_id == self.pset, SubmissionName.name == name
            )
        )
        if found is not None:
            return int(found)
        number = inserted(connection, SubmissionRow, {"pset_id": self.pset})
        row = {"submission_id": number, "pset_id": self.pset, "name": name}
        connection.execute(insert(SubmissionName), row)
        return number

    @staticmethod
    def _known(connection: Connection, submission: int, delivery: Delivery) -> Any:
        attempts = connection.execute(
            select(AttemptRow.__table__)
            .where(AttemptRow.submission_id == submission)
            .order_by(AttemptRow.id.desc())
        ).all()
        for place, attempt in enumerate(attempts):
            if attempt.sha256 != delivery.sha256:
                continue
            same_time = attempt.handed_in_at == delivery.handed_in_at
            unsaid = delivery.handed_in_at is None or attempt.handed_in_at is None
            if (place == 0 and unsaid) or (same_time and delivery.handed_in_at is not None):
                return attempt
        return None

    def _correct(
        self, connection: Connection, attempt: Any, group: int, delivery: Delivery, now: datetime
    ) -> None:
        """Record what is new about an attempt; what is not given this time stays."""
        said: dict[str, Any] = {"group_id": group}
        if delivery.handed_in_at is not None:
            said |= {"handed_in_at": delivery.handed_in_at, "marked_late": delivery.late, "untimed": ""}
        elif delivery.late:
            said |= {"marked_late": True, "untimed": ""}
        elif delivery.untimed == "unread" and attempt.handed_in_at is None and not attempt.marked_late:
            said["untimed"] = delivery.untimed
        before = attempt._mapping
        changed = {name: [plain(before[name]), plain(v)] for name, v in said.items() if before[name] != v}
        if changed:
            connection.execute(update(AttemptRow).where(AttemptRow.id == attempt.id).values(said))
            detail = {"attempt": attempt.id, **changed}
            remember(connection, now, self._by, "attempt corrected", pset=self.pset, detail=detail)

    def _begin(self, connection: Connection, now: datetime) -> int:
        if self._run is None:
            row = {
                "pset_id": self.pset, "at": now, "by": storable(self._by), "gradmark": version(),
                "pset_sha256": self._problem_set.sha256,
            }  # fmt: skip
            self._run = inserted(connection, Run, row)
            remember(connection, now, self._by, "run", pset=self.pset, detail={"run": self._run})
        return self._run


def _inside(question: QuestionResult) -> dict[str, Fraction | None]:
    """The columns for the points of tests that ran inside the student's process."""
    inside = [test for test in question.tests if test.trust == "inside"]
    if not inside:
        return {"inside": None, "most_inside": None}
    earned = min(total(exact(test.score) for test in inside), exact(question.score))
    return {"inside": earned, "most_inside": total(exact(test.max_score) for test in inside)}


def _last_result(connection: Connection, attempt: int) -> LastResult | None:
    row = connection.execute(
        select(
            ResultRow.status,
            ResultDocument.reason,
            ResultRow.passed,
            ResultRow.unfollowed,
            ResultRow.provenance,
        )
        .join(ResultDocument, ResultDocument.result_id == ResultRow.id)
        .where(ResultRow.attempt_id == attempt)
        .order_by(ResultRow.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else LastResult(*row)
