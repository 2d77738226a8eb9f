"""What a grading run ends with: a table and a summary for people, or JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.batch.classes import GradedClass
from grader.cli.graded import late_days_elsewhere
from grader.gradebook import Standing, StudentScore, standing
from grader.intake import printable
from grader.points import as_json, number, total
from grader.report import outside_words
from grader.text import clean_name, first_few, many

__all__ = ["MAX_ROWS", "class_json", "show_class"]

MAX_ROWS = 60
WIDE = 110
"""Columns from which on the table has room for the first thing to look at."""
MAX_REMARKS = 24


def show_class(graded: GradedClass, out: Path, *, verbose: bool = False) -> None:
    """Show the table, then single remarks, and last the summary, so that it ends on the screen however large the class.

    Unused files are only counted, unless ``verbose``.
    """
    console = Console(highlight=False)
    batch = graded.batch
    students = _students(graded)
    if len(students) <= MAX_ROWS:
        wide = console.width >= WIDE
        console.print(_table(students, graded, remarks=wide, width=console.width))
        if not wide and len(students) <= MAX_REMARKS and any(graded.first_things.values()):
            console.print(_remarks(graded))
    if verbose:
        for file in graded.intake.unused:
            sentence = f"{printable(str(file.path))} was not used: it {printable(file.reason)}."
            console.print(Text(sentence, style="yellow"), soft_wrap=True)
    for name, (before, after) in sorted(batch.moved.items()):
        console.print(
            Text(
                " ".join(
                    [
                        f"{name} moved from {number(before)} to {number(after)} points by tests.",
                        *batch.why.get(name, ()),
                    ]
                )
            ),
            style="yellow",
        )
    for problem, names in _unrendered(graded).items():
        console.print(Text(f"The pages of {first_few(names)} show no notebook: {problem}."), style="yellow")
    for name, reason in sorted(batch.reasons.items()):
        line = Text.assemble((name, "bold"), f" was not graded ({batch.statuses[name]}): {reason}")
        console.print(line, style="red")
    for sentence, style in _summary(graded, students, verbose=verbose):
        console.print(Text(sentence), style=style)
    for what, path in (("Results", "results"), ("Scores", "scores.csv"), ("Report", "report.html")):
        if (out / path).exists():  # no report where none was asked for
            console.print(Text(f"{what + ':':8} {out / path}"), soft_wrap=True)


def _students(graded: GradedClass) -> list[StudentScore]:
    """The students of this run, with the attempts that count."""
    return [
        one
        for one in graded.scores.students
        if one.attempt and one.attempt.submission in graded.batch.statuses
    ]


def _summary(
    graded: GradedClass, students: Sequence[StudentScore], *, verbose: bool
) -> Iterator[tuple[str, str]]:
    """What to know about the whole class, in sentences with their styles; what is listed above is only counted."""
    batch, scores, intake = graded.batch, graded.scores, graded.intake
    count, kept = len(batch.statuses), len(batch.statuses) - len(batch.fresh)
    counts = f"{len(batch.fresh)} graded now" + (f", {kept} kept from before" if kept else "")
    points = [one.score for one in students if one.status == "graded" and one.score is not None]
    mean = (
        f"; mean {number(total(points) / len(points))} of {number(scores.max_score)} points" if points else ""
    )
    yield f"{many(count, 'submission')}: {counts}{mean}.", ""
    for sentence in _elsewhere(batch.elsewhere):
        yield sentence, "yellow"
    if scores.open_answers:
        questions = ", ".join(f"{q.id} ({number(q.points)} points)" for q in scores.by_hand)
        yield (
            f"{many(scores.open_answers, 'written answer')} not graded yet, and not in these points: {questions}. For "
            "grading by hand, run gradmark manual export; publish only afterwards.",
            "",
        )
    if inside := scores.inside:
        yield (
            f"{outside_words(inside, scores.by_tests)}; a submission could forge the verdicts of the tests behind the "
            f"other {number(inside)}, which the report names. --outside-only leaves them to a person.",
            "yellow",
        )
    if scores.later:
        yield late_days_elsewhere(scores.later), "yellow"
    if unread := _unread(graded):
        yield (
            f"The time of {first_few(unread)} could not be read, so nothing is taken off for lateness.",
            "yellow",
        )
    if unfollowed := _unfollowed(students):
        yield (
            f"In {many(len(unfollowed), 'submission')}, time ran out before we could tell which failures come from "
            f"another question: {first_few(unfollowed)}. The same command tries again.",
            "yellow",
        )
    if len(batch.moved) > 1:
        yield f"{len(batch.moved)} scores moved: see above.", "yellow"
    if len(batch.reasons) > 1:
        yield f"{len(batch.reasons)} submissions were not graded: see above.", "red"
    if doubts := len(intake.unread + intake.doubts):
        yield f"{many(doubts, 'warning')} before the grading: see above.", "yellow"
    if intake.unused and not verbose:
        were, lists = ("was", "it") if len(intake.unused) == 1 else ("were", "them")
        folders = many(len({file.path.parent for file in intake.unused}), "folder")
        yield (
            f"{many(len(intake.unused), 'file')} in {folders} {were} not used; --verbose lists {lists}.",
            "yellow",
        )


def _unread(graded: GradedClass) -> list[str]:
    """The submissions whose time was recorded but could not be read."""
    return [one.name for one in graded.intake.found if one.untimed == "unread"]


def _unfollowed(students: Sequence[StudentScore]) -> list[str]:
    """The submissions of which it is not known which failures are inherited."""
    return sorted({one.attempt.submission for one in students if one.attempt and one.attempt.unfollowed})


def _elsewhere(counts: Mapping[str, int]) -> Iterator[str]:
    """What was kept, but might be graded differently today."""
    if counts:
        what = " and ".join(
            f"{count} under another {name if name != 'python' else 'Python'}"
            for name, count in sorted(counts.items())
        )
        yield f"Of those kept, {what} than this one; --force grades them again."


def _unrendered(graded: GradedClass) -> dict[str, list[str]]:
    """The submissions whose notebook cannot be shown, by the reason."""
    names = {number_: name for name, number_ in graded.batch.attempts.items()}
    by_reason: dict[str, list[str]] = {}
    for attempt, reason in sorted(graded.unrendered.items()):
        by_reason.setdefault(reason, []).append(names[attempt])
    return by_reason


def class_json(graded: GradedClass, out: Path) -> dict[str, Any]:
    """The same for programs: counts, what could not be graded, whose score moved, what was not used."""
    batch = graded.batch
    return {
        "submissions": len(batch.statuses),
        "graded_now": len(batch.fresh),
        "graded_elsewhere": batch.elsewhere,
        "statuses": dict(sorted(Counter(batch.statuses.values()).items())),
        "failures": [
            {"submission": name, "status": batch.statuses[name], "reason": reason}
            for name, reason in sorted(batch.reasons.items())
        ],
        "moved": {
            name: {"before": as_json(was), "after": as_json(now)}
            | ({"why": batch.why[name]} if name in batch.why else {})
            for name, (was, now) in sorted(batch.moved.items())
        },
        "times_not_read": _unread(graded),
        "unfollowed": _unfollowed(_students(graded)),
        "answers_to_grade": graded.scores.open_answers,
        **({"points_inside": as_json(graded.scores.inside)} if graded.scores.inside else {}),
        "unused": [{"path": str(file.path), "reason": file.reason} for file in graded.intake.unused],
        "results": str(out / "results"),
        "scores": str(out / "scores.csv"),
    }


def _table(students: Sequence[StudentScore], graded: GradedClass, *, remarks: bool, width: int) -> Table:
    """A row for each student; without the questions' points, which scores.csv has, if their names are too long."""
    scores = graded.scores
    table = Table(title=scores.title, title_justify="left", box=None, pad_edge=False, expand=remarks)
    labels = [_label(one) for one in students]
    first = min(max([10, *map(len, labels)]), 24)
    table.add_column("submission", overflow="ellipsis", no_wrap=True, width=first)
    table.add_column("score", justify="right", width=6)
    fits = first + len(" score  ") + sum(len(q.id) + 1 for q in scores.questions) <= width
    questions = scores.questions if fits else []
    for question in questions:
        table.add_column(question.id, justify="right", min_width=2, no_wrap=True)
    if remarks:
        table.add_column("first thing to look at", overflow="ellipsis", no_wrap=True, ratio=1)
    for label, one in sorted(zip(labels, students, strict=True), key=lambda row: row[0]):
        assert one.attempt is not None
        given, inherited = one.attempt.questions, one.attempt.inherited
        cells = [_points(given.get(q.id), q.points, inherited=q.id in inherited) for q in questions]
        score = Text("-" if one.score is None else number(one.score), style="bold")
        said = graded.first_things.get(one.attempt.submission, "")
        table.add_row(Text(label), score, *cells, *([Text(said, style="dim")] if remarks else []))
    return table


def _label(student: StudentScore) -> str:
    """The submission and, if it is a group's, whose row it is."""
    attempt = student.attempt
    assert attempt is not None
    if attempt.members == 1:
        return attempt.submission
    return clean_name(f"{attempt.submission}: {student.name or student.sid}")


def _remarks(graded: GradedClass) -> Table:
    """The first thing to look at in each submission, for below a table without room for it."""
    table = Table(
        title="\nThe first thing to look at",
        title_justify="left",
        box=None,
        pad_edge=False,
        show_header=False,
    )
    table.add_column(overflow="ellipsis", no_wrap=True, max_width=24)
    table.add_column(overflow="fold")
    for name, remark in sorted(graded.first_things.items()):
        if remark:
            table.add_row(Text(name), Text(remark, style="dim"))
    return table


_STYLES: dict[Standing, str] = {
    "": "", "full": "green", "inherited": "yellow", "part": "yellow", "none": "red",
}  # fmt: skip


def _points(points: Fraction | None, most: Fraction, *, inherited: bool) -> Text:
    shown = "-" if points is None else number(points)
    return Text(shown, style=_STYLES[standing(points, most, inherited=inherited)])
