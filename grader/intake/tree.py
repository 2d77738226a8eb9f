"""What was named on the command line, as a tree: the files of a folder or of an archive, by path.

Layouts look at paths only. A file is read when its submission is graded, from the disk or from the spool that the
sandbox filled; a path inside an archive never touches a file system.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from grader.errors import SubmissionRejected
from grader.intake.names import printable
from grader.suffixes import archive_suffix

__all__ = [
    "MAX_DEPTH",
    "MAX_SUBMISSION_MB",
    "TOO_DEEP",
    "UNUSABLE",
    "Entry",
    "Folder",
    "InSpool",
    "OnDisk",
    "Tree",
    "Unused",
]

MAX_SUBMISSION_MB = 48
MAX_DEPTH = 50
UNUSABLE = "is not a notebook, a .py file or an archive"
TOO_DEEP = f"is nested more than {MAX_DEPTH} folders deep"


@dataclass(frozen=True)
class Unused:
    """A file that is part of no submission, and why: the end of a sentence about it."""

    path: Path
    reason: str


class Content(Protocol):
    """Where a file's bytes are."""

    def read(self, room: int) -> bytes:
        """At most ``room`` bytes; raises SubmissionRejected if there are more, or they cannot be read."""
        ...


@dataclass(frozen=True)
class OnDisk:
    """A file under its own path."""

    path: Path

    def read(self, room: int) -> bytes:
        """Check what it is only after opening it, so that it cannot be exchanged in between."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with open(os.open(self.path, flags), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise SubmissionRejected(f"{printable(self.path.name)} is not a plain file")
                return _bounded(file.read(room + 1) if status.st_size <= room else None, room)
        except OSError as error:
            raise SubmissionRejected(
                f"{printable(self.path.name)} cannot be read: {error.strerror}"
            ) from None


@dataclass(frozen=True)
class InSpool:
    """A file that the sandbox unpacked, as part of one unnamed temporary file."""

    spool: IO[bytes]
    offset: int
    size: int

    def read(self, room: int) -> bytes:
        return _bounded(
            os.pread(self.spool.fileno(), self.size, self.offset) if self.size <= room else None, room
        )


def _bounded(content: bytes | None, room: int) -> bytes:
    if content is None or len(content) > room:
        raise SubmissionRejected(
            f"it is larger than {MAX_SUBMISSION_MB} MB; clear the notebook's outputs and leave out data files"
        )
    return content


@dataclass(frozen=True)
class Entry:
    """A file of a tree: its path from the top, with ``/``, and where its bytes are.

    With a ``problem`` (a link, damaged, too deep) it cannot be read, and neither can a submission that holds it.
    """

    path: str
    content: Content | None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def read(self, room: int) -> bytes:
        """Its bytes; raises SubmissionRejected, with a reason for the student."""
        if self.content is None:
            if self.problem == TOO_DEEP:
                raise SubmissionRejected(
                    f"its folders are nested more than {MAX_DEPTH} deep; hand in the notebook's folder"
                )
            raise SubmissionRejected(f"{printable(self.path[-200:])} {self.problem}; hand in the file itself")
        return self.content.read(room)


@dataclass
class Folder:
    """A folder of a tree: its files and folders by name."""

    path: str = ""
    files: dict[str, Entry] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def walk(self) -> Iterator[Entry]:
        """Every file below, sorted by name within each folder."""
        for name in sorted({*self.files, *self.folders}):
            if name in self.files:
                yield self.files[name]
            if name in self.folders:
                yield from self.folders[name].walk()

    def contents(self) -> dict[str, Entry]:
        """Every file below, by its path from here."""
        skip = len(self.path) + 1 if self.path else 0
        return {entry.path[skip:]: entry for entry in self.walk()}


@dataclass
class Tree:
    """The files of one folder or archive."""

    where: Path
    """What was named on the command line."""
    entries: list[Entry] = field(default_factory=list)
    repositories: set[str] = field(default_factory=set)
    """Folders that are clones of a git repository."""
    unused: list[Unused] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """Sentences for staff about what may belong to somebody else."""
    archived: bool = False
    """Whether it is an archive."""
    single: bool = False
    """Whether it is a single file, in the folder ``where``."""
    together: Sequence[str] = ()
    """Names of notebooks that a student hands in together, if there are several."""

    @property
    def name(self) -> str:
        """The folder's name, or the archive's without its suffixes."""
        name = self.where.absolute().name
        return name.removesuffix(archive_suffix(name)) if self.archived else name

    @cached_property
    def top(self) -> Folder:
        """The entries as folders."""
        top = Folder()
        for entry in self.entries:
            folder, done = top, []
            *folders, name = entry.path.split("/")
            for part in folders:
                done.append(part)
                folder = folder.folders.setdefault(part, Folder("/".join(done)))
            folder.files[name] = entry
        return top

    @cached_property
    def unwrapped(self) -> Folder:
        """The top or, if it holds a single folder and nothing else, that folder: many archives are packed so."""
        top = self.top
        return next(iter(top.folders.values())) if len(top.folders) == 1 and not top.files else top

    def within(self, folder: Folder) -> Tree:
        """One of its folders as a tree of its own."""
        if folder is self.top:
            return self
        skip = len(folder.path) + 1
        inside = f"{folder.path}/"
        entries = [replace(entry, path=entry.path[skip:]) for entry in folder.walk()]
        repositories = {path[skip:] for path in self.repositories if path.startswith(inside)}
        return Tree(self.where / folder.path, entries, repositories, together=self.together)

    def leave(self, entry: Entry | Folder, reason: str) -> None:
        """Report a file, or a whole folder, as not used; a file's own problem is the better reason."""
        self.leave_path(entry.path, (isinstance(entry, Entry) and entry.problem) or reason)

    def leave_path(self, path: str, reason: str) -> None:
        """Report a path as not used."""
        self.unused.append(Unused(self.place(path), reason))

    def leave_all(self, folder: Folder, reason: str) -> None:
        """Report every file below a folder as not used."""
        for entry in folder.walk():
            self.leave(entry, reason)

    def place(self, path: str) -> Path:
        """A path of the tree, as messages show it."""
        return self.where / path if path else self.where
