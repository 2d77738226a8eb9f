"""What IPython does beside running Python, where nobody looks on: no screen, no keyboard, no other program."""

from __future__ import annotations

import re
from typing import Any

from grader.notebook.hints import NoOutput

__all__ = ["body_of_unknown_magic", "replace_magics"]

NOT_RUN = "Shell commands and package installation are not run when a notebook is graded."
_SCREEN = (
    "matplotlib",
    "gui",
    "config",
    "load_ext",
    "reload_ext",
    "unload_ext",
    "autoreload",
    "colors",
)
_KEYBOARD = ("debug", "pdb", "edit", "ed", "pastebin")
_JUPYTER = (
    "autosave",
    "clear",
    "cls",
    "connect_info",
    "less",
    "man",
    "more",
    "qtconsole",
    "store",
    "subshell",
    "code_wrap",
)
_COMMANDS = ("pip", "conda", "mamba", "micromamba", "uv", "sx", "system", "sc", "rehashx")
_OTHER_PROGRAMS = (
    "bash",
    "sh",
    "script",
    "system",
    "sx",
    "!",
    "perl",
    "pypy",
    "python",
    "python2",
    "python3",
    "ruby",
)
_PYLAB = """import numpy, matplotlib
from matplotlib import mlab, pylab, pyplot
np, plt = numpy, pyplot
"""
_CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*\n(.*)", re.DOTALL)


def replace_magics(shell: Any) -> None:
    """Let the shell's magics and commands do what they can where a notebook is graded."""
    from IPython.utils.text import LSString, SList

    class _NoLines(SList):
        """What a command printed that was not run."""

        def __getitem__(self, which: Any) -> Any:
            if isinstance(which, slice):
                return _NoLines()
            raise NoOutput(NOT_RUN)

    def ignore(_line: str, _cell: str | None = None) -> None:
        """Plots are drawn without a screen whatever backend the notebook asks for, and nobody reads a prompt."""

    def refuse(_line: str, _cell: str | None = None) -> Any:
        return getoutput("")

    def system(_command: str) -> None:
        print(NOT_RUN)
        shell.user_ns["_exit_code"] = 0

    def getoutput(_command: str, split: bool = True, depth: int = 0) -> Any:
        """What a command that says nothing gives, with IPython's ``.n``, ``.s`` and ``.l``."""
        system(_command)
        return _NoLines() if split else LSString()

    def pylab(line: str) -> None:
        """Bring in the names of numpy and pyplot, as IPython does, and no screen."""
        exec(_PYLAB, shell.user_ns)
        if "--no-import-all" not in line:
            exec("from pylab import *\nfrom numpy import *", shell.user_ns)

    for name in ("system", "system_raw", "system_piped"):
        setattr(shell, name, system)
    shell.getoutput = getoutput
    # Straight into the table: registering them would set attributes, and `config` is taken.
    line, cell = (shell.magics_manager.magics[kind] for kind in ("line", "cell"))
    line |= dict.fromkeys((*_SCREEN, *_KEYBOARD, *_JUPYTER), ignore)
    line |= dict.fromkeys(_COMMANDS, refuse)
    line["pylab"] = pylab
    cell |= dict.fromkeys(_OTHER_PROGRAMS, lambda line, cell="": system(cell))
    cell |= dict.fromkeys(("debug", "code_wrap"), ignore)
    # Bookmarks, the directory history and %store: nothing outlives the run, and the profile's folder is out of reach.
    shell.db = {}


def body_of_unknown_magic(shell: Any, source: str) -> str | None:
    """What is below a cell magic that this machine lacks, such as a timer's of another package; else None.

    Its line stays, empty, so that the others keep their numbers.
    """
    found = _CELL_MAGIC.match(source)
    if found is None or shell.find_cell_magic(found[1]) is not None:
        return None
    return "\n" * source[: found.start(2)].count("\n") + found[2]
