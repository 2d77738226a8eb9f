"""Runs code and gives what it leaves behind."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from grader.traces.drawing import drawings
from grader.traces.files import fresh, read_file
from grader.traces.printing import as_shown, printing
from grader.traces.trace import Trace

__all__ = ["traced", "untraced"]

_active: list[Trace] = []


def traced(trace: Trace, act: Callable[[], Any], *, apart: bool = False) -> tuple[Any, Any]:
    """What some code prints, draws or writes, and what it returns; raises what it raises.

    Args:
        trace: Which of these.
        act: The code.
        apart: Whether it works in a new folder, so that nothing is written anywhere else.
    """
    _active.append(trace)
    try:
        with _new_folder() if apart else contextlib.nullcontext():
            return _traced(trace, act)
    finally:
        _active.pop()


def _traced(trace: Trace, act: Callable[[], Any]) -> tuple[Any, Any]:
    if trace.kind == "output":
        with printing() as output:
            returned = act()
        return as_shown(output.take()), returned
    if trace.kind == "figures":
        with drawings() as found:
            returned = act()
            found.add(returned)
        return found.figures, returned
    with fresh(trace.path):
        returned = act()
        return read_file(trace.path, trace.form), returned


@contextlib.contextmanager
def _new_folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="gradmark-call-") as folder, contextlib.chdir(folder):
        yield


def untraced() -> contextlib.AbstractContextManager[Any]:
    """What is printed, drawn or written inside, within `traced`, is left out of what that gives."""
    if not _active:
        return contextlib.nullcontext()
    kind = _active[-1].kind
    return printing() if kind == "output" else drawings() if kind == "figures" else _new_folder()
