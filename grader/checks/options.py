"""The options of a multiple choice, and the ways in which students write one or several of them."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from grader.checks.messages import describe, fail, listed, short
from grader.checks.words import LONGEST, QUOTES, alike, is_blank, text_in, with_signs
from grader.kinds import Held, plain

__all__ = ["Options", "key_of"]

MOST = 100
"""Choices of a student that are looked at."""


class Options:
    """The options of a question, by what they are compared as."""

    def __init__(self, options: Mapping[Any, str] | Collection[Any], needed: Collection[Any]) -> None:
        given = options if isinstance(options, Mapping) else dict.fromkeys(options, "")
        self.shown = {key_of(option): option for option in given}
        """Each as its author wrote it."""
        self._reasons = {key_of(option): reason for option, reason in given.items()}
        self._numbers = {
            key_of(option): option
            for option in given
            if isinstance(option, int | float) and not isinstance(option, bool)
        }
        self._numeric = any(isinstance(option, int | float) for option in given)
        self._short = all(len(key) == 1 for key in self.shown)
        self._read = _unambiguous({key: _folded(option) for key, option in self.shown.items()})
        if not given:
            raise ValueError("a choice needs its options, as in check_choice(got, 'b', 'abcd')")
        if len(self.shown) != len(given) or any(key not in self._read for key in self.shown):
            raise ValueError("two options of a choice differ only in capitals or spaces")
        for one in needed:
            if key_of(one) not in self.shown:
                raise ValueError(f"the right choice {one!r} is none of the options {listed(given)}")

    def because(self, option: str) -> str:
        """What to tell whoever chose an option wrongly, after a space."""
        return f" {self._reasons[option]}" if self._reasons[option] else ""

    def chosen_in(self, got: Any, name: str) -> list[str]:
        """The keys of what was chosen, each once; fails if anything else is there."""
        __tracebackhide__ = True
        if is_blank(got):
            fail(f"{name} is not answered yet.")
        value = _bare(got)
        choose = f"choose among {listed(self.shown.values())}"
        items = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        keys: dict[str, None] = {}
        count = 0
        for item in map(_bare, items[: MOST + 1]):
            if isinstance(item, str) and len(item) > LONGEST:
                fail(f"{name} is none of the options, but a long text: {choose}.")
            numeric = isinstance(item, int) or (isinstance(item, float) and self._numeric)
            if not (isinstance(item, str) or numeric):
                inside = f" that holds {describe(plain(item))}" if item is not value else ""
                fail(
                    f"{name} is {describe(plain(got))}{inside}, but one of the options was expected: {choose}."
                )
            for part in self._parts(item) if isinstance(item, str) else [item]:
                count += 1
                if count > MOST:
                    fail(f"{name} holds more than {MOST} choices.")
                found = self._find(part)
                if found is None:
                    fail(f"{name} is none of the options: {choose}.", f"It is {short(part)}.")
                keys[found] = None
        return list(keys)

    # One option

    def _find(self, item: Any) -> str | None:
        """The key of an option as a student may write it: ``B``, ``b)``, ``(b)``, ``Option B``."""
        if not isinstance(item, str):
            key = key_of(item)
            return key if key in self.shown else self._near(item)
        read = _folded(item)
        for one in read:
            if one in self._read:
                return self._read[one]
        bare = [_stripped(_NAMED.sub("", one)) for one in read]
        if self._numbers and (number := _NUMBER.fullmatch(bare[0])):
            return self._number(number[0])
        for forms in (bare, [_stripped(one) for one in read]):
            for one in forms:
                if one in self._read:
                    return self._read[one]
        return self._begun(read) if self._short else self._loosely(read)

    def _begun(self, read: list[str]) -> str | None:
        """The letter of an option with its text after it, if no second one is there."""
        for one in read:
            begun = _BEGUN.match(one)
            if begun is None or begun[1] not in self.shown:
                continue
            rest = one[begun.end() :]
            words = re.findall(r"\d+/\d+|\w+", rest)
            ends = _AT_LAST.search(rest)
            if not (
                any(mark[1] in self.shown for mark in _MARKED.finditer(rest))
                or (words and all(word in self.shown or word in _JOINING for word in words))
                or _JOINING & {*words[:1], *words[-1:]}
                or (ends and ends[1] in self.shown)
            ):
                return begun[1]
        return None

    def _loosely(self, read: list[str]) -> str | None:
        """The only option that a text is but for a full stop, quotes, spaces and accents."""
        for level, loosened in ((self._unended, _stripped), (self._close, _tight)):
            for one in read:
                if (form := loosened(one)) in level:
                    return level[form]
        return None

    @cached_property
    def _unended(self) -> dict[str, str]:
        return _unambiguous({key: [_ended(one) for one in _folded(opt)] for key, opt in self.shown.items()})

    @cached_property
    def _close(self) -> dict[str, str]:
        return _unambiguous({key: [_tight(one) for one in _folded(opt)] for key, opt in self.shown.items()})

    def _near(self, value: float) -> str | None:
        """The only number among the options that a number is, but for rounding."""
        if isinstance(value, bool) or (isinstance(value, int) and value.bit_length() > 64):
            return None
        near = [
            key
            for key, option in self._numbers.items()
            if abs(option) < 2**64 and math.isclose(value, option, rel_tol=1e-9)
        ]
        return near[0] if len(near) == 1 else None

    def _number(self, text: str) -> str | None:
        """The option that a number in a text is; one with a comma may have decimals, or thousands, or be two."""
        if "," not in text:
            return self._near(float(text))
        if all(self._find(part) is not None for part in text.split(",")):
            return None
        decimals = [text.replace(",", ".")] if text.count(",") == 1 else []
        thousands = [text.replace(",", "")] if _THOUSANDS.fullmatch(text) else []
        found = {self._near(float(one)) for one in decimals + thousands}
        found.discard(None)
        return found.pop() if len(found) == 1 else None

    # Several options

    def _parts(self, text: str) -> list[str]:
        """What a text names: one option, or several with commas or spaces between; ``ac`` where all are letters."""
        if self._find(text) is not None:
            return [text]
        text = _SEVERAL.sub("", text)
        listed = _split(r"[,;|\n]", text)
        loosely = r"[\s,;|]*(?:[/&+]|\band\b)[\s,;|]*|[\s,;|]+"
        for parts in (listed, _split(r"[;|\n]|,(?!\d)", text), _split(loosely, text), self._known_in(text)):
            if 1 < len(parts) <= MOST and all(self._find(part) is not None for part in parts):
                return [text] if self._short and any(map(_is_judged, parts)) else parts
        if marked := self._marked_in(text):
            return marked
        letters = key_of(text)
        if self._short and 1 < len(letters) <= MOST and all(one in self.shown for one in letters):
            return list(letters)
        lost = [part.strip() for part in listed[:MOST] if self._find(part) is None]
        return lost[:1] if len(lost) < len(listed[:MOST]) and lost else [text]

    def _known_in(self, text: str) -> list[str]:
        """The options that a text is made of, the longest first; empty if anything else is there."""
        text = _folded(text)[0]
        found: list[str] = []
        while text:
            known = self._begins.match(text)
            if known is None or len(found) > MOST:
                return []
            found.append(known[1])
            text = text[known.end() :]
            between = _BETWEEN.match(text)
            if text and (between is None or (between[1] and between.end() == len(text))):
                return []
            text = text[between.end() :] if between else text
        return found

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        known = "|".join(re.escape(one) for one in sorted(self._read, key=len, reverse=True))
        return re.compile(rf"[(\[\s]*({known})(?=$|[\s,;|/&+)\]]|\.(?!\w))[)\].]*")

    def _marked_in(self, text: str) -> list[str]:
        """The letters of ``a) x, y, b) z``; empty if anything is said before the first, or whether they are right."""
        text = _folded(text)[0]
        marks = [mark for mark in _MARKED.finditer(text) if mark[1] in self.shown] if self._short else []
        if len(marks) < 2 or len(marks) > MOST or _stripped(text[: marks[0].start()]):
            return []
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        for mark, end in zip(marks, ends, strict=True):
            words = re.findall(r"\w+", text[mark.end() : end])
            if words[-1:] == ["and"] and end < len(text):
                words.pop()
            if _JOINING & {*words[:1], *words[-1:]} or _is_judged(text[mark.start() : end]):
                return []
        return [mark[1] for mark in marks]


# How options are written ---------------------------------------------------------------------------------------

_NAMED = re.compile(r"^(?:options?|answers?|choices?)\b")
_SEVERAL = re.compile(r"^\s*(?:options|answers|choices)\b:?\s*", re.IGNORECASE)
_BEGUN = re.compile(r"[(\[]?(\w)[)\].:]\s")
"""A letter with the option's text after it."""
_MARKED = re.compile(r"(?<![\w(\[.])[(\[]?([^\W_])(?:[)\]]|[.:](?!\w))")
"""A letter with a mark, anywhere."""
_JOINING = frozenset({"and", "or", "und", "oder", "et", "ou"})
_AT_LAST = re.compile(r"(?:[,;|&+]|(?<!\d)/|\b(?:and|or|und|oder|et|ou)\b)\s*(\w)[^\w]*$")
_JUDGED = frozenset(
    {"is", "are", "yes", "no", "not", "true", "false", "right", "wrong", "correct", "incorrect"}
)
_NUMBER = re.compile(
    r"[+-]?(?:(?:0|[1-9]\d*)(?:[.,]\d*)?|[1-9]\d{0,2}(?:,\d{3})+|[.,]\d+)(?:e[+-]?\d+)?", re.ASCII
)
_BETWEEN = re.compile(r"[\s,;|]*([/&+]|and\b)[\s,;|]*|[\s,;|]+")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_BEFORE = re.compile(r"(?:[\s()\[\]{};:]|[.,](?!\d))+")
"""What students write before an option; the point of .5 is a part of it."""
_PAIRS = ('""', "''", "``", "**", "<>", "“”", "„“", "‘’", "«»", "»«")


