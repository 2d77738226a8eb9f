"""A notebook's cells, run as IPython would run them: magics, rich display, plots without a screen."""

from __future__ import annotations

import ast
import builtins
import contextlib
import mmap
import sys
import types
from typing import Any

from grader.places import as_seen
from grader.sandbox.crossing.messages import CellFault
from grader.sandbox.inside.hints import limit_of
from grader.sandbox.inside.output import BoundedOutput

__all__ = ["Shell"]

MAX_ERROR = 500
MAX_NAME = 100
RESERVE_MB = 16
"""Kept free of a notebook's memory until it runs out of it, so that its further cells can run at all."""
_NOT_RUN = "Shell commands and package installation are not run when a notebook is graded."


class _HarmlessOtter:
    """Stands for otter's Notebook: a submission may call any of its methods, and nothing happens."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


class Shell:
    """An IPython shell without history, screen or keyboard.

    Made and warmed in the template; a forked child runs its cells.
    """

    def __init__(self) -> None:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.autoindent = False
        config.InteractiveShell.banner1 = ""
        self._shell = InteractiveShell.instance(config=config)
        # Making a traceback beautiful takes a hundred milliseconds, and nobody would see it.
        for method in ("showtraceback", "showsyntaxerror", "showindentationerror"):
            setattr(self._shell, method, lambda *_, **__: None)
        for method in ("system", "getoutput"):
            setattr(self._shell, method, self._refuse_command)
        self._look_once_for_magics()
        self._replace_magics()
        self._replace_modules()
        self.output = BoundedOutput(0)
        self._reserve: mmap.mmap | None = None

    def _refuse_command(self, *_: Any, **__: Any) -> None:
        print(_NOT_RUN)

    def _look_once_for_magics(self) -> None:
        """Spare a cell that is plain Python the tokenizer in Python: it takes longer than most cells run."""
        manager: Any = self._shell.input_transformer_manager
        hook: Any = self._shell.displayhook
        transform, ends_in_semicolon = manager.do_one_token_transform, hook.semicolon_at_end_of_expression

        def transform_if_needed(lines: list[str]) -> tuple[bool, list[str]]:
            # No magic, command or question mark that IPython knows is valid Python.
            return (False, lines) if _is_python("".join(lines)) else transform(lines)

        manager.do_one_token_transform = transform_if_needed
        hook.semicolon_at_end_of_expression = lambda cell: ";" in cell and ends_in_semicolon(cell)

    def _replace_magics(self) -> None:
        def no_screen(_line: str, _cell: str | None = None) -> None:
            """Plots are drawn without a screen whatever backend the notebook asks for."""

        def refuse(_line: str, _cell: str | None = None) -> None:
            print(_NOT_RUN)

        # Straight into the table: registering them would set attributes, and `config` is taken.
        line, cell = (self._shell.magics_manager.magics[kind] for kind in ("line", "cell"))
        line |= dict.fromkeys(
            ("matplotlib", "config", "load_ext", "reload_ext", "autoreload", "pylab"), no_screen
        )
        line |= dict.fromkeys(("pip", "conda", "mamba", "micromamba", "uv", "sx", "system", "sc"), refuse)
        cell |= dict.fromkeys(("bash", "sh", "script", "system", "sx", "!"), refuse)

    def _replace_modules(self) -> None:
        otter = types.ModuleType("otter", "A stand-in: checking happens outside this process.")
        otter.Notebook = _HarmlessOtter  # type: ignore[attr-defined]
        sys.modules["otter"] = otter

        def no_keyboard(prompt: object = "") -> str:
            raise EOFError(
                "input() was called, and nobody is there to answer when a notebook is graded; remove it"
            )

        builtins.input = no_keyboard

    def warm_up(self) -> None:
        """Do once what the first cell, and the first value shown, would import and compile."""
        self._shell.run_cell("None", store_history=False)
        self._shell.display_formatter.format(0)  # type: ignore[union-attr]

    def open_output(self, limit: int) -> None:
        """Start to keep what is printed, up to ``limit`` characters."""
        self.output = BoundedOutput(limit)
        sys.stdout = sys.stderr = self.output

    def keep_reserve(self) -> None:
        """Take address space that nothing uses, and no memory, until a cell runs out of it."""
        self._reserve = mmap.mmap(-1, RESERVE_MB << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    @property
    def namespace(self) -> dict[str, Any]:
        """The notebook's global variables."""
        return self._shell.user_ns

    def run(self, source: str) -> CellFault | None:
        """Run a cell; what it ended with, where that was an error."""
        result = self._shell.run_cell(source, store_history=True, silent=False)
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, MemoryError) and self._reserve is not None:
            self._reserve.close()
            self._reserve = None
        self._close_figures()
        if isinstance(error, SyntaxError):
            error = _plain_syntax_error(source, error)
        return None if error is None else described(error)

    @staticmethod
    def _close_figures() -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            with contextlib.suppress(Exception):
                pyplot.close("all")


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _plain_syntax_error(source: str, error: SyntaxError) -> SyntaxError:
    """Python's own words for it: IPython says of a missing bracket only that the input is incomplete."""
    try:
        compile(source, "<cell>", "exec")
    except SyntaxError as plain:
        return plain
    except Exception:
        return error
    return error


def cell_and_line(error: BaseException) -> tuple[int, int]:
    """Number of the cell and the line within it where an exception left the student's code, or (-1, 0)."""
    cell, line = -1, 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<ipython-input-"):
            with contextlib.suppress(ValueError):
                cell, line = int(name.split("-")[2]) - 1, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and _of_cell(error) and isinstance(error.lineno, int):
        line = error.lineno
    return cell, line


def _of_cell(error: SyntaxError) -> bool:
    """Whether the line that it names is one of the cell's, and not of a file that the cell imports."""
    return not isinstance(error.filename, str) or error.filename.startswith("<")


def described(error: BaseException) -> CellFault:
    """What there is to say of an exception that a cell ended with."""
    if isinstance(error, KeyboardInterrupt):
        return CellFault("")
    _, line = cell_and_line(error)
    try:
        text = str(error.msg) if isinstance(error, SyntaxError) and _of_cell(error) else str(error)
    except Exception:
        text = "its message cannot be shown"
    return CellFault(
        _sent(type(error).__name__, MAX_NAME),
        _sent(as_seen(text[: 4 * MAX_ERROR]), MAX_ERROR),
        line,
        limit_of(error),
    )


def _sent(text: str, most: int) -> str:
    """Text as a message can carry it: no half characters."""
    return text[:most].encode("utf-8", "replace").decode()
