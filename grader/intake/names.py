"""Names that students and their systems chose, made safe: for a path, for a message, for a spreadsheet."""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["folded", "printable", "safe_name", "short_name"]

MOST = 200
"""Bytes of a name: with an ending and a number it is still one that every file system takes."""


def safe_name(text: str) -> str:
    """A name that is one path component on any system, holds no control character and starts with no dot."""
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = "".join(c if c.isalnum() or c in "._-+@" else "_" for c in plain)
    short = re.sub(r"_+", "_", kept).encode()[:150].decode(errors="ignore")
    return short.strip("._-+@ ") or "unnamed"


def short_name(name: str) -> str:
    """The name, or, of one that is too long for a file, its beginning and a digest of all of it."""
    content = name.encode()
    if len(content) <= MOST:
        return name
    return f"{content[: MOST - 9].decode(errors='ignore')}-{hashlib.sha256(content).hexdigest()[:8]}"


def printable(text: str) -> str:
    """Text for a message: control characters and text-direction marks are shown, not obeyed."""
    return repr(text.encode("utf-8", "replace").decode())[1:-1]


def folded(text: str) -> str:
    """A name as Canvas writes it, in lower case without anything but letters and digits, for comparing."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(c for c in plain if c.isalnum())
