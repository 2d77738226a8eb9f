"""A bound on the time that our own code takes: a known mistake or a mutant of the reference may never end."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "bounded"]

WAITING = 10
"""How many times as long the wall clock may run, for a block that waits, or a machine that others use."""


class TooLong(BaseException):
    """Raised inside a block that takes longer than it may; no ``except Exception`` stops it."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in this thread once the block has used that much processor time; it may wait longer.

    A single call into C is waited for. The verdict is the same on a busy machine as on a quiet one.
    """
    thread = threading.get_ident()
    clock = time.pthread_getcpuclockid(thread)
    until, at_last = time.clock_gettime(clock) + seconds, time.monotonic() + WAITING * seconds
    lock, done = threading.Lock(), threading.Event()

    def watch() -> None:
        left = seconds
        while left > 0 and not done.wait(left):
            with lock:
                if done.is_set():
                    return
                left = min(until - time.clock_gettime(clock), at_last - time.monotonic())
                if left <= 0:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(thread), ctypes.py_object(TooLong)
                    )

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