def _stripped(text: str) -> str:
    """A text without what students write around an option."""
    for _ in range(4):
        before = text
        text = text[found.end() :] if (found := _BEFORE.match(text)) else text
        text = text.rstrip(" ()[]{}.:,;")
        if text[:1] + text[-1:] in _PAIRS and len(text) > 2:
            text = text[1:-1]
        if text == before:
            break
    return text


def _ended(text: str) -> str:
    """An option without what its author wrote at its end."""
    return text.rstrip(" .,;:")


def _tight(text: str) -> str:
    """A text without quotes, spaces and, in a word, accents."""
    text = re.sub(r"(?<!\d)\s|\s(?!\d)", "", text.translate(QUOTES))
    text = re.sub(r"(?<=\w)'(?=\w)|\"(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})\"", "", _ended(text))
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return alike(bare) if len(bare) > 2 else text


def _unambiguous(forms: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Which option each form means, without those that mean two."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for key, written in forms.items():
        for one in written:
            if found.setdefault(one, key) != key:
                twice.add(one)
    return {one: key for one, key in found.items() if one and one not in twice}


def _split(between: str, text: str) -> list[str]:
    return re.split(between, text.strip(" ;|\n").removesuffix(","), flags=re.IGNORECASE)


def _is_judged(text: str) -> bool:
    """Whether a text says of an option that it is right or wrong, as in ``b) no``."""
    words = re.findall(r"\w+", text.casefold())[1:]
    return bool(words) and _JUDGED.issuperset(words)


def _bare(value: Any) -> Any:
    """A value as Python's own texts, numbers and containers."""
    text = text_in(value)
    if text is not None:
        return text
    value = plain(value)
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind != "V":
        if not 0 < value.size <= MOST:  # an empty array may have a shape of which no list can be made
            return [] if value.shape == (0,) else value
        if value.dtype.kind == "f" and value.itemsize < 8:
            value = value.astype(str).astype(float)
        return value.tolist()
    if isinstance(value, Held) and value._kind in ("set", "frozenset"):
        return list(itertools.islice(iter(value), MOST + 1))  # type: ignore[call-overload]  # it stays where it is
    return value


def key_of(option: Any) -> str:
    """What an option is known by."""
    return _folded(option)[0]


def _folded(option: Any) -> list[str]:
    """What an option is compared as."""
    if isinstance(option, bool) or not isinstance(option, int | float):
        text = with_signs(str(option)[:LONGEST])
        return list(dict.fromkeys((alike(text).casefold(), alike(text.casefold()))))
    if isinstance(option, int):
        return [str(int(option)) if option.bit_length() <= 4_096 else "a large number"]
    whole = option.is_integer() and abs(option) < 2**53
    return [str(int(option)) if whole else repr(float(option))]
