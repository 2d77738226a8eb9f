"""A whole notebook, cell after cell."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Sequence

from grader.notebook.cells import NotebookCell, code_cells
from grader.notebook.notes import Notes, QuestionFunctions, Watcher, hints
from grader.notebook.shell import Shell, Stop

__all__ = ["FOR_CALLS", "NOTICE_SECONDS", "Run"]

FOR_CALLS = 0.25
"""Share of a submission's time that its cells leave to the calls of the tests."""
NOTICE_SECONDS = 0.5
"""How long before the running cell is asked to stop no further cell is started."""


class Run:
    """A notebook being run, which may stop after any of its cells and go on.

    Args:
        shell: What runs its cells.
        cells: All of its cells, including those that are not code.
        asked: The functions that the problem set asks for.
        started: Called when a cell begins.
        finished: Called when a cell ends, with what stopped it, if anything.
        clock: Its result is entered for each cell.
        skip: Code cells not to run, by number from 0.
        watched: Whether to note what each cell binds and changes.
    """

    def __init__(
        self,
        shell: Shell,
        cells: Sequence[NotebookCell],
        asked: Sequence[QuestionFunctions],
        *,
        started: Callable[[int], None],
        finished: Callable[[int, Stop | None], None],
        clock: Callable[[], contextlib.AbstractContextManager[object]],
        skip: Collection[int] = (),
        watched: bool = True,
    ) -> None:
        self._shell, self._cells, self._asked, self._skip = shell, cells, asked, skip
        self._started, self._finished, self._clock = started, finished, clock
        self._watcher = Watcher(shell.namespace, asked) if watched else None
        self._sources = code_cells(cells)
        self._next = 0
        self._notes = Notes()

    def go(self, *, seconds: float, until: int | None = None) -> Notes:
        """Run the cells that follow; a cell that fails does not stop the next.

        Args:
            seconds: After this time, no further cell is started.
            until: The last cell to run; None for all of them.
        """
        over = time.monotonic() + seconds
        notes = self._notes
        last = len(self._sources) if until is None else min(until + 1, len(self._sources))
        for cell in range(self._next, last):
            self._one(cell, notes, over)
        self._next = max(self._next, last)
        if self._watcher is not None:
            with contextlib.suppress(Exception):
                notes.places, notes.gone = self._watcher.places(), self._watcher.gone()
            with contextlib.suppress(Exception):
                hints(notes, self._shell.namespace, self._cells, self._asked)
        notes.lacking = dict(self._shell.lacking)
        notes.firsts = [cell.first for cell in self._cells if cell.first]
        return notes

    def _one(self, cell: int, notes: Notes, over: float) -> None:
        source = self._sources[cell]
        if notes.unrun < 0 and time.monotonic() > over:
            notes.unrun = cell
        if cell in self._skip or notes.unrun >= 0:
            self._shell.miss(cell, source)
            return
        self._started(cell)
        with self._clock():
            stop = self._shell.run(cell, source)
        if self._watcher is not None:
            with contextlib.suppress(Exception):  # the student's objects may do anything when looked at
                self._watcher.after(cell, source)
        self._finished(cell, stop)
