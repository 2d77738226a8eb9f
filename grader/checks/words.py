"""Short answers in words: which differences in writing count, and which texts read the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.checks.asked import AskedChoice, note
from grader.checks.messages import clip, describe, fail, short
from grader.kinds import Held, plain
from grader.regular import matches, refusal

__all__ = ["LONGEST", "QUOTES", "alike", "check_text", "is_blank", "text_in", "tidy", "with_signs"]

LONGEST = 1_000
"""Characters that a short answer may have."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that nobody can tell from Latin ones, which another keyboard gives."""
_BLANK = frozenset({"", "...", "?", "??", "???", "todo"})
"""What stands where nothing was answered."""


# Texts -------------------------------------------------------------------------------------------------------


def text_in(value: Any) -> str | None:
    """The text that a value is, as a plain string of at most one character more than `LONGEST`; None for others."""
    value = plain(value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "U" and value.size == 1:
        value = value.item()
    # A class of the student's may have methods of its own; Python's are asked for.
    return str.__getitem__(value, slice(0, LONGEST + 1)) if isinstance(value, str) else None


def is_blank(value: Any) -> bool:
    """Whether a value stands where nothing was answered."""
    if value is None or value is Ellipsis or (isinstance(value, Held) and value._kind == "ellipsis"):
        return True
    text = text_in(value)
    return text is not None and tidy(text).casefold() in _BLANK


def tidy(text: str) -> str:
    """A text without what nobody sees: one form of each letter, one space between words, no invisible characters."""
    text = unicodedata.normalize("NFKC", _seen(text))
    return " ".join(text[: LONGEST + 1].translate(_DASHES).split())


def _seen(text: str) -> str:
    """A text without invisible characters."""
    return "".join(
        one for one in text if unicodedata.category(one) not in ("Cf", "Cs", "Cc") or one.isspace()
    )


def with_signs(text: str) -> str:
    """A tidy text that keeps what is written high or low: ``x²`` and ``x**2`` are ``x^2``, and not ``x2``."""
    text = _RAISED.sub(lambda found: "^" + found[0], _seen(text).replace("´", "'"))
    text = _POWER.sub("^", tidy(_LOWERED.sub("_", text)))
    text = _EXPONENT.sub(lambda found: f"^{found[1] or found[2]}", text)
    return _NAME.sub(r"\1", text)


_RAISED = re.compile("[¹²³\u2070-\u207f\u1d2c-\u1d61]+")
_LOWERED = re.compile("(?<=\\d)(?=[\u2080-\u2089])")
_POWER = re.compile(r"(?<=[\w)\]}])( ?)\*\*\1(?=[\w(+-])")
_EXPONENT = re.compile(r"\^(?:\{(-?(?:\d+|\w))\}|\((-?(?:\d+|\w))\))")
_NAME = re.compile(r"(?<![^\W_])([RLχ]|l(?=\^\d ))\^(?=\d(?!\w|\.\d))")
"""R², L² and χ² are names, which many write R2, L2 and χ2."""


def alike(text: str) -> str:
    """A tidy text with letters that look Latin as Latin letters."""
    return text.translate(_LOOKALIKES)


def _folded(text: str) -> set[str]:
    """A text without capitals, in the two ways to read it: М looks Latin, and м does not."""
    return {alike(text).casefold(), alike(text.casefold())}


# The check ---------------------------------------------------------------------------------------------------


def check_text(
    got: Any,
    right: str | None = None,
    *,
    accepts: Iterable[str] = (),
    pattern: str | None = None,
    form: str = "",
    name: str = "answer",
    case: bool = False,
    accents: bool = False,
    spaces: bool = False,
    punctuation: bool = False,
) -> None:
    """Fail unless a short answer in words is the right one, or one of the forms that are accepted for it.

    Args:
        got: The student's answer: a text of at most 1,000 characters.
        right: The right one. Without it, only the form is checked: that there is a text, and that it fits ``pattern``.
        accepts: Other forms, such as abbreviations.
        pattern: A regular expression that the whole answer must fit. It is matched in linear time, so it has no
            lookarounds and no backreferences; `gradmark validate` refuses these.
        form: What the pattern asks for, in words that end "should be …": ``"a year, such as 2026"``.
        name: What to call the answer.
        case: Whether capitals count.
        accents: Whether accents count: without, ``Poincare`` is ``Poincaré``, and ``Goedel`` is ``Gödel``.
        spaces: Whether spaces and hyphens count.
        punctuation: Whether quotes, and marks at the end, count.

    Characters that nobody sees never count, nor whether a letter is Latin or a Cyrillic or Greek one that looks the
    same. A single slip of the pen is wrong, but the student is told that it is near.

    Raises `CheckFailed`, and `ValueError` for a pattern without ``form`` or with what only some engines can match.

    Examples:
        >>> check_text(" Cross entropy.", "cross-entropy", accepts=["log loss"])
        >>> check_text("Cross Entropy", "cross entropy", case=True)
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: answer is right but for capitals, which count here.
        >>> check_text("last year", pattern=r"(19|20)\\d\\d", form="a year, such as 2026")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: answer should be a year, such as 2026.
        It is 'last year'.
    """
    __tracebackhide__ = True
    if pattern is not None and not form:
        raise ValueError("a pattern needs form=..., which says in words what students should write")
    accepted = ([right] if right is not None else []) + list(accepts)
    note(AskedChoice(got, (), judged=bool(accepted)))
    if is_blank(got):
        fail(f"{name} is not answered yet.")
    value = text_in(got)
    if value is None and (pattern is not None or any(form.isdigit() for form in accepted)):
        value = _digits(got)
    if value is None:
        fail(f"{name} is {describe(plain(got))}, but a text was expected.")
    if len(value) > LONGEST:
        fail(f"{name} has more than {LONGEST:,} characters, but a short answer was expected.")
    if pattern is not None and not _fits(pattern, value, case):
        fail(f"{name} should be {form.rstrip('.')}.", f"It is {_quoted(value)}.")
    if accepted:
        how = {"case": case, "accents": accents, "spaces": spaces, "punctuation": punctuation}
        _compare(value, accepted, name, how)


def _quoted(text: str) -> str:
    """A text in a message, as it was written."""
    return short(clip(" ".join(_seen(text).split()), 60), 60)


def _digits(value: Any) -> str | None:
    """A whole number as a text: a year is one as well."""
    value = plain(value)
    value = value.item() if isinstance(value, np.integer) else value
    whole = isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= 64
    return str(int(value)) if whole else None


def _fits(pattern: str, text: str, case: bool) -> bool:
    raised = _RAISED.search(text) or _LOWERED.search(text)
    read = [with_signs(text), " ".join(_seen(text).split()), *([] if raised else [tidy(text)])]
    try:
        return any(
            matches(pattern, one, case=case) for one in dict.fromkeys([*read, *map(alike, read)]) if one
        )
    except Exception:
        raise ValueError(f"the pattern {pattern!r} cannot be used: {refusal(pattern)}") from None


def _compare(text: str, accepted: list[str], name: str, how: dict[str, bool]) -> None:
    __tracebackhide__ = True
    written, forms = _readings(text, **how), [_readings(one, **how) for one in accepted]
    if any(_same(written, form) for form in forms):
        return
    for what, word in _WORDS.items():
        looser = {**how, what: False}
        if how[what] and any(
            _same(_readings(text, **looser), _readings(form, **looser)) for form in accepted
        ):
            fail(f"{name} is right but for {word}, which count here.")
    detail = f"It is {_quoted(text)}, expected: {_quoted(accepted[0])}."
    if any(_slip(one, other) for form in forms for one in written[0] for other in form[0]):
        fail(f"{name} is spelt almost like the expected answer: look at each letter again.", detail)
    fail(f"{name} is not the expected answer.", detail)


_WORDS = {"case": "capitals", "accents": "accents", "spaces": "spaces", "punctuation": "marks"}


# What reads the same -----------------------------------------------------------------------------------------

Readings = tuple[set[str], set[str]]
"""What a text may be compared as, and the same for what is within brackets around all of it."""


def _same(one: Readings, other: Readings) -> bool:
    """Whether two texts read the same; brackets around one of them do not count, different ones around both do."""
    return bool(one[0] & other[0] or one[1] & other[0] or one[0] & other[1])


def _readings(text: str, *, case: bool, accents: bool, spaces: bool, punctuation: bool) -> Readings:
    """A text without what does not count, in each way to leave it out."""
    text = with_signs(text)
    found = {text} if punctuation else {text, _LISTED.sub(" ", text)}
    found = found if spaces else {_closed(one) for one in found}
    inside: set[str] = set()
    if not punctuation:
        found = {_unmarked(one) for one in found}
        inside = {_ended(one[1:-1]) for one in found if _wraps(one)}
    how = {"case": case, "accents": accents, "spaces": spaces}
    return _spelt(found, **how), _spelt(inside, **how) - {""}


def _spelt(found: set[str], *, case: bool, accents: bool, spaces: bool) -> set[str]:
    if not spaces:
        found = {_joined(form) for one in found for form in (one, _unhyphened(one))}
    found = {form for one in found for form in ({alike(one)} if case else _folded(one))}
    if not accents:
        found = {form for one in found for form in (_bare(one), _replaced(one, _WRITTEN))}
    return found


# Marks and brackets ------------------------------------------------------------------------------------------

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛′ʹʼ`", "'"))
_QUOTED = re.compile(r"(?<![\w'\")\]])(?:\"([^\"]*)\"|'((?:[^']|(?<=\w)'(?=\w))*)')(?![\w'\"])")
_EMPHASIS = re.compile(r"(?<![\w*)\]])(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1(?![\w*(])|^\* +")
_NO_SIGN = re.compile(
    r"(?<=[^\W\d_]{2})'(?=[^\W\d_])|(?<=[^\W\d_])'(?=[^\W\d_]{2})"  # l'Hôpital
    r"|(?<=[^\W\d_]{3}[sS])'(?![\w'(])"  # Bayes' rule
    r"|(?<![^\s(\[])['\"](?=[^\W\d_]{2})|(?<=[^\W\d_]{2})\""  # a quote that is not closed, or not opened
    r"|(?<=\w)( ?)\*\1(?=[^\W\d_])(?!e\d)"  # 2*x
)
"""Quotes and stars that are none of ``f'``, ``y''``, ``2*3`` and ``A*``."""
_LISTED = re.compile(r"(?<=\d), (?=\d)")
"""A comma between numbers that are not one."""
_BETWEEN = re.compile(r"[,;:](?!\d)|(?<!\d)[,;:]")
"""Marks between words; a comma or a colon in a number counts."""
_AT_THE_END = re.compile(r"(?<=[^\W\d]{2})[!?]+$")
"""What ends a sentence besides dots; the mark of ``n!`` is a factorial."""


def _unmarked(text: str) -> str:
    text = _EMPHASIS.sub(lambda found: found[2] or "", text.translate(QUOTES))
    text = _QUOTED.sub(lambda found: found[1] or found[2] or "", text)
    return _ended(_BETWEEN.sub(" ", _NO_SIGN.sub("", text).replace('"', "''")))


def _ended(text: str) -> str:
    """A text without the marks at its end."""
    text = text.strip()
    return _AT_THE_END.sub("", text.rstrip(" .")) or text


def _wraps(text: str) -> bool:
    """Whether a text is in brackets: its first character is closed by its last."""
    if (text[:1], text[-1:]) not in (("(", ")"), ("[", "]")):
        return False
    depth = 0
    for place, one in enumerate(text):
        depth += (one in "([") - (one in ")]")
        if depth == 0:
            return place == len(text) - 1
    return False


# Spaces and hyphens ------------------------------------------------------------------------------------------

_MINUS = "−"
"""A sign that is no hyphen, until texts are compared."""
_HYPHEN = re.compile(
    r"(?:(?<=[^\W\d_]{2})-+(?=\w)|(?<=\w)(?<![\^*/+]\w)-+(?=[^\W\d_]{2})(?!(?:sin|cos|tan|exp|log|ln|sqrt)\b))"
    r"(?![^\W\d_]+\()"
)
"""A hyphen next to a word: of ``k-means``, and not of ``n-1``, ``x-y`` and ``1-exp(x)``."""
_HYPHEN_OF_A_NAME = re.compile(
    r"(?<![^\W_])(?:[LF](?=-\d [^\W\d_]{2})|([A-Z])(?=-\1 [^\W\d_]{2})|K(?=-L\b)|A(?=-B\b))-",
    re.IGNORECASE,
)
"""That of an L-1 norm, a Q-Q plot, the K-L divergence and an A-B test."""


def _closed(text: str) -> str:
    """A text without spaces around the marks within it, which still tells a minus from a hyphen."""
    text = re.sub(r" ?([,;:]) ?", r"\1", text)
    text = re.sub(r"(?<=\S) - (?=\S)|(?<=\S) -(?=\S)", _MINUS, text)
    return re.sub(r"(?<=\S)- (?=\S)", "-", text)


def _unhyphened(text: str) -> str:
    return _HYPHEN_OF_A_NAME.sub(lambda found: found[0][:-1], _HYPHEN.sub("", text))


def _joined(text: str) -> str:
    """A text without spaces and underscores, but for those that numbers need."""
    text = re.sub(r"(?<!\d)_+|_+(?!\d)|_(?=\d{3}(?!\d))", "", text.replace(_MINUS, "-"))
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)|\s+(?=\d{3}(?!\d))", "", text)


# Accents -----------------------------------------------------------------------------------------------------

_WRITTEN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "æ": "ae", "ø": "oe",
            "å": "aa"}  # fmt: skip
_BARE = {"ø": "o", "Ø": "O", "đ": "d", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
_HATS = re.compile(r"((?<=(?<![\w\u0300-\u036f])\w)[\u0302-\u036f]+(?!\w))|[\u0300-\u0333\u0339-\u036f]")
"""Accents; the first group has those of a letter that stands alone, such as ŷ, which mean something."""


_ARROWS = frozenset(map(chr, range(0x20D0, 0x2100)))
"""What stands over or through a letter of mathematics."""


def _bare(text: str) -> str:
    """A text without accents; the stroke of ≠ is none."""
    text = _HATS.sub(lambda found: found[1] or "", unicodedata.normalize("NFKD", text))
    text = "".join(one for one in text if one < "\u0370" or not unicodedata.combining(one) or one in _ARROWS)
    return alike(_replaced(text, _BARE))


def _replaced(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(one, one) for one in text)


# Slips -------------------------------------------------------------------------------------------------------


def _slip(one: str, other: str) -> bool:
    """Whether two words of some length differ by one letter or by two that changed places.

    The first letter has to be the same: typical and atypical are no slips of each other, nor are L1 and L2.
    """
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not all(letter.isalpha() for letter in one + other):
        return False
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])
