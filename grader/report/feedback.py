"""feedback/<name>.html: one student's results, as far as they may see them, and the notebook they handed in.

The page shows that student's own points, lateness and staff decisions. Members of a group share what they handed in
and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from markupsafe import Markup, escape

from grader.gradebook import PsetScores, QuestionInfo, Standing, StudentScore, complete, standing
from grader.mending import first_to_mend
from grader.points import exact, number, total
from grader.report.page import render
from grader.report.words import RAN_INSIDE, Finding, Release, findings
from grader.results import QuestionResult, SubmissionResult, TestResult
from grader.sandbox.outside.rendering import ShownCell
from grader.text import clean, listed
from grader.times import date_and_time
from grader.wording import UNFOLLOWED, cell_name, word_of

__all__ = ["feedback_page"]

MAX_NAME = 200
_CODE = re.compile(r"`([^`\n]{1,200})`")
WAITS = (
    "Whether your answer is right is not shown before the due date, so that nobody can find it by guessing."
)
_ONLY_COMMENTS = re.compile(r"\s*(?:<!--[^>]*-->\s*)*")


@dataclass(frozen=True)
class _Question:
    """One question as its student may see it."""

    info: QuestionInfo
    points: Fraction | None
    """None if the student may not see them yet, or nobody has given any."""
    state: Standing
    """Empty if the student may not see the points."""
    passed: list[TestResult]
    findings: list[Finding]
    note: str
    """What is held back, and until when."""
    comment: str

    @property
    def inherits(self) -> bool:
        """Whether all that failed, of what the student may see, is inherited."""
        return bool(self.findings) and all(finding.inherited for finding in self.findings)


@dataclass(frozen=True)
class _Total:
    """The points at the top: the score once grades are published; before that, those of the tests, if all are shown."""

    points: Fraction
    most: Fraction
    what: str


def feedback_page(
    student: StudentScore,
    result: SubmissionResult | None,
    scores: PsetScores,
    release: Release,
    cells: Sequence[ShownCell],
) -> str:
    """The whole page. It holds no test, score or message that ``release`` does not show yet.

    Args:
        student: The student whose page it is.
        result: The result of their attempt that counts; None if they handed in nothing.
        scores: The problem set.
        release: What students may see by now.
        cells: Their notebook's cells.
    """
    status = result.status if result else "not handed in"
    graded = result is not None and result.status == "graded"
    by_id = {question.id: question for question in result.questions} if result else {}
    questions = (
        [_question(info, by_id.get(info.id), student, release) for info in scores.questions] if graded else []
    )
    shown = graded and result is not None and release.shows_score(result.questions, student.due)
    waits = result is not None and release.holds(tests_of(result), student.due)
    everything = release.published and not waits and complete(student, scores)
    first = None
    if result and not everything:
        first = first_to_mend(result, lambda test: release.shows(test, student.due))
    numbered = _numbered(cells)
    return render(
        "feedback.html",
        images=True,
        title_text=scores.title,
        name=clean(student.name or student.sid or student.email, MAX_NAME),
        submission=student.attempt.submission if student.attempt and student.attempt.members == 1 else "",
        status=status,
        reason=_reason(result) if result else "",
        questions=questions,
        total=_total(student, result, scores, release),
        waiting=student.open,
        until="after the due date" if waits and release.published else "when grades are published",
        unknown=bool(result and result.waits),
        own_numbers=result.own_numbers if result else None,
        notes=_notes(student) if release.published else [],
        first=first,
        unfollowed=UNFOLLOWED if result and result.unfollowed else "",
        said=_said(questions, everything, shown, first is not None) if graded else "",
        errors=[(error.cell, error.place, clean(error.error, 1_000)) for error in result.notebook_errors]
        if result
        else [],
        cells=numbered,
        coded=_coded,
        shown_cells={number for number, _, _ in numbered if number},
        word_of=word_of,
        RAN_INSIDE=RAN_INSIDE,
        cell_name=cell_name,
        when=_when(student, scores),
        made=date_and_time(_last_fact(student, scores, release), scores.zone),
    )


def tests_of(result: SubmissionResult) -> list[TestResult]:
    """The tests of all questions."""
    return [test for question in result.questions for test in question.tests]


def _when(student: StudentScore, scores: PsetScores) -> str:
    """When the work was handed in and due, as far as known."""
    attempt, parts = student.attempt, []
    if attempt is not None and attempt.submitted_at is not None:
        parts.append(f"handed in {date_and_time(attempt.submitted_at, scores.zone)}")
    elif attempt is not None and attempt.untimed == "unread":
        parts.append("the submission time could not be read")
    if student.due is not None:
        parts.append(
            f"{'due for you' if student.extended else 'due'} {date_and_time(student.due, scores.zone)}"
        )
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _last_fact(student: StudentScore, scores: PsetScores, release: Release) -> datetime:
    """When the content of the page last changed; a due date that has passed may show more."""
    passed = [student.due] if student.due and scores.last_fact < student.due <= release.now else []
    return max([scores.last_fact, *passed])


def _total(
    student: StudentScore, result: SubmissionResult | None, scores: PsetScores, release: Release
) -> _Total | None:
    if result is not None and release.holds(tests_of(result), student.due):
        return None
    if release.published:
        return None if student.score is None else _Total(student.score, scores.max_score, "points")
    if result is None or result.status != "graded" or not release.shows_score(result.questions, student.due):
        return None
    tested = {info.id for info in scores.questions if not info.manual}
    counted = {info.id for info in scores.questions if not info.manual and not info.bonus}
    points = total(exact(q.score) for q in result.questions if q.id in tested)
    most = total(info.points for info in scores.questions if info.id in counted)
    return _Total(points, most, "points by tests")


def _question(
    info: QuestionInfo, result: QuestionResult | None, student: StudentScore, release: Release
) -> _Question:
    tests = result.tests if result else []
    shown = [test for test in tests if release.shows(test, student.due)]
    attempt = student.attempt
    given = attempt.questions.get(info.id) if attempt else None
    waits = release.holds(tests, student.due)
    if waits:
        points = None
    elif release.published:
        points = given
    elif not info.manual and result is not None and release.shows_score([result], student.due):
        points = exact(result.score)
    else:
        points = None
    told = release.published or points is not None
    inherited = not waits and attempt is not None and info.id in attempt.inherited
    return _Question(
        info,
        points,
        standing(points, info.points, inherited=inherited),
        [test for test in shown if test.status == "passed"],
        findings(shown),
        WAITS
        if waits
        else _kept_back(info, [test for test in tests if test not in shown], bool(shown), points, told),
        attempt.comments.get(info.id, "") if attempt and release.published else "",
    )


def _kept_back(
    info: QuestionInfo, hidden: list[TestResult], some: bool, points: Fraction | None, told: bool
) -> str:
    if info.manual:
        if not told:
            return "A person grades this answer; you will see points and comments when grades are published."
        return "" if points is not None else "This answer has not been graded yet."
    if not hidden:
        return ""
    which = "Other tests" if some else "The tests of this question"
    until = {"after_due_date": "after the due date", "after_published": "when grades are published"}
    when = sorted({until[test.visibility] for test in hidden if test.visibility in until})
    if when:
        seen = f"You will see their results {' or '.join(when)}."
        return f"Other tests count too. {seen}" if some else seen.replace("their", "this question's test")
    earned, most = (
        total(exact(p) for p in ps) for ps in zip(*((t.score, t.max_score) for t in hidden), strict=True)
    )
    result = f"; you earned {number(earned)} of their {number(most)} points" if told else ""
    return f"{which} stay hidden{result}."


def _reason(result: SubmissionResult) -> str:
    """Why there is no grade; empty for an error on our side, whose cause is no student's concern."""
    if result.status == "grader_error":
        return ""
    reason = clean(result.reason, 1_000).strip()
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")


