"""Submissions that are suspiciously alike: a ranking for a person to look at, and no proof of anything."""

from grader.similar.page import write_page
from grader.similar.pairs import Document, Pair, rank_pairs

__all__ = ["Document", "Pair", "rank_pairs", "write_page"]
