"""Waiting for something to happen: one loop for all tests, which ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["wait_until"]

Value = TypeVar("Value")


def wait_until(
    condition: Callable[[], Value], seconds: float = 60.0, *, every: float = 0.01, what: str = "it happened"
) -> Value:
    """Call ``condition`` until what it returns is true, and return that.

    Raises:
        AssertionError: It is not true after so many seconds.
    """
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"{seconds:g} seconds passed before {what}"
        time.sleep(every)
    return value
