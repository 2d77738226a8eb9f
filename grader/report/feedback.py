"""feedback/<submission>.html: what a student may see of how they did, with the notebook they handed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from grader.gradebook import PsetScores
from grader.gradebook.scores import QuestionInfo
from grader.points import number
from grader.report.folder import Handed, Owner
from grader.report.page import render
from grader.report.words import TEST_WORDS, Finding, Release, findings
from grader.results import QuestionResult, SubmissionResult, TestResult
from grader.sandbox.rendering import ShownCell
from grader.sandbox.text import clean

__all__ = ["feedback_page"]

MAX_NAME = 200
_CELL = re.compile(r"\b(?:code )?cell ([0-9]{1,4})\b")
_CODE = re.compile(r"`([^`\n]{1,200})`")
_ONLY_COMMENTS = re.compile(r"\s*(?:<!--[^>]*-->\s*)*")


@dataclass(frozen=True)
class _Question:
    """One question as its student may see it."""

    info: QuestionInfo
    points: float | None
    """None where it may not be told, or nobody has given it yet."""
    passed: list[TestResult]
    findings: list[Finding]
    note: str
    """What is kept back, and until when."""
    comment: str

    @property
    def state(self) -> str:
        """``full``, ``part`` or ``none``; nothing where it may not be told."""
        if self.points is None:
            return ""
        return "full" if self.points >= self.info.points else "part" if self.points > 0 else "none"


def feedback_page(
    handed: Handed, scores: PsetScores, release: Release, cells: Sequence[ShownCell], *, made: datetime
) -> str:
    """The page, whole. It holds no test, score or message that ``release`` does not give away yet."""
    result = handed.result
    by_id = {question.id: question for question in result.questions}
    graded = result.status == "graded"
    questions = (
        [_question(info, by_id.get(info.id), handed, release) for info in scores.questions] if graded else []
    )
    whole = graded and release.shows_score(result.questions, handed.due)
    return render(
        "feedback.html",
        images=True,
        title_text=scores.title,
        names=[clean(name, MAX_NAME) for name in handed.names],
        submission=result.submission,
        status=result.status,
        reason=_reason(result),
        questions=questions,
        score=handed.score if whole else None,
        most=sum(question.points for question in scores.questions),
        waiting=[q.info.id for q in questions if q.info.manual and handed.points.get(q.info.id) is None],
        published=release.published,
        owners=[_standing(owner) for owner in handed.owners] if whole and release.published else [],
        said=_said(questions, whole) if graded else "",
        errors=[(error.cell, clean(error.error, 1_000)) for error in result.notebook_errors],
        cells=_numbered(cells),
        linked=lambda text: _linked(text, cells),
        words=TEST_WORDS,
        made=f"{made:%d %B %Y, %H:%M}",
    )


def _question(
    info: QuestionInfo, result: QuestionResult | None, handed: Handed, release: Release
) -> _Question:
    tests = result.tests if result else []
    shown = [test for test in tests if release.shows(test, handed.due)]
    points = handed.points.get(info.id)
    told = (
        release.published if info.manual else result is not None and release.shows_score([result], handed.due)
    )
    return _Question(
        info,
        points if told else None,
        [test for test in shown if test.status == "passed"],
        findings(shown),
        _kept_back(info, [test for test in tests if test not in shown], bool(shown), points, told),
        handed.comments.get(info.id, "") if told else "",
    )


def _kept_back(
    info: QuestionInfo, hidden: list[TestResult], some: bool, points: float | None, told: bool
) -> str:
    if info.manual:
        if not told:
            return "A person reads this answer; points and comments come when grades are published."
        return "" if points is not None else "A person has still to read this answer."
    if not hidden:
        return ""
    other = "Other tests" if some else "The tests of this question"
    until = {"after_due_date": "after the due date", "after_published": "when grades are published"}
    when = sorted({until[test.visibility] for test in hidden if test.visibility in until})
    if when:
        return f"{other} count too. What they say is shown {' or '.join(when)}." if some else (
            f"What the tests of this question say is shown {' or '.join(when)}."
        )  # fmt: skip
    earned, most = sum(test.score for test in hidden), sum(test.max_score for test in hidden)
    result = f": {number(earned)} of their {number(most)} points" if told else ""
    return f"{other} stay hidden{result}."


def _reason(result: SubmissionResult) -> str:
    """Why there is no grade. Of an error of ours nothing is told but that it is ours."""
    if result.status == "grader_error":
        return ""
    reason = clean(result.reason, 1_000).strip()
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")


def _standing(owner: Owner) -> tuple[str, str, list[str]]:
    """A student's name, final points, and what changed them."""
    notes = []
    late = owner.attempt.lateness
    if not owner.counts:
        notes.append("another attempt of yours counts")
    if late.percent:
        notes.append(
            f"{late.days} day{'s' if late.days != 1 else ''} late, which takes {number(late.percent)} %"
        )
    elif late.days:
        notes.append(f"{late.days} day{'s' if late.days != 1 else ''} late, which takes nothing")
    if owner.student.overridden:
        notes.append("points were set by staff")
    name = owner.student.name or owner.student.sid or owner.student.email
    return clean(name, MAX_NAME), "–" if owner.score is None else number(owner.score), notes


def _said(questions: Sequence[_Question], whole: bool) -> str:
    """One or two sentences that are true and help to go on."""
    tested = [q for q in questions if not q.info.manual]
    wrong = [q for q in tested if q.findings]
    if whole and tested and all(q.state == "full" for q in tested):
        return "Every test passes: this is complete work. Well done."
    passed = sum(len(q.passed) for q in tested)
    if not wrong:
        return "Every test that you can see here passes." if passed else "Your notebook was read and run."
    first = wrong[0]
    begin = f"Begin with {first.info.id}, {first.info.title}: what comes later may rest on it."
    if not passed:
        return f"No test passes yet, and every one of them says what it missed. {begin}"
    right = [q for q in tested if not q.findings and q.passed]
    if right:
        done = "1 question is" if len(right) == 1 else f"{len(right)} questions are"
        left = begin if len(wrong) > 1 else f"{first.info.id} is what is left."
        return f"{done} right in every test shown here. {left}"
    return f"{passed} tests pass. {begin}"


def _numbered(cells: Sequence[ShownCell]) -> list[tuple[int, ShownCell, Markup]]:
    """Cells worth showing, code cells with their number from 1 as in messages, and their markup."""
    numbered, number_ = [], 0
    for cell in cells:
        number_ += cell.kind == "code"
        if cell.kind == "code" or not _ONLY_COMMENTS.fullmatch(cell.source):
            numbered.append((number_ if cell.kind == "code" else 0, cell, Markup(cell.markup)))
    return numbered


def _linked(text: str, cells: Sequence[ShownCell]) -> Markup:
    """Text in which code cells are links to them, and what stands in backticks is code."""
    there = sum(cell.kind == "code" for cell in cells)

    def link(found: re.Match[str]) -> str:
        known = 1 <= int(found[1]) <= there
        return f'<a href="#cell-{found[1]}">{found[0]}</a>' if known else found[0]

    return Markup(_CODE.sub(r"<code>\1</code>", _CELL.sub(link, str(escape(text)))))
