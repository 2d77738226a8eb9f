"""Which gradmark this is."""

from __future__ import annotations

import functools

__all__ = ["version"]


@functools.cache
def version() -> str:
    """The version that is installed; looked up once, since that takes a tenth of a submission's time."""
    import importlib.metadata

    return importlib.metadata.version("gradmark")
