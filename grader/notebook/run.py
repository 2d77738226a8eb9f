"""A whole notebook, cell after cell."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Sequence

from grader.notebook.cells import NotebookCell, code_cells
from grader.notebook.notes import Notes, QuestionFunctions, Watcher, hints
from grader.notebook.shell import Shell, Stop

__all__ = ["FOR_CALLS", "NOTICE_SECONDS", "run_cells"]

FOR_CALLS = 0.25
"""Share of a submission's time that its cells leave to the calls of the tests."""
NOTICE_SECONDS = 0.5
"""How long before the running cell is asked to stop no further cell is started."""


def run_cells(
    shell: Shell,
    cells: Sequence[NotebookCell],
    asked: Sequence[QuestionFunctions],
    *,
    started: Callable[[int], None],
    finished: Callable[[int, Stop | None], None],
    clock: Callable[[], contextlib.AbstractContextManager[object]],
    seconds: float,
    skip: Collection[int] = (),
    until: int | None = None,
) -> Notes:
    """Run a notebook; a cell that fails does not stop the next.

    Args:
        shell: What runs its cells.
        cells: All of its cells, including those that are not code.
        asked: The functions that the problem set asks for.
        started: Called when a cell begins.
        finished: Called when a cell ends, with what stopped it, if anything.
        clock: Its result is entered for each cell.
        seconds: After this time, no further cell is started.
        skip: Code cells not to run, by number from 0.
        until: The last cell to run; None for all of them.
    """
    over = time.monotonic() + seconds
    watcher = Watcher(shell.namespace, asked)
    notes = Notes()
    sources = code_cells(cells)
    for cell, source in enumerate(sources if until is None else sources[: until + 1]):
        if notes.unrun < 0 and time.monotonic() > over:
            notes.unrun = cell
        if cell in skip or notes.unrun >= 0:
            shell.miss(cell, source)
            continue
        started(cell)
        with clock():
            stop = shell.run(cell, source)
        with contextlib.suppress(Exception):  # the student's objects may do anything when looked at
            watcher.after(cell, source)
        finished(cell, stop)
    with contextlib.suppress(Exception):
        notes.places, notes.gone = watcher.places(), watcher.gone()
    with contextlib.suppress(Exception):
        hints(notes, shell.namespace, cells, asked)
    notes.lacking = dict(shell.lacking)
    notes.firsts = [cell.first for cell in cells if cell.first]
    return notes
