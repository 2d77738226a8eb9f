"""What the files of a submission are called."""

from __future__ import annotations

from pathlib import PurePosixPath

__all__ = ["ARCHIVES", "SUFFIXES", "archive_suffix", "stem_of"]

ARCHIVES = (".zip", ".tar.gz", ".tar", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
SUFFIXES = (".ipynb", ".py", *ARCHIVES)
"""Of a file that may be a submission by itself."""


def archive_suffix(name: str) -> str:
    """The ending that makes a file an archive, as it is written; empty for any other file.

    >>> archive_suffix("ada.TAR.gz")
    '.TAR.gz'
    """
    ending = max((end for end in ARCHIVES if name.lower().endswith(end)), key=len, default="")
    return name[len(name) - len(ending) :]


def stem_of(name: str) -> str:
    """A file's name without its ending.

    >>> [stem_of(name) for name in ("ada.ipynb", "ada.tar.gz", "ada.v2.zip")]
    ['ada', 'ada', 'ada.v2']
    """
    return name.removesuffix(archive_suffix(name)) if archive_suffix(name) else PurePosixPath(name).stem
