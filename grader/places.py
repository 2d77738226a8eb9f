"""Paths in what a student's code says: told from the notebook's folder, as its author knows them.

"cannot import name 'f' from 'helper' (/scratch/1/helper.py)" speaks of the machine that grades, which no reader has;
and the same notebook would be told other paths on another machine.
"""

from __future__ import annotations

import os
import re
import sys

__all__ = ["as_seen", "starts_here"]

_NOTHING = re.compile(r"(?!)")
_known: tuple[re.Pattern[str], frozenset[str]] = (_NOTHING, frozenset())


def starts_here() -> None:
    """The notebook's folder is the current one; to be called before any of its code runs, which may change both."""
    global _known
    folders = [os.getcwd(), *filter(os.path.isabs, sys.path)]
    # The longest first: an environment may lie within the notebook's folder.
    ordered = sorted({folder for folder in map(_plain, folders) if folder}, key=len, reverse=True)
    ways = "|".join([re.escape(_plain(sys.executable) or "\0"), *map(re.escape, ordered)])
    # Windows writes its separators twice where a path is shown as a string.
    ways = re.sub(r"/|\\\\", r"[\\\\/]+", ways)
    _known = (
        re.compile(rf"(?<![\w./\\-])(?P<place>{ways})(?:(?P<below>[\\/]+)|(?![\w.-]))"),
        frozenset(ordered),
    )


def as_seen(text: str) -> str:
    """The text, with paths below the notebook's folder from there, and a library's from the library's name on.

    The folder itself is ``.``, and the interpreter ``python``.
    """
    pattern, folders = _known

    def told(found: re.Match[str]) -> str:
        if found["below"]:
            return ""
        place = re.sub(r"\\\\", r"\\", found["place"])
        return "." if place in folders else "python"

    return pattern.sub(told, text)


def _plain(path: str) -> str:
    """A folder without its last separator; nothing for a root, which begins every path."""
    return path.rstrip("/\\") if os.path.dirname(path) != path else ""
