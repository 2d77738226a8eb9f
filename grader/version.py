"""Which gradmark this is."""

from __future__ import annotations

import functools

__all__ = ["version"]


@functools.cache
def version() -> str:
    """The version that is installed; looked up once, since every result asks and the look-up parses the metadata."""
    import importlib.metadata

    return importlib.metadata.version("gradmark")
