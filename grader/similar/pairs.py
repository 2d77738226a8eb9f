"""Pairs of submissions that share passages which few others have, by winnowing (Schleimer, Wilkerson and Aiken 2003).

copydetect tokenizes (names become V, strings S; comments and spacing vanish), fingerprints and finds the passages.
Two things are left out: whatever stands in the handout, and whatever more than a few submissions share, since
a question about softmax has few answers and most are alike.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import copydetect
import copydetect.utils
from copydetect.utils import get_token_coverage, highlight_overlap

__all__ = ["Document", "Pair", "rank_pairs"]

PASSAGE = 25
"""Tokenized characters that two passages must at least share; about two short lines."""
WINDOW = 10
"""A shared passage of ``PASSAGE + WINDOW - 1`` tokenized characters is found for certain."""
LEAST_SHARED = 60
"""Tokenized characters that a pair must share to be worth a look."""


@dataclass(frozen=True)
class Document:
    """The code of one submission."""

    name: str
    students: tuple[str, ...]
    """Ids; two documents of one student are never a pair."""
    code: str


@dataclass(frozen=True)
class Pair:
    """Two submissions and what they share, most for the pair's smaller part."""

    names: tuple[str, str]
    shared: int
    """Tokenized characters in shared passages."""
    shares: tuple[float, float]
    """Of each submission's own code: what is neither the handout's nor everybody's."""
    html: tuple[str, str]
    """Each one's code, escaped, the shared passages in ``<mark>``."""


def rank_pairs(
    documents: Sequence[Document], handout: str, *, common: int = 10, most: int = 50
) -> list[Pair]:
    """The pairs that share most, at most ``most`` of them.

    Args:
        handout: Code that everybody was given.
        common: Passages that more submissions than this share say nothing.
    """
    # Python's own hash is salted in each process, and a ranking should be the same every time.
    copydetect.utils.hash = lambda text: zlib.crc32(text.encode("utf-8", "surrogatepass"))
    given = set(_fingerprint(handout, window=1).hashes)
    prints = [_fingerprint(document.code) for document in documents]
    spread = Counter(value for one in prints for value in one.hashes)
    for one in prints:
        for value in [v for v in one.hashes if v in given or spread[v] > common]:
            one.hashes.remove(value)
            del one.hash_idx[value]
        one.token_coverage = get_token_coverage(one.hash_idx, one.k, len(one.filtered_code))
    found = []
    for (a, b), _ in _candidates(prints, documents).most_common(4 * most):
        shared, shares, slices = copydetect.compare_files(prints[a], prints[b])
        if shared >= LEAST_SHARED:
            html = tuple(
                highlight_overlap(prints[i].raw_code, part, "<mark>", "</mark>", escape_html=True)[0]
                for i, part in zip((a, b), slices, strict=True)
            )
            names = (documents[a].name, documents[b].name)
            left, right = (min(float(share), 1.0) for share in shares)
            found.append(Pair(names, int(shared), (left, right), (html[0], html[1])))
    found.sort(key=lambda pair: (-max(pair.shares) * pair.shared, pair.names))
    return found[:most]


def _fingerprint(code: str, window: int = WINDOW) -> Any:
    return copydetect.CodeFingerprint("code.py", PASSAGE, window, language="python", fp=io.StringIO(code))


def _candidates(prints: Sequence[Any], documents: Sequence[Document]) -> Counter[tuple[int, int]]:
    """Pairs by the number of fingerprints they share; linear in the class, since no print is common to many."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(prints):
        for value in one.hashes:
            holders[value].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        shared.update(combinations(sorted(indices), 2))
    for a, b in list(shared):
        if set(documents[a].students) & set(documents[b].students):
            del shared[a, b]
    return shared
