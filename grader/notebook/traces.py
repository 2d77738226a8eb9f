"""What a notebook's cells print and draw while they run, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from grader.traces import MOST_FIGURES, MOST_PRINTED, Drawings, Trace, as_shown, drawings, printing

__all__ = ["CellTraces"]


class CellTraces:
    """Notes what cells print and draw.

    Args:
        wanted: The cells to note, by number among the code cells.
        seen: Called with a cell's number and each figure that it drew, before the figure is closed.
    """

    def __init__(self, wanted: Collection[int], seen: Callable[[int, Any], None] | None = None) -> None:
        self._wanted, self._seen = frozenset(wanted), seen
        self._printed: dict[int, str] = {}
        self._drawn: dict[int, list[dict[str, Any]]] = {}

    @contextmanager
    def cell(self, number: int) -> Iterator[Drawings | None]:
        """Note what is printed and drawn inside, by a cell."""
        if number not in self._wanted:
            yield None
            return
        seen = partial(self._seen, number) if self._seen else None
        with printing(on=True) as output, drawings(seen) as found:
            try:
                yield found
            finally:
                self._printed[number] = output.take()
                self._drawn[number] = found.figures

    def of(self, trace: Trace, cells: Collection[int]) -> Any:
        """What some cells printed or drew."""
        if trace.kind == "output":
            return as_shown("".join(self._printed.get(cell, "") for cell in cells)[:MOST_PRINTED])
        return [figure for cell in cells for figure in self._drawn.get(cell, ())][-MOST_FIGURES:]
