"""What intake hands on: the submissions to grade, and everything worth telling about the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake.listing import list_folder
from grader.intake.tree import MAX_SUBMISSION_MB, Entry, Unused
from grader.results import StudentIdentity
from grader.text import first_few

__all__ = ["Attempts", "Found", "Intake", "one_submission", "without_times"]

MAX_FILES = 2_000
Attempts = Literal["latest", "first", "all"]


@dataclass(frozen=True)
class Found:
    """One submission to grade."""

    name: str
    """Unique in its batch, and safe as a file name."""
    where: Path
    """The file or folder, for messages."""
    files: Mapping[str, Entry] = field(repr=False)
    students: tuple[StudentIdentity, ...] = ()
    """Who handed it in, as far as known; several for a group."""
    attempt: int = 1
    """Its place among this student's or group's attempts in the batch, from 1."""
    submitted: datetime | None = None
    """When it was handed in, with a time zone, by the clock of the system that took it."""
    unread: str = ""
    """Why there is no such time although the system recorded one."""
    late: bool | None = None
    """What the system says; None if it says nothing."""
    layout: str = ""

    @property
    def student(self) -> StudentIdentity | None:
        """The first of its students."""
        return self.students[0] if self.students else None

    @property
    def untimed(self) -> Literal["", "unread", "none"]:
        """Why nobody knows whether it is late; empty if that is known."""
        if self.submitted is not None or self.late is not None:
            return ""
        return "unread" if self.unread else "none"

    def read(self) -> dict[str, bytes]:
        """Contents by relative path.

        Raises:
            SubmissionRejected: It is too large, or holds a link.
        """
        if len(self.files) > MAX_FILES:
            raise SubmissionRejected(
                f"there are more than {MAX_FILES:,} files; hand in the notebook and what it needs"
            )
        room = MAX_SUBMISSION_MB << 20
        contents: dict[str, bytes] = {}
        for path, entry in self.files.items():
            contents[path] = entry.read(room)
            room -= len(contents[path])
        return contents


@dataclass
class Intake:
    """What was found in the paths."""

    found: list[Found] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    """Every file that is part of no submission, and why."""
    recognised: list[str] = field(default_factory=list)
    """A sentence for each path: which layout it has."""
    absent: list[StudentIdentity] = field(default_factory=list)
    """Students of the roster who handed in nothing."""
    doubts: list[str] = field(default_factory=list)
    """Sentences for staff about submissions whose student or time is uncertain."""
    unread: list[str] = field(default_factory=list)
    """Sentences about paths that could not be read, if several were named."""


def one_submission(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that is one submission: contents by relative path.

    Raises:
        SubmissionRejected: It is too large, or holds a link.
        GradmarkError: There is no such folder.
    """
    if not folder.is_dir():
        raise GradmarkError(f"{folder} is not a folder; put the submission's files there")
    return Found(folder.name, folder, list_folder(folder).top.contents()).read()


def without_times(found: Sequence[Found]) -> str:
    """A sentence for staff about submissions that nothing dates; empty if there are none."""
    names = [one.name for one in found if one.untimed == "none"]
    if not names:
        return ""
    which = first_few(names) if len(names) < len(found) else "any of these submissions"
    return (
        f"nothing says when {which} came in, so nothing is taken off for lateness; if lateness counts, grade your "
        "system's own download, which records the times"
    )
