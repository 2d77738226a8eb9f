"""Running a notebook's cells, seen from the trusted side.

The sandbox's reports of progress are accepted only in the one possible order: the number of cells before any of them
runs, then the beginning and the end of each, in turn. So no report can wind back a clock or name a cell that does not
exist.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from grader.errors import CellError, LimitHit, SubmissionRejected, WireError
from grader.limits import Limits
from grader.notebook import Notes, Stop
from grader.notebook.causes import in_file
from grader.notebook.mark import VARIANT
from grader.notebook.notes import Elsewhere, Place
from grader.notebook.run import NOTICE_SECONDS
from grader.sandbox.crossing.channel import Body, ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.messages import (
    CellFinished,
    CellsFound,
    CellStarted,
    FromSandbox,
    Go,
    Load,
    Loaded,
    Rejected,
)
from grader.sandbox.outside.drawn import pictures_of
from grader.sandbox.outside.process import Deadline, Process
from grader.text import clean, many
from grader.wording import error_words, used_up

__all__ = ["Killed", "LoadReport", "go_on", "load_notebook"]

READ_SECONDS = 15.0
"""For reading the submission's files before the first cell, and for what lies between two cells."""
GRACE_SECONDS = 1.0
"""Between asking a cell to stop and killing it."""
AGAIN_SECONDS = 2.0
"""For a cell that had to be stopped before, if the notebook is run again."""
MESSAGE_SECONDS = 10.0
"""For the rest of a message that has begun."""
MAX_CELLS = 2_000
MAX_LINES = 1_000_000
MAX_ERROR = 600
"""Characters kept of a cell's error."""
MAX_NAME = 100
_LIMITS = ("memory_mb", "processes", "file_mb", "scratch_mb")
_OUT_OF_REACH = ("outside", "files")
MAX_CHECKS = 20_000
MAX_ANSWER = 20_000
"""Characters kept of a written answer."""
MAX_NOTED = 500
"""Names of each kind that are believed."""
_KINDS = ("markdown", "raw", "skipped")
T = TypeVar("T")