def _notes(student: StudentScore) -> list[str]:
    """What changed the points that the tests gave: lateness and staff decisions about this student."""
    notes = []
    if student.attempt is not None:
        late = student.attempt.lateness
        # If submissions have no times at all, that is for staff to know: no student can change it.
        told = late.note if student.attempt.untimed != "none" else ""
        notes += [said for said in (late.in_words, told) if said]
    if "" in student.overridden:
        notes.append("the points were set by staff")
    elif student.overridden:
        notes.append(f"the points for {', '.join(student.overridden)} were set by staff")
    if student.chosen:
        notes.append("staff chose which of your attempts counts")
    return notes


def _said(questions: Sequence[_Question], everything: bool, whole: bool, named: bool) -> str:
    """One or two sentences on how things stand and, unless a ``named`` mistake says it, what to do next."""
    if everything:
        return "Your work is complete, and no points were lost. Well done."
    tested = [q for q in questions if not q.info.manual]
    wrong = [q for q in tested if q.findings]
    if whole and tested and not wrong and all(q.passed for q in tested):
        return "Every test passes."
    passed = sum(len(q.passed) for q in tested)
    if not wrong:
        return "All the tests shown here pass." if passed else "Your notebook was read and run."
    right = [q for q in tested if not q.findings and q.passed]
    left = [q.info for q in wrong if not q.inherits]
    behind = [q.info.id for q in wrong if q.inherits]
    begin = (
        ""
        if named or not left
        else f"Start with {left[0].id}{_titled(left[0])}: later questions may depend on it."
    )
    if not passed:
        stands = "No test passes yet; each one says below what went wrong."
    elif right:
        stands = f"{'1 question passes' if len(right) == 1 else f'{len(right)} questions pass'} every test shown here."
        begin = f"Only {left[0].id} is left." if len(left) == 1 else begin
    else:
        stands = f"{'1 test passes' if passed == 1 else f'{passed} tests pass'}."
    only = f"{listed(behind)} only inherit{'s' * (len(behind) == 1)} failures." if behind else ""
    return " ".join(filter(None, [stands, only, begin]))


def _titled(question: QuestionInfo) -> str:
    return "" if question.title == question.id else f", {question.title}"


def _numbered(cells: Sequence[ShownCell]) -> list[tuple[int, ShownCell, Markup]]:
    """The cells worth showing with their markup; code cells with their number from 1, as in messages, others with 0."""
    numbered, number_ = [], 0
    for cell in cells:
        number_ += cell.kind == "code"
        if cell.kind == "code" or not _ONLY_COMMENTS.fullmatch(cell.source):
            numbered.append((number_ if cell.kind == "code" else 0, cell, Markup(cell.markup)))
    return numbered


def _coded(text: str) -> Markup:
    """The text, with anything in backticks shown as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))
