"""Submissions that are suspiciously alike: a ranking for a person to look at, which proves nothing."""

from grader.similar.page import write_page
from grader.similar.pairs import PASSAGE, WINDOW, Document, Pair, rank_pairs
from grader.similar.reading import read_document, read_handout

__all__ = [
    "PASSAGE",
    "WINDOW",
    "Document",
    "Pair",
    "rank_pairs",
    "read_document",
    "read_handout",
    "write_page",
]