@dataclass
class LoadReport:
    """What running the notebook showed."""

    lines: list[int] = field(default_factory=list)
    """Lines of each code cell."""
    firsts: list[int] = field(default_factory=list)
    """In a Python file, whose statements count as cells: the line at which each begins."""
    sources: list[str] = field(default_factory=list)
    """The code cells as submitted, for staff to read; empty if they are very long."""
    failed: dict[int, CellError] = field(default_factory=dict)
    """Why cells stopped before their end, by the cell's number from 0."""
    output: str = ""
    """The beginning of what the cells printed."""
    output_dropped: int = 0
    """Characters of output that were dropped, as the sandbox says."""
    checks: list[tuple[int, str]] = field(default_factory=list)
    """Of another grader's assignment: code cells, each with what it checks, as they were before any of them ran."""
    mark: str = ""
    """The variant that the notebook says it was made for, which anybody can write; empty if it is no variant's name."""
    notes: Notes = field(default_factory=Notes)
    """What the sandbox noted on the way, without what cannot be."""
    answers: dict[str, str] = field(default_factory=dict)
    """Written answers by question, with references to what their cells drew; empty if none has a cell."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """What these cells drew, by the names in the answers."""
    seconds: float = 0.0
    """How long it took."""

    @property
    def errors(self) -> dict[int, str]:
        """Why cells stopped, in words."""
        return {cell: error_words(error) for cell, error in self.failed.items()}


class Killed(Exception):
    """The process is gone, or has to be ended, at a cell (-1: before or after all of them)."""

    def __init__(self, cell: int, reason: str) -> None:
        super().__init__(reason)
        self.cell = cell
        self.reason = reason


class _Clock:
    """The time that a step may take; asks the running cell to stop before giving up on it."""

    def __init__(
        self, process: Process, remaining: Callable[[], float], reserve: float, limits: Limits
    ) -> None:
        self._process = process
        self._all_remaining = remaining
        self._reserve = reserve
        self._limits = limits
        self.start(-1, READ_SECONDS)

        self.body = Body()
        """What came with the last message."""

    def start(self, cell: int, seconds: float) -> None:
        """A step begins: a cell, or -1 for reading and what lies between cells."""
        self.cell, self._limit, self.interrupted = cell, seconds, False
        self.over = False
        """Whether the cell was asked to stop because no time was left for any cell."""
        self._deadline = Deadline(self._process, seconds, self._remaining)

    def _remaining(self) -> float:
        """Seconds left for the step. Cells leave a reserve for judging, except while one is asked to stop."""
        kept = self._reserve if self.cell >= 0 and not self.interrupted else 0.0
        return self._all_remaining() - kept

    def next_message(self) -> FromSandbox:
        """The next message; raises Killed if none comes in time."""
        channel = self._process.channel
        while not channel.wait(left := self._deadline.left()):
            if left > 0:
                continue
            over = self._remaining() <= 0
            if self.over or (over and (self.interrupted or self.cell < 0)):
                whole = LimitHit("submission_seconds", self._limits.submission_seconds)
                raise Killed(self.cell, f"it was still running when {used_up(whole)}")
            if self.interrupted or self.cell < 0:
                raise Killed(
                    self.cell,
                    f"it took longer than {many(self._limit, 'second')} and did not stop when asked to",
                )
            self._process.interrupt()
            self.interrupted, self.over = True, over
            self._deadline = Deadline(self._process, GRACE_SECONDS, self._remaining)
        message, self.body = channel.receive(timeout=MESSAGE_SECONDS)
        return message


def load_notebook(
    process: Process,
    request: Load,
    buffers: Sequence[bytes | memoryview],
    *,
    limits: Limits,
    skipped: Mapping[int, CellError],
    slow: set[int],
    answers: dict[str, str],
    remaining: Callable[[], float],
    reserve: float,
) -> LoadReport:
    """Have the notebook run in ``process``.

    Args:
        skipped: Cells that are not run, with the reason.
        slow: Cells that had to be stopped before; this run adds its own.
        answers: Written answers by question; those found are added, even if the notebook does not run to its end.
        remaining: Seconds left of the submission's wall clock.
        reserve: How many of them the cells must leave.

    Raises:
        Killed: The notebook did not run to its end.
        SubmissionRejected: The files cannot be read as a submission.
    """
    clock = _Clock(process, remaining, reserve, limits)
    try:
        _send(process, request, buffers)
        found = _cells_found(clock.next_message())
        asked = [question.id for question in request.written]
        for question, text in _answers(found.answers, asked).items():
            answers.setdefault(question, text)
        report = LoadReport(found.lines, found.firsts, found.sources, dict(skipped))
        report.mark = found.mark if VARIANT.fullmatch(found.mark) else ""
        report.checks = [(cell, name) for cell, name in found.checks if 0 <= cell < len(report.lines)]
        started = time.monotonic()
        count = len(report.lines) if request.until is None else min(request.until + 1, len(report.lines))
        cells = [cell for cell in range(count) if cell not in skipped]
        loaded = _run_cells(clock, cells, limits, slow, report)
        report.seconds = time.monotonic() - started
        report.answers, report.pictures = _answers(loaded.answers, asked), pictures_of(loaded, clock.body)
    except (ChannelClosed, ChannelTimeout):
        raise Killed(clock.cell, f"it {process.how_it_ended()}") from None
    except WireError as error:
        raise Killed(clock.cell, f"it sent something that makes no sense: {error}") from None
    report.output = clean(loaded.output, limits.output_kb * 1024)
    report.output_dropped = min(max(loaded.output_dropped, 0), 10**12)
    report.notes = _believable(loaded.notes, request, len(report.lines), report.firsts)
    if (unrun := report.notes.unrun) >= 0:
        report.failed.setdefault(
            unrun, CellError(limit=LimitHit("submission_seconds", limits.submission_seconds))
        )
    return report


def go_on(
    process: Process,
    cells: Sequence[int],
    until: int,
    report: LoadReport,
    *,
    limits: Limits,
    slow: set[int],
    remaining: Callable[[], float],
    reserve: float,
) -> None:
    """Have a notebook that has stopped run some more of its cells; ``report`` learns of their errors.

    Raises:
        Killed: It did not run as far as that.
    """
    clock = _Clock(process, remaining, reserve, limits)
    try:
        seconds = max(remaining() - reserve - NOTICE_SECONDS, 0.0)
        process.channel.send(Go(until=until, seconds=seconds), timeout=READ_SECONDS)
        loaded = _run_cells(clock, cells, limits, slow, report)
    except (ChannelClosed, ChannelTimeout):
        raise Killed(clock.cell, f"it {process.how_it_ended()}") from None
    except WireError as error:
        raise Killed(clock.cell, f"it sent something that makes no sense: {error}") from None
    report.output = clean(loaded.output, limits.output_kb * 1024)
    if (unrun := loaded.notes.unrun) in range(len(report.lines)):
        report.failed.setdefault(
            unrun, CellError(limit=LimitHit("submission_seconds", limits.submission_seconds))
        )


def _answers(said: Mapping[str, str], asked: Sequence[str]) -> dict[str, str]:
    return {question: clean(said[question], MAX_ANSWER) for question in asked if question in said}


def _send(process: Process, request: Load, buffers: Sequence[bytes | memoryview]) -> None:
    try:
        process.channel.send(request, list(buffers), timeout=READ_SECONDS)
    except WireError:
        raise SubmissionRejected("its files or their names are too large to be graded") from None


def _cells_found(message: FromSandbox) -> CellsFound:
    if isinstance(message, Rejected):
        raise SubmissionRejected(clean(message.reason, MAX_ERROR))
    if not isinstance(message, CellsFound):
        raise WireError("it did not say how many cells there are")
    if len(message.lines) > MAX_CELLS or not all(0 <= lines <= MAX_LINES for lines in message.lines):
        raise WireError("its cells are too many or too long")
    if len(message.checks) > MAX_CHECKS:
        raise WireError("its cells check too much")
    if len(message.sources) > len(message.lines):
        raise WireError("it found more cells than there are")
    if message.firsts and (
        len(message.firsts) != len(message.lines) or not all(0 < line <= MAX_LINES for line in message.firsts)
    ):
        raise WireError("its statements begin at impossible lines")
    return message


def _run_cells(
    clock: _Clock, cells: Sequence[int], limits: Limits, slow: set[int], report: LoadReport
) -> Loaded:
    for cell in cells:
        if (loaded := _run_cell(clock, cell, limits, slow, report)) is not None:
            return loaded
    clock.start(-1, READ_SECONDS)
    done = clock.next_message()
    if not isinstance(done, Loaded):
        raise WireError("it did not say that it is done")
    return done


def _run_cell(clock: _Clock, cell: int, limits: Limits, slow: set[int], report: LoadReport) -> Loaded | None:
    """Follow a cell from its beginning to its end; returns the last message early if no further cell is run."""
    clock.start(-1, READ_SECONDS)
    started = clock.next_message()
    if isinstance(started, Loaded) and started.notes.unrun == cell:
        return started
    if started != CellStarted(cell=cell):
        raise WireError("its cells do not run in order")
    # A cell that had to be stopped once is run again for what it defines, without waiting for its end.
    clock.start(cell, min(AGAIN_SECONDS, limits.cell_seconds) if cell in slow else limits.cell_seconds)
    message = clock.next_message()
    if not isinstance(message, CellFinished) or message.cell != cell:
        raise WireError("its cells do not run in order")
    if clock.interrupted:
        slow.add(cell)
        hit = LimitHit("cell_seconds", limits.cell_seconds, limits.cell_seconds)
        if clock.over:
            hit = LimitHit("submission_seconds", limits.submission_seconds, limits.submission_seconds)
        report.failed[cell] = CellError(limit=hit)
    elif message.error is not None:
        report.failed[cell] = _cell_error(message.error, limits, report.lines[cell])
    if report.firsts and cell in report.failed:
        report.failed[cell] = in_file(report.failed[cell], report.firsts[cell])
    return None


def _cell_error(stop: Stop, limits: Limits, lines: int) -> CellError:
    """What the sandbox says about a cell's exception, as far as it can be believed."""
    if not stop.exception:
        return CellError(reason="stopped: it took too long")
    line = stop.line if 1 <= stop.line <= lines else 0
    limit = None
    if stop.limit in _LIMITS:
        limit = LimitHit(stop.limit, getattr(limits, stop.limit))
    elif stop.limit in _OUT_OF_REACH:
        limit = LimitHit(stop.limit, 0)
    return CellError(
        clean(stop.exception, MAX_NAME), clean(stop.text, MAX_ERROR), line, limit, went_on=stop.went_on
    )


