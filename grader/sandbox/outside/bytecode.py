"""Whether the libraries that every sandbox imports are compiled to bytecode.

A template writes no bytecode, so without it each one spends many seconds compiling the libraries again. `uv` and
`pip install --no-compile` install without compiling.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

__all__ = ["uncompiled"]

IMPORTED = ("IPython", "matplotlib", "numpy")
"""The largest packages that nearly every template imports."""


def uncompiled() -> list[str]:
    """Folders of those packages whose first module has no bytecode for this Python; imports nothing."""
    specs = filter(None, map(importlib.util.find_spec, IMPORTED))
    sources = [Path(spec.origin) for spec in specs if spec.origin and spec.origin.endswith(".py")]
    return [
        str(source.parent)
        for source in sources
        if not Path(importlib.util.cache_from_source(str(source))).exists()
    ]
