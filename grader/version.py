"""Which gradmark this is, and how to install more beside it."""

from __future__ import annotations

import functools
import sys

__all__ = ["installing", "version"]


@functools.cache
def version() -> str:
    """The version that is installed; looked up once, since every result asks and the look-up parses the metadata."""
    import importlib.metadata

    return importlib.metadata.version("gradmark")


def installing(what: str) -> str:
    """The command that installs something beside this gradmark, quoted for every system's shell.

    An extra, such as ``gradmark[staff]``, needs no index that has gradmark: pip takes the one that is installed.
    """
    python = sys.executable if sys.executable and " " not in sys.executable else "python"
    return f'{python} -m pip install "{what}"'
