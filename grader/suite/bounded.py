"""A bound on the time that our own code takes: a test, a known mistake or a mutant of the reference may never end."""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "bounded"]

WAITING = 10
"""How many times as long the wall clock may run, for a block that waits, or a machine that others use."""
AGAIN = 0.5
"""Seconds until a block that swallowed the exception gets it once more."""


class TooLong(BaseException):
    """Raised inside a block that takes longer than it may; no ``except Exception`` stops it."""


@contextmanager
def bounded(seconds: float, *, wall: float = math.inf) -> Iterator[None]:
    """Raise `TooLong` in this thread once the block has used that much processor time, or ``wall`` seconds have passed.

    The verdict is the same on a busy machine as on a quiet one where ``wall`` leaves room for waiting. A block that
    swallows the exception gets it again and again, and ends with it whatever it does. A single call into C is waited
    for.
    """
    watch = _Watch(seconds, min(wall, WAITING * seconds))
    try:
        watch.start()
        yield
    finally:
        try:
            watch.stop()
        except TooLong:  # it came at the last moment
            watch.stop()
        if watch.struck:
            raise TooLong


class _Watch(threading.Thread):
    """A thread that interrupts the one that made it."""

    def __init__(self, seconds: float, wall: float) -> None:
        super().__init__(daemon=True)
        self.struck = False
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._until, self._at_last = time.clock_gettime(self._clock) + seconds, time.monotonic() + wall
        self._lock, self._done = threading.Lock(), threading.Event()

    def run(self) -> None:
        left = self._left()
        while not self._done.wait(left):
            with self._lock:
                if self._done.is_set():
                    return
                left = self._left()
                if left <= 0:
                    self.struck, left = True, AGAIN
                    self._throw(TooLong)

    def stop(self) -> None:
        """Throw nothing any more, and take back what has not arrived yet."""
        with self._lock:
            self._done.set()
            self._throw(None)

    def _left(self) -> float:
        return min(self._until - time.clock_gettime(self._clock), self._at_last - time.monotonic())

    def _throw(self, exception: type[BaseException] | None) -> None:
        thrown = None if exception is None else ctypes.py_object(exception)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), thrown)
