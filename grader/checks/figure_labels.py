"""Which of a figure's texts say what was asked for, and which of the things drawn is meant by what."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

__all__ = ["matched", "means", "missing", "says"]

LONGEST = 1_000
"""Characters of a text that are compared; a figure's are shorter."""


_GOES_ON = re.compile(r"\.\d{0,30}[1-9]|e[-+]?\d")
"""What makes another number of the one before it; the zeros of 1.0 do not."""


def says(found: str, wanted: str) -> bool:
    """Whether a text contains another from the beginning of a word on: "training" says "train", "latest" not "test".

    Capitals, spaces and signs of formulas do not count. A number at either end must be a whole one.
    """
    text, begins = _folded(found)
    sought, _ = _folded(wanted)
    at = text.find(sought)
    while at >= 0:
        if not sought or (at in begins and _whole(text, begins, sought, at)):
            return True
        at = text.find(sought, at + 1)
    return False


def _whole(text: str, begins: Collection[int], sought: str, at: int) -> bool:
    """Whether what is found neither begins nor ends within a number."""
    end = at + len(sought)
    if sought[0].isdecimal() and at > 1 and text[at - 1] == "." and text[at - 2].isdecimal():
        return False
    if not sought[-1].isdecimal():
        return True
    within = text[end : end + 1].isdecimal() and end not in begins
    return not within and not _GOES_ON.match(text, end)


@lru_cache(maxsize=1_000)
def _folded(text: str) -> tuple[str, frozenset[int]]:
    """A text as it is compared, and where in it something may begin: everywhere but within a word or a number."""
    folded: list[str] = []
    begins: set[int] = set()
    before = ""
    for letter in text[:LONGEST]:
        if not letter.isspace() and letter not in "$\\":
            if not _within(before, letter):
                begins.add(len(folded))
            folded += letter.casefold()
        before = letter
    return "".join(folded), frozenset(begins)


def _within(before: str, letter: str) -> bool:
    if before.isdecimal():
        return letter.isdecimal()
    # Scripts without capitals, such as Chinese, need not have spaces between words.
    lower, upper = before.islower(), before.isupper()
    return (lower and letter.islower()) or (upper and (letter.islower() or letter.isupper()))


def means(found: str, wanted: str, others: Collection[str]) -> bool:
    """Whether a label says what was asked for, and none of the other texts asked for that says more."""
    return says(found, wanted) and not any(
        _folded(one)[0] != _folded(wanted)[0] and says(one, wanted) and says(found, one) for one in others
    )


def missing(labels: Iterable[str], wanted: Collection[str]) -> list[str]:
    """The texts asked for that no label is left for, where each label counts for one of them."""
    labels = list(labels)
    asked = sorted(wanted, key=lambda one: all(_folded(one)[0] != _folded(label)[0] for label in labels))
    found = matched(len(asked), len(labels), lambda i, j: means(labels[j], asked[i], asked))
    lacking = {asked[i] for i in range(len(asked)) if i not in found}
    return [one for one in wanted if one in lacking]


def matched(wanted: int, drawn: int, fits: Callable[[int, int], bool]) -> dict[int, int]:
    """For as many as possible of what is asked for, one of what is drawn that fits; each is used once.

    Where not all can have one, those that come first do.
    """
    known: dict[tuple[int, int], bool] = {}
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in range(drawn):
            if j in seen:
                continue
            if (i, j) not in known:
                known[i, j] = fits(i, j)
            if known[i, j]:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(wanted):
        place(i, set())
    return {i: j for j, i in taken.items()}
