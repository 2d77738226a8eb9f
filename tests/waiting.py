"""Waiting for something to happen, and ending what never would: one way for all tests."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

__all__ = ["ends_within", "wait_until"]

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


@contextmanager
def ends_within(processor_seconds: float) -> Iterator[None]:
    """End the block when it has used so much of the processor: for input that might make it compute for hours.

    What other processes do does not count, so that a busy machine changes nothing. Only in the main thread.

    Raises:
        AssertionError: The block used more.
    """

    def too_much(*_: object) -> NoReturn:
        raise AssertionError(f"this used {processor_seconds:g} seconds of the processor, and had not ended")

    before = signal.signal(signal.SIGPROF, too_much)
    signal.setitimer(signal.ITIMER_PROF, processor_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
