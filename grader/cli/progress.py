"""What a grading run shows while it goes on, in a terminal or in a log."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

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
from rich.text import Text

from grader.batch.classes import Onlooker
from grader.cli.options import say, warn
from grader.intake import Intake, printable

__all__ = ["BatchProgress", "Shown"]

LOG_SECONDS = 10.0


class _Rate(ProgressColumn):
    """How many a second, recently."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.1f} a second", style="progress.data.speed")


class BatchProgress:
    """A bar on a terminal, elsewhere a line every few seconds; both give the recent rate and the time left."""

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
        for sentence in intake.recognised:
            say(printable(sentence), err=True)
        groups = sum(len(one.students) > 1 for one in intake.found)
        late = sum(bool(one.late) for one in intake.found)
        counts = [
            (groups, "by a group"),
            (late, "marked late"),
            (len(intake.absent), "of the roster handed in nothing"),
        ]
        if any(number for number, _ in counts):
            say(", ".join(f"{number} {what}" for number, what in counts if number) + ".", err=True)
        for doubt in intake.unread + intake.doubts:
            warn(printable(doubt))

    def warns(self, sentence: str) -> None:
        warn(sentence)

    @contextlib.contextmanager
    def begins(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        words = {"grade": ("Grading", "graded"), "read": ("Reading notebooks", "read")}[what]
        with BatchProgress(total, *words) as progress:
            yield progress.step
