"""Unpacking the zip or tar that a student handed in: every path and size in it is theirs to choose."""

from __future__ import annotations

import io
import posixpath
import re
import tarfile
from collections.abc import Iterator

from grader.errors import SubmissionRejected
from grader.leftovers import Leftovers
from grader.sandbox.inside.tars import open_tar
from grader.sandbox.inside.zips import DamagedZip, is_link, is_locked, open_zip, plain_entries, unpacked

__all__ = ["safe_path", "unpack"]

MAX_UNPACKED = 64 << 20
MAX_FILES = 2_000
MAX_MEMBERS = 50_000
"""Of a tar, with folders and what is left out."""
MAX_PASSED = 1 << 30
"""Bytes of a tar, with what is left out."""


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """The files of a zip or tar, but for what tools leave behind, which counts for nothing.

    Links, absolute paths and paths that leave the archive are refused.

    Raises:
        SubmissionRejected: It cannot be read, or holds what is refused or too much; the reason is for the student.
    """
    zipped = name.lower().endswith(".zip") or content.startswith(b"PK")
    where, entries = ("the zip file", _zip_files) if zipped else ("the tar file", _tar_files)
    files: dict[str, bytes] = {}
    room = MAX_UNPACKED
    for number, (path, data) in enumerate(entries(content)):
        if number >= MAX_FILES:
            raise SubmissionRejected(f"{where} holds more than {MAX_FILES:,} files")
        room -= len(data)
        if room < 0:
            raise SubmissionRejected(_too_large(where))
        files[safe_path(path, where)] = data
    if not files:
        raise SubmissionRejected(f"{where} is empty; pack the notebook into it")
    return files


def _too_large(where: str) -> str:
    return f"{where} unpacks to more than {MAX_UNPACKED >> 20} MB"


def _link(where: str, path: str) -> str:
    return f"{where} holds a link, {path[:80]!r}; put the file itself in"


def _zip_files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Paths and contents, at most one byte more of each than there is room for all."""
    where = "the zip file"
    try:
        archive = open_zip(io.BytesIO(content))
    except DamagedZip:
        raise SubmissionRejected(f"{where} is damaged and cannot be opened; pack it again") from None
    listed = plain_entries(archive)
    leftovers = Leftovers(entry.filename for entry in listed)
    for entry in listed:
        path = entry.filename
        if path in leftovers:
            continue
        if is_link(entry):
            raise SubmissionRejected(_link(where, path))
        if is_locked(entry):
            raise SubmissionRejected(f"{path[:80]!r} in {where} is locked; pack it again without a password")
        try:
            data = unpacked(archive, entry, MAX_UNPACKED + 1)
        except DamagedZip:
            raise SubmissionRejected(f"{path[:80]!r} in {where} is damaged; pack it again") from None
        yield path, data


def _tar_files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Paths and contents. A tar has no list, so that it is gone through twice; what is not wanted is bounded too."""
    where = "the tar file"
    try:
        with open_tar(io.BytesIO(content)) as archive:
            members = _members(archive, where)
            leftovers = Leftovers(member.name for member in members)
            for member in members:
                if member.isdir() or member.name in leftovers:
                    continue
                if member.issym() or member.islnk():
                    raise SubmissionRejected(_link(where, member.name))
                if member.size > MAX_UNPACKED:
                    raise SubmissionRejected(_too_large(where))
                file = archive.extractfile(member)
                if file is None:
                    raise SubmissionRejected(f"{where} holds {member.name[:80]!r}, which is not a plain file")
                yield member.name, file.read()
    except SubmissionRejected:
        raise
    except Exception:  # of tarfile, gzip, bz2, lzma and zlib, and of what they do not expect
        raise SubmissionRejected(f"{where} is damaged; pack it again") from None


def _members(archive: tarfile.TarFile, where: str) -> list[tarfile.TarInfo]:
    """Everything in a tar, within bounds and to its very end."""
    members: list[tarfile.TarInfo] = []
    left = MAX_PASSED
    for member in archive:
        left -= member.size
        if len(members) >= MAX_MEMBERS or left < 0:
            raise SubmissionRejected(_too_large(where))
        members.append(member)
    # tarfile takes a damaged header for the end, which two blocks of zeros mark.
    stream = archive.fileobj
    assert stream is not None
    stream.seek(archive.offset)
    if stream.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise tarfile.ReadError("no end")
    return members


def safe_path(path: str, where: str = "the submission") -> str:
    """The path with one kind of separator and no detours; one that leads out of the archive is rejected."""
    if not path:
        raise SubmissionRejected(f"{where} holds a file without a name; pack it again")
    clean = posixpath.normpath(path.replace("\\", "/"))
    if (
        clean.startswith(("/", "../"))
        or clean in ("..", ".")
        or re.match(r"^[A-Za-z]:", clean)
        or "\0" in clean
    ):
        raise SubmissionRejected(f"{where} holds {path[:80]!r}, which would land outside its folder")
    return clean
