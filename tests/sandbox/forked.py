"""Trying something in a forked child that it may leave unusable."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

__all__ = ["in_child"]


def in_child(attempt: Callable[[], object]) -> object:
    """What ``attempt`` returns in a forked child; its exception as text."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result: object = attempt()
        except BaseException as error:
            result = f"{type(error).__name__} {getattr(error, 'errno', '')}".strip()
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as end:
        said = end.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else os.waitstatus_to_exitcode(status)
