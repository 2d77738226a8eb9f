"""What the browser shows: written by the thread that works, read by the threads that serve."""

from __future__ import annotations

import threading
from typing import Any

__all__ = ["State"]


class State:
    """Named values with a count of changes, to wait on."""

    def __init__(self, **values: Any) -> None:
        self._values = values
        self._version = 0
        self._changed = threading.Condition()

    def set(self, **values: Any) -> None:
        """Change some values, and wake whoever waits."""
        with self._changed:
            self._values |= values
            self._version += 1
            self._changed.notify_all()

    def get(self) -> dict[str, Any]:
        """All values, and the count as ``version``."""
        with self._changed:
            return {**self._values, "version": self._version}

    def wait(self, version: int, seconds: float) -> dict[str, Any]:
        """All values once the count is beyond ``version``, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, seconds)
            return {**self._values, "version": self._version}
