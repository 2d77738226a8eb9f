"""How messages name things: the name that was meant, and where a file is."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

__all__ = ["nearest", "shown_path"]


def nearest(name: str, known: Sequence[str]) -> str:
    """Completes a sentence about an unknown name: the known name it resembles, or all of them."""
    if close := difflib.get_close_matches(name, known, n=1, cutoff=0.5):
        return f"did you mean {close[0]!r}?"
    return f"choose from {', '.join(known)}" if known else "there are none to choose from"


def shown_path(path: Path, course: Path) -> str:
    """The path relative to the course's folder; a path outside it stays whole."""
    return path.relative_to(course).as_posix() if path.is_relative_to(course) else str(path)
