"""What a layout reads in a tree: one attempt by one student or group, not yet chosen or named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.intake.tree import Entry
from grader.results import StudentIdentity

__all__ = ["Handed"]


@dataclass(frozen=True)
class Handed:
    """One attempt, as the system it comes from keeps it."""

    label: str
    """Its name, made safe and unique later."""
    where: str
    """The file or folder: a path of the tree."""
    files: Mapping[str, Entry]
    """By the paths they get beside the notebook."""
    who: str = ""
    """Equal for all attempts of one student or group; empty if that is not known."""
    order: tuple[str, int] = ("", 0)
    """Sorts the attempts of one student, first to latest."""
    students: tuple[StudentIdentity, ...] = ()
    time: str | None = None
    """When it was handed in, as the system recorded it, for `time_of` to read; None if it says nothing."""
    late: bool | None = None
    called: str = ""
    """What to look up in a roster if no system says whose it is; if empty, the label."""
    own: str = ""
    """The part of the label that the system gives to nobody else; empty if that is the whole label."""
