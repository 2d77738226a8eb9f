"""A notebook's cells, run as IPython would run them: magics, rich display, plots without a screen."""

from __future__ import annotations

import contextlib
import dis
import mmap
import re
import sys
from dataclasses import dataclass
from types import CodeType
from typing import Any

from grader.errors import GradmarkError
from grader.notebook import otter
from grader.notebook.frames import lines_of
from grader.notebook.hints import here_alone, limit_of
from grader.notebook.magics import replace_magics, tree, without_magic_of_no_effect
from grader.notebook.surroundings import draw_without_a_screen, without_a_keyboard
from grader.notebook.traces import CellTraces
from grader.output import BoundedOutput, whole
from grader.places import as_seen
from grader.traces import close_figures

__all__ = ["Shell", "Stop"]

MAX_ERROR = 500
MAX_NAME = 100
RESERVE_MB = 16
"""Kept free until a notebook runs out of memory, so that its remaining cells can run at all."""


@dataclass(frozen=True)
class Stop:
    """What stopped a cell before its end, or the first error that it went on from."""

    exception: str
    """Name of the exception's class; empty if the cell was interrupted."""
    text: str = ""
    line: int = 0
    """Within the cell, from 1; 0 if unknown."""
    limit: str = ""
    """What limit caused it: see `grader.notebook.hints.limit_of`."""
    went_on: bool = False
    """Whether only the statement was left out, because it needed what a grading machine lacks."""


class Shell:
    """An IPython shell without history, screen or keyboard.

    A statement that fails because a grading machine lacks something (a package, a file, a network) is left out, and the
    cell goes on after it, as it did on its author's machine. So is a statement that only misses what it would have
    defined.

    Raises:
        GradmarkError: IPython is not installed.
    """

    def __init__(self) -> None:
        try:
            from grader.notebook.ipython import make_shell
        except ImportError:
            raise GradmarkError(
                "running a notebook needs IPython, which is not installed here; pip install ipython"
            ) from None
        self._shell = make_shell(self._bound, self._goes_on_from)
        replace_magics(self._shell)
        otter.stand_in()
        without_a_keyboard()
        draw_without_a_screen()
        self.output = BoundedOutput(0)
        self.traces: CellTraces | None = None
        """Notes what cells print and draw, if anybody asks for it."""
        self._reserve: mmap.mmap | None = None
        self._left_out: Stop | None = None
        self._cell = 0
        self.lacking: dict[str, int] = {}
        """Global names that nothing has bound, but a statement left out or a cell that stopped should have.

        Each with the first such cell, from 0.
        """

    def warm_up(self) -> None:
        """Import and compile what the first cell, and the first value shown, would."""
        self._shell.run_cell("None", store_history=False)
        formatter: Any = self._shell.display_formatter
        formatter.format(0)

    def open_output(self, limit: int) -> None:
        """Start keeping what is printed, up to ``limit`` characters."""
        self.output = BoundedOutput(limit)
        sys.stdout = sys.stderr = self.output

    def keep_reserve(self) -> None:
        """Reserve address space, but no memory, until a cell runs out of it."""
        self._reserve = mmap.mmap(-1, RESERVE_MB << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    def enter(self, folder: str, arguments: list[str], file: str | None) -> None:
        """Work in the notebook's folder; ``file`` is the path of a script, if it is one."""
        self._shell.home_dir = folder
        self._shell.user_ns["_dh"][:] = [folder]
        sys.argv[:] = arguments
        if file is not None:
            self._shell.user_ns["__file__"] = file

    @property
    def namespace(self) -> dict[str, Any]:
        """The notebook's global variables."""
        namespace: dict[str, Any] = self._shell.user_ns
        return namespace

    def run(self, cell: int, source: str) -> Stop | None:
        """Run a cell, given its number from 0; returns the error that stopped it, or the first that it went on from."""
        self._left_out, self._cell = None, cell
        self._shell.execution_count = cell + 1  # names the cell in tracebacks
        source = without_magic_of_no_effect(self._shell, source)
        try:
            with self.traces.cell(cell) if self.traces else contextlib.nullcontext() as drawn:
                result = self._shell.run_cell(source, store_history=True, silent=False)
                if drawn is not None:
                    drawn.add(result.result)
        except KeyboardInterrupt:  # its time was over while its figures were read
            close_figures()
            return Stop("")
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, MemoryError) and self._reserve is not None:
            self._reserve.close()
            self._reserve = None
        close_figures()
        if error is None:
            return self._left_out
        if isinstance(error, SyntaxError):
            error = _plain_syntax_error(source, error)
        self._miss(_names_bound_in(source))
        return self._left_out or _described(error, cell)

    def _bound(self, code: CodeType) -> None:
        if self.lacking:
            for name in _names_bound_by(code):
                self.lacking.pop(name, None)

    def miss(self, cell: int, source: str) -> None:
        """Note a cell that is not run."""
        self._cell = cell
        self._miss(_names_bound_in(source))

    def _miss(self, names: set[str]) -> None:
        for name in names:
            if name not in self.namespace:
                self.lacking.setdefault(name, self._cell)

    def _goes_on_from(self, error: BaseException, code: CodeType) -> bool:
        """Whether the cell goes on after a statement that failed."""
        missing = error.name if isinstance(error, NameError) else None
        if not (missing in self.lacking or _is_of_a_service(missing) or here_alone(error)):
            return False
        self._miss(_names_bound_by(code))
        if self._left_out is None:
            self._left_out = _described(error, self._cell, went_on=True)
        return True


