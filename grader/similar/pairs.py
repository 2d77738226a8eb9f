"""Pairs of submissions that share passages which few others have, by the fingerprints of their code.

Two things do not count: the handout's code, and whatever more than a few submissions share, since a question about
softmax has few answers and most are alike.

Fingerprints come from the sandbox (`grader.sandbox.outside.reading`). A submission may lie about its own, to hide or to
look like another, but can do no more: malicious numbers make nothing here slower, each submission has a bounded number
of them, and one that looks like everybody takes up a bounded number of pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape

from grader.sandbox.outside.reading import Fingerprints
from grader.text import clean

__all__ = ["PASSAGE", "WINDOW", "Document", "Pair", "rank_pairs"]

PASSAGE = 25
"""Tokenized characters that two passages must share at least: about two short lines."""
WINDOW = 10
"""Any shared passage of ``PASSAGE + WINDOW - 1`` tokenized characters is found."""
LEAST_SHARED = 60
"""Tokenized characters that a pair must share to be worth a look."""
MOST_OF_ONE = 20
"""Pairs that hold the same submission: one made to look like everybody must not crowd out the others."""
MOST_SHOWN = 200_000
"""Characters of one submission's markup in a pair: cleaned and escaped text may grow tenfold."""
AROUND = 500
"""Characters shown before and after each shared passage of a submission that is too long to show whole."""


@dataclass(frozen=True)
class Document:
    """The code of one submission."""

    name: str
    students: tuple[str, ...]
    """Their ids; two documents of one student are never a pair."""
    prints: Fingerprints


@dataclass(frozen=True)
class Pair:
    """Two submissions and what they share."""

    names: tuple[str, str]
    shared: int
    """Tokenized characters in shared passages."""
    shares: tuple[float, float]
    """The shared share of each submission's own code, which is neither the handout's nor everybody's."""
    passages: _Shared

    @property
    def html(self) -> tuple[str, str]:
        """Both codes, escaped, with shared passages in ``<mark>``; made again each time."""
        return self.passages.html()


def rank_pairs(
    documents: Sequence[Document], handout: Fingerprints | None, *, common: int = 10, most: int = 50
) -> list[Pair]:
    """The pairs that share most, at most ``most`` of them.

    Args:
        handout: The code that everybody was given, with a window of 1.
        common: Passages that more submissions than this share do not count.
    """
    alike = _common([document.prints.values for document in documents], common)
    left_out = np.union1d(alike, handout.values if handout else [])
    rare = [~np.isin(document.prints.values, left_out) for document in documents]
    found: list[tuple[float, tuple[str, str], _Shared]] = []
    for a, b in _candidates(documents, rare, 4 * most):
        pair = _Shared(documents, rare, a, b)
        if pair.shared >= LEAST_SHARED:
            names = (documents[a].name, documents[b].name)
            found.append((-max(pair.shares) * pair.shared, names, pair))
    found.sort(key=lambda one: one[:2])
    return [Pair(names, pair.shared, pair.shares, pair) for _, names, pair in found[:most]]


def _common(values: Sequence[np.ndarray], common: int) -> np.ndarray:
    """The values that more than ``common`` submissions have."""
    if not values:
        return np.array([], np.int64)
    each, holders = np.unique(np.concatenate([np.unique(one) for one in values]), return_counts=True)
    return each[holders > common]


class _Shared:
    """What two submissions have in common that few others have."""

    def __init__(self, documents: Sequence[Document], rare: Sequence[np.ndarray], a: int, b: int) -> None:
        self._prints = [documents[i].prints for i in (a, b)]
        left, right = self._prints
        self._marked = [
            rare[a] & np.isin(left.values, right.values),
            rare[b] & np.isin(right.values, left.values),
        ]
        sizes = [_covered(one, marked) for one, marked in zip(self._prints, self._marked, strict=True)]
        own = [_covered(one, rare[i]) for one, i in zip(self._prints, (a, b), strict=True)]
        self.shared = min(sizes)
        """The smaller of both parts: it takes two to be alike."""
        self.shares = (sizes[0] / max(own[0], 1), sizes[1] / max(own[1], 1))

    def html(self) -> tuple[str, str]:
        """Both codes, with shared passages marked."""
        left, right = (_marked(one, own) for one, own in zip(self._prints, self._marked, strict=True))
        return left, right


