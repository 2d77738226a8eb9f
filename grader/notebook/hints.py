"""Which limit of the sandbox, or which lack of a grading machine, caused an error in the student's code."""

from __future__ import annotations

import errno
import locale
import os

__all__ = ["NoOutput", "here_alone", "limit_of"]

_BY_ERRNO = {
    errno.EFBIG: "file_mb",
    errno.ENOSPC: "scratch_mb",
    errno.EPERM: "outside",
    errno.EACCES: "files",
}
MAX_CHAIN = 20


def limit_of(error: BaseException) -> str:
    """The name of the limit that was hit; ``outside`` or ``files`` for what is out of reach; empty for neither."""
    if isinstance(error, MemoryError):
        return "memory_mb"
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return "processes"
    return _BY_ERRNO.get(error.errno or 0, "") if isinstance(error, OSError) else ""


class NoOutput(IndexError):
    """A line of a shell command's output was read, but no command is run here."""


def here_alone(error: BaseException) -> bool:
    """Whether an error shows that a grading machine lacks something that its author's machine may have had.

    That can be a package, a file, a network, a program, a locale, an environment variable, or a person at the keyboard.
    """
    from IPython.core.error import UsageError

    for _ in range(MAX_CHAIN):
        if isinstance(error, ImportError | OSError | EOFError | UsageError | locale.Error | NoOutput):
            return True
        if _asked_the_environment(error) or _asked_for_a_window(error):
            return True
        before = error.__cause__ or error.__context__
        if before is None:
            return False
        error = before
    return False


def _asked_the_environment(error: BaseException) -> bool:
    trace = error.__traceback__ if isinstance(error, KeyError) else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals is vars(os)


def _asked_for_a_window(error: BaseException) -> bool:
    if isinstance(error, AttributeError):  # an attribute of the window that a plot would have on a screen
        return type(error.obj).__module__.startswith("matplotlib.backend")
    return type(error).__name__ == "TclError"
