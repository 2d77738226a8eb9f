"""What a grading run shows in a terminal, or in a log."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
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

from grader.batch.run import Batch
from grader.batch.store import ResultStore
from grader.intake import Intake, Unused, printable
from grader.points import as_json, is_full, number, total
from grader.pset import ProblemSet
from grader.results import QuestionResult, SubmissionResult

__all__ = ["BatchProgress", "batch_json", "show_batch", "show_intake"]

MAX_ROWS = 60
WIDE = 110
"""Columns from which the first thing to look at stands in the table itself."""
MAX_REMARKS = 24
MAX_UNUSED = 20
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

    def advance(self, result: SubmissionResult, *, fresh: bool) -> None:
        """One more is graded."""
        self.step()

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


def show_batch(batch: Batch, problem_set: ProblemSet, store: ResultStore, unused: Sequence[Unused]) -> None:
    """The table, what could not be graded, and where the files are."""
    console = Console(highlight=False)
    count = len(batch.statuses)
    if count <= MAX_ROWS:
        results = list(batch.results.values())
        wide = console.width >= WIDE
        console.print(_table(results, problem_set, remarks=wide))
        if not wide and count <= MAX_REMARKS:
            console.print(_remarks(results))
    graded = [batch.scores[name] for name, status in batch.statuses.items() if status == "graded"]
    kept = count - len(batch.fresh)
    counts = f"{len(batch.fresh)} graded now" + (f", {kept} kept from before" if kept else "")
    mean = (
        f"; mean {number(total(graded) / len(graded))} of {number(_automatic(problem_set))} points"
        if graded
        else ""
    )
    console.print(f"{count} submissions: {counts}{mean}.")
    by_hand = [question for question in problem_set.questions if question.manual]
    if by_hand:
        points = number(total(question.points for question in by_hand))
        console.print(
            f"Graded by hand, and not in these points: {', '.join(q.id for q in by_hand)} ({points})."
        )
    for name, (before, after) in sorted(batch.moved.items()):
        console.print(Text(f"{name} moved from {number(before)} to {number(after)} points."), style="yellow")
    for result in batch.failures:
        line = Text.assemble(
            (result.submission, "bold"), f" was not graded ({result.status}): {result.reason}"
        )
        console.print(line, style="red")
    _show_unused(console, unused, store.folder / "unused.txt")
    for what, path in (("Results", "results"), ("Scores", "scores.csv"), ("Report", "report.html")):
        if (store.folder / path).exists():  # no report where none was asked for
            console.print(Text(f"{what + ':':8} {store.folder / path}"), soft_wrap=True)


def batch_json(batch: Batch, store: ResultStore, unused: Sequence[Unused]) -> str:
    """The same for programs: counts, what could not be graded, whose score moved, what was not used."""
    results = batch.results
    statuses = Counter(result.status for result in results.values())
    document = {
        "submissions": len(results),
        "graded_now": len(batch.fresh),
        "statuses": dict(sorted(statuses.items())),
        "failures": [
            {"submission": result.submission, "status": result.status, "reason": result.reason}
            for result in batch.failures
        ],
        "moved": {
            name: {"before": as_json(was), "after": as_json(now)}
            for name, (was, now) in sorted(batch.moved.items())
        },
        "unused": [{"path": str(file.path), "reason": file.reason} for file in unused],
        "results": str(store.results),
        "scores": str(store.folder / "scores.csv"),
    }
    return json.dumps(document, indent=2)


def _show_unused(console: Console, unused: Sequence[Unused], path: Path) -> None:
    """Every file that was not used: a few here, all of them in a file where there are more."""
    sentences = [f"{printable(str(file.path))} was not used: it {printable(file.reason)}." for file in unused]
    path.unlink(missing_ok=True)
    shown = sentences if len(sentences) <= MAX_UNUSED else sentences[: MAX_UNUSED // 2]
    for sentence in shown:
        console.print(Text(sentence), style="yellow")
    if len(sentences) > len(shown):
        path.write_text("\n".join(sentences) + "\n", encoding="utf-8")
        console.print(
            Text(f"{len(sentences) - len(shown)} more files were not used: see {path}"), style="yellow"
        )


def _automatic(problem_set: ProblemSet) -> Fraction:
    tested = (question for question in problem_set.questions if not question.manual)
    return total(question.points for question in tested if not question.bonus)


def _table(results: Sequence[SubmissionResult], problem_set: ProblemSet, *, remarks: bool) -> Table:
    questions = [question for question in problem_set.questions if not question.manual]
    table = Table(title=problem_set.title, title_justify="left", box=None, pad_edge=False, expand=remarks)
    widest = max((len(result.submission) for result in results), default=0)
    table.add_column("submission", overflow="ellipsis", no_wrap=True, width=min(max(widest, 10), 24))
    table.add_column("score", justify="right", width=5)
    for question in questions:
        table.add_column(question.id, justify="right", min_width=2, no_wrap=True)
    if remarks:
        table.add_column("first thing to look at", overflow="ellipsis", no_wrap=True, ratio=1)
    for result in results:
        graded = result.status == "graded"
        by_id = {question.id: question for question in result.questions}
        cells = [_points(by_id[question.id]) if graded else Text("-") for question in questions]
        score = Text(number(result.score) if graded else "-", style="bold")
        row = [Text(result.submission), score, *cells]
        table.add_row(*row, *([Text(_remark(result), style="dim")] if remarks else []))
    return table


def _remarks(results: Sequence[SubmissionResult]) -> Table:
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
    for result in results:
        if remark := _remark(result):
            table.add_row(Text(result.submission), Text(remark, style="dim"))
    return table


def _points(question: QuestionResult) -> Text:
    full = is_full(question.score, question.max_score)
    style = "green" if full else "red" if question.score == 0 else "yellow"
    return Text(number(question.score), style=style)


def _remark(result: SubmissionResult) -> str:
    if result.status != "graded":
        return result.reason
    for question in result.questions:
        for test in question.tests:
            if test.status != "passed":
                return f"{question.id}: {test.message.splitlines()[0] if test.message else test.status}"
    return ""
