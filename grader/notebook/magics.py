"""What IPython does besides running Python, when nobody is watching: without screen, keyboard or other programs."""

from __future__ import annotations

import ast
import io
import re
from typing import Any

from grader.notebook.hints import NoOutput

__all__ = ["parsed", "replace_magics", "tree", "without_magic_of_no_effect"]

NOT_RUN = "Shell commands and package installation are not run when a notebook is graded."
_SCREEN = "matplotlib gui config load_ext reload_ext unload_ext autoreload colors".split()
_KEYBOARD = "debug pdb edit ed pastebin".split()
_JUPYTER = "autosave clear cls connect_info less man more qtconsole store subshell code_wrap".split()
_COMMANDS = "pip conda mamba micromamba uv sx system sc rehashx".split()
_OTHER_PROGRAMS = "bash sh script system sx ! perl pypy python python2 python3 ruby".split()
_PYLAB = """import numpy, matplotlib
from matplotlib import mlab, pylab, pyplot
np, plt = numpy, pyplot
"""
_NO_EFFECT = re.compile(r"\s*%%(?:time|capture)[ \t]*(?:\n|$)")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*\n(.*)", re.DOTALL)
_FOR_IPYTHON = re.compile(r"(\s*)(?:(\w+(?:\s*,\s*\w+)*\s*=)\s*)?[!%].*|(\s*)\S.*\?\s*", re.DOTALL)
"""A line that only IPython understands, in groups: its indent and what it assigns to."""
MAX_LINES_FOR_IPYTHON = 500
"""Most such lines in a script; finding each takes parsing the script once more."""


def tree(source: str) -> ast.Module | None:
    """The source as Python; None if it is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def replace_magics(shell: Any) -> None:
    """Let the shell's magics and commands do what they can while a notebook is graded."""
    from IPython.utils.text import LSString, SList

    class _NoLines(SList):
        """The output of a command that was not run."""

        def __getitem__(self, which: Any) -> Any:
            if isinstance(which, slice):
                return _NoLines()
            raise NoOutput(NOT_RUN)

    def ignore(_line: str, _cell: str | None = None) -> None:
        """Plots need no screen, whatever backend the notebook asks for, and nobody reads a prompt."""

    def refuse(_line: str, _cell: str | None = None) -> Any:
        return getoutput("")

    def system(_command: str) -> None:
        print(NOT_RUN)
        shell.user_ns["_exit_code"] = 0

    def getoutput(_command: str, split: bool = True, depth: int = 0) -> Any:
        """The result of a command that prints nothing, with IPython's ``.n``, ``.s`` and ``.l``."""
        system(_command)
        return _NoLines() if split else LSString()

    def pylab(line: str) -> None:
        """Import the names of numpy and pyplot as IPython does, but without a screen."""
        exec(_PYLAB, shell.user_ns)
        if "--no-import-all" not in line:
            exec("from pylab import *\nfrom numpy import *", shell.user_ns)

    for name in ("system", "system_raw", "system_piped"):
        setattr(shell, name, system)
    shell.getoutput = getoutput
    # Straight into the tables, because registering them would set attributes, and `config` is taken.
    line, cell = (shell.magics_manager.magics[kind] for kind in ("line", "cell"))
    line |= dict.fromkeys((*_SCREEN, *_KEYBOARD, *_JUPYTER), ignore)
    line |= dict.fromkeys(_COMMANDS, refuse)
    line["pylab"] = pylab
    cell |= dict.fromkeys(_OTHER_PROGRAMS, lambda line, cell="": system(cell))
    cell |= dict.fromkeys(("debug", "code_wrap"), ignore)
    # Bookmarks, the directory history and %store do not outlive the run, and the profile's folder is out of reach.
    shell.db = {}


def without_magic_of_no_effect(shell: Any, source: str) -> str:
    """A cell without a first line such as ``%%time``, which does not matter for grading.

    A magic that this machine lacks, such as another package's timer, goes too if the rest is Python. An empty line
    stays in its place, so that the others keep their numbers.
    """
    if found := _NO_EFFECT.match(source):
        return "\n" * found[0].count("\n") + source[found.end() :]
    found = _CELL_MAGIC.match(source)
    if found is None or shell.find_cell_magic(found[1]) is not None or tree(found[2]) is None:
        return source
    return "\n" * source[: found.start(2)].count("\n") + found[2]


# Without IPython -----------------------------------------------------------------------------------------------


def parsed(source: str) -> ast.Module:
    r"""The source as Python, with a statement that does nothing in place of each line that only IPython understands.

    >>> print(ast.unparse(parsed("%matplotlib inline\nfiles = !ls\nif files:\n    !rm x")))
    pass
    files = ...
    if files:
        pass

    Raises:
        SyntaxError: The rest is no Python.
    """
    lines = io.StringIO(source, newline="").readlines()  # as Python counts lines
    for _ in range(MAX_LINES_FOR_IPYTHON):
        try:
            return ast.parse("".join(lines))
        except SyntaxError as error:
            if not _blank_out(lines, (error.lineno or 0) - 1):
                raise
    raise SyntaxError(f"more than {MAX_LINES_FOR_IPYTHON} lines are for IPython")


def _blank_out(lines: list[str], number: int) -> bool:
    """Replace a line for IPython by a Python statement; returns whether there was one."""
    # Python may report a line only at the one after it.
    for at in (number, number - 1):
        if not 0 <= at < len(lines) or not (found := _FOR_IPYTHON.fullmatch(lines[at])):
            continue
        goes_on = lines[at].rstrip("\r\n").endswith("\\")
        indent, target = found[1] or found[3] or "", found[2]
        lines[at] = f"{indent}{f'{target} ...' if target else 'pass'}\n"
        while goes_on and at + 1 < len(lines):
            at += 1
            goes_on, lines[at] = lines[at].rstrip("\r\n").endswith("\\"), "\n"
        return True
    return False
