"""What tests ask for that students can guess, for whoever finds out what guessing earns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["AskedChoice", "asked_choices", "note"]


@dataclass(frozen=True)
class AskedChoice:
    """A choice, or a short text, that a test asked for."""

    got: Any
    options: tuple[Any, ...]
    """What there is to choose from; empty for a text."""
    several: bool = False
    """Whether any number of options may be chosen."""
    judged: bool = True
    """Whether the test knows what is right, and looks at more than the form of an answer."""


_LISTENING: list[list[AskedChoice]] = []


@contextmanager
def asked_choices() -> Iterator[list[AskedChoice]]:
    """In it, everything that `check_choice`, `check_choices` and `check_text` are asked about is noted."""
    heard: list[AskedChoice] = []
    _LISTENING.append(heard)
    try:
        yield heard
    finally:
        _LISTENING.pop()


def note(asked: AskedChoice) -> None:
    """Tell whoever listens."""
    for heard in _LISTENING:
        heard.append(asked)
