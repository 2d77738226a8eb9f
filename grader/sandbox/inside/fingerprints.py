"""Fingerprints of a submission's code, by winnowing (Schleimer, Wilkerson and Aiken 2003).

The code is tokenized: names become V, F or O depending on what they name, strings become S, and comments and spacing
vanish. Every passage of a given number of tokenized characters has a value, and the least value in each window of
passages is kept. All of this is done here, because a text can be written to keep a lexer busy for as long as its author
likes.

This module is preloaded, so that the lexer is ready in forked children.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Name, String, Text

from grader.errors import SubmissionRejected
from grader.notebook import code_cells
from grader.output import whole
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.codec import Encoder
from grader.sandbox.crossing.files import files_of
from grader.sandbox.crossing.messages import Fingerprint, Fingerprinted, Rejected
from grader.sandbox.inside.submission import read_submission

__all__ = ["fingerprints", "send_fingerprints", "squeezed"]

MAX_CODE = 200_000
"""Characters of all cells together, without long stretches of blanks, that are compared."""
MAX_PRINTS = 50_000
"""Most fingerprints that are sent; code of that length has fewer, unless it was made to have more."""
PIECE = 10_000
"""Characters that the lexer sees at a time. On text made for that, some of its patterns take quadratic time or worse,
but over pieces of a fixed length the time is linear in the text."""
MOST_BLANK = 20
"""Blank lines in a row that are kept."""
MOST_SPACES = 200
"""Spaces in a row that are kept."""
_SPACES = re.compile(rf"[^\S\n]{{{MOST_SPACES + 1},}}")
_VARIABLES = {Name, Name.Variable, Name.Attribute}
_LEXER = PythonLexer()


def send_fingerprints(channel: Channel[Any], request: Fingerprint, body: bytearray) -> None:
    """Answer with the fingerprints of the code cells, or with the reason why there are none."""
    try:
        cells = read_submission(files_of(request, body), request.name, Path.cwd()).cells
        code = [squeezed(cell) for cell in code_cells(cells)]
        text = "\n\n".join(code)
        if len(text) > MAX_CODE:
            raise SubmissionRejected("its cells are too long to be compared")
    except SubmissionRejected as rejection:
        channel.send(Rejected(reason=str(rejection)))
        return
    tokens, arrays = fingerprints(code, request.passage, request.window)
    encoder = Encoder()
    for values in arrays:
        encoder.node(values[:MAX_PRINTS])
    channel.send(Fingerprinted(arrays=encoder.headers, text=text, tokens=tokens), encoder.buffers)


def squeezed(source: str) -> str:
    """The source without long stretches of blank lines and spaces, which nobody reads and the lexer need not."""
    plain = whole(source)  # JSON may hold half a character
    kept, blank = [], 0
    for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        blank = 0 if line.strip() else blank + 1
        if blank <= MOST_BLANK:
            kept.append(_SPACES.sub(" " * MOST_SPACES, line))
    return "\n".join(kept)


def fingerprints(cells: Sequence[str], passage: int, window: int) -> tuple[int, list[np.ndarray]]:
    """Fingerprints of cells that are joined by an empty line.

    Returns:
        The number of tokenized characters; for all fingerprints their values, their places among these characters, and
        where their passages begin and end in the text.
    """
    tokens: list[str] = []
    begins, ends = array("I"), array("I")
    offset = 0
    for cell in cells:
        for token, begin, end in _tokens(cell):
            tokens.append(token)
            if len(token) == 1:
                begins.append(offset + begin)
                ends.append(offset + end)
            else:
                begins.extend(range(offset + begin, offset + end))
                ends.extend(range(offset + begin + 1, offset + end + 1))
        offset += len(cell) + 2
    text = "".join(tokens)
    values = _numbers(text, passage)
    places = np.array(_winnowed(values, window), np.uint32)
    first, last = np.array(begins, np.uint32), np.array(ends, np.uint32)
    chosen = np.array(values, np.uint32)[places]
    return len(text), [chosen, places, first[places], last[places + np.uint32(passage - 1)]]


def _tokens(cell: str) -> Iterator[tuple[str, int, int]]:
    """What is compared of a cell: for each token one character, or the token itself, and where it begins and ends."""
    for offset, piece in _pieces(cell):
        for at, kind, value in _LEXER.get_tokens_unprocessed(piece):
            begin, end = offset + at, offset + at + len(value)
            if kind in _VARIABLES:
                yield "V", begin, end
            elif kind in Name.Function:
                yield "F", begin, end
            elif kind in Name.Class:
                yield "O", begin, end
            elif kind in String:
                yield '"' if value in ("'", '"') else "S", begin, end
            elif value and kind not in Text and kind not in Comment:
                yield value, begin, end


def _pieces(cell: str) -> Iterator[tuple[int, str]]:
    """The cell in pieces of bounded length that end with a line if possible."""
    at = 0
    while at < len(cell):
        end = at + PIECE
        if end < len(cell):
            end = cell.rfind("\n", at, end) + 1 or end
        yield at, cell[at:end]
        at = end


def _numbers(text: str, passage: int) -> list[int]:
    """The CRC of each passage, which unlike Python's own hash is the same in every process."""
    count = max(len(text) - passage + 1, 0)
    if text.isascii():
        content = memoryview(text.encode())
        return [zlib.crc32(content[at : at + passage]) for at in range(count)]
    return [zlib.crc32(text[at : at + passage].encode()) for at in range(count)]


def _winnowed(values: Sequence[int], window: int) -> list[int]:
    """Places of the least value of each window, or the last of several; a window may begin before the first value."""
    chosen: list[int] = []
    for at, value in enumerate(values):
        if not chosen or value < values[chosen[-1]] or window == 1:
            chosen.append(at)
        elif at - chosen[-1] >= window:
            chosen.append(min(range(at, at - window, -1), key=values.__getitem__))
    return chosen
