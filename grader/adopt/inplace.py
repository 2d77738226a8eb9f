"""What a call changed in place, put into the very object that a test passed to it."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import Any

import numpy as np

__all__ = ["changed_in_place", "may_change"]

_TABLES = ("DataFrame", "Series", "Table")
_KINDS = (list, dict, set, bytearray, deque, np.ndarray)


def may_change(value: Any) -> bool:
    """Whether a call can change an argument of this kind in place."""
    return issubclass(type(value), _KINDS) or type(value).__name__ in _TABLES


def changed_in_place(given: Any, now: Any) -> None:
    """Let an argument be what a call made of it; one of another kind by now stays as it is.

    All by their real types: an object that stays in the sandbox may claim any. An array keeps its size, since parts of
    its memory may be in other arrays of the test's.
    """
    kind = type(given)
    if kind is not type(now) or not may_change(given):
        return
    if issubclass(kind, list | bytearray):
        given[:] = now
    elif issubclass(kind, dict | set):
        given.clear()
        given.update(now)
    elif issubclass(kind, deque):
        given.clear()
        given.extend(now)
    elif issubclass(kind, np.ndarray):
        if given.size != now.size:
            return
        with contextlib.suppress(ValueError, TypeError, AttributeError):  # a view, read-only, another dtype
            if given.shape != now.shape:
                given.shape = now.shape
            given[...] = now
    elif kind.__name__ == "Table":
        given._columns, given._num_rows = now._columns, now._num_rows
    else:
        given.__dict__.update(
            {name: part for name, part in now.__dict__.items() if name in ("_mgr", "_item_cache")}
        )
