"""What a test is told of an exception that a submission's own code raised."""

from __future__ import annotations

import builtins
import itertools
import re
import traceback
from collections.abc import Mapping
from typing import Any

from grader.errors import Raised, StudentError
from grader.wording import raised_error

__all__ = ["MAX_BASES", "error_of", "library_bases"]

MAX_BASES = 16


def library_bases(error: BaseException) -> tuple[str, ...]:
    """Names of the classes of Python and numpy that an exception's class derives from, the nearest first."""
    names = (
        kind.__name__
        for kind in type(error).__mro__[1:-1]  # without object
        if getattr(builtins, kind.__name__, None) is kind or kind.__module__.partition(".")[0] == "numpy"
    )
    return tuple(itertools.islice(names, MAX_BASES))


def error_of(name: str, error: BaseException, namespace: Mapping[str, Any]) -> StudentError:
    """The error that a test gets for an exception that a function of a namespace raised."""
    if isinstance(error, StudentError):
        return error
    kind = type(error).__name__
    raised = Raised(kind, library_bases(error), *_where(error, namespace))
    return StudentError(raised_error(name, raised), f"{kind}: {error}", raised=raised)


def _where(error: BaseException, namespace: Mapping[str, Any]) -> tuple[int, int]:
    """The cell, if known, and the innermost line of the student's own code that an exception came through."""
    own = [frame for frame in traceback.walk_tb(error.__traceback__) if frame[0].f_globals is namespace]
    if not own:
        return 0, 0
    frame, line = own[-1]
    # Cells that we ran are named by their number, other cells by whatever Jupyter calls them.
    cell = re.match(r"<(?:ipython-input-|cell )(\d+)\b", frame.f_code.co_filename)
    return int(cell[1]) if cell else 0, line
