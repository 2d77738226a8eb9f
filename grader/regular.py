"""Regular expressions of a course, matched against what a student wrote.

Where answers are graded, google-re2 matches them in time that is linear in the text, so no text can be made to take
long. A student's own machine may lack it; there, Python's `re` matches. Both give the same verdict for every
expression that `refusal` has nothing to say about.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

__all__ = ["linear", "matches", "refusal"]

_INLINE_CASE = re.compile(r"\(\?[a-zA-Z]*i")
_TWO_MEANINGS = (
    (re.compile(r"\{\s*,"), "{,n} is a repetition for one engine and text for the other; write {0,n}"),
    (re.compile(r"\[\[[:.=]"), "[[:alpha:]] and the like are sets for one engine only; write [a-zA-Z]"),
    (re.compile(r"\\[0-7]"), "it has a backreference or an octal number; write the text out"),
    (re.compile(r"\\x[89a-fA-F]"), "write letters that are not ASCII as themselves"),
)
"""What both engines read, each in its own way."""


def linear() -> Any:
    """The module re2, or None where it is not installed."""
    try:
        import re2
    except ImportError:
        return None
    return re2


def matches(pattern: str, text: str, *, case: bool = False) -> bool:
    """Whether a whole text has the form of an expression.

    Args:
        pattern: The expression.
        text: The text, of one line.
        case: Whether capitals count.

    Examples:
        >>> matches(r"\\d{4}", "2026"), matches(r"\\d{4}", "in 2026"), matches("adam(w)?", "AdamW")
        (True, False, True)
    """
    text = text if case else _folded(text)
    return _compiled(pattern, case).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str, case: bool) -> Any:
    pattern = pattern if case else _folded(pattern)
    engine = linear()
    if engine is None:
        return re.compile(pattern, re.ASCII if case else re.ASCII | re.IGNORECASE)
    options = engine.Options()
    options.case_sensitive = case
    options.log_errors = False
    return engine.compile(pattern, options=options)


def _folded(text: str) -> str:
    """The text with capitals that are not ASCII made small, for engines differ in which of these they know."""
    return text if text.isascii() else "".join(one if one.isascii() else one.casefold() for one in text)


def refusal(pattern: str) -> str:
    """Why an expression cannot be used, and what to do; empty if it can.

    Examples:
        >>> refusal(r"(19|20)\\d\\d")
        ''
        >>> refusal(r"(a)\\1")
        'it has a backreference or an octal number; write the text out'
    """
    for meant, why in _TWO_MEANINGS:
        if meant.search(pattern):
            return why
    others = [one for one in pattern if not one.isascii()]
    if any(len(one.casefold()) > 1 for one in others):
        return "write letters such as ß as what they are small, ss"
    if _INLINE_CASE.search(pattern) and any(one.lower() != one.upper() for one in others):
        return "leave (?i) out, since capitals do not count unless you give case=True"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            re.compile(pattern, re.ASCII)
    except (re.error, FutureWarning, ValueError, OverflowError, RecursionError) as error:
        return f"Python's re cannot read it ({error}); correct it"
    engine = linear()
    if engine is None:
        return "google-re2, which matches it in grading, is not installed here; run pip install google-re2"
    try:
        _compiled.__wrapped__(pattern, False)
    except engine.error as error:
        said = error.args[0] if error.args else ""
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return (
            f"it has what cannot be matched in linear time, such as a lookaround or a backreference ({said}); "
            "write it without, or list the answers with accepts="
        )
    return ""
