"""Which gradmark this is, and how to install what it needs."""

from __future__ import annotations

import functools
import sys

__all__ = ["installing", "version"]


@functools.cache
def version() -> str:
    """The installed version, which pyproject.toml sets. Looked up once, because every result asks for it."""
    import importlib.metadata

    return importlib.metadata.version("gradmark")


def installing(what: str) -> str:
    """The command that installs something for this gradmark, quoted for the shell of any system.

    For an extra, such as ``gradmark[staff]``, pip uses the gradmark that is installed, so no index needs to have it.
    """
    python = sys.executable if sys.executable and " " not in sys.executable else "python"
    return f'{python} -m pip install "{what}"'
