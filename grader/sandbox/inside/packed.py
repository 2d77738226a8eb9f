"""Unpacks the zip or tar that a student submitted, who chose every path and size in it."""

from __future__ import annotations

import io

from grader.errors import SubmissionRejected
from grader.leftovers import Leftovers
from grader.sandbox.inside.members import DAMAGED, LINK, LOCKED, SPECIAL, DamagedArchive, Member, inner_path
from grader.sandbox.inside.tars import Tar, TooMuch
from grader.sandbox.inside.zips import Zip

__all__ = ["safe_path", "unpack"]

MAX_UNPACKED = 64 << 20
MAX_FILES = 2_000
_REFUSED = {
    LINK: "{where} contains a link, {path!r}; put the file itself in",
    LOCKED: "{path!r} in {where} is locked; pack it again without a password",
    DAMAGED: "{path!r} in {where} is damaged; pack it again",
    SPECIAL: "{where} contains {path!r}, which is not a plain file; leave it out",
}


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """The files of a zip or tar, without what tools leave behind.

    Links, absolute paths and paths that leave the archive are refused.

    Raises:
        SubmissionRejected: It cannot be read, or contains too much or what is refused; the reason is for the student.
    """
    zipped = name.lower().endswith(".zip") or content.startswith(b"PK")
    where = "the zip file" if zipped else "the tar file"
    files: dict[str, bytes] = {}
    room = MAX_UNPACKED
    too_large = SubmissionRejected(f"{where} unpacks to more than {MAX_UNPACKED >> 20} MB")
    try:
        archive = Zip(io.BytesIO(content)) if zipped else Tar(io.BytesIO(content))
        leftovers = Leftovers(archive.names())
        # Reading one byte more than there is room for shows what is too large.
        for number, member in enumerate(archive.members(MAX_UNPACKED + 1, leftovers.__contains__)):
            if number >= MAX_FILES:
                raise SubmissionRejected(f"{where} contains more than {MAX_FILES:,} files; leave some out")
            files[safe_path(member.name, where)] = _content(member, where)
            room -= len(member.content)
            if room < 0:
                raise too_large
    except TooMuch:
        raise too_large from None
    except DamagedArchive:
        raise SubmissionRejected(f"{where} is damaged; pack it again") from None
    if not files:
        raise SubmissionRejected(f"{where} is empty; put the notebook into it")
    return files


def _content(member: Member, where: str) -> bytes:
    if member.problem:
        raise SubmissionRejected(_REFUSED[member.problem].format(where=where, path=member.name[:80]))
    return member.content


def safe_path(path: str, where: str = "the submission") -> str:
    """The path with one kind of separator and no detours; rejects one that leads out of the archive."""
    if not path:
        raise SubmissionRejected(f"{where} contains a file without a name; pack it again")
    inside = inner_path(path)
    if inside is None:
        raise SubmissionRejected(f"{where} contains {path[:80]!r}, whose path leads out of its folder")
    return inside