def _believable(noted: Notes, request: Load, cells: int, firsts: list[int]) -> Notes:
    """The sandbox's notes without what cannot be: names that are none, cells that do not exist, what nobody asked."""

    def at_cells(names: dict[str, int]) -> dict[str, int]:
        return {name: cell for name, cell in _few(names) if 0 <= cell < cells}

    questions = {question for question, _ in request.asked}
    functions = {name for _, names in request.asked for name in names}
    return Notes(
        lacking=at_cells(noted.lacking),
        gone=at_cells(noted.gone),
        near={name: near for name, near in _few(noted.near) if name in functions and _is_name(near)},
        elsewhere={
            name: Elsewhere(kind if kind in _KINDS else "raw", min(max(after, 0), cells))
            for name, (kind, after) in _few(noted.elsewhere)
            if name in functions
        },
        unanswered=[name for name in noted.unanswered[:MAX_NOTED] if name in functions],
        places={
            question: Place(after, broken_by, clean(change, MAX_NAME))
            for question, (after, broken_by, change) in itertools.islice(noted.places.items(), MAX_NOTED)
            if question in questions and 0 <= after < broken_by < cells
        },
        unrun=noted.unrun if 0 <= noted.unrun < cells else -1,
        firsts=firsts,
    )


def _few(names: dict[str, T]) -> Iterator[tuple[str, T]]:
    few = itertools.islice(names.items(), MAX_NOTED)
    return ((name, value) for name, value in few if _is_name(name))


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and name.isidentifier() and name.isprintable()
