"""Whether what every sandbox imports is there as bytecode.

A template writes none: without it each one compiles the libraries anew, for many seconds. Installers that do not
compile leave it so: `uv`, and `pip install --no-compile`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path

__all__ = ["IMPORTED", "uncompiled"]

IMPORTED = ("IPython", "matplotlib", "numpy")
"""Packages that nearly every template imports, and the largest of them."""


def uncompiled(packages: Iterable[str] = IMPORTED) -> list[str]:
    """Folders of installed packages, of those given, whose first module has no bytecode of this Python."""
    found = []
    for package in packages:
        # The parts of a package's specification, without importing it.
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.origin or not spec.origin.endswith(".py"):
            continue
        if not Path(importlib.util.cache_from_source(spec.origin)).exists():
            found.append(str(Path(spec.origin).parent))
    return found
