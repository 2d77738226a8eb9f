"""What a call changed in place, put into the very object that a test passed to it."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import Any

import numpy as np

__all__ = ["changed_in_place", "may_change"]

_TABLES = ("DataFrame", "Series", "Table")


def may_change(value: Any) -> bool:
    """Whether a call can change an argument of this kind in place."""
    kinds = (list, dict, set, bytearray, deque, np.ndarray)
    return isinstance(value, kinds) or type(value).__name__ in _TABLES


def changed_in_place(given: Any, now: Any) -> None:
    """Let an argument be what a call made of it; one of another kind by now stays as it is."""
    if isinstance(given, list | bytearray) and isinstance(now, list | bytearray | bytes):
        given[:] = now
    elif isinstance(given, dict | set) and type(now) is type(given):
        given.clear()
        given.update(now)
    elif isinstance(given, deque) and isinstance(now, deque):
        given.clear()
        given.extend(now)
    elif isinstance(given, np.ndarray) and isinstance(now, np.ndarray):
        with contextlib.suppress(ValueError, TypeError):  # a view that is read-only, another dtype
            if given.shape != now.shape:
                given.resize(now.shape, refcheck=False)
            given[...] = now
    elif type(given).__name__ == "Table" and type(now) is type(given):
        given._columns, given._num_rows = now._columns, now._num_rows
    elif type(given).__name__ in ("DataFrame", "Series") and type(now) is type(given):
        given.__dict__.update(
            {name: part for name, part in now.__dict__.items() if name in ("_mgr", "_item_cache")}
        )
