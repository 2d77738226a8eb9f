"""The pictures that a submission's cells drew, as far as they can be believed to be pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.errors import WireError
from grader.sandbox.crossing.arrays import arrays_of
from grader.sandbox.crossing.channel import Body
from grader.sandbox.crossing.messages import Loaded

__all__ = ["is_png", "pictures_of"]

MOST_PICTURES = 12
MOST_BYTES = 250_000
MOST_DOTS = 1_000
"""Along each side: a small file may stand for a picture that fills the memory of whoever looks at it."""
_NAME = re.compile(r"\d{1,6}\.\d{1,2}", re.ASCII)
_BEGIN, _HEADER, _END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"


def pictures_of(message: Loaded, body: Body) -> dict[str, bytes]:
    """The pictures that came with a message, by ``<cell's place>.<number>``.

    Raises:
        WireError: There are too many, or one has another name than a picture can have.
    """
    names: Sequence[str] = message.pictures
    arrays = arrays_of(message.arrays, body)
    if len(names) > MOST_PICTURES or len(arrays) != len(names) or not all(map(_NAME.fullmatch, names)):
        raise WireError("it sent pictures that no cell can have drawn")
    contents = [array.tobytes() if array.nbytes <= MOST_BYTES else b"" for array in arrays]
    return {name: content for name, content in zip(names, contents, strict=True) if is_png(content)}


def is_png(content: bytes) -> bool:
    """Whether bytes begin and end as a PNG of bounded size does; nothing else of them is looked at."""
    if not content.startswith(_BEGIN + _HEADER) or not content.endswith(_END):
        return False
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return 0 < width <= MOST_DOTS and 0 < height <= MOST_DOTS
