"""Canvas's bulk download: one flat folder, ``<sortablename>[_LATE]_<userid>_<attachmentid>_<filename>``.

The form of the names is canvas-lms's lib/content_zipper.rb: the name in lower case without non-word characters,
``anon`` where grading is anonymous, ``_text.html`` and ``_link.html`` for what was handed in without a file. Canvas
adds ``-1``, ``-2`` to the file's name for each time that it was handed in again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from grader.intake.handed import Handed
from grader.intake.tree import Entry, Tree
from grader.results import StudentIdentity
from grader.suffixes import SUFFIXES, stem_of

__all__ = ["read"]

_ANONYMOUS = re.compile(
    r"(?P<early>LATE_)?anon_(?P<late>LATE_)?(?P<user>[A-Za-z0-9]+)_(?P<attachment>\d+)_(?P<file>.+)", re.ASCII
)
_NAMED = re.compile(r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.ASCII)
_FILELESS = re.compile(r".+_[A-Za-z0-9]+_(?P<kind>text|link)\.html", re.ASCII)
_AGAIN = re.compile(r"(?P<stem>.+)-\d{1,3}")
_KINDS = {"text": "is a text that was typed into Canvas", "link": "is a link that was handed in to Canvas"}


@dataclass
class _Attachment:
    entry: Entry
    number: int
    file: str
    late: bool


@dataclass
class _Student:
    name: str
    attachments: list[_Attachment] = field(default_factory=list)


def read(tree: Tree, _pset: str) -> list[Handed] | None:
    """The students' attempts, where at least half of the files have Canvas's names."""
    folder = tree.unwrapped
    matches = {name: _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name) for name in folder.files}
    fileless = {name: match for name in folder.files if (match := _FILELESS.fullmatch(name))}
    known = {name: match for name, match in matches.items() if match and name not in fileless}
    if not known or 2 * (len(known) + len(fileless)) < len(folder.files) or len(folder.folders) > len(known):
        return None
    students: dict[str, _Student] = defaultdict(lambda: _Student(""))
    for name, match in known.items():
        parts = match.groupdict()
        student = students[parts["user"]]
        student.name = parts.get("name") or ""
        late = bool(parts["late"] or parts.get("early"))
        file = _original(parts["file"])
        student.attachments.append(_Attachment(folder.files[name], int(parts["attachment"]), file, late))
    for name, entry in folder.files.items():
        if name in fileless:
            tree.leave(entry, f"{_KINDS[fileless[name]['kind']]}, and no file; grade it there")
        elif name not in known:
            tree.leave(entry, entry.problem or "does not have a name that Canvas gives")
    for inner in folder.folders.values():
        tree.leave_all(inner, "lies in a folder, and Canvas makes none")
    return [handed for user in sorted(students) for handed in _attempts(user, students[user])]


def _attempts(user: str, student: _Student) -> list[Handed]:
    """One student's files, those of a name that was there already beginning the next attempt."""
    attempts: list[dict[str, _Attachment]] = [{}]
    for attachment in sorted(student.attachments, key=lambda one: one.number):
        if attachment.file in attempts[-1]:
            attempts.append({})
        attempts[-1][attachment.file] = attachment
    return [
        Handed(
            label=f"{student.name or 'anonymous'}_{user}",
            where=next(iter(files.values())).entry.path,
            files={file: attachment.entry for file, attachment in files.items()},
            who=f"canvas:{user}",
            order=("", max(attachment.number for attachment in files.values())),
            students=(StudentIdentity(id=user, name=student.name),),
            late=any(attachment.late for attachment in files.values()),
        )
        for files in attempts
    ]


def _original(file: str) -> str:
    """The file's name without Canvas's counter, for code: a module's name has no ``-``, and data files keep theirs."""
    stem = stem_of(file)
    again = _AGAIN.fullmatch(stem)
    return f"{again['stem']}{file[len(stem) :]}" if again and file.lower().endswith(SUFFIXES) else file
