"""The pictures that a notebook's cells draw while it is graded, for whoever grades by hand."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any

__all__ = ["DrawnPictures"]

MOST_PICTURES = 12
"""Of one notebook."""
MOST_BYTES = 250_000
"""Of one picture; a larger one is drawn once more, at half of its size."""
MOST_DOTS = 800
"""Along each side."""
DPI = 100


class DrawnPictures:
    """Draws figures, and keeps the pictures by the places of their cells in the notebook.

    Args:
        places: The place in the notebook of each cell whose pictures are kept, by its number among the code cells.
    """

    def __init__(self, places: Mapping[int, int]) -> None:
        self._places = places
        self.ran: set[int] = set()
        """The places of the cells that were run."""
        self.pictures: dict[str, bytes] = {}
        """By ``<place>.<number>``."""

    def add(self, cell: int, figure: Any) -> None:
        """Draw a figure of a cell, if there is room for it; raises whatever matplotlib does."""
        if cell in self._places and len(self.pictures) < MOST_PICTURES and (picture := _png(figure)):
            place = self._places[cell]
            self.pictures[f"{place}.{self.drawn_by(place)}"] = picture

    def drawn_by(self, place: int) -> int:
        """How many pictures a cell drew."""
        return sum(name.startswith(f"{place}.") for name in self.pictures)


def _png(figure: Any) -> bytes:
    """A figure as PNG; empty if it is too large."""
    sides = [float(side) for side in figure.get_size_inches()]
    if not all(math.isfinite(side) and side > 0 for side in sides):
        return b""
    dpi = min(DPI, MOST_DOTS / max(sides))
    for size in (dpi, dpi / 2):
        content = io.BytesIO()
        figure.savefig(content, format="png", dpi=size, metadata={"Software": None})
        if content.tell() <= MOST_BYTES:
            return content.getvalue()
    return b""
