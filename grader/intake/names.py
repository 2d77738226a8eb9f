"""Names that students and their systems chose, made safe: for a path, for a message, for a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["folded", "printable", "safe_name"]


def safe_name(text: str) -> str:
    """A name that is one path component on any system, holds no control character and starts with no dot."""
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = "".join(c if c.isalnum() or c in "._-+@" else "_" for c in plain)
    short = re.sub(r"_+", "_", kept).encode()[:150].decode(errors="ignore")
    return short.strip("._-+@ ") or "unnamed"


def printable(text: str) -> str:
    """Text for a message: control characters and text-direction marks are shown, not obeyed."""
    return repr(text.encode("utf-8", "replace").decode())[1:-1]


def folded(text: str) -> str:
    """A name as Canvas writes it, in lower case without anything but letters and digits, for comparing."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(c for c in plain if c.isalnum())
