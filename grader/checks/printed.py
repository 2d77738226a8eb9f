"""Does code print what was asked for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.checks.arrays import check_array
from grader.checks.messages import begun, clip, describe, fail
from grader.checks.rounding import Tolerance
from grader.errors import CheckFailed
from grader.text import many
from grader.traces import MOST_PRINTED, Printed, Token, lines_of, same_line, same_token

__all__ = ["check_printed"]

Line = list[Token]
LONGEST_WORD = 20
"""Letters of a word that a summary names."""


def check_printed(
    got: Any,
    expected: str | Sequence[str],
    *,
    name: str | None = None,
    case: bool = True,
    extra: bool = False,
) -> None:
    """Fail unless a text has the expected lines.

    Spaces, empty lines and line ends do not matter, and numbers may be written in any way that shows the digits of the
    expected ones: where ``0.52`` is expected, so is ``0.5213``, but neither ``0.5`` nor ``0.53``.

    Args:
        got: What was printed: ``student.f.printed(...)``, ``student.printed("q2")``, or a text.
        expected: The text, or its lines.
        name: Who prints it, in messages; by default, the function or the question.
        case: Whether capitals matter.
        extra: Whether there may be other lines between.

    Raises `CheckFailed`, whose summary holds neither expected numbers nor what was printed.

    Examples:
        >>> check_printed("epoch 1: loss=0.5213\\n", "epoch 1: loss = 0.52")
        >>> check_printed("Loss 0.52", "loss 0.52", name="report")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: In line 1, report prints `Loss` where `loss` was asked for.
    """
    __tracebackhide__ = True
    who = name if name is not None else getattr(got, "by", "the code")
    if not isinstance(got, str):
        fail(f"{begun(who)} gives {describe(got)}, but printed text was expected.")
    if len(got) >= MOST_PRINTED:
        fail(f"{begun(who)} prints far too much: more than {MOST_PRINTED:,} characters.")
    text = expected if isinstance(expected, str) else "\n".join(expected)
    right = lines_of(text)
    lines = lines_of(got)
    if not lines and right:
        _fail_silent(got, who)
    shown = f"Expected: {text.strip()!r}." if len(right) == 1 else f"Expected:\n{text.rstrip()}"
    if extra:
        chosen = _chosen(lines, right, case=case)
        if None in chosen:
            _fail_missing(lines, right, chosen.index(None), who, shown, case=case)
        lines = [line for line in chosen if line is not None]
    if len(lines) == len(right) and all(
        same_line(a, b, case=case) for a, b in zip(lines, right, strict=True)
    ):
        return
    if extra:
        _fail_numbers(lines, right, who, shown, "line {} of those that were asked for")
    _fail_lines(lines, right, who, shown, case=case)


def _fail_silent(got: str, who: str) -> None:
    __tracebackhide__ = True
    returned = got.returned if isinstance(got, Printed) else ""
    if returned == "str":
        fail(f"{begun(who)} prints nothing: it returns a text, but should print it.")
    if returned not in ("", "NoneType"):
        fail(f"{begun(who)} prints nothing: it returns what it should print with `print(...)`.")
    fail(f"{begun(who)} prints nothing: show the result with `print(...)`.")


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(" ".join(token.text for token in line) for line in lines)


def _words(line: Line, *, case: bool) -> tuple[str, ...]:
    """A line without its numbers."""
    texts = ("0" if token.number is not None else token.text for token in line)
    return tuple(text if case else text.casefold() for text in texts)


def _chosen(lines: Sequence[Line], right: Sequence[Line], *, case: bool) -> list[Line | None]:
    """For each expected line, the next that is the same, or has the same words; None if there is none."""
    chosen: list[Line | None] = []
    first = 0
    for one in right:
        rest = range(first, len(lines))
        fits = [i for i in rest if same_line(lines[i], one, case=case)]
        fits = fits or [i for i in rest if _words(lines[i], case=case) == _words(one, case=case)]
        chosen.append(lines[fits[0]] if fits else None)
        first = fits[0] + 1 if fits else first
    return chosen


def _fail_missing(
    lines: Sequence[Line], right: Sequence[Line], lost: int, who: str, shown: str, *, case: bool
) -> None:
    """Say which line is not among those that are printed, where others may be between."""
    __tracebackhide__ = True
    which = (
        f"line {lost + 1} of those that were asked for" if len(right) > 1 else "the line that was asked for"
    )
    if any(same_line(line, right[lost], case=case) for line in lines):  # or it is asked for twice
        fail(f"{begun(which)} is missing in what {who} prints, or in another order.", shown)
    if any(same_line(line, right[lost], case=False) for line in lines):
        fail(f"{begun(who)} prints {which} with other capitals.", shown)
    fail(f"{begun(who)} does not print {which}.", shown)


def _fail_lines(lines: Sequence[Line], right: Sequence[Line], who: str, shown: str, *, case: bool) -> None:
    """Say how lines differ from the expected ones."""
    __tracebackhide__ = True
    ours = [_words(line, case=case) for line in lines]
    theirs = [_words(line, case=case) for line in right]
    if ours == theirs:
        _fail_numbers(lines, right, who, shown)
    if len(lines) == len(right):
        if sorted(_text([line]) for line in lines) == sorted(_text([line]) for line in right):
            fail(f"{begun(who)} prints the right lines in another order.", shown)
        for number, (line, other) in enumerate(zip(lines, right, strict=True), start=1):
            _fail_words(line, other, f"In line {number}", who, shown, case=case)
    if len(right) == 1 and len(lines) > 1 and _joined(lines, case=case) == theirs[0]:
        fail(f"{begun(who)} prints one line as {len(lines)}: print it at once, or with `end=' '`.", shown)
    if len(lines) == 1 and len(right) > 1 and ours[0] == _joined(right, case=case):
        fail(
            f"{begun(who)} prints everything in one line, but {many(len(right), 'line')} were asked for.",
            shown,
        )
    count = f"{begun(who)} prints {many(len(lines), 'line')}, but {many(len(right), 'line')} "
    count += "was expected" if len(right) == 1 else "were expected"
    if len(lines) < len(right):
        lost = next((i for i, one in enumerate(theirs) if i >= len(ours) or ours[i] != one), len(ours))
        fail(f"{count}: line {lost + 1} is missing.", shown)
    more = next((i for i, one in enumerate(ours) if i >= len(theirs) or theirs[i] != one), len(theirs))
    fail(f"{count}: line {more + 1} is not asked for.", shown)


def _joined(lines: Sequence[Line], *, case: bool) -> tuple[str, ...]:
    return tuple(word for line in lines for word in _words(line, case=case))


def _fail_words(line: Line, right: Line, where: str, who: str, shown: str, *, case: bool) -> None:
    """Say which word of a line differs, if any does."""
    __tracebackhide__ = True
    if _words(line, case=case) == _words(right, case=case):
        return
    if len(line) != len(right) and {True} == {_same_start(line, right, case=case)}:
        short = "ends too early" if len(line) < len(right) else "has more after what was asked for"
        fail(f"{where}, what {who} prints {short}.", shown)
    for one, other in zip(line, right, strict=False):
        if (one.number is None) != (other.number is None):
            mine = "a number" if other.number is None else "something else"
            fail(f"{where}, {who} prints {mine} where {_kind(other)} was asked for.", shown)
        if one.number is None and not same_token(one, other, case=case):
            if one.text.casefold() == other.text.casefold() and len(one.text) <= LONGEST_WORD:
                fail(f"{where}, {who} prints `{one.text}` where `{other.text}` was asked for.", shown)
            kind = "word" if other.text.isalpha() else "mark"
            fail(f"{where}, {who} prints another {kind} than was asked for.", f"{shown}")


def _kind(token: Token) -> str:
    """A word for what a token is."""
    if token.number is not None:
        return "a number"
    return "a word" if token.text.isalpha() else "a mark"


def _same_start(line: Line, right: Line, *, case: bool) -> bool:
    most = min(len(line), len(right))
    return _words(line[:most], case=case) == _words(right[:most], case=case)


def _numbers(lines: Sequence[Line]) -> Iterator[Token]:
    return (token for line in lines for token in line if token.number is not None)


def _fail_numbers(
    lines: Sequence[Line], right: Sequence[Line], who: str, shown: str, line_of: str = "line {}"
) -> None:
    """Say how the numbers differ, given that the words are right."""
    __tracebackhide__ = True
    pairs = list(zip(_numbers(lines), _numbers(right), strict=True))
    wrong = [(one, other) for one, other in pairs if not same_token(one, other)]
    if all(same_token(other, one) for one, other in wrong):
        fail(f"{begun(who)} prints numbers with too few digits: show more of them.", shown)
    place = next(
        number
        for number, (line, other) in enumerate(zip(lines, right, strict=True), start=1)
        if not same_line(line, other, case=False)
    )
    got = np.array([other.number if same_token(one, other) else one.number for one, other in pairs])
    expected = np.array([other.number for _, other in pairs])
    if len(pairs) == 1:
        got, expected = got[0], expected[0]
    where = f"A number in {line_of.format(place)} that {who} prints is wrong"
    try:
        check_array(got, got, expected, "It", Tolerance(0.0, 0.0, None, 0.0), {})
    except CheckFailed as error:
        _, _, pattern = clip(error.summary, 200).partition("It is wrong: ")
        if any(
            word in pattern for word in ("Every entry", "every entry", "times", "off by", "sign", "order")
        ):
            fail(f"{where}: {pattern.replace('very entry', 'very number')}", shown)
        _, nearly, size = error.summary.partition("It is nearly right: ")
        if nearly:
            fail(f"{where}. {nearly}{size.replace('entry', 'number')}", shown)
    fail(f"{where}.", shown)
