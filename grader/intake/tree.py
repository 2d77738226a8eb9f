"""What was named on the command line, listed once: the files of a folder or of an archive, by path.

A layout looks at paths only. A file is read when its submission is graded, from the disk or from the spool that the
sandbox filled, and never has a path of an archive touched a file system.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.names import printable
from grader.leftovers import Leftovers, is_leftover
from grader.suffixes import archive_suffix

__all__ = [
    "MAX_DEPTH",
    "MAX_SUBMISSION_MB",
    "UNUSABLE",
    "Entry",
    "Folder",
    "Tree",
    "Unused",
    "list_archive",
    "list_folder",
]

MAX_SUBMISSION_MB = 48
MAX_DEPTH = 50
MAX_CLASS_GB = 32
"""Unpacked size of an archive, all its submissions together."""
UNUSABLE = "is neither a notebook, a .py file nor an archive"
_TOO_DEEP = f"is nested more than {MAX_DEPTH} folders deep"


@dataclass(frozen=True)
class Unused:
    """A file that is no submission or no part of one, and why, as the end of a sentence about it."""

    path: Path
    reason: str


class Content(Protocol):
    """Where a file's bytes are."""

    def read(self, room: int) -> bytes:
        """At most ``room`` bytes; raises SubmissionRejected where there are more, or none can be had."""
        ...


@dataclass(frozen=True)
class OnDisk:
    """A file under its own path."""

    path: Path

    def read(self, room: int) -> bytes:
        """Its kind is looked at after opening, so that it cannot be exchanged in between."""
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
    """A file that the sandbox unpacked, as a part of one nameless temporary file."""

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
            f"it is larger than {MAX_SUBMISSION_MB} MB; clear the outputs and leave data files out"
        )
    return content


@dataclass(frozen=True)
class Entry:
    """A file of a tree: its path from the top, with ``/``, and where its bytes are.

    One with a ``problem`` (a link, damaged, too deep) cannot be read, and neither can a submission that holds it.
    """

    path: str
    content: Content | None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def read(self, room: int) -> bytes:
        """The bytes; raises SubmissionRejected, whose reason is for the student."""
        if self.content is None:
            if self.problem == _TOO_DEEP:
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
    """Sentences for staff about what was read and might be somebody else's."""
    archived: bool = False
    """Whether it is an archive."""
    single: bool = False
    """Whether it is one file that was named, in the folder ``where``."""

    @property
    def name(self) -> str:
        """Of the folder, or of the archive without its endings."""
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
        """The top, or the one folder that is all there is: archives are often packed with it."""
        top = self.top
        return next(iter(top.folders.values())) if len(top.folders) == 1 and not top.files else top

    def within(self, folder: Folder) -> Tree:
        """What lies in one of its folders, as a tree of its own."""
        if folder is self.top:
            return self
        skip = len(folder.path) + 1
        inside = f"{folder.path}/"
        entries = [replace(entry, path=entry.path[skip:]) for entry in folder.walk()]
        repositories = {path[skip:] for path in self.repositories if path.startswith(inside)}
        return Tree(self.where / folder.path, entries, repositories)

    def leave(self, entry: Entry | Folder, reason: str) -> None:
        """Report a file, or a whole folder, as not used."""
        self.leave_path(entry.path, reason)

    def leave_path(self, path: str, reason: str) -> None:
        """Report a path at which there is nothing."""
        self.unused.append(Unused(self.place(path), reason))

    def leave_all(self, folder: Folder, reason: str) -> None:
        """Report every file below a folder as not used."""
        for entry in folder.walk():
            self.leave(entry, entry.problem or reason)

    def place(self, path: str) -> Path:
        """A path of the tree as messages show it."""
        return self.where / path if path else self.where


def list_folder(folder: Path) -> Tree:
    """The files below a folder; links are named and not followed, hidden files and leftovers of tools left out."""
    tree = Tree(folder)
    _list(folder, "", 0, tree)
    return tree


def _list(folder: Path, prefix: str, depth: int, tree: Tree) -> None:
    listed = sorted(os.scandir(folder), key=lambda entry: entry.name)
    # Of an environment, what made it its own lies in this very folder.
    markers = [f"{entry.name}/history" if entry.name == "conda-meta" else entry.name for entry in listed]
    leftovers = Leftovers(markers)
    for entry in listed:
        path = prefix + entry.name
        if entry.name == ".git" and prefix:
            tree.repositories.add(prefix[:-1])
        # With something below it, as far as the name of a folder goes.
        inside = f"{entry.name}/." if entry.is_dir(follow_symlinks=False) else entry.name
        if _hidden(entry.name) or (inside in leftovers):
            continue
        if entry.is_symlink():
            tree.entries.append(Entry(path, None, "is a link"))
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_DEPTH:
                tree.entries.append(Entry(path, None, _TOO_DEEP))
            else:
                _list(Path(entry.path), f"{path}/", depth + 1, tree)
        elif entry.is_file(follow_symlinks=False):
            tree.entries.append(Entry(path, OnDisk(Path(entry.path))))
        else:
            tree.unused.append(Unused(Path(entry.path), "is not a plain file"))


def list_archive(archive: Path, *, unsafe: bool = False) -> Tree:
    """The files of a zip or tar, which a process of the sandbox reads and sends back.

    Raises:
        GradmarkError: It cannot be read, or is larger than a class can be.
    """
    from grader.limits import Limits
    from grader.sandbox.outside.archive import ARCHIVE_SECONDS, unpack_archive
    from grader.sandbox.outside.host import Sandbox

    tree = Tree(archive, archived=True)
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as a submission refers to it
    entries: dict[str, Entry] = {}
    at = 0
    limits = Limits(cpu_seconds=int(ARCHIVE_SECONDS), memory_mb=1024)
    try:
        with open(archive, "rb") as file, Sandbox(limits=limits, unsafe=unsafe) as sandbox:
            for path, content, problem in unpack_archive(
                sandbox, file.fileno(), most_bytes=MAX_SUBMISSION_MB << 20
            ):
                *parts, name = path.split("/")
                if {"", ".", ".."} & {*parts, name}:
                    tree.unused.append(
                        Unused(archive / "..." / printable(name), "has a path out of the archive")
                    )
                    continue
                if ".git" in parts:
                    tree.repositories.add("/".join(parts[: parts.index(".git")]))
                if is_leftover(path) or any(_hidden(part) for part in (*parts, name)):
                    continue
                if len(parts) > MAX_DEPTH:
                    tree.unused.append(Unused(archive / path, _TOO_DEEP))
                    continue
                if path in entries:  # as unpacking it would do
                    tree.unused.append(Unused(archive / path, "stands twice in the archive; the last counts"))
                at += len(content)
                if at > MAX_CLASS_GB << 30:
                    raise SubmissionRejected(f"it unpacks to more than {MAX_CLASS_GB} GB")
                spool.write(content)
                held = None if problem else InSpool(spool, at - len(content), len(content))
                entries[path] = Entry(path, held, problem)
        spool.flush()
    except SubmissionRejected as rejection:
        raise GradmarkError(
            f"{archive} cannot be taken in: {rejection}; unpack it and name the folder"
        ) from None
    except OSError as error:
        raise GradmarkError(f"{archive} cannot be unpacked: {error.strerror}; make room or free it") from None
    leftovers = Leftovers(entries)
    tree.entries = [entries[path] for path in sorted(entries) if path not in leftovers]
    return tree


def _hidden(name: str) -> bool:
    return name.startswith(".")
