"""Data of a submission beside data of the course's own: whether they have one form, and whether they differ."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.judge.calls import same_value
from grader.judge.quantities import measured
from grader.kinds import plain
from grader.sandbox.crossing.generators import state_of
from grader.student import is_generator

__all__ = ["NOTICEABLE", "NotData", "alike", "as_ours", "differs", "finite_where", "key_of", "nbytes"]

# What counts as reproduced agrees to 1e-10. A difference between that and this one is neither: some of it is rounding,
# which training adds up, and no test of ours asks for so many digits.
NOTICEABLE = 1e-8
MOST_TEXT = 100
"""Characters by which one text may be longer than another of the same form."""
MOST_INTEGER = 1_000
"""How large integers may be at least: they are used as sizes and indices."""
_SCALARS = bool | int | float | complex | np.generic


class NotData(TypeError):
    """A value that is no number, text, array, or list, tuple or dictionary of these."""


def differs(one: Any, other: Any) -> bool:
    """Whether two values differ by more than rounding could."""
    return not same_value(one, other, rtol=NOTICEABLE)


# Form --------------------------------------------------------------------------------------------------------


def alike(value: Any, model: Any, *, bounded: bool = True, widths: bool = True) -> bool:
    """Whether a value has the form of another: kinds, dtypes, shapes, sizes and keys, throughout.

    A list counts as a tuple, and numpy's numbers as Python's. If ``bounded``, integers and texts may not be much larger
    than the other's. Without ``widths``, numbers may have another width, as float32 has.
    """
    value, model = plain(value), plain(model)
    if model is None or value is None:
        return model is None and value is None
    if isinstance(model, str):
        return isinstance(value, str) and (not bounded or len(value) <= len(model) + MOST_TEXT)
    if isinstance(model, _SCALARS) or isinstance(value, _SCALARS):
        if not (isinstance(model, _SCALARS) and isinstance(value, _SCALARS)):
            return False
        return _same_dtype(value, model, widths=widths) and (not bounded or _in_bounds(value, model))
    if isinstance(model, np.ndarray):
        return (
            isinstance(value, np.ndarray)
            and value.shape == model.shape
            and _same_dtype(value, model, widths=widths)
            and (not bounded or _in_bounds(value, model))
        )
    if isinstance(model, list | tuple):
        return (
            isinstance(value, list | tuple)
            and len(value) == len(model)
            and all(
                alike(one, other, bounded=bounded, widths=widths)
                for one, other in zip(value, model, strict=True)
            )
        )
    if isinstance(model, dict):
        return (
            isinstance(value, dict)
            and value.keys() == model.keys()
            and all(alike(value[key], model[key], bounded=bounded, widths=widths) for key in model)
        )
    return False


def _same_dtype(value: Any, model: Any, *, widths: bool) -> bool:
    try:
        one, other = np.asarray(value).dtype, np.asarray(model).dtype
    except OverflowError:
        return False
    same_width = one.itemsize == other.itemsize or not widths
    return one.kind == other.kind and same_width and one.kind in "biufc"


def _in_bounds(value: Any, model: Any) -> bool:
    """Whether integers, which may be used as sizes, are not much larger than the model's."""
    ours, theirs = np.asarray(model), np.asarray(value)
    if ours.dtype.kind not in "iu" or not theirs.size:
        return True
    largest = max(abs(int(ours.max())), abs(int(ours.min())))
    return max(abs(int(theirs.max())), abs(int(theirs.min()))) <= 4 * largest + MOST_INTEGER


def as_ours(value: Any, model: Any, *, widths: bool = True) -> Any:
    """A copy of a value that is `alike`, with the very types of the model; without ``widths``, numbers keep theirs."""
    value, model = plain(value), plain(model)
    if isinstance(model, np.ndarray):
        return np.array(value, dtype=model.dtype if widths else None)
    if isinstance(model, _SCALARS) and not widths:
        return value
    if isinstance(model, np.generic):
        return np.asarray(value, dtype=model.dtype)[()]
    if isinstance(model, bool | int | float | complex):
        return type(model)(value)
    if isinstance(model, list | tuple):
        kept = [as_ours(one, other, widths=widths) for one, other in zip(value, model, strict=True)]
        return kept if isinstance(model, list) else tuple(kept)
    if isinstance(model, dict):
        return {key: as_ours(value[key], model[key], widths=widths) for key in model}
    return value


def finite_where(value: Any, model: Any) -> bool:
    """Whether each number is finite where the other value's is; False if they do not match."""
    value, model = plain(value), plain(model)
    if (ours := measured(model)) and (theirs := measured(value)):
        return math.isfinite(theirs.number) or not math.isfinite(ours.number)
    if isinstance(model, dict) and isinstance(value, Mapping):
        return value.keys() == model.keys() and all(finite_where(value[key], model[key]) for key in model)
    if isinstance(model, list | tuple) and isinstance(value, list | tuple):
        return len(value) == len(model) and all(map(finite_where, value, model))
    if isinstance(model, np.ndarray | _SCALARS) and isinstance(value, np.ndarray | _SCALARS):
        right, seen = np.asarray(model), np.asarray(value)
        if right.dtype.kind not in "biufc" or seen.dtype.kind not in "biufc":
            return False
        return right.shape == seen.shape and bool((np.isfinite(seen) | ~np.isfinite(right)).all())
    return type(value) is type(model)


# Identity ----------------------------------------------------------------------------------------------------


def key_of(*values: Any) -> bytes:
    """A digest that equal data share, bit by bit; a random generator counts with its state.

    Raises:
        NotData: There is something else among the values.
    """
    digest = hashlib.sha256()
    _add(digest, values, 0)
    return digest.digest()


def _add(digest: Any, value: Any, depth: int) -> None:
    kind = type(value)
    if depth > 32:
        raise NotData
    if kind is np.ndarray or isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "biufc":
            raise NotData(kind.__name__)
        digest.update(f"{kind.__name__}:{value.dtype.str}{value.shape};".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif value is None or kind in (bool, int, float, complex, str, bytes):
        digest.update(f"{kind.__name__}:{value!r};".encode(errors="surrogatepass"))
    elif kind in (list, tuple):
        digest.update(f"{kind.__name__}{len(value)}:".encode())
        for part in value:
            _add(digest, part, depth + 1)
    elif kind is dict:
        digest.update(f"dict{len(value)}:".encode())
        for key, part in value.items():
            _add(digest, key, depth + 1)
            _add(digest, part, depth + 1)
    elif is_generator(value):
        try:
            _add(digest, state_of(value), depth + 1)
        except TypeError:
            raise NotData(kind.__name__) from None
    else:
        raise NotData(kind.__name__)


def nbytes(value: Any) -> int:
    """About how many bytes a value takes in a message."""
    if isinstance(value, np.ndarray):
        return value.nbytes + 50
    if isinstance(value, str | bytes):
        return len(value) + 10
    if isinstance(value, Mapping):
        return 10 + sum(nbytes(key) + nbytes(part) for key, part in value.items())
    if isinstance(value, list | tuple):
        return 10 + sum(map(nbytes, value))
    return 10
