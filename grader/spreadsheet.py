"""Text in CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

__all__ = ["original_cell", "plain_number", "safe_cell"]

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


def plain_number(value: float | None) -> str:
    """At most four decimals and no more of them than needed; nothing for None.

    >>> plain_number(12.0), plain_number(0.1 + 0.2), plain_number(100000.25), plain_number(None)
    ('12', '0.3', '100000.25', '')
    """
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
