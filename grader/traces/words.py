"""Printed text as words, marks and numbers: how they are spaced, and how numbers are written, does not matter."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

__all__ = ["Token", "lines_of", "same_line", "same_printed", "same_token", "tokens_of"]

MOST_DIGITS = 400
_TOKEN = re.compile(
    r"(?P<number>(?:(?<![\w.)\]])[-+])?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)|[^\W\d_]+|[^\s]"
)
_OUT = re.compile(r"^Out\[\d+\]: ", re.MULTILINE)
_SIGNS = str.maketrans({"−": "-", "–": "-", "\xa0": " ", "’": "'", "“": '"', "”": '"'})
_ALLOWANCE = 1 + 1e-6
"""Of a bound, for the rounding of the comparison itself."""
ROUNDING = 1e-12
"""The share by which numbers may differ that are printed with all of their digits: see `check_close`."""


class Token(NamedTuple):
    """A word, a mark or a number of a printed line."""

    text: str
    number: float | None = None
    unit: float = 0.0
    """What its last digit stands for."""


def lines_of(text: str) -> list[list[Token]]:
    """The lines of a text that are not empty, each as its tokens."""
    plain = _OUT.sub("", text.translate(_SIGNS).replace("\r\n", "\n").replace("\r", "\n"))
    found = (tokens_of(line) for line in plain.split("\n"))
    return [line for line in found if line]


def tokens_of(line: str) -> list[Token]:
    """The tokens of one line.

    >>> [token.text for token in tokens_of("epoch 1: loss=-0.50")]
    ['epoch', '1', ':', 'loss', '=', '-0.50']
    """
    return [_token(found) for found in _TOKEN.finditer(line)]


def _token(found: re.Match[str]) -> Token:
    text = found[0]
    if found["number"] is None or len(text) > MOST_DIGITS:
        return Token(text)
    try:
        exact = Decimal(text)
        exponent = exact.as_tuple().exponent
        return Token(text, float(exact), 10.0 ** float(exponent))
    except (InvalidOperation, OverflowError, ValueError):
        return Token(text)


def same_token(one: Token, right: Token, *, case: bool = True) -> bool:
    """Whether a token says what another one does; a number, to the digits that ``right`` shows."""
    if one.number is None or right.number is None:
        return one.text == right.text or (not case and one.text.casefold() == right.text.casefold())
    if one.number == right.number:
        return True
    if _is_whole(right) and _is_whole(one):
        return False
    return abs(one.number - right.number) <= max(right.unit / 2 * _ALLOWANCE, ROUNDING * abs(right.number))


def _is_whole(token: Token) -> bool:
    return not any(letter in token.text for letter in ".eE")


def same_printed(one: str, other: str) -> bool:
    """Whether two texts say the same, numbers to the digits that both show."""
    ours, theirs = lines_of(one), lines_of(other)
    return len(ours) == len(theirs) and all(
        len(a) == len(b) and all(same_token(x, y) or same_token(y, x) for x, y in zip(a, b, strict=True))
        for a, b in zip(ours, theirs, strict=True)
    )


def same_line(one: list[Token], right: list[Token], *, case: bool = True) -> bool:
    """Whether a line says what another one does."""
    return len(one) == len(right) and all(
        same_token(a, b, case=case) for a, b in zip(one, right, strict=True)
    )
