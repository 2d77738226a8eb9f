"""A time limit for our own code: a test, a known mistake or a mutant of the reference may never end."""

from __future__ import annotations

import ctypes
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "bounded"]

WAITING = 10
"""The wall clock may run this many times as long, for a block that waits or a machine that others use."""
AGAIN = 0.5
"""Seconds until a block that swallowed the exception gets it again."""


class TooLong(BaseException):
    """Raised inside a block that takes longer than it may; ``except Exception`` does not catch it."""


@contextmanager
def bounded(seconds: float, *, wall: float = math.inf) -> Iterator[None]:
    """Raise `TooLong` in this thread once the block has used that much processor time, or ``wall`` seconds have passed.

    If ``wall`` leaves room for waiting, the verdict is the same on a busy machine as on a quiet one. A block that
    swallows the exception gets it again and again, and ends with it whatever it does. A call into C cannot be
    interrupted: the exception comes after it.
    """
    watch, block = _watch, _TimedBlock(seconds, min(wall, WAITING * seconds))
    try:
        watch.add(block)
        yield
    finally:
        try:
            watch.remove(block)
        except TooLong:  # it arrived at the last moment
            watch.remove(block)
        if block.struck:
            raise TooLong


class _Settled(BaseException):
    """Arrives at once, and is ignored."""


class _TimedBlock:
    """What one thread does until its time is up."""

    def __init__(self, seconds: float, wall: float) -> None:
        self.struck = False
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        now = time.monotonic()
        self._until, self._at_last = time.clock_gettime(self._clock) + seconds, now + wall
        self.look_at = now + min(seconds, wall)
        """When its time may be up, by the monotonic clock."""

    def look(self, now: float) -> None:
        left = min(self._until - time.clock_gettime(self._clock), self._at_last - now)
        if left <= 0:
            self.struck, left = True, AGAIN
            self._throw(TooLong)
        self.look_at = now + left

    def spare(self) -> None:
        """Take back what was thrown and has not arrived yet; to be called in the block's own thread.

        Taking it back leaves a flag in the interpreter, which it checks between any two steps until something arrives.
        Under a debugger or a tracer, Python 3.11 would then loop for ever. So something else is thrown, and arrives.
        """
        if not self.struck:
            return
        self._throw(None)
        try:
            self._throw(_Settled)
            for _ in range(1_000):
                pass
        except _Settled:
            pass

    def _throw(self, exception: type[BaseException] | None) -> None:
        thrown = None if exception is None else ctypes.py_object(exception)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), thrown)


class _Watcher:
    """One thread that watches all blocks: starting one for each would take longer than most tests."""

    def __init__(self) -> None:
        # Always acquired directly, never through the condition: an exception thrown there could leave it locked.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._blocks: set[_TimedBlock] = set()
        self._wakes_at = math.inf
        self._runs = False

    def add(self, block: _TimedBlock) -> None:
        with self._lock:
            if not self._runs:
                threading.Thread(target=self._run, name="time limits", daemon=True).start()
                self._runs = True
            self._blocks.add(block)
            if block.look_at < self._wakes_at:
                self._changed.notify()

    def remove(self, block: _TimedBlock) -> None:
        with self._lock:
            self._blocks.discard(block)
            block.spare()

    def _run(self) -> None:
        with self._lock:
            while True:
                now = time.monotonic()
                for block in self._blocks:
                    if block.look_at <= now:
                        block.look(now)
                self._wakes_at = min((block.look_at for block in self._blocks), default=math.inf)
                self._changed.wait(None if self._wakes_at == math.inf else self._wakes_at - now)


_watch = _Watcher()


def _watch_anew() -> None:
    global _watch  # a forked process has none of our threads
    _watch = _Watcher()


os.register_at_fork(after_in_child=_watch_anew)
