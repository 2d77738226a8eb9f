"""What a grading run shows in a terminal, or in a log."""

from __future__ import annotations

import contextlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from grader.batch.classes import GradedClass, Onlooker
from grader.cli.gradebook import late_days_elsewhere
from grader.gradebook import QuestionInfo, StudentScore
from grader.intake import Intake, printable
from grader.points import as_json, is_full, number, total
from grader.text import clean_name, many

__all__ = ["BatchProgress", "Shown", "class_json", "show_class", "show_intake"]

MAX_ROWS = 60
WIDE = 110
"""Columns from which the first thing to look at stands in the table itself."""
MAX_REMARKS = 24
LOG_SECONDS = 10.0


class _Rate(ProgressColumn):
    """How many a second, of late."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.1f} a second", style="progress.data.speed")


class BatchProgress:
    """A bar on a terminal; elsewhere a plain line every few seconds. Both say the rate of late, and the time left."""

    def __init__(self, total: int, doing: str = "Grading", done: str = "graded") -> None:
        self._doing, self._did, self._total, self._done = doing, done, total, 0
        self._console = Console(stderr=True)
        self._bar: Progress | None = None
        self._started = self._logged_at = time.monotonic()
        self._logged = 0

    def __enter__(self) -> BatchProgress:
        if self._console.is_terminal:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._task = self._bar.add_task(self._doing, total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._bar:
            self._bar.advance(self._task)
        elif self._done == self._total:
            self._say(f"in {timedelta(seconds=round(now - self._started))}")
        elif now - self._logged_at >= LOG_SECONDS:
            rate = (self._done - self._logged) / (now - self._logged_at)
            left = timedelta(seconds=round((self._total - self._done) / rate))
            self._logged, self._logged_at = self._done, now
            self._say(f"({rate:.1f} a second, {left} left)")

    def _say(self, how: str) -> None:
        self._console.print(f"{self._did} {self._done} of {self._total} {how}", highlight=False)


class Shown(Onlooker):
    """Shows on standard error how grading goes on."""

    def taken_in(self, intake: Intake) -> None:
        show_intake(intake)

    def warns(self, sentence: str) -> None:
        Console(stderr=True, highlight=False).print(
            Text(f"Warning: {sentence}", style="yellow"), soft_wrap=True
        )

    @contextlib.contextmanager
    def begins(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        words = {"grade": ("Grading", "graded"), "read": ("Reading notebooks", "read")}[what]
        with BatchProgress(total, *words) as progress:
            yield progress.step


def show_intake(intake: Intake) -> None:
    """What the paths were taken for, and what is missing in them; before the grading, on standard error."""
    console = Console(stderr=True, highlight=False)
    for sentence in intake.recognised:
        console.print(Text(printable(sentence)), soft_wrap=True)
    groups = sum(len(one.students) > 1 for one in intake.found)
    late = sum(bool(one.late) for one in intake.found)
    counts = [
        (groups, "by a group"),
        (late, "marked late"),
        (len(intake.absent), "of the roster handed in nothing"),
    ]
    if any(number for number, _ in counts):
        console.print(", ".join(f"{number} {what}" for number, what in counts if number) + ".")
    for doubt in intake.unread + intake.doubts:
        console.print(Text(f"Warning: {printable(doubt)}.", style="yellow"), soft_wrap=True)


def show_class(graded: GradedClass, out: Path, *, verbose: bool = False) -> None:
    """The table, then what is said one by one, and last the summary: however large the class, it ends on the screen.

    Of files that were not used only the number is said, unless ``verbose``.
    """
    console = Console(highlight=False)
    batch, scores = graded.batch, graded.scores
    students = [one for one in scores.students if one.attempt and one.attempt.submission in batch.statuses]
    if len(students) <= MAX_ROWS:
        wide = console.width >= WIDE
        console.print(_table(students, graded, remarks=wide))
        if not wide and len(students) <= MAX_REMARKS and any(graded.first_things.values()):
            console.print(_remarks(graded))
    if verbose:
        for file in graded.intake.unused:
            sentence = f"{printable(str(file.path))} was not used: it {printable(file.reason)}."
            console.print(Text(sentence, style="yellow"), soft_wrap=True)
    for name, (before, after) in sorted(batch.moved.items()):
        console.print(
            Text(f"{name} moved from {number(before)} to {number(after)} points by tests."), style="yellow"
        )
    for problem, names in _unrendered(graded).items():
        console.print(Text(f"The pages of {names} show no notebook: {problem}."), style="yellow")
    for name, reason in sorted(batch.reasons.items()):
        line = Text.assemble((name, "bold"), f" was not graded ({batch.statuses[name]}): {reason}")
        console.print(line, style="red")
    for sentence, style in _summary(graded, students, verbose=verbose):
        console.print(Text(sentence), style=style)
    for what, path in (("Results", "results"), ("Scores", "scores.csv"), ("Report", "report.html")):
        if (out / path).exists():  # no report where none was asked for
            console.print(Text(f"{what + ':':8} {out / path}"), soft_wrap=True)


def _summary(
    graded: GradedClass, students: Sequence[StudentScore], *, verbose: bool
) -> Iterator[tuple[str, str]]:
    """What to know of the whole class, a sentence for each thing with its style; what stands above is counted."""
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
        are = "is" if scores.open_answers == 1 else "are"
        questions = ", ".join(f"{q.id} ({number(q.points)} points)" for q in scores.by_hand)
        yield (
            f"{many(scores.open_answers, 'written answer')} {are} still to be graded by hand, and not in "
            f"these points: {questions}. Grade them before gradmark report --publish; gradmark manual export writes "
            "them out.",
            "",
        )
    if scores.later:
        yield late_days_elsewhere(scores.later), "yellow"
    if unread := _unread(graded):
        more = f" and {len(unread) - 5} more" if len(unread) > 5 else ""
        yield (
            f"The time of {', '.join(unread[:5])}{more} was not read, so nothing is taken off for lateness.",
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
    """The submissions whose time stands somewhere and could not be read."""
    return [one.name for one in graded.intake.found if one.untimed == "unread"]


def _elsewhere(counts: Mapping[str, int]) -> Iterator[str]:
    """What was kept and might be another thing today."""
    if counts:
        what = " and ".join(
            f"{count} under another {name if name != 'python' else 'Python'}"
            for name, count in sorted(counts.items())
        )
        yield f"Of those kept, {what} than this one; --force grades them again."


def _unrendered(graded: GradedClass) -> dict[str, str]:
    """Some of the submissions whose notebook cannot be shown, by the reason."""
    names = {number_: name for name, number_ in graded.batch.attempts.items()}
    by_reason: dict[str, list[str]] = {}
    for attempt, reason in sorted(graded.unrendered.items()):
        by_reason.setdefault(reason, []).append(names[attempt])
    more = {
        reason: f" and {len(some) - 5} more" if len(some) > 5 else "" for reason, some in by_reason.items()
    }
    return {reason: ", ".join(some[:5]) + more[reason] for reason, some in by_reason.items()}


def class_json(graded: GradedClass, out: Path) -> str:
    """The same for programs: counts, what could not be graded, whose score moved, what was not used."""
    batch = graded.batch
    document = {
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
            for name, (was, now) in sorted(batch.moved.items())
        },
        "times_not_read": _unread(graded),
        "answers_to_grade": graded.scores.open_answers,
        "unused": [{"path": str(file.path), "reason": file.reason} for file in graded.intake.unused],
        "results": str(out / "results"),
        "scores": str(out / "scores.csv"),
    }
    return json.dumps(document, indent=2)


def _table(students: Sequence[StudentScore], graded: GradedClass, *, remarks: bool) -> Table:
    scores = graded.scores
    table = Table(title=scores.title, title_justify="left", box=None, pad_edge=False, expand=remarks)
    labels = [_label(one) for one in students]
    widest = max(map(len, labels), default=0)
    table.add_column("submission", overflow="ellipsis", no_wrap=True, width=min(max(widest, 10), 24))
    table.add_column("score", justify="right", width=6)
    for question in scores.questions:
        table.add_column(question.id, justify="right", min_width=2, no_wrap=True)
    if remarks:
        table.add_column("first thing to look at", overflow="ellipsis", no_wrap=True, ratio=1)
    for label, one in sorted(zip(labels, students, strict=True), key=lambda row: row[0]):
        assert one.attempt is not None
        cells = [_points(one.attempt.questions.get(question.id), question) for question in scores.questions]
        score = Text("-" if one.score is None else number(one.score), style="bold")
        said = graded.first_things.get(one.attempt.submission, "")
        table.add_row(Text(label), score, *cells, *([Text(said, style="dim")] if remarks else []))
    return table


def _label(student: StudentScore) -> str:
    """The submission; of a group's also whose row it is."""
    attempt = student.attempt
    assert attempt is not None
    if attempt.members == 1:
        return attempt.submission
    return clean_name(f"{attempt.submission}: {student.name or student.sid}")


def _remarks(graded: GradedClass) -> Table:
    """The first thing to look at in each submission, below a table that has no room for it."""
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


def _points(points: Fraction | None, question: QuestionInfo) -> Text:
    if points is None:
        return Text("-")
    style = "green" if is_full(points, question.points) else "red" if points <= 0 else "yellow"
    return Text(number(points), style=style)
