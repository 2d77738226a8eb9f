"""Time limits for what runs in this very process."""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

__all__ = ["Watchdog"]

GRACE_SECONDS = 1.0
"""Between asking what is running to stop and ending the process."""


class Watchdog:
    """A thread that interrupts what takes too long, as Ctrl-C would, and ends the process where that does not help.

    Args:
        stuck: Called before the process is ended.
    """

    def __init__(self, stuck: Callable[[], None]) -> None:
        self._stuck = stuck
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._running = self._asked = False
        signal.signal(signal.SIGINT, self._interrupt)
        threading.Thread(target=self._watch, daemon=True).start()

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Raise KeyboardInterrupt in the block if it takes longer."""
        with self._changed:
            self._deadline, self._asked = time.monotonic() + max(seconds, 0.001), False
            self._changed.notify()
        self._running = True
        try:
            yield
        finally:
            self._running = False
            with self._changed:
                self._deadline = None

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._running:
            raise KeyboardInterrupt

    def _watch(self) -> None:
        with self._changed:
            while True:
                left = None if self._deadline is None else self._deadline - time.monotonic()
                if left is None or left > 0:
                    self._changed.wait(left)
                elif self._asked:
                    self._stuck()
                    os._exit(1)
                else:
                    self._asked, self._deadline = True, time.monotonic() + GRACE_SECONDS
                    _interrupt_main()


def _interrupt_main() -> None:
    if hasattr(signal, "pthread_kill"):  # wakes the thread even if it sleeps
        main = threading.main_thread().ident
        if main is not None:
            signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()
