"""What a problem set's notebooks need besides gradmark, by the names that a package index has for it."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from grader.pset import ProblemSet

__all__ = ["packages_of", "pinned"]

_NAMES = {"PIL": "pillow", "cv2": "opencv-python", "skimage": "scikit-image", "sklearn": "scikit-learn"}
"""Packages that are called otherwise than their modules."""


def packages_of(pset: ProblemSet) -> list[str]:
    """The packages of the modules that a problem set preloads, without Python's own and numpy, which gradmark needs."""
    modules = {name.partition(".")[0] for name in pset.preload} - sys.stdlib_module_names - {"numpy"}
    return sorted(_NAMES.get(module, module) for module in modules)


def pinned(package: str) -> str:
    """A requirement of the version that is installed here, if one is."""
    try:
        return f"{package}=={version(package)}"
    except PackageNotFoundError:
        return package
