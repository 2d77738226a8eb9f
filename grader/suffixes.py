"""Suffixes and stems of submitted files, in all the forms that students' systems write."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

__all__ = ["ARCHIVES", "archive_suffix", "code_suffix", "is_handout", "may_be_submission", "stem_of"]

ARCHIVES = (".zip", ".tar.gz", ".tar", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# Mail programs, and Windows with hidden suffixes, add their own; saving under a full name doubles it.
_CODE = re.compile(
    r"(?P<stem>.+?)(?P<kind>\.ipynb|\.py)+(?:\.txt|\.json)?(?P<again> ?\(\d{1,3}\))?", re.I | re.S
)
_COPY = r"(?:copy|kopie|copie|copia)"
_AGAIN = re.compile(
    rf"(?:{_COPY} (?:of|von|de) )?(?P<stem>.+?)"
    rf"(?: ?\(\d{{1,3}}\)|[- ]\d{{1,3}}| ?- ?{_COPY}(?: ?\(?\d{{1,3}}\)?)?| {_COPY}(?: \d{{1,3}})?)?",
    re.I | re.S,
)
"""What browsers, desktops, Jupyter and Colab add to a name that already exists."""


def archive_suffix(name: str) -> str:
    """The suffix of an archive, as written; empty for any other file.

    >>> archive_suffix("ada.TAR.gz")
    '.TAR.gz'
    """
    ending = max((end for end in ARCHIVES if name.lower().endswith(end)), key=len, default="")
    return name[len(name) - len(ending) :]


def code_suffix(name: str) -> Literal["", ".ipynb", ".py"]:
    """What a file is by its suffix: a notebook, a script or neither, whatever was added after it.

    >>> [code_suffix(name) for name in ("a.IPYNB", "a.ipynb.txt", "a.ipynb.json", "a.py", "a.json")]
    ['.ipynb', '.ipynb', '.ipynb', '.py', '']
    """
    match = _CODE.fullmatch(name)
    if match is None or (match["kind"].lower() == ".py" and name.lower().endswith(".json")):
        return ""
    return ".ipynb" if match["kind"].lower() == ".ipynb" else ".py"


def may_be_submission(name: str) -> bool:
    """Whether a file may be a submission by itself: a notebook, a script or an archive."""
    return bool(code_suffix(name) or archive_suffix(name))


def stem_of(name: str) -> str:
    """A file's name without its suffixes.

    >>> [stem_of(name) for name in ("ada.ipynb", "ada.tar.gz", "ada.v2.zip", "ada.IPYNB.txt", "ada.ipynb (1)")]
    ['ada', 'ada', 'ada.v2', 'ada', 'ada']
    """
    if archive_suffix(name):
        return name.removesuffix(archive_suffix(name))
    match = _CODE.fullmatch(name) if code_suffix(name) else None
    return match["stem"] if match else PurePosixPath(name).stem


def is_handout(name: str, pset: str) -> bool:
    """Whether a file is named like the problem set's own, except for capitals and what marks a second copy.

    >>> [is_handout(name, "ps1") for name in ("PS1.ipynb", "ps1 (1).ipynb", "Copy of ps1.ipynb", "ps12.ipynb")]
    [True, True, True, False]
    """
    if not pset or not code_suffix(name):
        return False
    stem = stem_of(name).strip()
    again = _AGAIN.fullmatch(stem)
    return pset.casefold() in {stem.casefold(), again["stem"].casefold() if again else ""}
