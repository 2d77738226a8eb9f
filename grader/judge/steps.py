"""The effort of the course's own code, in lines that it runs: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Steps", "counted"]


class Steps:
    """How many lines were run."""

    def __init__(self, file: str) -> None:
        self.count = 0
        self._file = file

    def on_call(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self._on_line if frame.f_code.co_filename == self._file else None

    def _on_line(self, _frame: FrameType, event: str, _argument: Any) -> Any:
        self.count += event == "line"
        return self._on_line


@contextmanager
def counted(file: str) -> Iterator[Steps]:
    """Count the lines of code that was compiled under this name, in this thread."""
    steps, before = Steps(file), sys.gettrace()
    sys.settrace(steps.on_call)
    try:
        yield steps
    finally:
        sys.settrace(before)
