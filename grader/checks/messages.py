"""The wording of a failed check: short whatever the values, and safe for a hidden test.

A summary may be read by a student whose test is hidden. So it never holds a number computed from expected
values or from inputs, beyond an order of magnitude and a factor out of a short list of known mistakes.
Nor does it hold the student's own values, since a function that returns its input would print that input.
Shapes, dtypes, names, indices and counts are safe. Everything else belongs in the detail.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import numpy as np

from grader.errors import CheckFailed
from grader.kinds import Held, known_type, type_name
from grader.libraries import IN_WORDS

__all__ = [
    "begun", "clip", "describe", "fail", "fail_keys", "failed", "listed", "name_of", "one_number", "order", "shaped",
    "short", "spot",
]  # fmt: skip

# A summary and a detail together stay near 600 characters.
SUMMARY_LIMIT = 320
DETAIL_LIMIT = 280


def clip(text: str, limit: int) -> str:
    """The text in at most ``limit`` characters, without control characters except line ends."""
    text = text[: 4 * limit]
    text = "".join(c if c == "\n" or c.isprintable() else "�" for c in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def begun(words: str) -> str:
    """Words at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def failed(summary: str, detail: str = "") -> CheckFailed:
    """A `CheckFailed` to raise, both texts bounded in length."""
    return CheckFailed(clip(summary, SUMMARY_LIMIT), clip(detail, DETAIL_LIMIT))


def fail(summary: str, detail: str = "") -> NoReturn:
    """Raise `failed`."""
    __tracebackhide__ = True
    raise failed(summary, detail)


# Failures that several checks share --------------------------------------------------------------------------


def one_number(array: np.ndarray, name: str) -> None:
    """Fail unless an array is a single number."""
    __tracebackhide__ = True
    if array.shape:
        fail(f"{name} {shaped(array)}, but a single number was expected.")


def fail_keys(name: str, missing: Sequence[Any], extra: Sequence[Any]) -> None:
    """Fail if a dictionary lacks keys or has some that nobody expected."""
    __tracebackhide__ = True
    lacks = f"lacks {listed(missing)}" if missing else ""
    entries = "entry" if len(extra) == 1 else "entries"
    has = f"has {len(extra)} unexpected {entries}" if extra else ""
    if missing or extra:
        # The keys a student made up could be data of the test: they go where only public tests show them.
        unexpected = f"Not expected: {listed(extra)}." if extra else ""
        fail(f"{name} {' and '.join(filter(None, (lacks, has)))}.", unexpected)


# Words for values --------------------------------------------------------------------------------------------


def shaped(array: np.ndarray) -> str:
    """``has shape (3,)``, or that it is a single number."""
    return f"has shape {clip(str(array.shape), 60)}" if array.shape else "is a single number"


def short(value: object, limit: int = 40) -> str:
    """A value as a student would write it, in a few characters; never raises, never does much work."""
    if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 and value.dtype.kind in "biufc":
        value = value.item()
    if isinstance(value, bool | None):
        return repr(value)
    if isinstance(value, int):
        # Decimal digits of a huge int are slow, and Python refuses more than 4,300 of them.
        if value.bit_length() > 100:
            sign = "-" if value < 0 else ""
            return f"{sign}2**{value.bit_length() - 1} or more"
        return int.__repr__(value)
    if isinstance(value, float | complex):
        return f"{value:.10g}"
    if isinstance(value, str | bytes):
        return clip(repr(value[:limit]), limit)
    return describe(value)


def listed(keys: Iterable[Any], most: int = 6) -> str:
    """The first few keys, as a student would write them."""
    keys = list(keys)
    return clip(", ".join(short(key, 24) for key in keys[:most]) + (", …" if len(keys) > most else ""), 160)


def name_of(function: Any) -> str:
    """The name of a student's function, or of a plain one."""
    if isinstance(function, Held):
        return clip(function._origin, 60)
    return clip(str(getattr(function, "name", None) or getattr(function, "__name__", "the function")), 60)


def describe(value: Any) -> str:
    """What kind of thing a value is, without its contents: ``"an array of shape (3, 4)"``."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"a number ({value.dtype})"
        return f"an array of shape {value.shape} ({clip(str(value.dtype), 20)})"
    if isinstance(value, bool | np.bool_):
        return "a truth value (bool)"
    if isinstance(value, int | np.integer):
        return "an integer"
    if isinstance(value, complex | np.complexfloating) and not isinstance(value, float):
        return "a complex number"
    if isinstance(value, float | np.floating):
        return "a number (float)"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, bytes):
        return "bytes"
    if type(value) in _COUNTED:
        return f"a {_COUNTED[type(value)]} of {len(value)}"
    kind = value._kind if isinstance(value, Held) else known_type(type_name(value))
    if kind == "object":
        return "an object of a custom class"
    name = IN_WORDS.get(kind) or kind.rpartition(".")[2]
    if (library := kind.partition(".")[0]) in ("polars", "pyarrow"):
        name = f"{name} of {library}"
    return clip(f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}", 40)


_COUNTED: dict[type, str] = {list: "list", tuple: "tuple", dict: "dictionary"}


def spot(name: str, index: tuple[int, ...]) -> str:
    """``dW[2, 3]``, or the name alone for a single number."""
    return f"{name}[{', '.join(str(int(i)) for i in index)}]" if index else name


def order(size: Any) -> str:
    """A magnitude rounded to a power of ten, so that no expected value can be read off it."""
    size = float(size)
    if math.isnan(size):
        return "nan"
    if math.isinf(size):
        return "inf"
    if size == 0:
        return "0"
    return f"1e{math.floor(math.log10(size) + 0.5):d}"
