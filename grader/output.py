"""What a submission prints: the beginning is kept, and the rest counted."""

from __future__ import annotations

import io
from typing import Any

__all__ = ["BoundedOutput", "whole"]


def whole(text: str) -> str:
    """Text that UTF-8 can hold: lone surrogates, which Python allows, become question marks."""
    return text.encode("utf-8", "replace").decode()


class _Bytes(io.BufferedIOBase):
    def __init__(self, text: BoundedOutput) -> None:
        self._text = text

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._text.write(content.decode("utf-8", "replace"))
        return len(content)


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

    @property
    def buffer(self) -> io.BufferedIOBase:
        """The stream for bytes, as a terminal's stream has one."""
        return _Bytes(self)

    def reconfigure(self, **_: object) -> None:
        """Accept what can be set for a terminal's stream; this one takes any character as it is."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = text[: self._room]
        if kept:
            self._parts.append(whole(kept))
            self._room -= len(kept)
        self.dropped += len(text) - len(kept)
        return len(text)

    def so_far(self) -> str:
        """What was kept until now."""
        return "".join(self._parts)

    def take(self) -> str:
        """What was kept; from then on everything is dropped."""
        kept, self._parts, self._room = "".join(self._parts), [], 0
        return kept
