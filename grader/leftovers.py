"""What tools and systems leave beside one's work; it is no part of a submission, however that was packed.

A file is recognized by its own path, and a virtual environment by what it contains, because it may have any name and
lie among the student's own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Leftovers", "environment_of", "is_leftover"]

# Folders with everything in them.
_FOLDERS = frozenset(
    "__macosx __pycache__ node_modules site-packages dist-packages venv virtualenv $recycle.bin .venv .virtualenv .git "
    ".hg .svn .ipynb_checkpoints .ipython .jupyter .mypy_cache .pytest_cache .ruff_cache .tox .nox .eggs .cache .conda "
    ".idea .vscode .vs .trash .trashes .spotlight-v100 .fseventsd .virtual_documents".split()
)
_FILES = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".localized", "icon\r"))
# What python -m venv, virtualenv and conda create in the folder that they are given.
_OF_ENVIRONMENT = frozenset(
    "bin scripts lib lib64 include share etc man conda-meta pkgs dlls library ssl pyvenv.cfg".split()
)
_MARKER = re.compile(r"(?:(?P<folder>.*)/)?(?:pyvenv\.cfg|conda-meta/history)", re.DOTALL)


def is_leftover(path: str) -> bool:
    """Whether a path, with ``/`` or ``\\``, names such a file or leads through such a folder.

    >>> [is_leftover(path) for path in ("hw/.venv/lib/x.py", "__MACOSX/._a", "hw/._a.ipynb", "venv.py")]
    [True, True, True, False]
    """
    *folders, name = path.replace("\\", "/").casefold().split("/")
    return name in _FILES or name.startswith("._") or not _FOLDERS.isdisjoint(folders)


def environment_of(path: str) -> str | None:
    """The folder that is a virtual environment because it has a file with this path; empty for the top folder."""
    marker = _MARKER.fullmatch(path.replace("\\", "/"))
    return (marker["folder"] or "") if marker else None


class Leftovers:
    """The leftovers among the paths of one archive or folder; ``path in leftovers`` tells."""

    def __init__(self, paths: Iterable[str]) -> None:
        found = map(environment_of, paths)
        self._environments = frozenset(folder for folder in found if folder is not None)

    def __contains__(self, path: str) -> bool:
        return is_leftover(path) or (bool(self._environments) and self._in_environment(path))

    def _in_environment(self, path: str) -> bool:
        parts = path.replace("\\", "/").split("/")
        return any(
            parts[depth].casefold() in _OF_ENVIRONMENT and "/".join(parts[:depth]) in self._environments
            for depth in range(len(parts))
        )
