"""Listing the files of a folder, or of an archive that the sandbox reads."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.names import printable
from grader.intake.tree import MAX_DEPTH, MAX_SUBMISSION_MB, TOO_DEEP, Entry, InSpool, OnDisk, Tree, Unused
from grader.leftovers import Leftovers, is_leftover

__all__ = ["list_archive", "list_folder"]

MAX_CLASS_GB = 32
"""Unpacked size of an archive, all its submissions together."""


def list_folder(folder: Path) -> Tree:
    """The files below a folder: links are listed but not followed, hidden files and tools' leftovers are left out."""
    tree = Tree(folder)
    _list(folder, "", 0, tree)
    return tree


def _list(folder: Path, prefix: str, depth: int, tree: Tree) -> None:
    listed = sorted(os.scandir(folder), key=lambda entry: entry.name)
    # What marks a folder as an environment lies in the folder itself.
    markers = [f"{entry.name}/history" if entry.name == "conda-meta" else entry.name for entry in listed]
    leftovers = Leftovers(markers)
    for entry in listed:
        path = prefix + entry.name
        if entry.name == ".git" and prefix:
            tree.repositories.add(prefix[:-1])
        # A folder is looked up as if it held something, since only its name matters.
        inside = f"{entry.name}/." if entry.is_dir(follow_symlinks=False) else entry.name
        if _hidden(entry.name) or (inside in leftovers):
            continue
        if entry.is_symlink():
            tree.entries.append(Entry(path, None, "is a link"))
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_DEPTH:
                tree.entries.append(Entry(path, None, TOO_DEEP))
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
    tree = Tree(archive, archived=True)
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as a submission refers to it
    try:
        with open(archive, "rb") as file:
            entries = _unpack(file, tree, spool, unsafe)
        spool.flush()
    except SubmissionRejected as rejection:
        raise GradmarkError(f"{archive} cannot be read: {rejection}; unpack it and name the folder") from None
    except OSError as error:
        raise GradmarkError(
            f"{archive} cannot be unpacked: {error.strerror}; check that you may read it, and that there is room"
        ) from None
    leftovers = Leftovers(entries)
    tree.entries = [entries[path] for path in sorted(entries) if path not in leftovers]
    return tree


def _unpack(file: IO[bytes], tree: Tree, spool: IO[bytes], unsafe: bool) -> dict[str, Entry]:
    """The archive's entries by path, their bytes in ``spool``."""
    from grader.limits import Limits
    from grader.sandbox.outside.archive import ARCHIVE_SECONDS, unpack_archive
    from grader.sandbox.outside.host import Sandbox

    entries: dict[str, Entry] = {}
    at = 0
    limits = Limits(cpu_seconds=int(ARCHIVE_SECONDS), memory_mb=1024)
    with Sandbox(limits=limits, unsafe=unsafe) as sandbox:
        unpacked = unpack_archive(sandbox, file.fileno(), most_bytes=MAX_SUBMISSION_MB << 20)
        for path, content, problem in unpacked:
            *folders, name = parts = path.split("/")
            if {"", ".", ".."} & {*parts}:
                tree.leave_path(f".../{printable(name)}", "has a path that leads out of the archive")
                continue
            if ".git" in folders:
                tree.repositories.add("/".join(folders[: folders.index(".git")]))
            if is_leftover(path) or any(map(_hidden, parts)):
                continue
            if len(folders) > MAX_DEPTH:
                tree.leave_path(path, TOO_DEEP)
                continue
            if path in entries:  # as unpacking it would do
                tree.leave_path(path, "is in the archive twice; the last one counts")
            at += len(content)
            if at > MAX_CLASS_GB << 30:
                raise SubmissionRejected(f"it unpacks to more than {MAX_CLASS_GB} GB")
            spool.write(content)
            held = None if problem else InSpool(spool, at - len(content), len(content))
            entries[path] = Entry(path, held, problem)
    return entries


def _hidden(name: str) -> bool:
    return name.startswith(".")