def _covered(prints: Fingerprints, chosen: np.ndarray) -> int:
    """Tokenized characters in the passages of the chosen fingerprints, overlaps counted once."""
    places = prints.places[chosen]
    if not len(places):
        return 0
    return int(np.minimum(np.diff(places), prints.passage).sum()) + prints.passage


def _marked(prints: Fingerprints, chosen: np.ndarray) -> str:
    """The code as HTML; passages that overlap or touch become one."""
    pieces, at = [], 0
    for begin, end in _passages(prints, chosen):
        pieces += [(clean(prints.text[at:begin]), False), (clean(prints.text[begin:end]), True)]
        at = end
    pieces.append((clean(prints.text[at:]), False))
    shown = "".join(_piece(text, marked) for text, marked in pieces)
    return shown if len(shown) <= MOST_SHOWN else _shortened(pieces)


def _piece(text: str, marked: bool) -> str:
    return f"<mark>{escape(text)}</mark>" if marked else str(escape(text))


def _shortened(pieces: Sequence[tuple[str, bool]]) -> str:
    """The shared passages, each with a little of its surroundings, as far as there is room."""
    parts: list[str] = []
    room = MOST_SHOWN
    for text, marked in pieces:
        left_out = len(text) - 2 * AROUND
        if not marked and left_out > 0:
            note = f"\n[{left_out} characters that are not shared are left out]\n"
            text = f"{text[:AROUND]}{note}{text[-AROUND:]}"
        shown = _piece(text, marked)
        if len(shown) > room:
            # Escaping makes a character at most five long.
            shown = _piece(text[: room // 5], marked) + "\n[the rest is left out]"
            return "".join([*parts, shown])
        parts.append(shown)
        room -= len(shown)
    return "".join(parts)


def _passages(prints: Fingerprints, chosen: np.ndarray) -> Iterator[tuple[int, int]]:
    """Where the chosen fingerprints' passages begin and end in the text, in order and without overlap."""
    places = prints.places[chosen]
    if not len(places):
        return
    gaps = np.flatnonzero(np.diff(places) >= prints.passage)
    begins = prints.begins[chosen][[0, *(gaps + 1)]]
    ends = prints.ends[chosen][[*gaps, -1]]
    at = 0
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end > at:
            yield max(begin, at), end
            at = end


def _candidates(
    documents: Sequence[Document], rare: Sequence[np.ndarray], most: int
) -> Iterator[tuple[int, int]]:
    """Pairs of different students, by the number of fingerprints they share, most first."""
    values = [np.unique(one.prints.values[own]) for one, own in zip(documents, rare, strict=True)]
    shared = _counted(values)
    looked_at: Counter[int] = Counter()
    count = 0
    for code in sorted(shared, key=lambda code: (-shared[code], code)):
        a, b = divmod(code, len(documents))
        if set(documents[a].students) & set(documents[b].students):
            continue
        if max(looked_at[a], looked_at[b]) >= MOST_OF_ONE:
            continue
        looked_at.update((a, b))
        yield a, b
        count += 1
        if count == most:
            return


def _counted(values: Sequence[np.ndarray]) -> dict[int, int]:
    """How many values each pair of submissions shares, with the pair as one number; by sorting, not hashing.

    Linear in the size of the class, since no value is common to many.
    """
    if not values:
        return {}
    count = len(values)
    every = np.concatenate(values)
    holder = np.repeat(np.arange(count), [len(one) for one in values])
    order = np.argsort(every, kind="stable")  # stable, so that holders of one value stay in order
    every, holder = every[order], holder[order]
    shared: Counter[int] = Counter()
    for apart in range(1, count):
        same = every[apart:] == every[:-apart]
        if not same.any():
            break
        pairs, times = np.unique(holder[:-apart][same] * count + holder[apart:][same], return_counts=True)
        shared.update(dict(zip(pairs.tolist(), times.tolist(), strict=True)))
    return shared
