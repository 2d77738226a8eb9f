"""IPython's shell without a screen or a history, and with a say in what ends a cell.

`tests/notebook/test_libraries.py` names everything of IPython's that this module and `magics` build on.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from grader.notebook.frames import code_name
from grader.notebook.magics import tree

__all__ = ["make_shell"]

Bound = Callable[[CodeType], None]
GoesOn = Callable[[BaseException, CodeType], bool]


class _Compiler(CachingCompiler):
    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return code_name(number, transformed_code)


class _Display(DisplayHook):
    def quiet(self) -> bool:
        """Whether a semicolon ends the cell. Looking for any first is quicker than IPython's tokenizer."""
        shell: Any = self.shell
        inputs = shell.history_manager.input_hist_parsed
        return bool(inputs) and ";" in inputs[-1] and bool(super().quiet())


class _Shell(InteractiveShell):
    """Runs a cell statement by statement, and asks before a failed one ends the cell."""

    compiler_class = Type(_Compiler)
    displayhook_class = Type(_Display)
    bound: Bound
    goes_on: GoesOn

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

    def _format_exception_for_storage(self, exception: BaseException, *_: Any, **__: Any) -> dict[str, Any]:
        """What the history keeps of an exception, since IPython 9: its name, and no traceback for the same reason."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        failed: bool = await super().run_code(code_obj, result, async_=async_)
        if not failed:
            self.bound(code_obj)
        elif result is not None and self.goes_on(result.error_in_exec, code_obj):
            result.error_in_exec = None
            return False
        return failed


def make_shell(bound: Bound, goes_on: GoesOn) -> Any:
    """A new shell, in place of the one that there was.

    Args:
        bound: Called with the code of each statement that came to its end.
        goes_on: Whether the cell goes on behind a statement that raised an exception.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    config.InteractiveShell.banner1 = ""
    for kind in (InteractiveShell, _Shell):
        kind.clear_instance()
    shell: Any = _Shell.instance(config=config)
    shell.bound, shell.goes_on = bound, goes_on
    return shell
