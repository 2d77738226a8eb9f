"""Written answers: out to the people who grade them, points and comments back in.

There are two forms: a CSV with one row for each answer, in which people fill in ``points`` and ``comment``, and a page
to read for each question. Neither has students' names, so that graders judge only what is written.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.errors import GradmarkError
from grader.gradebook.content import files_of
from grader.gradebook.database import Database, reading
from grader.gradebook.decisions import ManualGrade
from grader.gradebook.documents import documents_of
from grader.gradebook.scores import AttemptScore, PsetScores, QuestionInfo, headline
from grader.points import exact, number
from grader.results import SubmissionResult
from grader.sandbox.crossing.markup import is_safe
from grader.spreadsheet import csv_text, original_cell, points_cell, safe_cell

__all__ = [
    "Answer",
    "answers_csv",
    "gather_answers",
    "page_parts",
    "picture_files",
    "read_grades",
]

_COLUMNS = ["submission", "question", "points", "max_points", "comment", "answer"]
_NEEDED = ("submission", "question", "points")
MAX_FILE = 256 << 20


@dataclass(frozen=True)
class Answer:
    """One submission's answer to one question."""

    submission: str
    question: QuestionInfo
    text: str | None
    """Markdown; empty if nothing was written, None if the question was not found in the notebook."""
    points: Fraction | None
    comment: str
    attempt: int = 0
    """The attempt's number in the gradebook."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What its cells drew when they were graded, by the names in the text."""

    @property
    def shown(self) -> str:
        """The text, or a note on why there is none."""
        if self.text is None:
            return "(not found: the notebook cannot be read, or the question's heading is missing)"
        return self.text or "(nothing was written)"


def gather_answers(database: Database, scores: PsetScores) -> list[Answer]:
    """Every answer in the last attempt under each name, question by question, those without text last."""
    attempts = {attempt.result: attempt for _, attempt in scores.submissions}
    wanted = [(number, attempt.submission, None) for number, attempt in attempts.items()]
    everything: list[Answer] = []
    with reading(database) as connection:
        for number_, result in documents_of(connection, scores.number, wanted):
            everything += [_answer(attempts[number_], question, result) for question in scores.by_hand]
    order = {question.id: place for place, question in enumerate(scores.by_hand)}
    return sorted(everything, key=lambda a: (order[a.question.id], not a.text, a.submission))


def _answer(attempt: AttemptScore, question: QuestionInfo, result: SubmissionResult) -> Answer:
    text = result.answers.get(question.id)
    shown = {name: one for name, one in result.pictures.items() if f"](drawn:{name})" in (text or "")}
    return Answer(
        attempt.submission,
        question,
        text,
        attempt.manual.get(question.id),
        attempt.comments.get(question.id, ""),
        attempt.number,
        shown,
    )


def picture_files(database: Database, answer: Answer) -> dict[str, bytes]:
    """The submission's files, for the pictures that its answer shows; none if it shows none."""
    if "![" not in (answer.text or ""):
        return {}
    with reading(database) as connection:
        return files_of(connection, answer.attempt)


def answers_csv(answers: Iterable[Answer]) -> str:
    """One row for each answer, with the points given so far."""
    rows = (
        [
            safe_cell(answer.submission),
            answer.question.id,
            points_cell(answer.points),
            points_cell(answer.question.points),
            safe_cell(answer.comment),
            safe_cell(answer.shown),
        ]
        for answer in answers
    )
    return csv_text([_COLUMNS, *rows])


def read_grades(path: Path) -> list[ManualGrade]:
    """Points and comments from a CSV as `answers_csv` writes it; rows without points are left out.

    Columns may be in any order, there may be others, and a spreadsheet may have turned commas into semicolons.

    Raises:
        GradmarkError: The file is not such a CSV, or points are not a number; the message names the line.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise GradmarkError(
                f"{path.name} is larger than {MAX_FILE >> 20} MB; import the CSV that was exported"
            )
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GradmarkError(f"{path.name} is not UTF-8 text; save it as CSV UTF-8") from None
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        names = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise GradmarkError(
                f"{path.name} has no column {missing[0]!r}; it needs {', '.join(_NEEDED)}, and comment if you wrote any"
            )
        rows.fieldnames = names
        read = [_grade(row, f"{path.name}:{rows.line_num}", separator) for row in rows]
    except csv.Error as error:
        raise GradmarkError(f"{path.name} is not a CSV ({error}); save it as CSV UTF-8") from None
    return [grade for grade in read if grade is not None]


def _grade(row: dict[str, Any], where: str, separator: str) -> ManualGrade | None:
    cells = {name: original_cell(cell or "") for name, cell in row.items() if isinstance(cell, str | None)}
    points = cells["points"].strip()
    if not points:
        return None
    if separator == ";":
        points = points.replace(",", ".")
    try:
        given = exact(points)
    except ValueError:
        raise GradmarkError(
            f"{where}: points are {cells['points']!r}; write a number, or nothing to leave the answer ungraded"
        ) from None
    submission, question = cells["submission"].strip(), cells["question"].strip()
    return ManualGrade(submission, question, given, cells.get("comment", "").strip(), where)


# A page for reading --------------------------------------------------------------------------------------------

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }}
article {{ border-top: 1px solid #bbb; padding: .5rem 0 1rem; overflow-wrap: anywhere; }}
h2 {{ font-size: 1rem; margin: .5rem 0; }} h2 small {{ font-weight: normal; color: #555; }}
.empty {{ color: #777; }} pre {{ background: #f4f4f4; padding: .6rem; overflow-x: auto; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #bbb; padding: .2rem .5rem; }}
.fx {{ font-family: "STIX Two Math", "Cambria Math", serif; font-style: italic; white-space: pre-wrap; }}
.typed {{ white-space: pre-wrap; }} img {{ max-width: 100%; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{count} answers, {points} points each. Enter points and comments in manual.csv.</p>
{answers}
</body>
</html>
"""


def page_parts(
    question: QuestionInfo, answers: Sequence[Answer], markup: Callable[[Answer], str]
) -> Iterator[str]:
    """All answers to one question as an HTML page that runs and fetches nothing, one answer at a time.

    Args:
        question: The question.
        answers: Its answers.
        markup: Gives the markup of an answer with a text, as the sandbox made it; if that is empty or unsafe, the
            answer is shown as it was typed.
    """
    before, after = _PAGE.split("{answers}")
    yield before.format(
        title=html.escape(headline(question.id, question.title)),
        count=len(answers),
        points=number(question.points),
    )
    for answer in answers:
        given = f"{number(answer.points)} points" if answer.points is not None else "not graded yet"
        comment = f"<p><b>Comment:</b> {html.escape(answer.comment)}</p>" if answer.comment else ""
        name = html.escape(answer.submission)
        body = _body(answer, markup(answer) if answer.text else "")
        yield f'<article id="{name}">\n<h2>{name} <small>{given}</small></h2>\n{body}{comment}</article>\n'
    yield after.removeprefix("\n")


def _body(answer: Answer, markup: str) -> str:
    if not answer.text:
        return f'<p class="empty">{html.escape(answer.shown)}</p>'
    # Checked when it was made, and again here: nothing else protects this page from what a student wrote.
    if markup and is_safe(markup):
        return f"<section>{markup}</section>"
    return f'<p class="typed">{html.escape(answer.text)}</p>'
