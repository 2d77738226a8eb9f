"""Memory that nobody filled holds whatever was there before. Here it can be made the same each time.

A known mistake may return what `numpy.empty` gives. Then planting it and making its calls again must agree, or nobody
could say whether it is named.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

__all__ = ["repeatable_memory"]

_PATCHED = ("empty", "empty_like")
_lock = threading.Lock()
_inside = 0
_before: dict[str, Any] = {}


@contextmanager
def repeatable_memory() -> Iterator[None]:
    """In it, arrays of `numpy.empty` and `numpy.empty_like` hold the same numbers each time, in every thread.

    It may be entered again, and by several threads at once; numpy is itself again when the last one has left.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _inside
    with _lock:
        _inside += 1
        if _inside == 1:
            for name in _PATCHED:
                _before[name] = getattr(np, name)
                setattr(np, name, _filling(_before[name]))


def _leave() -> None:
    global _inside
    with _lock:
        _inside -= 1
        if not _inside:
            for name in _PATCHED:
                setattr(np, name, _before[name])


def _filling(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def made(*arguments: Any, **keywords: Any) -> Any:
        array = make(*arguments, **keywords)
        if isinstance(array, np.ndarray):
            _fill(array)
        return array

    return made


def _fill(array: np.ndarray[Any, Any]) -> None:
    """Numbers that no answer has by chance; other kinds of entries become zero bytes."""
    if array.dtype.hasobject:
        return  # numpy has filled these with None
    if array.dtype.kind in "biufc":
        numbers = np.arange(array.size) % 97
        array[...] = (numbers % 3 == 0 if array.dtype.kind == "b" else 29 + numbers).reshape(array.shape)
        if array.dtype.kind in "fc":
            array += np.asarray(0.137, array.dtype)
    else:
        array[...] = np.zeros(array.shape, array.dtype)
