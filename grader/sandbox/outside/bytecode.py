"""Whether what every sandbox imports is there as bytecode.

A template writes none: without it each one compiles the libraries anew, for many seconds. Installers that do not
compile leave it so: `uv`, and `pip install --no-compile`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

__all__ = ["uncompiled"]

IMPORTED = ("IPython", "matplotlib", "numpy")
"""Packages that nearly every template imports, and the largest of them."""


def uncompiled() -> list[str]:
    """Folders of those packages whose first module has no bytecode of this Python; nothing is imported for it."""
    specs = filter(None, map(importlib.util.find_spec, IMPORTED))
    sources = [Path(spec.origin) for spec in specs if spec.origin and spec.origin.endswith(".py")]
    return [
        str(source.parent)
        for source in sources
        if not Path(importlib.util.cache_from_source(str(source))).exists()
    ]
