"""What a layout reads out of a tree: one attempt of one student or group, not yet named or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.intake.tree import Entry
from grader.results import StudentIdentity

__all__ = ["Handed"]


@dataclass(frozen=True)
class Handed:
    """One attempt, as the system that it comes from keeps it."""

    label: str
    """What it is called; made safe and unique later."""
    where: str
    """The file or folder, as a path of the tree."""
    files: Mapping[str, Entry]
    """By the path they shall have beside the notebook."""
    who: str = ""
    """Equal for all attempts of one student or group; empty where that is not known."""
    order: tuple[str, int] = ("", 0)
    """Sorts the attempts of one student, first to latest."""
    students: tuple[StudentIdentity, ...] = ()
    time: str | None = None
    """When it was handed in, as the system wrote it down; None where it says nothing. `time_of` reads it."""
    late: bool | None = None
    called: str = ""
    """What says whose it is where no system does, for a roster to decide; the label where it is empty."""
    own: str = ""
    """The part of the label that the system gives to nobody else; empty where the label as a whole tells apart."""
