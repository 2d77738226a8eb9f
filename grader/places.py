"""Paths in what a student's code says, shortened to start from the notebook's folder, as its author knows them.

"cannot import name 'f' from 'helper' (/scratch/1/helper.py)" names a path on the grading machine, which no reader
knows, and another machine would give the same notebook another path.
"""

from __future__ import annotations

import functools
import os
import re
import sys

__all__ = ["as_seen", "starts_here"]

_NOTHING = re.compile(r"(?!)")
_folders: list[str] = []


def starts_here() -> None:
    """Take the current folder as the notebook's. Call this before its code runs, which may change folders and paths."""
    _folders[:] = [_plain(sys.executable), os.getcwd(), *filter(os.path.isabs, sys.path)]
    _pattern.cache_clear()


@functools.cache
def _pattern() -> tuple[re.Pattern[str], frozenset[str]]:
    """What finds the paths, and the folders among them. Most notebooks say nothing that needs it."""
    if not _folders:
        return _NOTHING, frozenset()
    program, *folders = _folders
    # The longest first, because an environment may be inside the notebook's folder.
    ordered = sorted({folder for folder in map(_plain, folders) if folder}, key=len, reverse=True)
    ways = "|".join([re.escape(program or "\0"), *map(re.escape, ordered)])
    # Windows doubles its separators when a path is shown as a string.
    ways = re.sub(r"/|\\\\", r"[\\\\/]+", ways)
    whole = re.compile(rf"(?<![\w./\\-])(?P<place>{ways})(?:(?P<below>[\\/]+)|(?![\w.-]))")
    return whole, frozenset(ordered)


def as_seen(text: str) -> str:
    """The text with shorter paths: relative to the notebook's folder, or beginning with a library's name.

    The folder itself becomes ``.``, and the interpreter ``python``.
    """
    pattern, folders = _pattern()

    def told(found: re.Match[str]) -> str:
        if found["below"]:
            return ""
        place = re.sub(r"\\\\", r"\\", found["place"])
        return "." if place in folders else "python"

    return pattern.sub(told, text)


def _plain(path: str) -> str:
    """A folder without its last separator; empty for a root, which begins every path."""
    return path.rstrip("/\\") if os.path.dirname(path) != path else ""
