"""The effort of the course's own code, in lines that it runs: the same on every machine."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Steps", "TooManySteps", "counted"]


class TooManySteps(BaseException):
    """More lines were run than allowed. Code that catches every ``Exception`` does not stop it."""


class Steps:
    """How many lines of one file were run."""

    def __init__(self, file: str, most: float) -> None:
        self.count = 0
        self._file, self._most = file, most

    def on_call(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self._on_line if frame.f_code.co_filename == self._file else None

    def _on_line(self, _frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            self.count += 1
            if self.count > self._most:
                raise TooManySteps
        return self._on_line


@contextmanager
def counted(file: str, most: float = math.inf) -> Iterator[Steps]:
    """Count the lines of code that was compiled under this name, in this thread.

    Raises:
        TooManySteps: They are more than ``most``.
    """
    steps, before = Steps(file, most), sys.gettrace()
    sys.settrace(steps.on_call)
    try:
        yield steps
    finally:
        sys.settrace(before)
