"""The files of an archive, one after the other, whether it is a zip or a tar: see `zips` and `tars`."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

__all__ = ["DAMAGED", "LINK", "LOCKED", "SPECIAL", "DamagedArchive", "Member", "inner_path"]

LINK = "is a link"
LOCKED = "is locked with a password"
DAMAGED = "is damaged inside the archive"
SPECIAL = "is not a plain file"


class DamagedArchive(Exception):
    """The archive as a whole cannot be read; says why, as the end of a sentence about it."""


class Member(NamedTuple):
    """One file of an archive. Its maker chose the name, which may hold anything."""

    name: str
    content: bytes = b""
    problem: str = ""
    """Why it has no content, as the end of a sentence about it: one of the constants above."""


def inner_path(name: str) -> str | None:
    """The name as a path with one kind of separator and no detours; None if it leads out of the archive.

    >>> inner_path("a\\\\./b.py"), inner_path("a/../../b.py"), inner_path("C:b.py")
    ('a/b.py', None, None)
    """
    path = posixpath.normpath(name.replace("\\", "/"))
    outside = path.startswith(("/", "../")) or path in ("..", ".") or re.match(r"[A-Za-z]:", path)
    return None if outside or "\0" in path else path
