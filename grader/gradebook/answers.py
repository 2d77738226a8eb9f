"""Written answers: out to the people who grade them, points and comments back.

Two forms of the same: a CSV with a row an answer, whose ``points`` and ``comment`` are filled in and imported; and for
reading, a page a question. Names are in neither, so that one grades what is written.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GradmarkError
from grader.gradebook.decisions import ManualGrade
from grader.gradebook.scores import AttemptScore, QuestionInfo
from grader.results import SubmissionResult
from grader.spreadsheet import original_cell, points_cell, safe_cell

__all__ = ["Answer", "answers_csv", "answers_page", "gather_answers", "read_grades"]

_COLUMNS = ["submission", "question", "points", "max_points", "comment", "answer"]
_NEEDED = ("submission", "question", "points")
MAX_FILE = 256 << 20


@dataclass(frozen=True)
class Answer:
    """A submission's answer to one question."""

    submission: str
    question: QuestionInfo
    text: str | None
    """Markdown; empty where nothing was written, None where the question was not found in what was handed in."""
    points: float | None
    comment: str

    @property
    def shown(self) -> str:
        """The text, or why there is none."""
        if self.text is None:
            return "(not found: the notebook cannot be read, or has lost the question's heading)"
        return self.text or "(nothing was written)"


def gather_answers(
    questions: Sequence[QuestionInfo], graded: Iterable[tuple[AttemptScore, SubmissionResult]]
) -> list[Answer]:
    """Every answer, question by question, those without a text at the end."""
    everything = [
        Answer(
            attempt.submission,
            question,
            result.answers.get(question.id),
            attempt.questions.get(question.id),
            attempt.comments.get(question.id, ""),
        )
        for attempt, result in graded
        for question in questions
    ]
    order = {question.id: number for number, question in enumerate(questions)}
    return sorted(everything, key=lambda a: (order[a.question.id], not a.text, a.submission))


def answers_csv(answers: Iterable[Answer]) -> str:
    """One row an answer; points given already stand in it."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for answer in answers:
        rows.writerow(
            [
                safe_cell(answer.submission),
                answer.question.id,
                points_cell(answer.points),
                points_cell(answer.question.points),
                safe_cell(answer.comment),
                safe_cell(answer.shown),
            ]
        )
    return text.getvalue()


def read_grades(path: Path) -> list[ManualGrade]:
    """Points and comments of a CSV as `answers_csv` writes it; rows without points are left out.

    Columns may stand in any order, others may be there, and a spreadsheet may have made commas semicolons.

    Raises:
        GradmarkError: It is no such CSV, or points are not a number; the line is named.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise GradmarkError(
                f"{path.name} has more than {MAX_FILE >> 20} MB; import the CSV that was exported"
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GradmarkError(f"{path.name} is not UTF-8 text; save it as CSV UTF-8") from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        names = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise GradmarkError(
                f"{path.name} has no column {missing[0]!r}; it needs {', '.join(_NEEDED)}, and comment if there are any"
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
        number = float(points)
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):
        raise GradmarkError(
            f"{where}: points are {cells['points']!r}; write a number, or nothing to leave it open"
        )
    submission, question = cells["submission"].strip(), cells["question"].strip()
    return ManualGrade(submission, question, number, cells.get("comment", "").strip(), where)


# A page for reading --------------------------------------------------------------------------------------------

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }}
article {{ border-top: 1px solid #bbb; padding: .5rem 0 1rem; }}
h2 {{ font-size: 1rem; margin: .5rem 0; }} h2 small {{ font-weight: normal; color: #555; }}
.empty {{ color: #777; }} pre {{ background: #f4f4f4; padding: .6rem; overflow-x: auto; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #bbb; padding: .2rem .5rem; }}
.math {{ font-family: "STIX Two Math", "Cambria Math", serif; font-style: italic; white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{count} answers, {points} points each. Points and comments go into manual.csv.</p>
{answers}
</body>
</html>
"""


def answers_page(question: QuestionInfo, answers: Sequence[Answer]) -> str:
    """All answers to one question as a page of HTML: rendered, and with nothing in it that runs or is fetched."""
    render = _renderer()
    parts = []
    for answer in answers:
        given = f"{points_cell(answer.points)} points" if answer.points is not None else "not graded yet"
        body = render(answer.text) if answer.text else f'<p class="empty">{html.escape(answer.shown)}</p>'
        comment = f"<p><b>Comment:</b> {html.escape(answer.comment)}</p>" if answer.comment else ""
        name = html.escape(answer.submission)
        parts.append(
            f'<article id="{name}">\n<h2>{name} <small>{given}</small></h2>\n{body}{comment}</article>'
        )
    return _PAGE.format(
        title=html.escape(f"{question.id}: {question.title}"),
        count=len(answers),
        points=points_cell(question.points),
        answers="\n".join(parts),
    )


def _renderer() -> Any:
    """Markdown to HTML: a student's own HTML is shown as text, formulas as they were typed, images by their names."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, renderer=lambda content, _: html.escape(content))
    markdown.add_render_rule(
        "image", lambda _self, tokens, index, _options, _env: f"[image: {html.escape(tokens[index].content)}]"
    )
    return markdown.render
