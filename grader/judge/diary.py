"""What a judge is doing at this moment, where whoever watches it can read it after it is gone.

A page of memory that both share: to write into it costs the judge nothing, and nobody is woken up.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct

__all__ = ["Diary"]

SIZE = 4_096
_HEAD = struct.Struct("<dqH")
_MOST = SIZE - _HEAD.size


class Diary:
    """The page, on either side."""

    def __init__(self, descriptor: int) -> None:
        self._page = mmap.mmap(descriptor, SIZE)

    @staticmethod
    def descriptor() -> int:
        """Of a new page; whoever has it maps it with ``Diary(descriptor)``."""
        descriptor = os.memfd_create("gradmark-diary")
        os.ftruncate(descriptor, SIZE)
        return descriptor

    # The judge's side ---------------------------------------------------------------------------------------

    def begin(self, until: float, most_bytes: int) -> None:
        """A submission: by when, on the monotonic clock, it has to be judged, and how much memory that may take."""
        self._page[: _HEAD.size] = _HEAD.pack(until, most_bytes, 0)

    def step(self, name: str) -> None:
        """What comes next of it."""
        text = name.encode()[:_MOST]
        until, most_bytes, _ = _HEAD.unpack_from(self._page)
        self._page[_HEAD.size : _HEAD.size + len(text)] = text
        self._page[: _HEAD.size] = _HEAD.pack(until, most_bytes, len(text))

    def rest(self) -> None:
        """Nothing is being judged."""
        self.begin(0.0, 0)

    # The watching side --------------------------------------------------------------------------------------

    def limits(self) -> tuple[float, int]:
        """What `begin` was told; zeros where nothing is being judged."""
        until, most_bytes, _ = _HEAD.unpack_from(self._page)
        return until, most_bytes

    def last_step(self) -> str:
        """The step that was begun last; empty where none was."""
        _, _, length = _HEAD.unpack_from(self._page)
        return self._page[_HEAD.size : _HEAD.size + length].decode(errors="replace")

    def close(self) -> None:
        """Let go of the page."""
        with contextlib.suppress(BufferError):
            self._page.close()
