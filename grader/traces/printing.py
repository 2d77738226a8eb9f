"""Catches what code prints."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from grader.output import BoundedOutput

__all__ = ["MOST_PRINTED", "as_shown", "printing"]

MOST_PRINTED = 100_000
"""Characters that are kept of what a call, or a question's cells, print."""


_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def as_shown(text: str) -> str:
    """Printed text as a notebook shows it: without colours, and of a line that was begun anew, its last form."""
    if len(text) >= MOST_PRINTED:
        return text  # its end is unknown
    lines = _COLOUR.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


class _Both(BoundedOutput):
    """Keeps the beginning of what is printed, and passes everything on."""

    def __init__(self, limit: int, other: TextIO) -> None:
        super().__init__(limit)
        self._other = other

    def write(self, text: str) -> int:
        super().write(text)
        return self._other.write(text)


@contextmanager
def printing(*, on: bool = False) -> Iterator[BoundedOutput]:
    """Keep the beginning of what is printed inside; errors and warnings are no part of it.

    Args:
        on: Whether it also goes where it would have gone.
    """
    before = sys.stdout
    caught = _Both(MOST_PRINTED, before) if on else BoundedOutput(MOST_PRINTED)
    sys.stdout = caught
    try:
        yield caught
    finally:
        if sys.stdout is caught:
            sys.stdout = before
