"""Catches the figures that code draws with matplotlib's pyplot, also those that it shows or closes.

A notebook shows a figure at the end of its cell, or where ``plt.show()`` is called, and closes it then. So it is here:
otherwise what is plotted after ``plt.show()`` would be added to the figure before it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from grader.figures.reading import figure_in, said

__all__ = ["MOST_FIGURES", "Drawings", "close_figures", "drawings", "without_a_screen"]

MOST_FIGURES = 20
"""That are read of one call or cell."""


class Drawings:
    """The figures that some code drew, as `said` reads them.

    Args:
        seen: Called with each figure when it is read, before it is closed.
    """

    def __init__(self, seen: Callable[[Any], None] | None = None) -> None:
        self.figures: list[dict[str, Any]] = []
        self._seen = seen
        self._read: list[Any] = []

    def add(self, value: Any) -> None:
        """Read a figure, or the one that a value has in it; anything else, and what was read before, is left out."""
        with suppress(Exception):  # a student's class may raise anything
            figure = figure_in(value)
            if figure is None or len(self._read) >= MOST_FIGURES or any(figure is one for one in self._read):
                return
            self._read.append(figure)  # kept, so that no other figure gets its place in memory
            self.figures.append(said(figure))
            if self._seen is not None:
                self._seen(figure)


_catching: list[Drawings] = []


@contextmanager
def drawings(seen: Callable[[Any], None] | None = None) -> Iterator[Drawings]:
    """Catch the figures that are drawn inside; there are none where matplotlib is not installed."""
    _patch()
    close_figures()
    found = Drawings(seen)
    _catching.append(found)
    try:
        yield found
        _catch()
    finally:
        close_figures()
        _catching.remove(found)


def close_figures() -> None:
    """Close what pyplot has open, as a notebook does at the end of a cell."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is not None and helpers.Gcf.figs:
        with suppress(Exception):
            sys.modules["matplotlib.pyplot"].close("all")


def _catch() -> None:
    """Note the figures that are open."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is not None and _catching:
        with suppress(Exception):
            for manager in helpers.Gcf.get_all_fig_managers():
                _catching[-1].add(manager.canvas.figure)


def without_a_screen() -> None:
    """Let matplotlib, where it is installed, draw without a screen in this process; those that it starts are free."""
    with suppress(Exception):  # not installed, or broken by what a student put in its place
        importlib.import_module("matplotlib").use("agg")


def _patch() -> None:
    """Let ``plt.show`` and ``plt.close`` note figures while they are caught."""
    without_a_screen()
    try:
        pyplot = importlib.import_module("matplotlib.pyplot")
    except Exception:  # not installed, or broken by what a student put in its place
        return
    if getattr(pyplot.close, "catches", False):
        return
    close, show = pyplot.close, pyplot.show

    def close_noted(*arguments: Any, **keywords: Any) -> None:
        _catch()
        close(*arguments, **keywords)

    def show_noted(*arguments: Any, **keywords: Any) -> None:
        """Note and close what is open; nothing is shown."""
        if not _catching:
            show(*arguments, **keywords)
            return
        _catch()
        close("all")

    close_noted.catches = True  # type: ignore[attr-defined]
    pyplot.close, pyplot.show = close_noted, show_noted  # type: ignore[attr-defined]