def _is_of_a_service(name: str | None) -> bool:
    """Whether a notebook service defines the name: Deepnote for its own cells, Databricks for all."""
    return name is not None and (name.startswith(("_dntk", "_deepnote")) or name in ("dbutils", "spark"))


def _names_bound_by(code: CodeType) -> set[str]:
    """Global names that a statement of a module binds."""
    return {
        step.argval for step in dis.get_instructions(code) if step.opname in ("STORE_NAME", "STORE_GLOBAL")
    }


def _names_bound_in(source: str) -> set[str]:
    """Global names that a cell would bind; if it is not Python, those that the beginnings of its lines show."""
    module = tree(source)
    if module is None:
        return _names_begun_in(source)
    try:
        return _names_bound_by(compile(module, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _names_begun_in(source)


_BEGINNING = re.compile(
    r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)"
    r"|^(?:from[ \t]+\S+[ \t]+)?import[ \t]+(?:\S+[ \t]+as[ \t]+)?(\w+)",
    re.MULTILINE,
)


def _names_begun_in(source: str) -> set[str]:
    """What the lines of a cell that is not Python would bind, judging by how they begin."""
    return {name for found in _BEGINNING.finditer(source) for name in found.groups() if name}


def _plain_syntax_error(source: str, error: SyntaxError) -> SyntaxError:
    """Python's own error, because IPython only calls input with a missing bracket incomplete."""
    try:
        compile(source, "<cell>", "exec")
    except SyntaxError as plain:
        return plain
    except Exception:
        return error
    return error


def _described(error: BaseException, cell: int, *, went_on: bool = False) -> Stop:
    """A description of the exception that ended a cell, given its number from 0."""
    if isinstance(error, KeyboardInterrupt):
        return Stop("")
    line = [0, *(line for place, line in lines_of(error) if place == cell)][-1]
    try:
        text = str(error)
        if isinstance(error, SyntaxError) and _is_of_cell(error):
            text, line = str(error.msg), error.lineno if isinstance(error.lineno, int) else 0
    except Exception:
        text = "its message cannot be shown"
    name = whole(type(error).__name__[:MAX_NAME])
    return Stop(name, whole(as_seen(text[: 4 * MAX_ERROR])[:MAX_ERROR]), line, limit_of(error), went_on)


def _is_of_cell(error: SyntaxError) -> bool:
    """Whether the line that it names is in the cell, and not in a file that the cell imports."""
    return not isinstance(error.filename, str) or error.filename.startswith("<")
