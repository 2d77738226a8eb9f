"""Text that a submission wrote, made fit to be shown: no control of terminals, of direction, of length."""

from __future__ import annotations

import unicodedata

__all__ = ["clean"]

# Control, format (text direction among them), surrogate, private and unassigned characters, odd line ends.
_SHOWN_AS_ESCAPES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str, limit: int) -> str:
    r"""At most ``limit`` characters of ``text``, with everything invisible but newline and tab escaped.

    >>> clean("a\x1b[31mred\nb\u202e", 100)
    'a\\x1b[31mred\nb\\u202e'
    >>> clean("abcdef", 4)
    'abc…'
    """
    kept = text if len(text) <= limit else text[: max(limit - 1, 0)] + "…"
    if kept.isascii() and kept.isprintable():
        return kept
    return "".join(c if c in "\n\t" else _plain(c) for c in kept)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category not in _SHOWN_AS_ESCAPES:
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
