"""CSV that every spreadsheet reads alike, with no text that one would take for a formula.

A spreadsheet that splits at semicolons or tabs recognises a quotation mark only at the start of one of its own cells.
It may therefore start a cell at a semicolon, tab or line end inside a cell of ours, so each such place is guarded too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.points import Number, number

__all__ = ["csv_text", "original_cell", "points_cell", "safe_cell"]

_BREAKS = r"[;\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]"
# What starts a formula in Excel, LibreOffice and Google Sheets, including full-width forms.
_FORMULA = " *[-=+@＝＋－＠]"
_UNGUARDED = re.compile(f"^(?='*(?:{_FORMULA}|[\\t\\r\\n]))|(?<={_BREAKS})(?='*{_FORMULA})")
_GUARDED = re.compile(f"^'(?='*(?:{_FORMULA}|[\\t\\r\\n]))|(?<={_BREAKS})'(?='*{_FORMULA})")
_TO_QUOTE = re.compile(f'[,"]|{_BREAKS}')


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV. A cell is quoted if it holds any spreadsheet's delimiter, a line end or a quotation mark.

    >>> csv_text([["x;y", "a, b"], ["plain", ""]])
    '"x;y","a, b"\\nplain,\\n'
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before anything that could be a formula; `original_cell` removes them again.

    >>> safe_cell('=HYPERLINK("http://x")'), safe_cell("3.5"), safe_cell("'=1"), safe_cell("x;=1")
    ('\\'=HYPERLINK("http://x")', '3.5', "''=1", "x;'=1")
    """
    return _UNGUARDED.sub("'", text)


def original_cell(cell: str) -> str:
    """The text from which `safe_cell` made the cell."""
    return _GUARDED.sub("", cell)


def points_cell(points: Number | None) -> str:
    """Points as `grader.points.number` writes them; empty for None.

    >>> points_cell("2/3"), points_cell(100000.25), points_cell(None)
    ('0.67', '100000.25', '')
    """
    return "" if points is None else number(points)
