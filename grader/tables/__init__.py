"""Tables as plain columns: what a DataFrame, a Series, an Index or a datascience Table is made of.

A table crosses into and out of the sandbox in this form, which needs neither pandas nor pickle. Where the library is
installed, `of_library` gives its own type back; where it is not, a test compares the `Table`.
"""

from grader.tables.cells import forms_of
from grader.tables.columns import Column, Table, same_label
from grader.tables.convert import (
    NotCarried,
    as_carried,
    copied_table,
    is_table,
    of_library,
    plain_of,
    table_of,
    table_of_columns,
)
from grader.tables.entries import Entries, entries_of
from grader.tables.wellformed import Malformed, Texts
from grader.tables.whole import TooWide, laid_out, nbytes, numbers_of, same_bits

__all__ = [
    "Column",
    "Entries",
    "Malformed",
    "NotCarried",
    "Table",
    "Texts",
    "TooWide",
    "as_carried",
    "copied_table",
    "entries_of",
    "forms_of",
    "is_table",
    "laid_out",
    "nbytes",
    "numbers_of",
    "of_library",
    "plain_of",
    "same_bits",
    "same_label",
    "table_of",
    "table_of_columns",
]
