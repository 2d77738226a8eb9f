"""CSV that every spreadsheet reads alike, and whose text none takes for a formula.

A spreadsheet that divides at semicolons or tabs knows a quotation mark only where one of its own cells begins. So
it may begin a cell at any of these, or where a line ends, within a cell of ours: each such place is guarded as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.points import Number, number

__all__ = ["csv_text", "original_cell", "points_cell", "safe_cell"]

_BREAKS = r"[;\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]"
# What Excel, LibreOffice and Google Sheets begin a formula with, full-width forms included.
_FORMULA = " *[-=+@＝＋－＠]"
_UNGUARDED = re.compile(f"^(?='*(?:{_FORMULA}|[\\t\\r\\n]))|(?<={_BREAKS})(?='*{_FORMULA})")
_GUARDED = re.compile(f"^'(?='*(?:{_FORMULA}|[\\t\\r\\n]))|(?<={_BREAKS})'(?='*{_FORMULA})")
_TO_QUOTE = re.compile(f'[,"]|{_BREAKS}')


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV. A cell is quoted where it holds any spreadsheet's delimiter, a line's end or a quotation mark.

    >>> csv_text([["x;y", "a, b"], ["plain", ""]])
    '"x;y","a, b"\\nplain,\\n'
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before whatever could be a formula; `original_cell` takes each away again.

    >>> safe_cell('=HYPERLINK("http://x")'), safe_cell("3.5"), safe_cell("'=1"), safe_cell("x;=1")
    ('\\'=HYPERLINK("http://x")', '3.5', "''=1", "x;'=1")
    """
    return _UNGUARDED.sub("'", text)


def original_cell(cell: str) -> str:
    """The text that `safe_cell` made a cell of."""
    return _GUARDED.sub("", cell)


def points_cell(points: Number | None) -> str:
    """Points as `grader.points.number` writes them; nothing for None.

    >>> points_cell("2/3"), points_cell(100000.25), points_cell(None)
    ('0.67', '100000.25', '')
    """
    return "" if points is None else number(points)
