"""Grading needs Linux: no other system can confine a process as the sandbox does."""

from __future__ import annotations

import sys

from grader.errors import UnsafeHost

__all__ = ["NEEDS_LINUX", "is_linux", "need_linux"]

NEEDS_LINUX = "grading needs Linux; on this machine, use the grading container: docker run gradmark grade ..."


def is_linux() -> bool:
    """Whether this system is Linux."""
    return sys.platform.startswith("linux")


def need_linux() -> None:
    """Raise `UnsafeHost` on any other system."""
    if not is_linux():
        raise UnsafeHost(NEEDS_LINUX)
