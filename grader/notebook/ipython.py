"""IPython's shell without a screen or a history, and with a say in what ends a cell.

`tests/notebook/test_libraries.py` names everything of IPython's that this module and `magics` build on.
"""

from __future__ import annotations

import ast
import re
import zlib
from collections.abc import Callable
from types import CodeType
from typing import Any

from grader.errors import GradmarkError

__all__ = ["cell_of", "make_shell", "tree"]

_CELL = re.compile(r"<ipython-input-(\d+)-\d+>")


def tree(source: str) -> ast.Module | None:
    """The source as Python; None if it is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def cell_of(file: str) -> int | None:
    """The number, from 0, of the cell whose code has this file name; None if that is no cell's."""
    found = _CELL.fullmatch(file)
    return int(found[1]) - 1 if found else None


def make_shell(bound: Callable[[CodeType], None], goes_on: Callable[[BaseException, CodeType], bool]) -> Any:
    """A new shell.

    Args:
        bound: Called with the code of each statement that came to its end.
        goes_on: Whether the cell goes on behind a statement that raised an exception.

    Raises:
        GradmarkError: IPython is not installed.
    """
    try:
        from IPython.core.compilerop import CachingCompiler
        from IPython.core.displayhook import DisplayHook
        from IPython.core.interactiveshell import InteractiveShell
    except ImportError:
        raise GradmarkError(
            "running a notebook needs IPython, which is not installed here; pip install ipython"
        ) from None
    from traitlets import Type
    from traitlets.config import Config

    class Compiler(CachingCompiler):
        def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
            """What tracebacks call a cell's code: `cell_of` finds the cell by it."""
            return f"<ipython-input-{number}-{zlib.crc32(transformed_code.encode('utf-8', 'replace'))}>"

    class Display(DisplayHook):
        def quiet(self) -> bool:
            """Whether a semicolon ends the cell. Looking for one first is quicker than IPython's tokenizer."""
            shell: Any = self.shell
            inputs = shell.history_manager.input_hist_parsed
            return ";" in inputs[-1] and bool(super().quiet()) if inputs else False

    class Tolerant(InteractiveShell):
        """Runs a cell statement by statement, and asks before a failed one ends the cell."""

        compiler_class = Type(Compiler)
        displayhook_class = Type(Display)

        def transform_cell(self, raw_cell: str) -> str:
            """Spare a cell that is plain Python the tokenizer, which takes longer than most cells run.

            No magic, command or question mark that IPython knows is valid Python. A single line may be an automatic
            magic, such as ``ls``.
            """
            lines = (raw_cell if raw_cell.endswith("\n") else f"{raw_cell}\n").splitlines(keepends=True)
            for transform in self.input_transformers_cleanup:
                lines = transform(lines)
            plain = "".join(lines)
            if len(lines) == 1 or self.input_transformers_post or tree(plain) is None:
                return str(super().transform_cell(raw_cell))
            return plain

        def magic(self, line: str) -> Any:
            """What IPython had before its version 9, and notebooks still use."""
            name, _, rest = line.lstrip("%").partition(" ")
            return self.run_line_magic(name, rest.strip(), 2)

        def ask_exit(self) -> None:
            """There is no kernel to end; cells below exit() are run as they would be in a new one."""

        def showtraceback(self, *_: Any, **__: Any) -> None:
            """Making a traceback beautiful takes a hundred milliseconds, and nobody would see it."""

        showsyntaxerror = showindentationerror = showtraceback

        async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
            failed: bool = await super().run_code(code_obj, result, async_=async_)
            if not failed:
                bound(code_obj)
            elif result is not None and goes_on(result.error_in_exec, code_obj):
                result.error_in_exec = None
                return False
            return failed

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    config.InteractiveShell.banner1 = ""
    InteractiveShell.clear_instance()
    return Tolerant.instance(config=config)
