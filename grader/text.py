"""Text of a submission, or about its student, made safe to show; and counts of things in words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

__all__ = ["clean", "clean_name", "counted", "first_few", "listed", "many", "short_digest"]

# Control, format (such as text direction), surrogate, private and unassigned characters, and unusual line ends.
_SHOWN_AS_ESCAPES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Between letters of Persian or Hindi, these change the letters' form, so they are part of a name.
_JOINER = re.compile("(?<=[^\x00-\x7f])([\u200c\u200d])(?=[^\x00-\x7f])")


def clean(text: str, limit: int | None = None) -> str:
    r"""At most ``limit`` characters of ``text``, with everything invisible except newline and tab escaped.

    >>> clean("a\x1b[31mred\nb\u202e", 100)
    'a\\x1b[31mred\nb\\u202e'
    >>> clean("abcdef", 4)
    'abc…'
    """
    kept = text if limit is None or len(text) <= limit else text[: max(limit - 1, 0)] + "…"
    if kept.isascii() and kept.isprintable():
        return kept
    return "".join(c if c in "\n\t" else _plain(c) for c in kept)


def many(count: float, what: str) -> str:
    """A number of things in words.

    >>> many(1, "answer"), many(0, "student"), many(1.0, "second"), many(2.5, "second")
    ('1 answer', '0 students', '1 second', '2.5 seconds')
    """
    number = f"{count:g}" if isinstance(count, float) else count
    return f"{number} {what}{'s' * (count != 1)}"


def counted(count: int, what: str) -> str:
    """The same with a small number as a word.

    >>> counted(2, "value"), counted(12, "array")
    ('two values', '12 arrays')
    """
    word = _SMALL[count] if count < len(_SMALL) else count
    return f"{word} {what}{'s' * (count != 1)}"


def listed(words: Sequence[str]) -> str:
    """Several things in a sentence.

    >>> listed(["q1"]), listed(["q1", "q2"]), listed(["q1", "q2", "q3"])
    ('q1', 'q1 and q2', 'q1, q2 and q3')
    """
    return " and ".join([*filter(None, [", ".join(words[:-1])]), *words[-1:]])


def first_few(names: Sequence[str], most: int = 5) -> str:
    """The first names, and how many more there are.

    >>> first_few(["ada", "ben", "cy"], 2)
    'ada, ben and 1 more'
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def clean_name(text: str) -> str:
    r"""A name, an id or an address in one line, without NUL, which databases refuse.

    >>> clean_name("Ada\x1b[2J\nLovelace\udcff")
    'Ada\\x1b[2J\\nLovelace\\udcff'
    """
    if text.isascii() and text.isprintable():
        return text
    parts = _JOINER.split(text.replace("\0", ""))
    cleaned = [part if number % 2 else clean(part) for number, part in enumerate(parts)]
    return "".join(cleaned).replace("\n", "\\n").replace("\t", "\\t")


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category not in _SHOWN_AS_ESCAPES:
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def short_digest(text: str) -> str:
    """Eight letters and digits, for the end of a name, that tell a text from others.

    >>> short_digest("ada")
    'fdee430d'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]
