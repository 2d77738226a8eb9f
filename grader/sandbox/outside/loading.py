"""Running a notebook's cells, seen from the trusted side.

What the sandbox says about its progress is checked against the one order there is: how many cells there are
is said before any of them runs, then each begins and ends once, in turn. A clock can so not be wound back,
and no cell can be named that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.errors import CellError, LimitHit, SubmissionRejected, WireError
from grader.limits import Limits
from grader.sandbox.crossing.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.messages import (
    CellFault,
    CellFinished,
    CellsFound,
    CellStarted,
    FromSandbox,
    Load,
    Loaded,
    Rejected,
)
from grader.sandbox.outside.process import Deadline, Process
from grader.text import clean
from grader.wording import cell_words, used_up

__all__ = ["Killed", "LoadReport", "load_notebook"]

READ_SECONDS = 15.0
"""For reading the submission's files, before the first cell, and between two cells."""
GRACE_SECONDS = 1.0
"""Between asking a cell to stop and killing it."""
AGAIN_SECONDS = 2.0
"""For a cell that had to be stopped before, when the notebook is run again."""
MESSAGE_SECONDS = 10.0
"""For the rest of a message that has begun."""
MAX_CELLS = 2_000
MAX_LINES = 1_000_000
MAX_ERROR = 600
"""Characters kept of a cell's error."""
MAX_NAME = 100
_LIMITS = ("memory_mb", "processes", "file_mb", "scratch_mb")
_OUT_OF_REACH = ("outside", "files")
MAX_ANSWER = 20_000
"""Characters kept of a written answer."""


@dataclass
class LoadReport:
    """What running the notebook gave."""

    lines: list[int] = field(default_factory=list)
    """Lines of each code cell."""
    sources: list[str] = field(default_factory=list)
    """The code cells as handed in, for staff to read; none where they are very long."""
    failed: dict[int, CellError] = field(default_factory=dict)
    """Why each cell stopped that did not come to its end, by the cell's number from 0."""
    output: str = ""
    """The beginning of what the cells printed."""
    output_dropped: int = 0
    """Characters of output that were not kept; the sandbox's word for it."""

    @property
    def errors(self) -> dict[int, str]:
        """The same in words."""
        return {cell: cell_words(error) for cell, error in self.failed.items()}


class Killed(Exception):
    """The process is gone, or is to be ended, at a cell (-1: before or after all of them)."""

    def __init__(self, cell: int, reason: str) -> None:
        super().__init__(reason)
        self.cell = cell
        self.reason = reason


class _Clock:
    """The time until a step has to be over; asks the running cell to stop before giving up on it."""

    def __init__(self, process: Process, remaining: Callable[[], float], limits: Limits) -> None:
        self._process = process
        self._remaining = remaining
        self._limits = limits
        self.start(-1, READ_SECONDS)

    def start(self, cell: int, seconds: float) -> None:
        """A step begins: a cell, or -1 for reading and what lies between cells."""
        self.cell, self._limit, self.interrupted = cell, seconds, False
        self._deadline = Deadline(self._process, seconds, self._remaining)

    def next_message(self) -> FromSandbox:
        """The next message; raises Killed where none comes in time."""
        channel = self._process.channel
        while not channel.wait(left := self._deadline.left()):
            if left > 0:
                continue
            if self._remaining() <= 0:
                whole = LimitHit("submission_seconds", self._limits.submission_seconds)
                raise Killed(self.cell, f"it was still running when {used_up(whole)}")
            if self.interrupted or self.cell < 0:
                raise Killed(
                    self.cell, f"it took longer than {self._limit:g} seconds and did not stop when asked to"
                )
            self._process.interrupt()
            self.interrupted, self._deadline = True, Deadline(self._process, GRACE_SECONDS, self._remaining)
        return channel.receive(timeout=MESSAGE_SECONDS)[0]


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
) -> LoadReport:
    """Have the notebook run in ``process``.

    Args:
        skipped: Cells that are not run, with the reason.
        slow: Cells that had to be stopped before; those of this run are added.
        answers: Written answers by question; those found are put in, also where the notebook is not run to its end.
        remaining: Seconds left of the submission's wall clock.

    Raises:
        Killed: It did not get to its end.
        SubmissionRejected: The files cannot be read as a submission.
    """
    clock = _Clock(process, remaining, limits)
    try:
        _send(process, request, buffers)
        found = _cells_found(clock.next_message())
        asked = [question.id for question in request.written]
        answers.update({q: clean(found.answers[q], MAX_ANSWER) for q in asked if q in found.answers})
        report = LoadReport(found.lines, found.sources, dict(skipped))
        for cell in range(len(report.lines)):
            if cell not in skipped:
                _run_cell(clock, cell, limits, slow, report)
        clock.start(-1, READ_SECONDS)
        loaded = clock.next_message()
        if not isinstance(loaded, Loaded):
            raise WireError("it said something else than that it is done")
    except (ChannelClosed, ChannelTimeout):
        raise Killed(clock.cell, f"it {process.how_it_ended()}") from None
    except WireError as error:
        raise Killed(clock.cell, f"it sent something that makes no sense: {error}") from None
    report.output = clean(loaded.output, limits.output_kb * 1024)
    report.output_dropped = min(max(loaded.output_dropped, 0), 10**12)
    return report


def _send(process: Process, request: Load, buffers: Sequence[bytes | memoryview]) -> None:
    try:
        process.channel.send(request, list(buffers), timeout=READ_SECONDS)
    except WireError:
        raise SubmissionRejected("its files, or their names, are too large to be graded") from None


def _cells_found(message: FromSandbox) -> CellsFound:
    if isinstance(message, Rejected):
        raise SubmissionRejected(clean(message.reason, MAX_ERROR))
    if not isinstance(message, CellsFound):
        raise WireError("it did not say how many cells there are")
    if len(message.lines) > MAX_CELLS or not all(0 <= lines <= MAX_LINES for lines in message.lines):
        raise WireError("its cells are too many or too long")
    if len(message.sources) > len(message.lines):
        raise WireError("it found more cells than there are")
    return message


def _run_cell(clock: _Clock, cell: int, limits: Limits, slow: set[int], report: LoadReport) -> None:
    clock.start(-1, READ_SECONDS)
    if clock.next_message() != CellStarted(cell=cell):
        raise WireError("its cells do not run in order")
    # A cell that had to be stopped once is run again for what it defines, and not waited for.
    clock.start(cell, min(AGAIN_SECONDS, limits.cell_seconds) if cell in slow else limits.cell_seconds)
    message = clock.next_message()
    if not isinstance(message, CellFinished) or message.cell != cell:
        raise WireError("its cells do not run in order")
    if clock.interrupted:
        slow.add(cell)
        hit = LimitHit("cell_seconds", limits.cell_seconds, limits.cell_seconds)
        report.failed[cell] = CellError(limit=hit)
    elif message.error is not None:
        report.failed[cell] = _cell_error(message.error, limits, report.lines[cell])


def _cell_error(fault: CellFault, limits: Limits, lines: int) -> CellError:
    """What the sandbox says of a cell's exception, as far as it can be believed."""
    if not fault.exception:
        return CellError(reason="stopped: it took too long")
    line = fault.line if 1 <= fault.line <= lines else 0
    limit = None
    if fault.limit in _LIMITS:
        limit = LimitHit(fault.limit, getattr(limits, fault.limit))
    elif fault.limit in _OUT_OF_REACH:
        limit = LimitHit(fault.limit, 0)
    return CellError(clean(fault.exception, MAX_NAME), clean(fault.text, MAX_ERROR), line, limit)
