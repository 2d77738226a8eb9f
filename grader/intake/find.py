"""Submissions in files and folders.

A file is a submission. A folder that holds the handout's file (``ps1.ipynb`` or ``ps1.py``) is a submission with
everything beside it, and so is a folder inside the one that was named which holds exactly one notebook and
no other folder. Any other folder is searched for submissions.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GradmarkError, SubmissionRejected

__all__ = ["MAX_SUBMISSION_MB", "Found", "Unused", "find_submissions"]

MAX_SUBMISSION_MB = 48
MAX_FILES = 2_000
MAX_DEPTH = 50
SUFFIXES = (".ipynb", ".py", ".zip")
_IGNORED = {"__MACOSX", "__pycache__", "node_modules"}


@dataclass(frozen=True)
class Found:
    """One submission on disk.

    ``name`` is unique in its batch and safe as a file's name; ``root`` is a file, or the folder of several.
    """

    name: str
    root: Path

    def read(self) -> dict[str, bytes]:
        """Contents by relative path.

        Raises:
            SubmissionRejected: It is too large, or holds a link.
        """
        if self.root.is_file():
            return {self.root.name: _read(self.root, MAX_SUBMISSION_MB << 20)}
        files: dict[str, bytes] = {}
        room = MAX_SUBMISSION_MB << 20
        for path in _walk(self.root):
            relative = path.relative_to(self.root).as_posix()
            if len(files) >= MAX_FILES:
                raise SubmissionRejected(
                    f"there are more than {MAX_FILES:,} files; hand in the notebook and what it needs"
                )
            files[relative] = _read(path, room)
            room -= len(files[relative])
        return files


@dataclass(frozen=True)
class Unused:
    """A file that is no submission, and why."""

    path: Path
    reason: str


def find_submissions(paths: Sequence[Path], pset: str) -> tuple[list[Found], list[Unused]]:
    """Every submission in the paths, sorted by name, and the files that were passed over.

    Raises:
        GradmarkError: A path does not exist, or nothing in them is a submission.
    """
    roots: list[Path] = []
    unused: list[Unused] = []
    for path in paths:
        if not path.exists():
            raise GradmarkError(f"{path} does not exist; name notebooks, zips or folders of them")
        if path.is_dir():
            roots += _in_folder(path, pset, unused, named_by_user=True)
        elif path.suffix.lower() in SUFFIXES:
            roots.append(path)
        else:
            unused.append(Unused(path, f"is neither {', '.join(SUFFIXES[:-1])} nor {SUFFIXES[-1]}"))
    unique = sorted(
        {os.path.abspath(root): root for root in roots}.values(), key=lambda root: os.path.abspath(root)
    )
    if not unique:
        where = ", ".join(str(path) for path in paths)
        raise GradmarkError(f"there is no submission in {where}; it holds no notebook, .py file or zip")
    return _named(unique, pset), unused


def _in_folder(
    folder: Path, pset: str, unused: list[Unused], *, named_by_user: bool = False, depth: int = 0
) -> Iterator[Path]:
    if depth > MAX_DEPTH:
        unused.append(Unused(folder, f"is nested more than {MAX_DEPTH} folders deep"))
        return
    entries = sorted(entry for entry in folder.iterdir() if not _hidden(entry))
    plain = [entry for entry in entries if entry.is_file() and not entry.is_symlink()]
    notebooks = [entry for entry in plain if entry.suffix.lower() == ".ipynb"]
    named = [entry for entry in plain if entry.name in (f"{pset}.ipynb", f"{pset}.py")]
    lone = not named_by_user and len(notebooks) == 1 and not any(entry.is_dir() for entry in entries)
    if lone or len(named) == 1:
        yield folder
        return
    for entry in entries:
        if entry.is_symlink():
            unused.append(Unused(entry, "is a link"))
        elif entry.is_dir():
            yield from _in_folder(entry, pset, unused, depth=depth + 1)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry
        else:
            unused.append(Unused(entry, f"is neither {', '.join(SUFFIXES[:-1])} nor {SUFFIXES[-1]}"))


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _IGNORED


def _walk(folder: Path, depth: int = 0) -> Iterator[Path]:
    if depth > MAX_DEPTH:
        raise SubmissionRejected(
            f"its folders are nested more than {MAX_DEPTH} deep; hand in the notebook's folder"
        )
    for entry in sorted(folder.iterdir()):
        if _hidden(entry):
            continue
        if entry.is_symlink():
            raise SubmissionRejected(f"{printable(entry.name)} is a link; hand in the file itself")
        if entry.is_dir():
            yield from _walk(entry, depth + 1)
        elif entry.is_file():
            yield entry


def _read(path: Path, room: int) -> bytes:
    """A plain file's bytes; its kind is looked at after opening, so it cannot be exchanged in between."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise SubmissionRejected(f"{printable(path.name)} is not a plain file")
            if status.st_size > room:
                raise SubmissionRejected(
                    f"it is larger than {MAX_SUBMISSION_MB} MB; clear the outputs and leave data files out"
                )
            return file.read(room + 1)
    except OSError as error:
        raise SubmissionRejected(f"{printable(path.name)} cannot be read: {error.strerror}") from None


def _named(roots: list[Path], pset: str) -> list[Found]:
    """Names from files and folders; where two would be the same, the folder above tells them apart."""
    plain = [_own_name(root, pset) for root in roots]
    counts = Counter(name.casefold() for name in plain)
    names: list[str] = []
    taken: set[str] = set()
    for root, name in zip(roots, plain, strict=True):
        if counts[name.casefold()] > 1:
            named_by = root.absolute().parent if root.stem == pset and root.is_file() else root.absolute()
            name = f"{safe_name(named_by.parent.name)}-{name}"
        unique, number = name, 2
        while unique.casefold() in taken:
            unique, number = f"{name}-{number}", number + 1
        taken.add(unique.casefold())
        names.append(unique)
    return sorted(
        (Found(name, root) for name, root in zip(names, roots, strict=True)), key=lambda found: found.name
    )


def _own_name(root: Path, pset: str) -> str:
    if root.is_dir():
        return safe_name(root.absolute().name)
    # ps1.ipynb in a folder of its own says nothing; the folder does.
    return safe_name(root.absolute().parent.name if root.stem == pset else root.stem)


def safe_name(text: str) -> str:
    """A name that is one path component on any system, holds no control character and starts with no dot."""
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = "".join(c if c.isalnum() or c in "._-+@" else "_" for c in plain)
    short = re.sub(r"_+", "_", kept).encode()[:150].decode(errors="ignore")
    return short.strip("._-+@ ") or "unnamed"


def printable(text: str) -> str:
    """Text for a message: control characters and text-direction marks are shown, not obeyed."""
    return repr(text.encode("utf-8", "replace").decode())[1:-1]
