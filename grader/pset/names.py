"""Suggest the name that was meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

__all__ = ["nearest"]


def nearest(name: str, known: Sequence[str]) -> str:
    """The end of a sentence about an unknown name: the known one it resembles, or all of them."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"there is {', '.join(known) or 'none'}"
