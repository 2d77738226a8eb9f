"""What a submission prints: the beginning is kept, a flood is counted."""

from __future__ import annotations

import io

__all__ = ["BoundedOutput", "whole"]


def whole(text: str) -> str:
    """Text that UTF-8 can hold: half a character, which Python allows, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


class BoundedOutput(io.TextIOBase):
    """A text stream that keeps its first ``limit`` characters."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, limit: int) -> None:
        self._room = limit
        self._parts: list[str] = []
        self.dropped = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = text[: self._room]
        if kept:
            self._parts.append(whole(kept))
            self._room -= len(kept)
        self.dropped += len(text) - len(kept)
        return len(text)

    def take(self) -> str:
        """What was kept; from now on everything is dropped."""
        kept, self._parts, self._room = "".join(self._parts), [], 0
        return kept
