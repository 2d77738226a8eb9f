"""What a judge is doing at the moment, kept where whoever watches it can read it even after it is gone.

This is a page of shared memory: writing to it costs the judge nothing, and wakes nobody up.
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
        """The descriptor of a new page, for ``Diary(descriptor)`` in either process."""
        descriptor = os.memfd_create("gradmark-diary")
        os.ftruncate(descriptor, SIZE)
        return descriptor

    # The judge's side ---------------------------------------------------------------------------------------

    def begin(self, until: float, most_bytes: int) -> None:
        """Begin a submission: the time, by the monotonic clock, when it must be done, and the memory it may take."""
        self._page[: _HEAD.size] = _HEAD.pack(until, most_bytes, 0)

    def step(self, name: str) -> None:
        """Note the next step."""
        text = name.encode()[:_MOST]
        until, most_bytes, _ = _HEAD.unpack_from(self._page)
        self._page[_HEAD.size : _HEAD.size + len(text)] = text
        self._page[: _HEAD.size] = _HEAD.pack(until, most_bytes, len(text))

    def rest(self) -> None:
        """Note that nothing is being judged."""
        self.begin(0.0, 0)

    # The watching side --------------------------------------------------------------------------------------

    def limits(self) -> tuple[float, int]:
        """What `begin` was told; zeros if nothing is being judged."""
        until, most_bytes, _ = _HEAD.unpack_from(self._page)
        return until, most_bytes

    def last_step(self) -> str:
        """The step that was begun last; empty if there was none."""
        _, _, length = _HEAD.unpack_from(self._page)
        return self._page[_HEAD.size : _HEAD.size + length].decode(errors="replace")

    def close(self) -> None:
        """Unmap the page."""
        with contextlib.suppress(BufferError):
            self._page.close()
