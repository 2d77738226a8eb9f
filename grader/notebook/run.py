"""A whole notebook, cell after cell."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Sequence

from grader.notebook.cells import NotebookCell, code_cells
from grader.notebook.notes import Notes, QuestionFunctions, Watcher, hints
from grader.notebook.shell import Shell, Stop

__all__ = ["FOR_CALLS", "NOTICE_SECONDS", "NotebookRun"]

FOR_CALLS = 0.25
"""Share of a submission's time that its cells leave to the calls of the tests."""
NOTICE_SECONDS = 0.5
"""How long before the running cell is asked to stop no further cell is started."""


class NotebookRun:
    """One run of a notebook; a cell that fails does not stop the next.

    Args:
        shell: What runs its cells.
        cells: All of its cells, including those that are not code.
        asked: The functions that the problem set asks for.
        seconds: After this time, no further cell is started.
        skip: Code cells not to run, by number from 0.
        until: The last cell to run; None for all of them.
    """

    def __init__(
        self,
        shell: Shell,
        cells: Sequence[NotebookCell],
        asked: Sequence[QuestionFunctions],
        *,
        seconds: float,
        skip: Collection[int] = (),
        until: int | None = None,
    ) -> None:
        self._shell, self._cells, self._asked = shell, cells, asked
        self._sources = code_cells(cells)
        self._seconds, self._skip = seconds, frozenset(skip)
        self._count = len(self._sources) if until is None else min(until + 1, len(self._sources))

    def __call__(
        self,
        started: Callable[[int], None],
        finished: Callable[[int, Stop | None], None],
        clock: contextlib.AbstractContextManager[object],
    ) -> Notes:
        """Run the cells.

        Args:
            started: Called when a cell begins.
            finished: Called when a cell ends, with what stopped it, if anything.
            clock: Entered for each cell.
        """
        over = time.monotonic() + self._seconds
        watcher = Watcher(self._shell.namespace, self._asked)
        notes = Notes()
        for cell, source in enumerate(self._sources[: self._count]):
            if time.monotonic() > over:
                notes.unrun = cell if notes.unrun < 0 else notes.unrun
            if cell in self._skip or notes.unrun >= 0:
                self._shell.miss(cell, source)
                continue
            started(cell)
            with clock:
                stop = self._shell.run(cell, source)
            with contextlib.suppress(Exception):  # the student's objects may do anything when looked at
                watcher.after(cell, source)
            finished(cell, stop)
        with contextlib.suppress(Exception):
            notes.places, notes.gone = watcher.places(), watcher.gone()
        with contextlib.suppress(Exception):
            hints(notes, self._shell.namespace, self._cells, self._asked)
        notes.lacking = dict(self._shell.lacking)
        notes.firsts = [cell.first for cell in self._cells if cell.first]
        return notes
