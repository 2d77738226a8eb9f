"""Text in CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

from grader.points import Number, number

__all__ = ["original_cell", "points_cell", "safe_cell"]

# What Excel, LibreOffice and Google Sheets begin a formula with, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before what would be a formula; `original_cell` takes it away again.

    >>> safe_cell('=HYPERLINK("http://x")'), safe_cell("3.5"), safe_cell("'=1")
    ('\\'=HYPERLINK("http://x")', '3.5', "''=1")
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def original_cell(cell: str) -> str:
    """The text that `safe_cell` made a cell of."""
    escaped = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if escaped else cell


def points_cell(points: Number | None) -> str:
    """Points as `grader.points.number` writes them; nothing for None.

    >>> points_cell("2/3"), points_cell(100000.25), points_cell(None)
    ('0.67', '100000.25', '')
    """
    return "" if points is None else number(points)
