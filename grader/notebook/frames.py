"""Which cell, and which line of it, an exception came through: cells are told apart by their file names."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

__all__ = ["cell_and_line", "code_name", "lines_of"]

_NAME = re.compile(r"<ipython-input-(\d+)-\d+>")


def code_name(number: int, source: str) -> str:
    """The file name of a cell's code, by the cell's number from 1; another code in the same cell has another name."""
    return f"<ipython-input-{number}-{zlib.crc32(source.encode('utf-8', 'replace'))}>"


def cell_and_line(error: BaseException) -> tuple[int, int]:
    """Number of the cell and the line within it where an exception left the student's code, or (-1, 0)."""
    return [(-1, 0), *lines_of(error)][-1]


def lines_of(error: BaseException) -> Iterator[tuple[int, int]]:
    """Number of the cell, from 0, and line of each part of the student's code that an exception came through."""
    trace = error.__traceback__
    while trace is not None:
        if found := _NAME.fullmatch(trace.tb_frame.f_code.co_filename):
            yield int(found[1]) - 1, trace.tb_lineno
        trace = trace.tb_next
