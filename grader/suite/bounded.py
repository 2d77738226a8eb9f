"""A bound on the time that our own code takes: a known mistake or a mutant of the reference may never end."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "bounded"]


class TooLong(BaseException):
    """Raised inside a block that takes longer than it may; no ``except Exception`` stops it."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in this thread if the block takes longer; a single call into C is waited for."""
    thread, lock, over = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()
