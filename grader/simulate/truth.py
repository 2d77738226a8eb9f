"""truth.csv: what every submission of a made-up class must get, and whether a grading run agrees."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from grader.encoding import decode_exact
from grader.errors import GradmarkError
from grader.points import is_full
from grader.results import QuestionResult, SubmissionResult
from grader.simulate.draw import EITHER, FULL, LOST, Handin
from grader.spreadsheet import csv_text

__all__ = ["Agreement", "check_truth", "matched", "recorded", "write_roster", "write_truth"]

_FIXED = "ids names emails logins attempt attempts submitted late kind status mistakes".split()
_ATTEMPT = re.compile(r".+-attempt(\d+)")
_JOIN = ";"
INHERITED = "inherited"
"""No points are lost, but a failure is inherited, so that this is neither ``full`` nor ``lost``."""

Row = dict[str, str]


def recorded(handins: Iterable[Handin], rows: list[Row]) -> Iterator[Handin]:
    """Pass on the hand-ins while noting their truth in ``rows``, so that no class need be held in memory."""
    for handin in handins:
        who = {
            f"{what}s": _JOIN.join(getattr(person, what) for person in handin.people)
            for what in ("id", "name", "email", "login")
        }
        for number, attempt in enumerate(handin.attempts, 1):
            rows.append(
                {
                    **who,
                    "attempt": str(number),
                    "attempts": str(len(handin.attempts)),
                    "submitted": attempt.submitted.isoformat(),
                    "late": "yes" if attempt.late else "no",
                    "kind": attempt.kind,
                    "status": attempt.status,
                    "mistakes": _JOIN.join(attempt.mistakes),
                    **attempt.verdicts,
                }
            )
        yield handin


def write_truth(rows: Iterable[Row], questions: list[str], path: Path) -> None:
    """Write truth.csv: for each attempt who, what, and ``full``, ``lost`` or ``either`` for each question."""
    columns = [*_FIXED, *questions]
    text = csv_text([columns, *([row.get(column, "") for column in columns] for row in rows)])
    path.write_bytes(text.encode())


def write_roster(rows: Iterable[Row], path: Path) -> None:
    """Write the class's roster, with each student's login as a GitHub user name."""
    people = (
        zip(*(row[what].split(_JOIN) for what in ("ids", "names", "emails", "logins")), strict=True)
        for row in rows
        if row["attempt"] == "1"
    )
    text = csv_text([["id", "name", "email", "github"], *(person for group in people for person in group)])
    path.write_bytes(text.encode())


@dataclass
class Agreement:
    """How a grading run compares with the truth."""

    submissions: int = 0
    verdicts: int = 0
    """Statuses and questions about which something is claimed."""
    wrong: list[str] = field(default_factory=list)
    """A sentence for each wrong verdict or missing result."""
    mistakes: int = 0
    """Submissions with known mistakes."""
    named: int = 0
    """Those of which exactly the planted mistakes were named."""
    partly: int = 0
    misnamed: list[str] = field(default_factory=list)
    """Submissions in which another mistake was named."""


def check_truth(truth: Path, graded: Path) -> Agreement:
    """Compare ``results/`` of a grading run with truth.csv.

    A result belongs to the row that has its student, or its submission's name, as an id, login or e-mail address; if
    there are several attempts, to the last, unless the submission's name says which.

    Raises:
        GradmarkError: A file is missing or holds something else.
    """
    rows = _rows(truth)
    agreement = Agreement()
    seen: set[int] = set()
    for result, row in _matched(rows, graded):
        if row is None:
            agreement.wrong.append(f"{result.submission}: no student in truth.csv handed it in")
            continue
        seen.add(id(row))
        _compare(result, row, agreement)
    if not agreement.submissions:
        raise GradmarkError(f"{graded / 'results'} holds no results of this class; grade it first")
    expected = {id(row): row for row in rows.values() if row["attempt"] == row["attempts"]}
    missing = [row["ids"] for key, row in expected.items() if key not in seen]
    agreement.wrong += [f"{ids}: there is no result" for ids in missing]
    return agreement


def matched(truth: Path, graded: Path) -> Iterator[tuple[SubmissionResult, Row]]:
    """Each result of a grading run with its row of truth.csv.

    Raises:
        GradmarkError: A file is missing or holds something else.
    """
    for result, row in _matched(_rows(truth), graded):
        if row is not None:
            yield result, row


def _matched(
    rows: Mapping[tuple[str, str], Row], graded: Path
) -> Iterator[tuple[SubmissionResult, Row | None]]:
    for path in sorted((graded / "results").glob("*.json")):
        try:
            result = decode_exact(path.read_bytes())
        except msgspec.MsgspecError as error:
            raise GradmarkError(f"{path} is not a result of a grading run ({error}); grade again") from None
        yield result, _row_of(result, rows)


def _rows(truth: Path) -> dict[tuple[str, str], Row]:
    """Rows by whatever identifies a student, and by attempt; under "" the last attempt."""
    try:
        with open(truth, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise GradmarkError(f"{truth} cannot be read ({error.strerror}); simulate a class first") from None
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        for what in ("ids", "logins", "emails"):
            for key in row[what].split(_JOIN):
                found[key, row["attempt"]] = found[key, ""] = row
    return found


def _row_of(result: SubmissionResult, rows: Mapping[tuple[str, str], Row]) -> Row | None:
    numbered = _ATTEMPT.fullmatch(result.submission)
    attempt = numbered[1] if numbered else ""
    student = result.student
    called = [student.id, student.email] if student else []
    called.append(result.submission.removesuffix(f"-attempt{attempt}"))
    return next((rows[name, attempt] for name in called if (name, attempt) in rows), None)


def _got(question: QuestionResult) -> str:
    """What became of a question. A bonus test may make up for points lost elsewhere, but they count as lost."""
    kept = all(is_full(test.score, test.max_score) for test in question.tests)
    if not (kept and is_full(question.score, question.max_score)):
        return LOST
    return INHERITED if any(test.inherited for test in question.tests) else FULL


def _compare(result: SubmissionResult, row: Row, agreement: Agreement) -> None:
    agreement.submissions += 1
    agreement.verdicts += 1
    if result.status != row["status"]:
        agreement.wrong.append(f"{result.submission} ({row['kind']}): {result.status}, not {row['status']}")
        return
    for question in result.questions:
        claimed = row.get(question.id, "")
        if claimed in ("", EITHER):
            continue
        agreement.verdicts += 1
        got = _got(question)
        if got != claimed:
            agreement.wrong.append(
                f"{result.submission} ({row['kind']}), {question.id}: {got}, not {claimed}"
            )
    planted = set(filter(None, row["mistakes"].split(_JOIN)))
    given = {
        name
        for question in result.questions
        for test in question.tests
        if test.mistake
        for name in test.mistake.split(" + ")
    }
    agreement.mistakes += bool(planted)
    if given - planted:
        agreement.misnamed.append(f"{result.submission} ({row['kind']}): {', '.join(sorted(given))}")
    elif planted:
        agreement.named += given == planted
        agreement.partly += bool(given) and given != planted
